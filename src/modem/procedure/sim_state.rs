//! The SIM: what it asks for (`+CPIN`, 27.007 §8.3), and what follows when it is unlocked, taken
//! out or put in while the program runs.
//!
//! Few modems tell of a card that was taken out. An error that speaks of the card, a registration
//! that is lost and the makers' own reports are reasons to ask. Such a report may come between two
//! cards, the second of which is ready before anybody has asked: then its IMSI tells.

use super::super::core::Core;
use super::super::exchange::{Expect, Outcome, Response};
use super::super::queue::Priority;
use super::super::timers::Timer;
use super::super::types::ModemEvent;
use super::pin_tries::{self, with_tries};
use super::questions::Question;
use super::set_up::{UNLOCKED, begin_sim_set_up};
use super::{Procedure, STATUS, submit, ussd};
use crate::at::FinalResult;
use crate::at::response::cpin::{self, PinState};
use crate::at::response::free_text;
use crate::at::response::pin_retries::PinRetries;
use crate::clock::Instant;
use crate::phone::SimState;
use std::time::Duration;

pub(super) const SIM_QUESTION: Question =
    Question { lines: &["AT+CPIN?"], expect: Expect::Prefix("+CPIN"), seconds: 5, then: take_sim };

/// Is the SIM ready?
pub(in crate::modem) static SIM_STATE: &[Question] = &[SIM_QUESTION];

/// Whose card is it now?
static CARD: &[Question] =
    &[Question { lines: &["AT+CIMI"], expect: Expect::Text, seconds: 5, then: take_card }];

/// The card may be another one than it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::modem) struct CardDoubt {
    /// So often its IMSI may still be asked for in vain.
    tries: u8,
    /// Something happened to it since it was asked for.
    news: bool,
}

/// So often a SIM that is busy or missing is asked for every few seconds, before that is done only
/// now and then.
const SIM_TRIES: u8 = 20;

/// A reason to ask is followed by others: one question answers them all.
pub(super) const SOON: Duration = Duration::from_millis(500);

/// The answer to `AT+CPIN?`.
fn take_sim(response: &Response, core: &mut Core, now: Instant) {
    let state = match &response.outcome {
        Outcome::Final(FinalResult::Ok) => {
            response.lines.iter().find_map(|line| cpin::parse(line)).map(sim_state)
        }
        Outcome::Final(FinalResult::CmeError(error)) => Some(match error.number {
            Some(10) => SimState::NotInserted,
            Some(11) => SimState::PinRequired(None),
            Some(12) => SimState::PukRequired(None),
            Some(13 | 15) => SimState::Failure,
            _ => SimState::Unknown,
        }),
        _ => None,
    };
    let busy = match &response.outcome {
        Outcome::Final(FinalResult::CmeError(error)) => error.is_temporary(),
        // No reason is given: a card may come, or the modem have no such command.
        Outcome::Final(FinalResult::Error) => core.network().sim != SimState::Ready,
        _ => false,
    };
    if busy || response.timed_out() {
        look_again(core, now);
    }
    let told = state.is_some();
    if let Some(state) = state {
        note_sim(state, core, now);
    }
    // A modem that does not answer +CPIN? may have a SIM that works.
    if !told && matches!(core.network().sim, SimState::Ready | SimState::Unknown) {
        ask_card(core);
    }
}

/// The SIM is in this state now.
pub(in crate::modem) fn note_sim(state: SimState, core: &mut Core, now: Instant) {
    let was_ready = core.network().sim == SimState::Ready;
    let ready = state == SimState::Ready;
    let there = !matches!(core.network().sim, SimState::NotInserted | SimState::Failure);
    let missing = matches!(state, SimState::NotInserted | SimState::Failure);
    if (was_ready && !ready) || (there && missing) {
        gone(core);
    }
    let asks = matches!(state, SimState::PinRequired(_) | SimState::PukRequired(_));
    if asks && with_tries(state.clone(), core) == state && core.ready {
        pin_tries::ask(Priority::User, core);
    }
    if matches!(state, SimState::NotInserted | SimState::Failure) {
        look_again(core, now);
    }
    pin_tries::tell_state(state, core);
    if ready {
        core.facts.sim_tries = 0;
        core.timers.stop(Timer::CheckSim);
    }
    match ready {
        true if !was_ready && core.ready => came(core, now),
        true => ask_card(core),
        false => {}
    }
}

/// No card, or one that does not answer: another may be put in.
fn look_again(core: &mut Core, now: Instant) {
    core.facts.sim_tries = core.facts.sim_tries.saturating_add(1);
    let pause = if core.facts.sim_tries < SIM_TRIES { 3 } else { 30 };
    core.timers.set(Timer::CheckSim, Duration::from_secs(pause), now);
}

/// Another card may come: nothing is known for sure of what lies in its places, and what was
/// learned of this one does not hold for it.
fn gone(core: &mut Core) {
    core.stored.new_session();
    core.facts.selected = None;
    core.facts.services.tries = PinRetries::default();
    core.facts.services.wrong = [0; 2];
    core.facts.services.tries_untold = false;
    core.facts.services.all_forwarded = false;
    ussd::end(core, "The SIM card does not answer any more");
    core.facts.services.card_doubt = None;
    if forget_imsi(core) || !core.identity.own_numbers.is_empty() {
        core.identity.own_numbers.clear();
        core.tell(ModemEvent::Identity(core.identity.clone()));
    }
    core.update_network(|network| {
        network.voicemail_number.clear();
        network.pin_lock = None;
        network.outgoing_barred = false;
    });
}

/// Whose card it is is not known any more; false if it was not known before. The country stays, and
/// so do its emergency numbers, which can be called without a card.
fn forget_imsi(core: &mut Core) -> bool {
    let known = !core.identity.imsi.is_empty();
    if known {
        core.facts.services.home = std::mem::take(&mut core.identity.imsi);
    }
    known
}

/// The SIM is ready, and was not before. It may be another one than a text was begun with.
fn came(core: &mut Core, now: Instant) {
    submit::refuse_begun(core);
    core.facts.services.card_doubt = None;
    // What was refused without a SIM is not refused for ever.
    core.facts.refused.clear();
    core.facts.unanswered.clear();
    core.ask_once(Priority::Background, UNLOCKED);
    begin_sim_set_up(core, now);
    // Registration takes some seconds: it is asked for now and again soon.
    core.ask_once(Priority::User, STATUS);
    core.status_soon(now);
}

/// Something happened to the SIM, or may have.
pub(in crate::modem) fn check_sim(core: &mut Core, now: Instant) {
    if core.ready {
        core.timers.set_at_latest(Timer::CheckSim, SOON, now);
    }
}

/// The modem says that the card was changed, or may have been: which it is is not known before it
/// was asked, and that is told at once.
pub(in crate::modem) fn sim_changed(core: &mut Core, now: Instant) {
    check_sim(core, now);
    let there = matches!(core.network().sim, SimState::Ready | SimState::Unknown);
    if core.ready && there {
        core.facts.services.card_doubt = Some(CardDoubt { tries: SIM_TRIES, news: true });
        if forget_imsi(core) {
            core.tell(ModemEvent::Identity(core.identity.clone()));
        }
    }
}

/// It is time to ask how it stands with the card. Texts wait where it may be another one.
pub(in crate::modem) fn ask_sim(core: &mut Core) {
    let urgent = core.facts.services.card_doubt.is_some();
    let priority = if urgent { Priority::User } else { Priority::Background };
    core.ask_once(priority, SIM_STATE);
}

/// The card is there: if it may be another one, its IMSI is asked for.
fn ask_card(core: &mut Core) {
    if let Some(doubt) = &mut core.facts.services.card_doubt {
        doubt.news = false;
        core.ask_once(Priority::User, CARD);
    }
}

/// The answer to `AT+CIMI` of a card that may be another one.
fn take_card(response: &Response, core: &mut Core, now: Instant) {
    let Some(doubt) = core.facts.services.card_doubt else { return };
    let again = |other: &Procedure| match other {
        Procedure::Questions(questions) => questions.asks(CARD),
        _ => false,
    };
    if doubt.news || core.queue.any(again) {
        // Since then something happened: another answer will tell.
        return;
    }
    let lines = response.lines.iter().map(String::as_str);
    if let Some(imsi) = free_text::digits(lines, "+CIMI", 14) {
        return card_known(imsi, core, now);
    }
    // One that has told its IMSI before will tell it again.
    let tries = if core.facts.services.home.is_empty() { 0 } else { doubt.tries };
    let left = tries.checked_sub(1);
    core.facts.services.card_doubt = left.map(|tries| CardDoubt { tries, news: false });
    if left.is_some() {
        core.timers.set_at_latest(Timer::CheckSim, Duration::from_secs(3), now);
    }
}

/// It is the same card, or another one.
fn card_known(imsi: String, core: &mut Core, now: Instant) {
    core.facts.services.card_doubt = None;
    let home = &core.facts.services.home;
    let other = !home.is_empty() && *home != imsi;
    if other {
        gone(core);
    }
    core.identity.imsi = imsi;
    core.tell(ModemEvent::Identity(core.identity.clone()));
    if other {
        came(core, now);
    }
}

/// A command failed: if that speaks of the SIM, which seemed ready, it is asked for.
pub(in crate::modem) fn check_sim_after(outcome: &Outcome, core: &mut Core, now: Instant) {
    let of_the_sim = match outcome {
        // 27.007 §9.2: not inserted, PIN, PUK, failure, wrong.
        Outcome::Final(FinalResult::CmeError(error)) => {
            matches!(error.number, Some(10..=13 | 15))
        }
        // 27.005 §3.2.5: the same of a text.
        Outcome::Final(FinalResult::CmsError(error)) => {
            matches!(error.number, Some(310 | 311 | 313 | 315 | 316))
        }
        _ => false,
    };
    if of_the_sim && core.network().sim == SimState::Ready {
        check_sim(core, now);
    }
}

impl Core {
    /// The IMSI of the card, or of the last one while there is none: it tells the country.
    pub(in crate::modem) fn home(&self) -> &str {
        match self.identity.imsi.as_str() {
            "" => &self.facts.services.home,
            imsi => imsi,
        }
    }
}

/// What `+CPIN:` says.
pub(in crate::modem) fn sim_state(state: PinState) -> SimState {
    match state {
        // PIN2 guards settings of the SIM, not its use.
        PinState::Ready | PinState::SimPin2 | PinState::SimPuk2 => SimState::Ready,
        PinState::SimPin => SimState::PinRequired(None),
        PinState::SimPuk => SimState::PukRequired(None),
        PinState::NotReady => SimState::NotInserted,
        PinState::Failure => SimState::Failure,
        PinState::Other(word) => SimState::Locked(word),
    }
}
