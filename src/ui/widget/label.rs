//! Text in the flow: our own words, and those of other people in either direction.

use crate::ui::bidi::{self, Laid};
use crate::ui::theme::space;
use crate::ui::{safe_text, theme};
use egui::{Color32, FontId, Galley, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};
use std::ops::Range;
use std::sync::Arc;

/// Longest name or preview that is laid out.
const LINE_CHARS: usize = 200;

/// Body text of ours, wrapped.
pub fn body(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, theme::font(theme::type_size::BODY), theme::palette(ui).text)
}

/// A caption of ours, wrapped.
pub fn caption(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, theme::font(theme::type_size::CAPTION), theme::palette(ui).weak)
}

/// The caption under a control that it explains: nearer to it than to what is below.
pub fn hint(ui: &mut Ui, text: &str) -> Response {
    ui.add_space(-space::TIGHT);
    let response = caption(ui, text);
    ui.add_space(space::TIGHT);
    response
}

/// Semi-bold body text.
pub fn strong(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, theme::strong(theme::type_size::BODY), theme::palette(ui).text)
}

/// A title, announced as a heading.
pub fn title(ui: &mut Ui, text: &str) -> Response {
    let font = theme::strong(theme::type_size::TITLE);
    let response = styled(ui, text, font, theme::palette(ui).text);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(Role::Heading));
    response.accessible_name(text)
}

/// A title on one line, cut where it is longer than the room there is.
pub fn title_line(ui: &mut Ui, text: &str) -> Response {
    let color = theme::palette(ui).text;
    let font = theme::strong(theme::type_size::TITLE);
    let words = egui::RichText::new(text).font(font).color(color);
    let response = ui.add(egui::Label::new(words).truncate());
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(Role::Heading));
    response.accessible_name(text)
}

/// The heading of a group.
pub fn section(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, theme::strong(theme::type_size::CAPTION), theme::palette(ui).weak)
}

/// The word beside a field, silent for assistive technology: the field itself has that name.
pub fn beside_field(ui: &mut Ui, text: &str, font: FontId, color: Color32) {
    let galley = ui.painter().layout(text.to_owned(), font, color, ui.available_width());
    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, color);
}

/// The caption above a field, silent like [`beside_field`]: nearer to it than to what is above.
pub fn above_field(ui: &mut Ui, text: &str) {
    let color = theme::palette(ui).weak;
    ui.add_space(space::TIGHT);
    beside_field(ui, text, theme::font(theme::type_size::CAPTION), color);
    ui.add_space(-space::TIGHT);
}

/// Text of ours in any font and colour, wrapped.
pub fn styled(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    ui.add(egui::Label::new(egui::RichText::new(text).font(font).color(color)).wrap())
}

/// One line of somebody else's words: made safe, cut to `width` with an ellipsis.
pub fn foreign_line(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32) -> Laid {
    let safe = safe_text::line(text, LINE_CHARS);
    bidi::layout(ui, &safe, &bidi::Style { font, color, max_width: width.max(8.0), max_rows: 1 })
}

/// Allocates and paints one line of somebody else's words. Its name is the whole text.
pub fn foreign(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let laid = foreign_line(ui, text, font, color, ui.available_width());
    show_laid(ui, &laid, text, color, laid.size().x)
}

/// A number, not a name: nothing of it may be cut, since what is left of it is another number.
pub fn is_number(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    text.contains(digit) && text.chars().all(|c| digit(c) || " +-()*#./".contains(c))
}

/// How wide these words are in one line.
pub fn width(ui: &Ui, text: &str, font: FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// The font in which this number has room in `width` points: as it is, or as much smaller as it
/// takes, down to that of captions.
pub fn fitting(ui: &Ui, text: &str, font: FontId, width: f32) -> FontId {
    let mut font = font;
    while font.size > theme::type_size::CAPTION && self::width(ui, text, font.clone()) > width {
        font.size -= 1.0;
    }
    font
}

/// The font in which this is shown whole, if it can be; a name that is cut anyway stays as it is.
pub fn name_font(ui: &Ui, text: &str, font: FontId, width: f32) -> FontId {
    let smaller = fitting(ui, text, font.clone(), width);
    let whole = is_number(text) || self::width(ui, text, smaller.clone()) <= width;
    if whole { smaller } else { font }
}

/// Like [`foreign`], but shown whole if smaller type does that; a number in two lines, then.
pub fn foreign_whole(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let max_width = ui.available_width().max(8.0);
    let font = name_font(ui, text, font, max_width);
    if !is_number(text) {
        return foreign(ui, text, font, color);
    }
    let safe = safe_text::line(text, LINE_CHARS);
    let laid = bidi::layout(ui, &safe, &bidi::Style { font, color, max_width, max_rows: 2 });
    show_laid(ui, &laid, text, color, laid.size().x)
}

/// The same in several lines, where the last one is cut.
pub fn foreign_lines(
    ui: &mut Ui,
    text: &str,
    font: FontId,
    color: Color32,
    max_rows: usize,
) -> Response {
    let max_width = ui.available_width().max(8.0);
    let safe = safe_text::line(text, LINE_CHARS);
    let laid = bidi::layout(ui, &safe, &bidi::Style { font, color, max_width, max_rows });
    show_laid(ui, &laid, text, color, laid.size().x)
}

/// Allocates and paints a laid-out text `width` points wide.
pub fn show_laid(ui: &mut Ui, laid: &Laid, name: &str, color: Color32, width: f32) -> Response {
    let size = Vec2::new(width.max(laid.size().x), laid.size().y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if ui.is_rect_visible(rect) {
        laid.paint(ui.painter(), rect, color);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    response
}

/// Paints one line of somebody else's words at a place inside an already allocated rectangle,
/// centred on its height.
pub fn paint_line(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32) {
    let laid = foreign_line(ui, text, font, color, rect.width());
    let size = laid.size();
    let top = rect.center().y - size.y / 2.0;
    // Lists keep one left edge: a short right-to-left name stands where every other name does.
    let place = Rect::from_min_size(egui::pos2(rect.left(), top), size);
    laid.paint(ui.painter(), place, color);
}

/// The same with a line that is safe already and has parts that look different.
pub fn paint_marked(
    ui: &Ui,
    rect: Rect,
    safe: &str,
    (marks, look): (&[Range<usize>], bidi::Look),
    font: FontId,
    color: Color32,
) {
    let marks: Vec<bidi::Mark> =
        marks.iter().map(|range| bidi::Mark { range: range.clone(), look }).collect();
    let style = bidi::Style { font, color, max_width: rect.width().max(8.0), max_rows: 1 };
    let laid = bidi::layout_marked(ui, safe, &style, &marks);
    let top = rect.center().y - laid.size().y / 2.0;
    let place = Rect::from_min_size(egui::pos2(rect.left(), top), laid.size());
    laid.paint(ui.painter(), place, color);
}

/// Digits that keep their places while they change: every figure takes the width of the widest.
pub fn tabular(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let cells = cells(ui, text, &font, color);
    let total: f32 = cells.iter().map(|(_, width)| width).sum();
    let height = cells.first().map_or(0.0, |(cell, _)| cell.size().y);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(total, height), Sense::hover());
    let mut x = rect.left();
    for (cell, width) in cells {
        let inset = (width - cell.size().x) / 2.0;
        ui.painter().galley(egui::pos2(x + inset, rect.top()), cell, color);
        x += width;
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// How wide [`tabular`] draws this.
pub fn tabular_width(ui: &Ui, text: &str, font: FontId) -> f32 {
    cells(ui, text, &font, Color32::PLACEHOLDER).iter().map(|(_, width)| width).sum()
}

/// Each character with the width that it takes.
fn cells(ui: &Ui, text: &str, font: &FontId, color: Color32) -> Vec<(Arc<Galley>, f32)> {
    let widest =
        ('0'..='9').map(|c| ui.fonts_mut(|fonts| fonts.glyph_width(font, c))).fold(0.0, f32::max);
    let cell = |c: char| {
        let cell = ui.painter().layout_no_wrap(c.to_string(), font.clone(), color);
        let width = if c.is_ascii_digit() { widest } else { cell.size().x };
        (cell, width)
    };
    text.chars().map(cell).collect()
}

/// Says to assistive technology that changes of this text are to be read out.
pub fn announce(response: &Response) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
}
