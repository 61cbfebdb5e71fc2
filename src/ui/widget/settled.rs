//! Clicks on what has only just come under the pointer don't count: they were meant for what stood
//! there before. Cards of calls change and move by themselves, and a wrong click ends a call.

use egui::{Id, PointerButton, Rect, Response, Ui};
use std::hash::Hash;

/// How long something stands in its place before a click counts, in seconds.
pub const QUICK: f64 = 0.4;
/// The same for what ends or places a call.
pub const GRAVE: f64 = 0.7;

/// What is remembered of a button from frame to frame.
#[derive(Clone, Copy, Debug)]
struct Place {
    frame: u64,
    rect: Rect,
    since: f64,
    /// The part of it that has belonged to this button all the time.
    steady: Rect,
}

impl Place {
    /// As it is at `now` in this frame, with `wait` seconds until it is steady.
    fn follow(known: Option<Place>, frame: u64, rect: Rect, now: f64, wait: f64) -> Place {
        // One that was out of sight for a frame begins anew.
        let Some(known) = known.filter(|known| frame.saturating_sub(known.frame) <= 1) else {
            return Place { frame, rect, since: now, steady: Rect::NOTHING };
        };
        let ripe = now - known.since >= wait;
        let steady = if ripe { known.rect } else { known.steady };
        if known.rect == rect {
            return Place { frame, steady, ..known };
        }
        let both = steady.intersect(rect);
        let steady = if both.is_positive() { both } else { Rect::NOTHING };
        Place { frame, rect, since: now, steady }
    }
}

/// True if it was clicked, and a pointer that did so was over this same button for `wait` seconds;
/// once for the clicks of a double click. `key` names the button among all that are in sight. To be
/// asked in every frame in which the button is shown.
pub fn clicked(ui: &Ui, response: &Response, key: impl Hash, wait: f64) -> bool {
    let id = Id::unique(("settled", Id::unique(key)));
    let now = ui.input(|input| input.time);
    let frame = ui.ctx().cumulative_frame_nr();
    let place = ui.data_mut(|data| {
        let known = data.get_temp::<Place>(id);
        let place = Place::follow(known, frame, response.rect, now, wait);
        data.insert_temp(id, place);
        place
    });
    if !response.clicked() || response.double_clicked() || response.triple_clicked() {
        return false;
    }
    // The keyboard and assistive technology name what they press.
    let by_pointer = response.clicked_by(PointerButton::Primary);
    !by_pointer || response.interact_pointer_pos().is_none_or(|at| place.steady.contains(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn rect(left: f32, right: f32) -> Rect {
        Rect::from_min_max(pos2(left, 0.0), pos2(right, 10.0))
    }

    #[test]
    fn only_what_stood_there_long_enough_is_steady() {
        let new = Place::follow(None, 1, rect(0.0, 100.0), 10.0, 0.5);
        assert!(!new.steady.contains(pos2(50.0, 5.0)));
        let soon = Place::follow(Some(new), 2, rect(0.0, 100.0), 10.4, 0.5);
        assert!(!soon.steady.contains(pos2(50.0, 5.0)));
        // An idle window draws no frames meanwhile.
        let later = Place::follow(Some(soon), 3, rect(0.0, 100.0), 90.0, 0.5);
        assert!(later.steady.contains(pos2(50.0, 5.0)));
        let narrower = Place::follow(Some(later), 4, rect(40.0, 140.0), 90.1, 0.5);
        assert!(narrower.steady.contains(pos2(50.0, 5.0)), "it stood there before, too");
        assert!(!narrower.steady.contains(pos2(120.0, 5.0)), "it has only just come there");
        let gone = Place::follow(Some(narrower), 9, rect(40.0, 140.0), 99.0, 0.5);
        assert!(!gone.steady.contains(pos2(50.0, 5.0)), "it was out of sight");
    }
}
