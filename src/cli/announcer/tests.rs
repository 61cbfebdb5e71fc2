//! What `listen` prints, and what it doesn't print twice.

use super::*;
use crate::cli::rig_for_tests::{Kept, Rig, rig};
use crate::clock::WallTime;
use crate::number::PhoneNumber;
use crate::phone::{Direction, ReleaseCause, WaitingKind};

fn call(state: CallState, remote: RemoteParty) -> Event {
    Event::Call(Call {
        id: CallId(1),
        direction: Direction::MobileTerminated,
        state,
        remote,
        multiparty: false,
        held_by_other: false,
        keys: Default::default(),
        started_at: Instant::ZERO,
        state_since: Instant::ZERO,
        answered_at: None,
        diagnosis: None,
    })
}

fn known() -> RemoteParty {
    RemoteParty::Known(PhoneNumber::new("+15550106"))
}

/// What these events print; what was held is printed at the end.
fn printed(events: &[Event]) -> Kept {
    let Rig { session, .. } = rig(Vec::new(), |_, _| Vec::new());
    let kept = Kept::default();
    let mut announcer = Announcer::new(kept.output(true));
    for event in events {
        announcer.announce(event, &session).unwrap();
    }
    let early = Instant::ZERO;
    announcer.held.iter_mut().for_each(|(_, due)| *due = early);
    announcer.network_due = announcer.network_due.map(|_| early);
    announcer.announce_held(&session).unwrap();
    kept
}

#[test]
fn a_call_is_announced_once_and_with_the_number_that_comes_after_ring() {
    let kept = printed(&[
        call(CallState::Incoming, RemoteParty::NotAvailable),
        call(CallState::Incoming, RemoteParty::NotAvailable),
        call(CallState::Incoming, known()),
        call(CallState::Incoming, known()),
        call(CallState::Active, known()),
        call(CallState::Released(ReleaseCause::Remote), known()),
    ]);
    assert_eq!(kept.values("state"), ["incoming", "active", "released"]);
    assert_eq!(kept.values("number").len(), 3);
}

#[test]
fn a_caller_without_number_is_announced_in_the_end() {
    let kept = printed(&[call(CallState::Incoming, RemoteParty::NotAvailable)]);
    assert_eq!(kept.values("state"), ["incoming"]);
    assert_eq!(kept.values("number").len(), 0);
    let kept = printed(&[
        call(CallState::Incoming, RemoteParty::NotAvailable),
        call(CallState::Released(ReleaseCause::Remote), RemoteParty::NotAvailable),
    ]);
    assert_eq!(kept.values("state"), ["incoming", "released"]);
}

#[test]
fn registration_operator_and_technology_are_one_line() {
    let home = NetworkState { registration: Registration::Home, ..NetworkState::default() };
    let lte = Some(AccessTechnology::Lte);
    let known =
        NetworkState { operator: "TestNet".to_owned(), access_technology: lte, ..home.clone() };
    let signal = NetworkState { battery_percent: Some(50), ..known.clone() };
    let kept = printed(&[home, known, signal].map(Event::Network));
    assert_eq!(kept.values("event"), ["registration"]);
    assert_eq!(
        (kept.values("operator"), kept.values("technology")),
        (vec!["TestNet".to_owned()], vec!["4G".to_owned()])
    );
}

#[test]
fn what_waits_is_told_when_it_changes_and_when_it_is_gone() {
    let mark = |kind, count| WaitingMark {
        kind,
        count,
        from: PhoneNumber::new("+15550199"),
        time: WallTime::default(),
    };
    let voicemail = |count| mark(WaitingKind::Voicemail, count);
    let fax = mark(WaitingKind::Fax, None);
    let kept = printed(&[
        Event::Waiting([].into()),
        Event::Waiting([voicemail(Some(1))].into()),
        Event::Waiting([voicemail(Some(1)), fax.clone()].into()),
        Event::Waiting([voicemail(Some(2)), fax.clone()].into()),
        Event::Waiting([fax].into()),
    ]);
    assert_eq!(kept.values("kind"), ["voicemail", "fax", "voicemail", "voicemail"]);
    let lines: Vec<serde_json::Value> =
        kept.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let counts: Vec<Option<u64>> = lines.iter().map(|line| line["count"].as_u64()).collect();
    assert_eq!(counts, [Some(1), None, Some(2), Some(0)]);
    assert!(lines.iter().all(|line| line["event"] == "waiting" && line["number"] == "+15550199"));
}
