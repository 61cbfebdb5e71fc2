//! What a bubble shows of a text, found out once and not in every frame.

use crate::phone::{Contact, MessageKind, TextMessage};
use crate::ui::bidi::{Look, Mark};
use crate::ui::links::{self, Target};
use crate::ui::theme::Palette;
use crate::ui::{otp, safe_text, text};
use egui::Color32;
use std::ops::Range;

/// Characters shown before "Show all".
const FOLD_AT: usize = 1_500;
/// Characters of data shown before it is asked for.
const FOLD_DATA_AT: usize = 24;
/// Numbers of a contact card that are shown.
const CARD_NUMBERS: usize = 8;

/// What is known of a text.
#[derive(Debug, Default)]
pub struct Facts {
    /// The words to show, made safe; cut where it is folded.
    pub shown: String,
    /// All of them, for assistive technology.
    pub safe: String,
    /// There is more than is shown.
    pub folded: bool,
    /// Links and numbers, with their places in `shown`.
    pub targets: Vec<(Range<usize>, Target)>,
    /// What a search found, as places in `shown`.
    pub found: Vec<Range<usize>>,
    /// The code in it.
    pub code: Option<String>,
    /// The contact on a card.
    pub card: Option<Contact>,
}

impl Facts {
    /// Finds out about a text of which `marks` (octets of the original) were searched for.
    pub fn of(message: &TextMessage, marks: &[Range<usize>], unfolded: bool) -> Self {
        let card = match message.kind {
            MessageKind::ContactCard => {
                crate::vcard::read(message.text.as_bytes()).0.into_iter().next()
            }
            _ => None,
        };
        let (safe, found) = match &card {
            Some(card) => (card_lines(card), Vec::new()),
            None => safe_text::text_marked(&message.text, marks),
        };
        let limit = match message.kind {
            MessageKind::Data => FOLD_DATA_AT,
            _ => FOLD_AT,
        };
        let cut = safe.char_indices().nth(limit).map(|(at, _)| at).filter(|_| !unfolded);
        let shown = match cut {
            Some(cut) => format!("{}…", &safe[..cut]),
            None => safe.clone(),
        };
        let end = cut.unwrap_or(shown.len());
        let incoming = !matches!(message.direction, crate::phone::Direction::MobileOriginated);
        let plain = !matches!(message.kind, MessageKind::Data | MessageKind::Unreadable);
        let mut targets = if plain { links::find(&shown[..end]) } else { Vec::new() };
        let code = if incoming && plain { otp::code(&message.text) } else { None };
        // The code has a button of its own; it is not to be called by mistake.
        targets.retain(|(_, target)| match target {
            Target::Number(number) => code.as_ref() != Some(number),
            Target::Link(_) => true,
        });
        let clear = |range: &Range<usize>| {
            range.end <= end
                && !targets.iter().any(|(t, _)| t.start < range.end && range.start < t.end)
        };
        let found = found.into_iter().filter(clear).collect();
        Facts { folded: cut.is_some(), shown, safe, targets, found, code, card }
    }

    /// The parts that look different: the targets first, as many as there are.
    pub fn marks(&self, p: &Palette, color: Color32) -> (Vec<Mark>, Vec<Option<usize>>) {
        let target = |(index, (range, _)): (usize, &(Range<usize>, Target))| {
            (Mark { range: range.clone(), look: Look::Link(color) }, Some(index))
        };
        let hit = |range: &Range<usize>| {
            let look = Look::Found(p.doubt_soft, p.doubt_text);
            (Mark { range: range.clone(), look }, None)
        };
        let mut marks: Vec<(Mark, Option<usize>)> =
            self.targets.iter().enumerate().map(target).collect();
        marks.extend(self.found.iter().map(hit));
        marks.sort_by_key(|(mark, _)| mark.range.start);
        marks.into_iter().unzip()
    }
}

fn card_lines(card: &Contact) -> String {
    let mut lines = vec![safe_text::line(&card.name, 100)];
    let numbers = card.numbers.iter().take(CARD_NUMBERS);
    lines.extend(numbers.map(|number| safe_text::line(number.number.as_str(), 60)));
    if !card.organization.is_empty() {
        lines.push(safe_text::line(&card.organization, 100));
    }
    lines.join("\n")
}

/// What stands above a text that is not like any other.
pub fn kind_label(kind: MessageKind) -> Option<&'static str> {
    Some(match kind {
        MessageKind::Text | MessageKind::Unreadable => return None,
        MessageKind::Flash => text::talk::FLASH,
        MessageKind::OnSim => text::talk::ON_SIM,
        MessageKind::Waiting => text::talk::WAITING,
        MessageKind::ContactCard => text::talk::CARD,
        MessageKind::Data => text::talk::DATA,
    })
}
