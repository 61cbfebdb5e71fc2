//! `+CPMS`: the message storages (3GPP TS 27.005 §3.2.2): the answer to `?`, to setting, and to
//! `=?`.

use super::after;
use crate::at::Arguments;

/// Reading and deleting; writing and sending; receiving.
const STORAGES: usize = 3;

/// Names in an answer beyond this many are left out.
const MAX_NAMES: usize = 64;

/// What one of the three storages holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Storage {
    /// `SM`, `ME`, `MT`, `SR`…; `None` in the answer to setting, which tells numbers only.
    pub memory: Option<String>,
    /// Places in use.
    pub used: u16,
    /// Places there are.
    pub total: u16,
}

/// Reads `+CPMS: "SM",3,30,"SM",3,30,"SM",3,30` and `+CPMS: 3,30,3,30,3,30`: one to three storages
/// (reading and deleting; writing and sending; receiving).
pub fn parse(line: &str) -> Option<Vec<Storage>> {
    let text = after(line, "+CPMS")?;
    let mut arguments = Arguments::new(text);
    let named = arguments.clone().number::<u16>().is_none();
    let mut storages = Vec::new();
    while !arguments.is_empty() && storages.len() < STORAGES {
        let memory = if named { Some(arguments.string()?) } else { None };
        let (used, total) = (arguments.number()?, arguments.number()?);
        storages.push(Storage { memory, used, total });
    }
    (!storages.is_empty()).then_some(storages)
}

/// Reads the answer to `AT+CPMS=?` in any of its forms: the memories allowed for each storage, one
/// to three lists, some perhaps empty.
///
/// `("SM","ME"),("SM"),("SM")`; with a single memory without parentheses; all in one more pair of
/// parentheses (Wavecom); and all names in one row without any (Thuraya).
pub fn parse_test(line: &str) -> Option<Vec<Vec<String>>> {
    let text = after(line, "+CPMS")?;
    let nested = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let text = match nested {
        Some(inner) if inner.trim_start().starts_with('(') && inner.trim_end().ends_with(')') => {
            inner
        }
        _ => text,
    };
    let mut arguments = Arguments::new(text);
    let mut lists = Vec::new();
    while !arguments.is_empty() && lists.len() < MAX_NAMES {
        lists.push(names(arguments.group())?);
    }
    if lists.is_empty() {
        return None;
    }
    if !text.contains('(') && lists.len() > STORAGES {
        return Some(split_row(lists.concat()));
    }
    lists.truncate(STORAGES);
    Some(lists)
}

/// The names of one list; `None` if there is something else in it.
fn names(group: Option<Arguments<'_>>) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let Some(mut group) = group else { return Some(names) };
    while !group.is_empty() && names.len() < MAX_NAMES {
        let name =
            group.string().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        if let Some(name) = name {
            if name.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            names.push(name);
        }
    }
    Some(names)
}

/// A row of names without parentheses: three times the same, or one list for all.
fn split_row(row: Vec<String>) -> Vec<Vec<String>> {
    let third = row.len() / STORAGES;
    if third > 0 && row.len().is_multiple_of(STORAGES) && row[..third] == row[third..2 * third] {
        row.chunks(third).map(<[String]>::to_vec).collect()
    } else {
        vec![row]
    }
}
