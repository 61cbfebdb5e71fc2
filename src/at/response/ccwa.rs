//! `+CCWA`: a waiting call, and whether call waiting is on (3GPP TS 27.007 §7.12).

use super::after;
use crate::at::Arguments;

/// A second caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ccwa {
    /// `<number>`; `None` if it is empty.
    pub number: Option<String>,
    /// `<type>`.
    pub type_of_number: Option<u8>,
    /// `<class>`: 1 voice, 2 data, 4 fax, …; a sum.
    pub class: Option<u16>,
    /// `<alpha>`.
    pub name: Option<String>,
    /// `<CLI validity>`: 0 valid, 1 withheld, 2 not available.
    pub cli_validity: Option<u8>,
}

/// Reads the unsolicited form, `+CCWA: "+49…",145,1`. The answer to a query is no waiting call.
pub fn parse(line: &str) -> Option<Ccwa> {
    let text = after(line, "+CCWA")?;
    if text.is_empty() || text.starts_with('(') || status_and_class(text).is_some() {
        return None;
    }
    let mut arguments = Arguments::new(text);
    let number = arguments.filled_string();
    let type_of_number = arguments.number();
    let class = arguments.number();
    let name = arguments.filled_string();
    Some(Ccwa { number, type_of_number, class, name, cli_validity: arguments.number() })
}

/// Reads the answer to `AT+CCWA=1,2`: whether call waiting is on for voice calls. `None` if the
/// answer says nothing of voice calls.
pub fn parse_status<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<bool> {
    let rows = lines.into_iter().filter_map(|line| status_and_class(after(line, "+CCWA")?));
    let mut voice = rows.filter(|(_, class)| class & 1 == 1);
    match voice.next()?.0 {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// Reads one line of the same answer, `+CCWA: 1,7`: whether it is on, and for which classes (7
/// where it does not say); `None` for the report of a waiting call.
pub fn parse_query(line: &str) -> Option<(bool, u16)> {
    let text = after(line, "+CCWA")?;
    let (status, class) = match text.trim() {
        "0" => (0, 7),
        "1" => (1, 7),
        _ => status_and_class(text)?,
    };
    (status <= 1).then_some((status == 1, class))
}

/// `<status>,<class>`: two bare numbers and nothing more.
fn status_and_class(text: &str) -> Option<(u16, u16)> {
    let (status, class) = text.split_once(',')?;
    let bare = |text: &str| text.trim().parse().ok();
    Some((bare(status).filter(|status| *status < 10)?, bare(class)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_no_reports() {
        // Lines from the tests of ModemManager.
        assert_eq!(parse_query("+CCWA: 0,255"), Some((false, 255)));
        assert_eq!(parse_query("+CCWA: 1,4"), Some((true, 4)));
        assert_eq!(parse_query("+CCWA: 1"), Some((true, 7)));
        assert_eq!(parse_query("+CCWA: \"+4930123\",145,1"), None);
        assert_eq!(parse_query("+CCWA: 1,145,1"), None);
        assert_eq!(parse_query("+CCWA: (0,1)"), None);
        assert_eq!(parse_query("+CCWA: ,128,1,,1"), None);
    }
}
