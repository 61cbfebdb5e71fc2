//! The commands of one line (V.250 §5.2.1): basic ones stand one behind the other, extended ones
//! end at a semicolon.

/// The commands of a line without its `AT`, in order. A semicolon within quotes parts nothing, and
/// whatever follows a `D` is dialed.
pub(in crate::at) fn commands(body: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = body;
    loop {
        rest = rest.trim_start_matches(|c: char| c == ';' || c.is_whitespace());
        let end = length_of_first(rest);
        if end == 0 {
            return found;
        }
        let (command, after) = rest.split_at(end);
        found.push(command.trim());
        rest = after;
    }
}

/// How many octets of the line the first command takes.
fn length_of_first(line: &str) -> usize {
    let ampersand = usize::from(line.starts_with('&'));
    match line[ampersand..].chars().next() {
        Some('D' | 'd') if ampersand == 0 => line.len(),
        Some(letter) if letter.is_ascii_alphabetic() => {
            let number = ampersand + 1 + digits(&line[ampersand + 1..]);
            match line[number..].chars().next() {
                // A register: `S0?`, `S0=2`.
                Some('?') => number + 1,
                Some('=') => number + 1 + digits(&line[number + 1..]),
                _ => number,
            }
        }
        _ => length_of_extended(line),
    }
}

fn length_of_extended(line: &str) -> usize {
    let mut quoted = false;
    line.find(|c: char| {
        quoted ^= c == '"';
        c == ';' && !quoted
    })
    .unwrap_or(line.len())
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn basic_commands_need_nothing_between_them_and_extended_ones_a_semicolon() {
        // The line of V.250 §5.2.1, and what is in use.
        assert_eq!(commands("E0Q0V1"), ["E0", "Q0", "V1"]);
        assert_eq!(commands("&F&C1 S0=0 X4"), ["&F", "&C1", "S0=0", "X4"]);
        assert_eq!(commands("Z;E0;+CMEE=2;+CLIP=1"), ["Z", "E0", "+CMEE=2", "+CLIP=1"]);
        assert_eq!(commands("+CPBW=1,\"5;6\",129;+CSQ"), ["+CPBW=1,\"5;6\",129", "+CSQ"]);
        assert_eq!(commands("S0?I9"), ["S0?", "I9"]);
        assert_eq!(commands("E0D112;"), ["E0", "D112;"]);
        assert_eq!(commands(" ; "), [""; 0]);
        assert_eq!(commands("é;+CSQ"), ["é", "+CSQ"]);
    }
}
