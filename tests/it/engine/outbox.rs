//! Texts that can't go out at once: for a reason that passes, without a network, one after the
//! other at the user's pace, behind a call.

use super::*;
use deskphone::phone::{Retry, Settings, SimState};
use deskphone::simulator::network::Registration as Coverage;
use deskphone::simulator::network::action::SimChange;

const ADA: &str = "+15550100";

fn refuse(rig: &mut Rig, cause: u16, times: u32) {
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::RefuseTexts { cause, times }, now);
}

fn coverage(rig: &mut Rig, coverage: Coverage) {
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::SetRegistration(coverage), now);
    rig.run_for(Duration::from_secs(5));
}

fn attempts(rig: &Rig) -> usize {
    rig.written_since(0).matches("AT+CMGS=").count()
}

fn accepted(rig: &Rig) -> usize {
    rig.modem.network().texts_accepted().len()
}

fn delivery(rig: &Rig) -> Delivery {
    messages(rig, Direction::MobileOriginated).last().expect("a text").delivery.clone()
}

fn last_id(rig: &Rig) -> deskphone::phone::MessageId {
    messages(rig, Direction::MobileOriginated).last().expect("a text").id
}

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

fn with_settings(change: impl Fn(&mut Settings)) -> Rig {
    let mut rig = Rig::connected();
    let mut settings = rig.state.settings.clone();
    change(&mut settings);
    rig.done(Command::SaveSettings(settings)).unwrap();
    rig
}

fn notices(rig: &Rig, words: &str) -> usize {
    let says = |event: &&Event| matches!(event, Event::Notice(n) if n.text.contains(words));
    rig.events.iter().filter(says).count()
}

#[test]
fn a_reason_that_passes_is_tried_again_four_times_with_longer_and_longer_pauses() {
    let mut rig = Rig::connected();
    // 41: temporary failure (24.011 annex E-2).
    refuse(&mut rig, 41, 100);
    rig.done(text(&[ADA], "Again")).unwrap();
    rig.run_for(Duration::from_secs(10));
    let Delivery::Retrying(Retry { at, attempts: tried, why }) = delivery(&rig) else {
        panic!("{:?}", delivery(&rig));
    };
    assert_eq!((attempts(&rig), tried), (1, 1));
    assert!(why.cause.contains("failed for a moment"), "{why:?}");
    let wait = at.unix_millis - rig.wall().unix_millis;
    assert!((19_000..=30_000).contains(&wait), "30 s after the failure: {wait}");
    for (pause, tried) in [(minutes(1), 2), (minutes(3), 3), (minutes(9), 4), (minutes(31), 5)] {
        rig.run_for(pause);
        assert_eq!(attempts(&rig), tried, "{:?}", delivery(&rig));
    }
    let Delivery::Failed(why) = delivery(&rig) else { panic!("{:?}", delivery(&rig)) };
    assert!(why.cause.contains("failed for a moment") && why.cause.contains("5 times"), "{why:?}");
    rig.run_for(minutes(120));
    assert_eq!(attempts(&rig), 5);
}

#[test]
fn another_attempt_that_succeeds_sends_the_text_once() {
    let mut rig = Rig::connected();
    // 42: congestion.
    refuse(&mut rig, 42, 2);
    rig.done(text(&[ADA], "Once")).unwrap();
    rig.run_for(minutes(5));
    assert_eq!(delivery(&rig), Delivery::Delivered);
    assert_eq!((attempts(&rig), accepted(&rig)), (3, 1));
}

#[test]
fn a_long_text_goes_on_from_the_segment_that_failed() {
    let mut rig = Rig::connected();
    rig.done(text(&[ADA], &"Ten chars ".repeat(40))).unwrap();
    rig.until("the first segment", |rig| accepted(rig) == 1);
    refuse(&mut rig, 47, 1);
    rig.run_for(minutes(2));
    assert_eq!(delivery(&rig), Delivery::Delivered);
    let parts = rig.modem.network().texts_accepted().iter();
    let parts: Vec<_> = parts.map(|text| text.concatenation.map(|(_, _, part)| part)).collect();
    assert_eq!(parts, [Some(1), Some(2), Some(3)]);
}

#[test]
fn a_reason_that_lasts_and_a_user_who_wants_no_repetition_fail_a_text_at_once() {
    let mut rig = Rig::connected();
    for cause in [1, 8, 10, 21, 28, 50, 69, 96, 111, 302, 330] {
        refuse(&mut rig, cause, 1);
        rig.done(text(&[ADA], "No")).unwrap();
        rig.run_for(Duration::from_secs(10));
        assert!(matches!(delivery(&rig), Delivery::Failed(_)), "{cause}: {:?}", delivery(&rig));
    }
    rig.run_for(minutes(60));
    assert_eq!(accepted(&rig), 0);
    let mut rig = with_settings(|settings| settings.retry_texts = false);
    refuse(&mut rig, 41, 1);
    rig.done(text(&[ADA], "No")).unwrap();
    rig.run_for(minutes(60));
    assert!(matches!(delivery(&rig), Delivery::Failed(_)));
    assert_eq!(attempts(&rig), 1);
}

#[test]
fn a_text_that_waits_for_another_attempt_is_sent_now_or_taken_back_when_the_user_says_so() {
    let mut rig = Rig::connected();
    refuse(&mut rig, 42, 2);
    rig.done(text(&[ADA], "Now")).unwrap();
    rig.run_for(Duration::from_secs(10));
    let id = last_id(&rig);
    rig.done(Command::Message(MessageCommand::SendNow(id))).unwrap();
    rig.run_for(Duration::from_secs(10));
    assert_eq!(attempts(&rig), 2, "at once");
    rig.done(Command::Message(MessageCommand::Cancel(id))).unwrap();
    assert!(matches!(delivery(&rig), Delivery::Failed(_)));
    rig.run_for(minutes(60));
    assert_eq!(attempts(&rig), 2);
    assert!(rig.done(Command::Message(MessageCommand::SendNow(id))).is_err(), "it waits no more");
    rig.done(Command::Message(MessageCommand::Retry(id))).unwrap();
    rig.run_for(Duration::from_secs(20));
    assert_eq!((accepted(&rig), delivery(&rig)), (1, Delivery::Delivered));
}

#[test]
fn another_attempt_is_made_after_a_restart_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    refuse(&mut rig, 38, 1);
    rig.done(text(&[ADA], "Later")).unwrap();
    rig.run_for(Duration::from_secs(5));
    rig.crash(folder.path());
    rig.connect();
    assert_eq!(attempts(&rig), 1);
    rig.run_for(minutes(2));
    assert_eq!(delivery(&rig), Delivery::Delivered);
    assert_eq!((attempts(&rig), accepted(&rig)), (2, 1));
}

#[test]
fn without_a_network_texts_wait_and_go_out_when_there_is_one() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(5));
    coverage(&mut rig, Coverage::Searching);
    rig.done(text(&[ADA], "One")).unwrap();
    rig.run_for(minutes(20));
    assert_eq!((attempts(&rig), delivery(&rig)), (0, Delivery::Queued));
    assert_eq!(notices(&rig, "looking for a network"), 1, "said once");
    coverage(&mut rig, Coverage::Home);
    rig.run_for(minutes(1));
    assert_eq!((accepted(&rig), delivery(&rig)), (1, Delivery::Delivered));
}

#[test]
fn a_network_lost_while_a_text_is_sent_only_delays_it() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(5));
    // 331: no network service (27.005 §3.2.5), before the modem has told the program.
    refuse(&mut rig, 331, 1);
    rig.done(text(&[ADA], "Late")).unwrap();
    rig.run_for(minutes(2));
    assert_eq!((accepted(&rig), delivery(&rig)), (1, Delivery::Delivered));
}

#[test]
fn the_limit_of_texts_in_a_minute_is_kept_and_spread_evenly() {
    let mut rig = with_settings(|settings| settings.texts_per_minute = 6);
    for words in ["One", "Two", &"Ten chars ".repeat(40), "Four"] {
        rig.done(text(&[ADA], words)).unwrap();
    }
    rig.run_for(minutes(2));
    let times: Vec<u128> = rig
        .modem
        .network()
        .texts_accepted()
        .iter()
        .filter(|text| text.concatenation.is_none_or(|(_, _, part)| part == 1))
        .map(|text| text.at.elapsed().as_millis())
        .collect();
    assert_eq!(times.len(), 4);
    let pauses: Vec<u128> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    // The network takes 0.3 to 0.9 s for each.
    assert!(pauses.iter().all(|pause| (9_000..11_500).contains(pause)), "{pauses:?}");
    assert_eq!(accepted(&rig), 6, "the segments of one text follow at once");
}

#[test]
fn a_call_that_is_set_up_goes_before_texts() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(5));
    rig.send(dial("+15550102"));
    rig.until("the other phone to ring", |rig| {
        rig.state.calls.iter().any(|call| call.state == CallState::Alerting)
    });
    rig.done(text(&[ADA], "Behind the call")).unwrap();
    rig.run_for(Duration::from_secs(10));
    assert_eq!(attempts(&rig), 0);
    let id = rig.state.calls[0].id;
    let request = rig.send(Command::Call(CallCommand::Release(id)));
    rig.until("the call to be over", |rig| rig.state.calls.is_empty());
    assert_eq!(rig.outcome(request), Some(Ok(())));
    rig.run_for(Duration::from_secs(10));
    assert_eq!((accepted(&rig), delivery(&rig)), (1, Delivery::Delivered));
}

#[test]
fn the_rest_of_a_long_text_can_be_taken_back() {
    let mut rig = Rig::connected();
    rig.done(text(&[ADA], &"Ten chars ".repeat(40))).unwrap();
    rig.until("the first segment", |rig| accepted(rig) == 1);
    rig.done(Command::Message(MessageCommand::Cancel(last_id(&rig)))).unwrap();
    rig.run_for(minutes(1));
    let Delivery::Failed(why) = delivery(&rig) else { panic!("{:?}", delivery(&rig)) };
    assert!(why.cause.contains("of 3 parts"), "{why:?}");
    assert!(accepted(&rig) <= 2, "at most the one that was on its way");
}

/// The first part of a long text has gone out; then the card is taken out, and one with this IMSI
/// is put in.
fn another_card(rig: &mut Rig, imsi: Option<&'static str>) {
    rig.done(text(&[ADA], &"Ten chars ".repeat(40))).unwrap();
    rig.until("the first part", |rig| accepted(rig) == 1);
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::Sim(SimChange::Absent), now);
    rig.until("the card to be missed", |rig| rig.state.network.sim == SimState::NotInserted);
    rig.wire.imsi = imsi;
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::Sim(SimChange::Ready), now);
    rig.run_for(minutes(3));
}

#[test]
fn the_rest_of_a_long_text_does_not_go_out_with_another_card() {
    let mut rig = Rig::connected();
    another_card(&mut rig, None);
    assert_eq!((accepted(&rig), delivery(&rig)), (3, Delivery::Delivered), "the same card");

    let mut rig = Rig::connected();
    another_card(&mut rig, Some("262011234567890"));
    let Delivery::Failed(why) = delivery(&rig) else { panic!("{:?}", delivery(&rig)) };
    assert!(why.cause.ends_with("of 3 parts went out with another SIM card"), "{why:?}");
    assert!(why.advice.contains("all of it goes out with this card"), "{why:?}");
    assert_eq!(notices(&rig, "begun with another SIM card"), 1);
    let before = accepted(&rig);
    assert!(before < 3);
    // What is short, and what is begun now, goes out.
    rig.done(text(&[ADA], "Short")).unwrap();
    rig.run_for(minutes(1));
    assert_eq!(accepted(&rig), before + 1);
    // Once the user says so, all of it is sent.
    let id = messages(&rig, Direction::MobileOriginated)[0].id;
    rig.done(Command::Message(MessageCommand::Retry(id))).unwrap();
    rig.run_for(minutes(1));
    let parts: Vec<_> = rig.modem.network().texts_accepted().iter().skip(before + 1).collect();
    let parts: Vec<_> = parts.iter().map(|text| text.concatenation.map(|c| c.2)).collect();
    assert_eq!(parts, [Some(1), Some(2), Some(3)]);
}

#[test]
fn a_card_that_nobody_knows_is_waited_for_once() {
    let mut rig = Rig::new();
    // `AT+CIMI` is answered by an empty line.
    rig.wire.imsi = Some("");
    rig.connect();
    rig.done(text(&[ADA], &"Ten chars ".repeat(40))).unwrap();
    rig.done(text(&[ADA], "Short")).unwrap();
    rig.run_for(Duration::from_secs(4));
    assert_eq!(accepted(&rig), 0, "the card may still be told");
    rig.run_for(Duration::from_secs(26));
    assert_eq!(accepted(&rig), 4);
}

#[test]
fn a_long_text_that_was_begun_before_a_restart_keeps_to_its_card_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    rig.done(text(&[ADA], &"Ten chars ".repeat(40))).unwrap();
    rig.until("the first part", |rig| accepted(rig) == 1);
    rig.until("its answer", |rig| {
        let whole =
            |message: &TextMessage| matches!(message.delivery, Delivery::Sending(c) if c.done == 1);
        rig.messages.values().any(whole)
    });
    rig.unplug();
    rig.wire.imsi = Some("262011234567890");
    rig.crash(folder.path());
    rig.connect();
    rig.run_for(minutes(3));
    let Delivery::Failed(why) = delivery(&rig) else { panic!("{:?}", delivery(&rig)) };
    assert_eq!(why.cause, "1 of 3 parts went out with another SIM card");
    assert_eq!(accepted(&rig), 1);
}

#[test]
fn a_text_in_doubt_is_settled_by_the_user() {
    let mut rig = Rig::connected();
    rig.wire.breaks_after = Some(0x1a);
    rig.done(text(&[ADA], "Once")).unwrap();
    rig.until("the doubt", |rig| matches!(delivery(rig), Delivery::Unknown(_)));
    let id = last_id(&rig);
    rig.done(Command::Message(MessageCommand::MarkSent(id))).unwrap();
    assert_eq!(delivery(&rig), Delivery::Sent);
    assert!(rig.done(Command::Message(MessageCommand::MarkSent(id))).is_err());
}

#[test]
fn what_became_of_a_text_is_noted_as_soon_as_the_disk_works_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    rig.done(text(&[ADA], "Noted")).unwrap();
    rig.until("a segment to be handed over", |rig| rig.written.ends_with(&[0x1a]));
    let database = rusqlite::Connection::open(folder.path().join("test.sqlite3")).unwrap();
    database.execute_batch("ALTER TABLE segments RENAME TO gone").unwrap();
    rig.run_for(Duration::from_secs(20));
    assert_eq!(accepted(&rig), 1);
    assert!(matches!(delivery(&rig), Delivery::Sending(_)), "{:?}", delivery(&rig));
    database.execute_batch("ALTER TABLE gone RENAME TO segments").unwrap();
    rig.run_for(Duration::from_secs(20));
    assert!(matches!(delivery(&rig), Delivery::Sent | Delivery::Delivered), "{:?}", delivery(&rig));
    assert_eq!(attempts(&rig), 1);
}

#[test]
fn how_a_text_is_sent_reaches_the_wire_and_nonsense_is_refused_in_words() {
    let mut rig = Rig::connected();
    let submit = |options: SendOptions| {
        Command::Message(MessageCommand::Submit(NewMessage {
            to: vec![DialString::parse(ADA).unwrap()],
            text: "Hi".to_owned(),
            options,
        }))
    };
    let smsc = DialString::parse("+15550190").ok();
    let day = Some(Duration::from_secs(24 * 3600));
    let options = SendOptions { flash: true, validity: day, smsc, ..SendOptions::default() };
    rig.done(submit(options)).unwrap();
    rig.until("the text to be taken", |rig| accepted(rig) == 1);
    let tpdu = &rig.modem.network().texts_accepted()[0].tpdu;
    // SMS-SUBMIT, TP-VPF relative (23.040 §9.2.3.3); then TP-MR, 4 octets of TP-DA behind its
    // length and type, TP-PID, TP-DCS class 0 (23.038 §4), TP-VP 24 hours = 167 (§9.2.3.12.1).
    assert_eq!(tpdu[0] & 0b11011, 0b10001);
    assert_eq!(tpdu[8], 0, "TP-PID");
    assert!([0x10, 0xF0].contains(&tpdu[9]), "TP-DCS {:#04X}", tpdu[9]);
    assert_eq!(tpdu[10], 167);
    // Its length, type of number, digits in pairs (23.040 §9.1.2.5, 24.011 §8.2.5.2).
    assert!(rig.written_since(0).contains("059151551009"), "the centre in front");
    let minute = Some(Duration::from_secs(60));
    let short = rig.done(submit(SendOptions { validity: minute, ..SendOptions::default() }));
    assert!(short.unwrap_err().contains("5 minutes"));
    let smsc = DialString::parse("*100#").ok();
    let bad = rig.done(submit(SendOptions { smsc, ..SendOptions::default() }));
    assert!(bad.unwrap_err().contains("centre"));
    assert_eq!(messages(&rig, Direction::MobileOriginated).len(), 1);
}

#[test]
fn the_settings_say_how_texts_are_sent_that_do_not_say_themselves() {
    let mut rig = with_settings(|settings| {
        settings.validity_minutes = 24 * 60;
        settings.wide_references = true;
    });
    rig.done(text(&[ADA], &"Ten chars ".repeat(17))).unwrap();
    rig.run_for(Duration::from_secs(20));
    let tpdu = &rig.modem.network().texts_accepted()[0].tpdu;
    assert_eq!(tpdu[10], 167, "TP-VP 24 hours");
    // TP-UDHL, then element 08 of 4 octets (23.040 §9.2.3.24.8).
    assert_eq!(&tpdu[12..15], [0x06, 0x08, 0x04]);
    let mut rig = with_settings(|settings| settings.smsc = "nobody".to_owned());
    assert!(rig.done(text(&[ADA], "Hi")).unwrap_err().contains("nobody"));
}
