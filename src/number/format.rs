//! How numbers are shown: grouped as their country writes them. Codes, short numbers and senders
//! with names never reach the numbering plans, which would make other numbers of them.
//!
//! A call takes 10 to 100 µs: keep the answer.

use super::metadata;
use super::shape::{SHORT_CODE_DIGITS, Shape};
use super::{is_emergency, symbols};
use rlibphonenumber::{PhoneNumberFormat, PhoneNumberType};

/// A longer number is no number of any plan (E.164 has 15 digits, trunk prefixes add a few).
const FORMATTED_DIGITS_LIMIT: usize = 20;

/// Kinds of numbers that an unfinished one may become, likeliest first.
const KINDS: [PhoneNumberType; 4] = [
    PhoneNumberType::Mobile,
    PhoneNumberType::FixedLine,
    PhoneNumberType::TollFree,
    PhoneNumberType::VoIP,
];

/// A number being typed, grouped as its country writes it; what can't be grouped comes back as
/// typed. Never changes what would be dialed.
pub fn format_as_typed(text: &str, region: &str) -> String {
    grouped(text, region).unwrap_or_else(|| text.to_owned())
}

fn grouped(text: &str, region: &str) -> Option<String> {
    let typed: String = text.chars().filter_map(symbols::dialable).collect();
    // The two differ where a (0) is typed that won't be dialed: leave that alone.
    if symbols::read(text).as_ref() != Ok(&typed) || typed.len() > FORMATTED_DIGITS_LIMIT {
        return None;
    }
    let (prefix, number) = match typed.strip_prefix("00") {
        Some(rest) if !rest.starts_with('0') && !rest.is_empty() => ("00 ", format!("+{rest}")),
        _ => ("", typed.clone()),
    };
    let digits = number.strip_prefix('+');
    if digits.unwrap_or(&number).contains(['+', '*', '#']) {
        return None;
    }
    let grouped = match digits {
        Some(digits) => group_international(digits, &number)?,
        None if number.len() <= SHORT_CODE_DIGITS || is_emergency(&number) => return None,
        None => complete(&number, region, &examples(region, PhoneNumberFormat::National))?,
    };
    let grouped = match prefix {
        "" => grouped,
        prefix => format!("{prefix}{}", grouped.trim_start_matches('+')),
    };
    let dialed: String = grouped.chars().filter_map(symbols::dialable).collect();
    (dialed == typed).then_some(grouped)
}

fn group_international(digits: &str, number: &str) -> Option<String> {
    let (code, national) = super::calling_code::split(digits);
    if national.is_empty() {
        return None;
    }
    let country = metadata::main_region(code.parse().ok()?)?;
    let grouped = complete(number, &country, &examples(&country, PhoneNumberFormat::E164))?;
    // The plan of North America groups seven digits only as dialed at home.
    if code == "1" && national.len() == 7 && grouped.ends_with(national) {
        return Some(format!("+1 {} {}", &national[..3], &national[3..]));
    }
    Some(grouped)
}

/// Dialable forms of a country's typical numbers.
fn examples(region: &str, format: PhoneNumberFormat) -> Vec<String> {
    let example = |kind: &PhoneNumberType| metadata::example(region, *kind, format);
    KINDS.iter().filter_map(example).collect()
}

/// Groups an unfinished number as the finished one it may become: the missing digits are taken
/// from an example, and cut off again.
fn complete(typed: &str, region: &str, examples: &[String]) -> Option<String> {
    let mut fallback = None;
    let finished = examples.iter().filter_map(|example| example.get(typed.len()..));
    for missing in std::iter::once("").chain(finished) {
        let candidate = format!("{typed}{missing}");
        let Some(number) = metadata::parse(&candidate, region) else { continue };
        let style = match typed.starts_with('+') {
            true => PhoneNumberFormat::International,
            false => PhoneNumberFormat::National,
        };
        let Some(cut) = cut(&number.format_as(style), typed) else { continue };
        if number.is_valid() {
            return Some(cut);
        }
        if fallback.is_none() && cut.len() > typed.len() {
            fallback = Some(cut);
        }
    }
    fallback
}

/// The beginning of a formatted number that has the typed characters in it, if it has.
fn cut(formatted: &str, typed: &str) -> Option<String> {
    let mut wanted = typed.chars();
    let mut end = 0;
    for (at, c) in formatted.char_indices() {
        if wanted.as_str().is_empty() {
            break;
        }
        if symbols::dialable(c).is_some() {
            if wanted.next() != Some(c) {
                return None;
            }
            end = at + c.len_utf8();
        }
    }
    if !wanted.as_str().is_empty() {
        return None;
    }
    let (head, tail) = formatted.split_at(end);
    if head.contains('(') && !head.contains(')') {
        // Area code just finished: close the bracket. In the middle of it: don't open it yet.
        return Some(if tail.starts_with(')') {
            format!("{head})")
        } else {
            head.replace('(', "")
        });
    }
    Some(head.to_owned())
}

/// A whole number for display: national style for numbers of `region`, international for others.
/// Whatever is no number of a numbering plan comes back as it is.
pub fn format_for_display(number: &str, region: &str) -> String {
    displayed(number, region).unwrap_or_else(|| number.to_owned())
}

fn displayed(number: &str, region: &str) -> Option<String> {
    let dialed = symbols::read(number).ok()?;
    // Not the digits of the shape, which knows only one of two spellings in some countries.
    let digits = match Shape::of(number) {
        Shape::International(_) if dialed.starts_with("00") => format!("+{}", &dialed[2..]),
        Shape::International(_) | Shape::National(_) => dialed,
        Shape::Text(_) | Shape::Code(_) | Shape::Short(_) => return None,
    };
    if digits.contains(['*', '#']) {
        return None;
    }
    let parsed = metadata::parse(&digits, region)?;
    let home = metadata::calling_code(region) == Some(parsed.country_code);
    if !parsed.is_valid() {
        // A number of a shape its country never gives: keep all of its digits.
        return if digits.starts_with('+') { grouped(&digits, region) } else { None };
    }
    if digits.starts_with('+') {
        let style =
            if home { PhoneNumberFormat::National } else { PhoneNumberFormat::International };
        return Some(parsed.format_as(style).into_owned());
    }
    let shown = parsed.format_as(PhoneNumberFormat::National).into_owned();
    let dialed: String = shown.chars().filter_map(symbols::dialable).collect();
    (dialed == digits).then_some(shown)
}
