//! The list keeps its place, with heights that nobody can guess.

use super::*;
use egui::{Event, Pos2, RawInput, Vec2};

/// Rows with heights from 10 to 130 points that the guess knows nothing of.
fn height(key: Key) -> f32 {
    10.0 + (key.1.wrapping_mul(2_654_435_761) % 120).abs() as f32
}

struct Bench {
    ctx: egui::Context,
    scroll: Scroll,
    keys: Vec<Key>,
    /// Rows drawn in sight in the last pass: key and top.
    seen: Vec<(Key, f32)>,
    drawn: usize,
    needs: Needs,
}

impl Bench {
    fn new(ids: std::ops::Range<i64>) -> Self {
        let ctx = egui::Context::default();
        ctx.set_fonts(egui::FontDefinitions::empty());
        Bench {
            ctx,
            scroll: Scroll::at_the_end(),
            keys: ids.map(|id| (false, id)).collect(),
            seen: Vec::new(),
            drawn: 0,
            needs: Needs::default(),
        }
    }

    fn frame(&mut self, wheel: f32) {
        let screen = Rect::from_min_size(Pos2::ZERO, Vec2::new(400.0, 600.0));
        let mut events = vec![Event::PointerMoved(screen.center())];
        if wheel != 0.0 {
            events.push(Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: Vec2::new(0.0, wheel),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: egui::Modifiers::NONE,
            });
        }
        let input = RawInput { screen_rect: Some(screen), events, ..RawInput::default() };
        let ctx = self.ctx.clone();
        let mut output = ctx.run_ui(input, |ui| {
            self.seen.clear();
            self.drawn = 0;
            let keys = self.keys.clone();
            let rows = Rows { keys: &keys, guess: &|_| 40.0, more_below: false };
            let (mut seen, mut drawn) = (Vec::new(), 0);
            self.needs = self.scroll.show(ui, &rows, &mut |ui, index| {
                let height = height(keys[index]);
                let (rect, _) = ui.allocate_exact_size(
                    Vec2::new(ui.available_width(), height),
                    egui::Sense::hover(),
                );
                drawn += 1;
                if rect.bottom() > 0.0 && rect.top() < 600.0 {
                    seen.push((keys[index], rect.top()));
                }
            });
            (self.seen, self.drawn) = (seen, drawn);
        });
        output.textures_delta.clear();
    }

    fn rest(&mut self) {
        (0..60).for_each(|_| self.frame(0.0));
    }

    fn top_of(&self, key: Key) -> Option<f32> {
        self.seen.iter().find(|(seen, _)| *seen == key).map(|(_, top)| *top)
    }
}

#[test]
fn it_opens_at_the_end_and_draws_only_what_is_in_sight() {
    let mut bench = Bench::new(0..600);
    bench.frame(0.0);
    bench.rest();
    let (last, top) = *bench.seen.last().expect("rows");
    assert_eq!(last, (false, 599));
    assert!((top + height(last) + PADDING - 600.0).abs() < 1.0, "{top}");
    assert!(bench.drawn < 60, "{}", bench.drawn);
    assert!(bench.scroll.at_end());
}

#[test]
fn rows_in_sight_touch_each_other_in_every_frame() {
    let mut bench = Bench::new(0..600);
    bench.rest();
    for _ in 0..200 {
        bench.frame(90.0);
        for pair in bench.seen.windows(2) {
            let gap = pair[1].1 - (pair[0].1 + height(pair[0].0));
            assert!(gap.abs() < 1.0, "{gap} between {:?} and {:?}", pair[0], pair[1]);
        }
    }
    assert!(bench.seen[0].0.1 < 560, "it moved");
}

#[test]
fn older_rows_that_come_in_do_not_move_what_is_seen() {
    let mut bench = Bench::new(1_000..1_100);
    bench.rest();
    for _ in 0..30 {
        bench.frame(120.0);
    }
    bench.rest();
    let before = bench.seen.clone();
    let mut keys: Vec<Key> = (900..1_000).map(|id| (false, id)).collect();
    keys.append(&mut bench.keys);
    bench.keys = keys;
    for _ in 0..5 {
        bench.frame(0.0);
        for (key, top) in &before {
            let now = bench.top_of(*key);
            assert!(now.is_some_and(|now| (now - top).abs() < 1.0), "{key:?}: {top} {now:?}");
        }
    }
    // Dropping rows at the far end changes nothing either.
    bench.keys.truncate(190);
    bench.frame(0.0);
    let (key, top) = before[0];
    assert!(bench.top_of(key).is_some_and(|now| (now - top).abs() < 1.0));
}

#[test]
fn a_jump_brings_the_row_into_the_upper_part() {
    let mut bench = Bench::new(0..600);
    bench.rest();
    bench.scroll.go_to_row((false, 300));
    bench.frame(0.0);
    bench.rest();
    let top = bench.top_of((false, 300)).expect("in sight");
    assert!((top - 150.0).abs() < 2.0, "{top}");
    assert!(!bench.scroll.at_end());
}

#[test]
fn a_jump_that_shows_nearly_all_that_is_below_shows_the_end() {
    let mut bench = Bench::new(0..600);
    bench.rest();
    // Far enough up, the jump is no matter of the end; at some row between it stops within a
    // sliver of it, and nowhere does it stay there.
    for id in 580..600 {
        bench.scroll.go_to_row((false, id));
        bench.frame(0.0);
        bench.rest();
        let below: f32 = (id..600).map(|id| height((false, id))).sum();
        let end = below + PADDING <= 450.0 + SLIVER;
        assert_eq!(bench.scroll.at_end(), end, "row {id} with {below} points to the end");
    }
}

#[test]
fn the_end_stays_in_sight_when_rows_are_added_and_the_user_can_leave_it() {
    let mut bench = Bench::new(0..100);
    bench.rest();
    bench.keys.push((false, 100));
    bench.rest();
    assert_eq!(bench.seen.last().map(|(key, _)| *key), Some((false, 100)));
    bench.frame(200.0);
    bench.rest();
    assert!(!bench.scroll.at_end());
    let before = bench.seen[0];
    bench.keys.push((false, 101));
    bench.rest();
    assert_eq!(bench.seen[0].0, before.0);
    bench.scroll.go_to_end();
    bench.rest();
    assert_eq!(bench.seen.last().map(|(key, _)| *key), Some((false, 101)));
}

#[test]
fn more_is_asked_for_before_an_end_is_reached() {
    let mut bench = Bench::new(0..600);
    bench.rest();
    assert_eq!(bench.needs, Needs { above: false, below: true });
    bench.scroll.go_to_row((false, 10));
    bench.rest();
    assert!(bench.needs.above);
}
