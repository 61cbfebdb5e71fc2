//! Makes texts of other people harmless to show: no control characters, no bidirectional
//! overrides, no invisible letters, no icons of ours, no towers of accents.

use std::borrow::Cow;
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
}
