//! Forwarding, waiting, barring, and whose number is shown: asked for and switched (27.007 §7.4,
//! §7.6–7.8, §7.11, §7.12). The network answers these, so that they may take a while; a hang-up
//! breaks them off.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Abort, Outcome, Request, Response};
use super::super::queue::Priority;
use super::super::types::ModemEvent;
use super::asker::Asker;
use super::service_lines::{change_lines, prefix_of, query_lines, state_of};
use super::{Procedure, Step};
use crate::at::FinalResult;
use crate::phone::{
    Barring, CommandError, Diagnosis, ForwardingReason, Service, ServiceAction, ServiceClass,
    ServiceLine, ServiceRequest, ServiceState,
};
use std::collections::VecDeque;
use std::time::Duration;

/// A network that has not answered after this does not.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct AskService {
    asker: Asker,
    wish: ServiceRequest,
    begun: bool,
    /// The change is still to be made.
    changing: bool,
    /// What is still to be asked for.
    parts: VecDeque<Service>,
    /// Which way of writing the command is tried.
    attempt: usize,
    words: Vec<String>,
    /// The network took the change and says that all is as it was.
    contrary: bool,
    failure: Option<(CommandError, Diagnosis)>,
}

impl AskService {
    pub fn new(asker: Asker, wish: ServiceRequest) -> Self {
        AskService {
            asker,
            begun: false,
            changing: wish.action != ServiceAction::Query,
            parts: wish.service.parts().into(),
            attempt: 0,
            words: Vec::new(),
            contrary: false,
            failure: None,
            wish,
        }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        if let Some(response) = last {
            return match self.take(&response, core) {
                true => Step::Finished,
                // What calls do now goes first.
                false => Step::Pause,
            };
        }
        if !self.begun {
            self.begun = true;
            if let Err((cause, advice)) = check(&self.wish) {
                self.asker.wrong(cause, advice, core);
                return Step::Finished;
            }
            self.asker.begins(core);
        }
        self.send(core)
    }

    fn send(&mut self, core: &mut Core) -> Step {
        let (lines, service) = match (self.changing, self.parts.front().copied()) {
            (true, _) => (change_lines(&self.wish), self.wish.service),
            (false, Some(service)) => (query_lines(service, self.wish.class), service),
            (false, None) => {
                self.tell_outcome(core);
                return Step::Finished;
            }
        };
        let Some(line) = lines.get(self.attempt) else {
            self.asker.wrong("This can't be asked of the network", "", core);
            return Step::Finished;
        };
        let mut request = Request::new(line).within(TIMEOUT);
        Step::send(match self.changing {
            // The network is asked here too, so that the command may be broken off (27.007 §7.4).
            true => {
                request.abort = Abort::Lost;
                request
            }
            false => {
                request.abort = Abort::AskAgain;
                request.expecting(prefix_of(service))
            }
        })
    }

    /// True: it is over.
    fn take(&mut self, response: &Response, core: &mut Core) -> bool {
        let failure = match &response.outcome {
            Outcome::Final(result) if result.is_ok() => {
                if self.changing {
                    (self.changing, self.attempt) = (false, 0);
                    return false;
                }
                if self.take_state(response, core) {
                    return self.next_part(core);
                }
                (CommandError::Refused("OK".to_owned()), unsaid())
            }
            Outcome::Final(result) => service_refusal(result),
            Outcome::TimedOut => {
                let (error, _) = no_answer();
                let cause = "The network did not answer in time";
                (error, Diagnosis::new(cause, "Try again in a minute"))
            }
            Outcome::Aborted => {
                let why = "This was broken off, since a call goes first";
                let advice = match self.changing {
                    true => "Ask how it stands after the call: it may have changed",
                    false => "Ask again after the call",
                };
                (CommandError::Cancelled, Diagnosis::new(why, advice))
            }
        };
        let passes = tries_another_way(&response.outcome);
        let ways = match (self.changing, self.parts.front()) {
            (false, Some(service)) => query_lines(*service, self.wish.class).len(),
            _ => change_lines(&self.wish).len(),
        };
        let guess = self.changing && self.wish.password.is_some();
        if passes && !guess && self.attempt + 1 < ways {
            self.attempt += 1;
            return false;
        }
        self.failure.get_or_insert(failure);
        // What the modem lacks for one kind of barring it may have for another; a network that is
        // out of reach stays so.
        if self.changing || !passes {
            self.parts.clear();
            self.tell_outcome(core);
            return true;
        }
        self.next_part(core)
    }

    /// True: there is none.
    fn next_part(&mut self, core: &mut Core) -> bool {
        self.parts.pop_front();
        self.attempt = 0;
        if self.parts.is_empty() {
            self.tell_outcome(core);
        }
        self.parts.is_empty()
    }

    /// False: the answer says nothing.
    fn take_state(&mut self, response: &Response, core: &mut Core) -> bool {
        let Some(service) = self.parts.front().copied() else { return true };
        let Some(state) = state_of(service, &response.lines) else { return false };
        self.words.push(state.words());
        self.contrary |= contradicts(&state, &self.wish);
        if service == Service::Barring(Barring::Outgoing) {
            let barred = state.on_for_voice();
            core.update_network(|network| network.outgoing_barred = barred);
        }
        if service == Service::Forwarding(ForwardingReason::Unconditional) {
            core.facts.services.all_forwarded = state.on_for_voice();
        }
        core.tell(ModemEvent::Service(state));
        true
    }

    fn tell_outcome(&mut self, core: &mut Core) {
        let asked = self.wish.action == ServiceAction::Query;
        let failure = self.failure.take();
        match failure {
            // The change was made, and only how it stands now is not known.
            Some((error, why)) if self.words.is_empty() && (asked || self.changing) => {
                self.asker.failed(error, why, core);
            }
            _ if self.words.is_empty() => {
                let words = format!("{}: the network took it", self.wish.service.name());
                self.asker.done(&words, core);
            }
            _ => {
                if self.contrary {
                    self.words.push("The network took the change, but does not show it".to_owned());
                }
                self.asker.done(&self.words.join("\n"), core);
            }
        }
    }
}

/// `+CSSI: 0` while a call is set up (27.007 §7.17): all calls to this number go elsewhere. Where
/// to it does not say, so that what an answer told before stays.
pub(in crate::modem) fn note_all_forwarded(core: &mut Core) {
    if std::mem::replace(&mut core.facts.services.all_forwarded, true) {
        return;
    }
    let line =
        ServiceLine { class: ServiceClass::VOICE, active: true, number: None, seconds: None };
    let service = Service::Forwarding(ForwardingReason::Unconditional);
    let state = ServiceState { service, lines: vec![line], own_number: None };
    core.tell(ModemEvent::Service(state));
}

/// The service stands otherwise than was just wished.
fn contradicts(state: &ServiceState, wish: &ServiceRequest) -> bool {
    let class = wish.class.unwrap_or(ServiceClass::DEFAULT).0;
    let on = state.lines.iter().any(|line| line.active && line.class.0 & class != 0);
    match wish.action {
        _ if state.own_number.is_some() => false,
        ServiceAction::Query => false,
        ServiceAction::Activate | ServiceAction::Register { .. } => !on,
        ServiceAction::Deactivate | ServiceAction::Erase => on,
    }
}

/// The user wants something of a service.
pub(in crate::modem) fn begin(asker: Asker, wish: ServiceRequest, core: &mut Core) {
    core.enqueue(Priority::User, Procedure::AskService(AskService::new(asker, wish)));
}

/// A wish that no network grants, and why.
fn check(wish: &ServiceRequest) -> Result<(), (&'static str, &'static str)> {
    let forwarding = matches!(wish.service, Service::Forwarding(_));
    match (&wish.action, wish.service) {
        (ServiceAction::Query, _) => Ok(()),
        (_, Service::CallerNumber | Service::ConnectedNumber) => Err((
            "This is a part of the contract, so that it can't be switched here",
            "Ask your operator",
        )),
        (ServiceAction::Register { number, .. }, _) if forwarding => {
            let number = number.as_str();
            let digits = number.strip_prefix('+').unwrap_or(number);
            let right = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            match right && digits.len() <= 40 {
                true => Ok(()),
                false => {
                    Err(("Calls can be forwarded to a number only", "Use digits and a leading +"))
                }
            }
        }
        // The network's own setting counts again (27.007 §7.7: `<n>` 0).
        (ServiceAction::Erase, Service::HideOwnNumber) => Ok(()),
        (ServiceAction::Register { .. } | ServiceAction::Erase, _) if !forwarding => {
            Err(("This service has no number", "Switch it on or off"))
        }
        (
            ServiceAction::Activate,
            Service::Barring(Barring::All | Barring::AllOutgoing | Barring::AllIncoming),
        ) => Err(("These can only be switched off together", "Switch on each by itself")),
        _ => Ok(()),
    }
}

/// The modem may only not like how it was written. What the network or the SIM refused is not asked
/// again in other words, and a password is not tried twice.
fn tries_another_way(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Final(FinalResult::CmeError(error)) => {
            !matches!(error.number, Some(0..=2 | 5..=7 | 10..=18 | 30..=32 | 40..=49 | 256..))
        }
        Outcome::Final(_) => true,
        Outcome::TimedOut | Outcome::Aborted => false,
    }
}

fn unsaid() -> Diagnosis {
    Diagnosis::new("The network did not say how this stands", "Try again later")
}

/// A refusal in words that fit a service: the numbers mean something of their own here.
pub(super) fn service_refusal(result: &FinalResult) -> (CommandError, Diagnosis) {
    const OPERATOR: &str = "Ask your operator whether the contract includes it";
    let (error, diagnosis) = refusal(result, "The network refused this");
    let number = match result {
        FinalResult::CmeError(error) => error.number,
        FinalResult::CmsError(_) => return (error, diagnosis),
        _ => Some(100),
    };
    let (cause, advice) = match number {
        Some(3) => ("The network does not allow this", OPERATOR),
        Some(4) => ("The modem or the network has no such service", OPERATOR),
        Some(16) => (
            "The password was wrong",
            "Check it first: after three wrong ones the network blocks it",
        ),
        Some(30) => ("There is no network, or the network has no such service", OPERATOR),
        Some(100) => ("The network refused this without a reason", OPERATOR),
        _ => return (error, diagnosis),
    };
    (error, Diagnosis::new(cause, advice).with_evidence(diagnosis.evidence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_named() {
        for (line, words) in [
            ("+CME ERROR: 16", "The password was wrong"),
            ("+CME ERROR: incorrect password", "The password was wrong"),
            ("+CME ERROR: 30", "There is no network, or the network has no such service"),
            ("+CME ERROR: 4", "The modem or the network has no such service"),
            ("ERROR", "The network refused this without a reason"),
            ("+CME ERROR: 62", "Calls are barred"),
        ] {
            let result = FinalResult::parse(line).unwrap();
            let (_, diagnosis) = service_refusal(&result);
            assert_eq!(diagnosis.cause, words, "{line}");
            assert!(!diagnosis.evidence.is_empty());
        }
    }

    #[test]
    fn only_refusals_of_the_form_are_tried_in_another() {
        let outcome = |line| Outcome::Final(FinalResult::parse(line).unwrap());
        assert!(tries_another_way(&outcome("ERROR")));
        assert!(tries_another_way(&outcome("+CME ERROR: 50")));
        assert!(!tries_another_way(&outcome("+CME ERROR: 16")));
        assert!(!tries_another_way(&outcome("+CME ERROR: 30")));
        assert!(!tries_another_way(&Outcome::TimedOut));
    }
}
