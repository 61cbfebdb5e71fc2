//! A conversation of many texts: pages come as it is scrolled, places are kept.

use super::data::{self, ADA};
use super::fake::FakeEngine;
use super::rig::{NORMAL, Rig, window_with};
use deskphone::phone::*;
use egui::Vec2;
use egui_kittest::kittest::Queryable;

const TEXTS: i64 = 5_000;

fn open(unread: u32) -> Rig {
    let engine = FakeEngine::default();
    engine.script.borrow_mut().timeline = (0..TEXTS)
        .map(|id| {
            let words = format!("text {id} {}", "and more words ".repeat((id % 9) as usize));
            let at = (TEXTS - id) * 40;
            TimelineItem::Text(data::text(id, ADA, words.trim(), at, data::received()))
        })
        .collect();
    let Event::Threads(threads) = data::threads() else { unreachable!() };
    let mut threads = threads.to_vec();
    threads[0].unread = unread;
    let events =
        data::ready().into_iter().chain([data::contacts(), Event::Threads(threads.into())]);
    let mut rig = window_with(NORMAL, engine, events);
    rig.click("Chats");
    let unread = if unread > 0 { format!(", {unread} unread") } else { String::new() };
    rig.click(&format!("Ada Lovelace, See you at the station then{unread}"));
    rig
}

fn wheel(rig: &mut Rig, up: f32) {
    let rect = egui::pos2(500.0, 300.0);
    rig.harness.event(egui::Event::PointerMoved(rect));
    rig.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: Vec2::new(0.0, up),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    });
    rig.harness.run_steps(4);
}

fn marked_read(rig: &Rig) -> bool {
    let read = Command::Message(MessageCommand::MarkRead(ThreadId(1)));
    rig.engine.commands().contains(&read)
}

#[test]
fn scrolling_up_brings_older_pages_and_the_memory_stays_bounded() {
    let mut rig = open(0);
    assert!(rig.shows("text 4999"));
    for _ in 0..120 {
        wheel(&mut rig, 1_500.0);
    }
    let items = &rig.harness.state().model().timeline.items;
    assert!(items.len() <= 600, "{}", items.len());
    let first = items.first().map(|item| item.time());
    assert!(first.is_some_and(|time| time < data::ago(1_000 * 40)), "{first:?}");
    assert!(!rig.shows("text 4999"));
    rig.click("Go to the newest");
    rig.harness.run();
    assert!(rig.shows("text 4999"));
    assert_eq!(rig.count("Go to the newest"), 0);
}

#[test]
fn only_what_is_near_is_laid_out() {
    let rig = open(0);
    let shown = rig.harness.query_all_by_label_contains("text ").count();
    assert!((5..60).contains(&shown), "{shown}");
}

#[test]
fn it_opens_at_the_first_unread_and_reads_at_the_end() {
    let mut rig = open(120);
    let first = format!("text {}", TEXTS - 120);
    let node = rig.harness.get_by_label_contains(&first).rect();
    assert!(node.top() > 60.0 && node.bottom() < 600.0, "{node:?}");
    assert!(rig.shows("New"));
    assert!(!marked_read(&rig), "its end was not seen");
    assert!(rig.shows("Go to the newest, 120 unread"));
    rig.click("Go to the newest, 120 unread");
    assert!(marked_read(&rig));
}

#[test]
fn a_text_that_arrives_while_reading_older_ones_moves_nothing() {
    let mut rig = open(0);
    for _ in 0..5 {
        wheel(&mut rig, 700.0);
    }
    rig.harness.run();
    let place = |rig: &Rig| {
        let tops: Vec<_> = rig
            .harness
            .query_all_by_label_contains("text ")
            .map(|node| node.rect())
            .filter(|rect| rect.top() > 100.0)
            .collect();
        tops.first().copied()
    };
    let before = place(&rig);
    rig.tell(Event::Message(data::text(9_000, ADA, "Just now", 1, data::received())));
    assert_eq!(place(&rig), before);
    assert!(!rig.shows("Just now"));
    rig.click("Go to the newest");
    assert!(rig.shows("Just now"));
}
