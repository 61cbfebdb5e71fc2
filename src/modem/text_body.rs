//! Where a text of text mode ends (3GPP TS 27.005 §3.4): it stands below its header as it was
//! written, and may hold lines that look like the modem's own.

use crate::at::response::name_of;
use crate::at::response::text_mode::TextHeader;
use crate::at::{FinalResult, Unsolicited};

/// A text has at most 160 characters, or 140 octets in hex; a line beyond that is none of it.
const MAX_OCTETS: usize = 2048;

/// The text that is being read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TextBody {
    /// `<length>`, where the modem tells it.
    length: Option<usize>,
    /// The character set writes every text in hex, on one line.
    hex: bool,
    /// Characters so far without blank lines, and how many of those there were.
    got: usize,
    blank_lines: usize,
    lines: usize,
    /// It is read in an answer and nothing in its header tells where it ends: every line is taken,
    /// and what the modem answers next proves the end.
    unsure: bool,
    /// Lines that may be answers in between, or the text's if it goes on.
    held: Vec<String>,
    /// A blank line stood before the header.
    framed: bool,
}

impl TextBody {
    /// Below this header.
    pub fn below(header: &str, hex: bool) -> Self {
        let header = TextHeader::parse(header);
        let none = header.as_ref().is_some_and(|header| header.report.is_some());
        let length = if none { Some(0) } else { header.and_then(|header| header.length) };
        TextBody {
            length,
            hex,
            got: 0,
            blank_lines: 0,
            lines: 0,
            unsure: false,
            held: Vec::new(),
            framed: false,
        }
    }

    /// Below this header, in the answer to a command line.
    pub fn answered(header: &str, hex: bool) -> Self {
        let told = TextHeader::parse(header).and_then(|header| header.length);
        TextBody { unsure: told.is_none() && !hex, ..TextBody::below(header, hex) }
    }

    /// Below a header that came by itself, with so many blank lines before it.
    pub fn routed(header: &str, hex: bool, blank_lines: usize) -> Self {
        TextBody { framed: blank_lines > 0, ..TextBody::below(header, hex) }
    }

    /// Nothing in it tells where it ends.
    pub fn unsure(&self) -> bool {
        self.unsure
    }

    /// The line is a part of the text. With `<length>` that is sure whatever it looks like; without
    /// it a line that the modem may have said is the modem's.
    pub fn takes(&self, line: &str) -> bool {
        if self.unsure {
            return self.got <= MAX_OCTETS;
        }
        if self.complete() || self.got > MAX_OCTETS {
            return false;
        }
        if is_hex(line) && self.lines == 0 {
            return true;
        }
        // Blank lines are the text's, or the modem's manner: full either way, and it is the end.
        let full = self.length == Some(self.got + self.blank_lines);
        let fits = !full && self.length.is_some_and(|length| self.with(line) <= length);
        fits && !self.hex || !is_known(line)
    }

    /// Neither a length nor an alphabet tells where it ends.
    pub fn endless(&self) -> bool {
        self.length.is_none() && !self.hex
    }

    /// The modem puts a blank line before whatever it says, and none stands here.
    pub fn is_inside(&self, blank_lines: usize) -> bool {
        self.framed && blank_lines == 0 && self.lines > 0
    }

    /// Adds a line of a text that came by itself and is endless. A line that looks like the modem's
    /// own is the text's if no blank line stands before it, as one does before all that this modem
    /// says; or if it is a result and no answer is due (`busy`); or if the text goes on behind it.
    /// True if the line was surely the text's.
    pub fn add_endless(
        &mut self,
        line: &str,
        blank_lines: usize,
        busy: bool,
        text: &mut String,
    ) -> bool {
        let result = FinalResult::parse(line).is_some_and(|result| !result.ends_call());
        let surely = self.is_inside(blank_lines) || !is_known(line) || result && !busy;
        match self.got > MAX_OCTETS {
            true => return false,
            false if surely => {
                let held = std::mem::take(&mut self.held);
                held.iter().for_each(|line| self.add(line, 0, text));
                self.add(line, blank_lines, text);
            }
            false => {
                self.got += line.len();
                self.held.push(line.to_owned());
            }
        }
        surely
    }

    /// Adds the line, with so many blank lines before it, to the text.
    pub fn add(&mut self, line: &str, blank_lines: usize, text: &mut String) {
        if self.lines > 0 {
            let blank_lines = blank_lines.min(8);
            self.blank_lines += blank_lines;
            (0..=blank_lines).for_each(|_| text.push('\n'));
        }
        self.got = self.with(line);
        self.lines += 1;
        text.push_str(line);
        if self.blank_lines > 0 && self.length == Some(self.got) {
            // They were none of the text's.
            let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            *text = lines.join("\n");
        }
    }

    /// Nothing is missing.
    pub fn complete(&self) -> bool {
        if self.unsure {
            return false;
        }
        self.hex && self.lines > 0 || self.length.is_some_and(|length| self.got >= length)
    }

    /// Something came already.
    pub fn begun(&self) -> bool {
        self.lines > 0
    }

    /// Characters with this line, blank lines left out.
    fn with(&self, line: &str) -> usize {
        self.got + usize::from(self.lines > 0) + line.chars().count()
    }
}

/// Words that a modem says by itself, or at the end.
pub(super) fn is_known(line: &str) -> bool {
    name_of(line).is_some()
        || FinalResult::parse(line).is_some()
        || Unsolicited::parse(line).is_some()
}

pub(super) fn is_hex(line: &str) -> bool {
    line.len() >= 2 && line.len().is_multiple_of(2) && line.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str, hex: bool, lines: &[&str]) -> (String, Vec<String>) {
        let mut body = TextBody::below(header, hex);
        let (mut text, mut others) = (String::new(), Vec::new());
        for line in lines {
            match body.takes(line) {
                true => body.add(line, 0, &mut text),
                false => others.push((*line).to_owned()),
            }
        }
        (text, others)
    }

    const LISTED: &str = "+CMGL: 1,\"REC READ\",\"+4917\",,\"26/11/22,18:04:05+04\"";

    #[test]
    fn a_text_whose_length_is_told_may_look_like_anything() {
        // "Yes\nOK\nRING" has 11 characters.
        let header = format!("{LISTED},145,11");
        let (text, others) = read(&header, false, &["Yes", "OK", "RING", "OK"]);
        assert_eq!(text, "Yes\nOK\nRING");
        assert_eq!(others, ["OK"]);
    }

    #[test]
    fn blank_lines_are_the_texts_or_the_modems() {
        let header = format!("{LISTED},145,4");
        let mut body = TextBody::below(&header, false);
        let mut text = String::new();
        body.add("a", 0, &mut text);
        body.add("b", 1, &mut text);
        assert!(!body.takes("OK"));
        assert_eq!(text, "a\n\nb");
        // A modem that puts blank lines between all lines: "a\nbc" has four characters.
        let mut body = TextBody::below(&header, false);
        let mut text = String::new();
        body.add("a", 0, &mut text);
        body.add("bc", 1, &mut text);
        assert!(!body.takes("OK"));
        assert_eq!(text, "a\nbc");
    }

    #[test]
    fn without_a_length_a_line_of_the_modem_ends_the_text() {
        let (text, others) = read(LISTED, false, &["Yes", "No", "OK"]);
        assert_eq!((text.as_str(), others), ("Yes\nNo", vec!["OK".to_owned()]));
    }

    #[test]
    fn in_hex_a_text_is_one_line_and_nothing_else_is_taken_for_it() {
        let header = format!("{LISTED},145,10");
        let (text, others) = read(&header, true, &["RING", "00480069", "OK"]);
        assert_eq!((text.as_str(), others.len()), ("00480069", 2));
    }

    #[test]
    fn a_report_has_no_text() {
        let header = "+CMGR: \"REC READ\",6,5,\"+4917\",145,\"26/11/22,18:04:05+04\",\
                      \"26/11/22,18:04:05+04\",0";
        assert_eq!(read(header, false, &["OK"]), (String::new(), vec!["OK".to_owned()]));
    }
}
