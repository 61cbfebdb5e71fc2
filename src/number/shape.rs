//! What kind of number a text is, as a base for comparing and formatting.

use super::{calling_code, symbols};

/// Numbers of up to this many digits without `+` are short codes: they mean what they say and
/// nothing else.
pub(super) const SHORT_CODE_DIGITS: usize = 6;

/// A number by its kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// An alphanumeric sender or anything else that is no number, in lower case.
    Text(String),
    /// With `*` or `#`.
    Code(String),
    /// A short code.
    Short(String),
    /// Written with `+` or `00`: the digits from the country code on.
    International(String),
    /// Anything else: with or without a trunk prefix, as dialed at home.
    National(String),
}

impl Shape {
    /// Never fails: what is no number is text.
    pub(super) fn of(number: &str) -> Shape {
        let Ok(dialed) = symbols::read(number) else {
            return Shape::Text(number.trim().to_lowercase());
        };
        let dialed = without_caller_id_prefix(&dialed);
        if dialed.contains(['*', '#']) {
            return Shape::Code(dialed.to_owned());
        }
        if let Some(digits) = dialed.strip_prefix('+') {
            if digits.is_empty() || digits.contains('+') {
                return Shape::Text(dialed.to_owned());
            }
            return Shape::International(canonical(digits));
        }
        if dialed.is_empty() || dialed.contains('+') {
            return Shape::Text(number.trim().to_lowercase());
        }
        if dialed.len() <= SHORT_CODE_DIGITS {
            return Shape::Short(dialed.to_owned());
        }
        // 00 is the international prefix of nearly every country (ITU-T E.164 recommends it).
        match dialed.strip_prefix("00") {
            Some(digits) if digits.len() >= 7 && !digits.starts_with('0') => {
                Shape::International(canonical(digits))
            }
            _ => Shape::National(dialed.to_owned()),
        }
    }
}

/// A number with the prefix that hides or shows the own number is still that number.
fn without_caller_id_prefix(dialed: &str) -> &str {
    let rest = dialed.strip_prefix("#31#").or_else(|| dialed.strip_prefix("*31#"));
    rest.filter(|rest| rest.chars().any(|c| c.is_ascii_digit())).unwrap_or(dialed)
}

/// Two countries have two international spellings of one mobile number: Mexico with a 1 after 52
/// (until 2019), Argentina with a 9 after 54. The shorter one stands for both.
pub(super) fn canonical(digits: &str) -> String {
    for (long, code) in [("521", "52"), ("549", "54")] {
        if let Some(rest) = digits.strip_prefix(long)
            && rest.len() == 10
        {
            return format!("{code}{rest}");
        }
    }
    digits.to_owned()
}

/// Calling code and national number of international digits.
pub(super) fn split(digits: &str) -> (&str, &str) {
    calling_code::split(digits)
}
