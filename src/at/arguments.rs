//! A cursor over the parameters of a response, `1,"+49…",145,,("SM","ME"),(0-3,5)` (3GPP TS 27.007
//! §4, V.250 §5.4.2).
//!
//! It forgives what modems do: spaces, missing quotes, quotes within quotes, trailing commas,
//! parentheses that don't match. It never panics, and never gives more than it was given.

use std::borrow::Cow;

/// A range list holds at most this many ranges.
const MAX_RANGES: usize = 256;

/// Reads one parameter after the other. Every reading method takes one parameter and the comma
/// behind it, also when the parameter is not of the kind asked for (then it gives `None`).
#[derive(Clone, Debug)]
pub struct Arguments<'a> {
    /// What is not read yet; `None` once the last parameter is taken.
    rest: Option<&'a str>,
}

impl<'a> Arguments<'a> {
    /// A cursor over what stands behind the colon.
    pub fn new(text: &'a str) -> Self {
        let text = text.trim();
        Arguments { rest: (!text.is_empty()).then_some(text) }
    }

    /// No parameter is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_none()
    }

    /// What is not read yet, as it stands.
    pub fn rest(&self) -> &'a str {
        self.rest.unwrap_or("")
    }

    /// The next parameter as it stands, trimmed, with its quotes or parentheses; `Some("")` if it
    /// is omitted, `None` if there is none any more.
    pub fn raw(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        let end = end_of_parameter(text);
        self.rest = text.get(end + 1..).map(str::trim_start);
        Some(text[..end].trim())
    }

    /// Leaves out `count` parameters.
    pub fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.raw();
        }
    }

    /// A number, quoted or not; `None` if omitted, too large or no number.
    pub fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        let raw = self.raw()?;
        unquote(raw).trim().parse().ok()
    }

    /// A number in hexadecimal digits, quoted or not, as `<lac>` and `<ci>` are.
    pub fn hex(&mut self) -> Option<u64> {
        hex(self.raw()?)
    }

    /// A string, quoted or bare; `None` if omitted (`""` is given as an empty string).
    pub fn string(&mut self) -> Option<String> {
        let raw = self.raw()?;
        (!raw.is_empty()).then(|| unescape(unquote(raw)).into_owned())
    }

    /// A string that is not empty.
    pub fn filled_string(&mut self) -> Option<String> {
        self.string().filter(|text| !text.is_empty())
    }

    /// A parenthesised group as a cursor over what stands within; a bare value is a group of one.
    pub fn group(&mut self) -> Option<Arguments<'a>> {
        let raw = self.raw()?;
        if raw.is_empty() {
            return None;
        }
        let inner = raw.strip_prefix('(').unwrap_or(raw);
        Some(Arguments::new(inner.strip_suffix(')').unwrap_or(inner)))
    }

    /// A list of numbers and ranges, `(0-3,5)` or `0`, as inclusive pairs. One that is written the
    /// wrong way round, `(250-1)`, is turned.
    pub fn ranges(&mut self) -> Option<Ranges> {
        Some(Ranges::read(self.group()?))
    }
}

/// Numbers that a test command (`=?`) allows: inclusive pairs in the order given.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ranges(pub Vec<(u32, u32)>);

impl Ranges {
    fn read(mut group: Arguments<'_>) -> Self {
        let mut ranges = Vec::new();
        while let Some(raw) = group.raw() {
            if ranges.len() == MAX_RANGES {
                break;
            }
            let (low, high) = raw.split_once('-').unwrap_or((raw, raw));
            let low = unquote(low.trim()).trim().parse();
            let high = unquote(high.trim()).trim().parse();
            if let (Ok(low), Ok(high)) = (low, high) {
                let (low, high): (u32, u32) = (low, high);
                ranges.push((low.min(high), low.max(high)));
            }
        }
        Ranges(ranges)
    }

    /// Whether `value` is allowed.
    pub fn contains(&self, value: u32) -> bool {
        self.0.iter().any(|(low, high)| (*low..=*high).contains(&value))
    }

    /// The smallest and largest number allowed.
    pub fn bounds(&self) -> Option<(u32, u32)> {
        let low = self.0.iter().map(|range| range.0).min()?;
        let high = self.0.iter().map(|range| range.1).max()?;
        Some((low, high))
    }
}

/// Where the first parameter of `text` ends: the position of its comma, or the end.
fn end_of_parameter(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = closing_quote(bytes, at).unwrap_or(at),
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    // A parenthesis that never closes must not swallow what follows it.
    if depth > 0 { text.find(',').unwrap_or(text.len()) } else { text.len() }
}

/// The quote that closes the one at `open`: the first one that a comma, a parenthesis or the end
/// follows, so that quotes within the string do no harm.
fn closing_quote(bytes: &[u8], open: usize) -> Option<usize> {
    let ends = |at: usize| {
        let next = bytes[at + 1..].iter().find(|b| !b.is_ascii_whitespace());
        matches!(next, None | Some(b',' | b')' | b'('))
    };
    (open + 1..bytes.len()).find(|at| bytes[*at] == b'"' && ends(*at))
}

/// Without the quotes around it, each of which may be missing.
fn unquote(raw: &str) -> &str {
    let raw = raw.strip_prefix('"').unwrap_or(raw);
    raw.strip_suffix('"').unwrap_or(raw)
}

/// `\22` is a quotation mark and `\5C` a backslash (V.250 §5.4.2.2).
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\\22", "\"").replace("\\5C", "\\").replace("\\5c", "\\"))
}

/// A hexadecimal number, quoted or not.
pub(crate) fn hex(raw: &str) -> Option<u64> {
    let digits = unquote(raw).trim();
    let all_hex = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if all_hex { u64::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests;
