//! The window as a whole: still when nothing happens, toasts, failures, searching.

use super::data;
use super::fake::FakeEngine;
use super::rig::{NORMAL, window, window_with};
use deskphone::clock::Instant;
use deskphone::phone::*;

#[test]
fn an_idle_window_asks_for_no_frame() {
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    let mut rig = window(NORMAL, events);
    rig.harness.run();
    rig.harness.step();
    let output = rig.harness.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert_eq!(delay, Some(std::time::Duration::MAX), "nothing is to be repainted");
}

#[test]
fn an_idle_window_with_the_cursor_in_a_field_asks_for_no_frame() {
    let mut rig = window(NORMAL, data::ready());
    rig.key(egui::Modifiers::COMMAND, egui::Key::L);
    rig.harness.step();
    rig.harness.step();
    let output = rig.harness.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert!(delay > Some(std::time::Duration::from_secs(60)), "{delay:?}");
}

#[test]
fn a_call_wakes_the_window_at_its_next_full_second() {
    let mut rig = window(NORMAL, data::ready());
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.clock.set(Instant::from_millis(100_300));
    rig.harness.step();
    let output = rig.harness.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    let delay = delay.expect("a viewport");
    // Answered at 88 s, so the next second begins in 700 ms.
    assert!(delay.as_millis() >= 650 && delay.as_millis() <= 701, "{delay:?}");
}

#[test]
fn a_notice_is_shown_and_goes_by_itself() {
    let mut rig = window(NORMAL, data::ready());
    let text = "3 contacts imported".to_owned();
    rig.tell(Event::Notice(Notice { text, advice: String::new(), problem: false }));
    assert!(rig.shows("3 contacts imported"));
    rig.clock.set(Instant::from_secs(120));
    rig.harness.run();
    assert!(!rig.shows("3 contacts imported"));
}

#[test]
fn a_failed_command_is_told_with_its_advice() {
    let mut rig = window(NORMAL, data::ready());
    rig.click("Settings");
    rig.click("Dark");
    let request = rig.engine.last_request();
    let diagnosis = data::why("The settings could not be stored", "Check the disk");
    rig.tell(Event::Failed { request, error: CommandError::Storage, diagnosis });
    assert!(rig.shows("The settings could not be stored"));
    assert!(rig.shows("Check the disk"));
}

#[test]
fn texts_are_searched_as_they_are_typed_for() {
    let engine = FakeEngine::default();
    let found = data::text(9, "+31205551234", "structured programming", 9_000, data::received());
    engine.script.borrow_mut().found = vec![found];
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    let mut rig = window_with(NORMAL, engine, events);
    rig.click("Chats");
    rig.type_into("Search", "structured");
    assert!(rig.shows("structured programming"));
    let asked = rig.engine.script.borrow();
    assert!(
        asked.queries.iter().any(|(_, query)| {
            matches!(query, Query::Search { text, .. } if text == "structured")
        })
    );
}

#[test]
fn many_events_do_not_stop_the_window() {
    let mut rig = window(NORMAL, data::ready());
    for id in 0..20_000 {
        rig.engine.push(Event::CallRecord(data::record(id, data::ADA, Outcome::Missed, 60, None)));
    }
    rig.harness.run();
    assert!(rig.harness.state().model().history.len() <= 500);
    assert!(rig.engine.script.borrow().events.is_empty());
}

#[test]
fn a_draft_is_kept_when_the_window_closes() {
    let events = data::ready().into_iter().chain([data::contacts()]);
    let mut rig = window(NORMAL, events);
    rig.click("Text Ada Lovelace");
    rig.type_into("Message", "unfinished");
    let ctx = rig.harness.ctx.clone();
    rig.harness.state_mut().close(&ctx);
    let kept = rig.engine.commands().iter().any(|command| match command {
        Command::Message(MessageCommand::SaveDraft(draft)) => draft.text == "unfinished",
        _ => false,
    });
    assert!(kept);
}
