//! Fonts of the system for scripts that the text font lacks: on one baseline with it, semi-bold
//! where the text is, and none that is known to be broken.

use super::FontFiles;
use super::metrics::{self, Metrics};
use crate::ui::theme::STRONG;
use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui::{FontData, FontFamily, FontTweak};
use egui_system_font_provider::SystemFontProvider;
use std::path::PathBuf;

/// Families that put marks where they can't be read, each with the file to take instead. The mark
/// lookup of Noto Looped Thai moves tone marks down onto the vowel below them.
const BROKEN: &[(&str, &str)] = &[("Noto Looped Thai", "NotoSansThai")];
/// Endings of the names of semi-bold and bold files, most wanted first.
const BOLD: &[&str] = &["-SemiBold", "-Bold"];
/// The farthest that letters are moved, as a part of their size.
const MOST: f32 = 0.3;

/// Asks the system, and makes what it answers fit.
pub struct Discovered {
    system: SystemFontProvider,
    files: FontFiles,
    text: Option<Metrics>,
}

impl Discovered {
    /// For a text font with these metrics.
    pub fn new(files: FontFiles, text: Option<Metrics>) -> Self {
        Discovered { system: SystemFontProvider::new(), files, text }
    }

    /// The file to take in place of a family of the system's choice.
    fn instead(&self, found: &str, strong: bool) -> Option<PathBuf> {
        // The provider names what it finds `system:FAMILY:…`.
        let family = found.strip_prefix("system:")?.split(':').next()?;
        let broken = BROKEN.iter().find(|(name, _)| *name == family);
        let stem = broken.map_or_else(|| family.replace(' ', ""), |(_, stem)| (*stem).to_owned());
        let bold = BOLD.iter().filter(|_| strong).map(|ending| format!("{stem}{ending}"));
        let regular = broken.map(|_| format!("{stem}-Regular"));
        bold.chain(regular).find_map(|name| self.files.first(&[name.as_str()]).map(PathBuf::from))
    }
}

impl FontProvider for Discovered {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let mut insert = self.system.font_for(request)?;
        let strong = matches!(request.family, FontFamily::Name(name) if name.as_ref() == STRONG);
        if let Some(path) = self.instead(&insert.name, strong)
            && let Some(data) = super::load(&path)
        {
            insert.name = format!("file:{}", path.display());
            insert.data = data;
        }
        let found = metrics::read(insert.data.bytes(), insert.data.index);
        if let (Some(text), Some(found)) = (self.text, found) {
            insert.data = on_the_baseline(insert.data, text, found);
        }
        Some(insert)
    }
}

/// The toolkit puts the middles of lines on one height, whatever their baselines: this moves the
/// letters of another font onto the baseline of the text.
fn on_the_baseline(data: FontData, text: Metrics, found: Metrics) -> FontData {
    let down = shift(text, found);
    let tweak = FontTweak { y_offset_factor: down, ..data.tweak.clone() };
    data.tweak(tweak)
}

/// How far down, as a part of the size.
fn shift(text: Metrics, found: Metrics) -> f32 {
    let baseline = found.ascent + (text.height - found.height) / 2.0;
    (text.ascent - baseline).clamp(-MOST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_script_come_down_to_the_baseline() {
        // Noto Sans and Noto Sans Devanagari as their hhea tables have them, in em.
        let text = Metrics { ascent: 1.069, height: 1.362 };
        let devanagari = Metrics { ascent: 0.896, height: 1.304 };
        assert!((shift(text, devanagari) - 0.144).abs() < 0.001);
        assert_eq!(shift(text, text), 0.0);
        let absurd = Metrics { ascent: -40.0, height: 3.0 };
        assert!((shift(text, absurd) - MOST).abs() < 1e-6);
    }

    #[test]
    fn a_broken_family_is_replaced_and_a_bold_one_is_found_by_name() {
        let mut files = FontFiles::default();
        for name in ["NotoSansThai-Regular", "NotoSansArabic-Regular", "NotoSansArabic-Bold"] {
            files.0.insert(name.into(), format!("/f/{name}.ttf").into());
        }
        let fonts = Discovered { system: SystemFontProvider::new(), files, text: None };
        let instead = |found: &str, strong: bool| {
            fonts.instead(found, strong).map(|path| path.display().to_string())
        };
        let thai = Some("/f/NotoSansThai-Regular.ttf".to_owned());
        assert_eq!(instead("system:Noto Looped Thai:3:0", false), thai);
        assert_eq!(instead("system:Noto Looped Thai:3:0", true), thai, "there is no bold one");
        assert_eq!(instead("system:Noto Sans Arabic:1:0", false), None, "as the system chose");
        let bold = Some("/f/NotoSansArabic-Bold.ttf".to_owned());
        assert_eq!(instead("system:Noto Sans Arabic:1:0", true), bold);
        assert_eq!(instead("other", true), None);
    }
}
