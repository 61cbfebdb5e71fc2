//! What is due when time has passed.

use super::exchange::{Exchange, Outcome, Phase};
use super::procedure::{STATUS, ask_sim, ussd_timed_out};
use super::queue::Priority;
use super::text_end::Silence;
use super::timers::Timer;
use super::{CHECK_CALLS, CHECK_MESSAGES, CHECK_STATUS, Modem, unsolicited};
use crate::clock::Instant;

impl Modem {
    /// A timer is due.
    pub(super) fn take_timer(&mut self, timer: Timer, now: Instant) {
        let core = &mut self.core;
        match timer {
            Timer::Exchange => self.take_deadline(now),
            Timer::PartialLine => {
                while let Some(frame) = self.framer.flush_partial() {
                    self.take_frame(frame, now);
                }
            }
            Timer::PollCalls => core.poll_calls(now),
            Timer::CheckCalls if core.put_off(timer, CHECK_CALLS, now) => {}
            Timer::CheckCalls => {
                core.timers.set(Timer::CheckCalls, CHECK_CALLS, now);
                if !core.calls.any() {
                    core.poll_calls(now);
                }
            }
            Timer::Ring => {
                core.calls.end_silent_rings(now);
                unsolicited::calls_changed(core, now);
            }
            Timer::Release => {
                let network = core.network().clone();
                core.calls.release_ending(&network, now);
            }
            Timer::CheckStatus if core.put_off(timer, CHECK_STATUS, now) => {}
            Timer::CheckStatus => {
                let pause = core.until_next_status();
                core.timers.set(Timer::CheckStatus, pause, now);
                core.ask_once(Priority::Check, STATUS);
            }
            Timer::CheckMessages if core.put_off(timer, CHECK_MESSAGES, now) => {}
            Timer::CheckMessages => core.check_messages(now),
            Timer::CheckSim => ask_sim(core),
            Timer::DirectText => unsolicited::end_direct_text(core, now),
            // What is due is found when all that happened was heard.
            Timer::PostDial | Timer::LateRefusal => {}
            Timer::AskedDial => self.dial_not_asked(),
            Timer::Ussd => ussd_timed_out(core),
        }
    }

    /// The deadline of whatever the channel does now.
    fn take_deadline(&mut self, now: Instant) {
        match &mut self.exchange {
            Exchange::Awaiting(pending) => {
                match pending.silent() {
                    Silence::Asks => return self.ask_whether_ended(now),
                    Silence::Ends(result) => return self.complete(Outcome::Final(result), now),
                    Silence::TooLong => {}
                }
                let outcome = match &pending.phase {
                    Phase::Settling(result) => Outcome::Final(result.clone()),
                    Phase::Aborting => Outcome::Aborted,
                    _ => Outcome::TimedOut,
                };
                self.complete(outcome, now);
            }
            Exchange::Resynchronising(_) => self.resynchronise_again(now),
            Exchange::Silent => self.connect(now),
            Exchange::Resting => self.exchange = Exchange::Idle,
            Exchange::Idle | Exchange::Down => {}
        }
    }
}
