//! Building command lines (V.250 §5.2, 3GPP TS 27.007 §4). A [`CommandLine`] is the only thing that
//! goes on the wire, and no way of building one lets a control character in: text of the user can
//! never end a line and begin a command of its own.

use crate::number::DialString;

/// What a person may type into the console, in characters.
pub const MAX_LINE: usize = 1024;

/// One AT command line, without its terminator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommandLine {
    text: String,
    secret: bool,
}

/// Why a command line can't be built.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CommandLineError {
    /// Nothing was typed.
    #[error("type a command first")]
    Empty,
    /// A control character, such as a line break, would end the line and begin another.
    #[error("a command cannot hold line breaks or other control characters")]
    ControlCharacter,
    /// V.250 command lines are ASCII; a modem may take other bytes for control characters.
    #[error("a command can only hold plain ASCII characters")]
    NotAscii,
    /// Longer than modems read.
    #[error("the command is too long: {MAX_LINE} characters at most")]
    TooLong,
    /// `A/` repeats the last command line, which may have been one of the program's own.
    #[error("A/ repeats a command you may not have typed: type the command itself")]
    Repeat,
    /// A bare word may hold letters, digits and a few signs only.
    #[error("this value cannot stand in a command without quotes")]
    NotAWord,
}

/// Calling line identification restriction for one call (3GPP TS 27.007 §6.2, `ATD…I` and `ATD…i`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clir {
    /// `I`: hide our number.
    Invocation,
    /// `i`: show our number although it is hidden by default.
    Suppression,
}

impl CommandLine {
    /// A command line that is a constant of the program, such as `ATE0`.
    pub fn basic(constant: &'static str) -> Self {
        debug_assert!(check(constant).is_ok(), "a constant of ours: {constant}");
        // In a release build a wrong constant loses its bad characters rather than the session.
        let text = constant.chars().filter(|c| c.is_ascii() && !c.is_control()).collect();
        CommandLine { text, secret: false }
    }

    /// Begins `AT<name>=`, for example `CommandLine::set("+CUSD").number(1).string("*100#")`.
    pub fn set(name: &'static str) -> CommandLineBuilder {
        CommandLineBuilder {
            text: format!("AT{name}="),
            parameters: 0,
            secret: secret_name(name),
            error: check(name).err(),
        }
    }

    /// `AT<name>?`
    pub fn read(name: &'static str) -> Self {
        debug_assert!(check(name).is_ok(), "a constant of ours: {name}");
        CommandLine { text: format!("AT{name}?"), secret: false }
    }

    /// `AT<name>=?`
    pub fn test(name: &'static str) -> Self {
        debug_assert!(check(name).is_ok(), "a constant of ours: {name}");
        CommandLine { text: format!("AT{name}=?"), secret: false }
    }

    /// `ATD<number>;`, with `I` or `i` before the semicolon to hide or show our number (3GPP TS
    /// 27.007 §6.2).
    ///
    /// The semicolon makes it a voice call and is always there: without it a modem sets up a data
    /// call, which ends in `NO CARRIER`. There are never quotes: many modems refuse them.
    pub fn dial(number: &DialString, clir: Option<Clir>) -> Self {
        // A DialString holds nothing else; this says so again where it matters most.
        let dialed = |c: &char| matches!(c, '0'..='9' | '*' | '#' | '+' | 'A'..='D');
        let digits: String = number.as_str().chars().filter(dialed).collect();
        let modifier = match clir {
            None => "",
            Some(Clir::Invocation) => "I",
            Some(Clir::Suppression) => "i",
        };
        CommandLine { text: format!("ATD{digits}{modifier};"), secret: false }
    }

    /// What a person typed into the console; `AT` is put before it unless it is there.
    pub fn raw_from_user(typed: &str) -> Result<Self, CommandLineError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(CommandLineError::Empty);
        }
        let head = typed.get(..2).unwrap_or("");
        if head.eq_ignore_ascii_case("A/") {
            return Err(CommandLineError::Repeat);
        }
        let prefix = if head.eq_ignore_ascii_case("AT") { "" } else { "AT" };
        let text = format!("{prefix}{typed}");
        check(&text)?;
        let secret = mentions_secret(&text);
        Ok(CommandLine { text, secret })
    }

    /// The line without its terminator.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes for the wire: the line and its terminator, CR alone (V.250 §5.2.1).
    pub fn wire_bytes(&self) -> Vec<u8> {
        let mut bytes = self.text.clone().into_bytes();
        bytes.push(b'\r');
        bytes
    }

    /// It holds a PIN, a PUK or a password, and may be shown and kept only
    /// [`masked`](Self::masked).
    pub fn is_secret(&self) -> bool {
        self.secret
    }

    /// The line for showing and keeping: a secret one ends behind its `=`.
    pub fn masked(&self) -> String {
        if !self.secret {
            return self.text.clone();
        }
        let shown = self.text.find('=').map_or(2, |at| at + 1);
        format!("{}…", self.text.get(..shown).unwrap_or("AT"))
    }

    /// Whether `line`, which came from the modem, is this command line echoed.
    pub fn is_echo(&self, line: &str) -> bool {
        line.trim() == self.text.trim()
    }
}

/// Adds parameters to a command line. The first error is kept and given by
/// [`build`](CommandLineBuilder::build).
#[derive(Clone, Debug)]
#[must_use]
pub struct CommandLineBuilder {
    text: String,
    parameters: usize,
    secret: bool,
    error: Option<CommandLineError>,
}

impl CommandLineBuilder {
    /// A decimal number.
    pub fn number(self, value: impl Into<i64>) -> Self {
        let digits = value.into().to_string();
        self.parameter(&digits)
    }

    /// A string in quotes; a quotation mark in it becomes `\22`, a backslash `\5C` (V.250
    /// §5.4.2.2).
    pub fn string(mut self, value: &str) -> Self {
        self.note(check(value));
        let escaped = value.replace('\\', "\\5C").replace('"', "\\22");
        self.parameter(&format!("\"{escaped}\""))
    }

    /// A string in quotes that is a PIN, a PUK or a password.
    pub fn secret_string(mut self, value: &str) -> Self {
        self.secret = true;
        self.string(value)
    }

    /// A word without quotes: letters, digits, `+`, `-`, `*`, `#`, `.`.
    pub fn word(mut self, value: &str) -> Self {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"+-*#.".contains(&b);
        if !value.bytes().all(plain) {
            self.note(Err(CommandLineError::NotAWord));
            return self;
        }
        self.parameter(value)
    }

    /// An omitted parameter.
    pub fn omitted(self) -> Self {
        self.parameter("")
    }

    /// Another command on the same line, `;<name>…` (V.250 §5.2.1): a constant of the program.
    pub fn followed_by(mut self, constant: &'static str) -> Self {
        self.text.push(';');
        self.text.push_str(constant);
        self
    }

    /// The line, or the first thing that was wrong with it.
    pub fn build(self) -> Result<CommandLine, CommandLineError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        check(&self.text)?;
        Ok(CommandLine { text: self.text, secret: self.secret })
    }

    fn parameter(mut self, text: &str) -> Self {
        if self.parameters > 0 {
            self.text.push(',');
        }
        self.text.push_str(text);
        self.parameters += 1;
        self
    }

    fn note(&mut self, result: Result<(), CommandLineError>) {
        self.error = self.error.or(result.err());
    }
}

/// What every part of a command line must be.
fn check(text: &str) -> Result<(), CommandLineError> {
    if text.chars().any(char::is_control) {
        Err(CommandLineError::ControlCharacter)
    } else if !text.is_ascii() {
        Err(CommandLineError::NotAscii)
    } else if text.len() > MAX_LINE {
        Err(CommandLineError::TooLong)
    } else {
        Ok(())
    }
}

/// Commands with a PIN, a PUK or a password among their parameters (3GPP TS 27.007 §7.4, §7.5,
/// §8.3, and the makers' own).
const SECRET_NAMES: [&str; 14] = [
    "+CPIN",
    "+CPIN2",
    "+CPWD",
    "+CLCK",
    "+CPUC",
    "+CACM",
    "+CAMM",
    "+EPIN",
    "^CPIN",
    "^CPIN2",
    "^CARDLOCK",
    "^SPIC",
    "^SPWD",
    "*EPIN",
];

/// Services switched with the barring password, and its change (3GPP TS 22.030 Annex B, §6.5.4).
const BARRING_CODES: [&str; 9] = ["33", "331", "332", "35", "351", "330", "333", "353", "03"];

fn secret_name(name: &str) -> bool {
    SECRET_NAMES.iter().any(|secret| secret.eq_ignore_ascii_case(name))
}

/// Whether a typed line sets one of [`SECRET_NAMES`], perhaps behind other commands, or dials an
/// MMI code that changes a PIN (3GPP TS 22.030 §6.6.2: `**04*`, `**05*`, `**042*`, `**052*`) or
/// holds the barring password.
fn mentions_secret(line: &str) -> bool {
    let compact: String = line.chars().filter(|c| *c != ' ').collect();
    let compact = compact.to_ascii_uppercase();
    let has_value =
        |tail: &str| tail.strip_prefix('=').is_some_and(|value| !value.starts_with('?'));
    let sets = |name: &str| {
        let mut found = compact.match_indices(name);
        found.any(|(at, _)| compact.get(at + name.len()..).is_some_and(has_value))
    };
    SECRET_NAMES.into_iter().any(sets)
        || compact.contains("**04")
        || compact.contains("**05")
        || BARRING_CODES.into_iter().any(|code| begins_code(&compact, code))
}

/// Whether a service code in the line switches this service: `*33*`, `#33*`, `**33*`, not `*#33`.
fn begins_code(line: &str, code: &str) -> bool {
    let begins = |at: usize| {
        let (before, after) = (&line[..at], &line[at + code.len()..]);
        let outside = before.trim_end_matches(['*', '#']);
        let marks = &before[outside.len()..];
        after.starts_with('*')
            && ["*", "#", "**", "##"].contains(&marks)
            && !outside.ends_with(|c: char| c.is_ascii_digit())
    };
    line.match_indices(code).any(|(at, _)| begins(at))
}

#[cfg(test)]
mod tests;
