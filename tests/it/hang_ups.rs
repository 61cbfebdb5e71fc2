//! Stories of hang-ups that are refused, come late or would end another call, and of calls that are
//! given up wrongly. Each is a transcript; see `check.rs` for how to read it.

use super::check::check;

#[test]
fn what_still_shows_in_the_list_is_not_hung_up_at_the_cost_of_the_call_taken_since() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 modem  AT+CHLD=11: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.500 <-     OK
        5.500 event  done 2
        6.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        6.000 <-     +CCWA: "0200",129,1
        6.000 event  call 2 waiting 0200
        6.500 user   answer
        6.500 ->     AT+CHLD=2
        6.600 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,0,0,0,"0200",129 | OK
        6.600 <-     OK
        6.600 event  done 3
        6.605 event  call 2 active 0200
       12.000 modem  AT+CLCC: +CLCC: 2,1,0,0,0,"0200",129 | OK
       13.640 event  call 1 released, local: You ended the call
       20.000 wait
    "#,
    );
}

#[test]
fn the_call_beside_one_that_is_set_up_is_not_ended_by_what_would_end_that() {
    check(
        r#"
        modem AT+CHLD=?: +CHLD: (0,1) | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,0,3,0,0,"0200",129 | OK
        6.030 event  call 2 alerting 0200
        8.000 user   release 1
        8.000 event  failed 2: This modem can't end this call alone
       12.000 wait
    "#,
    );
}

#[test]
fn an_answer_that_was_reported_counts_though_the_result_of_dialing_was_lost() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: OK
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        2.000 <-     ^CONN:1,0
        2.000 event  call 1 active 0100
        5.010 event  done 1
       20.000 <-     ^CEND:1,18,104,16
       20.000 event  call 1 released, remote: The other side ended the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_rejection_that_is_obeyed_late_is_one() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   reject
        1.000 ->     AT+CHUP
        6.010 ->     ATH
       11.020 event  failed 1: The modem did not answer in time
       14.000 modem  AT+CLCC: OK
       14.055 event  call 1 released, rejected: You rejected the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_list_that_is_not_answered_tells_of_no_end() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 modem  AT+CLCC: OK
        6.030 modem  AT+CLCC: (silence)
        6.035 user   release 1
        6.035 ->     AT+CHUP
       15.045 ->     ATH
       24.050 event  failed 2: The modem did not answer in time
       28.060 ->     AT+CHLD=11
       37.070 ->     ATH
       40.000 wait
    "#,
    );
}

#[test]
fn a_caller_who_was_rejected_in_vain_can_be_answered() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   reject
        1.000 ->     AT+CHUP
        6.010 ->     ATH
       11.020 event  failed 1: The modem did not answer in time
       12.000 user   answer
       12.000 ->     ATA
       12.500 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0200",129 | OK
       12.500 <-     OK
       12.500 event  call 1 active 0200
       12.500 event  done 2
       20.000 modem  AT+CLCC: OK
       20.000 <-     NO CARRIER
       20.010 event  call 1 released, remote: The other side ended the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_second_ok_to_the_hang_up_is_no_empty_list() {
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
        5.500 <-     OK
        5.500 event  done 2
        5.500 <-     OK
        9.525 ->     ATH
        9.800 modem  AT+CLCC: OK
        9.800 <-     OK
        9.810 event  call 1 released, local: You ended the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_hang_up_that_is_refused_by_every_command_and_obeyed_was_ours() {
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
        5.200 <-     ERROR
        5.200 ->     ATH
        5.400 modem  AT+CLCC: OK
        5.400 <-     ERROR
        5.400 event  failed 2: The modem did not hang up
        6.420 event  call 1 released, local: You ended the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_hang_up_that_is_refused_long_before_the_end_was_not_the_end() {
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
        5.200 <-     ERROR
        5.200 ->     ATH
        5.400 <-     ERROR
        5.400 event  failed 2: The modem did not hang up
       20.000 modem  AT+CLCC: OK
       20.000 <-     NO CARRIER
       20.010 event  call 1 released, remote: The other side ended the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_caller_who_gave_up_while_the_answer_was_waited_for_was_missed() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   answer
        1.000 ->     ATA
        4.000 modem  AT+CLCC: OK
       12.000 user   release 1
       12.000 ->     CR
       12.700 event  failed 1: You gave up the call
       12.705 event  done 2
       12.715 event  call 1 released, remote: The caller gave up before the answer
       30.000 wait
    "#,
    );
}

#[test]
fn a_call_whose_answer_the_modem_never_confirmed_was_ours_to_end() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   answer
        1.000 ->     ATA
        1.500 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0200",129 | OK
       12.000 user   release 1
       12.000 ->     CR
       12.700 event  failed 1: You gave up the call
       12.705 event  call 1 active 0200
       12.710 ->     AT+CHUP
       13.000 modem  AT+CLCC: OK
       13.000 <-     OK
       13.000 event  done 2
       13.010 event  call 1 released, local: You ended the call
       30.000 wait
    "#,
    );
}
