//! The tones of a call: what was sent, and what was dialed behind the number and is sent when the
//! other side has answered.

use super::Calls;
use crate::clock::Instant;
use crate::number::PostDial;
use crate::phone::{Call, CallId, CallState};
use std::time::Duration;

/// A pause in what is dialed behind a number (3GPP TS 22.101 annex A.21: three seconds).
const PAUSE: Duration = Duration::from_secs(3);

/// More keys than these are not remembered of one call; the last ones are.
const MAX_SENT: usize = 256;

/// What of it comes next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::modem) enum PostDialDue {
    /// This tone, now.
    Tone(CallId, char),
    /// Nothing before this moment.
    At(Instant),
}

impl Calls {
    /// What was dialed behind the number.
    pub fn set_pending(&mut self, id: CallId, post_dial: &PostDial) {
        if let Some(call) = self.list.iter_mut().find(|call| call.id == id)
            && !post_dial.is_empty()
        {
            call.keys.pending = post_dial.as_str().to_owned();
            self.changed.push(call.clone());
        }
    }

    /// What of it is due. A call that is not answered yet, or held, waits. A modem that does not
    /// tell of the answer leaves it to the user to say so, see [`Calls::continue_dial`].
    pub fn post_dial_due(&mut self, now: Instant) -> Option<PostDialDue> {
        let mut earliest = None;
        for call in self.list.iter_mut().filter(|call| !call.keys.pending.is_empty()) {
            let Some(track) = self.tracks.get_mut(&call.id).filter(|t| !t.ending) else { continue };
            let answered = match call.state {
                CallState::Active => true,
                CallState::Dialing | CallState::Alerting => track.play_unanswered,
                _ => false,
            };
            while answered && !call.keys.asks {
                match call.keys.pending.chars().next() {
                    None => break,
                    Some(';') => {
                        call.keys.asks = true;
                        self.changed.push(call.clone());
                    }
                    Some(',') => {
                        let until = *track.pause_until.get_or_insert(now + PAUSE);
                        if until > now {
                            let at = earliest.map_or(until, |at: Instant| at.min(until));
                            earliest = Some(at);
                            break;
                        }
                        track.pause_until = None;
                        call.keys.pending.remove(0);
                        self.changed.push(call.clone());
                    }
                    Some(tone) => return Some(PostDialDue::Tone(call.id, tone)),
                }
            }
        }
        earliest.map(PostDialDue::At)
    }

    /// The modem has sent this tone of what was dialed behind the number.
    pub fn post_dial_sent(&mut self, id: CallId, tone: char) {
        let Some(call) = self.list.iter_mut().find(|call| call.id == id) else { return };
        if call.keys.pending.starts_with(tone) {
            call.keys.pending.remove(0);
        }
        keep(call, tone);
        self.changed.push(call.clone());
    }

    /// The modem has sent a tone of the user's: in every call that is heard now.
    pub fn tone_sent(&mut self, tone: char) {
        let active = self.list.iter().any(|call| call.state == CallState::Active);
        for call in &mut self.list {
            // Where nothing tells of the answer, the one that is dialed is the one that is heard.
            let blind = !active && matches!(call.state, CallState::Dialing | CallState::Alerting);
            if call.state == CallState::Active || blind {
                keep(call, tone);
                self.changed.push(call.clone());
            }
        }
    }

    /// The user says: go on. False if nothing is left to be sent.
    pub fn continue_dial(&mut self, id: CallId) -> bool {
        let Some(call) = self.list.iter_mut().find(|call| call.id == id) else { return false };
        let Some(track) = self.tracks.get_mut(&id) else { return false };
        if call.keys.pending.is_empty() {
            return false;
        }
        // What is waited for is over: the user, or the pause.
        if call.keys.pending.starts_with(';') || track.pause_until.take().is_some() {
            call.keys.pending.remove(0);
        }
        track.play_unanswered = true;
        call.keys.asks = false;
        self.changed.push(call.clone());
        true
    }

    /// The rest is not wanted, or can't be sent.
    pub fn drop_pending(&mut self, id: CallId) {
        if let Some(call) = self.list.iter_mut().find(|call| call.id == id)
            && forget_pending(call)
        {
            self.changed.push(call.clone());
        }
    }

    /// Nothing will tell when our call is answered, so the user is asked to say when to go on.
    pub fn ask_to_continue(&mut self) {
        for call in &mut self.list {
            let unanswered = matches!(call.state, CallState::Dialing | CallState::Alerting)
                && self.tracks.get(&call.id).is_some_and(|track| !track.play_unanswered);
            if unanswered && !call.keys.pending.is_empty() && !call.keys.asks {
                call.keys.asks = true;
                self.changed.push(call.clone());
            }
        }
    }
}

/// What is still to be sent is forgotten. True if there was any.
pub(super) fn forget_pending(call: &mut Call) -> bool {
    let any = !call.keys.pending.is_empty() || call.keys.asks;
    call.keys.pending.clear();
    call.keys.asks = false;
    any
}

fn keep(call: &mut Call, tone: char) {
    if call.keys.sent.len() >= MAX_SENT {
        call.keys.sent.remove(0);
    }
    call.keys.sent.push(tone);
}
