//! `+CPIN`: what the SIM asks for (3GPP TS 27.007 §8.3).

use super::after;

/// `<code>` of the answer to `AT+CPIN?`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PinState {
    /// `READY`: nothing is asked for.
    Ready,
    /// `SIM PIN`.
    SimPin,
    /// `SIM PUK`.
    SimPuk,
    /// `SIM PIN2`.
    SimPin2,
    /// `SIM PUK2`.
    SimPuk2,
    /// `NOT READY`, `NOT INSERTED`, `SIM REMOVED`, `NO SIM`, `ABSENT`…: no SIM that answers.
    NotReady,
    /// `SIM FAILURE`: a card that does not answer.
    Failure,
    /// Another lock, in the modem's word: `PH-NET PIN`.
    Other(String),
}

/// Words of an unknown lock are cut after this many characters.
const MAX_WORD: usize = 40;

/// Reads one line, `+CPIN: READY`.
pub fn parse(line: &str) -> Option<PinState> {
    // A satellite phone's module adds the tries: `READY, left times = 3`.
    let text = after(line, "+CPIN")?.split(',').next()?.trim().trim_matches('"').trim();
    if text.is_empty() || text.starts_with('(') {
        return None;
    }
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    Some(match () {
        () if is("READY") => PinState::Ready,
        () if is("SIM PIN") => PinState::SimPin,
        () if is("SIM PUK") => PinState::SimPuk,
        () if is("SIM PIN2") => PinState::SimPin2,
        () if is("SIM PUK2") => PinState::SimPuk2,
        () if is("SIM FAILURE") => PinState::Failure,
        () if says_none(text) => PinState::NotReady,
        () => PinState::Other(text.chars().take(MAX_WORD).collect()),
    })
}

/// Makers have many words for it: `SIM not inserted` (ASR, UniSoc), `NO SIM` (Neoway), `ABSENT`
/// (Android's emulators).
fn says_none(text: &str) -> bool {
    const NONE: [&str; 5] = ["NOT READY", "NOT INSERTED", "REMOVED", "NO SIM", "ABSENT"];
    let text = text.to_ascii_uppercase();
    let words = text.strip_prefix("SIM ").or_else(|| text.strip_prefix("USIM ")).unwrap_or(&text);
    NONE.contains(&words)
}
