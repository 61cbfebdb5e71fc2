//! Makes texts of other people harmless to show: no control characters, no bidirectional
//! overrides, no invisible letters, no icons of ours, no towers of accents.

use std::borrow::Cow;
use std::ops::Range;
use unicode_bidi::{BidiClass, bidi_class};

/// Accents kept on one letter; more would paint over the lines around it.
const MAX_MARKS: usize = 4;
/// Blank lines kept in a row.
const MAX_BLANK_LINES: usize = 2;
/// Stands for what can't be shown.
const REPLACEMENT: char = '\u{fffd}';

/// A text of several lines, fit to be shown.
pub fn text(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b == b'\n' || (b' '..=b'~').contains(&b)) && !text.contains("\n\n\n") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let (mut marks, mut newlines) = (0, 0);
    for c in text.chars() {
        let Some(c) = shown(c) else { continue };
        marks = if bidi_class(c) == BidiClass::NSM { marks + 1 } else { 0 };
        newlines = if c == '\n' { newlines + 1 } else { 0 };
        if marks <= MAX_MARKS && newlines <= MAX_BLANK_LINES + 1 {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// A text of one line of at most `max_chars` characters, fit to be shown.
pub fn line(line: &str, max_chars: usize) -> String {
    // A limit before the work, so that a huge text costs no more than a long one.
    let cut = line.char_indices().nth(max_chars * 2).map_or(line.len(), |(at, _)| at);
    let safe = text(&line[..cut]);
    let mut out = String::new();
    let mut count = 0;
    for c in safe.trim().chars() {
        if count == max_chars {
            out.push('…');
            break;
        }
        let space = c.is_whitespace();
        if !(space && out.ends_with(' ')) {
            out.push(if space { ' ' } else { c });
            count += 1;
        }
    }
    out
}

/// The same as [`text`], with the places of what was marked in the original. The marks are in
/// order and do not overlap; those of which nothing is left are gone.
pub fn text_marked(original: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(original.len());
    let mut places = Vec::new();
    let mut at = 0;
    for mark in marks {
        let range = mark.start.max(at)..mark.end.min(original.len());
        let (Some(before), Some(marked)) =
            (original.get(at..range.start), original.get(range.clone()))
        else {
            continue;
        };
        out.push_str(&text(before));
        let start = out.len();
        out.push_str(&text(marked));
        if out.len() > start {
            places.push(start..out.len());
        }
        at = range.end;
    }
    out.push_str(&text(&original[at..]));
    (out, places)
}

/// One line of at most about `max_chars` characters of a text, around its first mark, with the
/// places of the marks in it.
pub fn snippet(
    original: &str,
    marks: &[Range<usize>],
    max_chars: usize,
) -> (String, Vec<Range<usize>>) {
    let first = marks.first().map_or(0, |mark| mark.start).min(original.len());
    let Some(head) = original.get(..first) else {
        return (line(original, max_chars), Vec::new());
    };
    // A few words before the hit, from the beginning of a word.
    let back = head.char_indices().rev().nth(23).map_or(0, |(at, _)| at);
    let start = match original[back..first].find(char::is_whitespace) {
        Some(space) if back > 0 => back + space,
        _ => back,
    };
    let mut out = String::new();
    let mut places = Vec::new();
    if start > 0 {
        out.push('…');
    }
    let mut at = start;
    let mut room = max_chars;
    let mut add = |part: &str, out: &mut String| {
        let spaced = part.starts_with(char::is_whitespace) && !out.is_empty();
        let ended = part.ends_with(char::is_whitespace) && !part.trim().is_empty();
        let shown = line(part, room);
        room = room.saturating_sub(shown.chars().count());
        if spaced && !out.ends_with([' ', '…']) {
            out.push(' ');
        }
        out.push_str(&shown);
        if ended && !shown.ends_with('…') {
            out.push(' ');
        }
        room > 0
    };
    for mark in marks {
        let range = mark.start.max(at)..mark.end.min(original.len());
        let (Some(before), Some(marked)) =
            (original.get(at..range.start), original.get(range.clone()))
        else {
            continue;
        };
        if !add(before, &mut out) {
            return (out, places);
        }
        let from = out.len();
        let goes_on = add(marked, &mut out);
        if out.len() > from {
            places.push(from..out.len());
        }
        at = range.end;
        if !goes_on {
            return (out, places);
        }
    }
    add(&original[at..], &mut out);
    (out, places)
}

/// What to show for a character; `None` for nothing.
fn shown(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\u{2028}' | '\u{2029}' => Some('\n'),
        '\r' => None,
        // Embeddings, overrides and isolates could turn words around or reach past their end.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        // Invisible letters that could make two words look the same.
        '\u{00ad}'
        | '\u{034f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' => None,
        // Private use: the icon font draws these.
        '\u{e000}'..='\u{f8ff}' => Some(REPLACEMENT),
        _ if u32::from(c) >= 0xf_0000 => Some(REPLACEMENT),
        // Language tags and further variation selectors draw nothing.
        _ if (0xe_0000..0xe_1000).contains(&u32::from(c)) => None,
        _ if c.is_control() => Some(REPLACEMENT),
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_left_alone() {
        for plain in ["Hello, Ada!\nSee you", "می‌روم به خانه", "שלום", "👨‍👩‍👧 🇮🇷 ❤️", "naïve"]
        {
            assert_eq!(text(plain), plain);
        }
    }

    #[test]
    fn controls_and_overrides_do_nothing() {
        assert_eq!(text("a\u{0}b\u{1b}[2Kc\u{7f}"), "a\u{fffd}b\u{fffd}[2Kc\u{fffd}");
        assert_eq!(text("safe\u{202e}gpj.exe\u{2069}"), "safegpj.exe");
        assert_eq!(text("pay\u{200b}pal\u{feff}"), "paypal");
        assert_eq!(text("\u{e0b0}\u{f0000}"), "\u{fffd}\u{fffd}");
        assert_eq!(text("one\r\ntwo\u{2028}three"), "one\ntwo\nthree");
    }

    #[test]
    fn towers_of_accents_and_of_blank_lines_are_bounded() {
        let tower = format!("e{}x", "\u{0301}".repeat(1000));
        assert_eq!(text(&tower).chars().count(), 2 + MAX_MARKS);
        assert_eq!(text(&format!("a{}b", "\n".repeat(500))), "a\n\n\nb");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  one\n\n two\tthree ", 40), "one two three");
        assert_eq!(line(&"x".repeat(100), 10), format!("{}…", "x".repeat(10)));
        assert_eq!(line("", 10), "");
    }

    #[test]
    fn marks_follow_what_is_left_out() {
        let original = "a\u{202e}b \u{200b}needle\r\nc needle";
        let marks: Vec<_> =
            original.match_indices("needle").map(|(at, n)| at..at + n.len()).collect();
        let (shown, places) = text_marked(original, &marks);
        assert_eq!(shown, "ab needle\nc needle");
        assert_eq!(places.len(), 2);
        assert!(places.iter().all(|place| &shown[place.clone()] == "needle"));
    }

    #[test]
    fn a_snippet_shows_the_hit_wherever_it_stands() {
        let original = format!("{} before needle after {}", "word ".repeat(500), "x".repeat(9_000));
        let at = original.find("needle").expect("it");
        let (shown, places) = snippet(&original, std::slice::from_ref(&(at..at + 6)), 60);
        assert!(shown.starts_with('…') && shown.chars().count() < 80, "{shown}");
        assert_eq!(&shown[places[0].clone()], "needle");
        assert!(shown.contains("before needle after"), "{shown}");
        let (whole, places) = snippet("needle\n\nin", std::slice::from_ref(&(0..6)), 60);
        assert_eq!(
            (whole.as_str(), places.as_slice()),
            ("needle in", std::slice::from_ref(&(0..6)))
        );
    }
}
