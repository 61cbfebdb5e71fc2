//! What the library of national numbering plans knows, behind two questions. Its first use in a
//! program takes some milliseconds: see [`warm_up`].

use super::shape;
use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType};

/// Loads the numbering plans (about 5 ms and 5 MB); call it off the window's thread at start.
pub fn warm_up() {
    let _ = calling_code("GB");
}

/// A number completed with its country code.
pub(super) struct Completed {
    /// Country code and national number, in the one spelling of [`shape::canonical`].
    pub digits: String,
    /// The country code.
    pub calling_code: i32,
    /// The numbering plan has numbers of this length.
    pub possible: bool,
}

/// The region by its ISO 3166 code, in either case.
pub(super) fn region(code: &str) -> Option<Region> {
    if code.len() != 2 { None } else { Region::from_code(&code.to_ascii_uppercase()).ok() }
}

/// The calling code of a region.
pub(super) fn calling_code(code: &str) -> Option<i32> {
    PHONE_NUMBER_UTIL.get_country_code_for_region(region(code)?)
}

/// Parses dialable characters only; `None` for what no plan can hold.
pub(super) fn parse(dialed: &str, code: &str) -> Option<PhoneNumber> {
    let region = region(code);
    if region.is_none() && !dialed.starts_with('+') {
        return None;
    }
    PHONE_NUMBER_UTIL.parse(dialed, region).ok()
}

/// Completes a number dialed at home in `code`.
pub(super) fn international(dialed: &str, code: &str) -> Option<Completed> {
    let number = parse(dialed, code)?;
    let e164 = number.format_as(PhoneNumberFormat::E164);
    Some(Completed {
        digits: shape::canonical(e164.trim_start_matches('+')),
        calling_code: number.country_code,
        possible: number.is_possible_with_reason().is_ok(),
    })
}

/// How international digits (without `+`) are dialed within `code`; `None` if they are not at home
/// there.
pub(super) fn at_home(digits: &str, code: &str) -> Option<String> {
    let number = parse(&format!("+{digits}"), code)?;
    if calling_code(code) != Some(number.country_code) {
        return None;
    }
    let national = number.format_as(PhoneNumberFormat::National);
    let digits: String = national.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// The region that a calling code belongs to first (`1` → `US`).
pub(super) fn main_region(calling_code: i32) -> Option<String> {
    let region = PHONE_NUMBER_UTIL.get_region_for_country_code(calling_code)?;
    Some(region.as_region_str().as_str().to_owned())
}

/// The dialable characters of a typical number of a region.
pub(super) fn example(
    code: &str,
    kind: PhoneNumberType,
    format: PhoneNumberFormat,
) -> Option<String> {
    let number =
        PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region(code)?, kind).ok()?;
    Some(number.format_as(format).chars().filter_map(super::symbols::dialable).collect())
}
