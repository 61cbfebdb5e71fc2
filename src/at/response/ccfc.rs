//! `+CCFC`: where calls are forwarded to (3GPP TS 27.007 §7.11).

use super::after;
use crate::at::Arguments;
use crate::at::charset::try_ucs2_hex;

/// A number is cut after this many characters.
const MAX_NUMBER: usize = 80;

/// One line: how forwarding stands for one class, or for several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ccfc {
    /// `<status>`.
    pub active: bool,
    /// `<class1>`: the sum of the classes; 7 where it is left out.
    pub class: u16,
    /// `<number>`.
    pub number: Option<String>,
    /// `<time>` in seconds, of forwarding without an answer.
    pub seconds: Option<u8>,
}

/// Reads one line: `+CCFC: 1,1,"+4930123",145,,,20`, `+CCFC: 0,255`, `+CCFC: 0`.
pub fn parse(line: &str) -> Option<Ccfc> {
    let text = after(line, "+CCFC")?;
    if text.starts_with('(') {
        return None;
    }
    let mut arguments = Arguments::new(text);
    let status: u8 = arguments.number()?;
    let class = match arguments.raw() {
        None | Some("") => 7,
        Some(raw) => raw.parse().ok()?,
    };
    let number = arguments.filled_string().map(|text| {
        let text = try_ucs2_hex(text.trim());
        let mut number: String = text.chars().take(MAX_NUMBER).collect();
        // Type 145 says international, whether or not the plus is written (24.008 §10.5.4.7).
        let international = arguments.number::<u8>() == Some(145);
        if international && number.starts_with(|c: char| c.is_ascii_digit()) {
            number.insert(0, '+');
        }
        number
    });
    let seconds = number.is_some().then(|| {
        arguments.skip(2);
        arguments.number()
    });
    Some(Ccfc { active: status & 1 == 1, class, number, seconds: seconds.flatten() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_specification_and_short_ones() {
        let told = parse("+CCFC: 1,1,\"+4930123\",145,,,20").unwrap();
        let number = Some("+4930123".to_owned());
        assert_eq!(told, Ccfc { active: true, class: 1, number, seconds: Some(20) });
        let told = parse("+CCFC: 1,4,\"4930123\",145").unwrap();
        assert_eq!(told.number.as_deref(), Some("+4930123"));
        let told = parse("+CCFC:0,255").unwrap();
        assert_eq!(told, Ccfc { active: false, class: 255, number: None, seconds: None });
        assert_eq!(parse("+CCFC: 0").unwrap().class, 7);
        let told = parse("+CCFC: 1,1,\"002B00340039\",145").unwrap();
        assert_eq!(told.number.as_deref(), Some("+49"));
        assert_eq!(parse("+CCFC: (0-5)"), None);
        assert_eq!(parse("+CCFC: on"), None);
    }
}
