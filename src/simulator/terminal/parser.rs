//! Takes a command line apart (ITU-T V.250 §5.2, §5.3, §5.4): the simulator's own reading of it.

/// What a command asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Form {
    /// `+X`
    Execute,
    /// `+X?`
    Read,
    /// `+X=?`
    Test,
    /// `+X=…`, `E1`, `S0=1`: what follows.
    Set(String),
}

/// One command of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Command {
    /// `+CREG`, `^CURC`, `E`, `&F`, `S0`, `D`: upper case.
    pub name: String,
    /// What it asks.
    pub form: Form,
    /// For `D`: the semicolon was there, so it is a voice call.
    pub voice: bool,
}

impl Command {
    /// The parameters of a set command, without quotes; empty for the others. At most 32.
    pub fn arguments(&self) -> Vec<String> {
        match &self.form {
            Form::Set(text) => split_arguments(text),
            _ => Vec::new(),
        }
    }

    /// A parameter as a number; none if it is missing, empty or not one.
    pub fn number(&self, place: usize) -> Option<u32> {
        self.arguments().get(place)?.parse().ok()
    }

    /// The command as typed, for tables that know it by its beginning.
    pub fn text(&self) -> String {
        match &self.form {
            Form::Execute => self.name.clone(),
            Form::Read => format!("{}?", self.name),
            Form::Test => format!("{}=?", self.name),
            Form::Set(text) => format!("{}={text}", self.name),
        }
    }
}

/// Splits at commas outside of quotes and takes the quotes off.
fn split_arguments(text: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted && arguments.len() < 32 => arguments.push(String::new()),
            _ => {
                if let Some(last) = arguments.last_mut() {
                    last.push(character);
                }
            }
        }
    }
    arguments
}

/// The body of a command line: what stands after the first `AT` or `at`, or nothing if there is
/// none. Characters before it are noise.
pub fn body_of(line: &str) -> Option<&str> {
    let at = [line.find("AT"), line.find("at"), line.find("At"), line.find("aT")];
    let start = at.into_iter().flatten().min()?;
    Some(&line[start + 2..])
}

/// Why a command line can't be read on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SyntaxError;

/// Takes the first command off `body`; none at its end.
pub fn next_command(body: &mut String) -> Result<Option<Command>, SyntaxError> {
    let rest = body.trim_start_matches([' ', ';', '\t']).to_owned();
    let Some(first) = rest.chars().next() else { return Ok(None) };
    let (command, rest) = match first.to_ascii_uppercase() {
        'D' => dial(&rest[1..]),
        'S' => register(&rest[1..])?,
        'A'..='Z' => basic(first.to_ascii_uppercase().to_string(), &rest[1..]),
        '&' => {
            let letter = rest[1..].chars().next().filter(char::is_ascii_alphabetic);
            let letter = letter.ok_or(SyntaxError)?;
            basic(format!("&{}", letter.to_ascii_uppercase()), &rest[2..])
        }
        '+' | '^' | '*' | '#' | '$' | '%' => extended(&rest)?,
        _ => return Err(SyntaxError),
    };
    *body = rest.to_owned();
    Ok(Some(command))
}

/// A letter and the number behind it, if any.
fn basic(name: String, rest: &str) -> (Command, &str) {
    let rest = rest.trim_start_matches(' ');
    if let Some(after) = rest.strip_prefix('?') {
        return (Command { name, form: Form::Read, voice: false }, after);
    }
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    let form = if digits.is_empty() { Form::Execute } else { Form::Set(digits.to_owned()) };
    (Command { name, form, voice: false }, after)
}

/// `S0?` or `S0=1`.
fn register(rest: &str) -> Result<(Command, &str), SyntaxError> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let name = format!("S{}", number.parse::<u8>().map_err(|_| SyntaxError)?);
    if let Some(after) = after.strip_prefix('?') {
        return Ok((Command { name, form: Form::Read, voice: false }, after));
    }
    let value = after.strip_prefix('=').ok_or(SyntaxError)?;
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let (digits, after) = value.split_at(end);
    Ok((Command { name, form: Form::Set(digits.to_owned()), voice: false }, after))
}

/// `D` takes everything up to a semicolon, or the rest of the line (V.250 §6.3.1).
fn dial(rest: &str) -> (Command, &str) {
    let (number, after, voice) = match rest.split_once(';') {
        Some((number, after)) => (number, after, true),
        None => (rest, "", false),
    };
    (Command { name: "D".to_owned(), form: Form::Set(number.trim().to_owned()), voice }, after)
}

/// A name with a prefix character, then `?`, `=?`, `=…` or nothing, up to a semicolon outside of
/// quotes.
fn extended(rest: &str) -> Result<(Command, &str), SyntaxError> {
    let mut quoted = false;
    let end = rest.find(|c: char| {
        quoted ^= c == '"';
        c == ';' && !quoted
    });
    let (text, after) = match end {
        Some(place) => (&rest[..place], &rest[place + 1..]),
        None => (rest, ""),
    };
    let text = text.trim_end();
    let name_end = text[1..]
        .find(|c: char| !c.is_ascii_alphanumeric() && !"!%-./:_".contains(c))
        .map_or(text.len(), |place| place + 1);
    let name = text[..name_end].to_ascii_uppercase();
    let form = match text[name_end..].trim() {
        "" => Form::Execute,
        "?" => Form::Read,
        "=?" => Form::Test,
        other => {
            let value = other.strip_prefix('=').ok_or(SyntaxError)?;
            Form::Set(value.trim().to_owned())
        }
    };
    if name.len() < 2 {
        return Err(SyntaxError);
    }
    Ok((Command { name, form, voice: false }, after))
}
