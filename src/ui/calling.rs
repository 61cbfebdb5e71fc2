//! Calls: what is asked of them beside plain commands, and carrying it out. A call is checked here
//! before it leaves: codes, emergency numbers, and whether it can succeed at all.

use super::App;
use super::action::{Action, Outgoing, Page};
use super::ended::EndedCall;
use super::layout::{Layout, Width};
use super::model::{Pending, ViewContext};
use super::page::{Part, code};
use crate::clock::Instant;
use crate::number::{self, DialString, DtmfTones, PhoneNumber, PostDial};
use crate::phone::readiness::ims_would_do;
use crate::phone::{
    CallCommand, CallId, CallRecord, CallerId, Command, Diagnosis, Dial, LinkAddress, PhoneState,
    Query, SendOptions, Settings, SimState, mmi, readiness,
};
use crate::ui::text;

/// Digits of the numbers of services that are only called: `118`, `191`.
const MOST_SERVICE_DIGITS: usize = 3;

/// Something asked of calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Call what stands in the dialpad, and let the other side see the own number, or not.
    DialAs(String, CallerId),
    /// Place this call: it was asked about, or it was refused and is to be tried anyway.
    Sure(Dial),
    /// Open the page of a call.
    Open(CallRecord),
    /// Block these numbers of one person (`true`), or take that back.
    Block(Vec<PhoneNumber>, bool),
    /// Ask where this ringing call is to be forwarded to.
    Deflect(CallId),
    /// Ask for the words to reject this ringing call with.
    RejectWords(CallId),
    /// Send the caller of this call, who has given up, the words it was to be rejected with.
    SendInstead(CallId, PhoneNumber, String),
    /// Bring the keys of the dialpad into sight.
    Keypad,
    /// Calls are no more answered by themselves.
    AutoAnswerOff,
    /// Fold the modem's own lines on the card of an ended call out, or back.
    Unfold(u64),
    /// Close the cards of all ended calls.
    DismissEnded,
}

impl From<Ask> for Action {
    fn from(ask: Ask) -> Self {
        Action::Calling(ask)
    }
}

impl App {
    /// Does what was asked of calls.
    pub(super) fn run_calling(&mut self, ctx: &egui::Context, ask: Ask) {
        match ask {
            Ask::DialAs(number, caller_id) => self.dial(ctx, &number, true, Some(caller_id)),
            Ask::Sure(dial) => self.place(dial),
            Ask::Open(record) => self.open_record(record),
            Ask::Block(numbers, on) => self.block(&numbers, on),
            Ask::Deflect(call) => self.pages.call_dialog.ask_deflection(call),
            Ask::RejectWords(call) => {
                let calls = &self.model.phone.calls;
                let caller = calls.iter().find(|known| known.id == call);
                let number = caller.and_then(|call| call.remote.number()).cloned();
                self.pages.call_dialog.ask_words(call, number);
            }
            Ask::SendInstead(call, number, words) => {
                self.model.notes.replied(call, number.clone(), words.clone());
                let status_report = self.model.phone.settings.delivery_reports;
                let options = SendOptions { status_report, ..SendOptions::default() };
                let to = vec![number.as_str().to_owned()];
                self.submit(Outgoing { to, text: words, options });
            }
            Ask::Keypad => self.show_call_part(ctx),
            Ask::Unfold(key) => {
                let cards = self.model.ended.iter_mut().filter(|ended| ended.key == key);
                cards.for_each(|ended| ended.unfolded = !ended.unfolded);
            }
            Ask::DismissEnded => self.model.clear_ended(),
            Ask::AutoAnswerOff => {
                let settings =
                    Settings { auto_answer_seconds: 0, ..self.model.phone.settings.clone() };
                self.run(ctx, Action::Save(settings));
            }
        }
    }

    /// Does what the dialpad and the lists ask for.
    pub(super) fn run_call(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::Dial(number) => self.dial(ctx, &number, false, None),
            Action::DialTyped(number) => self.dial(ctx, &number, true, None),
            Action::ServiceCode(code) => self.send_service_code(&code),
            Action::FillDialpad(number) => self.fill_dialpad(ctx, &number),
            Action::Tones(tones) => match DtmfTones::parse(&tones) {
                Ok(parsed) => {
                    self.send(Command::Call(CallCommand::SendDtmf(parsed)), Pending::Other);
                }
                Err(odd) => {
                    let line = format!("“{odd}” is not a tone");
                    self.model.toast(&line, "Tones are 0–9, * and #", true, self.clock.now());
                }
            },
            Action::SendCode(code) => self.send_code(&code),
            _ => {}
        }
    }

    /// Calls a number with what follows it. A service code is sent only from the dialpad (`typed`),
    /// where the person saw it; from anywhere else, such as a stranger's text, it is put there
    /// first, and so is a link.
    fn dial(&mut self, ctx: &egui::Context, text: &str, typed: bool, caller_id: Option<CallerId>) {
        if !typed && is_link(text) {
            self.fill_dialpad(ctx, text);
            return;
        }
        match number::parse_with_tones(text) {
            Ok((code, _)) if code.is_service_code() && !typed => {
                self.fill_dialpad(ctx, code.as_str());
            }
            Ok((code, _)) if code.is_service_code() => self.service_code(code.as_str()),
            Ok((code, _)) if code.is_unfinished_code() => {
                self.fill_dialpad(ctx, text);
                self.pages.dialer.refused(super::text::call::UNFINISHED_CODE);
            }
            Ok((number, tones)) => {
                let (hidden, number) = number.split_caller_id_prefix();
                let prefix = hidden.map(|hide| if hide { CallerId::Hide } else { CallerId::Show });
                let usual = usual_caller_id(&self.model.phone.settings);
                let caller_id = caller_id.or(prefix).unwrap_or(usual);
                let known = || known_tones(&self.model.phone, &number);
                let post_dial = if tones.is_empty() && !typed { known() } else { tones };
                self.check(ctx, Dial { number, caller_id, post_dial, anyway: false });
            }
            Err(error) => {
                self.pages.dialer.refused(&error.to_string());
                self.show_call_part(ctx);
            }
        }
    }

    fn service_code(&mut self, code: &str) {
        let changes = mmi::read(code).is_some_and(|mmi| mmi.changes());
        if changes || code::changes_things(code) {
            self.pages.code.ask(code);
        } else {
            self.send_service_code(code);
        }
    }

    /// Asks before an emergency call, refuses a call that can't succeed, and places any other.
    fn check(&mut self, ctx: &egui::Context, dial: Dial) {
        let phone = &self.model.phone;
        if phone.link.ready() && matches!(phone.link.address(), Some(LinkAddress::Replay(_))) {
            let why = Diagnosis::new(text::link::PLAYED, text::link::PLAYED_ADVICE);
            self.model.refuse(dial, why, self.clock.now());
            self.show_call_part(ctx);
            return;
        }
        if phone.link.ready() && is_emergency(phone, dial.number.as_str()) {
            self.pages.call_dialog.ask_emergency(dial);
            return;
        }
        let judged = readiness(&phone.link, &phone.network);
        // The driver asks the modem once more where that may change it.
        if judged.lamp.refuses() && !ims_would_do(&phone.network) {
            self.model.refuse(dial, judged.why, self.clock.now());
            self.show_call_part(ctx);
            return;
        }
        self.place(dial);
    }

    fn place(&mut self, dial: Dial) {
        self.model.clear_ended();
        let shown = format!("{}{}", dial.number.as_str(), dial.post_dial.as_str());
        self.send(Command::Call(CallCommand::Dial(dial.clone())), Pending::Dial(dial));
        self.pages.dialer.dialed(&shown);
    }

    fn send_service_code(&mut self, code: &str) {
        self.send_code(code);
        // One that holds a PIN is not kept to be dialed again.
        self.pages.dialer.dialed(if mmi::holds_secret(code) { "" } else { code });
    }

    fn fill_dialpad(&mut self, ctx: &egui::Context, text: &str) {
        // Of a link the number alone: its parameters are nothing to dial.
        let number = match DialString::parse(text) {
            Ok(parsed) if is_link(text) => parsed.as_str().to_owned(),
            _ => text.to_owned(),
        };
        self.pages.dialer.fill(&number, &self.model.phone.region);
        self.show_call_part(ctx);
        self.focus(ctx, super::action::Field::Number);
    }

    /// Brings the dialpad into sight.
    pub(super) fn show_call_part(&mut self, ctx: &egui::Context) {
        match Layout::of(ctx.content_rect().size()).width {
            Width::Wide => {}
            Width::Medium => self.view.drawer = true,
            Width::Narrow => self.view.part = Part::Call,
        }
    }

    fn open_record(&mut self, record: CallRecord) {
        let query = self.engine.query(Query::CallDetail(record.id));
        self.model.detail.open(record.id, query);
        self.show(Page::Call(Box::new(record)));
    }

    /// Asks again for the open page of a call, where the call has ended since.
    pub(super) fn follow_detail(&mut self) {
        if let Page::Call(record) = &self.view.page
            && std::mem::take(&mut self.model.detail.stale)
        {
            let query = self.engine.query(Query::CallDetail(record.id));
            self.model.detail.query = Some(query);
        }
    }
}

impl super::Model {
    /// A call was refused before it was dialed.
    fn refuse(&mut self, dial: Dial, why: Diagnosis, now: Instant) {
        let number = dial.number.to_number();
        self.ended.retain(|ended| ended.released || ended.number() != Some(&number));
        let mut refused = EndedCall::failed(number, why, now);
        refused.refused = Some(dial);
        self.push_ended(refused);
    }
}

/// A `tel:` link, from a text or another program: shown before anything is dialed.
pub fn is_link(text: &str) -> bool {
    let scheme = text.trim_start().split(':').next().unwrap_or_default();
    text.contains(':') && ["tel", "callto"].iter().any(|s| scheme.eq_ignore_ascii_case(s))
}

/// Whether the other side sees the own number when nothing else is chosen.
pub fn usual_caller_id(settings: &Settings) -> CallerId {
    if settings.hide_own_number { CallerId::Hide } else { CallerId::Default }
}

/// An emergency number of the country, the SIM or the network.
pub fn is_emergency(phone: &PhoneState, number: &str) -> bool {
    number::is_emergency_here(number, &phone.region, &phone.network.emergency_numbers)
}

/// What can be done in the window about what keeps calls from being placed.
pub fn remedy(cx: &ViewContext<'_>) -> Option<(&'static str, Action)> {
    let phone = &cx.model.phone;
    if phone.link.address().is_none() {
        return Some((super::text::link::CHOOSE_PORT, Action::Picker(true)));
    }
    let word = match phone.network.sim {
        SimState::PinRequired(_) => super::text::call::ENTER_PIN,
        SimState::PukRequired(_) => super::text::call::ENTER_PUK,
        _ if phone.network.outgoing_barred => {
            return Some((super::text::codes::SERVICES, Action::Show(Page::Services)));
        }
        _ => return None,
    };
    phone.link.ready().then_some((word, Action::PinDialog(true)))
}

/// A text to this number has a chance: it is neither an emergency number, nor a code, nor the
/// mailbox, nor one of the services with two or three digits.
pub fn takes_texts(cx: &ViewContext<'_>, number: &PhoneNumber) -> bool {
    let phone = &cx.model.phone;
    let text = number.as_str();
    let letters = text.chars().any(char::is_alphabetic);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let mailbox = number::same_number(super::page::call_settings::mailbox(cx), text, &phone.region);
    let odd = text.contains(['*', '#']) || mailbox || is_emergency(phone, text);
    !odd && (letters || digits > MOST_SERVICE_DIGITS)
}

/// The tones that a contact has behind this number.
fn known_tones(phone: &PhoneState, number: &DialString) -> PostDial {
    let contact = phone.contact_for(&number.to_number());
    let numbers = contact.map(|contact| contact.numbers.as_slice()).unwrap_or_default();
    let same = |known: &str| number::same_number(known, number.as_str(), &phone.region);
    let known = numbers.iter().find(|known| same(known.number.as_str()));
    known.map(|known| known.tones.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_told_from_numbers() {
        assert!(is_link("tel:+442079460018;ext=5") && is_link("TEL:112"));
        assert!(!is_link("+44 20 7946 0018") && !is_link("tel"));
    }
}
