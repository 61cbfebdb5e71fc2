//! Recorded AT traffic: a plain text that people can read and mail, and that can be played as a
//! simulated modem (see [`replay`](crate::link::replay)).
//!
//! ```text
//! # Deskphone recording 1
//! # …
//! 0 > AT\r
//! 3 < \r\nOK\r\n
//! # a remark
//! 512 < \r\nRING\r\n
//! ```
//!
//! One piece of traffic is one line: milliseconds since the beginning, `>` for what was sent to the
//! modem or `<` for what came from it, and the octets: printable ASCII as it is, `\r`, `\n`, `\t`
//! and `\\` by name, others as `\xHH`.

use std::fmt::Write as _;

/// How a recording begins.
const FIRST_LINE: &str = "# Deskphone recording 1";

/// The lines that explain a recording to whoever opens it.
const HEAD: &str = "\
# AT traffic between Deskphone and a modem. Each line is one piece of it: milliseconds since the
# beginning, > for what was sent to the modem or < for what came from it, and the octets: printable
# ASCII as it is, \\r \\n \\t \\\\ by name, others as \\xHH. Lines that begin with # are remarks.
# To play it as a simulated modem, connect to replay:FILE.
# PINs and passwords are always masked with asterisks.
";

/// Octets of a file that are read at most.
pub const FILE_LIMIT_OCTETS: u64 = 256 * 1024 * 1024;
/// Pieces of a file that are read at most.
const PIECES_LIMIT: usize = 2_000_000;

/// One piece of traffic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Milliseconds since the beginning.
    pub at_ms: u64,
    /// To the modem; otherwise from it.
    pub sent: bool,
    /// The octets.
    pub bytes: Vec<u8>,
}

/// Why a text is no recording.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RecordingError {
    /// It begins in another way.
    #[error("it is no recording of Deskphone")]
    NotOne,
    /// There is no traffic in it.
    #[error("the recording is empty")]
    Empty,
    /// A line that can't be understood, from 1.
    #[error("line {0} can't be understood")]
    BadLine(usize),
}

/// The first lines of a recording; `remarks` are added to them.
pub fn head(remarks: &[String]) -> String {
    let mut text = format!("{FIRST_LINE}\n{HEAD}");
    for words in remarks {
        text += &remark(words);
    }
    text
}

/// A line that is skipped when the recording is played.
pub fn remark(words: &str) -> String {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("# {words}\n")
}

/// One piece as a line, with its line end.
pub fn line(at_ms: u64, sent: bool, bytes: &[u8]) -> String {
    let mut line = format!("{at_ms} {} ", if sent { '>' } else { '<' });
    for &octet in bytes {
        match octet {
            b'\r' => line.push_str("\\r"),
            b'\n' => line.push_str("\\n"),
            b'\t' => line.push_str("\\t"),
            b'\\' => line.push_str("\\\\"),
            b' '..=b'~' => line.push(char::from(octet)),
            // Writing to a string can't fail.
            _ => drop(write!(line, "\\x{octet:02X}")),
        }
    }
    line.push('\n');
    line
}

/// All pieces of a recording, in order of time.
pub fn parse(text: &[u8]) -> Result<Vec<Piece>, RecordingError> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut lines = text.split(|&octet| octet == b'\n').zip(1..);
    let (first, _) = lines.next().ok_or(RecordingError::NotOne)?;
    if !first.trim_ascii().eq_ignore_ascii_case(FIRST_LINE.as_bytes()) {
        return Err(RecordingError::NotOne);
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (line, number) in lines {
        // A mail program may have changed the line ends, and spaces at the end are data.
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.trim_ascii().is_empty() || line.starts_with(b"#") {
            continue;
        }
        let mut piece = piece(line).ok_or(RecordingError::BadLine(number))?;
        let last = pieces.last().map_or(0, |last| last.at_ms);
        piece.at_ms = piece.at_ms.max(last);
        pieces.push(piece);
        if pieces.len() == PIECES_LIMIT {
            break;
        }
    }
    if pieces.is_empty() { Err(RecordingError::Empty) } else { Ok(pieces) }
}

fn piece(line: &[u8]) -> Option<Piece> {
    let mut fields = line.splitn(3, |&octet| octet == b' ');
    let at_ms = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
    let sent = match fields.next()? {
        b">" => true,
        b"<" => false,
        _ => return None,
    };
    Some(Piece { at_ms, sent, bytes: unescaped(fields.next().unwrap_or_default())? })
}

fn unescaped(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(octet) = rest.next() {
        if octet != b'\\' {
            bytes.push(octet);
            continue;
        }
        bytes.push(match rest.next()? {
            b'r' => b'\r',
            b'n' => b'\n',
            b't' => b'\t',
            b'\\' => b'\\',
            b'x' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            _ => return None,
        });
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_octets_are_read_as_they_were_written() {
        let all: Vec<u8> = (0..=255).collect();
        let pieces = [
            Piece { at_ms: 0, sent: true, bytes: b"AT\r".to_vec() },
            Piece { at_ms: 3, sent: false, bytes: all },
            Piece { at_ms: 3, sent: false, bytes: b"> ".to_vec() },
            Piece { at_ms: 70_000, sent: true, bytes: b"\\x41\x1a".to_vec() },
        ];
        let mut text = head(&["Quectel\nEC25".to_owned()]);
        for Piece { at_ms, sent, bytes } in &pieces {
            text += &line(*at_ms, *sent, bytes);
        }
        assert!(text.is_ascii());
        assert_eq!(parse(text.as_bytes()).unwrap(), pieces);
        let mailed = text.replace('\n', "\r\n");
        assert_eq!(parse(mailed.as_bytes()).unwrap(), pieces);
    }

    #[test]
    fn what_is_no_recording_is_told() {
        assert_eq!(parse(b""), Err(RecordingError::NotOne));
        assert_eq!(parse(b"hello\n0 > AT\\r\n"), Err(RecordingError::NotOne));
        let with = |rest: &str| parse(format!("{FIRST_LINE}\n{rest}").as_bytes());
        assert_eq!(with("# only remarks\n\n"), Err(RecordingError::Empty));
        for bad in ["x > AT", "1 = AT", "1", "1 > \\q", "1 > \\x4", "-1 > AT"] {
            assert_eq!(with(bad), Err(RecordingError::BadLine(2)), "{bad}");
        }
        // Time never runs backwards.
        let pieces = with("9 > AT\n5 < OK").unwrap();
        assert_eq!(pieces[1].at_ms, 9);
    }
}
