//! What may be dialed and what may be sent as tones. Text of a user or of a link becomes a
//! [`DialString`] or is refused with a reason; nothing else ever follows `ATD`.

use super::{PhoneNumber, symbols};

/// What may follow `ATD`: digits, `*`, `#`, and a leading `+`. Nothing else can be in one, so user
/// text never becomes a command of its own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DialString(String);

/// The most characters a [`DialString`] has. The called-party number of 3GPP TS 24.008 §10.5.4.7
/// has room for 80 digits, E.164 numbers have at most 15; 40 hold every code of 3GPP TS 22.030 and
/// are refused by no modem for their length alone.
pub const DIAL_STRING_LIMIT: usize = 40;

/// Why a text can't be dialed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DialStringError {
    /// Nothing to dial.
    #[error("type a number first")]
    Empty,
    /// A letter, as in `1-800-FLOWERS`; with the digits on whose keys the letters are, if all are.
    #[error("“{letter}” is a letter: type digits instead{}", suggestion(.digits))]
    Letter {
        /// The first one.
        letter: char,
        /// The number with each letter replaced by its key's digit; empty if that is not possible.
        digits: String,
    },
    /// A line break or another control character.
    #[error("the number has a line break or another control character in it: type it on one line")]
    Control,
    /// Anything else that is no part of a number.
    #[error("“{0}” can't be dialed: a number has only digits, +, * and #")]
    Character(char),
    /// A `+` in the middle.
    #[error("“+” can only be the first character of a number")]
    PlusNotFirst,
    /// Too long to be a number.
    #[error("the number has {0} digits, and more than {DIAL_STRING_LIMIT} can't be dialed")]
    TooLong(usize),
}

fn suggestion(digits: &str) -> String {
    if digits.is_empty() { String::new() } else { format!(", here {digits}") }
}

impl DialString {
    /// Reads what a user typed or pasted: grouped in any way, in digits of any script, or a `tel:`
    /// link, whose parameters are left out (RFC 3966).
    pub fn parse(text: &str) -> Result<DialString, DialStringError> {
        if text.chars().any(symbols::control) {
            return Err(DialStringError::Control);
        }
        let text = text.trim();
        let decoded = link_number(text);
        let text = decoded.as_deref().unwrap_or(text);
        if text.chars().any(symbols::control) {
            return Err(DialStringError::Control);
        }
        let dialed = symbols::read(text).map_err(|c| refuse(c, text))?;
        let digits = dialed.chars().filter(char::is_ascii_digit).count();
        if digits == 0 {
            return Err(DialStringError::Empty);
        }
        if dialed.len() > DIAL_STRING_LIMIT + 1 || digits > DIAL_STRING_LIMIT {
            return Err(DialStringError::TooLong(digits));
        }
        if !plus_only_where_a_number_begins(&dialed) {
            return Err(DialStringError::PlusNotFirst);
        }
        Ok(DialString(dialed))
    }

    /// What goes on the wire: `+989121234567`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A service code such as `*100#`, `**21*…#` or `*#06#`, which must go to `+CUSD` and never to
    /// `ATD`: by 3GPP TS 22.030 §6.5.2 and §6.5.3.2, every string that ends with `#`. The prefixes
    /// `*31#` and `#31#` before a number make a call, not a code.
    pub fn is_service_code(&self) -> bool {
        self.0.ends_with('#')
    }

    /// A service code without the `#` at its end: `**21*+4930…`, `##002`, `*#21`. By 3GPP TS 22.030
    /// §6.5.2 only procedures begin with two of the signs, so that nobody is called by it.
    pub fn is_unfinished_code(&self) -> bool {
        ["**", "##", "*#"].iter().any(|start| self.0.starts_with(start)) && !self.is_service_code()
    }

    /// Takes the caller-ID prefix of 3GPP TS 22.030 §6.5.5 (temporary mode) off a number:
    /// `#31#` hides the own number for this call (`Some(true)`), `*31#` shows it (`Some(false)`).
    pub fn split_caller_id_prefix(&self) -> (Option<bool>, DialString) {
        let hidden = self.0.strip_prefix("#31#").map(|rest| (true, rest));
        let shown = || self.0.strip_prefix("*31#").map(|rest| (false, rest));
        match hidden.or_else(shown) {
            Some((hide, rest)) if rest.chars().any(|c| c.is_ascii_digit()) => {
                (Some(hide), DialString(rest.to_owned()))
            }
            _ => (None, self.clone()),
        }
    }

    /// The same digits as a number.
    pub fn to_number(&self) -> PhoneNumber {
        PhoneNumber::new(&self.0)
    }
}

/// The number of a `tel:` link, without its parameters and with `%2B` and the like resolved.
fn link_number(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once(':')?;
    if !["tel", "callto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let rest = rest.trim_start_matches('/');
    let number = rest.split([';', '?']).next().unwrap_or(rest);
    Some(percent_decoded(number))
}

/// Resolves `%hh` for ASCII; anything else stays as it is, and is refused later.
fn percent_decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let hex = rest.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex.filter(u8::is_ascii) {
            Some(octet) => {
                out.push(char::from(octet));
                rest = &rest[at + 3..];
            }
            None => {
                out.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// `+` begins an international number: at the start, or after the `*` or `#` of a code that has a
/// number in it, as in `**21*+44…#` and `#31#+44…`.
fn plus_only_where_a_number_begins(dialed: &str) -> bool {
    let octets = dialed.as_bytes();
    octets
        .iter()
        .enumerate()
        .all(|(at, &octet)| octet != b'+' || at == 0 || matches!(octets[at - 1], b'*' | b'#'))
}

fn refuse(c: char, text: &str) -> DialStringError {
    if c.is_alphabetic() {
        DialStringError::Letter { letter: c, digits: keypad_digits(text).unwrap_or_default() }
    } else {
        DialStringError::Character(c)
    }
}

/// The number with letters replaced by the digits of their keys (ITU-T E.161), if that makes one
/// of a usual length.
fn keypad_digits(text: &str) -> Option<String> {
    let mapped: String = text.chars().map(|c| keypad_digit(c).unwrap_or(c)).collect();
    let digits = symbols::read(&mapped).ok()?;
    (7..=15).contains(&digits.len()).then_some(digits)
}

fn keypad_digit(letter: char) -> Option<char> {
    Some(match letter.to_ascii_uppercase() {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        _ => return None,
    })
}

/// Tones to send in a call: `0`–`9`, `*`, `#`, `A`–`D` (3GPP TS 23.014 §5).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DtmfTones(String);

impl DtmfTones {
    /// Refuses anything that is no tone, naming the character. Grouping is left out.
    pub fn parse(text: &str) -> Result<DtmfTones, char> {
        let mut tones = String::new();
        for c in text.chars() {
            match symbols::dialable(c) {
                Some('+') => return Err(c),
                Some(tone) => tones.push(tone),
                None if matches!(c, 'A'..='D' | 'a'..='d') => tones.push(c.to_ascii_uppercase()),
                None if symbols::separator(c) => {}
                None => return Err(c),
            }
        }
        Ok(DtmfTones(tones))
    }

    /// The tones in order.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
