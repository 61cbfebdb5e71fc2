//! The user's block list: numbers however written, and patterns with `*` (any digits) and `?` (one
//! digit).

use crate::number::{self, PhoneNumber};

/// What may stand between the digits of a pattern.
const SEPARATORS: [char; 7] = [' ', '-', '.', '/', '(', ')', '\u{a0}'];

/// The entry of the list that this number, or alphanumeric sender, is blocked by. `region` (ISO
/// 3166) says where numbers without `+` are at home.
pub fn blocking<'a>(list: &'a [String], number: &PhoneNumber, region: &str) -> Option<&'a str> {
    if number.as_str().is_empty() {
        return None;
    }
    let mut spellings = None;
    let blocks = |entry: &&String| {
        if !is_pattern(entry) {
            return number::same_number(entry, number.as_str(), region);
        }
        let spellings = spellings.get_or_insert_with(|| number::spellings(number.as_str(), region));
        let pattern = normalised(entry);
        spellings.iter().any(|spelling| matches(&pattern, spelling))
    };
    list.iter().find(blocks).map(String::as_str)
}

fn is_pattern(entry: &str) -> bool {
    // `*` and `#` also are in service codes, which nobody calls from.
    entry.contains(['*', '?'])
}

/// Without what groups the digits; `00` for the international prefix as `+`.
fn normalised(pattern: &str) -> Vec<char> {
    let kept: String = pattern.chars().filter(|c| !SEPARATORS.contains(c)).collect();
    let kept = match kept.strip_prefix("00") {
        Some(rest) if rest.starts_with(|c: char| ('1'..='9').contains(&c)) => format!("+{rest}"),
        _ => kept,
    };
    kept.to_lowercase().chars().collect()
}

/// Steps as often as the number is long for each `*`, however many there are.
fn matches(pattern: &[char], text: &str) -> bool {
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let (mut p, mut t) = (0, 0);
    // Where the last `*` is, and how much of the text it stands for so far.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some('?') if text[t] != '+' => (p, t) = (p + 1, t + 1),
            Some(&c) if c == text[t] => (p, t) = (p + 1, t + 1),
            _ => {
                let Some((at, covered)) = star else { return false };
                star = Some((at, covered + 1));
                (p, t) = (at + 1, covered + 1);
            }
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocked(entry: &str, number: &str) -> bool {
        blocking(&[entry.to_owned()], &PhoneNumber::new(number), "DE").is_some()
    }

    #[test]
    fn numbers_are_blocked_however_they_are_written() {
        for entry in ["+49 151 12345678", "0151-12345678", "004915112345678"] {
            for number in ["+4915112345678", "015112345678", "004915112345678"] {
                assert!(blocked(entry, number), "{entry} {number}");
            }
            assert!(!blocked(entry, "+4915112345679"));
        }
        assert!(blocked("PROMO", "promo"));
        assert!(!blocked("+4915112345678", ""));
    }

    #[test]
    fn patterns_match_the_national_and_the_international_form() {
        for entry in ["+49 900*", "0049900*", "0900*", "0900 ???????", "*1234567", "*900*"] {
            for number in ["+499001234567", "09001234567", "00499001234567"] {
                assert!(blocked(entry, number), "{entry} {number}");
            }
        }
        // Another country's 900 is not the one at home.
        for (entry, number) in [
            ("+49900*", "+4990"),
            ("0900*", "+439001234567"),
            ("0900 ??????", "+499001234567"),
            ("+44*", "+499001234567"),
            ("?49*", "+499001234567"),
            ("118??", "1188"),
        ] {
            assert!(!blocked(entry, number), "{entry} {number}");
        }
        assert!(blocked("118??", "11880"));
        assert!(blocked("*", "+1") && blocked("*", "Anybody"));
        assert!(blocked("promo*", "PROMOTION"));
    }

    #[test]
    fn a_wicked_pattern_takes_no_time() {
        let pattern = format!("{}x", "*1".repeat(150));
        assert!(!blocked(&pattern, &"1".repeat(300)));
    }
}
