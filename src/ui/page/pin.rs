//! The dialog for the SIM's PIN, or its PUK and a new PIN.

use super::shortcuts::dialog_frame;
use super::top_bar::pin_wanted;
use crate::phone::{Command, Diagnosis, Secret, SimState};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::space;
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, empty, label, toggle};
use crate::ui::{safe_text, text};
use egui::Ui;

/// What is typed. Wiped as soon as it was sent or the dialog closes.
#[derive(Default)]
pub struct PinPage {
    open: bool,
    code: String,
    new_pin: String,
    again: String,
    /// The digits are shown, so that a person can check them before a try is spent.
    show: bool,
    problem: &'static str,
    /// Name of the field that is wrong and gets the keyboard back.
    wrong: &'static str,
    /// The question before the last try is on the screen.
    asks_last: bool,
    /// A code was sent and its outcome is not shown yet.
    waiting: bool,
    asked_for: Option<SimState>,
    /// What was refused was the PIN, and now the PUK is asked for, which says as much.
    refused_before: bool,
}

impl PinPage {
    /// The dialog is on the screen.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Opens or closes the dialog.
    pub fn set_open(&mut self, open: bool) {
        self.open = open;
        self.clear();
        self.show = false;
        (self.problem, self.wrong) = ("", "");
        self.waiting = false;
        self.asks_last = false;
    }

    fn clear(&mut self) {
        for typed in [&mut self.code, &mut self.new_pin, &mut self.again] {
            typed.clear();
        }
    }

    /// The next frame opens the dialog by itself.
    pub fn will_open(&self, cx: &ViewContext<'_>) -> bool {
        let phone = &cx.model.phone;
        let sim = &phone.network.sim;
        phone.link.ready() && pin_wanted(sim) && self.asked_for.as_ref() != Some(sim)
    }

    /// Opens by itself once for each state that wants a code; stays open while the SIM checks one.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let phone = &cx.model.phone;
        let waiting = cx.model.unlocking();
        // Between the code and the SIM's answer its state may be unknown for a moment.
        let between = waiting && phone.network.sim == SimState::Unknown;
        let known = if between { self.asked_for.clone() } else { None };
        let sim = known.unwrap_or_else(|| phone.network.sim.clone());
        if !phone.link.ready() || !pin_wanted(&sim) {
            self.asked_for = None;
            self.set_open(false);
            return;
        }
        if self.asked_for.as_ref() != Some(&sim) {
            let puk = |state: &SimState| matches!(state, SimState::PukRequired(_));
            self.refused_before = puk(&sim) && !self.asked_for.as_ref().is_some_and(puk);
            self.asked_for = Some(sim.clone());
            let was_waiting = self.waiting;
            self.set_open(true);
            self.waiting = was_waiting;
        }
        if !self.open {
            return;
        }
        if self.waiting && !waiting && cx.model.refused_pin.is_none() {
            self.set_open(false);
            return;
        }
        let width = (cx.layout.size.x - 64.0).min(320.0);
        let modal = egui::Modal::new(egui::Id::unique("pin")).frame(dialog_frame(ui));
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::SMALL;
            // With large text in a small window it scrolls.
            let height = (cx.layout.size.y - 72.0).max(120.0);
            let area = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
            area.show(ui, |ui| self.form_ui(ui, cx, &sim, actions)).inner
        });
        if response.inner || response.should_close() {
            self.set_open(false);
            actions.push(Action::PinDialog(false));
        }
    }

    /// Returns true when the dialog is to close.
    fn form_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        sim: &SimState,
        actions: &mut Actions,
    ) -> bool {
        let (puk, left) = match sim {
            SimState::PukRequired(tries) => (true, *tries),
            SimState::PinRequired(tries) => (false, *tries),
            _ => return true,
        };
        let tries = Tries { puk, left, at_most: cx.model.phone.network.tries_at_most };
        if self.asks_last {
            match tries.last_ui(ui) {
                Some(true) => self.send(puk, true, actions),
                Some(false) => self.asks_last = false,
                None => {}
            }
            return false;
        }
        let waiting = self.waiting && cx.model.unlocking();
        let refused_now = self.waiting && !waiting;
        label::title(ui, text::link::UNLOCK_SIM);
        tries.ui(ui);
        if puk {
            label::caption(ui, text::sim::PUK_WHY);
        }
        let (first, enter) = self.fields_ui(ui, puk);
        let empty = [&self.code, &self.new_pin, &self.again].iter().all(|typed| typed.is_empty());
        if refused_now || empty && ui.memory(|m| m.focused().is_none()) {
            first.request_focus();
        }
        if waiting || refused_now {
            // What is typed before the answer belongs to no question.
            self.clear();
        }
        self.waiting = waiting;
        if !self.problem.is_empty() {
            empty::problem(ui, self.problem);
        } else if let Some(why) = self.refused(cx).filter(|_| !waiting) {
            refused_ui(ui, why);
        }
        toggle::check_box_ui(ui, &mut self.show, text::sim::SHOW_DIGITS);
        let remembered = cx.model.phone.settings.remember_pin;
        let hint = if remembered { text::sim::WILL_BE_KEPT } else { text::link::PIN_HINT };
        label::caption(ui, hint);
        ui.add_space(space::TIGHT);
        let mut close = false;
        ui.horizontal(|ui| {
            let word = if waiting { text::link::UNLOCKING } else { text::link::UNLOCK };
            let unlock = Button::new(word)
                .kind(Kind::Primary)
                .height(36.0)
                .disabled_because(waiting.then_some(text::link::UNLOCKING))
                .show(ui);
            if (unlock.clicked() || enter) && !waiting {
                self.check(tries, actions);
            }
            close = Button::new(text::link::LATER).height(36.0).show(ui).clicked();
        });
        close
    }

    /// The fields; the first of them, and whether Enter was pressed in one. A new PIN is typed
    /// twice, since nobody sees it and a slip of the finger would lock the SIM again.
    fn fields_ui(&mut self, ui: &mut Ui, puk: bool) -> (egui::Response, bool) {
        let name = if puk { text::link::PUK } else { text::link::PIN };
        let first = self.secret_field(ui, "pin code", name, |page| &mut page.code);
        let mut enter = entered(ui, &first);
        if puk {
            let new = self.secret_field(ui, "new pin", text::link::NEW_PIN, |p| &mut p.new_pin);
            let again = ("new pin again", text::sim::REPEAT_PIN);
            let again = self.secret_field(ui, again.0, again.1, |page| &mut page.again);
            enter |= entered(ui, &new) || entered(ui, &again);
        }
        (first, enter)
    }

    /// A field with its name above it: dots do not tell which of three it is.
    fn secret_field(
        &mut self,
        ui: &mut Ui,
        id: &str,
        name: &'static str,
        typed: impl Fn(&mut Self) -> &mut String,
    ) -> egui::Response {
        label::above_field(ui, name);
        let field = Field::new(egui::Id::unique(id), name).error(self.wrong == name);
        let field = if self.show { field } else { field.password() };
        let response = field.show(ui, typed(self)).response.response;
        typed(self).retain(|c| c.is_ascii_digit());
        if response.changed() {
            (self.problem, self.wrong) = ("", "");
        } else if self.wrong == name && ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        response
    }

    /// Sends the code if it has the right shape, since a wrong one would cost a try; what may be
    /// the last try is asked about first.
    fn check(&mut self, tries: Tries, actions: &mut Actions) {
        let puk = tries.puk;
        let digits = |code: &str| code.bytes().all(|b| b.is_ascii_digit());
        let is_pin = |code: &str| digits(code) && (4..=8).contains(&code.len());
        let (puk_name, pin, new) = (text::link::PUK, text::link::PIN, text::link::NEW_PIN);
        (self.problem, self.wrong) = match () {
            () if puk && !(digits(&self.code) && self.code.len() == 8) => {
                (text::link::PUK_SHAPE, puk_name)
            }
            () if puk && !is_pin(&self.new_pin) => (text::link::PIN_SHAPE, new),
            () if puk && self.new_pin != self.again => {
                (text::sim::PINS_DIFFER, text::sim::REPEAT_PIN)
            }
            () if !puk && !is_pin(&self.code) => (text::link::PIN_SHAPE, pin),
            () => ("", ""),
        };
        if !self.problem.is_empty() {
            return;
        }
        if tries.may_be_last() {
            self.asks_last = true;
        } else {
            self.send(puk, false, actions);
        }
    }

    fn send(&mut self, puk: bool, last_try: bool, actions: &mut Actions) {
        let code = Secret(std::mem::take(&mut self.code));
        let new_pin = puk.then(|| Secret(std::mem::take(&mut self.new_pin)));
        self.again.clear();
        actions.command(Command::EnterPin { code, new_pin, last_try });
        self.waiting = true;
        self.asks_last = false;
        self.refused_before = false;
    }

    /// Why the last code was refused.
    fn refused<'a>(&self, cx: &ViewContext<'a>) -> Option<&'a Diagnosis> {
        cx.model.refused_pin.as_ref().filter(|_| !self.refused_before)
    }
}

/// How many tries are left.
#[derive(Clone, Copy)]
pub(super) struct Tries {
    /// Of the PUK.
    pub puk: bool,
    /// `None`: nobody told.
    pub left: Option<u8>,
    /// They were counted, so that there may be fewer.
    pub at_most: bool,
}

impl Tries {
    /// A wrong code would be the last one.
    pub fn known_last(self) -> bool {
        self.left.is_some_and(|left| left <= 1)
    }

    /// What the last try means, and whether to use it: true or false once it was said.
    pub fn last_ui(self, ui: &mut Ui) -> Option<bool> {
        let known = self.known_last();
        label::title(ui, if known { text::sim::LAST_TRY } else { text::sim::MAYBE_LAST });
        if !known {
            label::announce(&label::body(ui, text::sim::TRIES_UNKNOWN));
        }
        let what = if self.puk { text::sim::LAST_PUK } else { text::sim::LAST_PIN };
        label::announce(&label::body(ui, what));
        ui.add_space(space::TIGHT);
        ui.horizontal_wrapped(|ui| {
            // The safe way out comes first and has the keyboard.
            let not_now = Button::new(text::sim::DO_NOT).height(36.0).show(ui);
            if ui.memory(|memory| memory.focused().is_none()) {
                not_now.request_focus();
            }
            let word = if known { text::sim::USE_LAST } else { text::sim::USE_MAYBE_LAST };
            let go = Button::new(word).kind(Kind::Danger).height(36.0).show(ui);
            (go.clicked() || not_now.clicked()).then_some(go.clicked())
        })
        .inner
    }

    /// The same, or nobody knows that it would not.
    fn may_be_last(self) -> bool {
        self.known_last() || self.left.is_none() || self.at_most
    }

    fn ui(self, ui: &mut Ui) {
        let line = text::link::tries(self.left, self.at_most, self.puk);
        if self.known_last() {
            empty::problem(ui, &line);
        } else {
            label::body(ui, &line);
        }
    }
}

/// Why the code was refused and what to do.
fn refused_ui(ui: &mut Ui, why: &Diagnosis) {
    let cause = if why.cause.is_empty() { text::link::PIN_REFUSED } else { &why.cause };
    empty::problem(ui, &safe_text::line(cause, 300));
    let advice = text::link::without_tries(&why.advice);
    if !advice.is_empty() {
        label::caption(ui, &safe_text::line(advice, 300));
    }
}

/// Enter was pressed in this field.
pub fn entered(ui: &Ui, response: &egui::Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}
