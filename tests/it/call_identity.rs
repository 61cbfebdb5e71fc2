//! Stories of which call a line of the modem speaks of: callers who come one after the other, calls
//! that take another's place, commands that meet a caller they were not meant for. See `check.rs`.

use super::check::check;

#[test]
fn of_three_callers_in_a_row_each_is_told_under_his_own_number() {
    // The line is busy, so that no list has told the end of the first when the third rings.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0100",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0100
        2.550 user   console AT+COPS=?
        2.550 ->     AT+COPS=?
        2.600 <-     RING
        2.600 <-     +CLIP: "0200",129,,,,0
        2.600 event  call 2 incoming 0200
        2.650 <-     RING
        2.650 <-     +CLIP: "0300",129,,,,0
        2.650 event  call 3 incoming 0300
        2.700 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0300",129 | OK
        2.700 <-     OK
        2.700 event  answer ok RING | +CLIP: "0200",129,,,,0 | RING | +CLIP: "0300",129,,,,0 | OK
        2.700 event  done 1
        2.705 event  call 1 released, remote: The caller gave up before the answer
        2.705 event  call 2 released, remote: The caller gave up before the answer
        8.000 wait
    "#,
    );
}

#[test]
fn a_place_that_was_left_is_the_new_calls_though_both_are_with_one_number() {
    // ZTE: the held call ends while the second is being dialed, which keeps the list unasked.
    check(
        r#"
        profile ZTE
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        1.000 <-     CONNECT
        1.000 event  call 1 active 0100
        1.000 event  done 1
        3.500 user   dial 0100
        3.500 ->     AT+CHLD=2
        3.500 event  call 2 dialing 0100
        3.600 <-     OK
        3.600 ->     ATD0100;
        3.600 event  call 1 held 0100
        5.000 modem  AT+CLCC: OK
        5.000 <-     HANGUP: 1
        5.000 <-     NO CARRIER
        7.015 event  call 2 released, refused: The network ended the call without a reason
        7.015 event  failed 2: The network ended the call without a reason
        7.100 user   dial 0100
        7.100 ->     ATD0100;
        7.100 event  call 3 dialing 0100
        9.500 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        9.600 <-     CONNECT
        9.600 event  call 3 active 0100
        9.600 event  done 3
       10.025 event  call 1 released, remote: The other side ended the call
       14.000 wait
    "#,
    );
}

#[test]
fn a_report_without_a_number_is_of_the_caller_at_that_place() {
    // Two wait in turn: the first was taken by the command to swap, the second is told of by index.
    check(
        r#"
        profile u-blox
        0.000 modem  AT+CLCC: +CLCC: 3,1,1,0,0,"0300",129 | OK
        0.000 <-     +UCALLSTAT: 3,1
        0.005 event  call 1 held 0300
        3.000 user   swap
        3.000 ->     AT+CHLD=2
        3.010 <-     +CCWA: "0100",129,1
        3.010 event  call 2 waiting 0100
        3.010 <-     +UCALLSTAT: 1,5
        3.040 <-     OK
        3.040 event  done 1
        3.041 <-     +UCALLSTAT: 1,0
        3.042 <-     +CCWA: "",128,1
        3.043 <-     +UCALLSTAT: 2,5
        3.043 event  call 3 waiting unknown
        3.044 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"",128 | +CLCC: 3,1,1,0,0,"0300",129 | OK
        3.050 event  call 2 active 0100
        8.000 wait
    "#,
    );
}

#[test]
fn to_reject_a_caller_whom_the_swap_has_answered_does_not_end_the_held_call() {
    // CHLD=0 would end the held one (22.030 §6.5.5.1).
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0100",129 | OK
        0.000 <-     +CLCC: 1,1,0,0,0,"0100",129
        0.005 event  call 1 active 0100
        3.000 user   swap
        3.000 ->     AT+CHLD=2
        3.010 <-     +CCWA: "0200",129,1
        3.010 event  call 2 waiting 0200
        3.020 user   reject
        3.090 modem  AT+CLCC: +CLCC: 1,1,1,0,0,"0100",129 | +CLCC: 2,1,0,0,0,"0200",129 | OK
        3.100 <-     OK
        3.100 event  done 1
        3.105 ->     AT+CHLD=12
        3.105 event  call 1 held 0100
        3.105 event  call 2 active 0200
        6.000 wait
    "#,
    );
}

#[test]
fn who_waits_beside_a_call_unknown_to_us_is_not_taken_for_it() {
    // The list tells no number of the call that goes on since before the cable was pulled.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"",128 | OK
        0.000 link   down
        1.000 link   up
        1.000 event  initialising
        1.050 <-     +CCWA: "0200",129,1
        1.050 event  call 1 waiting 0200
        1.105 event  ready
        1.110 event  call 2 active unknown
        1.615 event  call 1 released, remote: The caller gave up before the answer
        4.000 wait
    "#,
    );
}

#[test]
fn who_rings_after_the_answer_was_in_vain_is_another_caller() {
    check(
        r#"
        profile Wavecom
        0.000 user   dial 0900
        0.000 ->     ATD0900;
        0.000 event  call 1 dialing 0900
        0.100 <-     +CME ERROR: 30
        0.110 event  call 1 released, refused: There is no network
        0.110 event  failed 1: There is no network
        0.500 <-     RING
        0.500 event  call 2 incoming unknown
        0.600 user   answer
        0.600 ->     ATA
        0.700 <-     NO CARRIER
        2.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        2.000 <-     RING
        2.700 event  failed 2: The call could not be answered
        2.710 event  call 3 incoming 0200
        2.710 event  call 2 released, remote: The caller gave up before the answer
        8.000 wait
    "#,
    );
}

#[test]
fn who_rings_after_lists_without_a_call_is_another_caller() {
    // Whether the list can tell shows when it first has a call: then the empty ones were right.
    check(
        r#"
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.001 <-     +CLIP: "0200",129,,,,0
        0.001 event  call 1 incoming 0200
        3.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        3.000 <-     RING
        3.001 <-     +CLIP: "0200",129,,,,0
        3.005 event  call 2 incoming 0200
        3.005 event  call 1 released, remote: The caller gave up before the answer
        6.000 wait
    "#,
    );
}

#[test]
fn an_emergency_call_is_not_hung_up_for_one_that_was_given_up() {
    // The modem has said that the first is over; no list has shown either.
    check(
        r#"
        profile ZTE
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 user   dial 112
        1.000 ->     CR
        1.000 event  call 2 dialing 112
        1.100 <-     NO CARRIER
        1.100 ->     ATH
        1.100 event  failed 1: You gave up the call
        1.200 <-     OK
        1.200 ->     ATD112;
        1.300 user   release 1
        2.000 <-     CONNECT
        2.000 event  call 2 active 112
        2.000 event  done 2
        2.000 event  done 3
        3.020 event  call 1 released, local: You gave up before the answer
        9.000 wait
    "#,
    );
}

#[test]
fn a_held_call_outlives_the_one_that_was_dialed_beside_it_and_given_up() {
    check(
        r#"
        profile ZTE
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 <-     CONNECT
        1.000 event  call 1 active 0100
        1.000 event  done 1
        1.001 user   dial 0200
        1.001 ->     AT+CHLD=2
        1.001 event  call 2 dialing 0200
        1.100 <-     OK
        1.100 ->     ATD0200;
        1.100 event  call 1 held 0100
        3.000 user   release 2
        3.000 ->     CR
        3.050 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | OK
        3.100 <-     NO CARRIER
        3.100 event  failed 2: You gave up the call
        3.100 event  done 3
        3.105 event  call 2 released, local: You gave up before the answer
        6.000 wait
    "#,
    );
}

#[test]
fn calls_that_were_swapped_before_any_list_are_not_taken_for_each_other() {
    check(
        r#"
        profile ZTE
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 <-     CONNECT
        1.000 event  call 1 active 0100
        1.000 event  done 1
        1.001 user   dial 0100
        1.001 ->     AT+CHLD=2
        1.001 event  call 2 dialing 0100
        1.100 <-     OK
        1.100 ->     ATD0100;
        1.100 event  call 1 held 0100
        2.000 user   swap
        3.000 <-     CONNECT
        3.000 ->     AT+CHLD=2
        3.000 event  call 2 active 0100
        3.000 event  done 2
        3.050 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,0,1,0,0,"0100",129 | OK
        3.100 <-     OK
        3.100 event  call 2 held 0100
        3.100 event  call 1 active 0100
        3.100 event  done 3
        6.000 wait
    "#,
    );
}

#[test]
fn who_waits_without_a_number_is_not_the_caller_that_the_list_has_left_out() {
    check(
        r#"
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.001 <-     +CLIP: "0200",129,,,,0
        0.001 event  call 1 incoming 0200
        0.300 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0900",129 | +CLCC: 2,1,5,0,0,"",128 | OK
        0.510 event  call 2 active 0900
        0.510 event  call 3 waiting unknown
        8.001 event  call 1 released, remote: The caller gave up before the answer
       10.000 wait
    "#,
    );
}

#[test]
fn a_hangup_that_names_no_call_does_not_prove_the_list_useless() {
    // ZTE: both calls end with the network; the list is right to be empty.
    check(
        r#"
        profile ZTE
        modem AT+CPAS: +CPAS: 0 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 <-     CONNECT
        1.000 event  call 1 active 0100
        1.000 event  done 1
        1.001 user   dial 0200
        1.001 ->     AT+CHLD=2
        1.001 event  call 2 dialing 0200
        1.100 <-     OK
        1.100 ->     ATD0200;
        1.100 event  call 1 held 0100
        4.000 <-     OK
        4.000 event  done 2
        4.050 <-     HANGUP: 1
        4.570 event  call 1 released, remote: The other side ended the call
        4.570 event  call 2 released, refused: The call was rejected, or the number can't be reached
        9.000 wait
    "#,
    );
}

#[test]
fn a_late_busy_of_the_call_before_is_not_this_ones() {
    check(
        r#"
        profile u-blox
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 user   release 1
        1.000 ->     AT+CHUP
        1.005 modem  AT+CLCC: OK
        1.010 <-     OK
        1.010 event  done 2
        1.020 event  call 1 released, local: You gave up before the answer
        2.000 user   dial 0200
        2.000 ->     ATD0200;
        2.000 event  call 2 dialing 0200
        2.000 <-     BUSY
        2.090 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0200",129 | OK
        2.100 <-     OK
        2.100 event  done 3
        5.000 wait
    "#,
    );
}

#[test]
fn an_answer_that_somebody_else_got_is_not_the_first_callers() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0100",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0100
        3.000 user   answer
        3.000 ->     ATA
        3.090 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0200",129 | OK
        3.100 <-     OK
        3.100 event  call 1 active 0100
        3.100 event  done 1
        3.105 event  call 2 active 0200
        3.105 event  call 1 released, remote: The caller gave up before the answer
        6.000 wait
    "#,
    );
}

#[test]
fn a_ring_in_the_burst_in_which_all_calls_end_is_no_caller() {
    // Telit: the one who waited rings for a moment before it ends, too.
    check(
        r#"
        profile Telit
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0900",129 | +CLCC: 2,1,5,0,0,"",128 | OK
        0.000 <-     +CCWA: "",128,1
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 waiting unknown
        0.005 event  call 2 active 0900
        3.000 modem  AT+CLCC: OK
        3.000 <-     NO CARRIER
        3.007 <-     #ECAM: 0,6,1,,,
        3.007 <-     #ECAM: 0,0,1,,,
        3.010 event  call 1 released, remote: The caller gave up before the answer
        3.010 event  call 2 released, remote: The other side ended the call
        9.000 wait
    "#,
    );
}

#[test]
fn a_caller_who_hides_right_after_another_call_is_not_the_one_who_rings_after_him() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0106",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0106
        0.500 user   answer
        0.500 ->     ATA
        0.600 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0106",129 | OK
        0.600 <-     OK
        0.600 event  call 1 active 0106
        0.600 event  done 1
        1.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"",128 | OK
        1.000 <-     NO CARRIER
        1.000 <-     RING
        1.000 <-     +CLIP: "",128,,,,1
        1.005 event  call 2 incoming withheld
        1.010 event  call 1 released, remote: The other side ended the call
        2.000 user   reject
        2.000 ->     AT+CHUP
        2.050 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0107",129 | OK
        2.100 <-     OK
        2.100 event  done 2
        2.105 event  call 3 incoming 0107
        2.105 event  call 2 released, rejected: You rejected the call
        2.200 <-     RING
        2.200 <-     +CLIP: "0107",129
        4.000 wait
    "#,
    );
}

#[test]
fn who_waits_after_a_hold_took_nobody_is_not_the_one_who_gave_up_before_it() {
    // He rang while a call was being set up, and no list has shown him since.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.100 <-     RING
        0.100 event  call 2 incoming unknown
        0.100 <-     +CLIP: "0106",129
        0.100 event  call 2 incoming 0106
        0.200 <-     OK
        0.200 event  done 1
        0.205 event  call 1 active 0100
        0.300 user   dial 112
        0.300 ->     AT+CHLD=0
        0.300 event  call 3 dialing 112
        0.400 <-     +CME ERROR: operation not allowed
        0.400 ->     AT+CHLD=2
        0.500 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"112",129 | OK
        0.600 <-     OK
        0.600 ->     ATD112;
        0.600 event  call 1 held 0100
        0.700 <-     OK
        0.700 event  done 2
        0.705 event  call 3 active 112
        4.000 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"112",129 | +CLCC: 3,1,5,0,0,"0106",129 | OK
        4.000 <-     +CCWA: "0106",129,1
        4.005 event  call 4 waiting 0106
        4.005 event  call 2 released, remote: The caller gave up before the answer
        6.000 wait
    "#,
    );
}
