//! Order of visual runs, against the algorithm's own examples and against how people write.

use super::*;

/// Every character is one unit wide.
fn lines(text: &str, max_width: f32, max_rows: usize) -> Vec<(bool, Vec<String>)> {
    let mut width = |part: &str| part.chars().filter(|c| !is_isolate(*c)).count() as f32;
    let paragraphs = visual_paragraphs(text, max_width, max_rows, &mut width);
    let words = |line: &Vec<Atom>| -> Vec<String> { line.iter().map(|a| a.text.clone()).collect() };
    let joined = |p: &Paragraph| p.lines.iter().map(|line| words(line).join("|")).collect();
    paragraphs.iter().map(|p| (p.rtl, joined(p))).collect()
}

fn one_line(text: &str) -> (bool, String) {
    let all = lines(text, f32::INFINITY, 10);
    assert_eq!(all.len(), 1);
    (all[0].0, all[0].1.join("\n"))
}

#[test]
fn words_of_a_hebrew_sentence_run_from_right_to_left() {
    // "shalom olam": the first word is the rightmost. Letters stay in logical order in an atom,
    // because the shaper reverses them.
    assert_eq!(one_line("שלום עולם"), (true, "עולם| |שלום".to_owned()));
}

#[test]
fn a_full_stop_ends_up_on_the_left() {
    assert_eq!(one_line("שלום."), (true, ".|שלום".to_owned()));
}

#[test]
fn latin_digits_keep_their_order_in_arabic() {
    assert_eq!(one_line("رمز 482913 هو"), (true, "هو| |482913| |رمز".to_owned()));
}

#[test]
fn persian_digits_are_one_atom_each_so_that_the_shaper_cannot_mirror_them() {
    // A one-time code must never be shown backwards.
    assert_eq!(one_line("کد ۱۲۳"), (true, "۱|۲|۳| |کد".to_owned()));
}

#[test]
fn brackets_face_the_other_way() {
    assert_eq!(one_line("(שלום)"), (true, "(|שלום|)".to_owned()));
}

#[test]
fn a_latin_sentence_with_an_arabic_name_stays_left_to_right() {
    let (rtl, visual) = one_line("Your name is محمد علي ok");
    assert!(!rtl);
    assert_eq!(visual, "Your name is |علي| |محمد| ok");
}

#[test]
fn numbers_with_separators_and_links_are_isolated() {
    let (_, visual) = one_line("تماس +98 912 345 6789");
    assert_eq!(visual, "+98 912 345 6789| |تماس");
    let (_, visual) = one_line("زر https://a.example/b?c=1 الآن");
    assert_eq!(visual, "الآن| |https://a.example/b?c=1| |زر");
}

#[test]
fn each_paragraph_has_its_own_direction() {
    let all = lines("hello\nשלום", f32::INFINITY, 10);
    assert_eq!(all.iter().map(|(rtl, _)| *rtl).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn lines_are_cut_in_logical_order() {
    // The first words must be on the first line, whatever side they stand on.
    let all = lines("אחת שתיים שלוש", 9.0, 10);
    assert_eq!(all[0].1, ["שתיים| |אחת", "שלוש"]);
}

#[test]
fn a_number_is_not_cut_at_the_end_of_a_line() {
    let all = lines("אחת שתיים +98 912 345", 18.0, 10);
    assert_eq!(all[0].1, ["שתיים| |אחת", "+98 912 345"]);
}

#[test]
fn too_many_rows_end_in_an_ellipsis() {
    let all = lines("אחת שתיים שלוש", 9.0, 1);
    assert_eq!(all[0].1.len(), 1);
    assert!(all[0].1[0].contains('…'), "{all:?}");
}

#[test]
fn a_word_longer_than_the_line_is_cut_and_nothing_is_lost() {
    let long = "ש".repeat(25);
    let all = lines(&long, 10.0, 10);
    assert_eq!(all[0].1.len(), 3);
    assert_eq!(all[0].1.concat(), long);
}

#[test]
fn odd_input_does_not_panic() {
    for text in ["", "\n", "\u{5d0}\n\n", " \u{5d0} ", "\u{301}\u{5d0}", "א\u{200f}1"] {
        let _ = lines(text, 3.0, 2);
        let _ = lines(text, 0.0, 1);
    }
}

#[test]
fn atoms_know_which_part_of_the_text_they_stand_for() {
    let text = "רמז\nתתקשר +44 20 (עכשיו)";
    let mut width = |part: &str| part.chars().count() as f32;
    let paragraphs = visual_paragraphs(text, f32::INFINITY, 10, &mut width);
    for atom in paragraphs.iter().flat_map(|p| p.lines.iter().flatten()) {
        let original = &text[atom.at.clone()];
        let same = original == atom.text
            || mirrored(original.chars().next().unwrap_or(' ')).to_string() == atom.text;
        assert!(same, "{:?} is not {original:?}", atom.text);
    }
}
