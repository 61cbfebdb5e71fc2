//! What is to be sent to whom: from the command line's numbers, or from a list.

use super::octets_of;
use crate::cli::error::{CliError, complain, number};
use crate::cli::output::visible;
use crate::merge;
use crate::number::DialString;
use crate::phone::{Command, MessageCommand, NewBatch, NewMessage, SendOptions, Table};
use crate::sms::{self, Encoding, SubmitOptions};
use std::path::Path;

/// The engine takes so many recipients of one text; more are a list.
const MOST_RECIPIENTS: usize = 100;

/// Texts to be sent together.
pub struct Orders {
    /// To whom, and what; not empty.
    pub texts: Vec<(DialString, String)>,
    /// The list's name; `None` if the numbers stood on the command line.
    list: Option<String>,
    /// Lines of the list were left out.
    pub left_out: bool,
}

impl Orders {
    /// One text to each number. Numbers that stand there twice get one.
    pub fn to_numbers(numbers: &[String], text: &str) -> Result<Orders, CliError> {
        let mut texts: Vec<(DialString, String)> = Vec::new();
        for one in numbers {
            let number = number(one)?;
            if number.as_str().contains(['*', '#']) {
                let what = format!("“{}” is a code: no text can be sent to it", visible(one));
                return Err(CliError::new(what, "Dial it: deskphone call, or in the window"));
            }
            if !texts.iter().any(|(known, _)| *known == number) {
                texts.push((number, text.to_owned()));
            }
        }
        Ok(Orders { texts, list: None, left_out: false })
    }

    /// A text for each line of a CSV file. Lines that make none are told on standard error.
    pub fn of_list(path: &Path, text: &str, column: Option<&str>) -> Result<Orders, CliError> {
        // One more than is taken, so that a larger file is refused and not cut.
        let bytes = octets_of(path, merge::MOST_OCTETS as u64 + 1)?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let shown = visible(&name);
        let table = merge::read(&name, &bytes).map_err(|error| {
            let advice = match error {
                merge::MergeError::NotText => "",
                _ => "Give a CSV file with a line for each person",
            };
            CliError::new(format!("{shown} can't be used ({error})"), advice)
        })?;
        let unknown = merge::unknown_fields(text, &table);
        if !unknown.is_empty() {
            let unknown: Vec<String> = unknown.iter().map(|name| format!("{{{name}}}")).collect();
            return Err(no_such_column(&visible(&unknown.join(", ")), &table));
        }
        for problem in &table.problems {
            complain(&format!("{shown}: {}", visible(problem)));
        }
        let merged = merge::merge(text, &table, number_column(&table, column)?);
        for problem in &merged.problems {
            let (row, sentence) = (problem.row + 1, visible(&problem.sentence));
            complain(&format!("{shown}, row {row}: {sentence}"));
        }
        if merged.texts.is_empty() {
            return Err(CliError::new(format!("{shown} has nobody to text"), ""));
        }
        let left_out = merged.texts.len() < table.rows.len();
        Ok(Orders { texts: merged.texts, list: Some(name), left_out })
    }

    /// Finds out before any port is opened whether the texts can be sent.
    pub fn check(&self, options: &SendOptions) -> Result<(), CliError> {
        let smsc = options.smsc.as_ref().map(|smsc| smsc.as_str().to_owned()).unwrap_or_default();
        let options = SubmitOptions {
            status_report: options.status_report,
            flash: options.flash,
            validity: options.validity,
            // What the settings say is not known yet; this takes the fewest segments.
            encoding: Encoding { national_tables: true, wide_reference: false },
            smsc,
            concat_reference: 0,
        };
        for (number, text) in &self.texts {
            // As in the window: blanks are no text that anybody meant to send.
            if text.trim().is_empty() {
                return Err(CliError::new("the text is empty", "Write one first"));
            }
            sms::encode_submit(number.as_str(), text, &options).map_err(|error| {
                let to = match &self.list {
                    Some(_) => format!("the text to {}: ", number.as_str()),
                    None => String::new(),
                };
                let long = matches!(error, sms::EncodeError::TooLong(_));
                let advice = if long { "Shorten it, or send it as several texts" } else { "" };
                CliError::new(format!("{to}{error}"), advice)
            })?;
        }
        Ok(())
    }

    /// What the engine is asked for.
    pub fn command(&self, options: SendOptions) -> Command {
        let (first, many) = (&self.texts[0].1, self.texts.len() > MOST_RECIPIENTS);
        let name = match &self.list {
            Some(name) => name.clone(),
            None if many => first.lines().next().unwrap_or_default().chars().take(40).collect(),
            None => {
                let to = self.texts.iter().map(|(number, _)| number.clone()).collect();
                let new = NewMessage { to, text: first.clone(), options };
                return Command::Message(MessageCommand::Submit(new));
            }
        };
        let batch = NewBatch { name, texts: self.texts.clone(), options };
        Command::Message(MessageCommand::SubmitBatch(batch))
    }

    /// The same number gets a text only once, as the engine sees it.
    pub fn is_once_each(&self) -> bool {
        self.list.is_none()
    }
}

/// The column that was named, or the one that looks like telephone numbers.
fn number_column(table: &Table, named: Option<&str>) -> Result<usize, CliError> {
    let Some(name) = named else {
        return merge::number_column(table).ok_or_else(|| {
            let advice = format!("Add --number-column with one of: {}", columns(table));
            CliError::new("no column looks like telephone numbers", advice)
        });
    };
    let wanted = name.trim().to_lowercase();
    let found = table.columns.iter().position(|known| known.trim().to_lowercase() == wanted);
    found.ok_or_else(|| no_such_column(&format!("“{}”", visible(name)), table))
}

fn no_such_column(what: &str, table: &Table) -> CliError {
    CliError::new(
        format!("the list has no column {what}"),
        format!("Its columns are: {}", columns(table)),
    )
}

fn columns(table: &Table) -> String {
    visible(&table.columns.join(", "))
}
