//! A window without a screen: the app on a fake engine and a clock that stands still.

use super::fake::{FakeClock, FakeEngine};
use deskphone::phone::{CallCommand, Command, Event, Settings};
use deskphone::ui::{App, fonts, theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

/// The window and what it is connected to.
pub struct Rig {
    pub harness: Harness<'static, App>,
    pub engine: FakeEngine,
    pub clock: FakeClock,
}

/// A window of this size with these events told before its first frame.
pub fn window(size: [f32; 2], events: impl IntoIterator<Item = Event>) -> Rig {
    window_with(size, FakeEngine::default(), events)
}

/// The same on an engine that was prepared.
pub fn window_with(
    size: [f32; 2],
    engine: FakeEngine,
    events: impl IntoIterator<Item = Event>,
) -> Rig {
    let clock = FakeClock::new();
    let settings = Settings { region: "GB".to_owned(), ..Settings::default() };
    engine.push(Event::Settings(settings));
    engine.push(Event::Region("GB".to_owned()));
    events.into_iter().for_each(|event| engine.push(event));
    let app = App::new(Box::new(engine.clone()), Box::new(clock.clone()));
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(30)
        // Other people's scripts need the system's fonts, which a test must not.
        .allow_missing_glyphs()
        .with_context_setup(|ctx| {
            fonts::install_builtin(ctx);
            theme::apply(ctx);
        })
        .build_ui_state(
            |ui, app: &mut App| {
                app.logic(ui.ctx());
                app.ui(ui);
            },
            app,
        );
    harness.run();
    Rig { harness, engine, clock }
}

/// The size of a new window.
pub const NORMAL: [f32; 2] = [1100.0, 720.0];

impl Rig {
    /// Clicks what has this name.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.harness.run();
    }

    /// Clicks one of several things of this name, from the top.
    #[track_caller]
    pub fn click_nth(&mut self, name: &str, at: usize) {
        self.harness.query_all_by_label(name).nth(at).expect(name).click();
        self.harness.run();
    }

    /// Clicks with the other button.
    #[track_caller]
    pub fn click_secondary(&mut self, name: &str) {
        self.harness.get_by_label(name).click_secondary();
        self.harness.run();
    }

    /// Clicks a button of this name, where a label has the same words.
    #[track_caller]
    pub fn press_button(&mut self, name: &str) {
        self.harness.get_by_role_and_label(egui::Role::Button, name).click();
        self.harness.run();
    }

    /// Puts the cursor into a field and types.
    #[track_caller]
    pub fn type_into(&mut self, name: &str, text: &str) {
        self.with_field(name, |field| field.focus());
        self.harness.run();
        self.with_field(name, |field| field.type_text(text));
        self.harness.run();
    }

    #[track_caller]
    fn with_field<R>(&self, name: &str, act: impl FnOnce(&egui_kittest::Node<'_>) -> R) -> R {
        let found: Vec<_> = self.harness.query_all_by_label(name).filter(is_field).collect();
        assert_eq!(found.len(), 1, "fields named {name:?}");
        act(&found[0])
    }

    /// What is in a field.
    #[track_caller]
    pub fn value(&self, name: &str) -> String {
        self.with_field(name, |field| field.value().unwrap_or_default())
    }

    /// Types without a field.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.harness.run();
    }

    /// Presses a key.
    pub fn key(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
    }

    /// Tells the window something.
    pub fn tell(&mut self, event: Event) {
        self.engine.push(event);
        self.harness.run();
    }

    /// Is anything on the screen that has this name or says these words?
    pub fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// Where these words are painted whole, in how many lines; also what has no name of its own.
    pub fn painted(&self, words: &str) -> Vec<(egui::Rect, usize)> {
        let mut found = Vec::new();
        let mut shapes: Vec<&egui::Shape> =
            self.harness.output().shapes.iter().map(|clipped| &clipped.shape).collect();
        while let Some(shape) = shapes.pop() {
            match shape {
                egui::Shape::Vec(inner) => shapes.extend(inner),
                egui::Shape::Text(text) if text.galley.text() == words && !text.galley.elided => {
                    found.push((shape.visual_bounding_rect(), text.galley.rows.len()));
                }
                _ => {}
            }
        }
        found
    }

    /// How many buttons are filled with this colour: frames as high as one can press.
    pub fn filled(&self, color: egui::Color32) -> usize {
        let is = |shape: &egui::Shape| match shape {
            egui::Shape::Rect(rect) => rect.fill == color && rect.rect.height() >= 24.0,
            _ => false,
        };
        let shapes = self.harness.output().shapes.iter().map(|clipped| &clipped.shape);
        shapes.filter(|shape| is(shape)).count()
    }

    /// How many things have this name.
    pub fn count(&self, name: &str) -> usize {
        self.harness.query_all_by_label(name).count()
    }

    /// The number of the last thing the engine was asked for, which is a call.
    #[track_caller]
    pub fn dialed(&self) -> String {
        match self.last() {
            Command::Call(CallCommand::Dial(dial)) => dial.number.as_str().to_owned(),
            other => panic!("no call but {other:?}"),
        }
    }

    /// The last thing the engine was asked for.
    #[track_caller]
    pub fn last(&self) -> Command {
        self.engine.commands().pop().expect("a command")
    }
}

fn is_field(node: &egui_kittest::Node<'_>) -> bool {
    matches!(
        node.accesskit_node().role(),
        egui::Role::TextInput | egui::Role::MultilineTextInput | egui::Role::PasswordInput
    )
}
