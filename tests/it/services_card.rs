//! The card is taken out, put in, or unlocked while the program runs.

use super::rig::Rig;
use deskphone::modem::ModemEvent;
use deskphone::phone::{NetworkState, SimState};
use std::time::Duration;

fn network(rig: &Rig) -> NetworkState {
    let told = rig.events.iter().rev().find_map(|event| match event {
        ModemEvent::Network(network) => Some(network.clone()),
        _ => None,
    });
    told.expect("the network was told of")
}

fn asked(rig: &Rig, line: &str) -> usize {
    rig.written.iter().filter(|written| *written == line).count()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_card_that_is_taken_out_is_noticed_whatever_tells_of_it() {
    // Reports from the makers' manuals: Quectel, Huawei, Telit, Cinterion, u-blox, SIMCom.
    let reports = [
        "+CPIN: NOT READY",
        "+CPIN: NOT INSERTED",
        "+QSIMSTAT: 1,0",
        "+QUSIM: 0",
        "^SIMST: 255",
        "#QSS: 0",
        "^SCKS: 0",
        "+UUSIMSTAT: 0",
        "+CSMINS: 1,0",
        "+SIMCARD: NOT AVAILABLE",
        "+SIMREMOVED",
        // 27.007 §7.2: no longer registered.
        "+CREG: 0",
        "+CREG: 8",
    ];
    for report in reports {
        let mut rig = Rig::new().connected();
        rig.answer("AT+CPIN?", "+CME ERROR: 10");
        rig.line(report);
        rig.run_for(seconds(1));
        assert_eq!(network(&rig).sim, SimState::NotInserted, "{report}");
    }
    // Nobody says anything, but commands fail (27.007 §9.2.1; 27.005 §3.2.5).
    for (line, error, state) in [
        ("AT+COPS?", "+CME ERROR: 10", SimState::NotInserted),
        ("AT+COPS?", "+CME ERROR: SIM not inserted", SimState::NotInserted),
        ("AT+COPS?", "+CME ERROR: 13", SimState::Failure),
        ("AT+CPMS?", "+CMS ERROR: 310", SimState::NotInserted),
    ] {
        let mut rig = Rig::new().connected();
        let told = if state == SimState::Failure { "+CME ERROR: 13" } else { "+CME ERROR: 10" };
        rig.answer("AT+CPIN?", told);
        rig.answer(line, error);
        rig.run_for(seconds(40));
        assert_eq!(network(&rig).sim, state, "{line} {error}");
    }
}

#[test]
fn an_error_that_speaks_of_the_card_is_not_believed_by_itself() {
    let mut rig = Rig::new().connected();
    rig.answer("AT+COPS?", "+CME ERROR: 13");
    rig.run_for(seconds(300));
    assert!((5..=15).contains(&asked(&rig, "AT+CPIN?")), "{}", asked(&rig, "AT+CPIN?"));
    assert!(asked(&rig, "AT+CSCA?") == 0, "the card was there all the time");
    assert!(rig.events.iter().all(|event| match event {
        ModemEvent::Network(network) => network.sim == SimState::Ready,
        _ => true,
    }));
}

#[test]
fn a_card_that_is_put_in_is_set_up() {
    let mut rig = Rig::new();
    rig.answer("AT+CIMI", "262011234567890 | OK");
    let mut rig = rig.connected();
    rig.answer("AT+CPIN?", "+CME ERROR: 10");
    rig.answer("AT+CIMI", "+CME ERROR: 10");
    rig.answer("AT+COPS?", "+CME ERROR: 10");
    rig.line("+CPIN: NOT READY");
    rig.run_for(seconds(120));
    assert_eq!(network(&rig).sim, SimState::NotInserted);
    let forgotten = rig.events.iter().any(|event| match event {
        ModemEvent::Identity(identity) => identity.imsi.is_empty(),
        _ => false,
    });
    assert!(forgotten, "whose card it was");
    let tries = asked(&rig, "AT+CPIN?");
    assert!((15..=40).contains(&tries), "{tries} in two minutes");
    // Nothing tells that another is there.
    rig.begin();
    rig.answer("AT+CPIN?", "+CPIN: READY | OK");
    rig.answer("AT+CIMI", "262029876543210 | OK");
    rig.answer("AT+COPS?", "+COPS: 0,0,\"Other\",7 | OK");
    rig.run_for(seconds(35));
    assert_eq!(network(&rig).sim, SimState::Ready);
    assert_eq!(network(&rig).operator, "Other");
    for line in ["AT+CREG=2", "AT+CNMI=2,1,0,1,0", "AT+CSCA?", "AT+CUSD=1", "AT+CPMS=?"] {
        assert!(asked(&rig, line) > 0, "{line}: {:?}", rig.written);
    }
    let told = rig.events.iter().rev().find_map(|event| match event {
        ModemEvent::Identity(identity) => Some(identity.imsi.clone()),
        _ => None,
    });
    assert_eq!(told.as_deref(), Some("262029876543210"));
}

#[test]
fn help_can_be_called_in_the_country_of_the_card_that_was_taken_out() {
    // 110 is the police in Germany (262), and no emergency number that is known everywhere.
    let mut rig = Rig::new();
    rig.answer("AT+CIMI", "262011234567890 | OK");
    let mut rig = rig.connected();
    rig.answer("AT+CPIN?", "+CME ERROR: 10");
    rig.line("+CPIN: NOT READY");
    rig.run_for(seconds(20));
    rig.begin();
    rig.user("dial 110");
    assert!(rig.written.iter().any(|line| line.starts_with("ATD110")), "{:#?}", rig.transcript);
    let mut rig = Rig::new();
    rig.answer("AT+CPIN?", "+CME ERROR: 10");
    let mut rig = rig.connected();
    rig.user("dial 0301234");
    assert!(
        rig.transcript.iter().any(|line| line.contains("No SIM card")),
        "{:#?}",
        rig.transcript
    );
}

#[test]
fn after_the_pin_operator_and_signal_are_asked_for_until_they_are_known() {
    for error in ["+CME ERROR: 11", "ERROR"] {
        let mut rig = Rig::new();
        rig.answer("AT+CPIN?", "+CPIN: SIM PIN | OK");
        rig.answer("AT+CPIN=*", "OK");
        for line in ["AT+CREG?", "AT+CEREG?", "AT+CSQ", "AT+COPS?", "AT+CREG=2", "AT+CREG=1"] {
            rig.answer(line, error);
        }
        rig.link_up();
        // Longer than any question is repeated that a modem does not know.
        rig.run_for(seconds(200));
        rig.answer("AT+CPIN?", "+CPIN: READY | OK");
        for line in ["AT+CREG=2", "AT+CREG=1"] {
            rig.answer(line, "OK");
        }
        rig.begin();
        rig.user("pin 1234");
        rig.run_for(seconds(1));
        assert_eq!(network(&rig).sim, SimState::Ready);
        assert!(asked(&rig, "AT+CREG?") > 0 && asked(&rig, "AT+COPS?") > 0, "{:?}", rig.written);
        rig.run_for(seconds(4));
        rig.answer("AT+CREG?", "+CREG: 2,1 | OK");
        rig.answer("AT+CSQ", "+CSQ: 20,99 | OK");
        rig.answer("AT+COPS?", "+COPS: 0,0,\"TestNet\",7 | OK");
        rig.run_for(seconds(5));
        let now = network(&rig);
        assert_eq!(now.operator, "TestNet", "{error}");
        assert!(now.signal.is_some() && now.registration.registered());
        assert!(asked(&rig, "AT+CREG=2") > 0, "refused while the card was locked");
        // Then no more often than before.
        rig.begin();
        rig.run_for(seconds(60));
        assert!(asked(&rig, "AT+COPS?") <= 3, "{:?}", rig.written);
    }
}

#[test]
fn what_the_network_says_by_itself_is_switched_on_last_and_may_be_refused() {
    for answer in ["OK", "ERROR", "+CME ERROR: 4", "(silence)"] {
        let mut rig = Rig::new();
        rig.answer("AT+CUSD=1", answer);
        rig.link_up();
        rig.run_for(seconds(20));
        assert!(rig.modem.ready());
        let place = |line: &str| rig.written.iter().position(|written| written == line);
        assert!(place("AT+CUSD=1") > place("AT+CSCA?"), "{:?}", rig.written);
        rig.begin();
        rig.line("+CUSD: 0,\"You have 5 EUR left\",15");
        assert!(rig.transcript.iter().any(|line| line.contains("You have 5 EUR left")));
    }
}

#[test]
fn an_operator_is_asked_for_as_soon_as_there_is_one() {
    let mut rig = Rig::new();
    rig.answer("AT+CREG?", "+CREG: 2,2 | OK");
    let mut rig = rig.connected();
    rig.answer("AT+CREG?", "+CREG: 2,1 | OK");
    rig.answer("AT+COPS?", "+COPS: 0,0,\"TestNet\",7 | OK");
    rig.line("+CREG: 1");
    rig.run_for(seconds(2));
    assert_eq!(network(&rig).operator, "TestNet");
}

#[test]
fn the_tries_of_one_card_are_not_those_of_the_next() {
    let mut rig = Rig::new();
    rig.answer("AT+CPIN?", "+CPIN: SIM PIN | OK");
    rig.answer("AT+CPINR", "+CPINR: SIM PIN,3,3 | OK");
    rig.link_up();
    rig.run_for(seconds(13));
    assert_eq!(network(&rig).sim, SimState::PinRequired(Some(3)));
    rig.answer("AT+CPIN?", "+CME ERROR: 10");
    rig.line("+CPIN: NOT READY");
    rig.run_for(seconds(5));
    assert_eq!(network(&rig).sim, SimState::NotInserted);
    rig.answer("AT+CPIN?", "+CPIN: SIM PIN | OK");
    rig.answer("AT+CPINR", "+CPINR: SIM PIN,1,3 | OK");
    rig.run_for(seconds(40));
    assert_eq!(network(&rig).sim, SimState::PinRequired(Some(1)));
}

/// The IMSIs that were told, in order; one that is not known is empty.
fn told_imsis(rig: &Rig) -> Vec<String> {
    let told = rig.events.iter().filter_map(|event| match event {
        ModemEvent::Identity(identity) => Some(identity.imsi.clone()),
        _ => None,
    });
    told.collect()
}

/// A modem whose card has told its IMSI.
fn with_card() -> Rig {
    let mut rig = Rig::new();
    rig.answer("AT+CIMI", FIRST);
    rig.connected()
}

const FIRST: &str = "262011234567890 | OK";
const SECOND: &str = "262029876543210 | OK";

#[test]
fn a_card_that_was_changed_unseen_is_told_apart_by_its_imsi() {
    // Quectel, and makers that report both halves: the new card is ready before anybody has asked.
    for reports in [
        &["+QUSIM: 1", "+CPIN: READY"][..],
        &["+SIM: REMOVED", "+SIM: INSERTED", "+CPIN: READY"],
        &["^SIMST: 255", "^SIMST: 1"],
        &["+QSIMSTAT: 1,1"],
    ] {
        for (answer, imsis) in [(SECOND, ["", "262029876543210"]), (FIRST, ["", "262011234567890"])]
        {
            let mut rig = with_card();
            rig.answer("AT+CIMI", answer);
            for report in reports {
                rig.line(report);
            }
            assert_eq!(told_imsis(&rig), [""], "{reports:?}: at once");
            rig.run_for(seconds(1));
            assert_eq!(told_imsis(&rig)[..2], imsis, "{reports:?}");
            // Another card has all that belongs to a card asked anew; the same one does not.
            rig.run_for(seconds(10));
            assert_eq!(asked(&rig, "AT+CSCA?") > 0, answer == SECOND, "{reports:?}");
            assert_eq!(told_imsis(&rig).last().map(String::as_str), Some(imsis[1]));
        }
    }
}

#[test]
fn a_card_that_is_still_starting_is_asked_until_it_tells_its_imsi() {
    let mut rig = with_card();
    rig.answer("AT+CIMI", "+CME ERROR: 14");
    rig.line("+QUSIM: 1");
    rig.run_for(seconds(5));
    assert_eq!(told_imsis(&rig), [""]);
    rig.answer("AT+CIMI", SECOND);
    rig.run_for(seconds(4));
    assert_eq!(told_imsis(&rig)[..2], ["", "262029876543210"]);
    // One that never does is left in peace.
    let mut rig = with_card();
    rig.answer("AT+CIMI", "ERROR");
    rig.line("+QUSIM: 1");
    rig.run_for(seconds(100));
    let tries = asked(&rig, "AT+CIMI");
    assert!((15..=25).contains(&tries), "{tries}");
    rig.run_for(seconds(100));
    assert_eq!(asked(&rig, "AT+CIMI"), tries);
}

#[test]
fn an_answer_of_the_card_before_is_not_the_new_ones() {
    let mut rig = with_card();
    rig.answer("AT+CIMI", "(by hand)");
    rig.line("+QUSIM: 1");
    rig.run_for(Duration::from_millis(600));
    assert_eq!(asked(&rig, "AT+CIMI"), 1);
    // It is changed while the question is out.
    rig.line("+QUSIM: 1");
    rig.line("262011234567890");
    rig.line("OK");
    rig.answer("AT+CIMI", SECOND);
    rig.run_for(seconds(1));
    assert_eq!(told_imsis(&rig)[..2], ["", "262029876543210"]);
}

#[test]
fn the_rest_of_a_long_text_waits_for_the_card_and_does_not_go_out_with_another() {
    let sent = |rig: &Rig| rig.written.iter().any(|line| line.starts_with("AT+CMGS"));
    let failed = |rig: &Rig, cause: &str| {
        rig.transcript.iter().any(|line| line.contains(&format!("not sent 5/2: {cause}")))
    };
    for (answer, goes) in [(FIRST, true), (SECOND, false), ("+CME ERROR: 14", false)] {
        let mut rig = with_card();
        rig.answer("AT+CIMI", answer);
        rig.line("+QUSIM: 1");
        rig.user("text 5/2 11000B91");
        rig.run_for(Duration::from_millis(100));
        assert!(!sent(&rig), "{answer}: {:?}", rig.written);
        rig.run_for(seconds(2));
        assert_eq!(sent(&rig), goes, "{answer}: {:?}", rig.written);
        assert_eq!(failed(&rig, "The SIM card was changed"), !goes, "{:#?}", rig.transcript);
    }
    // One that begins and has no other parts is nobody's rest.
    let mut rig = with_card();
    rig.answer("AT+CIMI", SECOND);
    rig.line("+QUSIM: 1");
    rig.user("text 5/1 11000B91");
    rig.run_for(seconds(2));
    assert!(sent(&rig), "{:?}", rig.written);
}

#[test]
fn nothing_is_sent_without_a_card() {
    for state in ["+CPIN: NOT INSERTED | OK", "+CME ERROR: 10"] {
        for segment in [1, 2] {
            let mut rig = with_card();
            rig.answer("AT+CPIN?", "(by hand)");
            rig.line("^SIMST: 255");
            rig.run_for(Duration::from_millis(600));
            assert_eq!(asked(&rig, "AT+CPIN?"), 1);
            rig.user(&format!("text 5/{segment} 11000B91"));
            for line in state.split(" | ") {
                rig.line(line);
            }
            rig.run_for(seconds(2));
            assert!(!rig.written.iter().any(|line| line.starts_with("AT+CMGS")), "{state}");
            let words = format!("not sent 5/{segment}: No SIM card is inserted");
            assert!(rig.transcript.iter().any(|line| line.contains(&words)), "{state}");
        }
    }
}
