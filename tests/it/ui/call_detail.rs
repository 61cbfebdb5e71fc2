//! The history with its filters, the page of one call, and blocking.

use super::data;
use super::fake::FakeEngine;
use super::rig::{Rig, window_with};
use deskphone::phone::*;
use egui_kittest::kittest::{NodeT, Queryable};

fn step(state: &str, at_ms: u64) -> Milestone {
    Milestone { at_ms, state: state.to_owned() }
}

fn detail() -> CallDetail {
    let line = |at_ms, sent, text: &str| TranscriptLine { at_ms, sent, text: text.to_owned() };
    CallDetail {
        milestones: vec![
            step("dialing", 0),
            step("alerting", 2_149),
            step("active", 7_000),
            step("released", 69_020),
        ],
        cause: Some(17),
        evidence: vec!["NO CARRIER".to_owned()],
        signal: Some(SignalQuality { rssi: 21 }),
        registration: Registration::Roaming,
        access_technology: Some(AccessTechnology::Umts),
        operator: "TestNet".to_owned(),
        keys: "12#".to_owned(),
        blocked_by: String::new(),
        transcript: vec![line(-5, true, "ATD+15550100;"), line(210, false, "OK")],
    }
}

fn recents(detail: Option<CallDetail>) -> Rig {
    let engine = FakeEngine::default();
    let mut blocked = data::record(30, "+4930999888", Outcome::Blocked, 300, None);
    blocked.direction = Direction::MobileTerminated;
    blocked.cause = "Refused by the block list: +4930*".to_owned();
    engine.script.borrow_mut().calls = data::history();
    engine.script.borrow_mut().calls.insert(0, blocked);
    engine.script.borrow_mut().detail = detail;
    // High enough for the whole page: what is out of sight has no name.
    let size = [1100.0, 1400.0];
    let mut rig = window_with(size, engine, data::ready().into_iter().chain([data::contacts()]));
    rig.click("Recents");
    rig
}

const ANSWERED: &str = "Demo: answers, Outgoing · 01:02, 15:34";
const BLOCKED: &str = "+49 30 999888, Blocked · +4930*, 17:59";

#[test]
fn the_list_is_filtered_to_missed_and_to_blocked_calls() {
    let mut rig = recents(None);
    assert!(rig.shows(ANSWERED) && rig.shows(BLOCKED));
    rig.click("Missed");
    assert!(!rig.shows(ANSWERED) && rig.shows("Ada Lovelace, Missed call"));
    rig.click("Blocked");
    assert!(!rig.shows("Missed call") && rig.shows(BLOCKED));
    rig.click("All");
    assert!(rig.shows(ANSWERED));
}

#[test]
fn the_times_of_calls_stand_below_each_other_also_where_there_is_nobody_to_call() {
    let mut rig = recents(None);
    let withheld = data::record(40, "", Outcome::Missed, 660, None);
    rig.tell(Event::CallRecord(CallRecord { remote: RemoteParty::Withheld, ..withheld }));
    let right = |time: &str| rig.painted(time)[0].0.right();
    assert!((right("17:53") - right("17:54")).abs() < 0.5);
}

#[test]
fn the_page_of_a_call_tells_its_steps_the_network_and_the_cause() {
    let mut rig = recents(Some(detail()));
    rig.click(ANSWERED);
    let asked = rig
        .engine
        .script
        .borrow()
        .queries
        .iter()
        .any(|(_, query)| matches!(query, Query::CallDetail(CallRecordId(18))));
    assert!(asked);
    for words in [
        "15:34:05 Dialed 0 s",
        "15:34:07 Rang at the other end +2.1 s",
        "15:34:12 Answered +7.0 s",
        "15:35:14 Ended +1:09 min",
        "TestNet · 3G · −71 dBm · Roaming",
        "Cause 17: The number is busy",
        "NO CARRIER",
        "12#",
    ] {
        assert!(rig.shows(words), "{words}");
    }
}

#[test]
fn the_at_lines_are_folded_and_can_be_copied() {
    let mut rig = recents(Some(detail()));
    rig.click(ANSWERED);
    assert!(!rig.shows("ATD+15550100;"));
    rig.click("AT lines of this call");
    assert!(rig.shows("−0.005 > ATD+15550100;") && rig.shows("+0.210 < OK"));
    rig.click("Copy AT lines");
    assert!(rig.shows("Copied"));
}

#[test]
fn each_at_line_says_what_it_means_and_is_taken_apart_by_a_click() {
    let mut rig = recents(Some(detail()));
    rig.click(ANSWERED);
    rig.click("AT lines of this call");
    // 27.007 §6.2: D dials, and the semicolon makes it a voice call.
    let line = "−0.005 > ATD+15550100;, Place a voice call to +15550100";
    assert!(rig.shows(line));
    assert!(rig.shows("+0.210 < OK, "));
    assert!(!rig.shows("3GPP TS 27.007"), "parts are folded");
    let line = rig.harness.query_all_by_label_contains("ATD+15550100;").next().expect("the line");
    line.click();
    rig.harness.run();
    assert!(rig.shows("27.007") || rig.shows("V.250"));
}

#[test]
fn the_open_call_is_marked_in_the_list() {
    let mut rig = recents(None);
    let marked = |rig: &Rig| {
        let soft = [deskphone::ui::theme::LIGHT, deskphone::ui::theme::DARK].map(|p| p.accent_soft);
        let fills = rig.harness.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
            egui::Shape::Rect(rect) if soft.contains(&rect.fill) => Some(rect.rect),
            _ => None,
        });
        let row = rig.harness.get_by_label(ANSWERED).rect();
        fills.filter(|fill| row.contains_rect(*fill) && fill.width() > 200.0).count()
    };
    assert_eq!(marked(&rig), 0);
    rig.click(ANSWERED);
    assert_eq!(marked(&rig), 1);
}

#[test]
fn the_ring_around_a_row_is_not_cut_by_the_list() {
    let mut rig = recents(None);
    rig.harness.get_by_label(BLOCKED).focus();
    rig.harness.run();
    let row = rig.harness.get_by_label(BLOCKED).rect();
    let rings: Vec<_> = rig
        .harness
        .output()
        .shapes
        .iter()
        .filter_map(|clipped| match &clipped.shape {
            egui::Shape::Rect(ring) if ring.stroke.width == 2.0 && row.intersects(ring.rect) => {
                Some((clipped.clip_rect, ring.rect.expand(2.0)))
            }
            _ => None,
        })
        .collect();
    assert!(!rings.is_empty());
    for (clip, ring) in rings {
        assert!(clip.contains_rect(ring), "{ring:?} in {clip:?}");
    }
}

#[test]
fn a_blocked_call_says_which_entry_refused_it() {
    let blocked_by = "+4930*".to_owned();
    let mut rig = recents(Some(CallDetail { blocked_by, ..CallDetail::default() }));
    rig.click(BLOCKED);
    assert!(rig.shows("Blocked by +4930*"));
}

#[test]
fn a_number_is_blocked_from_the_history_and_a_pattern_is_told() {
    let mut rig = recents(None);
    rig.click(BLOCKED);
    assert!(rig.shows("Nothing more was kept of this call"));
    rig.click("Block this number");
    let Command::SaveSettings(saved) = rig.last() else { panic!("no settings") };
    assert_eq!(saved.block_list, ["+4930999888"]);
    rig.click("Unblock this number");
    assert!(matches!(rig.last(), Command::SaveSettings(s) if s.block_list.is_empty()));
    let block_list = vec!["+4930*".to_owned()];
    rig.tell(Event::Settings(Settings { block_list, region: "GB".into(), ..Settings::default() }));
    assert_eq!(rig.count("Unblock this number"), 0, "others are blocked by it, too");
    assert!(rig.shows("Change the block list in the settings"));
}

#[test]
fn the_card_of_a_call_that_ended_leads_to_its_page() {
    let mut rig = recents(Some(detail()));
    rig.tell(Event::Call(data::call(9, "+15550107", CallState::Alerting)));
    let mut gone = data::call(9, "+15550107", CallState::Released(ReleaseCause::Busy));
    gone.diagnosis = Some(data::why("The number is busy", "Try again in a few minutes"));
    rig.tell(Event::Call(gone));
    assert_eq!(rig.count("Details"), 0, "the history has not told it yet");
    rig.tell(Event::CallRecord(data::record(31, "+15550107", Outcome::Failed, 5, None)));
    rig.click("Details");
    assert!(rig.shows("Rang at the other end"));
    let asked = rig
        .engine
        .script
        .borrow()
        .queries
        .iter()
        .any(|(_, query)| matches!(query, Query::CallDetail(CallRecordId(31))));
    assert!(asked);
}

#[test]
fn a_blocked_conversation_is_unblocked_from_its_calls() {
    let mut rig = recents(None);
    let Event::Threads(threads) = data::threads() else { panic!("no threads") };
    let mut threads = threads.to_vec();
    threads[0].number = deskphone::number::PhoneNumber::new("+4930999888");
    threads[0].flags.blocked = true;
    let id = threads[0].id;
    rig.tell(Event::Threads(threads.into()));
    rig.click(BLOCKED);
    rig.click("Unblock this number");
    let flags = ThreadFlags::default();
    assert_eq!(rig.last(), Command::Message(MessageCommand::SetFlags(id, flags)));
}

#[test]
fn a_call_that_ends_while_its_page_is_open_is_looked_up_again() {
    let mut rig = recents(None);
    rig.click(ANSWERED);
    assert!(!rig.shows("Answered +7.0 s"));
    rig.engine.script.borrow_mut().detail = Some(detail());
    rig.tell(Event::CallRecord(data::record(18, "+15550100", Outcome::Answered, 9_000, Some(70))));
    rig.harness.run();
    assert!(rig.shows("15:34:12 Answered +7.0 s"));
}

#[test]
fn calling_and_writing_start_from_the_page_and_deleting_leaves_it() {
    let mut rig = recents(None);
    rig.click(ANSWERED);
    rig.click("Call Demo: answers from here");
    assert_eq!(rig.dialed(), "+15550100");
    rig.click("Delete from history");
    assert_eq!(rig.last(), Command::DeleteCallRecord(CallRecordId(18)));
    assert!(!rig.shows("Nothing more was kept"));
}

#[test]
fn a_blocked_number_is_marked_in_the_list_and_in_its_conversation() {
    let mut rig = recents(None);
    let name = format!("{}, Blocked", missed_of_ada(&rig));
    assert_eq!(rig.count(&name), 0);
    rig.tell(Event::Settings(Settings {
        region: "GB".to_owned(),
        block_list: vec![data::ADA.to_owned()],
        ..Settings::default()
    }));
    assert_eq!(rig.count(&name), 1, "{name}");
    rig.click_secondary(&name);
    // The button of the top bar comes first.
    rig.click_nth("Write a text", 1);
    assert_eq!(rig.painted("Blocked").len(), 2, "the filter, and the head of the conversation");
}

/// The name of the row of Ada's missed call.
fn missed_of_ada(rig: &Rig) -> String {
    let rows = rig.harness.query_all_by_label_contains("Ada Lovelace, Missed call");
    let names: Vec<String> = rows
        .filter_map(|row| row.accesskit_node().label().map(|label| label.to_string()))
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
    names[0].clone()
}

#[test]
fn a_click_that_a_strip_has_moved_to_another_row_dials_nobody() {
    let mut rig = recents(None);
    let calls = |rig: &Rig| {
        rig.harness.query_all_by_label_contains("Call ").map(|n| n.rect()).collect::<Vec<_>>()
    };
    let before = calls(&rig);
    let place = before[1].center();
    rig.harness.event(egui::Event::PointerMoved(place));
    for _ in 0..100 {
        rig.harness.step();
    }
    rig.tell(Event::Call(data::call(1, "+15550101", CallState::Incoming)));
    assert!(calls(&rig) != before, "the list has moved");
    let press = |pressed| egui::Event::PointerButton {
        pos: place,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    [press(true), press(false)].into_iter().for_each(|event| rig.harness.event(event));
    rig.harness.run_steps(3);
    let dials = |c: &Command| matches!(c, Command::Call(CallCommand::Dial(_)));
    assert!(!rig.engine.commands().iter().any(dials));
    assert!(!rig.shows("What happened"), "no other page either");
}

#[test]
fn the_emergency_services_are_neither_written_to_nor_blocked() {
    let mut rig = recents(None);
    let answered = data::record(41, "112", Outcome::Answered, 120, Some(62));
    rig.tell(Event::CallRecord(answered));
    let row = "112, Outgoing · 01:02, 18:02";
    rig.click_secondary(row);
    assert!(rig.shows("Details") && !rig.shows("Block this number"));
    rig.click("Details");
    assert!(rig.shows("Call 112 from here") && !rig.shows("Block this number"));
    assert!(!rig.shows("Text 112 from here"));
}
