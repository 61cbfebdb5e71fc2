//! What a text is made of: how many segments, in which alphabet, which characters are to blame;
//! and the button that replaces them.

use crate::phone::Settings;
use crate::sms::{self, Alphabet, Encoding, PlainText, SegmentInfo};
use crate::ui::text::{message, sending as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{Button, Kind, label};
use egui::Ui;
use std::ops::Range;

/// Above this share of a text its characters are its script, not slips: percent.
const MOSTLY: usize = 30;

/// How the settings put texts into segments.
pub fn encoding(settings: &Settings) -> Encoding {
    Encoding {
        national_tables: settings.national_alphabets,
        wide_reference: settings.wide_references,
    }
}

/// A text looked through; done again only when it changes.
#[derive(Clone, Debug)]
pub struct Analysis {
    text: String,
    encoding: Encoding,
    /// Segments and alphabet.
    pub info: SegmentInfo,
    /// Clusters that force Unicode, as octets; empty when they are most of the text.
    pub marks: Vec<Range<usize>>,
    /// How many clusters force Unicode.
    pub forcing: usize,
    /// The text without them.
    pub plain: Option<PlainText>,
}

impl Analysis {
    /// Looks a text through.
    pub fn of(text: &str, encoding: Encoding) -> Self {
        let info = sms::count_segments(text, encoding);
        let mut marks = Vec::new();
        let mut plain = None;
        if info.alphabet == Alphabet::Ucs2 {
            marks = sms::forcing_clusters(text, encoding);
            plain = sms::plain_text(text, encoding);
        }
        let forcing = marks.len();
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        if forcing > 3 && forcing * 100 > letters * MOSTLY {
            marks.clear();
        }
        Analysis { text: text.to_owned(), encoding, info, marks, forcing, plain }
    }

    /// Looks again if text or settings are others.
    pub fn follow(&mut self, text: &str, encoding: Encoding) {
        if self.text != text || self.encoding != encoding {
            *self = Analysis::of(text, encoding);
        }
    }

    /// It is of this text.
    pub fn is_of(&self, text: &str) -> bool {
        self.text == text
    }
}

impl Default for Analysis {
    fn default() -> Self {
        Analysis::of("", Encoding::default())
    }
}

/// The line under the composer; returns the plain text when it was asked for.
pub fn ui(ui: &mut Ui, analysis: &Analysis) -> Option<String> {
    let p = theme::palette(ui);
    let info = &analysis.info;
    let costly = info.alphabet == Alphabet::Ucs2 && info.segments > info.segments_if_gsm7;
    let color = if costly { p.doubt_text } else { p.weak };
    let mut replaced = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let line = message::counter(info);
        label::styled(ui, &line, theme::font(type_size::CAPTION), color);
        if let Some(plain) = &analysis.plain {
            let word = words::replace(plain, analysis.forcing, info);
            let tip = words::pairs(plain);
            let button = Button::new(&word).kind(Kind::Quiet).height(22.0).tip(&tip).show(ui);
            if button.clicked() {
                replaced = Some(plain.text.clone());
            }
        }
    });
    replaced
}
