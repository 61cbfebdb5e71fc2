//! Stories of things that happen at the same moment. Each is a transcript; see `check.rs` for how
//! to read it.

use super::check::check;
use super::rig::Rig;
use std::time::Duration;

#[test]
fn call_is_pressed_twice() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.000 user   dial 0100
        0.000 event  failed 2: A call is being set up already
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.200 user   dial 0100
        0.200 event  failed 3: A call is being set up already
        1.000 wait
    "#,
    );
}

#[test]
fn hang_up_is_pressed_twice() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        2.000 user   release 1
        2.000 ->     AT+CHUP
        2.050 user   release 1
        2.050 event  done 3
        2.100 modem  AT+CLCC: OK
        2.100 <-     OK
        2.100 event  done 2
        2.110 event  call 1 released, local: You ended the call
        2.300 <-     NO CARRIER
        3.000 wait
    "#,
    );
}

#[test]
fn the_waiting_caller_gives_up_just_as_the_user_answers_and_the_other_call_is_taken_back() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        3.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        3.000 <-     +CCWA: "0200",129,1
        3.000 event  call 2 waiting 0200
        4.000 user   answer
        4.000 ->     AT+CHLD=2
        4.050 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | OK
        4.050 <-     OK
        4.050 event  done 2
        4.055 event  call 1 held 0100
        5.065 ->     AT+CHLD=2
        5.065 event  call 2 released, remote: The caller gave up before the answer
        5.500 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        5.500 <-     OK
        5.505 event  call 1 active 0100
        7.000 wait
    "#,
    );
}

#[test]
fn the_waiting_caller_gives_up_just_before_the_active_call_would_be_ended_for_it() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        3.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        3.000 <-     +CCWA: "0200",129,1
        3.000 event  call 2 waiting 0200
        3.900 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        4.000 user   take
        4.005 event  failed 2: The caller has given up
        4.515 event  call 2 released, remote: The caller gave up before the answer
        6.000 wait
    "#,
    );
}

#[test]
fn the_network_refuses_the_conference_and_the_calls_stay_as_they_are() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"0200",129 | OK
        0.000 <-     +CLCC: 1,0,1,0,0,"0100",129
        0.005 event  call 1 held 0100
        0.005 event  call 2 active 0200
        2.000 user   merge
        2.000 ->     AT+CHLD=3
        2.900 <-     +CME ERROR: 3
        2.900 event  failed 1: The calls could not be joined
        4.000 user   transfer
        4.000 ->     AT+CHLD=4
        4.900 <-     ERROR
        4.900 event  failed 2: The calls could not be connected with each other
        6.000 wait
    "#,
    );
}

#[test]
fn a_call_comes_in_while_a_service_code_is_answered() {
    check(
        r#"
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"*100#",15
        0.000 event  ussd waiting
        0.010 <-     OK
        0.010 event  done 1
        1.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        1.000 <-     RING
        1.000 event  call 1 incoming unknown
        1.005 event  call 1 incoming 0200
        2.000 user   answer
        2.000 ->     ATA
        2.100 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0200",129 | OK
        2.100 <-     OK
        2.100 event  call 1 active 0200
        2.100 event  done 2
        3.000 <-     +CUSD: 0,"Balance: 5",15
        3.000 event  ussd "Balance: 5"
        4.000 wait
    "#,
    );
}

#[test]
fn a_text_comes_while_the_dial_waits() {
    check(
        r#"
        modem AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.500 <-     +CMTI: "SM",3
        2.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        2.000 <-     OK
        2.000 event  done 1
        2.005 event  call 1 active 0100
        2.010 event  received SM 3 {how are you}
        2.015 event  removed SM 3
        3.000 wait
    "#,
    );
}

#[test]
fn the_call_is_given_up_while_it_is_being_answered() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   answer
        1.000 ->     ATA
        1.500 user   release 1
        1.500 ->     CR
        1.600 modem  AT+CLCC: OK
        1.600 <-     NO CARRIER
        1.600 ->     AT+CHUP
        1.600 event  failed 1: You gave up the call
        1.700 <-     OK
        1.700 event  done 2
        1.710 event  call 1 released, rejected: You rejected the call
        3.000 wait
    "#,
    );
}

#[test]
fn a_search_for_networks_makes_way_for_the_hang_up_and_is_done_afterwards() {
    // 27.007 §7.3: the test command is abortable; V.250 §5.6.1: by any character.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   console AT+COPS=?
        1.000 ->     AT+COPS=?
        5.000 user   release 1
        5.010 <-     ABORTED
        5.010 ->     AT+CHUP
        5.010 event  answer not ok ABORTED
        5.010 event  done 2
        5.100 modem  AT+CLCC: OK
        5.100 <-     OK
        5.100 event  done 3
        5.110 event  call 1 released, local: You ended the call
        9.000 <-     +COPS: (2,"one","one","26201"),,(0,1,2,3,4),(0,1,2)
        9.000 <-     OK
       10.000 wait
    "#,
    );
}

#[test]
fn a_service_code_that_the_modem_is_busy_with_makes_way_for_the_hang_up() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   ussd *100#
        1.000 ->     AT+CUSD=1,"*100#",15
        1.000 event  ussd waiting
        5.000 user   release 1
        5.000 ->     CR
        5.700 ->     AT+CHUP
        5.700 event  ussd ended: The code was broken off, since a call goes first
        5.700 event  failed 2: The code was broken off, since a call goes first
        5.800 modem  AT+CLCC: OK
        5.800 <-     OK
        5.800 event  done 3
        5.815 event  call 1 released, local: You ended the call
        7.000 wait
    "#,
    );
}

#[test]
fn an_emergency_call_is_dialed_whatever_stands_in_its_way() {
    check(
        r#"
        modem AT+CPIN?: +CPIN: SIM PIN | OK
        modem AT+CREG?: +CREG: 2,0 | OK
        0.000 user   dial 0100
        0.000 event  failed 1: The SIM card asks for its PIN
        0.500 user   console AT+COPS=?
        0.500 ->     AT+COPS=?
        1.000 user   text 5/1 11000B91
        1.000 user   dial 112
        1.000 event  call 1 dialing 112
        1.100 <-     ABORTED
        1.100 ->     ATD112;
        1.100 event  answer not ok ABORTED
        1.100 event  done 2
        1.200 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        1.200 <-     OK
        1.200 event  done 4
        1.205 ->     AT+CMGS=4
        1.300 user   dial 112
        1.300 event  failed 5: A call is being set up already
        2.000 <-     OK
        2.000 event  not sent 5/1: The modem did not ask for the text
        2.000 event  failed 3: The modem did not ask for the text
        3.000 wait
    "#,
    );
}

#[test]
fn an_emergency_call_does_not_wait_until_a_slow_modem_is_set_up() {
    let mut rig = Rig::new();
    rig.answer("AT+CPIN?", "+CPIN: SIM PIN | OK");
    rig.manners.delay = Duration::from_millis(900);
    rig.begin();
    rig.link_up();
    rig.run_for(Duration::from_millis(500));
    rig.user("dial 112");
    // Not before the modem has answered anything.
    assert!(!rig.written.contains(&"ATD112;".to_owned()));
    rig.run_for(Duration::from_secs(2));
    assert!(!rig.modem.ready());
    assert!(rig.written.contains(&"ATD112;".to_owned()), "{:#?}", rig.written);
    rig.line("OK");
    rig.user("release 1");
    rig.run_for(Duration::from_secs(2));
    assert!(!rig.modem.ready());
    assert!(rig.written.contains(&"AT+CHUP".to_owned()), "{:#?}", rig.written);
    rig.answer("AT+CLCC", "OK");
    rig.line("OK");
    rig.run_for(Duration::from_secs(60));
    assert!(rig.modem.ready() && rig.modem.calls().is_empty(), "{:#?}", rig.transcript);
}

#[test]
fn an_emergency_call_takes_the_place_of_a_call_that_is_being_dialed() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 user   dial 911
        1.000 ->     CR
        1.000 event  call 2 dialing 911
        1.100 <-     NO CARRIER
        1.100 ->     AT+CHUP
        1.100 event  failed 1: You gave up the call
        1.200 <-     OK
        1.200 ->     ATD911;
        1.300 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"911",129 | OK
        1.300 <-     OK
        1.300 event  done 2
        1.305 event  call 1 released, local: You gave up before the answer
        3.000 wait
    "#,
    );
}

#[test]
fn an_emergency_call_takes_the_place_of_one_that_rings() {
    check(
        r#"
        modem AT+CIMI: 432110012345678 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   dial 115
        1.000 ->     AT+CHUP
        1.000 event  call 2 dialing 115
        1.100 modem  AT+CLCC: OK
        1.100 <-     OK
        1.100 ->     ATD115;
        1.200 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"115",129 | OK
        1.200 <-     OK
        1.200 event  done 1
        1.205 event  call 1 released, rejected: You rejected the call
        3.000 wait
    "#,
    );
}

#[test]
fn the_cable_is_pulled_at_any_byte() {
    // A life with two calls, cut after each byte that the modem has sent.
    let play = |cut: Option<usize>| {
        let mut rig = Rig::new();
        rig.manners.piece = 1;
        let mut rig = rig.connected();
        rig.pull_after(cut);
        rig.user("dial 0100,1");
        rig.line("OK");
        rig.answer("AT+CLCC", "+CLCC: 1,0,0,0,0,\"0100\",129 | OK");
        rig.run_for(Duration::from_secs(1));
        rig.answer("AT+CLCC", "+CLCC: 1,0,0,0,0,\"0100\",129 | +CLCC: 2,1,5,0,0,\"0200\",129 | OK");
        rig.line("+CCWA: \"0200\",129,1");
        rig.run_for(Duration::from_secs(1));
        rig.user("answer");
        rig.line("OK");
        rig.run_for(Duration::from_secs(1));
        rig.user("mute");
        rig.user("release 2");
        rig.line("OK");
        rig.run_for(Duration::from_secs(9));
        rig
    };
    let whole = play(None).arrived();
    assert!(whole > 300, "{whole} bytes");
    for cut in 0..whole {
        let rig = play(Some(cut));
        let text = rig.transcript.join("\n");
        assert!(rig.modem.calls().is_empty(), "cut after {cut}:\n{text}");
        let released = text.matches(" released, ").count();
        let begun = text.matches("call 1 dialing").count().min(1)
            + usize::from(text.contains("call 2 waiting") || text.contains("call 2 incoming"));
        assert_eq!(released, begun, "cut after {cut}:\n{text}");
        let outcomes = text.matches(" done ").count() + text.matches(" failed ").count();
        assert_eq!(outcomes, 4, "cut after {cut}:\n{text}");
        let microphone = text.matches("microphone off").count();
        assert_eq!(text.matches("microphone on").count(), microphone, "cut after {cut}:\n{text}");
    }
}
