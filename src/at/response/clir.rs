//! `+CLIR`, `+CLIP`, `+COLP`: whose number is shown to whom (3GPP TS 27.007 §7.6–7.8): what the
//! modem does, and what the network provides.

use super::after;
use crate::at::Arguments;

/// `<n>` and `<m>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Provision {
    /// What the modem does: for `+CLIR` 0 as the network has it, 1 hide, 2 show.
    pub setting: u8,
    /// What the network provides: 0 nothing, 1 the service, 2 unknown; for `+CLIR` also 3 hidden
    /// and 4 shown unless a call asks otherwise.
    pub network: u8,
}

/// Reads one line, `+CLIR: 0,4`. `name` is `+CLIR`, `+CLIP` or `+COLP`; `None` for the reports of
/// the same names, which have a number in quotes.
pub fn parse(line: &str, name: &str) -> Option<Provision> {
    let text = after(line, name)?;
    if text.starts_with(['"', '(']) {
        return None;
    }
    let mut arguments = Arguments::new(text);
    let setting: u8 = arguments.number()?;
    let network = arguments.number()?;
    let known = setting <= 2 && network <= 4 && arguments.is_empty();
    known.then_some(Provision { setting, network })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_no_reports() {
        assert_eq!(parse("+CLIR: 0,4", "+CLIR"), Some(Provision { setting: 0, network: 4 }));
        assert_eq!(parse("+CLIP: 1,2", "+CLIP"), Some(Provision { setting: 1, network: 2 }));
        assert_eq!(parse("+CLIP: \"0301\",129", "+CLIP"), None);
        assert_eq!(parse("+CLIP: 0301,129", "+CLIP"), None);
        assert_eq!(parse("+COLP: (0,1)", "+COLP"), None);
        assert_eq!(parse("+COLP: 0", "+COLP"), None);
    }
}
