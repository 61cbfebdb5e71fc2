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
    /// `NOT READY`, `NOT INSERTED`, `REMOVED`: no SIM that answers.
    NotReady,
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
        () if ["NOT READY", "NOT INSERTED", "SIM REMOVED", "REMOVED"].into_iter().any(is) => {
            PinState::NotReady
        }
        () => PinState::Other(text.chars().take(MAX_WORD).collect()),
    })
}
