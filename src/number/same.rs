//! Whether two spellings are one subscriber: a cheap key to look candidates up by, and the precise
//! comparison.

use super::metadata;
use super::shape::{self, Shape};
use std::cmp::Ordering;

/// How many last digits make the key: as many as a number dialed without its area code has at most
/// (North America's 555-0100).
const KEY_DIGITS: usize = 7;

/// A key under which all spellings of a number meet (a few other numbers may meet there too: check
/// with [`same_number`]). Short codes, service codes and alphanumeric senders are their own keys.
///
/// Two numbers that are the same by [`same_number`] always have the same key.
pub fn match_key(number: &str) -> String {
    key_of(&Shape::of(number))
}

fn key_of(shape: &Shape) -> String {
    let national = match shape {
        Shape::Text(text) | Shape::Code(text) | Shape::Short(text) => return text.clone(),
        Shape::International(digits) => shape::split(digits).1,
        Shape::National(digits) => digits,
    };
    let significant = national.trim_start_matches('0');
    significant[significant.len().saturating_sub(KEY_DIGITS)..].to_owned()
}

/// Whether two spellings mean the same subscriber. `region` (ISO 3166, may be empty) says where
/// numbers without `+` are at home.
///
/// Numbers with a country code are compared digit by digit; a number without one is completed by
/// the rules of `region`, or, when that is empty or has no such number, by trying the trunk
/// prefixes in use (0, kept 0, 8, 06, none). Short codes and alphanumeric senders must be equal.
pub fn same_number(a: &str, b: &str, region: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (Shape::of(a), Shape::of(b));
    if a == b {
        return true;
    }
    if key_of(&a) != key_of(&b) {
        return false;
    }
    match (&a, &b) {
        (Shape::International(whole), Shape::National(home))
        | (Shape::National(home), Shape::International(whole)) => completes(home, whole, region),
        (Shape::National(a), Shape::National(b)) => both_at_home(a, b, region),
        _ => false,
    }
}

/// Whether `home`, dialed at home, is the international `whole`.
fn completes(home: &str, whole: &str, region: &str) -> bool {
    let (code, national) = shape::split(whole);
    if home == whole {
        return true;
    }
    let local = home.len() == KEY_DIGITS && code == "1" && national.ends_with(home);
    match metadata::international(home, region) {
        Some(completed) if completed.possible => {
            return completed.digits == whole || (local && completed.calling_code == 1);
        }
        Some(completed) if local && completed.calling_code == 1 => return true,
        Some(completed) if completed.digits == whole => return true,
        Some(_) => {}
        None if local => return true,
        None => {}
    }
    let trunk = match code {
        "7" => "8",
        "36" => "06",
        _ => "0",
    };
    home == national || home.strip_prefix(trunk).is_some_and(|rest| rest == national)
}

/// Whether two numbers without country codes are one.
fn both_at_home(a: &str, b: &str, region: &str) -> bool {
    let (short, long) = if shorter_first(a, b) == Ordering::Greater { (b, a) } else { (a, b) };
    let (trunkless_short, trunkless_long) = (trunkless(short), trunkless(long));
    if trunkless_short == trunkless_long {
        return true;
    }
    let calling_code = metadata::calling_code(region);
    // North America dials 1 before the area code. Without a country, only at the full length.
    let dialed_with_1 = calling_code == Some(1) || calling_code.is_none() && long.len() == 11;
    if dialed_with_1 && long.strip_prefix('1') == Some(short) {
        return true;
    }
    if calling_code == Some(1) && short.len() == KEY_DIGITS && long.len() >= 10 {
        return long.ends_with(short);
    }
    match (metadata::international(short, region), metadata::international(long, region)) {
        (Some(short), Some(long)) => short.digits == long.digits,
        _ => false,
    }
}

fn shorter_first(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn trunkless(digits: &str) -> &str {
    digits.strip_prefix('0').unwrap_or(digits)
}
