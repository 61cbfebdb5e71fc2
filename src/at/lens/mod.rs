//! The lens of the console: a line of AT traffic taken apart into its command and its parameters,
//! each with its name and what its value means; what commands there are; and which of them do harm.
//!
//! The facts are rows of data in the files below, each with the clause it is from. [`explain`] has
//! the one sentence for a line; this is what stands under it.
//!
//! [`explain`]: crate::at::explain::explain

mod call_rows;
pub(super) mod commands;
mod danger;
mod maker_rows;
mod phone_rows;
mod rare_rows;
mod text_rows;
mod values;

use crate::at::{Arguments, FinalResult};
use commands::commands;

pub use danger::{Danger, danger};
pub(super) use values::classes;
use values::meaning_of;

/// More parameters than this are noise.
const MAX_FIELDS: usize = 64;
/// More of them make no sentence.
const MAX_WORDS: usize = 8;

/// What is known of one command and its answer.
#[derive(Debug)]
struct Row {
    /// `+CLCC`.
    name: &'static str,
    /// What it is for, as a noun.
    what: &'static str,
    /// Where it is specified.
    clause: &'static str,
    /// What is given to it.
    given: &'static [Parameter],
    /// What it tells.
    told: &'static [Parameter],
}

/// One parameter.
#[derive(Clone, Copy, Debug)]
struct Parameter {
    /// As the specification calls it, without its angle brackets.
    name: &'static str,
    /// What it is.
    what: &'static str,
    /// What its values mean.
    values: Values,
}

/// What the values of a parameter mean.
#[derive(Clone, Copy, Debug)]
enum Values {
    /// It speaks for itself.
    Plain,
    /// These.
    Of(&'static [(&'static str, &'static str)]),
    /// A rule, see [`values`].
    Rule(values::Rule),
}

const fn plain(name: &'static str, what: &'static str) -> Parameter {
    Parameter { name, what, values: Values::Plain }
}

const fn of(
    name: &'static str,
    what: &'static str,
    values: &'static [(&'static str, &'static str)],
) -> Parameter {
    Parameter { name, what, values: Values::Of(values) }
}

const fn rule(name: &'static str, what: &'static str, rule: values::Rule) -> Parameter {
    Parameter { name, what, values: Values::Rule(rule) }
}

/// One parameter of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// `stat`, in the specification's word.
    pub name: String,
    /// As it stands in the line, without quotes.
    pub value: String,
    /// What it is and what the value means, in words.
    pub meaning: String,
}

/// A command or an answer taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lens {
    /// `+CLCC`, `D`; empty for a line that has no name.
    pub name: String,
    /// What it is for; empty if it is not known.
    pub what: String,
    /// Where it is specified: `3GPP TS 27.007 §7.18`; empty if it is not known.
    pub clause: String,
    /// The parameters in order.
    pub fields: Vec<Field>,
}

fn rows() -> impl Iterator<Item = &'static Row> {
    [call_rows::ROWS, phone_rows::ROWS, text_rows::ROWS, maker_rows::ROWS, rare_rows::ROWS]
        .into_iter()
        .flatten()
}

fn row(name: &str) -> Option<&'static Row> {
    rows().find(|row| row.name.eq_ignore_ascii_case(name))
}

/// Takes a line apart. Several commands on one line make several.
pub fn take_apart(line: &str, sent: bool) -> Vec<Lens> {
    let line = line.trim();
    if sent { sent_line(line) } else { received_line(line).into_iter().collect() }
}

/// What a command or an answer is about; `None` if it is not known.
pub(super) fn about(name: &str) -> Option<&'static str> {
    row(name).map(|row| row.what)
}

/// The values of one command or answer: what they mean, or as they stand; `None` where there is
/// nothing to say.
pub(super) fn values_in_words(line: &str, sent: bool) -> Option<String> {
    let (name, values) = line.split_once(if sent { '=' } else { ':' })?;
    let name = name.trim().trim_start_matches("AT");
    let known = row(name)?;
    let parameters = match sent {
        true => values::given_form(name, values, known.given),
        false => values::told_form(name, values, known.told),
    };
    let mut arguments = Arguments::new(values);
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut at = 0;
    while let Some(raw) = arguments.raw().filter(|_| at < MAX_WORDS) {
        let value = raw.trim_matches('"').trim();
        let parameter = parameters.get(at).copied();
        at += 1;
        if value.is_empty() {
            continue;
        }
        let what = parameter.map_or("", |parameter| parameter.what);
        let words = parameter.and_then(|one| meaning_of(values_of(&one, known), value));
        found.push((what, words.unwrap_or_else(|| value.to_owned())));
    }
    if let [(_, only)] = found.as_slice() {
        return Some(only.clone());
    }
    let words = |(what, words): &(&str, String)| match *what {
        "" => words.clone(),
        what => format!("{what} {words}"),
    };
    (!found.is_empty()).then(|| found.iter().map(words).collect::<Vec<_>>().join(", "))
}

/// What the values of a parameter mean; an answer may have them from the command.
fn values_of(parameter: &Parameter, known: &Row) -> Values {
    let same = |given: &&Parameter| !given.name.is_empty() && given.name == parameter.name;
    match parameter.values {
        Values::Plain => known.given.iter().find(same).map_or(Values::Plain, |given| given.values),
        values => values,
    }
}

fn sent_line(line: &str) -> Vec<Lens> {
    let Some(body) = after_at(line) else { return Vec::new() };
    let take = |command: &str| match command.strip_prefix(['D', 'd']) {
        Some(dialed) => dial(dialed),
        None => sent_command(command),
    };
    let all = commands(body);
    let mut lenses: Vec<Lens> = all.iter().map(|command| take(command)).collect();
    if lenses.len() > 1 {
        // The sentence for the line says all of it: each part has its own.
        for (lens, command) in lenses.iter_mut().zip(all) {
            if let Some(words) = crate::at::explain::explain(&format!("AT{command}"), true) {
                lens.what = words;
            }
        }
    }
    lenses
}

/// What follows `AT`.
fn after_at(line: &str) -> Option<&str> {
    let head = line.get(..2)?;
    head.eq_ignore_ascii_case("AT").then(|| line[2..].trim())
}

/// `ATD` (V.250 §6.3.1, 27.007 §6.2).
fn dial(dialed: &str) -> Lens {
    let mut fields = Vec::new();
    let mut field = |name: &str, value: &str, meaning: &str| {
        let (name, value, meaning) = (name.to_owned(), value.to_owned(), meaning.to_owned());
        fields.push(Field { name, value, meaning });
    };
    let voice = dialed.ends_with(';');
    // Tone or pulse dialing, which radio does not know.
    let number = dialed.trim_start_matches(['T', 't', 'P', 'p']).trim_end_matches(';');
    let bare = number.trim_end_matches(['I', 'i', 'G', 'g']);
    field("dial string", bare.trim().trim_matches('"'), "the number");
    for modifier in number[bare.len()..].chars() {
        let meaning = match modifier {
            'I' => "hide our number in this call",
            'i' => "show our number in this call",
            'G' => "use the closed user group in this call",
            _ => "do not use the closed user group in this call",
        };
        field("modifier", &modifier.to_string(), meaning);
    }
    match voice {
        true => field(";", ";", "a voice call"),
        false => field(";", "", "missing: this is a DATA call, which ends in NO CARRIER"),
    }
    Lens {
        name: "D".to_owned(),
        what: "Place a call".to_owned(),
        clause: "3GPP TS 27.007 §6.2".to_owned(),
        fields,
    }
}

fn sent_command(command: &str) -> Lens {
    let end = command.find(['=', '?']).unwrap_or(command.len());
    let (name, tail) = command.split_at(end);
    let known = row(name).or_else(|| row(name.trim_end_matches(|c: char| c.is_ascii_digit())));
    let given = known.map_or(&[][..], |row| row.given);
    let fields = match tail.trim_start_matches('=') {
        _ if matches!(tail, "" | "?" | "=?") => Vec::new(),
        values => fields(values, values::given_form(name, values, given), known, false),
    };
    lens(name, known, fields)
}

fn received_line(line: &str) -> Option<Lens> {
    if let Some(error) = error_lens(line) {
        return Some(error);
    }
    let (name, values) = line.split_once(':')?;
    let name = name.trim();
    let known = row(name)?;
    let told = values::told_form(name, values, known.told);
    Some(lens(name, Some(known), fields(values, told, Some(known), true)))
}

/// `+CME ERROR: 30`, `+CMS ERROR: 38`.
fn error_lens(line: &str) -> Option<Lens> {
    let (kind, what, clause, words) = match FinalResult::parse(line)? {
        FinalResult::CmeError(error) => {
            ("+CME ERROR", "An error of the modem", "3GPP TS 27.007 §9.2", error.words())
        }
        FinalResult::CmsError(error) => {
            ("+CMS ERROR", "An error of the text service", "3GPP TS 27.005 §3.2.5", error.words())
        }
        _ => return None,
    };
    let value = line.split_once(':').map_or("", |(_, value)| value.trim()).to_owned();
    let meaning = match words {
        (cause, "") => cause.to_owned(),
        (cause, advice) => format!("{cause}. {advice}"),
    };
    let fields = vec![Field { name: "err".to_owned(), value, meaning }];
    Some(Lens { name: kind.to_owned(), what: what.to_owned(), clause: clause.to_owned(), fields })
}

fn lens(name: &str, known: Option<&Row>, fields: Vec<Field>) -> Lens {
    Lens {
        name: name.to_ascii_uppercase(),
        what: known.map_or(String::new(), |row| row.what.to_owned()),
        clause: known.map_or(String::new(), |row| row.clause.to_owned()),
        fields,
    }
}

fn fields(values: &str, parameters: &[Parameter], known: Option<&Row>, told: bool) -> Vec<Field> {
    let mut arguments = Arguments::new(values);
    let mut fields = Vec::new();
    let mut at = 0;
    while let Some(raw) = arguments.raw().filter(|_| fields.len() < MAX_FIELDS) {
        let value = raw.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(raw);
        let parameter = parameters.get(at);
        at += 1;
        // What is left out says nothing, unless the modem left out what is known.
        if value.is_empty() && (parameter.is_none() || raw.is_empty() && !told) {
            continue;
        }
        let Some(parameter) = parameter else {
            let (name, meaning) = (format!("#{at}"), "not known here".to_owned());
            fields.push(Field { name, value: value.to_owned(), meaning });
            continue;
        };
        let values = known.map_or(parameter.values, |known| values_of(parameter, known));
        let meaning = match meaning_of(values, value) {
            Some(words) if parameter.what.is_empty() => words,
            Some(words) => format!("{}: {words}", parameter.what),
            None => parameter.what.to_owned(),
        };
        fields.push(Field { name: parameter.name.to_owned(), value: value.to_owned(), meaning });
    }
    fields
}

/// What can be typed next and what it is: the known commands that begin like the last one of the
/// line, in the order of the alphabet. Nothing for a line that is complete.
pub fn completions(typed: &str) -> Vec<(&'static str, &'static str)> {
    let Some(body) = after_at(typed.trim_start()) else { return Vec::new() };
    let Some(begun) = commands(body).last().copied().filter(|_| !body.ends_with(';')) else {
        return Vec::new();
    };
    if begun.contains(['=', '?']) {
        return Vec::new();
    }
    let begins = |row: &&Row| {
        let head = row.name.get(..begun.len());
        row.name.len() > begun.len() && head.is_some_and(|head| head.eq_ignore_ascii_case(begun))
    };
    let mut found: Vec<_> = rows().filter(begins).map(|row| (row.name, row.what)).collect();
    found.sort_unstable();
    found
}

/// How a command is given: `+CLCK=<fac>,<mode>,<passwd>,<class>`, with what each parameter is and
/// its values; `None` for a command that is not known. Takes what is typed so far.
pub fn help(typed: &str) -> Option<Lens> {
    let begun = *commands(after_at(typed.trim_start())?).last()?;
    let name = begun.split(['=', '?']).next()?;
    let known = row(name)?;
    let describe = |parameter: &Parameter| Field {
        name: parameter.name.to_owned(),
        value: String::new(),
        meaning: match parameter.values {
            Values::Of(values) => {
                let list: Vec<String> =
                    values.iter().map(|(value, words)| format!("{value} {words}")).collect();
                format!("{} ({})", parameter.what, list.join(", "))
            }
            Values::Plain | Values::Rule(_) => parameter.what.to_owned(),
        },
    };
    Some(lens(known.name, Some(known), known.given.iter().map(describe).collect()))
}

#[cfg(test)]
mod tests;
