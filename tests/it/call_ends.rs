//! Stories of ends of calls, and of the words that modems have for them. Each is a transcript; see
//! `check.rs` for how to read it.

use super::check::check;

#[test]
fn the_end_of_the_active_call_is_not_the_answer_to_taking_the_waiting_one() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        0.000 <-     +CCWA: "0200",129,1
        0.000 event  call 1 incoming 0200
        0.005 event  call 1 waiting 0200
        0.005 event  call 2 active 0100
        3.000 user   answer
        3.000 ->     AT+CHLD=2
        3.010 <-     NO CARRIER
        3.020 modem  AT+CLCC: +CLCC: 2,1,0,0,0,"0200",129 | OK
        3.100 <-     OK
        3.100 event  done 1
        3.105 event  call 1 active 0200
        3.110 event  call 2 released, remote: The other side ended the call
        5.000 wait
    "#,
    );
}

#[test]
fn two_calls_end_while_the_waiting_one_is_taken_in_vain() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        0.000 <-     +CCWA: "0200",129,1
        0.000 event  call 1 incoming 0200
        0.005 event  call 1 waiting 0200
        0.005 event  call 2 active 0100
        3.000 user   answer
        3.000 ->     AT+CHLD=2
        3.010 modem  AT+CLCC: OK
        3.010 <-     NO CARRIER
        3.020 <-     NO CARRIER
        5.010 event  failed 1: The call could not be answered
        5.025 event  call 1 released, remote: The caller gave up before the answer
        5.025 event  call 2 released, remote: The other side ended the call
        7.000 wait
    "#,
    );
}

#[test]
fn a_modem_says_nothing_but_no_carrier_to_the_hang_up() {
    // Its late OK is not taken for the answer to the list, which comes after it.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.100 modem  AT+CLCC: OK
        5.100 <-     NO CARRIER
        6.100 event  done 2
        6.102 <-     OK
        6.110 event  call 1 released, local: You ended the call
        9.000 wait
    "#,
    );
}

#[test]
fn a_caller_is_rejected_and_the_modem_says_only_no_carrier() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   reject
        1.000 ->     AT+CHUP
        1.100 modem  AT+CLCC: OK
        1.100 <-     NO CARRIER
        2.100 event  done 1
        2.110 event  call 1 released, rejected: You rejected the call
        4.000 wait
    "#,
    );
}

#[test]
fn an_error_after_the_ok_tells_why_the_call_failed() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        2.100 modem  AT+CLCC: OK
        2.100 <-     +CME ERROR: 30
        2.110 event  call 1 released, refused: There is no network
        4.000 wait
    "#,
    );
}

#[test]
fn a_number_that_the_modem_bars_for_a_while_is_named_so() {
    // 22.001 Annex E: after failed calls a phone may not call the number again at once.
    check(
        r#"
        0.000 modem  AT+CLCC: OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     BLACKLISTED
        0.020 event  call 1 released, refused: The modem blocks this number, since calls to it failed
        0.020 event  failed 1: The modem blocks this number, since calls to it failed
        1.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0200",129 | OK
        1.000 user   dial 0200
        1.000 ->     ATD0200;
        1.000 event  call 2 dialing 0200
        1.010 <-     OK
        1.010 event  done 2
        1.100 modem  AT+CLCC: OK
        1.100 <-     DELAYED
        1.105 event  call 2 released, refused: The modem blocks this number for a while, since calls to it failed
        3.000 wait
    "#,
    );
}

#[test]
fn an_error_of_something_else_is_forgotten_when_the_list_shows_the_call() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 alerting 0100
        1.200 <-     +CME ERROR: 30
        3.200 modem  AT+CLCC: OK
        3.200 <-     NO ANSWER
        3.210 event  call 1 released, noanswer: Nobody answered
        5.000 wait
    "#,
    );
}

#[test]
fn the_number_stays_as_it_was_dialed() {
    // Iran: the list gives the national form; the second call was dialed by another program.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"09121234567",129 | OK
        0.000 user   dial +989121234567
        0.000 ->     ATD+989121234567;
        0.000 event  call 1 dialing +989121234567
        0.010 <-     OK
        0.010 event  done 1
        1.100 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"989121234567",129 | OK
        1.530 event  call 1 active +989121234567
        2.000 modem  AT+CLCC: OK
        2.000 <-     NO CARRIER
        2.010 event  call 1 released, remote: The other side ended the call
        3.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"09121234567",129 | OK
        3.000 <-     +CLCC: 1,0,0,0,0,"09121234567",129
        3.005 event  call 2 active 09121234567
        4.000 wait
    "#,
    );
}

#[test]
fn a_call_that_is_told_to_ring_for_minutes_is_not_hung_up_since_it_may_be_answered() {
    // No network lets a phone ring for so long: the word of the answer or of the end was lost.
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 <-     ^CONF:1
        1.000 event  call 1 alerting 0100
      301.565 event  notice: The modem has said nothing of the call for five minutes
    50000.000 user   release 1
    50000.000 ->     AT+CHUP
    50000.100 <-     OK
    50000.100 event  call 1 released, local: You hung up; whether it was answered is unknown
    50000.100 event  done 2
    50010.000 wait
    "#,
    );
}

#[test]
fn a_call_in_doubt_that_the_modem_refuses_to_hang_up_is_given_up() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        modem AT+CHUP: ERROR
        modem ATH: ERROR
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 <-     ^CONF:1
        1.000 event  call 1 alerting 0100
      301.565 event  notice: The modem has said nothing of the call for five minutes
      400.000 user   release 1
      400.010 event  failed 2: The modem did not hang up
      421.055 event  call 1 released, local: You hung up; whether it was answered is unknown
      440.000 wait
    "#,
    );
}

#[test]
fn a_hang_up_that_is_never_answered_is_over_when_the_list_says_so() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.500 modem  AT+CLCC: OK
       10.010 event  done 2
       10.015 event  call 1 released, local: You ended the call
       20.000 wait
    "#,
    );
}

#[test]
fn the_next_command_is_tried_where_the_first_is_never_answered() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
       10.010 ->     ATH
       10.200 modem  AT+CLCC: OK
       10.200 <-     OK
       10.200 event  done 2
       10.210 event  call 1 released, local: You ended the call
       20.000 wait
    "#,
    );
}

#[test]
fn a_call_that_goes_after_unanswered_hang_ups_was_ended_by_us() {
    // Once more is tried, and not for ever.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
       10.010 ->     ATH
       15.020 event  failed 2: The modem did not answer in time
       15.025 ->     AT+CHLD=11
       18.000 modem  AT+CLCC: OK
       20.040 event  call 1 released, local: You ended the call
       60.000 wait
    "#,
    );
}

#[test]
fn busy_to_the_hang_up_is_the_end_of_the_call() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.100 modem  AT+CLCC: OK
        5.100 <-     BUSY
        6.100 event  done 2
        6.115 event  call 1 released, local: You ended the call
       20.000 wait
    "#,
    );
}

#[test]
fn connect_to_the_hang_up_is_no_answer_to_it() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.100 <-     CONNECT
        6.105 ->     ATH
        6.300 modem  AT+CLCC: OK
        6.300 <-     OK
        6.300 event  done 2
        6.310 event  call 1 released, local: You ended the call
       20.000 wait
    "#,
    );
}

#[test]
fn the_link_is_lost_while_the_hang_up_has_no_answer() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.500 link   down
        5.500 event  call 1 released, linklost: The connection to the modem was lost; the call may still be going on
        5.500 event  failed 2: The connection to the modem was lost
        9.000 wait
    "#,
    );
}

#[test]
fn the_link_is_lost_when_the_modem_had_said_that_it_hung_up() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.500 modem  AT+CLCC: (silence)
        5.500 <-     OK
        5.500 event  done 2
        5.501 link   down
        5.501 event  call 1 released, local: You ended the call
        9.000 wait
    "#,
    );
}

#[test]
fn an_error_instead_of_the_list_was_the_dialings_if_the_lists_own_ok_follows() {
    // A list that stays empty during calls.
    check(
        r#"
        0.000 modem  AT+CLCC: (by hand)
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 ->     AT+CLCC
        0.010 event  done 1
        0.020 <-     +CME ERROR: 30
        0.025 modem  AT+CLCC: OK
        0.030 <-     OK
        0.030 ->     AT+CHUP
        0.100 <-     OK
        0.110 event  call 1 released, refused: There is no network
        5.000 wait
    "#,
    );
}

#[test]
fn an_error_instead_of_the_activity_was_the_dialings_too() {
    check(
        r#"
        profile Huawei
        0.000 modem  AT+CLCC: OK
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        3.000 modem  AT+CPAS: ERROR | +CPAS: 4 | OK
        4.040 ->     AT+CHUP
        4.100 <-     OK
        4.100 event  call 1 released, refused: The modem refused to dial
       20.000 wait
    "#,
    );
}

#[test]
fn a_call_that_only_the_list_has_shown_is_looked_for_where_polling_is_dangerous() {
    // It was placed by somebody else, so that no result of ATD is waited for.
    check(
        r#"
        profile ZTE
        0.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        7.005 event  call 1 alerting 0100
       10.000 modem  AT+CLCC: OK
       11.050 event  call 1 released, refused: The call ended and the modem gave no reason
       30.000 wait
    "#,
    );
}

#[test]
fn a_call_that_failed_by_a_stray_error_without_a_list_is_hung_up_to_be_sure() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.500 <-     ERROR
        1.500 ->     AT+CHUP
        1.600 <-     OK
        1.600 event  call 1 released, refused: The modem refused to dial
       10.000 wait
    "#,
    );
}

#[test]
fn a_call_that_is_barred_late_while_the_list_is_empty_is_hung_up_to_be_sure() {
    // Nothing tells that the modem's list ever shows a call.
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.400 <-     BLACKLISTED
        0.400 ->     AT+CHUP
        0.700 <-     ERROR
        0.700 ->     ATH
        0.800 <-     ERROR
        0.810 event  call 1 released, refused: The modem blocks this number, since calls to it failed
       10.000 wait
    "#,
    );
}

#[test]
fn a_call_for_help_is_not_hung_up_for_a_stray_error() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
        0.010 <-     OK
        0.010 event  done 1
        1.500 <-     ERROR
        2.520 event  call 1 released, refused: The modem refused to dial
       10.000 wait
    "#,
    );
}

#[test]
fn connect_is_no_answer_when_it_comes_for_the_hang_up() {
    check(
        r#"
        modem AT+CLCC: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        4.000 user   release 1
        4.000 ->     AT+CHUP
        4.100 <-     CONNECT
        5.000 <-     OK
        5.000 event  call 1 released, local: You gave up before the answer
        5.000 event  done 2
       10.000 wait
    "#,
    );
}

#[test]
fn a_call_that_rings_for_two_minutes_on_a_modem_that_tells_of_the_answer_alone_was_not_answered() {
    // V.250 §5.6.1: what is sent then ends it.
    check(
        r#"
        modem AT+CHUP: OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
      120.001 <-     NO CARRIER
      120.015 event  call 1 released, refused: Nobody answered in time, as far as the modem told
      120.015 event  failed 1: Nobody answered in time, as far as the modem told
      125.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_does_not_take_the_plus_is_told_apart_from_one_that_can_not_call() {
    check(
        r#"
        modem AT+CLCC: OK
        0.000 user   dial +4930123456
        0.000 ->     ATD+4930123456;
        0.000 event  call 1 dialing +4930123456
        0.010 <-     +CME ERROR: 50
        0.020 event  call 1 released, refused: The modem does not take a number in this form
        0.020 event  failed 1: The modem does not take a number in this form
        1.000 user   dial 030123456
        1.000 ->     ATD030123456;
        1.000 event  call 2 dialing 030123456
        1.010 <-     +CME ERROR: 27
        1.015 event  call 2 released, refused: The modem does not take all characters of this number
        1.015 event  failed 2: The modem does not take all characters of this number
        2.000 wait
    "#,
    );
}
