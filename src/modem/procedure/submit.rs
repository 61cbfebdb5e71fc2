//! Sending one segment: `AT+CMGS=<length>`, the prompt, the PDU and Ctrl-Z, `+CMGS: <mr>` (27.005
//! §4.3).
//!
//! Before Ctrl-Z the segment is surely not sent. After it only an answer tells.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Outcome, Payload, Request, Response};
use super::{Step, TEXT_MODE_ADVICE};
use crate::at::CommandLine;
use crate::at::response::cmgs;
use crate::modem::types::{Fate, ModemEvent, Submission};
use crate::phone::{CommandError, Diagnosis, RequestId};
use std::time::Duration;

/// The prompt comes at once, or after the modem has woken its radio.
const PROMPT_TIMEOUT: Duration = Duration::from_secs(10);

/// `+CMS ERROR: 332`, network timeout (3GPP TS 27.005 §3.2.5).
const NETWORK_TIMEOUT: u16 = 332;

/// The network may take a minute and more (makers name 60 to 150 s, most of them the former).
const SEND_TIMEOUT: Duration = Duration::from_secs(90);

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Submit {
    request: RequestId,
    submission: Submission,
}

impl Submit {
    pub fn new(request: RequestId, submission: Submission) -> Self {
        Submit { request, submission }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        let Some(response) = last else { return self.begin(core) };
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
            Outcome::Final(result) => {
                let (error, diagnosis) = refusal(result, "The modem refused the text");
                // The text went out and only its acknowledgement did not come in time.
                let in_time = error != CommandError::Message(NETWORK_TIMEOUT);
                match response.handed_over && !in_time {
                    true => self.fail(Fate::MaybeSent, error, in_doubt(), core),
                    false => self.fail(Fate::NotSent, error, diagnosis, core),
                }
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

    fn begin(&mut self, core: &mut Core) -> Step {
        if core.facts.text_mode {
            // It would take the length for a telephone number and the PDU for the words.
            let diagnosis = Diagnosis::new("This modem can't send texts here", TEXT_MODE_ADVICE);
            self.fail(Fate::NotSent, CommandError::NotSupported, diagnosis, core);
            return Step::Finished;
        }
        let octets = i64::try_from(self.submission.tpdu_octets).unwrap_or(i64::MAX);
        let Ok(line) = CommandLine::set("+CMGS").number(octets).build() else {
            let diagnosis = Diagnosis::new("The text can't be sent", "");
            self.fail(Fate::NotSent, CommandError::BadInput, diagnosis, core);
            return Step::Finished;
        };
        let mut bytes = hex(&self.submission.pdu);
        bytes.push(0x1A);
        let handed_over = Some((self.submission.message, self.submission.segment));
        let payload = Payload { bytes, handed_over, timeout: SEND_TIMEOUT };
        Step::send(Request::new(&line).within(PROMPT_TIMEOUT).with_payload(payload))
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
