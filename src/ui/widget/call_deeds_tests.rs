//! Which actions are offered for which calls and abilities.

use super::*;
use crate::clock::Instant;
use crate::phone::{Direction, Keys, RemoteParty};

fn call(id: u32, state: CallState, multiparty: bool) -> Call {
    Call {
        id: CallId(id),
        direction: Direction::MobileOriginated,
        state,
        remote: RemoteParty::NotAvailable,
        multiparty,
        keys: Keys::default(),
        started_at: Instant::ZERO,
        state_since: Instant::ZERO,
        answered_at: None,
        diagnosis: None,
    }
}

fn around(calls: &[Call], abilities: Abilities) -> Around<'_> {
    Around { calls, abilities, muted: false }
}

fn words_of(deeds: &[Deed]) -> Vec<&'static str> {
    deeds.iter().map(|deed| deed.word).collect()
}

const NOTHING: Abilities = Abilities {
    hold: false,
    release_one: false,
    private: false,
    merge: false,
    transfer: false,
    deflect: false,
    mute: false,
    phonebook: false,
};

#[test]
fn members_of_a_conference_share_a_card_and_others_do_not() {
    let calls = [
        call(1, CallState::Active, true),
        call(2, CallState::Held, false),
        call(3, CallState::Active, true),
        call(4, CallState::Waiting, true),
    ];
    let cards = cards(&calls);
    let ids = |card: &Card<'_>| card.calls().iter().map(|c| c.id.0).collect::<Vec<_>>();
    assert_eq!(cards.iter().map(ids).collect::<Vec<_>>(), [vec![1, 3], vec![2], vec![4]]);
    let alone = [call(1, CallState::Active, true)];
    assert!(matches!(super::cards(&alone)[0], Card::One(_)), "one alone is no conference");
}

#[test]
fn answering_beside_an_active_call_says_what_becomes_of_it() {
    let all = Abilities::default();
    let lone = [call(1, CallState::Incoming, false)];
    assert_eq!(words_of(&ringing(&around(&lone, all))), ["Answer", "Reject"]);
    let both = [call(1, CallState::Active, false), call(2, CallState::Waiting, false)];
    let three = ["Answer and hold", "Answer and end", "Reject"];
    assert_eq!(words_of(&ringing(&around(&both, all))), three);
    assert_eq!(words_of(&ringing(&around(&both, NOTHING))), ["Answer and end", "Reject"]);
    let held = [call(1, CallState::Held, false), call(2, CallState::Waiting, false)];
    assert_eq!(words_of(&ringing(&around(&held, all))), ["Answer", "Reject"]);
}

#[test]
fn only_what_the_modem_offers_is_offered() {
    let calls = [call(1, CallState::Active, false), call(2, CallState::Held, false)];
    let card = Card::One(&calls[0]);
    let all = Abilities { transfer: true, ..Abilities::default() };
    assert_eq!(words_of(&talking(&card, &around(&calls, all))), ["Swap", "Mute", "Merge"]);
    assert_eq!(words_of(&rarer(&card, &around(&calls, all))), ["Connect them and leave"]);
    assert!(talking(&card, &around(&calls, NOTHING)).is_empty());
    assert!(rarer(&card, &around(&calls, NOTHING)).is_empty());
    let (private, drop) = member(&card, CallId(1), "Ada", &around(&calls, NOTHING));
    assert!(private.is_none() && drop.is_none());
}

#[test]
fn a_held_call_is_taken_back_only_when_nothing_else_goes_on() {
    let all = Abilities::default();
    let resume = |calls: &[Call]| words_of(&talking(&Card::One(&calls[0]), &around(calls, all)));
    assert_eq!(resume(&[call(1, CallState::Held, false)]), ["Resume"]);
    for other in [CallState::Active, CallState::Dialing, CallState::Alerting] {
        let calls = [call(1, CallState::Held, false), call(2, other, false)];
        assert!(resume(&calls).is_empty());
    }
}

#[test]
fn a_conference_has_room_for_five() {
    let mut calls: Vec<Call> = (1..=4).map(|id| call(id, CallState::Active, true)).collect();
    calls.push(call(5, CallState::Held, false));
    let merge = |calls: &[Call]| {
        let members = calls.iter().filter(|c| c.state == CallState::Active).collect();
        let deeds = talking(&Card::Conference(members), &around(calls, Abilities::default()));
        deeds.into_iter().find(|deed| deed.word == words::MERGE).expect("merge").disabled
    };
    assert_eq!(merge(&calls), None);
    calls.push(call(6, CallState::Active, true));
    assert_eq!(merge(&calls), Some(words::MERGE_FULL));
}

#[test]
fn hanging_up_a_conference_ends_every_member() {
    let calls = [call(1, CallState::Active, true), call(2, CallState::Active, true)];
    let card = cards(&calls).remove(0);
    let deed = hang_up(&card, &around(&calls, Abilities::default()), "");
    let ends = [1, 2].map(|id| Action::from(CallCommand::Release(CallId(id))));
    assert_eq!(deed.actions, ends);
}
