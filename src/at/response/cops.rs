//! `+COPS`: the operator in use and the operators in reach (3GPP TS 27.007 §7.3).

use super::after;
use crate::at::{Arguments, charset};

/// Operators in a list beyond this many are left out.
const MAX_OPERATORS: usize = 64;

/// The answer to `AT+COPS?`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CurrentOperator {
    /// `<mode>`: 0 automatic, 1 manual, 2 deregistered, 4 manual, then automatic.
    pub mode: u8,
    /// `<format>`: 0 long name, 1 short name, 2 number.
    pub format: Option<u8>,
    /// `<oper>`; `None` without registration.
    pub operator: Option<String>,
    /// `<AcT>`.
    pub access_technology: Option<u8>,
}

/// `<stat>` of an operator in the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Availability {
    /// 0.
    Unknown,
    /// 1.
    Available,
    /// 2: in use.
    Current,
    /// 3.
    Forbidden,
}

/// One operator of the answer to `AT+COPS=?`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedOperator {
    /// `<stat>`.
    pub availability: Availability,
    /// Long name.
    pub long_name: Option<String>,
    /// Short name.
    pub short_name: Option<String>,
    /// Country and network code in digits.
    pub numeric: Option<String>,
    /// `<AcT>`; left out it means GSM.
    pub access_technology: Option<u8>,
}

/// Reads the answer to `AT+COPS?`, `+COPS: 0,0,"vodafone ES",7`.
pub fn parse(line: &str) -> Option<CurrentOperator> {
    let mut arguments = Arguments::new(after(line, "+COPS")?);
    Some(CurrentOperator {
        mode: arguments.number()?,
        format: arguments.number(),
        operator: arguments.string().map(without_padding).filter(|name| !name.is_empty()),
        access_technology: arguments.number(),
    })
}

/// Some Huawei and Quectel modems end a name with zeros, which are `@` in the GSM alphabet, or with
/// what lay behind it in memory.
fn without_padding(name: String) -> String {
    let name = charset::try_ucs2_hex(&name);
    name.trim_end_matches(|c: char| matches!(c, '@' | '\u{FFFD}') || c.is_control()).to_owned()
}

/// Reads the answer to `AT+COPS=?`: one line or several. Empty if there is no operator in it.
///
/// The list comes in many shapes: `<AcT>` may stand behind its parenthesis, the list may go on in
/// lines of its own, and the modes and formats at its end may or may not be there.
pub fn parse_list<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<ListedOperator> {
    let mut operators = Vec::new();
    for line in lines {
        let text = after(line, "+COPS").unwrap_or(line.trim());
        let mut arguments = Arguments::new(text);
        while !arguments.is_empty() && operators.len() < MAX_OPERATORS {
            let parameter = arguments.rest().starts_with('(').then(|| arguments.clone());
            let raw = arguments.raw().unwrap_or("");
            if parameter.is_none() {
                act_behind_parenthesis(raw, &mut operators);
                continue;
            }
            let group = Arguments::new(raw.strip_prefix('(').unwrap_or(raw));
            if let Some(operator) = operator(group.clone()) {
                operators.push(operator);
            } else if let Some(operator) = operator_without_group(raw, &arguments) {
                arguments.skip(3);
                operators.push(operator);
            }
        }
    }
    operators
}

/// `<stat>,<long>,<short>,<numeric>[,<AcT>]`.
fn operator(mut arguments: Arguments<'_>) -> Option<ListedOperator> {
    let availability = match arguments.number::<u8>()? {
        0 => Availability::Unknown,
        1 => Availability::Available,
        2 => Availability::Current,
        3 => Availability::Forbidden,
        _ => return None,
    };
    let mut name = || arguments.filled_string().map(|name| charset::try_ucs2_hex(&name));
    let (long_name, short_name, numeric) = (name(), name(), name());
    // The modes at the end of the list are numbers in parentheses too, but short ones.
    let numeric = numeric.map(|code| code.trim_end_matches([')', '"']).to_owned());
    let is_code =
        |code: &String| (5..=8).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    let numeric = Some(numeric.filter(is_code)?);
    let act = arguments.raw().unwrap_or("");
    let access_technology = leading_number(act);
    Some(ListedOperator { availability, long_name, short_name, numeric, access_technology })
}

/// Iridium: `(002),"IRIDIUM","IRIDIUM","90103"`.
fn operator_without_group(raw: &str, behind: &Arguments<'_>) -> Option<ListedOperator> {
    let stat = raw.strip_prefix('(')?.strip_suffix(')')?;
    let text = format!("{stat},{}", behind.rest());
    let operator = operator(Arguments::new(&text))?;
    Some(ListedOperator { access_technology: None, ..operator })
}

/// `),2)`: the parenthesis was closed before `<AcT>`.
fn act_behind_parenthesis(raw: &str, operators: &mut [ListedOperator]) {
    let act = raw.strip_suffix(')').and_then(leading_number);
    if let (Some(act), Some(last)) = (act, operators.last_mut()) {
        last.access_technology.get_or_insert(act);
    }
}

fn leading_number(text: &str) -> Option<u8> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}
