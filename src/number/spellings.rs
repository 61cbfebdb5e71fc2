//! In which ways one number may be dialed, for patterns that a user writes.

use super::shape::{self, Shape};
use super::{metadata, symbols};

/// The number in digits as written, in the international form (`+4915112345678`), and, for a
/// number of `region` (ISO 3166, may be empty), as it is dialed at home (`015112345678`). An
/// alphanumeric sender has one spelling, in lower case.
pub fn spellings(number: &str, region: &str) -> Vec<String> {
    let shape = Shape::of(number);
    let mut all = match symbols::read(number) {
        Ok(digits) if !matches!(shape, Shape::Text(_)) => vec![digits],
        _ => Vec::new(),
    };
    match shape {
        Shape::Text(text) | Shape::Code(text) | Shape::Short(text) => all.push(text),
        Shape::International(digits) => {
            if let Some(home) = metadata::at_home(&digits, region) {
                all.push(home);
            }
            all.push(format!("+{digits}"));
        }
        Shape::National(digits) => {
            if let Some(whole) = metadata::international(&digits, region) {
                all.extend(metadata::at_home(&whole.digits, region));
                all.push(format!("+{}", whole.digits));
            }
        }
    }
    let (code, national) = match all.iter().find_map(|number| number.strip_prefix('+')) {
        Some(digits) => shape::split(digits),
        None => ("", ""),
    };
    // North America also dials 1 before the area code.
    if code == "1" && metadata::calling_code(region) == Some(1) {
        let national = national.to_owned();
        all.push(format!("1{national}"));
        all.push(national);
    }
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_spellings_at_home_and_abroad() {
        for number in ["+49 151 1234 5678", "0151/12345678", "00491511234 5678"] {
            let all = spellings(number, "DE");
            assert!(all.contains(&"+4915112345678".to_owned()), "{all:?}");
            assert!(all.contains(&"015112345678".to_owned()), "{all:?}");
        }
        let abroad = spellings("+4915112345678", "GB");
        assert_eq!(abroad, ["+4915112345678"]);
        let american = spellings("+12125550123", "US");
        assert_eq!(american, ["+12125550123", "12125550123", "2125550123"]);
        assert_eq!(spellings("11880", "DE"), ["11880"]);
        assert_eq!(spellings("Vodafone", "DE"), ["vodafone"]);
        // Italy's zero is part of the number.
        assert!(spellings("+390236618300", "IT").contains(&"0236618300".to_owned()));
        assert_eq!(spellings("", ""), [""]);
    }
}
