//! Stories of tones: keys pressed in a call, and what was dialed behind the number (`,` waits three
//! seconds, `;` waits for the user). Each is a transcript; see `check.rs` for how to read it.

use super::check::check;

#[test]
fn what_was_dialed_behind_the_number_is_sent_after_the_answer() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        0.000 user   dial 0100,,12;3
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100, to send ,,12;3
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 alerting 0100, to send ,,12;3
        5.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        5.065 event  call 1 active 0100, to send ,,12;3
        8.065 event  call 1 active 0100, to send ,12;3
       11.065 ->     AT+VTS=1
       11.065 event  call 1 active 0100, to send 12;3
       11.600 <-     OK
       11.600 event  call 1 active 0100, sent 1, to send 2;3
       11.605 ->     AT+VTS=2
       11.700 <-     OK
       11.700 event  call 1 active 0100, sent 12, to send ;3, asks
       13.000 user   go on 1
       13.000 ->     AT+VTS=3
       13.000 event  call 1 active 0100, sent 12, to send 3
       13.000 event  done 2
       13.100 <-     OK
       13.100 event  call 1 active 0100, sent 123
       14.000 user   go on 1
       14.000 event  failed 3: Nothing is left to be sent
       14.500 modem  AT+CLCC: OK
       14.500 <-     NO CARRIER
       14.510 event  call 1 released, remote: The other side ended the call
       15.000 wait
    "#,
    );
}

#[test]
fn keys_pressed_meanwhile_go_first_and_in_order() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100,12
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100, to send ,12
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100, to send ,12
        3.015 ->     AT+VTS=1
        3.015 event  call 1 active 0100, to send 12
        3.100 user   tones 78
        3.110 user   tones 9
        3.200 <-     OK
        3.200 ->     AT+VTS=7
        3.200 event  call 1 active 0100, sent 1, to send 2
        3.300 <-     OK
        3.300 ->     AT+VTS=8
        3.300 event  call 1 active 0100, sent 17, to send 2
        3.400 <-     OK
        3.400 ->     AT+VTS=9
        3.400 event  call 1 active 0100, sent 178, to send 2
        3.400 event  done 2
        3.500 <-     OK
        3.500 ->     AT+VTS=2
        3.500 event  call 1 active 0100, sent 1789, to send 2
        3.500 event  done 3
        3.600 <-     OK
        3.600 event  call 1 active 0100, sent 17892
        4.000 wait
    "#,
    );
}

#[test]
fn the_rest_is_dropped_by_the_user_or_sent_without_the_pause() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100,1,2;3
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100, to send ,1,2;3
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100, to send ,1,2;3
        1.000 user   go on 1
        1.000 ->     AT+VTS=1
        1.000 event  call 1 active 0100, to send 1,2;3
        1.000 event  done 2
        1.100 <-     OK
        1.100 event  call 1 active 0100, sent 1, to send ,2;3
        2.000 user   drop 1
        2.000 event  call 1 active 0100, sent 1
        2.000 event  done 3
        9.000 user   go on 1
        9.000 event  failed 4: Nothing is left to be sent
       10.000 wait
    "#,
    );
}

#[test]
fn a_call_on_hold_and_one_that_has_ended_send_nothing() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100,1
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100, to send ,1
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100, to send ,1
        1.000 user   swap
        1.000 ->     AT+CHLD=2
        1.010 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | OK
        1.010 <-     OK
        1.010 event  done 2
        1.015 event  call 1 held 0100, to send ,1
        6.000 user   swap
        6.000 ->     AT+CHLD=2
        6.010 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        6.010 <-     OK
        6.010 event  done 3
        6.015 ->     AT+VTS=1
        6.015 event  call 1 active 0100, to send 1
        6.050 modem  AT+CLCC: OK
        6.050 <-     NO CARRIER
        6.060 <-     OK
        6.060 event  call 1 active 0100, sent 1
        6.070 event  call 1 released, remote: The other side ended the call
        9.000 wait
    "#,
    );
}

#[test]
fn keys_of_a_call_that_ended_have_an_outcome() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   tones 123
        1.000 ->     AT+VTS=1
        1.050 modem  AT+CLCC: OK
        1.050 <-     NO CARRIER
        1.100 <-     OK
        1.100 event  call 1 active 0100, sent 1
        1.110 event  call 1 released, remote: The other side ended the call
        1.110 event  failed 2: There is no call to send tones in
        1.200 <-     OK
        2.000 wait
    "#,
    );
}

#[test]
fn a_tone_that_is_refused_is_not_logged() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100;5
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100, to send ;5
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100, to send ;5, asks
        1.000 user   tones 1
        1.000 ->     AT+VTS=1
        1.100 <-     ERROR
        1.100 ->     AT+VTS="1"
        1.200 <-     ERROR
        1.200 event  failed 2: The modem could not send the tone
        2.000 user   go on 1
        2.000 ->     AT+VTS=5
        2.000 event  call 1 active 0100, to send 5
        2.000 event  done 3
        2.100 <-     ERROR
        2.100 ->     AT+VTS="5"
        2.200 <-     ERROR
        2.200 event  call 1 active 0100
        2.200 event  notice: The modem could not send the tone
        3.000 wait
    "#,
    );
}

#[test]
fn the_makers_own_command_for_tones_is_used_and_given_up_if_it_is_refused() {
    check(
        r#"
        profile Huawei
        modem AT^DTMF*: (by hand)
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   tones 1
        1.000 ->     AT^DTMF=1,1
        1.100 <-     OK
        1.100 event  call 1 active 0100, sent 1
        1.100 event  done 2
        2.000 user   tones 2
        2.000 ->     AT^DTMF=1,2
        2.100 <-     COMMAND NOT SUPPORT
        2.100 ->     AT+VTS=2
        2.200 <-     OK
        2.200 event  call 1 active 0100, sent 12
        2.200 event  done 3
        3.000 user   tones 3
        3.000 ->     AT+VTS=3
        3.100 <-     OK
        3.100 event  call 1 active 0100, sent 123
        3.100 event  done 4
        4.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_never_tells_of_the_answer_leaves_it_to_the_user() {
    check(
        r#"
        modem AT+CLCC: ERROR
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100,7
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100, to send ,7
        0.010 <-     OK
        0.010 event  done 1
        6.030 event  call 1 dialing 0100, to send ,7, asks
        6.030 event  notice: This modem does not tell when the other side answers
       12.000 user   go on 1
       12.000 event  call 1 dialing 0100, to send ,7
       12.000 event  done 2
       15.000 ->     AT+VTS=7
       15.000 event  call 1 dialing 0100, to send 7
       15.200 <-     OK
       15.200 event  call 1 dialing 0100, sent 7
       16.000 wait
    "#,
    );
}
