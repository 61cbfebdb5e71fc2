//! Clicks on what has only just come under the pointer don't count: they were meant for what stood
//! there before. Cards of calls change and move by themselves, and a wrong click ends a call.

use egui::{Context, Id, PointerButton, Pos2, Rect, Response, Ui};
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
    /// Where the pointer was when the button came under it.
    pointer: Option<Pos2>,
    /// That spot has belonged to this button since then.
    rested: f64,
    /// The part of it that has belonged to this button all the time.
    steady: Rect,
    /// Of the clicks that come one upon the other the first came here, and none has counted yet.
    open: bool,
}

/// The buttons that were in sight in this frame or the one before.
#[derive(Clone, Debug, Default)]
struct Places(Vec<(Id, Place)>);

/// How it is in a frame.
#[derive(Clone, Copy)]
struct Now {
    frame: u64,
    time: f64,
    pointer: Option<Pos2>,
    rect: Rect,
    /// Seconds until it is steady.
    wait: f64,
}

impl Place {
    /// As it is now.
    fn follow(known: Option<Place>, now: Now) -> Place {
        let Now { frame, time, pointer, rect, wait } = now;
        let (none, open) = (Rect::NOTHING, false);
        let new = Place { frame, rect, since: time, pointer, rested: time, steady: none, open };
        // One that was out of sight for a frame begins anew.
        let Some(known) = known.filter(|known| known.is_recent(frame)) else {
            return new;
        };
        let steady = if time - known.since >= wait { known.rect } else { known.steady };
        if known.rect == rect {
            return Place { frame, steady, ..known };
        }
        let both = steady.intersect(rect);
        let steady = if both.is_positive() { both } else { none };
        let moved = Place { steady, open: known.open, ..new };
        // It moved under a pointer that was over it before, too, and still is.
        if pointer.is_some_and(|at| known.rect.contains(at) && rect.contains(at)) {
            return Place { pointer: known.pointer, rested: known.rested, ..moved };
        }
        moved
    }

    fn is_recent(&self, frame: u64) -> bool {
        frame.saturating_sub(self.frame) <= 1
    }

    /// A press there was meant for it.
    fn takes(&self, at: Pos2, now: Now) -> bool {
        let rests = self.pointer.is_some_and(|pointer| pointer.distance(at) <= REST);
        if rests { now.time - self.rested >= now.wait * AT_REST } else { self.steady.contains(at) }
    }

    /// A click there counts: it was meant for this button, and no other of the same quick
    /// succession has counted. `first` says that it begins one.
    fn counts(&mut self, at: Pos2, now: Now, first: bool) -> bool {
        let counts = (first || self.open) && self.takes(at, now);
        self.open = (first || self.open) && !counts;
        counts
    }
}

impl Places {
    /// What is known of a button, as it is now.
    fn follow(&mut self, id: Id, now: Now) -> &mut Place {
        self.0.retain(|(_, place)| place.is_recent(now.frame));
        let at = self.0.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
            self.0.push((id, Place::follow(None, now)));
            self.0.len() - 1
        });
        let place = &mut self.0[at].1;
        *place = Place::follow(Some(*place), now);
        place
    }
}

/// Does this with what is known of all buttons.
fn with_places<R>(ctx: &Context, act: impl FnOnce(&mut Places) -> R) -> R {
    ctx.data_mut(|data| act(data.get_temp_mut_or_default(Id::unique("settled"))))
}

/// True if it was clicked, and a pointer that did so was over this same button for `wait` seconds;
/// at most once for clicks in such quick succession that they are one double click, or hammering,
/// and only if the first of them was on this button as well. `key` names the button among all that
/// are in sight. To be asked in every frame in which the button is shown.
pub fn clicked(ui: &Ui, response: &Response, key: impl Hash + Debug, wait: f64) -> bool {
    let id = Id::unique(("settled", key));
    let frame = ui.ctx().cumulative_frame_nr();
    let (time, pointer) = ui.input(|input| (input.time, input.pointer.latest_pos()));
    let now = Now { frame, time, pointer, rect: response.rect, wait };
    // The keyboard and assistive technology name what they press.
    let clicked = response.clicked();
    let by_pointer = response.clicked_by(PointerButton::Primary);
    let at = response.interact_pointer_pos().filter(|_| by_pointer);
    let first = !response.double_clicked() && !response.triple_clicked();
    with_places(ui.ctx(), |places| {
        let place = places.follow(id, now);
        clicked && at.is_none_or(|at| place.counts(at, now, first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{RawInput, Sense, Vec2, pos2};

    const POINTER: Pos2 = pos2(70.0, 5.0);

    fn at(frame: u64, time: f64, left: f32) -> Now {
        let rect = Rect::from_min_max(pos2(left, 0.0), pos2(left + 100.0, 10.0));
        Now { frame, time, pointer: Some(POINTER), rect, wait: 0.5 }
    }

    #[test]
    fn only_what_stood_there_long_enough_is_steady() {
        let aimed = pos2(50.0, 5.0);
        let new = Place::follow(None, at(1, 10.0, 0.0));
        assert!(!new.takes(aimed, at(1, 10.0, 0.0)));
        let soon = Place::follow(Some(new), at(2, 10.4, 0.0));
        assert!(!soon.takes(aimed, at(2, 10.4, 0.0)));
        // An idle window draws no frames meanwhile.
        let later = Place::follow(Some(soon), at(3, 90.0, 0.0));
        assert!(later.takes(aimed, at(3, 90.0, 0.0)));
        let moved = Place::follow(Some(later), at(4, 90.1, 40.0));
        assert!(moved.takes(aimed, at(4, 90.1, 40.0)), "it stood there before, too");
        assert!(!moved.takes(pos2(120.0, 5.0), at(4, 90.1, 40.0)), "it has only just come there");
        let gone = Place::follow(Some(moved), at(9, 99.0, 40.0));
        assert!(!gone.takes(aimed, at(9, 99.0, 40.0)), "it was out of sight");
    }

    #[test]
    fn under_a_pointer_that_rests_it_takes_longer() {
        let (resting, aimed) = (pos2(71.0, 6.0), pos2(50.0, 5.0));
        let new = Place::follow(None, at(1, 10.0, 0.0));
        let soon = Place::follow(Some(new), at(2, 11.0, 0.0));
        assert!(soon.takes(aimed, at(2, 11.0, 0.0)) && !soon.takes(resting, at(2, 11.0, 0.0)));
        let later = Place::follow(Some(soon), at(3, 12.0, 0.0));
        assert!(later.takes(aimed, at(3, 12.0, 0.0)) && later.takes(resting, at(3, 12.0, 0.0)));
    }

    #[test]
    fn one_that_moves_below_a_pointer_that_stays_over_it_is_the_same_to_it() {
        let new = Place::follow(None, at(1, 10.0, 0.0));
        let moved = Place::follow(Some(new), at(2, 11.4, 3.0));
        assert!(!moved.takes(POINTER, at(2, 11.4, 3.0)), "it came there unaimed for");
        assert!(moved.takes(POINTER, at(3, 11.6, 3.0)), "it has been there for long enough");
        // The pointer was elsewhere when the button came, so somebody has aimed at it.
        let elsewhere = Now { pointer: Some(pos2(70.0, 90.0)), ..at(1, 10.0, 0.0) };
        let aimed_at = Place::follow(Some(Place::follow(None, elsewhere)), at(2, 11.0, 0.0));
        let moved = Place::follow(Some(aimed_at), at(3, 11.1, 3.0));
        assert!(moved.takes(POINTER, at(3, 11.1, 3.0)));
        // It came from where the pointer was not.
        let far = Place::follow(Some(aimed_at), at(3, 11.1, 71.0));
        let back = Place::follow(Some(far), at(4, 11.2, 0.0));
        assert!(!back.takes(POINTER, at(4, 11.2, 0.0)));
    }

    #[test]
    fn of_clicks_in_quick_succession_one_counts() {
        let aimed = pos2(50.0, 5.0);
        let mut place = Place::follow(None, at(1, 10.0, 0.0));
        let mut clicks = Vec::new();
        for nth in 0_u32..8 {
            let now = at(2, 10.12 + 0.2 * f64::from(nth), 0.0);
            place = Place::follow(Some(place), now);
            clicks.push(place.counts(aimed, now, nth == 0));
        }
        // Ripe at 10.5.
        assert_eq!(clicks, [false, false, true, false, false, false, false, false]);
        assert!(place.counts(aimed, at(2, 12.0, 0.0), true), "another click is another wish");
    }

    #[test]
    fn clicks_that_began_elsewhere_do_not_count() {
        let place = Place::follow(None, at(1, 10.0, 0.0));
        let mut place = Place::follow(Some(place), at(2, 11.0, 0.0));
        assert!(!place.counts(pos2(50.0, 5.0), at(2, 11.0, 0.0), false));
        assert!(place.counts(pos2(50.0, 5.0), at(2, 11.0, 0.0), true));
    }

    #[test]
    fn what_is_no_more_in_sight_is_forgotten() {
        let ctx = Context::default();
        for call in 0..50 {
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                for word in ["Hold", "Hang up"] {
                    let (_, button) = ui.allocate_exact_size(Vec2::splat(40.0), Sense::click());
                    assert!(!clicked(ui, &button, (call, word), QUICK));
                }
            });
            output.textures_delta.clear();
        }
        let kept = with_places(&ctx, |places| places.0.len());
        assert!((2..=4).contains(&kept), "{kept}");
    }
}
