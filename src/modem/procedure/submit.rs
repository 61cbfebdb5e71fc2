//! Sending one segment: `AT+CMGS=<length>`, the prompt, the PDU and Ctrl-Z, `+CMGS: <mr>` (27.005
//! §4.3).
//!
//! Before Ctrl-Z the segment is surely not sent. After it only an answer tells.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Expect, Outcome, Payload, Request, Response};
use super::super::queue::Priority;
use super::super::text_mode::typed;
use super::sim_state::SOON;
use super::{MODE, Procedure, SIM_STATE, Step, sim_changed};
use crate::at::CommandLine;
use crate::at::response::{cmgs, free_text};
use crate::clock::Instant;
use crate::modem::types::{Fate, ModemEvent, Submission};
use crate::phone::readiness::text_obstacle;
use crate::phone::{CommandError, Diagnosis, RequestId, SimState};
use std::time::Duration;

/// The prompt comes at once, or after the modem has woken its radio.
const PROMPT_TIMEOUT: Duration = Duration::from_secs(10);

/// The network may take a minute and more (makers name 60 to 150 s, most of them the former).
const SEND_TIMEOUT: Duration = Duration::from_secs(90);

/// 27.005 §3.2.5: SIM not inserted, SIM busy.
const NO_SIM: u16 = 310;
const SIM_BUSY: u16 = 314;

/// Why not everything can be sent by every modem.
const TEXT_MODE_ADVICE: &str = "The modem refuses PDU mode (AT+CMGF=0), so not every text can be \
                                sent: look for newer firmware";

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Submit {
    request: RequestId,
    submission: Submission,
    stage: Stage,
    /// It has waited until the modem could tell of the card.
    waited: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    /// Nothing is asked yet.
    Begin,
    /// The card may be another one: a moment until it can be asked for.
    Card,
    /// `+CMMS`: more texts follow.
    MoreToSend,
    /// `+CSMP`, in text mode.
    Parameters,
    /// `+CMGS`.
    Sending,
    /// A call went first: is it still the card that the text was begun with?
    SameCard,
}

/// After `+CMMS=1` the modem keeps the way to the network open for 1 to 5 s (27.005 §3.5.6).
const KEPT_OPEN: Duration = Duration::from_secs(1);

impl Submit {
    pub fn new(request: RequestId, submission: Submission) -> Self {
        Submit { request, submission, stage: Stage::Begin, waited: false }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        match (self.stage, last) {
            // Some modems say nothing of a card that is changed.
            (Stage::Sending, None) if self.goes_on() && core.ready => {
                self.stage = Stage::SameCard;
                Step::send(Request::line("AT+CIMI").expecting(Expect::Text))
            }
            (_, None) => match self.mind_card(core) {
                Some(step) => step,
                None => self.begin(core, now),
            },
            (Stage::SameCard, Some(response)) => self.same_card(&response, core, now),
            (Stage::Card, Some(_)) => {
                core.ask_once(Priority::User, SIM_STATE);
                Step::Pause
            }
            (Stage::MoreToSend, Some(response)) => {
                if !response.timed_out() {
                    core.facts.more_to_send = Some(response.is_ok());
                }
                self.send(core)
            }
            (Stage::Parameters, Some(response)) => {
                if response.is_ok() {
                    return self.send(core);
                }
                core.facts.parameters.clear();
                self.take_failure(&response, core)
            }
            (_, Some(response)) => self.take(&response, core, now),
        }
    }

    /// What `+CMGS` came to.
    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        let sent = response.lines.iter().find_map(|line| cmgs::parse(line));
        match &response.outcome {
            // The reference is proof enough, even if the result after it was lost.
            _ if sent.is_some() && response.handed_over => {
                self.sent(sent.and_then(|sent| sent.reference), core);
            }
            Outcome::Final(result) if result.is_ok() && response.handed_over => {
                self.sent(None, core);
            }
            Outcome::Final(result) if result.is_ok() => {
                let diagnosis = Diagnosis::new(
                    "The modem did not ask for the text",
                    "Check in the modem's manual whether it can send texts",
                );
                self.fail(Fate::NotSent, CommandError::NotSupported, diagnosis, core);
            }
            _ => return self.take_failure(response, core),
        }
        core.facts.sent_at = Some(now);
        Step::Finished
    }

    /// The modem refused, or did not answer.
    fn take_failure(&self, response: &Response, core: &mut Core) -> Step {
        match &response.outcome {
            // An answer is an answer: whatever it says, the network does not have the text.
            Outcome::Final(result) => {
                let (error, diagnosis) = refusal(result, "The modem refused the text");
                self.fail(Fate::NotSent, error, diagnosis, core);
            }
            Outcome::TimedOut | Outcome::Aborted => {
                let (error, diagnosis) = no_answer();
                match response.handed_over {
                    true => self.fail(Fate::MaybeSent, error, in_doubt(), core),
                    false => self.fail(Fate::NotSent, error, diagnosis, core),
                }
            }
        }
        Step::Finished
    }

    /// Without a card nothing goes out; and the rest of a long text only with the card of its
    /// beginning, since the recipient's phone joins parts of one number only.
    fn mind_card(&mut self, core: &mut Core) -> Option<Step> {
        if core.network().sim == SimState::NotInserted {
            let why = text_obstacle(core.network()).unwrap_or_default();
            self.fail(Fate::NotSent, CommandError::Message(NO_SIM), why, core);
            return Some(Step::Finished);
        }
        core.facts.services.card_doubt?;
        if !std::mem::replace(&mut self.waited, true) {
            self.stage = Stage::Card;
            return Some(Step::send(Request::pause(SOON)));
        }
        self.goes_on().then(|| {
            let (error, why) = other_card();
            self.fail(Fate::NotSent, error, why, core);
            Step::Finished
        })
    }

    /// Whose card it is, asked after a call went before the rest of a long text. One that does not
    /// tell is no other one.
    fn same_card(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        let told = free_text::digits(response.lines.iter().map(String::as_str), "+CIMI", 14);
        let known = core.identity.imsi.as_str();
        if told.is_some_and(|told| !known.is_empty() && told != known) {
            sim_changed(core, now);
        }
        match self.mind_card(core) {
            Some(step) => step,
            None => self.begin(core, now),
        }
    }

    /// Parts of the same text went out before.
    fn goes_on(&self) -> bool {
        self.submission.segment > 1
    }

    /// Several texts in a row share one connection, where the modem can do that. It is asked for
    /// once in each row.
    fn begin(&mut self, core: &mut Core, now: Instant) -> Step {
        let in_row = core.facts.sent_at.is_some_and(|at| now.since(at) <= KEPT_OPEN);
        let worth_it = self.submission.more_follow && !in_row;
        if worth_it && core.facts.more_to_send != Some(false) {
            self.stage = Stage::MoreToSend;
            return Step::send(Request::line("AT+CMMS=1"));
        }
        self.send(core)
    }

    fn send(&mut self, core: &mut Core) -> Step {
        // In the wrong mode the text would go to the wrong number, and say something else.
        if core.facts.mode_unknown {
            core.ask_once(Priority::User, MODE);
            return Step::Pause;
        }
        if core.facts.text_mode {
            return self.type_text(core);
        }
        let octets = i64::try_from(self.submission.tpdu_octets).unwrap_or(i64::MAX);
        match CommandLine::set("+CMGS").number(octets).build() {
            Ok(line) => self.send_with(&line, hex(&self.submission.pdu)),
            Err(_) => self.unsendable("The text can't be sent", core),
        }
    }

    /// In text mode (27.005 §3.5.1), with `+CSMP` before it if that has changed.
    fn type_text(&mut self, core: &mut Core) -> Step {
        let typed = match typed(&self.submission.pdu, core.facts.charset) {
            Ok(typed) => typed,
            Err(why) => return self.unsendable(&why.to_string(), core),
        };
        if core.facts.parameters != typed.parameters.as_str() {
            core.facts.parameters = typed.parameters.as_str().to_owned();
            self.stage = Stage::Parameters;
            return Step::send(Request::new(&typed.parameters));
        }
        self.send_with(&typed.command, typed.text)
    }

    fn send_with(&mut self, line: &CommandLine, mut bytes: Vec<u8>) -> Step {
        self.stage = Stage::Sending;
        bytes.push(0x1A);
        let handed_over = Some((self.submission.message, self.submission.segment));
        let payload = Payload { bytes, handed_over, timeout: SEND_TIMEOUT };
        Step::send(Request::new(line).within(PROMPT_TIMEOUT).with_payload(payload))
    }

    fn unsendable(&self, why: &str, core: &mut Core) -> Step {
        let advice = if core.facts.text_mode { TEXT_MODE_ADVICE } else { "" };
        let diagnosis = Diagnosis::new(why, advice);
        self.fail(Fate::NotSent, CommandError::BadInput, diagnosis, core);
        Step::Finished
    }

    fn sent(&self, reference: Option<u8>, core: &mut Core) {
        let Submission { message, segment, .. } = self.submission;
        core.tell(ModemEvent::SegmentSent { message, segment, reference });
        core.done(self.request);
    }

    fn fail(&self, fate: Fate, error: CommandError, diagnosis: Diagnosis, core: &mut Core) {
        if !core.is_open(self.request) {
            return;
        }
        let Submission { message, segment, .. } = self.submission;
        core.tell(ModemEvent::SegmentFailed {
            message,
            segment,
            error: error.clone(),
            diagnosis: diagnosis.clone(),
            fate,
        });
        core.failed(self.request, error, diagnosis);
    }

    /// The session ends before the result. The reference, if it has come, is proof enough.
    pub fn take_reference(&self, lines: &[String], core: &mut Core) {
        if let Some(sent) = lines.iter().find_map(|line| cmgs::parse(line)) {
            self.sent(sent.reference, core);
        }
    }

    /// The link is gone, or the modem is silent.
    pub fn abandon(
        &self,
        handed_over: bool,
        error: &CommandError,
        diagnosis: &Diagnosis,
        core: &mut Core,
    ) {
        let fate = if handed_over { Fate::MaybeSent } else { Fate::NotSent };
        let words = if handed_over { in_doubt() } else { diagnosis.clone() };
        self.fail(fate, error.clone(), words, core);
    }
}

/// There is another card: what goes on with a text that was begun with the last one is not sent
/// without a word from above.
pub(super) fn refuse_begun(core: &mut Core) {
    let begun = |other: &Procedure| matches!(other, Procedure::Submit(submit) if submit.goes_on());
    let (error, why) = other_card();
    for submit in core.queue.remove(begun) {
        submit.abandon(false, &error, &why, core);
    }
}

/// What is said then: as the modem says it of a card that is still starting.
fn other_card() -> (CommandError, Diagnosis) {
    let why = Diagnosis::new(
        "The SIM card was changed, or is just being changed",
        "Wait until the card is ready, then send the text again",
    );
    (CommandError::Message(SIM_BUSY), why)
}

fn in_doubt() -> Diagnosis {
    Diagnosis::new(
        "The text may have been sent: the modem did not confirm it",
        "Ask the recipient before sending it again",
    )
}

fn hex(octets: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digits = |octet: &u8| [DIGITS[usize::from(octet >> 4)], DIGITS[usize::from(octet & 15)]];
    octets.iter().flat_map(digits).collect()
}
