//! The SIM: its PIN with the tries that are left, and its phonebook.

use super::check::check;
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

/// A modem whose SIM asks for its PIN.
fn locked(tries: &str) -> Rig {
    let mut rig = Rig::new();
    rig.answer("AT+CPIN?", "+CPIN: SIM PIN | OK");
    rig.answer("AT+CPIN=*", "+CME ERROR: 16");
    rig.answer("AT+CPINR", tries);
    rig.link_up();
    rig.run_for(Duration::from_secs(8));
    rig
}

fn words(rig: &Rig, what: &str) -> bool {
    rig.transcript.iter().any(|line| line.contains(what))
}

#[test]
fn the_tries_are_told_and_the_last_is_not_spent_by_accident() {
    let mut rig = locked("+CPINR: SIM PIN,2,3 | +CPINR: SIM PUK,10,10 | OK");
    assert_eq!(network(&rig).sim, SimState::PinRequired(Some(2)));
    rig.answer("AT+CPINR", "+CPINR: SIM PIN,1,3 | +CPINR: SIM PUK,10,10 | OK");
    rig.user("pin 1111");
    rig.run_for(Duration::from_secs(1));
    assert_eq!(network(&rig).sim, SimState::PinRequired(Some(1)));
    rig.begin();
    rig.user("pin 2222");
    rig.run_for(Duration::from_secs(1));
    assert!(words(&rig, "failed 2: One try is left before the SIM asks for its PUK"));
    assert!(!rig.written.iter().any(|line| line.contains("2222")));
    rig.user("lastpin 2222");
    rig.run_for(Duration::from_secs(1));
    assert!(rig.written.iter().any(|line| line == "AT+CPIN=\"2222\""), "{:?}", rig.written);
}

#[test]
fn tries_that_nobody_tells_are_counted_down() {
    let mut rig = locked("ERROR");
    assert_eq!(network(&rig).sim, SimState::PinRequired(None));
    for left in [2, 1] {
        rig.user("pin 1111");
        rig.run_for(Duration::from_secs(2));
        assert_eq!(network(&rig).sim, SimState::PinRequired(Some(left)));
        // Others may have been spent before the modem was connected.
        assert!(network(&rig).tries_at_most);
    }
    rig.begin();
    rig.user("pin 1111");
    rig.run_for(Duration::from_secs(1));
    assert!(words(&rig, "failed 3: At most one try is left"), "{:#?}", rig.transcript);
    assert!(rig.written.is_empty(), "{:?}", rig.written);
}

#[test]
fn the_last_try_of_an_open_sim_is_used_when_it_was_confirmed() {
    let mut rig = Rig::new();
    rig.answer("AT+CPINR", "+CPINR: SIM PIN,2,3 | +CPINR: SIM PUK,10,10 | OK");
    rig.answer("AT+CPWD=*", "+CME ERROR: 16");
    rig.answer("AT+CLCK=\"SC\",1*", "+CME ERROR: 16");
    rig.link_up();
    rig.run_for(Duration::from_secs(8));
    assert_eq!((&network(&rig).sim, network(&rig).pin_tries), (&SimState::Ready, Some(2)));
    rig.answer("AT+CPINR", "+CPINR: SIM PIN,1,3 | +CPINR: SIM PUK,10,10 | OK");
    rig.user("sim lock on 1111");
    rig.run_for(Duration::from_secs(2));
    assert_eq!(network(&rig).pin_tries, Some(1));
    for tried in ["sim lock on 2222", "sim pin 2222 3333"] {
        rig.begin();
        rig.user(tried);
        rig.run_for(Duration::from_secs(2));
        assert!(words(&rig, "One try is left before the SIM asks for its PUK"), "{tried}");
        assert!(!rig.written.iter().any(|line| line.contains("2222")), "{tried}");
    }
    rig.answer("AT+CPWD=*", "OK");
    rig.answer("AT+CPINR", "ERROR");
    rig.user("sim pin 1234 3333 last");
    rig.run_for(Duration::from_secs(2));
    assert!(rig.written.iter().any(|line| line.starts_with("AT+CPWD=\"SC\",\"1234\"")));
    assert_eq!(network(&rig).pin_tries, Some(3), "31.101 §9.5: the right one gives all back");
}

#[test]
fn tries_that_can_not_be_are_not_told() {
    // 255 for "unknown"; and no card without a try left asks for its PIN.
    for tries in ["+CPINR: SIM PIN,255,3 | OK", "+CPINR: SIM PIN,0,3 | +CPINR: SIM PUK,10 | OK"] {
        let mut rig = locked(tries);
        assert_eq!(network(&rig).sim, SimState::PinRequired(None), "{tries}");
        rig.user("pin 1111");
        rig.run_for(Duration::from_secs(2));
        assert_eq!(network(&rig).sim, SimState::PinRequired(Some(2)), "{tries}");
        assert!(network(&rig).tries_at_most, "{tries}");
        assert!(!words(&rig, "254"), "{:#?}", rig.transcript);
    }
}

#[test]
fn an_error_without_a_number_does_not_say_that_the_pin_was_wrong() {
    let mut rig = Rig::new();
    rig.answer("AT+CLCK=*", "ERROR");
    rig.answer("AT+CPINR", "ERROR");
    let mut rig = rig.connected();
    rig.user("sim lock on 1234");
    rig.run_for(Duration::from_secs(2));
    let failed = rig.events.iter().find_map(|event| match event {
        ModemEvent::Failed { diagnosis, .. } => Some(diagnosis.clone()),
        _ => None,
    });
    let failed = failed.expect("it failed");
    assert_eq!(failed.cause, "The modem refused this without a reason");
    assert!(failed.advice.contains("Perhaps the PIN was wrong. At most 2 tries are left"));
    assert_eq!(failed.evidence, ["ERROR"]);
}

#[test]
fn makers_own_questions_for_the_tries_are_tried() {
    // Answers from the makers' manuals.
    for (line, answer) in [
        ("AT^CPIN?", "^CPIN: SIM PIN,2,10,2,10,3 | OK"),
        ("AT+SPIC", "+SPIC: 2,10,0,10 | OK"),
        ("AT+QPINC?", "+QPINC: \"SC\",2,10 | +QPINC: \"P2\",3,10 | OK"),
        ("AT+UPINCNT", "+UPINCNT: 2,3,10,10 | OK"),
        ("AT#PCT", "#PCT: 2 | OK"),
        ("AT^SPIC", "^SPIC: 2 | OK"),
        ("AT*EPIN?", "*EPIN: 2,10,3,10 | OK"),
    ] {
        let mut rig = Rig::new();
        rig.answer("AT+CPIN?", "+CPIN: SIM PIN | OK");
        rig.answer(line, answer);
        rig.link_up();
        rig.run_for(Duration::from_secs(8));
        assert_eq!(network(&rig).sim, SimState::PinRequired(Some(2)), "{line}");
    }
}

#[test]
fn a_code_waits_until_the_tries_are_known() {
    let mut rig = Rig::new();
    rig.answer("AT+CPIN?", "+CPIN: SIM PIN | OK");
    rig.answer("AT+CPINR", "ERROR");
    rig.answer("AT*EPIN?", "*EPIN: 1,10,3,10 | OK");
    rig.link_up();
    for _ in 0..8000 {
        if rig.written.iter().any(|line| line == "AT+CPINR") {
            break;
        }
        rig.run_for(Duration::from_millis(1));
    }
    rig.user("pin 1111");
    rig.user("pin 2222");
    rig.run_for(Duration::from_secs(8));
    for failed in ["failed 1: One try is left", "failed 2: One try is left"] {
        assert!(words(&rig, failed), "{:#?}", rig.transcript);
    }
    assert!(!rig.written.iter().any(|line| line.starts_with("AT+CPIN=")), "{:?}", rig.written);
}

#[test]
fn a_sim_that_asks_for_no_code_finds_none_wrong() {
    let mut rig = Rig::new();
    rig.answer("AT+CPIN=*", "ERROR");
    let mut rig = rig.connected();
    rig.user("pin 1111");
    rig.run_for(Duration::from_secs(2));
    assert!(words(&rig, "failed 1: The SIM asks for no PIN now"), "{:#?}", rig.transcript);
}

#[test]
fn a_code_that_can_not_be_right_spends_no_try() {
    let mut rig = locked("ERROR");
    rig.begin();
    for wrong in ["pin 12", "pin 12a4", "pin 123456789", "puk 12345678 1234"] {
        rig.user(wrong);
        rig.run_for(Duration::from_secs(1));
    }
    assert!(rig.written.is_empty(), "{:?}", rig.written);
    let failed = rig.transcript.iter().filter(|line| line.contains("failed")).count();
    assert_eq!(failed, 4, "{:#?}", rig.transcript);
}

#[test]
fn a_pin_is_in_nothing_that_is_told() {
    let mut rig = Rig::new();
    rig.answer("AT+CPWD=*", "+CME ERROR: 16");
    rig.answer("AT+CLCK=*", "+CME ERROR: 16");
    let mut rig = rig.connected();
    for secret in ["sim pin 7391 7392", "sim lock on 7391", "ussd **04*7391*7392*7392#"] {
        rig.user(secret);
        rig.run_for(Duration::from_secs(2));
    }
    let told = format!("{:?}", rig.events);
    assert!(told.contains("The PIN was wrong"), "{told}");
    assert!(!told.contains("739"), "{told}");
    assert!(!format!("{:?}", rig.modem).contains("739"));
}

#[test]
fn the_pin_is_changed_and_its_question_switched() {
    check(
        r#"
        0.000 modem  AT+CPWD*: (by hand)
        0.000 modem  AT+CLCK=*: (by hand)
        0.000 user   sim pin 1234 5678
        0.000 ->     AT+CPWD="SC","1234","5678"
        0.100 <-     OK
        0.100 event  done 1
        1.000 user   sim lock off 5678
        1.000 ->     AT+CLCK="SC",0,"5678"
        1.100 <-     OK
        1.100 event  done 2
        2.000 user   sim pin 5678 1234
        2.000 event  failed 3: The PIN can be changed only while the SIM asks for it
        3.000 user   ussd **03**1234*5678*5678#
        3.000 ->     AT+CPWD="AB","1234","5678"
        3.000 event  ussd waiting
        4.000 <-     OK
        4.000 event  ussd "The barring password is changed"
        4.000 event  done 4
    "#,
    );
}

#[test]
fn a_puk_is_given_only_to_a_sim_that_asks_for_one() {
    check(
        r#"
        0.000 modem  AT+CPIN=*: (by hand)
        0.000 user   ussd **05*12345678*1234*1234#
        0.000 event  ussd waiting
        0.005 event  ussd ended: The SIM does not ask for this PUK now
        0.005 event  failed 1: The SIM does not ask for this PUK now
        1.000 modem  AT+CPIN?: +CPIN: SIM PUK | OK
        1.000 user   ussd **05*12345678*1234*1234#
        1.000 event  ussd waiting
        1.005 ->     AT+CPIN="12345678","1234"
        1.100 <-     OK
        1.100 event  ussd "The SIM has its new PIN"
        1.100 event  done 2
        "#,
    );
}

#[test]
fn the_phonebook_is_read_in_pieces_and_the_character_set_put_back() {
    check(
        r#"
        modem AT+CPBS?: +CPBS: "SM",3,50 | OK
        0.000 modem  AT+CSCS*: (by hand)
        0.000 modem  AT+CPBR*: (by hand)
        0.000 user   sim read
        0.000 ->     AT+CSCS?
        0.100 <-     +CSCS: "IRA"
        0.100 <-     OK
        0.100 ->     AT+CSCS="UCS2"
        0.200 <-     OK
        0.210 ->     AT+CPBR=?
        0.300 <-     +CPBR: (1-50),20,14
        0.300 <-     OK
        0.300 ->     AT+CPBR=1,20
        0.400 <-     +CPBR: 1,"+49301234567",145,"004A00F60072"
        0.400 <-     OK
        0.400 ->     AT+CPBR=21,40
        0.500 <-     +CME ERROR: 22
        0.500 ->     AT+CPBR=41,50
        0.600 <-     +CPBR: 41,"0301p2",129,"00220061"
        0.600 <-     +CPBR: 42,"112",129,""
        0.600 <-     OK
        0.600 ->     AT+CSCS="IRA"
        0.700 <-     OK
        0.700 event  phonebook of 50: 1 +49301234567 "Jör", 41 0301p2 "\"a", 42 112 ""
        0.700 event  done 1
        "#,
    );
}

/// A modem whose phonebook has these places; the rest is said by hand.
fn phonebook(count: &str, extent: &str) -> Rig {
    let mut rig = Rig::new();
    rig.answer("AT+CSCS?", "+CSCS: \"UCS2\" | OK");
    rig.answer("AT+CPBS?", count);
    rig.answer("AT+CPBR=*", "ERROR");
    rig.answer("AT+CPBR=?", extent);
    rig
}

fn read_phonebook(rig: Rig) -> Rig {
    let mut rig = rig.connected();
    rig.user("sim read");
    rig.run_for(Duration::from_secs(5));
    rig
}

#[test]
fn a_phonebook_that_is_empty_is_one_without_entries() {
    // 27.007 §8.12 leaves open what is said of places that are empty: an error with a number,
    // ERROR, or OK alone.
    for (count, extent) in [
        ("+CPBS: \"SM\",0,250 | OK", "+CPBR: (1-250),20,14 | OK"),
        ("+CPBS: \"SM\" | OK", "+CPBR: (1-250),20,14 | OK"),
        ("+CPBS: \"SM\",0,250 | OK", "ERROR"),
    ] {
        let rig = read_phonebook(phonebook(count, extent));
        assert!(words(&rig, "phonebook of 250"), "{count} {extent}: {:#?}", rig.transcript);
        assert!(words(&rig, "done 1"), "{:#?}", rig.transcript);
    }
    // None of the places that it must have can be read: that is no empty phonebook.
    let rig = read_phonebook(phonebook("+CPBS: \"SM\",3,250 | OK", "+CPBR: (1-250),20,14 | OK"));
    assert!(words(&rig, "failed 1"), "{:#?}", rig.transcript);
}

#[test]
fn odd_words_for_the_places_hide_no_entry() {
    for extent in ["(250-1),40,16", "(1-250,300),40,16", "(1,250)", "(250),40", "(),40,16", "(0-0)"]
    {
        let range = format!("+CPBR: {extent} | OK");
        let mut rig = phonebook("+CPBS: \"SM\" | OK", &range);
        rig.answer("AT+CPBR=*", "+CME ERROR: 22");
        rig.answer("AT+CPBR=?", &range);
        rig.answer("AT+CPBR=21,40", "+CPBR: 22,\"0302\",129,\"0041\" | OK");
        let rig = read_phonebook(rig);
        assert!(words(&rig, "22 0302 \"A\""), "{extent}: {:#?}", rig.transcript);
    }
}

#[test]
fn places_that_are_fewer_than_the_entries_are_not_believed() {
    for extent in ["(1-0),40,14", "(1-1),0,0", "(1-1),40,14"] {
        let range = format!("+CPBR: {extent} | OK");
        let mut rig = phonebook("+CPBS: \"SM\",2,250 | OK", &range);
        rig.answer("AT+CPBR=*", "+CME ERROR: 22");
        rig.answer("AT+CPBR=?", &range);
        rig.answer("AT+CPBR=1,20", "+CPBR: 1,\"0301\",129,\"0041\" | OK");
        rig.answer("AT+CPBR=241,250", "+CPBR: 250,\"0302\",129,\"0042\" | OK");
        let rig = read_phonebook(rig);
        let told = "phonebook of 250: 1 0301 \"A\", 250 0302 \"B\"";
        assert!(words(&rig, told), "{extent}: {:#?}", rig.transcript);
    }
    // A card with one place has one.
    let mut rig = phonebook("+CPBS: \"SM\",1,1 | OK", "+CPBR: (1-1),40,14 | OK");
    rig.answer("AT+CPBR=1,1", "+CPBR: 1,\"0301\",129,\"0041\" | OK");
    assert!(words(&read_phonebook(rig), "phonebook of 1: 1 0301 \"A\""));
}

#[test]
fn the_last_places_are_read_although_nobody_told_how_many_there_are() {
    // The card has 45 places, the modem tells neither that nor how many are taken, and refuses a
    // range that goes beyond them (27.007 §8.12; +CME ERROR: 21 invalid index).
    for refusal in ["+CME ERROR: 21", "ERROR"] {
        let mut rig = phonebook("ERROR", "ERROR");
        rig.answer("AT+CPBR=*", refusal);
        rig.answer("AT+CPBR=1,20", "+CPBR: 2,\"0302\",129,\"0041\" | OK");
        rig.answer("AT+CPBR=21,40", "OK");
        let told = "+CPBR: 44,\"0344\",129,\"0042\" | +CPBR: 45,\"0345\",129,\"0043\" | OK";
        rig.answer("AT+CPBR=41,45", told);
        rig.answer("AT+CPBR=44,45", told);
        for empty in ["41,41", "41,42", "42,42", "42,43", "43,43", "41,43"] {
            rig.answer(&format!("AT+CPBR={empty}"), "OK");
        }
        let rig = read_phonebook(rig);
        let told = "2 0302 \"A\", 44 0344 \"B\", 45 0345";
        assert!(words(&rig, told), "{refusal}: {:#?} {:#?}", rig.transcript, rig.written);
    }
}

#[test]
fn a_busy_sim_is_asked_again() {
    check(
        r#"
        modem AT+CPBS?: +CPBS: "SM",1,10 | OK
        0.000 modem  AT+CPBR*: (by hand)
        0.000 modem  AT+CPBS="SM": +CME ERROR: SIM busy
        0.000 user   sim read
        1.200 modem  AT+CPBS="SM": OK
        1.540 ->     AT+CPBR=?
        2.100 <-     +CPBR: (1-10),20,14
        2.100 <-     OK
        2.100 ->     AT+CPBR=1,10
        2.200 <-     +CPBR: 3,"0301",129,"E"
        2.200 <-     OK
        2.205 event  phonebook of 10: 3 0301 "E"
        2.205 event  done 1
        3.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_chooses_no_place_is_told_a_free_one() {
    check(
        r#"
        modem AT+CSCS?: +CSCS: "GSM" | OK
        modem AT+CPBS?: +CPBS: "SM",2,30 | OK
        modem AT+CPBR=?: +CPBR: (1-30),20,14 | OK
        modem AT+CPBR=1,20: +CPBR: 1,"01",129,"" | +CPBR: 2,"02",129,"" | OK
        modem AT+CPBR=21,30: OK
        0.000 modem  AT+CPBW*: (by hand)
        0.000 user   sim write 0 03 Ann
        0.025 ->     AT+CPBW=,"03",129,"0041006E006E"
        0.100 <-     +CME ERROR: 50
        0.100 ->     AT+CPBW=,"00300033",129,"0041006E006E"
        0.200 <-     +CME ERROR: 50
        0.205 ->     AT+CPBW=3,"03",129,"0041006E006E"
        0.300 modem  AT+CPBR=21,30: +CPBR: 30,"03",129,"0041006E006E" | OK
        0.300 <-     OK
        0.315 event  phonebook of 30: 1 01 "", 2 02 "", 30 03 "Ann"
        0.315 event  done 1
        1.000 wait
    "#,
    );
}

#[test]
fn an_entry_is_written_and_the_phonebook_told_anew() {
    check(
        r#"
        modem AT+CSCS?: +CSCS: "GSM" | OK
        modem AT+CPBS?: +CPBS: "SM",0,10 | OK
        modem AT+CPBR=?: +CPBR: (1-10),20,14 | OK
        modem AT+CPBR=1,10: +CPBR: 1,"0301",129,"004500220045" | OK
        0.000 modem  AT+CPBW*: (by hand)
        0.000 user   sim write 0 0301 E"E
        0.025 ->     AT+CPBW=,"0301",129,"004500220045"
        0.100 <-     OK
        0.110 event  phonebook of 10: 1 0301 "E\"E"
        0.110 event  done 1
        1.000 user   sim write 2 0301 A name that is too long
        1.030 event  failed 2: The name is too long: the SIM keeps 14 characters
        2.000 user   sim write 2 0301 Full
        2.025 ->     AT+CPBW=2,"0301",129,"00460075006C006C"
        2.100 <-     +CME ERROR: memory full
        2.105 event  failed 3: The memory is full
        3.000 user   sim delete 1
        3.025 ->     AT+CPBW=1
        3.100 <-     +CME ERROR: 21
        3.105 event  failed 4: There is no such entry
    "#,
    );
}
