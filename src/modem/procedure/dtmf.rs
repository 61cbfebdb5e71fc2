//! Tones in a call, one a command (27.007 Annex C.2.11, `+VTS`): the keys that the user presses, in
//! order, and before them what was dialed behind the number. One machine sends them all, so that
//! none overtakes another.

use super::super::calls::PostDialDue;
use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::super::queue::Priority;
use super::super::timers::Timer;
use super::{Procedure, Step};
use crate::at::CommandLine;
use crate::clock::Instant;
use crate::modem::calls::ListTrust;
use crate::number::DtmfTones;
use crate::phone::{CallId, CallState, CommandError, Diagnosis, RequestId};
use std::collections::VecDeque;
use std::time::Duration;

/// More keys than this wait only if somebody floods us.
const MAX_WAITING: usize = 1024;

/// The keys that wait.
#[derive(Debug, Default)]
pub(in crate::modem) struct Tones {
    keys: VecDeque<Key>,
    /// The machine is at work or waits for its turn.
    playing: bool,
}

/// A key that the user has pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Key {
    tone: char,
    request: RequestId,
    /// The last of those that were pressed with one command.
    last: bool,
}

/// Whose tone is on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Playing {
    Key(Key),
    PostDial(CallId, char),
}

impl Playing {
    fn tone(self) -> char {
        match self {
            Playing::Key(key) => key.tone,
            Playing::PostDial(_, tone) => tone,
        }
    }
}

/// The machine.
#[derive(Debug, Default)]
pub(in crate::modem) struct Dtmf {
    playing: Option<Playing>,
    /// The maker's own command is out.
    own: bool,
    /// Quotation marks, or none, were tried and refused for this tone.
    other_form_tried: bool,
    /// Some tone was sent, so the form is right.
    proven: bool,
}

impl Dtmf {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        let (Some(response), Some(playing)) = (last, self.playing) else {
            return self.next(core, now);
        };
        match &response.outcome {
            Outcome::Final(result) if result.is_ok() => {
                self.proven = true;
                sent(playing, core);
            }
            Outcome::Final(_) if self.own && !self.proven => {
                core.facts.own_tones_refused = true;
                return self.send(playing, core);
            }
            Outcome::Final(_) if !self.other_form_tried && !self.proven => {
                self.other_form_tried = true;
                core.facts.quoted_tones = Some(!quoted(core));
                return self.send(playing, core);
            }
            Outcome::Final(result) => {
                core.facts.quoted_tones = None;
                let (error, diagnosis) = refusal(result, "The modem could not send the tone");
                failed(playing, error, diagnosis, core);
            }
            Outcome::TimedOut | Outcome::Aborted => {
                let (error, diagnosis) = no_answer();
                failed(playing, error, diagnosis, core);
            }
        }
        // A look at the calls that waits has its turn between two tones.
        let poll = core.queue.any(|procedure| matches!(procedure, Procedure::PollCalls(_)));
        let priority = if poll { Priority::PollCalls } else { Priority::CallControl };
        core.tones.playing = false;
        let next = Dtmf { proven: self.proven, ..Dtmf::default() };
        core.play_tones(priority, next, now);
        Step::Finished
    }

    fn next(&mut self, core: &mut Core, now: Instant) -> Step {
        let Some(playing) = core.next_tone(now) else {
            core.tones.playing = false;
            return Step::Finished;
        };
        self.playing = Some(playing);
        self.send(playing, core)
    }

    fn send(&mut self, playing: Playing, core: &Core) -> Step {
        let mut buffer = [0; 4];
        let tone: &str = playing.tone().encode_utf8(&mut buffer);
        let own = core.profile.own_tones.filter(|_| !core.facts.own_tones_refused);
        let own = own.zip(heard(playing, core).and_then(|call| core.calls.index_of(call)));
        self.own = own.is_some();
        let line = match own {
            Some((name, index)) => CommandLine::set(name).number(index).word(tone),
            None if quoted(core) => CommandLine::set("+VTS").string(tone),
            None => CommandLine::set("+VTS").word(tone),
        };
        // A tone is a digit, a letter, a star or a hash, so the line can always be built.
        let line = line.build().unwrap_or_else(|_| CommandLine::basic("AT"));
        Step::send(Request::new(&line).within(Duration::from_secs(8)))
    }
}

fn quoted(core: &Core) -> bool {
    core.facts.quoted_tones.unwrap_or(core.profile.quoted_tones)
}

/// The call in which the tone is heard.
fn heard(playing: Playing, core: &Core) -> Option<CallId> {
    match playing {
        Playing::PostDial(call, _) => Some(call),
        Playing::Key(_) => core.calls.in_state(&CallState::Active).first().copied(),
    }
}

fn sent(playing: Playing, core: &mut Core) {
    match playing {
        Playing::PostDial(call, tone) => core.calls.post_dial_sent(call, tone),
        Playing::Key(key) => {
            core.calls.tone_sent(key.tone);
            if key.last {
                core.done(key.request);
            }
        }
    }
}

fn failed(playing: Playing, error: CommandError, diagnosis: Diagnosis, core: &mut Core) {
    match playing {
        Playing::PostDial(call, _) => {
            core.calls.drop_pending(call);
            core.notice(&diagnosis.cause, "Press the remaining keys yourself", true);
        }
        Playing::Key(key) => {
            core.tones.keys.retain(|other| other.request != key.request);
            core.failed(key.request, error, diagnosis);
        }
    }
}

impl Core {
    /// The user has pressed keys.
    pub fn press_keys(&mut self, request: RequestId, tones: &DtmfTones) {
        if !self.can_play() {
            return self.refuse(request, "There is no call to send tones in", "");
        }
        if tones.as_str().is_empty() {
            return self.done(request);
        }
        if self.tones.keys.len() + tones.as_str().len() > MAX_WAITING {
            return self.refuse(request, "Too much is waiting for the modem", "Wait a little");
        }
        let keys = tones.as_str().chars().map(|tone| Key { tone, request, last: false });
        self.tones.keys.extend(keys);
        if let Some(key) = self.tones.keys.back_mut() {
            key.last = true;
        }
    }

    /// Someone hears the tones. Without a list that works nobody knows when a call is answered.
    fn can_play(&self) -> bool {
        let blind = self.calls.trust != ListTrust::Works && self.calls.dialing().is_some();
        blind || self.calls.list().iter().any(|call| call.state == CallState::Active)
    }

    /// If a tone is due, has it sent.
    pub fn start_tones(&mut self, now: Instant) {
        self.play_tones(Priority::CallControl, Dtmf::default(), now);
    }

    fn play_tones(&mut self, priority: Priority, machine: Dtmf, now: Instant) {
        if self.tones.playing || (self.tones.keys.is_empty() && self.post_dial(now).is_none()) {
            return;
        }
        self.tones.playing = self.queue.push(priority, Procedure::Dtmf(machine)).is_ok();
    }

    /// The tone of what was dialed behind a number that is due.
    fn post_dial(&mut self, now: Instant) -> Option<Playing> {
        match self.calls.post_dial_due(now)? {
            PostDialDue::Tone(call, tone) => Some(Playing::PostDial(call, tone)),
            PostDialDue::At(at) => {
                self.timers.set(Timer::PostDial, at.since(now), now);
                None
            }
        }
    }

    /// The keys that the user presses go before what was dialed behind the number.
    fn next_tone(&mut self, now: Instant) -> Option<Playing> {
        if !self.can_play() {
            // The call is over.
            for key in std::mem::take(&mut self.tones.keys) {
                self.refuse(key.request, "There is no call to send tones in", "");
            }
        }
        match self.tones.keys.pop_front() {
            Some(key) => Some(Playing::Key(key)),
            None => self.post_dial(now),
        }
    }
}
