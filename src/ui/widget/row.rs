//! A row of a list: avatar, name, a second line, and on the right a time, a badge or buttons.

use super::button::focus_ring;
use super::icon::{self, Icon};
use super::{avatar, label};
use crate::ui::bidi::Look;
use crate::ui::theme::{self, size, space, type_size};
use egui::{Align2, Color32, CornerRadius, CursorIcon, Pos2, Rect, Response, Role, Sense, Ui};
use egui::{Vec2, WidgetInfo};
use std::ops::Range;

/// Width of the picture with the space beside it, in points.
const PICTURE: f32 = 44.0 + space::ITEM;
/// The least room that the words have beside a picture, in points.
const LEAST_WORDS: f32 = 100.0;

/// What a row shows.
pub struct Row<'a> {
    /// Who: the first line.
    pub title: &'a str,
    /// The second line.
    pub detail: &'a str,
    /// Colour of the second line, where it means something.
    pub detail_color: Option<Color32>,
    /// Right end of the first line.
    pub time: &'a str,
    /// A count at the right end of the second line.
    pub badge: u32,
    /// The row of what is open.
    pub chosen: bool,
    /// What assistive technology reads.
    pub name: &'a str,
    /// Width kept free on the right for buttons.
    pub reserved: f32,
    /// The avatar's name where it is not the title.
    pub avatar: &'a str,
}

/// What only some rows have.
#[derive(Clone, Copy, Default)]
pub struct Extra<'a> {
    /// Words of ours before the second line, apart from what others wrote.
    pub lead: &'a str,
    /// Icons before the time.
    pub icons: &'a [Icon],
    /// Parts of the second line, which is safe already, that look different.
    pub marks: &'a [Range<usize>],
    /// How.
    pub look: Option<Look>,
}

/// A shown row: its response and the place kept free for buttons.
pub struct Shown {
    /// The whole row.
    pub response: Response,
    /// Where buttons go.
    pub reserved: Rect,
    /// Start of the second line, for an icon of the caller's.
    pub detail_start: Pos2,
}

/// Allocates and paints a row. `icon_room` points are left free before the second line.
pub fn show(ui: &mut Ui, row: &Row<'_>, icon_room: f32) -> Shown {
    show_with(ui, row, &Extra::default(), icon_room)
}

/// The same with what only some rows have.
pub fn show_with(ui: &mut Ui, row: &Row<'_>, extra: &Extra<'_>, icon_room: f32) -> Shown {
    let p = theme::palette(ui);
    let desired = Vec2::new(ui.available_width(), size::ROW);
    let (rect, response) = ui.allocate_exact_size(desired, Sense::click());
    let inner = rect.shrink2(Vec2::new(space::ITEM, 8.0));
    let reserved =
        Rect::from_min_max(Pos2::new(inner.right() - row.reserved, inner.top()), inner.max);
    let fit = Fit::of(ui, row, inner.width() - row.reserved);
    let text_left = inner.left() + if fit.pictured { PICTURE } else { 0.0 };
    let detail_start = Pos2::new(text_left, inner.bottom() - 10.0);
    if ui.is_rect_visible(rect) {
        let fill = match () {
            () if row.chosen => p.accent_soft,
            () if response.hovered() => p.hover,
            () => Color32::TRANSPARENT,
        };
        let radius = CornerRadius::same(10);
        let back = rect.shrink2(Vec2::new(6.0, 2.0));
        ui.painter().rect_filled(back, radius, fill);
        // Inside the row, where the edge of the list can't cut it.
        focus_ring(ui, p, back.shrink(2.0), radius, &response);
        if fit.pictured {
            let face = Rect::from_min_size(inner.min, Vec2::splat(44.0));
            avatar::paint(ui, face, row.avatar);
        }
        paint_lines(ui, row, (extra, fit), (text_left, reserved.left()), inner, icon_room);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, row.name));
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    Shown { response, reserved, detail_start }
}

/// What gives way so that a number is shown whole.
#[derive(Clone, Copy)]
struct Fit {
    /// There is room for the picture.
    pictured: bool,
    /// The time stands in the first line, not in the second.
    time_above: bool,
    /// The first line may be in smaller type: where there is room, names look alike.
    shrinks: bool,
}

impl Fit {
    /// In a row this wide, but for its buttons. A name is cut, and nothing gives way to it but
    /// where hardly anything of it were left.
    fn of(ui: &Ui, row: &Row<'_>, width: f32) -> Fit {
        let room = width - if row.reserved > 0.0 { space::SMALL } else { 0.0 };
        let roomy = room - PICTURE >= LEAST_WORDS;
        if roomy && !label::is_number(row.title) {
            return Fit { pictured: true, time_above: true, shrinks: false };
        }
        let least = label::width(ui, row.title, theme::font(type_size::CAPTION));
        let time = label::width(ui, row.time, theme::font(type_size::CAPTION)) + space::SMALL;
        let pictured = roomy && room - PICTURE >= least;
        let room = if pictured { room - PICTURE } else { room };
        let time_above = row.time.is_empty() || room - time >= least;
        Fit { pictured, time_above, shrinks: true }
    }
}

fn paint_lines(
    ui: &Ui,
    row: &Row<'_>,
    (extra, fit): (&Extra<'_>, Fit),
    (left, right): (f32, f32),
    inner: Rect,
    icon_room: f32,
) {
    let p = theme::palette(ui);
    let (text, weak) =
        if row.chosen { (p.on_accent_soft, p.weak_on_accent_soft) } else { (p.text, p.weak) };
    let right = if row.reserved > 0.0 { right - space::SMALL } else { right };
    let caption = theme::font(type_size::CAPTION);
    let first_y = inner.top() + 11.0;
    let second_y = inner.bottom() - 10.0;
    let (mut first_right, mut second_right) = (right, right);
    if row.badge > 0 {
        second_right = badge(ui, Pos2::new(right, second_y), row.badge) - space::SMALL;
    }
    if !row.time.is_empty() {
        let (end, y) = if fit.time_above { (right, first_y) } else { (second_right, second_y) };
        let text = row.time.to_owned();
        let place = Pos2::new(end, y);
        let used = ui.painter().text(place, Align2::RIGHT_CENTER, text, caption.clone(), weak);
        let end = if fit.time_above { &mut first_right } else { &mut second_right };
        *end = used.left() - space::SMALL;
    }
    for symbol in extra.icons {
        icon::paint(ui.painter(), Pos2::new(first_right - 7.0, first_y), *symbol, 14.0, weak);
        first_right -= 16.0;
    }
    let font = if row.badge > 0 { theme::strong } else { theme::font };
    let mut name_font = font(type_size::BODY + 1.0);
    if fit.shrinks {
        name_font = label::name_font(ui, row.title, name_font, first_right - left);
    }
    let line = |y: f32, from: f32, to: f32| {
        Rect::from_min_max(Pos2::new(from, y - 10.0), Pos2::new(to.max(from + 8.0), y + 10.0))
    };
    label::paint_line(ui, line(first_y, left, first_right), row.title, name_font, text);
    let mut detail = theme::font(type_size::CAPTION + 1.0);
    if label::is_number(row.detail) {
        detail = label::fitting(ui, row.detail, detail, second_right - left - icon_room);
    }
    let color = row.detail_color.filter(|_| !row.chosen).unwrap_or(weak);
    let mut second = line(second_y, left + icon_room, second_right);
    if !extra.lead.is_empty() {
        // On its own, so that no text can take part in it or push it away.
        let galley = ui.painter().layout_no_wrap(extra.lead.to_owned(), detail.clone(), color);
        let top = second.center().y - galley.size().y / 2.0;
        let width = galley.size().x;
        ui.painter().galley(Pos2::new(second.left(), top), galley, color);
        second.min.x = (second.left() + width).min(second.right() - 8.0);
    }
    match extra.look {
        Some(look) => {
            label::paint_marked(ui, second, row.detail, (extra.marks, look), detail, color)
        }
        None => label::paint_line(ui, second, row.detail, detail, color),
    }
}

/// Paints a count whose right end is at `right`; returns its left end.
pub fn badge(ui: &Ui, right: Pos2, count: u32) -> f32 {
    let p = theme::palette(ui);
    let galley = badge_galley(ui, count);
    let width = badge_width(ui, count);
    let rect =
        Rect::from_center_size(Pos2::new(right.x - width / 2.0, right.y), Vec2::new(width, 18.0));
    ui.painter().rect_filled(rect, CornerRadius::same(9), p.accent);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, p.on_fill);
    rect.left()
}

/// How wide [`badge`] draws a count, in points.
pub fn badge_width(ui: &Ui, count: u32) -> f32 {
    (badge_galley(ui, count).size().x + 10.0).max(18.0)
}

fn badge_galley(ui: &Ui, count: u32) -> std::sync::Arc<egui::Galley> {
    let text = if count > 99 { "99+".to_owned() } else { count.to_string() };
    let font = theme::strong(type_size::CAPTION - 1.0);
    ui.painter().layout_no_wrap(text, font, theme::palette(ui).on_fill)
}
