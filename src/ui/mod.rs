//! The window: what it shows is made from events alone, what is clicked becomes a command.
//!
//! [`App::logic`] takes events in, [`App::ui`] draws and then carries out what the views pushed.
//! Views read a [`ViewContext`] and push [`Action`]s; only [`App::run`] sends commands.

pub mod action;
mod bidi;
pub mod blocking;
pub mod call_notes;
pub mod calling;
pub mod codes;
mod desktop;
pub mod ended;
pub mod fonts;
mod keyboard;
pub mod layout;
pub mod links;
pub mod model;
pub mod notify;
pub mod otp;
pub mod page;
mod run;
pub mod safe_text;
pub mod sending;
pub mod talk;
pub mod text;
pub mod theme;
pub mod timeline;
pub mod widget;
pub mod window;

use crate::clock::{Clock, Instant};
use crate::engine::EngineClient;
use crate::phone::{Command, Query, Settings, ThreadId};
use action::{Action, Actions};
use layout::{Layout, Width};
pub use model::{Model, ViewContext};
use notify::{Alerts, Notify};
use page::{Pages, Part, View};
use std::time::Duration;
pub use window::{Waker, run};

/// Longest time spent on events before a frame is drawn.
const EVENTS_PER_FRAME: Duration = Duration::from_millis(10);

/// The window's own state around the model.
pub struct App {
    engine: Box<dyn EngineClient>,
    clock: Box<dyn Clock>,
    model: Model,
    view: View,
    pages: Pages,
    actions: Actions,
    applied: Option<Settings>,
    marked: Vec<(ThreadId, u32)>,
    kept_unread: Option<ThreadId>,
    marked_calls: u32,
    rang: bool,
    last_tick: Instant,
    alerts: Alerts,
    notify: Option<Notify>,
}

impl App {
    /// A window on this engine. The clock must be the engine's (copies of one clock agree).
    pub fn new(mut engine: Box<dyn EngineClient>, clock: Box<dyn Clock>) -> Self {
        let mut model = Model::default();
        model.history_query = Some(engine.query(Query::Calls { limit: model::HISTORY_LIMIT }));
        App {
            engine,
            clock,
            model,
            view: View::default(),
            pages: Pages::default(),
            actions: Actions::default(),
            applied: None,
            marked: Vec::new(),
            kept_unread: None,
            marked_calls: 0,
            rang: false,
            last_tick: Instant::ZERO,
            alerts: Alerts::default(),
            notify: None,
        }
    }

    /// What the window knows.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Which page and list are open.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Asks for files in another way than by the system's dialog.
    pub fn set_file_chooser(&mut self, chooser: page::files::Chooser) {
        self.pages.files.set_chooser(chooser);
    }

    /// Shows notifications in this way; without it there are none.
    pub fn set_notify(&mut self, notify: Notify) {
        self.notify = Some(notify);
    }

    /// Takes events in and asks for the next repaint. Runs while the window is hidden, too.
    pub fn logic(&mut self, ctx: &egui::Context) {
        let started = self.clock.now();
        while let Some(event) = self.engine.try_event() {
            let now = self.clock.now();
            self.model.apply(&event, now);
            let wanted = self.model.phone.settings.notifications;
            // What comes while this window is in front is remembered, so as not to be told later.
            if let Some(notification) = self.alerts.of(&event, &self.model)
                && let Some(notify) = &self.notify
                && wanted
                && !ctx.input(|input| input.focused)
            {
                notify(notification);
            }
            if now.since(started) > EVENTS_PER_FRAME {
                ctx.request_repaint();
                break;
            }
        }
        if self.model.refresh() {
            self.follow_contacts();
        }
        let now = self.clock.now();
        self.last_tick = now;
        self.apply_settings(ctx);
        self.follow_sending();
        self.follow_detail();
        self.follow_codes(ctx);
        self.pages.conversation.follow(&mut self.model, now, &mut self.actions);
        if ctx.input(attended) {
            self.model.attended(&widget::ended_card::drawn(ctx), now);
        }
        if let Some(after) = self.model.expire(now) {
            ctx.request_repaint_after(after);
        }
        if let Some(after) = self.model.next_second(now) {
            ctx.request_repaint_after(after);
        }
        self.attract_attention(ctx);
        self.mark_seen(ctx);
    }

    /// Draws the window, then carries out what was asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let layout = Layout::of(ui.ctx().content_rect().size());
        let cx = ViewContext {
            model: &self.model,
            now: self.clock.now(),
            wall_time: self.clock.wall_time(),
            layout,
        };
        let trace = self.engine.trace();
        keyboard::handle(ui.ctx(), &cx, &mut self.view, &mut self.pages, &mut self.actions);
        page::window_ui(ui, &cx, &mut self.view, &mut self.pages, trace, &mut self.actions);
        if let Some(after) = self.pages.conversation.save_due(cx.now, &mut self.actions) {
            ui.ctx().request_repaint_after(after);
        }
        for action in self.actions.take() {
            self.run(ui.ctx(), action);
            // What was asked for is shown at once, not at the next move of the pointer.
            ui.ctx().request_repaint();
        }
    }

    /// Called when the window closes: nothing typed is lost.
    pub fn close(&mut self, ctx: &egui::Context) {
        self.pages.conversation.save_now(&mut self.actions);
        for action in self.actions.take() {
            self.run(ctx, action);
        }
    }

    fn apply_settings(&mut self, ctx: &egui::Context) {
        let settings = &self.model.phone.settings;
        let changed = self.applied.as_ref().is_none_or(|applied| {
            applied.theme != settings.theme
                || applied.text_size_percent != settings.text_size_percent
        });
        if changed {
            ctx.set_theme(theme::preference(settings.theme));
            let percent = settings.text_size_percent.clamp(75, 200);
            ctx.set_zoom_factor(f32::from(percent) / 100.0);
            self.applied = Some(settings.clone());
            // The frame under way was begun in the old colours.
            ctx.request_repaint();
        }
    }

    /// Makes the window's icon blink for a call while another window is in front.
    fn attract_attention(&mut self, ctx: &egui::Context) {
        let rings = self.model.phone.ringing_call().is_some();
        if rings && !self.rang && !ctx.input(|input| input.focused) {
            let kind = egui::UserAttentionType::Critical;
            ctx.send_viewport_cmd(egui::ViewportCommand::RequestUserAttention(kind));
        }
        self.rang = rings;
    }

    /// Texts and missed calls that are on the screen of a window in front count as seen.
    fn mark_seen(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.focused) {
            return;
        }
        let layout = Layout::of(ctx.content_rect().size());
        let page_in_sight = layout.width != Width::Narrow || self.view.part == Part::Page;
        let lists_in_sight = layout.width != Width::Narrow || self.view.part == Part::Lists;
        self.mark_texts_seen(page_in_sight);
        let missed = self.model.phone.missed_calls;
        let seen = self.view.list == action::List::Recents && lists_in_sight;
        if missed == 0 {
            self.marked_calls = 0;
        } else if seen && self.marked_calls != missed {
            self.marked_calls = missed;
            self.send_quietly(Command::MarkCallsSeen);
        }
    }
}

/// Somebody sits before this window: it is in front, and the pointer moves or keys are pressed.
fn attended(input: &egui::InputState) -> bool {
    use egui::Event::{Key, MouseWheel, PointerButton, PointerMoved, Text};
    let mut events = input.events.iter();
    let pointer = |event: &egui::Event| {
        matches!(event, MouseWheel { .. } | PointerButton { .. } | PointerMoved(_))
    };
    let acts = |event: &egui::Event| pointer(event) || matches!(event, Key { .. } | Text(_));
    input.focused && events.any(acts)
}

/// Pushes an action if the button was clicked.
fn on_click(response: &egui::Response, actions: &mut Actions, action: Action) {
    if response.clicked() {
        actions.push(action);
    }
}
