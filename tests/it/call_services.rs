//! Stories of several calls: hold, a second call, call waiting, conference, transfer, and what else
//! `+CHLD` does (27.007 §7.13, 22.030 §6.5.5.1). Each is a transcript; see `check.rs` for how to
//! read it.

use super::check::check;

#[test]
fn a_second_call_is_dialed_when_the_first_is_on_hold_and_both_are_joined() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        3.000 user   dial 0200
        3.000 ->     AT+CHLD=2
        3.000 event  call 2 dialing 0200
        3.050 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,3,0,0,"0200",129 | OK
        3.050 <-     OK
        3.050 ->     ATD0200;
        3.050 event  call 1 held 0100
        3.100 <-     OK
        3.100 event  done 2
        3.105 event  call 2 alerting 0200
        4.000 user   dial 0300
        4.000 event  failed 3: A call is being set up already
        5.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"0200",129 | OK
        5.125 event  call 2 active 0200
        6.000 user   dial 0300
        6.000 event  failed 4: There are two calls already
        7.000 user   merge
        7.000 ->     AT+CHLD=3
        7.200 modem  AT+CLCC: +CLCC: 1,0,0,0,1,"0100",129 | +CLCC: 2,0,0,0,1,"0200",129 | OK
        7.200 <-     OK
        7.200 event  done 5
        7.205 event  call 1 active 0100, in a conference
        7.205 event  call 2 active 0200, in a conference
        9.000 user   private 2
        9.000 ->     AT+CHLD=22
        9.100 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"0200",129 | OK
        9.100 <-     OK
        9.100 event  done 6
        9.105 event  call 2 active 0200
        9.105 event  call 1 held 0100
       11.000 user   merge
       11.000 ->     AT+CHLD=3
       11.100 modem  AT+CLCC: +CLCC: 1,0,0,0,1,"0100",129 | +CLCC: 2,0,0,0,1,"0200",129 | OK
       11.100 <-     OK
       11.100 event  done 7
       11.105 event  call 1 active 0100, in a conference
       11.105 event  call 2 active 0200, in a conference
       13.000 user   release 1
       13.000 ->     AT+CHLD=11
       13.100 modem  AT+CLCC: +CLCC: 2,0,0,0,0,"0200",129 | OK
       13.100 <-     OK
       13.100 event  done 8
       13.105 event  call 2 active 0200
       13.105 event  call 1 released, local: You ended the call
       15.000 user   release 2
       15.000 ->     AT+CHUP
       15.100 modem  AT+CLCC: OK
       15.100 <-     OK
       15.100 event  done 9
       15.110 event  call 2 released, local: You ended the call
       16.000 wait
    "#,
    );
}

#[test]
fn a_second_call_is_not_dialed_if_the_first_cant_be_held() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        3.000 user   dial 0200
        3.000 ->     AT+CHLD=2
        3.000 event  call 2 dialing 0200
        3.100 <-     +CME ERROR: 3
        3.100 event  call 2 released, refused: The other call can't be put on hold
        3.100 event  failed 2: The other call can't be put on hold
        4.000 wait
    "#,
    );
}

#[test]
fn a_second_call_given_up_while_the_first_is_put_on_hold_is_never_dialed() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        3.000 user   dial 0200
        3.000 ->     AT+CHLD=2
        3.000 event  call 2 dialing 0200
        3.050 user   release 2
        3.050 event  call 2 released, local: You gave up before the answer
        3.050 event  done 3
        3.100 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | OK
        3.100 <-     OK
        3.100 event  failed 2: You gave up the call
        3.105 ->     AT+CHLD=2
        3.105 event  call 1 held 0100
        4.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_offers_nothing_is_asked_for_nothing() {
    check(
        r#"
        modem AT+CHLD=?: +CHLD: (0,1) | OK
        modem AT+CTFR=?: ERROR
        modem AT+CMUT=?: ERROR
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   swap
        1.000 event  failed 2: This modem can't hold calls
        1.100 user   dial 0200
        1.100 event  failed 3: This modem can't hold a call for another
        1.200 user   transfer
        1.200 event  failed 4: This modem can't connect two calls with each other
        1.300 user   mute
        1.300 event  failed 5: This modem can't switch the microphone off
        2.000 user   merge
        2.000 event  failed 6: There are no two calls to join
        3.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        3.000 <-     +CCWA: "0200",129,1
        3.000 event  call 2 waiting 0200
        3.100 user   deflect 2 0300
        3.100 event  failed 7: This modem can't forward a call that rings
        4.000 wait
    "#,
    );
}

#[test]
fn the_waiting_call_is_answered_and_the_active_one_ended() {
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
        4.000 user   take
        4.005 ->     AT+CHLD=1
        4.100 modem  AT+CLCC: +CLCC: 2,1,0,0,0,"0200",129 | OK
        4.100 <-     OK
        4.100 event  done 2
        4.105 event  call 2 active 0200
        4.105 event  call 1 released, local: You ended the call
        5.000 wait
    "#,
    );
}

#[test]
fn with_two_calls_there_a_third_is_answered_only_if_the_active_one_ends() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01",129 | +CLCC: 2,0,0,0,0,"02",129 | OK
        0.000 <-     +CLCC: 1,0,1,0,0,"01",129
        0.005 event  call 1 held 01
        0.005 event  call 2 active 02
3.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01" | +CLCC: 2,0,0,0,0,"02" | +CLCC: 3,1,5,0,0,"03" | OK
        3.000 <-     +CCWA: "03",129,1
        3.000 event  call 3 waiting 03
        4.000 user   answer
        4.000 event  failed 1: There are two calls already
        5.000 user   take
        5.005 ->     AT+CHLD=1
        5.100 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01",129 | +CLCC: 3,1,0,0,0,"03",129 | OK
        5.100 <-     OK
        5.100 event  done 2
        5.105 event  call 3 active 03
        5.105 event  call 2 released, local: You ended the call
        6.000 wait
    "#,
    );
}

#[test]
fn the_waiting_call_is_rejected_and_the_held_one_stays() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01",129 | +CLCC: 2,0,0,0,0,"02",129 | OK
        0.000 <-     +CLCC: 1,0,1,0,0,"01",129
        0.005 event  call 1 held 01
        0.005 event  call 2 active 02
3.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01" | +CLCC: 2,0,0,0,0,"02" | +CLCC: 3,1,5,0,0,"03" | OK
        3.000 <-     +CCWA: "03",129,1
        3.000 event  call 3 waiting 03
        4.000 user   reject
        4.005 ->     AT+CHLD=0
        4.100 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01",129 | +CLCC: 2,0,0,0,0,"02",129 | OK
        4.100 <-     OK
        4.100 event  done 1
        4.105 event  call 3 released, rejected: You rejected the call
        5.000 wait
    "#,
    );
}

#[test]
fn a_waiting_caller_who_has_gone_is_not_rejected_at_the_cost_of_the_held_call() {
    // 22.030 §6.5.5.1: with nobody waiting, 0 ends the calls on hold.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01",129 | +CLCC: 2,0,0,0,0,"02",129 | OK
        0.000 <-     +CLCC: 1,0,1,0,0,"01",129
        0.005 event  call 1 held 01
        0.005 event  call 2 active 02
3.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01" | +CLCC: 2,0,0,0,0,"02" | +CLCC: 3,1,5,0,0,"03" | OK
        3.000 <-     +CCWA: "03",129,1
        3.000 event  call 3 waiting 03
        3.800 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"01",129 | +CLCC: 2,0,0,0,0,"02",129 | OK
        3.800 user   reject
        3.805 event  done 1
        3.810 event  call 3 released, remote: The caller gave up before the answer
        5.000 wait
    "#,
    );
}

#[test]
fn a_held_call_is_never_ended_by_the_plain_hang_up() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"0200",129 | OK
        0.000 <-     +CLCC: 1,0,1,0,0,"0100",129
        0.005 event  call 1 held 0100
        0.005 event  call 2 active 0200
        2.000 user   release 1
        2.000 ->     AT+CHLD=11
        2.100 <-     +CME ERROR: 3
        2.100 event  failed 1: The modem did not hang up
        3.000 user   release 2
        3.000 ->     AT+CHLD=12
        3.100 <-     +CME ERROR: 3
        3.100 ->     AT+CHUP
        3.200 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | OK
        3.200 <-     OK
        3.200 event  done 2
        3.205 event  call 2 released, local: You ended the call
        4.000 wait
    "#,
    );
}

#[test]
fn a_whole_conference_is_ended_one_after_the_other() {
    check(
        r#"
0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,1,"01" | +CLCC: 2,1,0,0,1,"02" | +CLCC: 3,0,0,0,1,"03" | OK
        0.000 <-     +CLCC: 1,0,1,0,0,"01",129
        0.005 event  call 1 active 01, in a conference
        0.005 event  call 2 active 02, in a conference
        0.005 event  call 3 active 03, in a conference
        2.000 user   release 1
        2.000 ->     AT+CHLD=11
        2.000 user   release 2
        2.000 user   release 3
        2.100 <-     OK
        2.100 ->     AT+CHLD=12
        2.100 event  done 1
        2.200 <-     OK
        2.200 ->     AT+CHLD=13
        2.200 event  done 2
        2.300 modem  AT+CLCC: OK
        2.300 <-     OK
        2.300 event  done 3
        2.310 event  call 1 released, local: You ended the call
        2.310 event  call 2 released, local: You ended the call
        2.310 event  call 3 released, local: You ended the call
        3.000 wait
    "#,
    );
}

#[test]
fn one_of_a_conference_hangs_up_and_the_others_talk_on() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,1,"0100",129 | +CLCC: 2,1,0,0,1,"0200",129 | OK
        0.000 <-     +CLCC: 1,0,1,0,0,"0100",129
        0.005 event  call 1 active 0100, in a conference
        0.005 event  call 2 active 0200, in a conference
        2.000 modem  AT+CLCC: +CLCC: 2,1,0,0,0,"0200",129 | OK
        2.000 <-     NO CARRIER
        2.005 event  call 2 active 0200
        2.010 event  call 1 released, remote: The other side ended the call
        3.000 wait
    "#,
    );
}

#[test]
fn two_callers_are_connected_with_each_other() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"0200",129 | OK
        0.000 <-     +CLCC: 1,0,1,0,0,"0100",129
        0.005 event  call 1 held 0100
        0.005 event  call 2 active 0200
        2.000 user   transfer
        2.000 ->     AT+CHLD=4
        2.100 modem  AT+CLCC: OK
        2.100 <-     OK
        2.100 event  done 1
        2.110 event  call 1 released, local: You connected the two callers with each other
        2.110 event  call 2 released, local: You connected the two callers with each other
        3.000 wait
    "#,
    );
}

#[test]
fn the_caller_is_forwarded_to_another_number() {
    check(
        r#"
        modem AT+CTFR=?: OK
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+491701234567",145 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming +491701234567
        2.000 user   deflect 1 +4930123456
        2.000 ->     AT+CTFR="+4930123456",145
        2.500 modem  AT+CLCC: OK
        2.500 <-     OK
        2.500 event  done 1
        2.505 event  call 1 released, rejected: You forwarded the caller to +4930123456
        4.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+491701234567",145 | OK
        4.000 <-     RING
        4.000 event  call 2 incoming unknown
        4.005 event  call 2 incoming +491701234567
        5.000 user   deflect 2 0300
        5.000 ->     AT+CTFR="0300",129
        5.100 <-     ERROR
        5.100 ->     AT+CTFR="0300"
        5.200 <-     +CME ERROR: 3
        5.200 event  failed 2: The call could not be forwarded
        6.000 user   deflect 1 0300
        6.000 event  failed 3: This call doesn't ring any more
        7.000 wait
    "#,
    );
}

#[test]
fn the_microphone_is_off_until_it_is_switched_on_or_the_call_ends() {
    check(
        r#"
        0.000 user   mute
        0.000 event  failed 1: There is no call
        0.100 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.100 user   dial 0100
        0.100 ->     ATD0100;
        0.100 event  call 1 dialing 0100
        0.110 <-     OK
        0.110 event  done 2
        0.115 event  call 1 active 0100
        1.000 user   mute
        1.000 ->     AT+CMUT=1
        1.010 <-     OK
        1.010 event  microphone off
        1.010 event  done 3
        2.000 user   unmute
        2.000 ->     AT+CMUT=0
        2.010 <-     OK
        2.010 event  microphone on
        2.010 event  done 4
        3.000 user   mute
        3.000 ->     AT+CMUT=1
        3.010 <-     ERROR
        3.010 event  failed 5: The modem can't switch the microphone
        4.000 user   mute
        4.000 ->     AT+CMUT=1
        4.010 <-     OK
        4.010 event  microphone off
        4.010 event  done 6
        5.000 modem  AT+CLCC: OK
        5.000 <-     NO CARRIER
        5.010 ->     AT+CMUT=0
        5.010 event  call 1 released, remote: The other side ended the call
        5.010 event  microphone on
        5.200 <-     OK
        6.000 wait
    "#,
    );
}

#[test]
fn the_own_number_is_hidden_or_shown_for_one_call() {
    // 27.007 §6.2: I hides, i shows; 22.030 §6.5.5: the prefixes #31# and *31#.
    check(
        r#"
        0.000 user   hide 0100
        0.000 ->     ATD0100I;
        0.000 event  call 1 dialing 0100
        0.100 <-     BUSY
        0.105 event  call 1 released, busy: The number is busy
        0.105 event  failed 1: The number is busy
        1.000 user   show 0100
        1.000 ->     ATD0100i;
        1.000 event  call 2 dialing 0100
        1.100 <-     BUSY
        1.100 event  call 2 released, busy: The number is busy
        1.100 event  failed 2: The number is busy
        2.000 user   dial #31#+4930123456
        2.000 ->     ATD+4930123456I;
        2.000 event  call 3 dialing +4930123456
        2.100 <-     BUSY
        2.100 event  call 3 released, busy: The number is busy
        2.100 event  failed 3: The number is busy
        3.000 user   hide *31#0100
        3.000 ->     ATD0100i;
        3.000 event  call 4 dialing 0100
        3.100 <-     BUSY
        3.100 event  call 4 released, busy: The number is busy
        3.100 event  failed 4: The number is busy
        4.000 user   hide 112
        4.000 ->     ATD112;
        4.000 event  call 5 dialing 112
        4.100 <-     BUSY
        4.100 event  call 5 released, busy: The number is busy
        4.100 event  failed 5: The number is busy
        5.000 user   dial #31#
        5.000 event  failed 6: This is a service code, not a number to call
        5.100 user   dial 1
        5.100 ->     ATD1;
        5.100 event  call 6 dialing 1
        5.200 <-     BUSY
        5.200 event  call 6 released, busy: The number is busy
        5.200 event  failed 7: The number is busy
        6.000 wait
    "#,
    );
}

#[test]
fn a_call_that_the_other_side_holds_says_so_until_it_is_taken_back() {
    // 27.007 §7.17: <code2> 2 and 3. With two calls nobody says which one is meant.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 <-     +CSSU: 2
        1.000 event  call 1 active 0100, held by the other side
        1.000 event  notice: The other side put you on hold
        2.000 <-     +CSSU: 3
        2.000 event  call 1 active 0100
        2.000 event  notice: The other side took you back from hold
        3.000 <-     +CSSU: 2
        3.000 event  call 1 active 0100, held by the other side
        3.000 event  notice: The other side put you on hold
        4.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"0200",129 | OK
        4.000 user   dial 0200
        4.000 ->     AT+CHLD=2
        4.000 event  call 2 dialing 0200
        4.050 <-     OK
        4.050 ->     ATD0200;
        4.050 event  call 1 held 0100, held by the other side
        4.100 <-     OK
        4.100 event  done 2
        4.105 event  call 2 active 0200
        5.000 <-     +CSSU: 2
        5.000 event  notice: The other side put you on hold
        6.000 <-     +CSSU: 3
        6.000 event  call 1 held 0100
        6.000 event  notice: The other side took you back from hold
        7.000 <-     +CSSU: 2
        7.000 event  notice: The other side put you on hold
        8.000 wait
    "#,
    );
}
