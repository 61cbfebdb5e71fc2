//! What follows a number: tones to be sent after the answer, with pauses. `,` and `p` are a pause
//! of three seconds, `;` and `w` wait until the user says go on (3GPP TS 22.030 §6.3.5.2's DTMF
//! control digits separator; RFC 3601 §3.4).

use super::{DialString, DialStringError, DtmfTones, symbols};

/// Tones, pauses and waits, as normalised text: `0`–`9 * # A`–`D`, `,` and `;`. May be empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct PostDial(String);

/// One piece of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PostDialStep {
    /// Send these.
    Tones(DtmfTones),
    /// Wait three seconds.
    Pause,
    /// Wait for the user.
    Wait,
}

/// The most characters after a number.
pub const POST_DIAL_LIMIT: usize = 64;

impl PostDial {
    /// Reads what follows a number. `Err`: the character that is neither a tone nor a pause.
    pub fn parse(text: &str) -> Result<PostDial, char> {
        let mut steps = String::new();
        for c in text.chars() {
            match c {
                ',' | 'p' | 'P' => steps.push(','),
                ';' | 'w' | 'W' => steps.push(';'),
                'A'..='D' | 'a'..='d' => steps.push(c.to_ascii_uppercase()),
                _ => match symbols::dialable(c) {
                    Some('+') => return Err(c),
                    Some(tone) => steps.push(tone),
                    None if symbols::separator(c) => {}
                    None => return Err(c),
                },
            }
            if steps.len() > POST_DIAL_LIMIT {
                return Err(c);
            }
        }
        Ok(PostDial(steps))
    }

    /// The normalised text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Nothing follows.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In order.
    pub fn steps(&self) -> Vec<PostDialStep> {
        let mut steps = Vec::new();
        let mut tones = String::new();
        for c in self.0.chars() {
            if !matches!(c, ',' | ';') {
                tones.push(c);
                continue;
            }
            flush(&mut tones, &mut steps);
            steps.push(if c == ',' { PostDialStep::Pause } else { PostDialStep::Wait });
        }
        flush(&mut tones, &mut steps);
        steps
    }
}

fn flush(tones: &mut String, steps: &mut Vec<PostDialStep>) {
    if let Ok(parsed) = DtmfTones::parse(&std::mem::take(tones))
        && !parsed.as_str().is_empty()
    {
        steps.push(PostDialStep::Tones(parsed));
    }
}

/// Reads a number with what follows it: `0301234567,,123#;45`. A trailing `;` alone, as the people
/// write who know how modems dial, is no wait.
pub fn parse_with_tones(text: &str) -> Result<(DialString, PostDial), DialStringError> {
    let trimmed = text.trim();
    let link = trimmed.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"));
    let digits = |c: char| c.is_ascii_digit();
    let at = trimmed
        .char_indices()
        .find(|&(at, c)| {
            matches!(c, ',' | ';' | 'p' | 'P' | 'w' | 'W') && trimmed[..at].contains(digits)
        })
        .map(|(at, _)| at)
        .filter(|_| !link);
    let Some(at) = at else { return Ok((DialString::parse(text)?, PostDial::default())) };
    let rest = &trimmed[at..];
    let Ok(post_dial) = PostDial::parse(rest) else {
        // Not what follows a number: say what is wrong with the whole.
        return Err(DialString::parse(text).err().unwrap_or(DialStringError::Empty));
    };
    let number = DialString::parse(&trimmed[..at])?;
    let only_waits = post_dial.as_str().chars().all(|c| matches!(c, ',' | ';'));
    Ok((number, if only_waits { PostDial::default() } else { post_dial }))
}

/// Cuts the tones off a number of any form, without a judgement on the number itself: the number as
/// written, and what follows it. A text whose end is no tones is a number as a whole.
pub fn split_tones(text: &str) -> (&str, PostDial) {
    let trimmed = text.trim();
    let at = trimmed
        .char_indices()
        .find(|&(_, c)| matches!(c, ',' | ';' | 'p' | 'P' | 'w' | 'W'))
        .map(|(at, _)| at)
        .filter(|&at| DialString::parse(&trimmed[..at]).is_ok());
    let Some(at) = at else { return (trimmed, PostDial::default()) };
    match PostDial::parse(&trimmed[at..]) {
        Ok(tones) if tones.as_str().contains(|c| !matches!(c, ',' | ';')) => {
            (trimmed[..at].trim_end(), tones)
        }
        Ok(_) => (trimmed[..at].trim_end(), PostDial::default()),
        Err(_) => (trimmed, PostDial::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_are_cut_off_a_number_and_off_nothing_else() {
        let cut = |text| {
            let (number, tones) = split_tones(text);
            format!("{number}|{}", tones.as_str())
        };
        assert_eq!(cut(" +49 30 12345 ,,12#;4"), "+49 30 12345|,,12#;4");
        assert_eq!(cut("5551234p99"), "5551234|,99");
        assert_eq!(cut("5551234;"), "5551234|");
        // A link's parameters, words and senders are no tones.
        for whole in ["555;ext=12", "whatever", "1-800-FLOWERS", "tel:+1,5x", ""] {
            assert_eq!(cut(whole), format!("{whole}|"));
        }
    }

    #[test]
    fn what_follows_a_number_is_tones_pauses_and_waits() {
        let (number, rest) = parse_with_tones("+49 30 1234567,,12#;4p5W6").unwrap();
        assert_eq!(number.as_str(), "+49301234567");
        assert_eq!(rest.as_str(), ",,12#;4,5;6");
        let tones = |text: &str| PostDialStep::Tones(DtmfTones::parse(text).unwrap());
        let (pause, wait) = (PostDialStep::Pause, PostDialStep::Wait);
        let steps = [&pause, &pause, &tones("12#"), &wait, &tones("4"), &pause, &tones("5")];
        assert_eq!(rest.steps().iter().take(7).collect::<Vec<_>>(), steps);
    }

    #[test]
    fn a_number_alone_and_one_with_a_trailing_semicolon_have_nothing_after_them() {
        for text in ["+49301234567", "+49301234567;", "0301234567,"] {
            assert!(parse_with_tones(text).unwrap().1.is_empty(), "{text}");
        }
        assert!(parse_with_tones("tel:+49-30-1234;phone-context=x").unwrap().1.is_empty());
    }

    #[test]
    fn words_and_control_characters_are_refused() {
        assert!(parse_with_tones("12 please").is_err());
        assert!(parse_with_tones("123,\r\nATD").is_err());
        assert!(parse_with_tones(",,1").is_err());
    }
}
