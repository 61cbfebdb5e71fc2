//! Questions about calls, over the window: before an emergency call, where a call is forwarded to,
//! and the words to reject one with.

use super::number_offers;
use super::shortcuts::dialog_frame;
use crate::number::{DialString, PhoneNumber};
use crate::phone::{CallCommand, CallId, CallState, Dial};
use crate::ui::action::Actions;
use crate::ui::calling::Ask;
use crate::ui::model::ViewContext;
use crate::ui::text;
use crate::ui::theme::space;
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, empty, icon::icons, label};
use egui::{Event, Id, Key, Modal, Ui};

/// Buttons of a dialog.
const HEIGHT: f32 = 36.0;

/// The one field of a dialog.
const FIELD: &str = "call question field";

/// Which question is open.
#[derive(Debug)]
enum Question {
    Emergency(Box<Dial>),
    Deflect(CallId),
    Words(CallId, Option<PhoneNumber>),
}

impl Question {
    /// The ringing call that it is about.
    fn call(&self) -> Option<CallId> {
        match self {
            Question::Emergency(_) => None,
            Question::Deflect(call) | Question::Words(call, _) => Some(*call),
        }
    }
}

/// The question and what is typed into it.
#[derive(Debug, Default)]
pub struct CallDialog {
    question: Option<Question>,
    typed: String,
    problem: String,
    opened: bool,
    /// It was said that the call is over.
    told_over: bool,
}

impl CallDialog {
    /// A question is on the screen.
    pub fn is_open(&self) -> bool {
        self.question.is_some()
    }

    /// Asks once before an emergency number is dialed.
    pub fn ask_emergency(&mut self, dial: Dial) {
        self.open(Question::Emergency(Box::new(dial)));
    }

    /// Asks where this ringing call is to be forwarded to.
    pub fn ask_deflection(&mut self, call: CallId) {
        self.open(Question::Deflect(call));
    }

    /// Asks for the words to reject this ringing call with; its caller is `number`.
    pub fn ask_words(&mut self, call: CallId, number: Option<PhoneNumber>) {
        self.open(Question::Words(call, number));
    }

    fn open(&mut self, question: Question) {
        *self = CallDialog { question: Some(question), opened: true, ..CallDialog::default() };
    }

    /// The question, above everything.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let Some(question) = self.question.take() else { return };
        let over = question.call().and_then(|call| why_over(cx, call));
        if over.is_some() && !std::mem::replace(&mut self.told_over, true) {
            // What is smaller now goes to the middle in the frame after.
            ui.request_repaint();
        }
        let width = (cx.layout.size.x - 64.0).min(340.0);
        let modal = Modal::new(Id::unique("call question")).frame(dialog_frame(ui));
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::SMALL;
            match (&question, over) {
                (Question::Words(call, Some(number)), Some(why)) => {
                    self.late_words_ui(ui, (*call, number), why, actions)
                }
                (_, Some(why)) => over_ui(ui, why),
                (Question::Emergency(dial), _) => self.emergency_ui(ui, dial, actions),
                (Question::Deflect(call), _) => self.deflect_ui(ui, cx, *call, actions),
                (Question::Words(call, _), _) => self.words_ui(ui, *call, actions),
            }
        });
        self.opened = false;
        if !response.inner && !response.should_close() {
            self.question = Some(question);
        }
    }

    fn emergency_ui(&mut self, ui: &mut Ui, dial: &Dial, actions: &mut Actions) -> bool {
        // The Enter that asked for the call, still held down, is no answer.
        let held =
            |event: &Event| matches!(event, Event::Key { key: Key::Enter, repeat: true, .. });
        ui.input_mut(|input| input.events.retain(|event| !held(event)));
        let number = dial.number.as_str();
        label::title(ui, &text::call::emergency_question(number));
        label::announce(&label::body(ui, text::call::EMERGENCY_WHY));
        let mut done = false;
        ui.horizontal_wrapped(|ui| {
            let word = text::call::emergency_yes(number);
            let call = Button::new(&word).kind(Kind::Call).icon(icons::ICON_CALL).height(HEIGHT);
            let call = call.show(ui);
            if self.opened {
                call.request_focus();
            }
            if call.clicked() {
                actions.push(Ask::Sure(dial.clone()).into());
                done = true;
            }
            done |= Button::new(text::CANCEL).height(HEIGHT).show(ui).clicked();
        });
        done
    }

    fn deflect_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        call: CallId,
        actions: &mut Actions,
    ) -> bool {
        label::title(ui, text::call::DEFLECT_TITLE);
        let mut enter = self.field_ui(ui, text::call::DEFLECT_TO, text::codes::FORWARD_HINT);
        let picked = number_offers::offers_ui(ui, cx, "deflect", &mut self.typed);
        let (mut yes, no) = self.buttons_ui(ui, text::call::DEFLECT_NOW, Kind::Primary);
        let named = (yes || enter) && number_offers::take_first(cx, &mut self.typed);
        if picked || named {
            // The number is seen before the call goes there.
            (yes, enter) = (false, false);
            self.problem.clear();
            ui.memory_mut(|memory| memory.request_focus(Id::unique(FIELD)));
        }
        if yes || enter {
            match DialString::parse(&self.typed) {
                Ok(number) if !number.is_service_code() => {
                    actions.push(CallCommand::Deflect(call, number).into());
                    return true;
                }
                Ok(_) => self.problem = "Type a number, not a service code".to_owned(),
                Err(error) => self.problem = error.to_string(),
            }
        }
        no
    }

    fn words_ui(&mut self, ui: &mut Ui, call: CallId, actions: &mut Actions) -> bool {
        label::title(ui, text::call::REJECT_WITH);
        let enter = self.field_ui(ui, text::call::YOUR_WORDS, "");
        let (yes, no) = self.buttons_ui(ui, text::call::REJECT_AND_SEND, Kind::Danger);
        let words = self.typed.trim();
        if (yes || enter) && !words.is_empty() {
            actions.push(CallCommand::RejectWithText(call, words.to_owned()).into());
            return true;
        }
        no
    }

    /// The call is over before the words were sent: they are kept, and go as a text of their own.
    fn late_words_ui(
        &mut self,
        ui: &mut Ui,
        (call, number): (CallId, &PhoneNumber),
        why: &str,
        actions: &mut Actions,
    ) -> bool {
        label::announce(&label::title(ui, why));
        let enter = self.field_ui(ui, text::call::YOUR_WORDS, "");
        let (yes, no) = self.buttons_ui(ui, text::call::SEND_AS_TEXT, Kind::Primary);
        let words = self.typed.trim();
        if (yes || enter) && !words.is_empty() {
            actions.push(Ask::SendInstead(call, number.clone(), words.to_owned()).into());
            return true;
        }
        // Nothing would be lost.
        no || enter
    }

    /// The one field of a dialog; true if Enter was pressed in it.
    fn field_ui(&mut self, ui: &mut Ui, name: &str, hint: &str) -> bool {
        label::above_field(ui, name);
        let output = Field::new(Id::unique(FIELD), name)
            .hint(hint)
            .error(!self.problem.is_empty())
            .show(ui, &mut self.typed);
        let response = output.response.response;
        if self.opened {
            response.request_focus();
        }
        if response.changed() {
            self.problem.clear();
        }
        if !self.problem.is_empty() {
            empty::problem(ui, &self.problem);
        }
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }

    fn buttons_ui(&self, ui: &mut Ui, yes: &str, kind: Kind) -> (bool, bool) {
        ui.horizontal_wrapped(|ui| {
            let yes = Button::new(yes).kind(kind).height(HEIGHT).show(ui).clicked();
            (yes, Button::new(text::CANCEL).height(HEIGHT).show(ui).clicked())
        })
        .inner
    }
}

/// Why there is nothing left to ask about a call that rang. Another one may ring by now: what is
/// typed is not about that.
fn why_over(cx: &ViewContext<'_>, call: CallId) -> Option<&'static str> {
    let phone = &cx.model.phone;
    if phone.ringing_call().is_some_and(|ringing| ringing.id == call) {
        return None;
    }
    let talks = |state: &CallState| matches!(state, CallState::Active | CallState::Held);
    let answered = phone.calls.iter().any(|known| known.id == call && talks(&known.state));
    Some(if answered { text::call::WAS_ANSWERED } else { text::call::GAVE_UP })
}

/// The call is over: says so, and keeps the keyboard until it is closed, for whoever still types.
fn over_ui(ui: &mut Ui, why: &str) -> bool {
    label::announce(&label::title(ui, why));
    // The button has no focus of its own: a space that is still typed would press it.
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    Button::new(text::CLOSE).height(HEIGHT).show(ui).clicked() || enter
}
