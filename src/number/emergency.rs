//! Which numbers call for help: those that every phone knows, those of the country, and those that
//! the SIM and the network tell.

use super::emergency_table::COUNTRIES;
use super::symbols;

/// 3GPP TS 22.101 §10.1.1: 112 and 911 always; 000, 08, 110, 118, 119 and 999 where no SIM says
/// otherwise.
const NUMBERS: [&str; 8] = ["112", "911", "000", "08", "110", "118", "119", "999"];

/// Whether a number, however grouped, is one of the emergency numbers of 3GPP TS 22.101 §10.1.1.
/// The SIM and the country may have more.
pub fn is_emergency(number: &str) -> bool {
    symbols::read(number).is_ok_and(|digits| NUMBERS.contains(&digits.as_str()))
}

/// Whether a number is an emergency number here: [`is_emergency`], or one of the country's
/// (`region`, ISO 3166; empty if it is not known), or one of those that the SIM and the network
/// have told. The six that a phone without SIM knows count with one too: no subscriber has them,
/// and who travels with a SIM of another country dials the number of the place.
pub fn is_emergency_here(number: &str, region: &str, told: &[String]) -> bool {
    let Ok(digits) = symbols::read(number) else { return false };
    if digits.is_empty() {
        return false;
    }
    let told_so = || told.iter().any(|told| symbols::read(told).as_ref() == Ok(&digits));
    NUMBERS.contains(&digits.as_str()) || is_of_country(&digits, region) || told_so()
}

fn is_of_country(digits: &str, region: &str) -> bool {
    let region = region.to_ascii_uppercase();
    let row = COUNTRIES.binary_search_by_key(&region.as_str(), |&(country, _)| country);
    row.is_ok_and(|at| COUNTRIES[at].1.split(' ').any(|number| number == digits))
}
