//! `+CPBR` and `+CPBS`: the phonebooks (3GPP TS 27.007 §8.11, §8.12).

use super::after;
use crate::at::Arguments;

/// Characters of a number or a name beyond this many are left out.
const MAX_TEXT: usize = 250;

/// Names in an answer beyond this many are left out.
const MAX_NAMES: usize = 64;

/// One entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// `<index>`.
    pub index: u16,
    /// `<number>`, as the modem wrote it.
    pub number: String,
    /// `<type>`: 145 international, 129 unknown.
    pub type_of_number: Option<u8>,
    /// `<text>`, as the modem wrote it.
    pub text: String,
}

/// What `AT+CPBR=?` tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// The first place.
    pub first: u16,
    /// The last place.
    pub last: u16,
    /// `<nlength>`: digits of the longest number; 0 if not told.
    pub number_length: u16,
    /// `<tlength>`: characters of the longest name; 0 if not told.
    pub text_length: u16,
}

/// Reads one line, `+CPBR: 3,"+49301234567",145,"Erika"`.
pub fn parse(line: &str) -> Option<Entry> {
    let text = after(line, "+CPBR")?;
    if text.starts_with('(') {
        return None;
    }
    let mut arguments = Arguments::new(text);
    let index = arguments.number()?;
    // Some phones have a field of their own before the number.
    let mut next = arguments.clone();
    if next.raw() == Some("") && next.raw().is_some_and(|raw| raw.len() > 2 && raw.starts_with('"'))
    {
        arguments.skip(1);
    }
    let cut = |text: String| text.chars().take(MAX_TEXT).collect::<String>();
    let number = cut(arguments.string().unwrap_or_default());
    let type_of_number = arguments.number();
    let text = cut(arguments.string().unwrap_or_default());
    Some(Entry { index, number, type_of_number, text })
}

/// Reads `+CPBR: (1-250),40,16`; the places also as `1-250`, `(1,250)`, or as the last one alone.
pub fn parse_test(line: &str) -> Option<Extent> {
    let text = after(line, "+CPBR")?;
    let mut arguments = Arguments::new(text);
    let (first, last) = arguments.ranges()?.bounds().filter(|(_, last)| *last > 0)?;
    let first = if first == last { 1 } else { first };
    let place = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
    let number_length = arguments.number().unwrap_or(0);
    let text_length = arguments.number().unwrap_or(0);
    Some(Extent { first: place(first), last: place(last), number_length, text_length })
}

/// Reads `+CPBS: "SM",3,250`: the memory, places in use and in all.
pub fn parse_memory(line: &str) -> Option<(String, Option<u16>, Option<u16>)> {
    let mut arguments = Arguments::new(after(line, "+CPBS")?);
    let memory = arguments.filled_string().filter(|memory| !memory.starts_with('('))?;
    Some((memory, arguments.number(), arguments.number()))
}

/// Reads `+CPBS: ("SM","EN","FD")`.
pub fn parse_memories(line: &str) -> Option<Vec<String>> {
    let mut group = Arguments::new(after(line, "+CPBS")?).group()?;
    let mut names = Vec::new();
    while !group.is_empty() && names.len() < MAX_NAMES {
        names.extend(group.filled_string());
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_with_and_without_names() {
        let entry = parse("+CPBR: 3,\"+49301234567\",145,\"Erika, \"E\" M.\"").unwrap();
        assert_eq!((entry.index, entry.type_of_number), (3, Some(145)));
        assert_eq!(
            (entry.number.as_str(), entry.text.as_str()),
            ("+49301234567", "Erika, \"E\" M.")
        );
        let entry = parse("+CPBR: 4,\"112\",129,\"\"").unwrap();
        assert_eq!(entry.text, "");
        // With +CPBR=1,2 on some modems more parameters follow (§8.12 <hidden>, <group>…).
        let entry = parse("+CPBR: 5,\"1\",129,\"A\",0,\"\",\"\"").unwrap();
        assert_eq!(entry.text, "A");
        assert_eq!(parse("+CPBR: (1-250),40,16"), None);
        assert_eq!(parse("+CPBR: x,\"1\",129,\"A\""), None);
    }

    #[test]
    fn the_extent_in_its_forms() {
        let told =
            |line| parse_test(line).map(|e| (e.first, e.last, e.number_length, e.text_length));
        assert_eq!(told("+CPBR: (1-250),40,16"), Some((1, 250, 40, 16)));
        assert_eq!(told("+CPBR: 1-100,20,14"), Some((1, 100, 20, 14)));
        assert_eq!(told("+CPBR: (1,250),40"), Some((1, 250, 40, 0)));
        assert_eq!(told("+CPBR: (250-1),40,16"), Some((1, 250, 40, 16)), "turned round");
        assert_eq!(told("+CPBR: (1-250,300),40,16"), Some((1, 300, 40, 16)));
        assert_eq!(told("+CPBR: (250),40,16"), Some((1, 250, 40, 16)), "the last one alone");
        for nothing in ["+CPBR: (", "+CPBR: (),40,16", "+CPBR: (0-0),40,16", "+CPBR: (-)"] {
            assert_eq!(told(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn memories() {
        let memory = parse_memory("+CPBS: \"SM\",3,250");
        assert_eq!(memory, Some(("SM".to_owned(), Some(3), Some(250))));
        let names = parse_memories("+CPBS: (\"SM\",\"EN\")").unwrap();
        assert_eq!(names, ["SM", "EN"]);
    }
}
