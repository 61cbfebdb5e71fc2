//! Bad links: bytes lost and garbled, links that break, modems that fall silent or restart.

use super::check::check;
use super::rig::Rig;
use std::time::Duration;

#[test]
fn a_lost_link_ends_everything_with_one_outcome_each() {
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
        1.000 user   text 5/1 11000B91
        1.000 user   console AT+CSQ
        2.000 link   down
        2.000 event  not sent 5/1: The connection to the modem was lost
        2.000 event  failed 3: The connection to the modem was lost
        2.000 event  ussd ended: The connection to the modem was lost
        2.000 event  call 1 released, linklost: The connection to the modem was lost; the call may still be going on
        2.000 event  failed 2: The connection to the modem was lost
        2.000 event  failed 4: The connection to the modem was lost
        2.100 user   dial 0100
        2.100 event  failed 5: No modem is connected
        2.200 user   refresh
        2.200 event  failed 6: No modem is connected
        3.000 wait
    "#,
    );
}

#[test]
fn a_link_that_comes_back_starts_afresh() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 link   down
        1.000 event  call 1 released, linklost: The connection to the modem was lost; the call may still be going on
        1.000 event  failed 1: The connection to the modem was lost
        2.000 link   up
        2.000 event  initialising
        2.105 event  ready
        4.000 <-     NO CARRIER
        5.000 user   dial 0200
        5.000 ->     ATD0200;
        5.000 event  call 2 dialing 0200
        5.100 <-     BUSY
        5.105 event  call 2 released, busy: The number is busy
        5.105 event  failed 2: The number is busy
        6.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_falls_silent_is_asked_again_and_then_told_silent() {
    check(
        r#"
        0.000 modem  AT*: (silence)
        0.000 user   refresh
        6.500 ->     ESC
        8.500 ->     ESC
       11.500 ->     ESC
       15.500 event  failed 1: The modem did not answer in time
       15.500 event  silent: The modem did not answer in time
       17.500 event  initialising
       18.500 ->     ESC
       24.500 event  silent: Nothing answers at this port
       28.500 event  initialising
       29.500 ->     ESC
       30.000 wait
       31.000 user   dial 0100
       31.000 event  call 1 dialing 0100
       31.100 wait
    "#,
    );
}

#[test]
fn one_lost_answer_is_recovered_from() {
    check(
        r#"
        modem AT+CUSD*: (silence)
        0.000 user   ussd *100#
        0.000 event  ussd waiting
       30.000 event  ussd ended: The modem did not answer in time
       30.000 event  failed 1: The modem did not answer in time
       31.000 wait
       32.000 user   dial 0100
       32.000 ->     ATD0100;
       32.000 event  call 1 dialing 0100
       32.100 <-     BUSY
       32.105 event  call 1 released, busy: The number is busy
       32.105 event  failed 2: The number is busy
       33.000 wait
    "#,
    );
}

#[test]
fn a_late_answer_is_not_taken_for_the_next_one() {
    // +CREG? is answered after its time; the answer to the question after it must still fit.
    check(
        r#"
        modem AT+CREG?: (silence)
        0.000 user   refresh
        5.002 <-     +CREG: 2,1
        5.003 <-     OK
        5.028 event  done 1
        6.000 user   console AT+CSQ
        6.005 event  answer ok +CSQ: 17,99 | OK
        6.005 event  done 2
        7.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_restarts_is_set_up_again_and_its_calls_are_over() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 modem  AT+CLCC: OK
        1.000 <-     RDY
        1.000 event  call 1 released, linklost: The modem has restarted
        1.000 event  notice: The modem has restarted
        1.000 event  initialising
        1.105 event  ready
        3.000 wait
    "#,
    );
}

#[test]
fn a_million_bytes_of_babble_do_no_harm() {
    let mut rig = Rig::new().connected();
    let mut state = 0x1234_5678_u32;
    let mut babble = Vec::with_capacity(1 << 20);
    for _ in 0..(1 << 20) {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        babble.push((state >> 24) as u8);
    }
    for piece in babble.chunks(4096) {
        rig.raw(piece);
    }
    rig.raw(&[b'A'; 1 << 20]);
    rig.line("");
    rig.run_for(Duration::from_secs(30));
    rig.begin();
    rig.user("dial 0100");
    rig.run_for(Duration::from_secs(2));
    rig.line("BUSY");
    rig.run_for(Duration::from_secs(2));
    let text = rig.transcript.join("\n");
    assert!(text.contains("released, busy"), "{text}");
}

#[test]
fn every_cut_of_the_bytes_gives_the_same_story() {
    let play = |piece: usize| {
        let mut rig = Rig::new();
        rig.manners.piece = piece;
        rig.manners.echo = true;
        let mut rig = rig.connected();
        rig.answer("AT+CLCC", "+CLCC: 1,1,4,0,0,\"+491701234567\",145 | OK");
        rig.line("RING");
        rig.run_for(Duration::from_secs(1));
        rig.user("answer");
        rig.run_for(Duration::from_secs(1));
        rig.answer("AT+CLCC", "+CLCC: 1,1,0,0,0,\"+491701234567\",145 | OK");
        rig.line("OK");
        rig.run_for(Duration::from_secs(2));
        rig.answer("AT+CLCC", "OK");
        rig.line("NO CARRIER");
        rig.run_for(Duration::from_secs(3));
        let what = |line: &String| line.get(8..).unwrap_or("").to_owned();
        rig.transcript.iter().map(what).collect::<Vec<_>>()
    };
    let whole = play(0);
    assert!(whole.len() >= 5, "{whole:#?}");
    for piece in [1, 2, 3, 7] {
        assert_eq!(play(piece), whole, "in pieces of {piece}");
    }
}

#[test]
fn a_timeout_called_early_or_twice_changes_nothing() {
    let mut rig = Rig::new().connected();
    let due = rig.modem.poll_timeout();
    let now = rig.now;
    for _ in 0..3 {
        rig.modem.handle_timeout(now);
        assert!(rig.modem.poll_transmit().is_none());
        assert!(rig.modem.poll_event().is_none());
        assert_eq!(rig.modem.poll_timeout(), due);
    }
}
