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
        held_by_other: false,
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
    assert_eq!(cards.iter().map(ids).collect::<Vec<_>>(), [vec![1, 3], vec![4], vec![2]]);
    let alone = [call(1, CallState::Active, true)];
    assert!(matches!(super::cards(&alone)[0], Card::One(_)), "one alone is no conference");
}

#[test]
fn answering_beside_an_active_call_says_what_becomes_of_it() {
    let all = Abilities::default();
    let lone = [call(1, CallState::Incoming, false)];
    assert_eq!(words_of(&answers(&around(&lone, all))), ["Answer"]);
    let both = [call(1, CallState::Active, false), call(2, CallState::Waiting, false)];
    let two = ["Answer and hold", "Answer and end"];
    assert_eq!(words_of(&answers(&around(&both, all))), two);
    assert_eq!(words_of(&answers(&around(&both, NOTHING))), ["Answer and end"]);
    let held = [call(1, CallState::Held, false), call(2, CallState::Waiting, false)];
    assert_eq!(words_of(&answers(&around(&held, all))), ["Answer"]);
}

#[test]
fn only_what_the_modem_offers_is_offered() {
    let calls = [call(1, CallState::Active, false), call(2, CallState::Held, false)];
    let card = Card::One(&calls[0]);
    let all = Abilities { transfer: true, ..Abilities::default() };
    assert_eq!(words_of(&talking(&card, &around(&calls, all), "")), ["Swap", "Mute", "Merge"]);
    assert_eq!(words_of(&rarer(&card, &around(&calls, all))), ["Connect them and leave"]);
    assert!(talking(&card, &around(&calls, NOTHING), "").is_empty());
    assert!(rarer(&card, &around(&calls, NOTHING)).is_empty());
    let (private, drop) = member(&card, CallId(1), "Ada", &around(&calls, NOTHING));
    assert!(private.is_none() && drop.is_none());
}

#[test]
fn a_held_call_is_taken_back_when_nothing_is_dialed_and_swapped_with_an_active_one() {
    let all = Abilities::default();
    let first = |calls: &[Call]| {
        let deed = talking(&Card::One(&calls[0]), &around(calls, all), "Ada").remove(0);
        (deed.word, deed.name, deed.disabled.is_some())
    };
    let held = call(1, CallState::Held, false);
    assert_eq!(first(std::slice::from_ref(&held)), ("Resume", "Resume".to_owned(), false));
    for other in [CallState::Dialing, CallState::Alerting] {
        let calls = [held.clone(), call(2, other, false)];
        assert_eq!(first(&calls), ("Resume", "Resume".to_owned(), true));
    }
    let calls = [held, call(2, CallState::Active, false)];
    assert_eq!(first(&calls), ("Swap", "Swap to Ada".to_owned(), false));
}

#[test]
fn a_call_has_as_many_deeds_before_the_answer_as_after_it() {
    for state in [CallState::Dialing, CallState::Alerting, CallState::Active, CallState::Held] {
        let calls = [call(1, state.clone(), false)];
        let deeds = talking(&Card::One(&calls[0]), &around(&calls, Abilities::default()), "");
        assert_eq!(deeds.len(), 2, "{state:?}");
        let works = deeds.iter().filter(|deed| deed.disabled.is_none()).count();
        let talks = matches!(state, CallState::Active);
        let held = matches!(state, CallState::Held);
        assert_eq!(works, if talks { 2 } else { usize::from(held) }, "{state:?}");
    }
}

#[test]
fn a_conference_has_room_for_five() {
    let mut calls: Vec<Call> = (1..=4).map(|id| call(id, CallState::Active, true)).collect();
    calls.push(call(5, CallState::Held, false));
    let merge = |calls: &[Call]| {
        let members = calls.iter().filter(|c| c.state == CallState::Active).collect();
        let deeds = talking(&Card::Conference(members), &around(calls, Abilities::default()), "");
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
