//! `deskphone explain`: a line of AT traffic in words, with its parameters by name; or a whole log
//! of it, where one line says what the next one means.

mod pasted;

use crate::cli::arguments::ExplainArguments;
use crate::cli::error::CliError;
use crate::cli::json::JsonLine;
use crate::cli::lines_in::each_line;
use crate::cli::output::{Line, Output, visible};
use crate::engine::lens::{Section, explain_line};
use crate::phone::mmi::{self, Mmi};
use crate::sms::{Pdu, Way};
use pasted::Pasted;
use std::process::ExitCode;

/// Commands whose answer is bare words (27.007 §5, V.250 §6.1.3), and what these say.
const BARE_ANSWERS: [(&str, &str); 11] = [
    ("+CGMI", "The maker of the modem"),
    ("+GMI", "The maker of the modem"),
    ("+CGMM", "The model of the modem"),
    ("+GMM", "The model of the modem"),
    ("+CGMR", "The revision of the modem"),
    ("+GMR", "The revision of the modem"),
    ("+CGSN", "The modem's serial number, its IMEI"),
    ("+GSN", "The modem's serial number, its IMEI"),
    ("+CIMI", "The subscriber's number on the SIM, the IMSI"),
    ("+CCID", "The number of the SIM card"),
    ("I", "What the modem says of itself"),
];

/// After these lines comes a message, as a PDU or in words (27.005 §3.4.1, §4.1, §4.2).
const BEFORE_MESSAGE: [&str; 5] = ["+CMT:", "+CMGR:", "+CMGL:", "+CDS:", "+CBM:"];

/// So much of a line that is not known is repeated.
const LONGEST_SHOWN: usize = 200;

/// Runs the subcommand.
pub fn run(arguments: ExplainArguments) -> Result<ExitCode, CliError> {
    let mut output = Output::stdout(arguments.style.json);
    let mut log = Log::default();
    match arguments.line {
        Some(line) if line.trim().contains('\n') => {
            each_line(line.as_bytes(), &mut output, |line, output| log.print(line, output))
        }
        Some(line) => {
            let told = log.explain(&line)?;
            told.iter().try_for_each(|(line, section)| output.put(section_line(line, section)))?;
            output.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        None => {
            each_line(std::io::stdin().lock(), &mut output, |line, output| log.print(line, output))
        }
    }
}

/// What the lines before say of an unknown one.
#[derive(Default)]
struct Log {
    expected: Option<&'static str>,
}

impl Log {
    /// The line as it stands in the log, and below it what it means.
    fn print(&mut self, line: &str, output: &mut Output) -> Result<(), CliError> {
        // A remark, as our own recordings have them.
        if line.starts_with("# ") {
            return Ok(());
        }
        let told = self.explain(line)?;
        if output.json() {
            return told
                .iter()
                .try_for_each(|(line, section)| output.put(section_line(line, section)));
        }
        output.text(&visible(line))?;
        for (line, section) in told {
            let words = section_line(&line, &section).human;
            words.lines().try_for_each(|row| output.text(&format!("    {row}")))?;
        }
        Ok(())
    }

    /// What a line means; a line of a log may hold several of the modem's. Each section comes with
    /// the line that it is about.
    fn explain(&mut self, text: &str) -> Result<Vec<(String, Section)>, CliError> {
        let line = text.trim();
        // In front of a command it is an arrow, else the modem's prompt.
        let arrow = line.starts_with('>') && is_command(line.trim_start_matches(['>', ' ']));
        let mut lines = vec![Pasted { line: line.to_owned(), sent: None }];
        if arrow || known(line, None).is_empty() {
            lines = pasted::lines(text);
        }
        let mut told = Vec::new();
        for Pasted { line, sent } in lines {
            let mut sections = known(&line, sent);
            if sections.is_empty() {
                sections.extend(self.expected.map(said));
            }
            if sections.is_empty() {
                return Err(unknown(text));
            }
            self.note(&line);
            told.extend(sections.into_iter().map(|section| (line.clone(), section)));
        }
        if told.is_empty() { Err(unknown(text)) } else { Ok(told) }
    }

    /// What may follow this line.
    fn note(&mut self, line: &str) {
        let line = line.to_ascii_uppercase();
        let begins = |head: &&str| line.starts_with(*head);
        if let Some(command) = line.strip_prefix("AT") {
            let name = command.trim().trim_end_matches('?');
            self.expected = match BARE_ANSWERS.iter().find(|(known, _)| *known == name) {
                Some((_, words)) => Some(words),
                None if name.contains("+CMGS=") || name.contains("+CMGW=") => {
                    Some("The text, up to Ctrl-Z")
                }
                None => None,
            };
        } else if BEFORE_MESSAGE.iter().any(begins) {
            self.expected = Some("The words of the message");
        } else if line == "OK" || line.contains("ERROR") || begins(&"+CMGS:") {
            self.expected = None;
        }
    }
}

fn said(what: &str) -> Section {
    Section { what: what.to_owned(), ..Section::default() }
}

fn is_command(line: &str) -> bool {
    line.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("AT"))
}

/// What is known of a line, also if it is not quite as it goes over the wire. A line that begins
/// with AT was sent, also where a log shows its echo.
fn known(line: &str, sent: Option<bool>) -> Vec<Section> {
    let sent = is_command(line) || sent.unwrap_or_else(|| is_from_phone(line));
    let mut ways = vec![(line.to_owned(), sent)];
    // As people write from memory: `cme error 30`, `ok`, `+creg: 0,1`.
    let (head, tail) = line.split_once(':').map_or((line, None), |(head, tail)| (head, Some(tail)));
    let head = head.to_ascii_uppercase();
    ways.push((tail.map_or(head.clone(), |tail| format!("{head}:{tail}")), sent));
    if let Some((error, number)) = head.trim_start_matches('+').split_once(" ERROR") {
        let number = tail.unwrap_or(number).trim();
        ways.push((format!("+{error} ERROR: {number}"), false));
    }
    // A command without its AT.
    if line.starts_with(['+', '^', '#', '*', '$', '%', '&']) && !line.contains(':') {
        ways.push((format!("AT{line}"), true));
    }
    let told = ways.iter().map(|(line, sent)| explain_line(line, *sent));
    told.filter(|sections| !sections.is_empty()).chain(code(line)).next().unwrap_or_default()
}

/// A PDU that goes to the network, as far as can be told.
fn is_from_phone(line: &str) -> bool {
    let hex = line.trim_end_matches("<Ctrl-Z>").trim_end_matches(['\u{1A}', ' ']);
    Pdu::from_hex(hex).is_ok_and(|pdu| pdu.tpdu.way() == Way::FromPhone)
}

/// A code of the dialpad.
fn code(line: &str) -> Option<Vec<Section>> {
    let signs = line.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '#' | '+'));
    if !signs || !line.starts_with(['*', '#']) || !line.ends_with('#') {
        return None;
    }
    let what = match mmi::read(line) {
        Some(Mmi::Service(request)) => format!("A code for a service: {}", request.service.name()),
        Some(Mmi::ShowImei) => "A code that shows the modem's serial number, its IMEI".to_owned(),
        Some(Mmi::Wrong(why)) => format!("A code that can't be used: {why}"),
        Some(_) => "A code that changes a PIN or a password".to_owned(),
        None => "A code that the network answers; deskphone code sends it".to_owned(),
    };
    Some(vec![said(&what)])
}

fn unknown(text: &str) -> CliError {
    let line = pasted::lines(text).pop().map(|pasted| pasted.line).unwrap_or_default();
    let line = if is_command(&line) { &line[2..] } else { &line };
    let name: String = line.chars().take_while(|c| !matches!(c, ':' | '=' | '?' | ' ')).collect();
    // It has the form of a command or a report, and its name may tell somebody something.
    if name.len() > 1 && name.starts_with(['+', '^', '#', '*', '$', '%']) {
        let what = format!("{} is not known here", visible(&name));
        return CliError::new(what, "Look into the modem's AT manual");
    }
    let shown: String = text.trim().chars().take(LONGEST_SHOWN).collect();
    CliError::new(
        format!("“{}” is not known", visible(&shown)),
        "Give a command such as AT+CLCC, or an answer such as '+CREG: 0,1'",
    )
}

fn section_line(line: &str, section: &Section) -> Line {
    let mut human = match (section.title.is_empty(), section.what.is_empty()) {
        (true, _) => visible(&section.what),
        (false, true) => visible(&section.title),
        (false, false) => format!("{}: {}", visible(&section.title), visible(&section.what)),
    };
    if !section.clause.is_empty() {
        human += &format!(" ({})", section.clause);
    }
    for row in &section.rows {
        let indent = " ".repeat(2 + 2 * usize::from(row.depth));
        let value = if row.value.is_empty() { "-".to_owned() } else { visible(&row.value) };
        human += &format!("\n{indent}{:<12} {value:<16} {}", row.name, visible(&row.meaning));
        human.truncate(human.trim_end().len());
    }
    let rows = section.rows.iter().map(|row| {
        JsonLine::new()
            .text("name", &row.name)
            .text("value", &row.value)
            .filled("meaning", Some(&row.meaning))
    });
    let json = JsonLine::event("explanation")
        .text("line", line)
        .text("title", &section.title)
        .filled("what", Some(&section.what))
        .filled("clause", Some(&section.clause))
        .objects("fields", rows);
    Line { human, json }
}
