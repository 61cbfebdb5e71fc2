//! A month to pick a day from, and a time of day to be typed.

use super::{Button, icon::icons, icon_button, label};
use crate::clock::WallTime;
use crate::ui::text::{format, sending as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use egui::{Align2, CornerRadius, CursorIcon, Role, Sense, Ui, Vec2, WidgetInfo};

/// Side of a day's cell in points.
const CELL: f32 = 34.0;
/// Months that can be turned to from now on.
const MONTHS_AHEAD: i64 = 14;

/// A date and time being picked.
#[derive(Clone, Debug)]
pub struct TimePicker {
    date: (i64, u8, u8),
    shown: (i64, u8),
    time: String,
}

impl TimePicker {
    /// Begins with this moment.
    pub fn new(at: WallTime) -> Self {
        let c = at.civil();
        TimePicker {
            date: (c.year, c.month, c.day),
            shown: (c.year, c.month),
            time: format!("{:02}:{:02}", c.hour, c.minute),
        }
    }

    /// The moment, in the time zone of `now`; or what is wrong with it.
    pub fn picked(&self, now: WallTime) -> Result<WallTime, &'static str> {
        let (hour, minute) = parse_time(&self.time).ok_or(words::TIME_SHAPE)?;
        let at = WallTime::from_civil(self.date, (hour, minute, 0), now.utc_offset_quarters);
        if at.unix_millis <= now.unix_millis { Err(words::TIME_PAST) } else { Ok(at) }
    }

    /// The month and the field for the time.
    pub fn ui(&mut self, ui: &mut Ui, now: WallTime) {
        ui.spacing_mut().item_spacing = Vec2::new(2.0, 2.0);
        self.month_ui(ui, now);
        self.days_ui(ui, now);
        ui.add_space(space::SMALL);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(space::SMALL);
            let color = theme::palette(ui).text;
            label::beside_field(ui, words::TIME, theme::font(type_size::BODY), color);
            Field::new(egui::Id::unique("time of day"), words::TIME)
                .hint("9:30")
                .width(80.0)
                .show(ui, &mut self.time);
            for quick in ["08:00", "12:00", "20:00"] {
                if Button::new(quick).chosen(self.time == quick).show(ui).clicked() {
                    quick.clone_into(&mut self.time);
                }
            }
        });
    }

    fn month_ui(&mut self, ui: &mut Ui, now: WallTime) {
        let today = now.civil();
        let ahead =
            (self.shown.0 - today.year) * 12 + i64::from(self.shown.1) - i64::from(today.month);
        ui.horizontal(|ui| {
            let p = theme::palette(ui);
            ui.add_enabled_ui(ahead > 0, |ui| {
                let back = icon_button(ui, icons::ICON_CHEVRON_LEFT, words::PREVIOUS_MONTH);
                if back.clicked() {
                    self.shown = months_on(self.shown, -1);
                }
            });
            let name = format::month_name(self.shown.0, self.shown.1);
            let (rect, response) =
                ui.allocate_exact_size(Vec2::new(CELL * 7.0 - 64.0, 32.0), Sense::hover());
            let font = theme::strong(type_size::BODY);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, &name, font, p.text);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
            ui.add_enabled_ui(ahead < MONTHS_AHEAD, |ui| {
                let next = icon_button(ui, icons::ICON_CHEVRON_RIGHT, words::NEXT_MONTH);
                if next.clicked() {
                    self.shown = months_on(self.shown, 1);
                }
            });
        });
    }

    fn days_ui(&mut self, ui: &mut Ui, now: WallTime) {
        let p = theme::palette(ui);
        let quarters = now.utc_offset_quarters;
        let noon =
            |day: u8| WallTime::from_civil((self.shown.0, self.shown.1, day), (12, 0, 0), quarters);
        // 1970-01-01 was a Thursday; weeks begin on Monday.
        let first = (noon(1).civil().days_since_epoch + 3).rem_euclid(7) as usize;
        let next = months_on(self.shown, 1);
        let end = WallTime::from_civil((next.0, next.1, 1), (12, 0, 0), quarters);
        let days = end.civil().days_since_epoch - noon(1).civil().days_since_epoch;
        let rows = (first + days as usize).div_ceil(7);
        let (rect, _) =
            ui.allocate_exact_size(Vec2::new(CELL * 7.0, CELL * (rows + 1) as f32), Sense::hover());
        let place = |index: usize, row: usize| {
            let corner = rect.min + Vec2::new(index as f32, row as f32) * CELL;
            egui::Rect::from_min_size(corner, Vec2::splat(CELL))
        };
        for (index, word) in ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].iter().enumerate() {
            let font = theme::font(type_size::CAPTION);
            let center = place(index, 0).center();
            ui.painter().text(center, Align2::CENTER_CENTER, word, font, p.weak);
        }
        let today = now.civil().days_since_epoch;
        let mut picked = None;
        for day in 1..=days as u8 {
            let index = first + usize::from(day) - 1;
            let cell = place(index % 7, 1 + index / 7);
            let past = noon(day).civil().days_since_epoch < today;
            let chosen = self.date == (self.shown.0, self.shown.1, day);
            let is_today = noon(day).civil().days_since_epoch == today;
            if day_ui(ui, cell, day, &format::date(noon(day), now), (past, chosen, is_today)) {
                picked = Some(day);
            }
        }
        if let Some(day) = picked {
            self.date = (self.shown.0, self.shown.1, day);
        }
    }
}

fn day_ui(
    ui: &mut Ui,
    cell: egui::Rect,
    day: u8,
    name: &str,
    (past, chosen, today): (bool, bool, bool),
) -> bool {
    let p = theme::palette(ui);
    let sense = if past { Sense::hover() } else { Sense::click() };
    let response = ui.interact(cell, ui.scope_id().with(("day", day)), sense);
    let inner = cell.shrink(2.0);
    let radius = CornerRadius::same(8);
    if chosen {
        ui.painter().rect_filled(inner, radius, p.accent);
    } else if response.hovered() && !past {
        ui.painter().rect_filled(inner, radius, p.hover);
    } else if today {
        let stroke = egui::Stroke::new(1.0, p.outline);
        ui.painter().rect_stroke(inner, radius, stroke, egui::StrokeKind::Inside);
    }
    super::button::focus_ring(ui, p, inner, radius, &response);
    let color = match () {
        () if chosen => p.on_fill,
        () if past => p.outline,
        () => p.text,
    };
    let font = theme::font(type_size::BODY);
    ui.painter().text(cell.center(), Align2::CENTER_CENTER, day.to_string(), font, color);
    response.widget_info(|| WidgetInfo::selected(Role::Button, !past, chosen, name));
    let clicked = response.clicked();
    if !past {
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
    clicked
}

fn months_on((year, month): (i64, u8), by: i64) -> (i64, u8) {
    let months = year * 12 + i64::from(month) - 1 + by;
    (months.div_euclid(12), months.rem_euclid(12) as u8 + 1)
}

/// `9`, `9:30`, `09.30`, `0930`, as people type it.
fn parse_time(typed: &str) -> Option<(u8, u8)> {
    let typed = typed.trim();
    let (hour, minute) = match typed.split_once([':', '.', 'h']) {
        Some((hour, minute)) => (hour, minute),
        None if typed.len() > 2 && typed.is_ascii() => typed.split_at(typed.len() - 2),
        None => (typed, "0"),
    };
    let minute = if minute.is_empty() { "0" } else { minute };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) || hour.len() > 2 || minute.len() > 2 {
        return None;
    }
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_type_them() {
        for (typed, time) in [
            ("9", (9, 0)),
            ("9:30", (9, 30)),
            ("09.05", (9, 5)),
            ("0930", (9, 30)),
            ("930", (9, 30)),
            ("23:59", (23, 59)),
            ("7h", (7, 0)),
        ] {
            assert_eq!(parse_time(typed), Some(time), "{typed}");
        }
        for typed in ["", "24:00", "9:60", "nine", "1:2:3", "٩:٣٠", "12345", "-1:00"] {
            assert_eq!(parse_time(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_time_that_is_over_is_refused() {
        let now = WallTime::from_civil((2026, 11, 22), (18, 4, 0), 4);
        let mut picker = TimePicker::new(now);
        assert_eq!(picker.picked(now), Err(words::TIME_PAST));
        picker.time = "18:05".to_owned();
        assert_eq!(
            picker.picked(now).map(WallTime::rfc3339),
            Ok("2026-11-22T18:05:00+01:00".into())
        );
        picker.time = "soon".to_owned();
        assert_eq!(picker.picked(now), Err(words::TIME_SHAPE));
    }

    #[test]
    fn months_carry_over_the_year() {
        assert_eq!(months_on((2026, 12), 1), (2027, 1));
        assert_eq!(months_on((2027, 1), -1), (2026, 12));
    }
}
