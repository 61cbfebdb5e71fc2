//! Clicks on what has only just come under the pointer don't count: they were meant for what stood
//! there before. Cards of calls change and move by themselves, and a wrong click ends a call.

use egui::{Id, PointerButton, Pos2, Rect, Response, Ui};
use std::fmt::Debug;
use std::hash::Hash;

/// How long something stands in its place before a click counts, in seconds.
pub const QUICK: f64 = 0.4;
/// The same for what ends or places a call.
pub const GRAVE: f64 = 0.7;
/// So many times as long under a pointer that rests: nobody has aimed at it.
const AT_REST: f64 = 3.0;
/// A hand that does not aim moves the pointer less far, in points.
const REST: f32 = 6.0;

/// What is remembered of a button from frame to frame.
#[derive(Clone, Copy, Debug)]
struct Place {
    frame: u64,
    rect: Rect,
    since: f64,
    /// Where the pointer was then.
    pointer: Option<Pos2>,
    /// The part of it that has belonged to this button all the time.
    steady: Rect,
    /// The same for a pointer that rests.
    firm: Rect,
}

/// How it is in a frame.
#[derive(Clone, Copy)]
struct Now {
    frame: u64,
    time: f64,
    pointer: Option<Pos2>,
    rect: Rect,
}

impl Place {
    /// As it is now, with `wait` seconds until it is steady.
    fn follow(known: Option<Place>, now: Now, wait: f64) -> Place {
        let Now { frame, time, pointer, rect } = now;
        let none = Rect::NOTHING;
        let new = Place { frame, rect, since: time, pointer, steady: none, firm: none };
        // One that was out of sight for a frame begins anew.
        let Some(known) = known.filter(|known| frame.saturating_sub(known.frame) <= 1) else {
            return new;
        };
        let ripe = |wait: f64, before: Rect| {
            if time - known.since >= wait { known.rect } else { before }
        };
        let (steady, firm) = (ripe(wait, known.steady), ripe(wait * AT_REST, known.firm));
        if known.rect == rect {
            return Place { frame, steady, firm, ..known };
        }
        let both = |part: Rect| {
            let both = part.intersect(rect);
            if both.is_positive() { both } else { none }
        };
        Place { steady: both(steady), firm: both(firm), ..new }
    }

    /// A press there was meant for it.
    fn takes(&self, at: Pos2) -> bool {
        let rests = self.pointer.is_some_and(|pointer| pointer.distance(at) <= REST);
        if rests { self.firm.contains(at) } else { self.steady.contains(at) }
    }
}

/// True if it was clicked, and a pointer that did so was over this same button for `wait` seconds;
/// once for the clicks of a double click. `key` names the button among all that are in sight. To be
/// asked in every frame in which the button is shown.
pub fn clicked(ui: &Ui, response: &Response, key: impl Hash + Debug, wait: f64) -> bool {
    let id = Id::unique(("settled", key));
    let frame = ui.ctx().cumulative_frame_nr();
    let (time, pointer) = ui.input(|input| (input.time, input.pointer.latest_pos()));
    let now = Now { frame, time, pointer, rect: response.rect };
    let place = ui.data_mut(|data| {
        let place = Place::follow(data.get_temp::<Place>(id), now, wait);
        data.insert_temp(id, place);
        place
    });
    if !response.clicked() || response.double_clicked() || response.triple_clicked() {
        return false;
    }
    // The keyboard and assistive technology name what they press.
    let by_pointer = response.clicked_by(PointerButton::Primary);
    !by_pointer || response.interact_pointer_pos().is_none_or(|at| place.takes(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn at(frame: u64, time: f64, left: f32) -> Now {
        let rect = Rect::from_min_max(pos2(left, 0.0), pos2(left + 100.0, 10.0));
        Now { frame, time, pointer: Some(pos2(70.0, 5.0)), rect }
    }

    #[test]
    fn only_what_stood_there_long_enough_is_steady() {
        let aimed = pos2(50.0, 5.0);
        let new = Place::follow(None, at(1, 10.0, 0.0), 0.5);
        assert!(!new.takes(aimed));
        let soon = Place::follow(Some(new), at(2, 10.4, 0.0), 0.5);
        assert!(!soon.takes(aimed));
        // An idle window draws no frames meanwhile.
        let later = Place::follow(Some(soon), at(3, 90.0, 0.0), 0.5);
        assert!(later.takes(aimed));
        let moved = Place::follow(Some(later), at(4, 90.1, 40.0), 0.5);
        assert!(moved.takes(aimed), "it stood there before, too");
        assert!(!moved.takes(pos2(120.0, 5.0)), "it has only just come there");
        let gone = Place::follow(Some(moved), at(9, 99.0, 40.0), 0.5);
        assert!(!gone.takes(aimed), "it was out of sight");
    }

    #[test]
    fn under_a_pointer_that_rests_it_takes_longer() {
        let (resting, aimed) = (pos2(71.0, 6.0), pos2(50.0, 5.0));
        let new = Place::follow(None, at(1, 10.0, 0.0), 0.5);
        let soon = Place::follow(Some(new), at(2, 11.0, 0.0), 0.5);
        assert!(soon.takes(aimed) && !soon.takes(resting));
        let later = Place::follow(Some(soon), at(3, 12.0, 0.0), 0.5);
        assert!(later.takes(aimed) && later.takes(resting));
    }
}
