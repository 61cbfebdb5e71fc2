//! A page that scrolls and does not move under the pointer: when something above it comes, goes or
//! grows, the page scrolls by as much, in the same frame.

use egui::{Context, Id, ScrollArea, Ui};
use std::fmt::Debug;
use std::hash::Hash;

/// A change smaller than this is not seen, in points.
const UNSEEN: f32 = 0.5;

/// The marks of the page that is being made: which, and at what height in points.
#[derive(Clone, Default)]
struct Marks(Vec<(Id, f32)>);

/// The mark above the pointer when the page was shown last.
#[derive(Clone, Copy)]
struct Held {
    mark: Id,
    /// Where it stands when the page is not scrolled, in points of the window.
    height: f32,
    /// The frame in which the page was scrolled to hold it, which is tried once.
    frame: u64,
}

/// How far the page is to be scrolled, in points: the pass after this one does it.
#[derive(Clone, Copy, Default)]
struct Wanted(f32);

/// What comes next can be held: it is known by `salt` among all that is on the page.
pub fn mark(ui: &Ui, salt: impl Hash + Debug) {
    let (id, top) = (Id::unique(("still", salt)), ui.cursor().top());
    ui.ctx().data_mut(|data| {
        data.get_temp_mut_or_default::<Marks>(marks_id()).0.push((id, top));
    });
}

/// Shows a page in a vertical scroll area; what `add` makes holds marks.
pub fn area(ui: &mut Ui, mut area: ScrollArea, add: impl FnOnce(&mut Ui)) {
    let wanted: Option<Wanted> = ui.ctx().data_mut(|data| {
        data.insert_temp(marks_id(), Marks::default());
        data.remove_temp(wanted_id())
    });
    if let Some(Wanted(offset)) = wanted {
        area = area.vertical_scroll_offset(offset);
    }
    let shown = area.show(ui, |ui| {
        let top = ui.cursor().top();
        add(ui);
        top
    });
    let (ctx, view) = (ui.ctx().clone(), shown.inner_rect);
    // As it stands without scrolling.
    let unscrolled = |y: f32| y - shown.inner + view.top();
    let marks: Marks = ctx.data(|data| data.get_temp(marks_id())).unwrap_or_default();
    let id = shown.id.with("held");
    let frame = ctx.cumulative_frame_nr();
    let held: Option<Held> = ctx.data(|data| data.get_temp(id));
    let now = |mark: Id| marks.0.iter().find(|(known, _)| *known == mark).map(|(_, y)| *y);
    if let Some(held) = held.filter(|held| held.frame != frame)
        && let Some(y) = now(held.mark)
        && (unscrolled(y) - held.height).abs() > UNSEEN
    {
        let wanted = shown.state.clamped_offset().y + unscrolled(y) - held.height;
        let most = (shown.content_size.y - view.height()).max(0.0);
        ctx.data_mut(|data| {
            data.insert_temp(wanted_id(), Wanted(wanted.clamp(0.0, most)));
            data.insert_temp(id, Held { frame, ..held });
        });
        ctx.request_discard("the page stays where it is");
        return;
    }
    let next = pointer_in(&ctx, view).and_then(|pointer| {
        let above = marks.0.iter().filter(|(_, y)| *y <= pointer);
        let (mark, y) = above.max_by(|one, other| one.1.total_cmp(&other.1))?;
        Some(Held { mark: *mark, height: unscrolled(*y), frame })
    });
    ctx.data_mut(|data| match next {
        Some(next) => {
            data.insert_temp(id, next);
        }
        None => data.remove::<Held>(id),
    });
}

/// How high the pointer is, if it is over the page.
fn pointer_in(ctx: &Context, view: egui::Rect) -> Option<f32> {
    let pointer = ctx.input(|input| input.pointer.latest_pos())?;
    // A bar that comes above the page takes some of it away from under the pointer.
    view.expand(48.0).contains(pointer).then_some(pointer.y)
}

fn wanted_id() -> Id {
    Id::unique("still wanted")
}

fn marks_id() -> Id {
    Id::unique("still marks")
}
