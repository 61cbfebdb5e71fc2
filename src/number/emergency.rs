//! Emergency numbers that every phone knows without asking the SIM.

/// 3GPP TS 22.101 §10.1.1: 112 and 911 always; 000, 08, 110, 118, 119 and 999 where no SIM says
/// otherwise.
const NUMBERS: [&str; 8] = ["112", "911", "000", "08", "110", "118", "119", "999"];

/// Whether a number, however grouped, is one of the emergency numbers of 3GPP TS 22.101 §10.1.1.
/// The SIM and the country may have more.
pub fn is_emergency(number: &str) -> bool {
    super::symbols::read(number).is_ok_and(|digits| NUMBERS.contains(&digits.as_str()))
}
