//! Answers in free text: `+CGMI`, `+CGMM`, `+CGMR`, `+CGSN`, `+CIMI`, `+GMI`… (3GPP TS 27.007
//! §5.1–5.6), with or without the command's name before them, with or without quotes.

use super::after;

/// A value is cut after this many characters.
const MAX_TEXT: usize = 200;

/// The first line that holds a value: `prefix` (`+CGMI`) and quotes are taken off, the echo of the
/// command and empty lines are left out.
pub fn parse<'a>(lines: impl IntoIterator<Item = &'a str>, prefix: &str) -> Option<String> {
    let value = |line: &'a str| {
        let line = line.trim();
        let echo = line.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("AT"))
            && line.get(2..).is_some_and(|tail| tail.starts_with(['+', 'I', 'i']));
        let text = after(line, prefix).unwrap_or(line).trim_matches('"').trim();
        (!echo && !text.is_empty()).then(|| text.chars().take(MAX_TEXT).collect())
    };
    lines.into_iter().find_map(value)
}

/// The first run of `count` or more digits: an IMEI (15) or IMSI (14 or 15) among other words.
pub fn digits<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    prefix: &str,
    count: usize,
) -> Option<String> {
    let text = parse(lines, prefix)?;
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.into_iter().find(|run| run.len() >= count).map(str::to_owned)
}
