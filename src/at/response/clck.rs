//! `+CLCK`: locks and barring (3GPP TS 27.007 §7.4).

use super::after;
use crate::at::Arguments;

/// Reads one line, `+CLCK: 1,7`: whether it is on, and for which classes (7 where it does not say).
pub fn parse(line: &str) -> Option<(bool, u16)> {
    let text = after(line, "+CLCK")?;
    if text.starts_with('(') {
        return None;
    }
    let mut arguments = Arguments::new(text);
    let status: u8 = arguments.number()?;
    Some((status == 1, arguments.number().unwrap_or(7)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_and_without_a_class() {
        assert_eq!(parse("+CLCK: 1"), Some((true, 7)));
        assert_eq!(parse("+CLCK: 0,255"), Some((false, 255)));
        assert_eq!(parse("+CLCK:1,1"), Some((true, 1)));
        assert_eq!(parse("+CLCK: (\"SC\",\"AO\",\"AI\",\"PN\")"), None);
    }
}
