//! Buttons: filled for the main action, quiet for the others, and round ones with an icon only.

use super::icon::{self, Icon};
use crate::ui::theme::{self, Palette, size, space, type_size};
use egui::{
    Align, Color32, CornerRadius, CursorIcon, Direction, FontId, Response, Role, Sense, Stroke,
    StrokeKind,
};
use egui::{Ui, Vec2, WidgetInfo};

/// Room around the words of a button without a frame at the left edge, seen under the pointer only.
const FLUSH: f32 = 8.0;

/// What a button is for decides its colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The main action of a page.
    Primary,
    /// Calling and answering.
    Call,
    /// Ending and refusing.
    Danger,
    /// Any other action.
    Plain,
    /// An action beside others, without a frame.
    Quiet,
    /// A quiet action that deletes or ends.
    QuietDanger,
}

/// A button to be shown.
pub struct Button<'a> {
    text: &'a str,
    name: Option<&'a str>,
    icon: Option<Icon>,
    kind: Kind,
    tip: Option<&'a str>,
    disabled: Option<&'a str>,
    height: f32,
    full_width: bool,
    chosen: bool,
}

impl<'a> Button<'a> {
    /// A plain button with this word.
    pub fn new(text: &'a str) -> Self {
        Button {
            text,
            name: None,
            icon: None,
            kind: Kind::Plain,
            tip: None,
            disabled: None,
            height: size::CONTROL,
            full_width: false,
            chosen: false,
        }
    }

    /// What it is for.
    pub fn kind(self, kind: Kind) -> Self {
        Button { kind, ..self }
    }

    /// An icon before the word.
    pub fn icon(self, icon: Icon) -> Self {
        Button { icon: Some(icon), ..self }
    }

    /// The name for assistive technology, where the word alone does not say it.
    pub fn name(self, name: &'a str) -> Self {
        Button { name: Some(name), ..self }
    }

    /// What the pointer is told.
    pub fn tip(self, tip: &'a str) -> Self {
        Button { tip: Some(tip), ..self }
    }

    /// Not usable, and why; `None` leaves it usable.
    pub fn disabled_because(self, reason: Option<&'a str>) -> Self {
        Button { disabled: reason, ..self }
    }

    /// Height in points.
    pub fn height(self, height: f32) -> Self {
        Button { height, ..self }
    }

    /// As wide as there is room.
    pub fn full_width(self) -> Self {
        Button { full_width: true, ..self }
    }

    /// Marked as chosen among its neighbours.
    pub fn chosen(self, chosen: bool) -> Self {
        Button { chosen, ..self }
    }

    /// How wide it is where there is room enough.
    pub fn width(&self, ui: &Ui) -> f32 {
        let (padding, _, icon_width) = self.measures();
        let text = self.text.to_owned();
        let galley = ui.painter().layout_no_wrap(text, self.font(), Color32::PLACEHOLDER);
        // Half a point more than the words take: none is cut by a fraction.
        icon_width + galley.size().x + 2.0 * padding + 0.5
    }

    /// Space at either side, size of the icon, and width of the icon with its gap.
    fn measures(&self) -> (f32, f32, f32) {
        let padding = if self.text.is_empty() { 8.0 } else { 12.0 };
        let icon_size = if self.height >= size::PRIMARY { 22.0 } else { 18.0 };
        let icon_width = match (self.icon.is_some(), self.text.is_empty()) {
            (false, _) => 0.0,
            (true, true) => icon_size,
            (true, false) => icon_size + 6.0,
        };
        (padding, icon_size, icon_width)
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui);
        let font = self.font();
        let (padding, icon_size, icon_width) = self.measures();
        let room = ui.available_width();
        let text_room = (room - 2.0 * padding - icon_width).max(8.0);
        let mut job = egui::text::LayoutJob::simple_singleline(
            self.text.to_owned(),
            font,
            Color32::PLACEHOLDER,
        );
        job.wrap = egui::text::TextWrapping::truncate_at_width(text_room);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let content = icon_width + galley.size().x;
        let width = if self.full_width { room } else { content + 2.0 * padding };
        let desired = Vec2::new(width, self.height.max(galley.size().y + 4.0));
        let sense = if self.disabled.is_some() { Sense::hover() } else { Sense::click() };
        let (rect, mut response) = self.place(ui, desired, sense, padding);
        if ui.is_rect_visible(rect) {
            let text_color = self.paint_frame(ui, p, rect, &response);
            let mut x = rect.center().x - content / 2.0;
            if let Some(icon) = self.icon {
                let center = egui::pos2(x + icon_size / 2.0, rect.center().y);
                icon::paint(ui.painter(), center, icon, icon_size, text_color);
                x += icon_width;
            }
            let y = rect.center().y - galley.size().y / 2.0;
            ui.painter().galley(egui::pos2(x, y), galley, text_color);
        }
        let name = self.name.unwrap_or(self.text);
        let enabled = self.disabled.is_none() && ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
        if let Some(tip) = self.disabled.or(self.tip) {
            response = response.on_hover_text(tip);
        }
        if enabled { response.on_hover_cursor(CursorIcon::PointingHand) } else { response }
    }

    /// Where it stands. Without a frame its words, not the room around them, begin at the left
    /// edge of what is above.
    fn place(&self, ui: &mut Ui, size: Vec2, sense: Sense, padding: f32) -> (egui::Rect, Response) {
        let quiet = matches!(self.kind, Kind::Quiet | Kind::QuietDanger);
        let layout = *ui.layout();
        let from_left = match layout.main_dir() {
            Direction::LeftToRight => true,
            Direction::TopDown | Direction::BottomUp => layout.horizontal_align() == Align::Min,
            Direction::RightToLeft => false,
        };
        let edge = ui.max_rect().left();
        let at_edge = |x: f32| quiet && from_left && !self.full_width && (x - edge).abs() < 0.5;
        let shift = padding - FLUSH;
        let narrower = if at_edge(ui.cursor().left()) { padding + shift } else { 0.0 };
        let (id, mut rect) = ui.allocate_space(size - Vec2::new(narrower, 0.0));
        if at_edge(rect.left()) {
            rect.min.x -= FLUSH;
            rect.max.x = rect.min.x + size.x - 2.0 * shift;
        }
        (rect, ui.interact(rect, id, sense))
    }

    fn font(&self) -> FontId {
        let strong = matches!(self.kind, Kind::Primary | Kind::Call | Kind::Danger);
        let points = if self.height >= size::PRIMARY { type_size::NAME } else { type_size::BODY };
        if strong { theme::strong(points) } else { theme::font(type_size::BODY) }
    }

    /// Paints the background and returns the colour of the text on it.
    fn paint_frame(&self, ui: &Ui, p: &Palette, rect: egui::Rect, response: &Response) -> Color32 {
        let (mut fill, mut text) = match self.kind {
            Kind::Primary => (p.accent, p.on_fill),
            Kind::Call => (p.call, p.on_fill),
            Kind::Danger => (p.danger, p.on_fill),
            // On a dark card the colour of fields is no frame that is seen.
            Kind::Plain if p.dark => (p.hover, p.text),
            Kind::Plain => (p.raised, p.text),
            Kind::Quiet => (Color32::TRANSPARENT, p.accent_text),
            Kind::QuietDanger => (Color32::TRANSPARENT, p.danger_text),
        };
        let filled = matches!(self.kind, Kind::Primary | Kind::Call | Kind::Danger);
        if self.chosen {
            (fill, text) = (p.accent_soft, p.on_accent_soft);
        }
        if self.disabled.is_some() {
            fill = if fill == Color32::TRANSPARENT { fill } else { p.raised };
            text = p.weak;
        } else if response.is_pointer_button_down_on() {
            fill = if filled { shade(fill, 0.22) } else { p.outline };
        } else if response.hovered() && !self.chosen {
            fill = match self.kind {
                _ if filled => shade(fill, 0.10),
                Kind::Plain if p.dark => p.outline,
                _ => p.hover,
            };
        }
        let radius = corner(self.height);
        ui.painter().rect_filled(rect, radius, fill);
        focus_ring(ui, p, rect, radius, response);
        text
    }
}

/// A round button with an icon and a name.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    icon_button_sized(ui, icon, name, size::CONTROL, theme::palette(ui).weak)
}

/// A round button with an icon in a colour of its own, `side` points wide and high.
pub fn icon_button_sized(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    side: f32,
    color: Color32,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click());
    icon_button_at(ui, rect, icon, name, color, response)
}

/// A round button at a place inside a row.
pub fn icon_button_in(
    ui: &mut Ui,
    rect: egui::Rect,
    icon: Icon,
    name: &str,
    color: Color32,
) -> Response {
    let id = ui.scope_id().with(name);
    let response = ui.interact(rect, id, Sense::click());
    icon_button_at(ui, rect, icon, name, color, response)
}

fn icon_button_at(
    ui: &Ui,
    rect: egui::Rect,
    icon: Icon,
    name: &str,
    color: Color32,
    response: Response,
) -> Response {
    let p = theme::palette(ui);
    if ui.is_rect_visible(rect) {
        let fill = match () {
            () if response.is_pointer_button_down_on() => p.outline,
            () if response.hovered() => p.hover,
            () => Color32::TRANSPARENT,
        };
        let radius = CornerRadius::same((rect.height() / 2.0) as u8);
        ui.painter().rect_filled(rect, radius, fill);
        focus_ring(ui, p, rect, radius, &response);
        let points = (rect.height() * 0.62).min(24.0);
        icon::paint(ui.painter(), rect.center(), icon, points, color);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    response.on_hover_text(name).on_hover_cursor(CursorIcon::PointingHand)
}

/// The ring around what has the keyboard.
pub fn focus_ring(
    ui: &Ui,
    p: &Palette,
    rect: egui::Rect,
    radius: CornerRadius,
    response: &Response,
) {
    // Only for the keyboard: a ring after every click would be noise.
    if response.has_focus() {
        let stroke = Stroke::new(2.0, p.accent_text);
        ui.painter().rect_stroke(rect.expand(1.0), radius, stroke, StrokeKind::Outside);
    }
}

/// Corners of a control of this height.
pub fn corner(height: f32) -> CornerRadius {
    CornerRadius::same(if height >= size::PRIMARY { 12 } else { size::RADIUS })
}

fn shade(color: Color32, by: f32) -> Color32 {
    color.lerp_to_gamma(Color32::BLACK, by)
}

/// A switch among a few words, one of which is chosen.
pub fn segmented<T: PartialEq + Copy>(ui: &mut Ui, current: T, all: &[(T, &str)]) -> Option<T> {
    let mut picked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        for (value, word) in all {
            let chosen = *value == current;
            if Button::new(word).chosen(chosen).show(ui).clicked() && !chosen {
                picked = Some(*value);
            }
        }
    });
    picked
}
