//! The plain form of texts (3GPP TS 23.038 §6.2.1 says which characters there are).

use super::super::*;
use super::Random;

fn plain(text: &str) -> Option<String> {
    plain_text(text, Encoding::default()).map(|plain| plain.text)
}

#[test]
fn typographic_characters_have_plain_forms() {
    for (text, wanted) in [
        ("“Hello” – it’s…", "\"Hello\" - it's..."),
        ("a\u{A0}b\u{202F}c\u{2009}d", "a b c d"),
        ("soft\u{AD}hyphen\u{200B}\u{FEFF}", "softhyphen"),
        ("ÀÁÂÃ Çç", "AAAA Çc"),
        ("Łódź, œuvre, Œ", "Lódz, oeuvre, OE"),
        ("Ｈｅｌｌｏ１２！", "Hello12!"),
        ("x² + x³ = H₂O¹⁰", "x2 + x3 = H2O10"),
        ("10 € — 20 ×", "10 € - 20 x"),
        ("Dvořák, Şişli, ğ, İstanbul, ı", "Dvorák, Sisli, g, Istanbul, i"),
        ("Ελλάδα", "EΛΛAΔA"),
        ("🄰", ""),
    ] {
        let wanted = (!wanted.is_empty()).then(|| wanted.replace('ó', "o").replace('á', "a"));
        assert_eq!(plain(text), wanted, "{text}");
    }
}

#[test]
fn decomposed_letters_are_composed_where_the_alphabet_has_them() {
    // U+0301 on e is é, which the alphabet has; on a it has none; the macron is never there.
    assert_eq!(plain("cafe\u{301} a\u{301} a\u{304}"), Some("café a a".to_owned()));
    assert_eq!(plain("u\u{308} A\u{30A} n\u{303}"), Some("ü Å ñ".to_owned()));
    // Two marks: the first makes a letter of the alphabet, the second is dropped.
    assert_eq!(plain("u\u{308}\u{304}"), Some("ü".to_owned()));
}

#[test]
fn what_has_no_plain_form_has_none_and_what_needs_none_too() {
    for text in ["", "hello", "10 €", "é", "“你好”", "👍 ok…", "سلام", "Привет", "👨‍👩‍👧", "\u{301}"]
    {
        assert_eq!(plain(text), None, "{text}");
    }
    // With national tables ş needs no replacement, but the quotes do.
    let national = Encoding { national_tables: true, wide_reference: false };
    assert_eq!(plain_text("ş", national), None);
    let found = plain_text("“ş”", national).unwrap();
    assert_eq!((found.text.as_str(), found.segments), ("\"ş\"", 1));
}

#[test]
fn replacements_are_listed_once_in_order_with_what_they_save() {
    let text = format!("“{}” – “b”", "a".repeat(100));
    let before = count_segments(&text, Encoding::default()).segments;
    let found = plain_text(&text, Encoding::default()).unwrap();
    assert_eq!((before, found.segments), (2, 1));
    let pairs: Vec<(&str, &str)> =
        found.replaced.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    assert_eq!(pairs, [("“", "\""), ("”", "\""), ("–", "-")]);
}

#[test]
fn plain_forms_are_in_the_alphabet_and_nothing_else_changes() {
    let pool: Vec<char> =
        "ab €“”–…ÀçłœΑάЖ你😀\u{301}\u{200D}\u{A0}Ａ²ſẞ\u{FE0F}❤".chars().collect();
    let mut random = Random(77);
    let (mut some, mut none) = (0, 0);
    for _ in 0..5000 {
        let length = 1 + random.below(12);
        let text: String = (0..length).map(|_| pool[random.below(pool.len())]).collect();
        match plain_text(&text, Encoding::default()) {
            None => none += 1,
            Some(found) => {
                some += 1;
                let info = count_segments(&found.text, Encoding::default());
                assert_eq!((info.alphabet, info.segments), (Alphabet::Gsm7, found.segments));
                assert!(!found.replaced.is_empty());
                // What is plain already stays as often as it was.
                let count = |text: &str| text.matches('€').count();
                assert_eq!(count(&text), count(&found.text));
            }
        }
    }
    assert!(some > 200 && none > 200, "{some} {none}");
}
