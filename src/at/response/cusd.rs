//! `+CUSD`: unstructured supplementary service data (3GPP TS 27.007 §7.15).

use super::after;
use crate::at::charset;

/// `<m>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UssdState {
    /// 0: nothing more to do.
    Done,
    /// 1: the network waits for a reply.
    ReplyExpected,
    /// 2: the network ended the dialogue.
    Terminated,
    /// 3: another client of the modem answered.
    OtherClient,
    /// 4: not supported.
    NotSupported,
    /// 5: the network did not answer in time.
    TimedOut,
    /// Anything else.
    Unknown,
}

/// A message of the dialogue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cusd {
    /// `<m>`.
    pub state: UssdState,
    /// `<str>` as the modem wrote it: plain, or hexadecimal digits.
    pub raw: Option<String>,
    /// `<dcs>` (23.038 §5).
    pub dcs: Option<u8>,
}

impl Cusd {
    /// `<str>` as text: what the modem wrote in hexadecimal digits is decoded, as UCS-2 or as
    /// packed GSM septets, whichever `<dcs>` says or else gives printable text.
    pub fn text(&self) -> Option<String> {
        self.raw.as_ref().map(|raw| charset::decode_ussd(raw, self.dcs))
    }

    /// The same while the modem's character set is UCS-2, so that a single character is one, too.
    pub fn ucs2_text(&self) -> Option<String> {
        self.raw.as_ref().map(|raw| charset::ucs2_ussd(raw, self.dcs))
    }

    /// The same for a modem that wants its codes packed, and so writes its answers: also what has
    /// decimal digits only is packed then.
    pub fn packed_text(&self) -> Option<String> {
        self.raw.as_ref().map(|raw| {
            charset::unpack_ussd(raw, self.dcs)
                .unwrap_or_else(|| charset::decode_ussd(raw, self.dcs))
        })
    }
}

/// Reads one line (which may hold line breaks), `+CUSD: 0,"Balance: 5",15`.
pub fn parse(line: &str) -> Option<Cusd> {
    let text = after(line, "+CUSD")?;
    if text.starts_with('(') {
        return None;
    }
    let (m, rest) = text.split_once(',').unwrap_or((text, ""));
    let state = match m.trim().parse::<u8>().ok()? {
        0 => UssdState::Done,
        1 => UssdState::ReplyExpected,
        2 => UssdState::Terminated,
        3 => UssdState::OtherClient,
        4 => UssdState::NotSupported,
        5 => UssdState::TimedOut,
        _ => UssdState::Unknown,
    };
    let (raw, dcs) = text_and_dcs(rest.trim());
    Some(Cusd { state, raw: raw.map(str::to_owned), dcs })
}

/// The text may hold quotes and commas of its own, so its end is looked for from behind.
fn text_and_dcs(rest: &str) -> (Option<&str>, Option<u8>) {
    if rest.is_empty() {
        return (None, None);
    }
    let dcs_of = |text: &str| text.trim().parse::<u8>().ok();
    let (body, dcs) = match rest.rsplit_once(',') {
        Some((body, tail)) if dcs_of(tail).is_some() || tail.trim().is_empty() => {
            (body, dcs_of(tail))
        }
        _ => (rest, None),
    };
    let body = body.trim();
    let body = body.strip_prefix('"').unwrap_or(body);
    (Some(body.strip_suffix('"').unwrap_or(body)), dcs)
}
