//! The fonts of the window: the desktop's own font where it can be found, its semi-bold sibling,
//! icons, colour emoji, and any other script on demand.

mod discovered;
mod metrics;

use super::theme::STRONG;
use discovered::Discovered;
use egui::epaint::text::{
    FallbackRequest, FontInsert, FontPriority, FontProvider, InsertFontFamily, VariationCoords,
};
use egui::{FontData, FontDefinitions, FontFamily};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// Most directories looked into: a broken link can't make the search long.
const MAX_DIRECTORIES: usize = 2_000;
/// Deepest directory looked into.
const MAX_DEPTH: usize = 6;

/// Where the system has no font: the toolkit's own is too thin for body text. Subsets of Inter
/// under the SIL Open Font License, see `assets/fonts/OFL.txt`.
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// Fonts by file name, without the ending, most wanted first: regular and semi-bold or bold. One
/// name twice is a variable font.
const LINUX: &[(&str, &str)] = &[
    ("AdwaitaSans-Regular", "AdwaitaSans-Regular"),
    ("Inter-Regular", "Inter-SemiBold"),
    ("InterVariable", "InterVariable"),
    ("Cantarell-VF", "Cantarell-VF"),
    ("Cantarell-Regular", "Cantarell-Bold"),
    ("Ubuntu-R", "Ubuntu-M"),
    ("Ubuntu[wdth,wght]", "Ubuntu[wdth,wght]"),
    ("NotoSans-Regular", "NotoSans-SemiBold"),
    ("NotoSans-Regular", "NotoSans-Bold"),
    ("NotoSans[wdth,wght]", "NotoSans[wdth,wght]"),
    ("OpenSans-Regular", "OpenSans-SemiBold"),
    ("Roboto-Regular", "Roboto-Medium"),
    ("DejaVuSans", "DejaVuSans-Bold"),
    ("LiberationSans-Regular", "LiberationSans-Bold"),
];
const WINDOWS: &[(&str, &str)] =
    &[("segoeui", "seguisb"), ("segoeui", "segoeuib"), ("arial", "arialbd")];
const MACOS: &[(&str, &str)] = &[("SFNS", "SFNS"), ("Arial", "Arial Bold")];
/// Fixed width, for the console.
const FIXED: &[&str] = &[
    "AdwaitaMono-Regular",
    "JetBrainsMono-Regular",
    "NotoSansMono-Regular",
    "DejaVuSansMono",
    "consola",
    "SFNSMono",
];
/// Colour emoji.
const EMOJI: &[&str] =
    &["NotoColorEmoji", "Noto-COLRv1", "seguiemj", "Apple Color Emoji", "TwitterColorEmoji"];

/// The name of the system's text font among the definitions.
const SYSTEM_TEXT: &str = "system-text";

/// Sets all fonts up, with those of the system.
pub fn install(ctx: &egui::Context) {
    Found::look().install(ctx);
}

/// The fonts of the system while they are looked for and read, some 13 MB, on a thread of their
/// own: meanwhile the window can be opened.
pub struct Reading(Option<JoinHandle<Found>>);

impl Reading {
    /// Begins.
    pub fn begin() -> Self {
        let thread = std::thread::Builder::new().name("fonts".to_owned());
        // Without a thread they are read when they are needed.
        Reading(thread.spawn(Found::look).ok())
    }

    /// Sets all fonts up, as [`install`] does.
    pub fn install(self, ctx: &egui::Context) {
        let found = self.0.and_then(|thread| thread.join().ok());
        found.unwrap_or_else(Found::look).install(ctx);
    }
}

/// What there is.
struct Found {
    definitions: FontDefinitions,
    emoji: Option<PathBuf>,
    discovered: Discovered,
}

impl Found {
    fn look() -> Self {
        let files = FontFiles::find(&font_directories());
        let definitions = definitions(&files);
        let text = match definitions.font_data.get(SYSTEM_TEXT) {
            Some(font) => metrics::read(font.bytes(), font.index),
            None => metrics::read(REGULAR, 0),
        };
        let emoji = files.first(EMOJI).map(Path::to_owned);
        Found { definitions, emoji, discovered: Discovered::new(files, text) }
    }

    fn install(self, ctx: &egui::Context) {
        ctx.set_fonts(self.definitions);
        // Before the system's fonts: those would draw emoji in black and white if any of them can.
        if let Some(path) = self.emoji {
            ctx.add_font_provider(Arc::new(Emoji::new(path)));
        }
        ctx.add_font_provider(Arc::new(self.discovered));
    }
}

/// Sets up only the fonts that are part of the program: the same on every machine, for tests.
pub fn install_builtin(ctx: &egui::Context) {
    ctx.set_fonts(definitions(&FontFiles::default()));
}

/// The font files of the system, by name without ending.
#[derive(Default)]
struct FontFiles(std::collections::BTreeMap<String, PathBuf>);

impl FontFiles {
    fn find(directories: &[PathBuf]) -> Self {
        let mut files = FontFiles::default();
        let mut todo: Vec<(PathBuf, usize)> =
            directories.iter().rev().map(|dir| (dir.clone(), 0)).collect();
        let mut visited = 0;
        while let Some((directory, depth)) = todo.pop() {
            visited += 1;
            let Ok(entries) = std::fs::read_dir(&directory) else { continue };
            if visited > MAX_DIRECTORIES {
                break;
            }
            for entry in entries.flatten() {
                let path = entry.path();
                let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if is_directory && depth < MAX_DEPTH {
                    todo.push((path, depth + 1));
                } else if is_font(&path)
                    && let Some(name) = path.file_stem().and_then(|name| name.to_str())
                {
                    files.0.entry(name.to_owned()).or_insert(path);
                }
            }
        }
        files
    }

    fn first(&self, names: &[&str]) -> Option<&Path> {
        names.iter().find_map(|name| self.0.get(*name)).map(PathBuf::as_path)
    }

    /// The text font and its semi-bold sibling.
    fn text(&self) -> Option<(&Path, &Path)> {
        preferred()
            .iter()
            .find_map(|(regular, bold)| Some((self.first(&[regular])?, self.first(&[bold])?)))
    }
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The fonts to look for, the desktop's own first.
fn preferred() -> Vec<(&'static str, &'static str)> {
    if cfg!(windows) {
        return WINDOWS.to_vec();
    }
    if cfg!(target_os = "macos") {
        return MACOS.to_vec();
    }
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default().to_lowercase();
    let own = match () {
        () if desktop.contains("ubuntu") => "Ubuntu",
        () if desktop.contains("kde") => "NotoSans",
        () if desktop.contains("gnome") => "Adwaita",
        () => "",
    };
    let (mut first, rest): (Vec<_>, Vec<_>) =
        LINUX.iter().copied().partition(|(name, _)| !own.is_empty() && name.starts_with(own));
    first.extend(rest);
    first
}

/// Where each platform keeps fonts.
fn font_directories() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let in_home = |path: &str| home.as_ref().map(|home| home.join(path));
    let mut directories: Vec<Option<PathBuf>> = Vec::new();
    if cfg!(windows) {
        let root = std::env::var_os("SystemRoot").unwrap_or_else(|| "C:\\Windows".into());
        directories.push(Some(PathBuf::from(root).join("Fonts")));
    } else if cfg!(target_os = "macos") {
        directories.push(Some("/System/Library/Fonts".into()));
        directories.push(Some("/Library/Fonts".into()));
        directories.push(in_home("Library/Fonts"));
    } else {
        directories.push(in_home(".local/share/fonts"));
        directories.push(in_home(".fonts"));
        directories.push(Some("/usr/local/share/fonts".into()));
        directories.push(Some("/usr/share/fonts".into()));
    }
    directories.into_iter().flatten().collect()
}

fn load(path: &Path) -> Option<FontData> {
    std::fs::read(path).ok().map(FontData::from_owned)
}

fn definitions(files: &FontFiles) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let mut regular_chain = vec!["Inter".to_owned()];
    let mut strong_chain = vec!["Inter semi-bold".to_owned()];
    fonts.font_data.insert("Inter".to_owned(), Arc::new(FontData::from_static(REGULAR)));
    let strong_data = FontData::from_static(SEMI_BOLD);
    fonts.font_data.insert("Inter semi-bold".to_owned(), Arc::new(strong_data));
    if let Some((regular, bold)) = files.text()
        && let (Some(regular_data), Some(bold_data)) = (load(regular), load(bold))
    {
        let bold_data = if regular == bold { semi_bold(bold_data) } else { bold_data };
        fonts.font_data.insert(SYSTEM_TEXT.to_owned(), Arc::new(regular_data));
        fonts.font_data.insert("system-strong".to_owned(), Arc::new(bold_data));
        regular_chain.insert(0, SYSTEM_TEXT.to_owned());
        strong_chain.insert(0, "system-strong".to_owned());
    }
    let mut builtin = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    if files.first(EMOJI).is_some() {
        // The toolkit's black and white ones would be found first.
        builtin.retain(|name| !name.to_lowercase().contains("emoji"));
    }
    // Here and not found on demand: a font found for some other script may have emoji in black and
    // white, which nobody would look beyond.
    if let Some(data) = files.first(EMOJI).and_then(load) {
        fonts.font_data.insert("emoji".to_owned(), Arc::new(data));
        regular_chain.push("emoji".to_owned());
        strong_chain.push("emoji".to_owned());
    }
    regular_chain.extend(builtin.iter().cloned());
    strong_chain.extend(builtin);
    fonts.families.insert(FontFamily::Proportional, regular_chain);
    fonts.families.insert(FontFamily::Name(STRONG.into()), strong_chain);
    if let Some(data) = files.first(FIXED).and_then(load) {
        fonts.font_data.insert("system-fixed".to_owned(), Arc::new(data));
        let family = fonts.families.entry(FontFamily::Monospace).or_default();
        family.insert(0, "system-fixed".to_owned());
    }
    let icons = egui_material_icons::font_insert();
    fonts.font_data.insert(icons.name.clone(), Arc::new(icons.data));
    // Only in a family of their own: a received text can't draw the program's icons.
    let family = FontFamily::Name(egui_material_icons::FONT_FAMILY.into());
    fonts.families.insert(family, vec![icons.name]);
    fonts
}

fn semi_bold(data: FontData) -> FontData {
    let tweak = egui::FontTweak {
        coords: VariationCoords::new([(b"wght", 600.0)]),
        ..egui::FontTweak::default()
    };
    data.tweak(tweak)
}

/// Draws emoji in colour. The font, some 10 MB, is read when the first one is to be shown.
struct Emoji {
    path: PathBuf,
    data: Mutex<Option<Option<FontData>>>,
}

impl Emoji {
    fn new(path: PathBuf) -> Self {
        Emoji { path, data: Mutex::new(None) }
    }
}

impl FontProvider for Emoji {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let first = request.cluster.chars().next()?;
        if !is_emoji(first) && !request.cluster.contains('\u{fe0f}') {
            return None;
        }
        // A panic while the lock is held would leave it unset, so it would be read again.
        let mut data = self.data.lock().unwrap_or_else(PoisonError::into_inner);
        let data = data.get_or_insert_with(|| load(&self.path)).clone()?;
        let family = request.family.clone();
        let families = vec![InsertFontFamily { family, priority: FontPriority::Lowest }];
        Some(FontInsert { name: "emoji".to_owned(), data, families })
    }
}

fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B1B..=0x2B55 | 0x231A..=0x23FF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_fonts_still_has_every_family() {
        let fonts = definitions(&FontFiles::find(&["/nonexistent".into()]));
        for family in [
            FontFamily::Proportional,
            FontFamily::Monospace,
            FontFamily::Name(STRONG.into()),
            FontFamily::Name(egui_material_icons::FONT_FAMILY.into()),
        ] {
            let names = fonts.families.get(&family).cloned().unwrap_or_default();
            assert!(!names.is_empty(), "{family:?}");
            assert!(names.iter().all(|name| fonts.font_data.contains_key(name)), "{family:?}");
        }
    }

    #[test]
    fn a_pair_counts_only_when_both_files_are_there() {
        let mut files = FontFiles::default();
        files.0.insert("NotoSans-Regular".into(), "/f/NotoSans-Regular.ttf".into());
        files.0.insert("DejaVuSans".into(), "/f/DejaVuSans.ttf".into());
        files.0.insert("DejaVuSans-Bold".into(), "/f/DejaVuSans-Bold.ttf".into());
        if cfg!(target_os = "linux") {
            let found = files.text().map(|(regular, _)| regular.to_owned());
            assert_eq!(found, Some(PathBuf::from("/f/DejaVuSans.ttf")));
        }
    }
}
