//! Links and telephone numbers in texts, and links that may not lead where they seem to.

use super::otp;
use crate::number::DialString;
use linkify::{LinkFinder, LinkKind};
use std::ops::Range;

/// Most links and numbers found in a text.
const LIMIT: usize = 40;
/// Longest link that can be clicked, in octets.
const MAX_LINK: usize = 1_000;
/// Digits of a telephone number (E.164 allows 15).
const DIGITS: Range<usize> = 7..16;
/// Endings of names that are links without `https://` or `www.` before them.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "info", "io", "app", "dev", "me", "co", "ly", "gl", "edu", "gov", "eu",
    "uk", "de", "at", "ch", "fr", "es", "it", "nl", "be", "pl", "cz", "se", "no", "dk", "fi", "ru",
    "ua", "tr", "ir", "in", "cn", "jp", "kr", "br", "mx", "ca", "us", "au", "nz", "za",
];

/// What can be clicked in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// An address that begins with `http://` or `https://`.
    Link(String),
    /// A number to call.
    Number(String),
}

/// The links and numbers of a text with their places, in order.
pub fn find(text: &str) -> Vec<(Range<usize>, Target)> {
    let mut found = links(text);
    let taken: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
    found.extend(numbers(text, &taken));
    found.sort_by_key(|(range, _)| range.start);
    found.truncate(LIMIT);
    found
}

fn links(text: &str) -> Vec<(Range<usize>, Target)> {
    // Nothing without a full stop or a colon is one, which is most texts.
    if !text.contains(['.', ':']) {
        return Vec::new();
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    let links = finder.links(text).take(LIMIT).filter(|link| link.as_str().len() <= MAX_LINK);
    links
        .filter_map(|link| {
            let address = with_scheme(link.as_str())?;
            Some((link.start()..link.end(), Target::Link(address)))
        })
        .collect()
}

/// The address with its scheme; `None` for what is none, or is for another program than a browser.
fn with_scheme(link: &str) -> Option<String> {
    let lower = link.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Some(link.to_owned());
    }
    let host = lower.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let (name, ending) = host.rsplit_once('.')?;
    let known = lower.starts_with("www.") || ENDINGS.contains(&ending);
    (!lower.contains("://") && known && !name.is_empty()).then(|| format!("https://{link}"))
}

fn numbers(text: &str, taken: &[Range<usize>]) -> Vec<(Range<usize>, Target)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = ' ';
    while let Some(first) = text[at..].chars().next() {
        let begins = first == '+' || otp::ascii_digit(first).is_some() || first == '(';
        let free =
            !before.is_alphanumeric() && !matches!(before, '.' | ',' | '/' | ':' | '*' | '#');
        let length = if begins && free { number_length(&text[at..]) } else { 0 };
        let range = at..at + length;
        let clear = !taken.iter().any(|t| t.start < range.end && range.start < t.end);
        if length > 0
            && clear
            && let Some(number) = dialable(&text[range.clone()])
        {
            found.push((range, Target::Number(number)));
        }
        // What begins here and is no number is not looked at again from its middle.
        let step = length.max(first.len_utf8());
        before = text[at..at + step].chars().next_back().unwrap_or(' ');
        at += step;
        if found.len() >= LIMIT {
            break;
        }
    }
    found
}

/// Octets of the digits and separators at the start, ending with a digit.
fn number_length(text: &str) -> usize {
    let (mut end, mut since_digit) = (0, 0);
    for (at, c) in text.char_indices() {
        if otp::ascii_digit(c).is_some() {
            (end, since_digit) = (at + c.len_utf8(), 0);
        } else if matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')') || (c == '+' && at == 0) {
            since_digit += 1;
            if since_digit > 2 {
                break;
            }
        } else {
            let glued = at == end && (c.is_alphanumeric() || matches!(c, '*' | '#' | '/' | ':'));
            // A decimal, a date, a time, a part of a word.
            let goes_on = at == end
                && matches!(c, '.' | ',')
                && text[at + 1..].starts_with(|next| otp::ascii_digit(next).is_some());
            return if glued || goes_on { 0 } else { end };
        }
    }
    end
}

/// The number to dial, if this is one.
fn dialable(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter_map(|c| if c == '+' { Some('+') } else { otp::ascii_digit(c) })
        .collect();
    let count = digits.trim_start_matches('+').len();
    let plausible = digits.starts_with('+') || digits.starts_with('0') || count >= 8;
    if !DIGITS.contains(&count) || !plausible || is_date(text) {
        return None;
    }
    DialString::parse(&digits).ok().filter(|dial| !dial.is_service_code()).map(|_| digits)
}

/// `2026-11-22`, `22-11-2026`.
fn is_date(text: &str) -> bool {
    let parts: Vec<usize> = text.split('-').map(|part| part.chars().count()).collect();
    matches!(parts.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
}

/// Why a link is to be looked at before it is opened: it may not lead where it seems to.
pub fn deception(link: &str) -> Option<&'static str> {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match () {
        () if authority.contains('@') => Some("The name before “@” is not where it leads"),
        () if host.to_ascii_lowercase().split('.').any(|part| part.starts_with("xn--")) => {
            Some("Its name stands for letters of another script")
        }
        () if !host.is_ascii() => Some("Its name has letters that look like others"),
        () if host.split(':').next().is_some_and(is_address) => {
            Some("It has a bare address instead of a name")
        }
        () if !link.chars().all(|c| c == '%' || !c.is_control()) => {
            Some("It has characters that can’t be seen")
        }
        () => None,
    }
}

fn is_address(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Target)> {
        find(text).into_iter().map(|(range, target)| (&text[range], target)).collect()
    }

    fn number(digits: &str) -> Target {
        Target::Number(digits.to_owned())
    }

    #[test]
    fn links_are_found_with_and_without_their_scheme() {
        let link = |address: &str| Target::Link(address.to_owned());
        assert_eq!(
            found("See https://bank.example/help. Or www.site.example, or foo.com/x?"),
            [
                ("https://bank.example/help", link("https://bank.example/help")),
                ("www.site.example", link("https://www.site.example")),
                ("foo.com/x", link("https://foo.com/x")),
            ]
        );
        assert_eq!(found("Yes.Then we go. file:///etc/passwd javascript:alert(1)"), []);
    }

    #[test]
    fn numbers_are_found_however_they_are_grouped() {
        assert_eq!(
            found("Call +98 912 345 6789 now"),
            [("+98 912 345 6789", number("+989123456789"))]
        );
        assert_eq!(found("(020) 7946-0018"), [("(020) 7946-0018", number("02079460018"))]);
        assert_eq!(found("تماس ۰۹۱۲۳۴۵۶۷۸۹"), [("۰۹۱۲۳۴۵۶۷۸۹", number("09123456789"))]);
    }

    #[test]
    fn dates_amounts_and_codes_are_no_numbers() {
        for none in [
            "2026-11-22",
            "22/11/2026 16:45",
            "1,250,750.75 SAR",
            "code 482913",
            "12345678901234567890",
            "card 1234****",
            "ABC1234567",
        ] {
            assert_eq!(found(none), [], "{none}");
        }
    }

    #[test]
    fn a_link_that_may_deceive_says_why() {
        assert_eq!(deception("https://bank.example/a@b"), None);
        for bad in [
            "https://bank.example@evil.example/",
            "https://xn--bnk-sna.example",
            "https://b\u{430}nk.example",
            "http://192.0.2.7/login",
        ] {
            assert!(deception(bad).is_some(), "{bad}");
        }
    }
}
