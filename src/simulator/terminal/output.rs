//! What goes to the program: lines in the form that `V` and the persona ask for.

use super::execute::Work;
use crate::simulator::SimulatedModem;
use std::collections::VecDeque;

/// Most bytes kept for a program that does not read.
const MAX_QUEUED: usize = 512 * 1024;

/// Most unsolicited lines kept while they must wait.
const MAX_HELD: usize = 200;

/// Bytes on their way to the program.
#[derive(Debug, Default)]
pub struct Output {
    bytes: Vec<u8>,
    /// Unsolicited lines that wait for the end of the present command line.
    pub held: VecDeque<String>,
    /// Unsolicited lines that a fault puts between the lines of the present answer.
    pub inside: Vec<String>,
}

impl Output {
    /// Queues bytes as they are; drops them if nobody has read for long.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.bytes.len() + bytes.len() <= MAX_QUEUED {
            self.bytes.extend(bytes);
        }
    }

    /// Everything that is queued; none if nothing is.
    pub fn pop(&mut self) -> Option<Vec<u8>> {
        if self.bytes.is_empty() { None } else { Some(std::mem::take(&mut self.bytes)) }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Output::default();
    }
}

/// The number of a result code (V.250 Table 1); `NO ANSWER` is 8.
fn numeric(result: &str) -> Option<u8> {
    Some(match result {
        "OK" => 0,
        "CONNECT" => 1,
        "RING" => 2,
        "NO CARRIER" => 3,
        "ERROR" => 4,
        "NO DIALTONE" => 6,
        "BUSY" => 7,
        "NO ANSWER" => 8,
        _ => return None,
    })
}

impl SimulatedModem {
    /// The bytes of a result code or a line; line feeds in it become the persona's line breaks.
    fn line_bytes(&self, text: &str) -> Vec<u8> {
        let line_break = self.persona.manners.line_break;
        let result = numeric(text);
        if result.is_some() && self.settings.quiet {
            return Vec::new();
        }
        let shown = text.replace('\n', line_break);
        let line = match (result, self.settings.verbose) {
            (Some(number), false) => format!("{number}\r"),
            (None, false) => format!("{shown}{line_break}"),
            (_, true) if self.persona.manners.blank_lines => {
                format!("{line_break}{line_break}{shown}{line_break}{line_break}")
            }
            (_, true) => format!("{line_break}{shown}{line_break}"),
        };
        // Text mode puts characters of the GSM alphabet as they are: one octet each.
        line.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
    }

    /// Prints a line now.
    pub(in crate::simulator) fn print(&mut self, text: &str) {
        let mut bytes = self.line_bytes(text);
        if self.chance(|rates| rates.blank_line_per_mille) {
            bytes.extend(self.persona.manners.line_break.bytes());
        }
        self.output.push(&bytes);
    }

    /// Prints information and a result in one go, as modems do.
    pub(in crate::simulator) fn print_answer(&mut self, information: &[String], result: &str) {
        let mut bytes = Vec::new();
        let mut inside = std::mem::take(&mut self.output.inside);
        for (number, line) in information.iter().enumerate() {
            if number > 0 {
                for unsolicited in inside.drain(..) {
                    bytes.extend(self.line_bytes(&unsolicited));
                }
            }
            bytes.extend(self.line_bytes(line));
        }
        for unsolicited in inside {
            bytes.extend(self.line_bytes(&unsolicited));
        }
        if !result.is_empty() {
            bytes.extend(self.line_bytes(result));
        }
        self.output.push(&bytes);
    }

    /// Prints a line that nobody asked for, or keeps it until it may be printed.
    pub(in crate::simulator) fn unsolicited(&mut self, text: &str) {
        if self.output.held.len() + self.output.inside.len() >= MAX_HELD {
            return;
        }
        if self.must_hold() {
            let answering = matches!(self.work, Work::Busy(_)) && !self.in_prompt();
            if answering && self.chance(|rates| rates.inside_answer_per_mille) {
                self.output.inside.push(text.to_owned());
            } else {
                self.output.held.push_back(text.to_owned());
            }
        } else {
            self.print(text);
        }
    }

    /// Prints what waited.
    pub(in crate::simulator) fn release_held(&mut self) {
        while let Some(line) = self.output.held.pop_front() {
            self.print(&line);
        }
    }
}
