//! The settings of the SIM: another PIN, whether it is asked for, and where it is kept.

use super::pin::{Tries, entered};
use super::settings::check;
use super::sim;
use crate::phone::{Command, Secret, Settings, SimCommand, SimState};
use crate::ui::action::Actions;
use crate::ui::codes::SimDeed;
use crate::ui::model::ViewContext;
use crate::ui::text::{self, link, sim as words};
use crate::ui::theme;
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, empty, icon, icon::icons, label, toggle};
use egui::{Id, Response, Ui};

/// The form that is open, and what is typed into it: wiped when it closes.
#[derive(Default)]
pub struct SimSettings {
    form: Option<Form>,
}

/// A form with PINs.
struct Form {
    /// Switch the question at the start on or off; `None`: another PIN.
    lock: Option<bool>,
    pin: String,
    new: String,
    again: String,
    /// The digits are shown.
    show: bool,
    /// It has just opened: the first field gets the keyboard.
    fresh: bool,
    /// It was sent: the SIM answers, or has refused it.
    sent: bool,
    /// The question before the last try is on the screen.
    asks_last: bool,
    problem: &'static str,
    /// Which field it is about, from above.
    wrong: usize,
}

impl SimSettings {
    /// The page was left.
    pub fn close(&mut self) {
        self.form = None;
    }

    /// What stands under "SIM card".
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        settings: &mut Settings,
        actions: &mut Actions,
    ) {
        let phone = &cx.model.phone;
        let ready = phone.link.ready() && phone.network.sim == SimState::Ready;
        if ready {
            self.lock_ui(ui, cx);
        } else {
            label::caption(ui, words::SIM_NOT_READY);
        }
        check(ui, &mut settings.remember_pin, words::REMEMBER);
        label::hint(ui, words::REMEMBER_WHY);
        if !ready {
            self.form = None;
            return;
        }
        let codes = &cx.model.codes;
        let deed = self.form.as_ref().filter(|form| form.sent).map(Form::deed);
        if deed.is_some_and(|deed| codes.sim_outcome(deed) == Some(None)) {
            self.form = None;
        }
        if let Some(form) = &mut self.form {
            if form.ui(ui, cx, actions) {
                self.form = None;
            }
        } else {
            ui.horizontal_wrapped(|ui| {
                // A SIM that asks for no PIN takes no other one (27.007 §7.5).
                let off = cx.model.phone.network.pin_lock == Some(false);
                let change = Button::new(words::CHANGE_PIN)
                    .icon(icons::ICON_LOCK)
                    .disabled_because(off.then_some(words::LOCK_FIRST));
                if change.show(ui).clicked() {
                    self.form = Some(Form::new(None));
                }
                sim::button_ui(ui, actions);
            });
        }
        outcome_ui(ui, cx);
    }

    /// The switch as the SIM has it; a click asks for the PIN.
    fn lock_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        let Some(on) = cx.model.phone.network.pin_lock else {
            label::caption(ui, words::ASK_PIN_UNKNOWN);
            ui.horizontal_wrapped(|ui| {
                for (word, on) in [(words::PIN_ON, true), (words::PIN_OFF, false)] {
                    if Button::new(word).show(ui).clicked() {
                        self.form = Some(Form::new(Some(on)));
                    }
                }
            });
            return;
        };
        let busy = cx.model.codes.sim_busy(SimDeed::PinLock);
        let mut wished = on;
        ui.add_enabled_ui(!busy, |ui| toggle::toggle_ui(ui, &mut wished, words::ASK_PIN));
        if wished != on {
            self.form = Some(Form::new(Some(wished)));
        }
    }
}

impl Form {
    fn new(lock: Option<bool>) -> Self {
        let empty = String::new;
        Form {
            lock,
            pin: empty(),
            new: empty(),
            again: empty(),
            show: false,
            fresh: true,
            sent: false,
            asks_last: false,
            problem: "",
            wrong: 0,
        }
    }

    /// What it asks of the SIM.
    fn deed(&self) -> SimDeed {
        if self.lock.is_some() { SimDeed::PinLock } else { SimDeed::ChangePin }
    }

    /// True when it is to close. It stays open until the SIM has taken what was typed: what is
    /// refused is typed again, below what the SIM said of it.
    fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) -> bool {
        let busy = cx.model.codes.sim_busy(self.deed());
        if self.sent && !busy {
            (self.sent, self.fresh) = (false, true);
        }
        let network = &cx.model.phone.network;
        let tries = Tries { puk: false, left: network.pin_tries, at_most: network.tries_at_most };
        if self.asks_last {
            match tries.last_ui(ui) {
                Some(true) => self.send(true, actions),
                Some(false) => (self.asks_last, self.fresh) = (false, true),
                None => {}
            }
            return false;
        }
        label::caption(ui, words::TRIES);
        let name = if self.lock.is_some() { words::PIN_TO_SWITCH } else { words::OLD_PIN };
        let show = self.show;
        let first = field(ui, name, &mut self.pin, show);
        if std::mem::take(&mut self.fresh) {
            first.request_focus();
        }
        let mut enter = entered(ui, &first);
        let mut fields = vec![first];
        if self.lock.is_none() {
            let new = field(ui, words::NEW_PIN, &mut self.new, show);
            let again = field(ui, words::REPEAT_PIN, &mut self.again, show);
            enter |= entered(ui, &new) || entered(ui, &again);
            fields.extend([new, again]);
        }
        if !self.problem.is_empty() {
            empty::problem(ui, self.problem);
        }
        toggle::check_box_ui(ui, &mut self.show, words::SHOW_DIGITS);
        let word = match self.lock {
            None => words::CHANGE_NOW,
            Some(true) => words::PIN_ON,
            Some(false) => words::PIN_OFF,
        };
        let why_not = busy.then_some(words::WORKING);
        ui.horizontal_wrapped(|ui| {
            let button = Button::new(word).kind(Kind::Primary).disabled_because(why_not);
            let go = (button.show(ui).clicked() || enter) && !busy;
            let close = Button::new(text::CANCEL).show(ui).clicked();
            if go && !self.right() {
                // What is typed next is meant for the field that is wrong.
                fields.swap_remove(self.wrong.min(fields.len() - 1)).request_focus();
            } else if go && tries.known_last() {
                self.asks_last = true;
            } else if go {
                self.send(false, actions);
            }
            close
        })
        .inner
    }

    /// It has the right shape: a wrong one would cost a try.
    fn right(&mut self) -> bool {
        let shape = |pin: &str| (4..=8).contains(&pin.len());
        (self.wrong, self.problem) = match self.lock {
            _ if !shape(&self.pin) => (0, link::PIN_SHAPE),
            None if !shape(&self.new) => (1, link::PIN_SHAPE),
            None if self.new != self.again => (2, words::PINS_DIFFER),
            _ => (0, ""),
        };
        self.problem.is_empty()
    }

    fn send(&mut self, last_try: bool, actions: &mut Actions) {
        let pin = Secret(std::mem::take(&mut self.pin));
        let new = Secret(std::mem::take(&mut self.new));
        let command = match self.lock {
            Some(on) => SimCommand::SetPinLock { on, pin, last_try },
            None => SimCommand::ChangePin { old: pin, new, last_try },
        };
        actions.command(Command::Sim(command));
        self.again.clear();
        (self.sent, self.asks_last) = (true, false);
    }
}

/// A field with its name above it.
fn field(ui: &mut Ui, name: &str, typed: &mut String, show: bool) -> Response {
    label::above_field(ui, name);
    let field = Field::new(Id::unique(("sim setting", name)), name).width(140.0);
    let field = if show { field } else { field.password() };
    let response = field.show(ui, typed).response.response;
    typed.retain(|c| c.is_ascii_digit());
    typed.truncate(8);
    response
}

fn outcome_ui(ui: &mut Ui, cx: &ViewContext<'_>) {
    let codes = &cx.model.codes;
    let deeds =
        [(SimDeed::ChangePin, words::PIN_CHANGED), (SimDeed::PinLock, words::PIN_LOCK_CHANGED)];
    for (deed, done) in deeds {
        if codes.sim_busy(deed) {
            let color = theme::palette(ui).weak;
            ui.horizontal(|ui| {
                icon::show(ui, icons::ICON_HOURGLASS_EMPTY, 16.0, color);
                label::announce(&label::caption(ui, words::WORKING));
            });
        }
        match codes.sim_outcome(deed) {
            Some(Some(why)) => sim::problem_ui(ui, why),
            Some(None) => {
                ui.horizontal(|ui| {
                    let color = theme::palette(ui).call_text;
                    icon::show(ui, icons::ICON_CHECK_CIRCLE, 16.0, color);
                    label::announce(&label::caption(ui, done));
                });
            }
            None => {}
        }
    }
}
