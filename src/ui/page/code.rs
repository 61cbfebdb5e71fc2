//! The question before a service code that changes something at the network or on the SIM.

use super::shortcuts::dialog_frame;
use crate::phone::mmi;
use crate::ui::action::{Action, Actions};
use crate::ui::codes::masked;
use crate::ui::model::ViewContext;
use crate::ui::text;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{Button, Kind, label};
use egui::Ui;

/// Service codes of three digits that forward or bar calls (3GPP TS 22.030 annex B). Others of that
/// length belong to operators: balances and menus.
const THREE_DIGITS: [&str; 8] = ["002", "004", "330", "331", "332", "333", "351", "353"];

/// The code that waits for an answer.
#[derive(Default)]
pub struct CodePage {
    asked: Option<String>,
}

impl CodePage {
    /// The question is on the screen.
    pub fn is_open(&self) -> bool {
        self.asked.is_some()
    }

    /// Asks whether to send this code.
    pub fn ask(&mut self, code: &str) {
        self.asked = Some(code.to_owned());
    }

    /// The question, above everything.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let Some(code) = self.asked.clone() else { return };
        let width = (cx.layout.size.x - 64.0).min(340.0);
        let modal = egui::Modal::new(egui::Id::unique("service code")).frame(dialog_frame(ui));
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::SMALL;
            label::title(ui, text::call::CODE_QUESTION);
            let color = theme::palette(ui).text;
            label::styled(ui, &masked(&code), theme::mono(type_size::BODY), color);
            let meaning = mmi::read(&code).map(|mmi| text::codes::meaning(&mmi));
            if let Some(meaning) = meaning.filter(|meaning| !meaning.is_empty()) {
                label::announce(&label::strong(ui, &meaning));
            }
            label::announce(&label::body(ui, text::call::CODE_CHANGES));
            ui.add_space(space::TIGHT);
            ui.horizontal(|ui| {
                let send = Button::new(text::call::SEND_CODE)
                    .name(text::call::SEND_CODE_NOW)
                    .kind(Kind::Primary)
                    .height(36.0)
                    .show(ui)
                    .clicked();
                (send, Button::new(text::CANCEL).height(36.0).show(ui).clicked())
            })
            .inner
        });
        let (send, cancel) = response.inner;
        if send {
            actions.push(Action::ServiceCode(code));
        }
        if send || cancel || response.should_close() {
            self.asked = None;
        }
    }
}

/// True for a code that registers, erases, activates or deactivates a service or changes a PIN or
/// password: by 3GPP TS 22.030 §6.5.2 it begins with `*SC`, `**SC`, `#SC` or `##SC`, while `*#SC`
/// only asks. Codes such as `*100#` belong to the operator and go out at once.
pub fn changes_things(code: &str) -> bool {
    if code.starts_with("**") || code.starts_with("##") {
        return true;
    }
    let Some(rest) = code.strip_prefix(['*', '#']) else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (service, after) = rest.split_at(digits);
    let ends = after.starts_with(['*', '#']);
    ends && (digits == 2 || THREE_DIGITS.contains(&service))
}

#[cfg(test)]
mod tests {
    use super::changes_things;

    #[test]
    fn codes_that_change_something_are_told_from_enquiries() {
        // 3GPP TS 22.030 §6.5.2, §6.5.4, §6.6.2 and annex B.
        for code in [
            "**21*+442079460018#",
            "*21*02079460018#",
            "*21#",
            "#21#",
            "##002#",
            "*33*0000#",
            "#33*0000#",
            "*331*0000#",
            "**04*1234*4321*4321#",
            "**05*12345678*0000*0000#",
            "*03*330*0000*1111*1111#",
            "**03*330*0000*1111*1111#",
            "*43#",
        ] {
            assert!(changes_things(code), "{code}");
        }
        for code in ["*#06#", "*#21#", "*#43#", "*100#", "*100*1#", "#100#", "*123*4*5#", "1#"] {
            assert!(!changes_things(code), "{code}");
        }
    }
}
