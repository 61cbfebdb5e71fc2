//! The pages, and the window they stand in.

pub mod batch;
pub mod call;
pub mod call_detail;
pub mod call_dialog;
pub mod call_settings;
pub mod chats;
pub mod code;
pub mod codes;
pub mod composer;
pub mod console;
pub mod contact;
pub mod contacts;
pub mod conversation;
pub mod counter;
pub mod dialer;
pub mod files;
pub mod flash;
pub mod found;
pub mod list;
pub mod modem_settings;
pub mod number_offers;
pub mod outbox;
pub mod picker;
pub mod pin;
pub mod recents;
pub mod recipients;
pub mod send_options;
pub mod services;
pub mod settings;
pub mod shortcuts;
pub mod sim;
pub mod sim_settings;
pub mod strip;
pub mod templates;
pub mod text_settings;
pub mod top_bar;
pub mod voicemail;
pub mod who;

use super::action::{Action, Actions, List, Page};
use super::layout::Width;
use super::model::ViewContext;
use super::text;
use super::theme::{self, size, space, type_size};
use super::widget::{icon, icon::icons, row, toast};
use crate::clock::Instant;
use crate::engine::TraceLog;
use egui::{Align2, CentralPanel, Color32, CornerRadius, Frame, Margin, Panel, Rect, Role, Sense};
use egui::{Stroke, Ui, Vec2, WidgetInfo};

/// Which part a narrow window shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Part {
    /// Chats, contacts, recent calls.
    #[default]
    Lists,
    /// The page in the middle.
    Page,
    /// The call and the dialpad.
    Call,
}

/// What is open.
#[derive(Debug, Default)]
pub struct View {
    /// The list on the left.
    pub list: List,
    /// The page in the middle.
    pub page: Page,
    /// The part a narrow window shows.
    pub part: Part,
    /// The dialpad is open over the page (medium width).
    pub drawer: bool,
    /// The port picker is open.
    pub picker: bool,
    /// The sheet of shortcuts is open.
    pub shortcuts: bool,
    /// The picker opened by itself, which it does once.
    pub picker_offered: bool,
    /// When Esc was pressed once while a call rings.
    pub reject_pressed: Option<Instant>,
}

/// The pages' own state: what is typed and not yet asked for.
#[derive(Default)]
pub struct Pages {
    /// Search above the lists.
    pub who: who::WhoPage,
    /// The dialpad.
    pub dialer: dialer::DialerPage,
    /// Service codes and folded evidence.
    pub call: call::CallPage,
    /// Conversation and composer.
    pub conversation: conversation::ConversationPage,
    /// Contact being edited.
    pub contact: contact::ContactPage,
    /// AT traffic.
    pub console: console::ConsolePage,
    /// Settings.
    pub settings: settings::SettingsPage,
    /// Port picker.
    pub picker: picker::PickerPage,
    /// PIN dialog.
    pub pin: pin::PinPage,
    /// Question before a service code.
    pub code: code::CodePage,
    /// Dialogue of service codes.
    pub codes: codes::CodesPage,
    /// Services of the network.
    pub services: services::ServicesPage,
    /// Phonebook of the SIM.
    pub sim: sim::SimPage,
    /// Questions about calls.
    pub call_dialog: call_dialog::CallDialog,
    /// The page of one call.
    pub call_detail: call_detail::CallDetailPage,
    /// File dialogs.
    pub files: files::Files,
    /// A text for each line of a file.
    pub list: list::ListPage,
}

impl Pages {
    /// Another page opens: PINs and passwords that were typed are forgotten.
    pub fn forget_secrets(&mut self) {
        self.settings.close();
        self.services.close();
        self.sim.close();
    }
}

/// Draws the whole window.
pub fn window_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    trace: &TraceLog,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    ui.painter().rect_filled(ui.max_rect(), 0.0, p.base);
    offer_picker(cx, view);
    top_bar::top_bar_ui(ui, cx, view, pages, actions);
    top_bar::banner_ui(ui, cx, view, actions);
    strip::auto_answer_ui(ui, cx, actions);
    strip::strips_ui(ui, cx, view.call_in_sight(cx.layout.width), actions);
    if cx.layout.width == Width::Narrow {
        narrow_ui(ui, cx, view, pages, trace, actions);
    } else {
        columns_ui(ui, cx, view, pages, trace, actions);
    }
    let console_in_sight =
        view.page == Page::Console && (cx.layout.width != Width::Narrow || view.part == Part::Page);
    pages.console.set_watching(trace, console_in_sight);
    overlays_ui(ui, cx, view, pages, actions);
}

/// Opens the picker at the start, when no modem is known and the page that holds it is not on the
/// screen.
fn offer_picker(cx: &ViewContext<'_>, view: &mut View) {
    let phone = &cx.model.phone;
    let narrow = cx.layout.width == Width::Narrow;
    let known = phone.link.address().is_some() || phone.settings.last_address.is_some();
    if !view.picker_offered && !phone.ports.is_empty() {
        view.picker_offered = true;
        view.picker = narrow && !known;
    }
}

impl View {
    /// True while the column of the call is on the screen.
    pub fn call_in_sight(&self, width: Width) -> bool {
        match width {
            Width::Wide => true,
            Width::Medium => self.drawer,
            Width::Narrow => self.part == Part::Call,
        }
    }
}

fn side_frame(fill: Color32) -> Frame {
    Frame::new().fill(fill)
}

fn columns_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    trace: &TraceLog,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let top = ui.available_rect_before_wrap().top();
    Panel::left("who")
        .exact_size(cx.layout.who())
        .resizable(false)
        .show_separator_line(false)
        .frame(side_frame(p.panel))
        .show(ui, |ui| pages.who.ui(ui, cx, view, actions));
    // The page before the column on its right: Tab goes in the order of reading.
    let mut middle = ui.available_rect_before_wrap();
    if cx.layout.width == Width::Wide {
        middle.max.x -= size::CALL;
    }
    let mut page = ui.new_child(egui::UiBuilder::new().id_salt("page").max_rect(middle));
    page.set_clip_rect(middle.intersect(ui.clip_rect()));
    CentralPanel::no_frame()
        .frame(side_frame(p.base))
        .show(&mut page, |ui| page_ui(ui, cx, view, pages, trace, actions));
    if cx.layout.width == Width::Wide {
        Panel::right("call")
            .exact_size(size::CALL)
            .resizable(false)
            .show_separator_line(false)
            .frame(side_frame(p.panel))
            .show(ui, |ui| call_column_ui(ui, cx, pages, actions));
    }
    if cx.layout.width == Width::Medium && view.drawer {
        drawer_ui(ui, cx, top, pages, actions);
    }
}

fn narrow_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    trace: &TraceLog,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    // A page has its own way back; the room of the tabs belongs to the text.
    if view.part != Part::Page || !cx.layout.short {
        let height = if cx.layout.short { 40.0 } else { size::BOTTOM_BAR };
        Panel::bottom("tabs")
            .exact_size(height)
            .resizable(false)
            .show_separator_line(false)
            .frame(side_frame(p.panel))
            .show(ui, |ui| bottom_bar_ui(ui, cx, view, actions));
    }
    let fill = if view.part == Part::Page { p.base } else { p.panel };
    CentralPanel::no_frame().frame(side_frame(fill)).show(ui, |ui| match view.part {
        Part::Lists => pages.who.ui(ui, cx, view, actions),
        Part::Page => page_ui(ui, cx, view, pages, trace, actions),
        Part::Call => call_column_ui(ui, cx, pages, actions),
    });
}

/// The page in the middle.
fn page_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    trace: &TraceLog,
    actions: &mut Actions,
) {
    let page = view.page.clone();
    match &page {
        Page::NewText => {
            let picker = (!view.picker).then_some(&mut pages.picker);
            pages.conversation.new_text_ui(ui, cx, picker, actions);
        }
        Page::Conversation(number) => pages.conversation.ui(ui, cx, number, actions),
        Page::Contact(_) => pages.contact.ui(ui, cx, actions),
        Page::Call(record) => pages.call_detail.ui(ui, cx, record, actions),
        Page::Console => pages.console.ui(ui, cx, trace, actions),
        Page::Codes => pages.codes.ui(ui, cx, actions),
        Page::Services => pages.services.ui(ui, cx, actions),
        Page::SimPhonebook => pages.sim.ui(ui, cx, actions),
        Page::Settings => pages.settings.ui(ui, cx, actions),
        Page::Outbox => outbox::page_ui(ui, cx, actions),
        Page::Batch(id) => batch::page_ui(ui, cx, *id, actions),
        Page::List => pages.list.ui(ui, cx, actions),
    }
}

/// Cards of calls above the dialpad.
fn call_column_ui(ui: &mut Ui, cx: &ViewContext<'_>, pages: &mut Pages, actions: &mut Actions) {
    pages.call.column_ui(ui, cx, &mut pages.dialer, actions);
}

/// The dialpad over the page, on the right.
fn drawer_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    top: f32,
    pages: &mut Pages,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let height = cx.layout.size.y - top;
    let width = size::CALL.min(cx.layout.size.x - 24.0);
    let corner = egui::pos2(cx.layout.size.x - width, top);
    egui::Area::new(egui::Id::unique("drawer"))
        .order(egui::Order::Middle)
        .fixed_pos(corner)
        .constrain(false)
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(p.panel)
                .stroke(Stroke::new(1.0, p.line))
                .shadow(ui.visuals().popup_shadow)
                .show(ui, |ui| {
                    ui.set_width(width - 2.0);
                    ui.set_height(height - 2.0);
                    call_column_ui(ui, cx, pages, actions);
                });
        });
}

fn bottom_bar_ui(ui: &mut Ui, cx: &ViewContext<'_>, view: &mut View, actions: &mut Actions) {
    let p = theme::palette(ui);
    let phone = &cx.model.phone;
    let unread = phone.unread();
    let tabs = [
        (icons::ICON_CHAT_BUBBLE, text::CHATS, Some(List::Chats), unread),
        (icons::ICON_PERSON, text::CONTACTS, Some(List::Contacts), 0),
        (icons::ICON_HISTORY, text::RECENTS, Some(List::Recents), phone.missed_calls),
        (icons::ICON_DIALPAD, text::DIALPAD, None, 0),
    ];
    let rect = ui.max_rect();
    let width = rect.width() / tabs.len() as f32;
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, p.line));
    for (index, (symbol, word, list, badge)) in tabs.into_iter().enumerate() {
        let left = rect.left() + width * index as f32;
        let tab =
            Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(width, rect.height()));
        let chosen = match list {
            Some(list) => view.part == Part::Lists && view.list == list,
            None => view.part == Part::Call,
        };
        let response = ui.interact(tab, ui.scope_id().with(word), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, word));
        let color = if chosen { p.accent_text } else { p.weak };
        if response.hovered() {
            ui.painter().rect_filled(tab.shrink(4.0), CornerRadius::same(8), p.hover);
        }
        super::widget::button::focus_ring(ui, p, tab.shrink(4.0), CornerRadius::same(8), &response);
        if cx.layout.short {
            icon::paint(ui.painter(), tab.center(), symbol, 22.0, color);
        } else {
            let up = tab.center() - Vec2::new(0.0, 9.0);
            icon::paint(ui.painter(), up, symbol, 22.0, color);
            let font = theme::font(type_size::CAPTION);
            let down = tab.center() + Vec2::new(0.0, 13.0);
            ui.painter().text(down, Align2::CENTER_CENTER, word, font, color);
        }
        if badge > 0 {
            let up = if cx.layout.short { -6.0 } else { -12.0 };
            row::badge(ui, tab.center() + Vec2::new(30.0, up), badge);
        }
        if response.on_hover_text(word).clicked() {
            match list {
                Some(list) => actions.push(Action::ShowList(list)),
                None => view.part = Part::Call,
            }
        }
    }
}

/// Dialogs and toasts above everything.
fn overlays_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    actions: &mut Actions,
) {
    pages.pin.ui(ui, cx, actions);
    pages.code.ui(ui, cx, actions);
    pages.call_dialog.ui(ui, cx, actions);
    pages.files.ui(ui, cx, actions);
    flash::cards_ui(ui, cx, actions);
    if view.shortcuts {
        shortcuts::sheet_ui(ui, cx, actions);
    }
    let mut notes: Vec<&str> = Vec::new();
    let pressed = view.reject_pressed.is_some_and(|at| cx.now.since(at).as_secs() < 3);
    if pressed && cx.model.phone.ringing_call().is_some() {
        notes.push(text::call::PRESS_AGAIN);
    }
    toast::toasts_ui(ui, cx, &notes, actions);
}

/// A card: a frame with rounded corners on the panel.
fn card_frame(ui: &Ui) -> Frame {
    let p = theme::palette(ui);
    Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::same(space::ITEM as i8))
}

/// The head of a page: a way back, a title, and what the closure adds on the right.
fn head_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (title, back): (&str, bool),
    actions: &mut Actions,
    right: impl FnOnce(&mut Ui, &mut Actions),
) {
    let height = if cx.layout.short { 40.0 } else { 56.0 };
    let p = theme::palette(ui);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, p.line));
    let inner = rect.shrink2(Vec2::new(space::PANEL, 4.0));
    let builder = egui::UiBuilder::new()
        .max_rect(inner)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        if back || cx.layout.width == Width::Narrow {
            let back = super::widget::icon_button(ui, icons::ICON_ARROW_BACK, text::BACK);
            super::on_click(&back, actions, Action::Back);
        }
        // The buttons keep their room: a title that is too long is cut.
        let buttons = super::widget::at_right::width(ui, "head").unwrap_or_default();
        let room = ui.available_width() - buttons - ui.spacing().item_spacing.x;
        ui.scope(|ui| {
            ui.set_max_width(room.max(40.0));
            super::widget::label::title_line(ui, title);
        });
        super::widget::at_right::show(ui, "head", |ui| right(ui, actions));
    });
}
