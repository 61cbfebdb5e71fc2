//! File dialogs: the native one on a thread of its own, and a typed path where there is none.

use super::shortcuts::dialog_frame;
use crate::phone::ExportFormat;
use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::text;
use crate::ui::theme::space;
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, label};
use egui::Ui;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

/// What the file is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Read contacts.
    Import,
    /// Write contacts.
    Export,
    /// Read a list of people.
    Table,
    /// Write a conversation.
    Chat(ExportFormat),
    /// Write the AT traffic.
    Record,
    /// Play recorded AT traffic.
    Replay,
}

/// How a file is asked for. Tests put their own in.
pub type Chooser = fn(Purpose) -> Option<PathBuf>;

/// The dialog under way.
pub struct Files {
    chooser: Chooser,
    waiting: Option<Waiting>,
    typing: Option<Purpose>,
    path: String,
}

/// A dialog that was not answered yet.
struct Waiting {
    purpose: Purpose,
    answer: Receiver<(Option<PathBuf>, Duration)>,
}

/// No person cancels a dialog that fast: there is none on this desktop.
const NO_DIALOG: Duration = Duration::from_secs(1);

impl Default for Files {
    fn default() -> Self {
        Files { chooser: native, waiting: None, typing: None, path: String::new() }
    }
}

impl Files {
    /// Asks in another way than by the system's dialog.
    pub fn set_chooser(&mut self, chooser: Chooser) {
        self.chooser = chooser;
    }

    /// The dialog for typing a path is on the screen.
    pub fn is_open(&self) -> bool {
        self.typing.is_some()
    }

    /// Opens the system's dialog, which may take as long as it likes: the window goes on.
    pub fn ask(&mut self, purpose: Purpose, ctx: &egui::Context) {
        if self.waiting.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let (chooser, ctx) = (self.chooser, ctx.clone());
        let thread = std::thread::Builder::new().name("file dialog".to_owned()).spawn(move || {
            let asked = Instant::now();
            let path = chooser(purpose);
            // The window may be gone when the dialog is answered.
            let _ = sender.send((path, asked.elapsed()));
            ctx.request_repaint();
        });
        match thread {
            Ok(_) => self.waiting = Some(Waiting { purpose, answer: receiver }),
            Err(_) => self.typing = Some(purpose),
        }
    }

    /// Takes an answer in; offers to type the path where no dialog can appear.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        if let Some(waiting) = &self.waiting {
            let purpose = waiting.purpose;
            match waiting.answer.try_recv() {
                Ok((Some(path), _)) => {
                    actions.push(Files::action(purpose, path));
                    self.waiting = None;
                }
                Ok((None, took)) => {
                    self.waiting = None;
                    self.typing = (took < NO_DIALOG).then_some(purpose);
                }
                Err(TryRecvError::Disconnected) => {
                    self.waiting = None;
                    self.typing = Some(purpose);
                }
                Err(TryRecvError::Empty) => {}
            }
        }
        if let Some(purpose) = self.typing {
            self.path_ui(ui, cx, purpose, actions);
        }
    }

    fn path_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        purpose: Purpose,
        actions: &mut Actions,
    ) {
        let width = (cx.layout.size.x - 64.0).min(420.0);
        let (title, word) = match purpose {
            Purpose::Import => (text::IMPORT, text::READ_FILE),
            Purpose::Export => (text::EXPORT, text::WRITE_FILE),
            Purpose::Table => (text::sending::CHOOSE_FILE, text::sending::READ_LIST),
            Purpose::Chat(_) => (text::talk::EXPORT, text::WRITE_FILE),
            Purpose::Record => (text::console::RECORD, text::console::START),
            Purpose::Replay => (text::console::OPEN_RECORDING, text::console::OPEN),
        };
        let modal = egui::Modal::new(egui::Id::unique("path")).frame(dialog_frame(ui));
        let mut done = false;
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::SMALL;
            label::title(ui, title.trim_end_matches('…'));
            label::body(ui, text::NO_FILE_CHOSEN);
            label::caption(ui, text::TYPE_THE_PATH);
            let output = Field::new(egui::Id::unique("path field"), text::PATH)
                .hint(match purpose {
                    Purpose::Table => "people.csv",
                    Purpose::Chat(format) => chat_file(format),
                    Purpose::Import | Purpose::Export => "contacts.vcf",
                    Purpose::Record | Purpose::Replay => RECORDING_FILE,
                })
                .show(ui, &mut self.path);
            let field = output.response.response;
            if self.path.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            let enter = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
            ui.horizontal(|ui| {
                let go = Button::new(word).kind(Kind::Primary).height(36.0).show(ui).clicked();
                if (go || enter) && !self.path.trim().is_empty() {
                    let path = PathBuf::from(self.path.trim());
                    actions.push(Files::action(purpose, path));
                    done = true;
                }
                done |= Button::new(text::CANCEL).height(36.0).show(ui).clicked();
            });
        });
        if done || response.should_close() {
            self.typing = None;
            self.path.clear();
        }
    }
}

/// The system's dialog. `None` when cancelled or when there is none.
fn native(purpose: Purpose) -> Option<PathBuf> {
    let dialog = match purpose {
        Purpose::Table => rfd::FileDialog::new().add_filter("CSV", &["csv", "tsv", "txt"]),
        Purpose::Chat(_) => rfd::FileDialog::new(),
        Purpose::Record | Purpose::Replay => {
            rfd::FileDialog::new().add_filter("Recording", &["at", "txt"])
        }
        _ => rfd::FileDialog::new().add_filter("vCard", &["vcf", "vcard"]),
    };
    match purpose {
        Purpose::Import => {
            dialog.add_filter("All files", &["*"]).set_title("Import contacts").pick_file()
        }
        Purpose::Table => {
            dialog.add_filter("All files", &["*"]).set_title("Choose a list of people").pick_file()
        }
        Purpose::Chat(format) => {
            dialog.set_title("Export conversation").set_file_name(chat_file(format)).save_file()
        }
        Purpose::Record => {
            dialog.set_title("Record the AT traffic").set_file_name(RECORDING_FILE).save_file()
        }
        Purpose::Replay => {
            dialog.add_filter("All files", &["*"]).set_title("Open a recording").pick_file()
        }
        Purpose::Export => {
            dialog.set_title("Export contacts").set_file_name("contacts.vcf").save_file()
        }
    }
}

/// The name offered for recorded traffic.
const RECORDING_FILE: &str = "modem.at";

/// The name offered for a conversation.
fn chat_file(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Text => "conversation.txt",
        ExportFormat::Csv => "conversation.csv",
        ExportFormat::Json => "conversation.json",
    }
}
