//! Tones in a call, one a command (27.007 Annex C.2.11, `+VTS`).

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::Step;
use crate::at::CommandLine;
use crate::number::DtmfTones;
use crate::phone::RequestId;
use std::time::Duration;

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Dtmf {
    request: RequestId,
    tones: Vec<char>,
    at: usize,
    /// Quotation marks, or none, were tried and refused for this tone.
    other_form_tried: bool,
}

impl Dtmf {
    pub fn new(request: RequestId, tones: &DtmfTones) -> Self {
        let tones = tones.as_str().chars().collect();
        Dtmf { request, tones, at: 0, other_form_tried: false }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        let quoted = core.facts.quoted_tones.unwrap_or(core.profile.quoted_tones);
        match last.as_ref().map(|response| &response.outcome) {
            None => return self.send(quoted, core),
            Some(Outcome::Final(result)) if result.is_ok() => self.at += 1,
            Some(Outcome::Final(_)) if !self.other_form_tried && self.at == 0 => {
                self.other_form_tried = true;
                core.facts.quoted_tones = Some(!quoted);
                return self.send(!quoted, core);
            }
            Some(Outcome::Final(result)) => {
                core.facts.quoted_tones = None;
                let (error, diagnosis) = refusal(result, "The modem could not send the tone");
                core.failed(self.request, error, diagnosis);
                return Step::Finished;
            }
            Some(Outcome::TimedOut | Outcome::Aborted) => {
                let (error, diagnosis) = no_answer();
                core.failed(self.request, error, diagnosis);
                return Step::Finished;
            }
        }
        if self.at >= self.tones.len() {
            core.done(self.request);
            return Step::Finished;
        }
        // A call that ends or rings meanwhile comes first.
        Step::Pause
    }

    fn send(&self, quoted: bool, core: &mut Core) -> Step {
        let tone = self.tones.get(self.at).map(char::to_string).unwrap_or_default();
        let builder = CommandLine::set("+VTS");
        let line = if quoted { builder.string(&tone) } else { builder.word(&tone) };
        match line.build() {
            Ok(line) => Step::send(Request::new(&line).within(Duration::from_secs(8))),
            Err(_) => {
                core.refuse(self.request, "This is no tone", "Tones are 0–9, *, #, A–D");
                Step::Finished
            }
        }
    }
}
