//! Answers in free text: `+CGMI`, `+CGMM`, `+CGMR`, `+CGSN`, `+CIMI`, `+GMI`… (3GPP TS 27.007
//! §5.1–5.6), with or without the command's name before them, with or without quotes.

use super::{after, name_of};

/// A value is cut after this many characters.
const MAX_TEXT: usize = 200;

/// The first line that holds a value: `prefix` (`+CGMI`) and quotes are taken off; the echo of the
/// command, reports of other things and empty lines are left out.
pub fn parse<'a>(lines: impl IntoIterator<Item = &'a str>, prefix: &str) -> Option<String> {
    let text = lines.into_iter().find_map(|line| value(line, prefix))?;
    Some(text.chars().take(MAX_TEXT).collect())
}

/// The first run of `count` or more digits: an IMEI (15) or IMSI (14 or 15) among other words.
pub fn digits<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    prefix: &str,
    count: usize,
) -> Option<String> {
    let run = |line: &'a str| {
        let mut runs = value(line, prefix)?.split(|c: char| !c.is_ascii_digit());
        runs.find(|run| run.len() >= count)
    };
    lines.into_iter().find_map(run).map(|run| run.chars().take(MAX_TEXT).collect())
}

fn value<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let line = line.trim();
    let echo = line.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("AT"))
        && line.get(2..).is_some_and(|tail| tail.starts_with(['+', 'I', 'i']));
    // `+GMI` is the older name of `+CGMI`.
    let older = |name: &str| name.get(1..) == prefix.get(2..);
    let text = match (after(line, prefix), name_of(line)) {
        (Some(text), _) => text,
        (None, Some(name)) if older(name) => after(line, name)?,
        (None, Some(_)) => return None,
        (None, None) => line,
    };
    let text = text.trim_matches('"').trim();
    (!echo && !text.is_empty()).then_some(text)
}
