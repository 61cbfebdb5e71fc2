//! What the characters of a written number mean: which are dialed, which only group, which are
//! neither.

/// First code points of the decimal digit rows that phones and keyboards write numbers in: ASCII,
/// Arabic-Indic, Persian, the Indic scripts, Thai, Lao, Tibetan, Burmese, Khmer, fullwidth.
const DIGIT_ROWS: [u32; 18] = [
    0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50,
    0xED0, 0xF20, 0x1040, 0x17E0, 0xFF10,
];

/// The digit, `+`, `*` or `#` that a character stands for.
pub(super) fn dialable(c: char) -> Option<char> {
    match c {
        '+' | '*' | '#' | '0'..='9' => return Some(c),
        '\u{FF0B}' | '\u{FE62}' => return Some('+'),
        '\u{FF0A}' | '\u{FE61}' => return Some('*'),
        '\u{FF03}' | '\u{FE5F}' => return Some('#'),
        _ => {}
    }
    let code = u32::from(c);
    let row = DIGIT_ROWS.iter().find(|&&row| (row..row + 10).contains(&code))?;
    char::from_digit(code - row, 10)
}

/// Characters that group a number and mean nothing: spaces of every width, dashes, points,
/// slashes, brackets, and the invisible marks that steer bidirectional text.
pub(super) fn separator(c: char) -> bool {
    match c {
        '-' | '.' | '/' | '(' | ')' | '[' | ']' => true,
        '\u{AD}' | '\u{B7}' | '\u{61C}' | '\u{FEFF}' => true,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' => true,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => true,
        '\u{FF08}' | '\u{FF09}' | '\u{FF0D}'..='\u{FF0F}' => true,
        _ => c.is_whitespace() && !control(c),
    }
}

/// Characters that end a line or steer a device; they are refused even where white space is fine.
pub(super) fn control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The dialable characters of a written number in order, or the first that is neither dialable nor
/// a separator. The `(0)` of `+44 (0)20…`, which is dialed only at home, is left out.
pub(super) fn read(text: &str) -> Result<String, char> {
    let mut out = String::with_capacity(text.len().min(64));
    let mut opened = None;
    for c in text.chars() {
        if let Some(symbol) = dialable(c) {
            out.push(symbol);
            continue;
        }
        if !separator(c) {
            return Err(c);
        }
        match c {
            '(' | '[' | '\u{FF08}' => opened = Some(out.len()),
            ')' | ']' | '\u{FF09}' => {
                if let Some(at) = opened.take()
                    && &out[at..] == "0"
                    && international(&out[..at])
                {
                    out.truncate(at);
                }
            }
            _ => {}
        }
    }
    Ok(out)
}

/// A country code stands before the bracket: `+44`, `0044`.
fn international(symbols: &str) -> bool {
    let rest = symbols.strip_prefix('+').or_else(|| symbols.strip_prefix("00"));
    rest.is_some_and(|rest| !rest.is_empty())
}
