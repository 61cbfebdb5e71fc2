//! Stories of emergency calls beside other calls. Each is a transcript; see `check.rs` for how to
//! read it. More of them stand in `call_races.rs`.

use super::check::check;

#[test]
fn the_active_call_ends_where_the_modem_holds_none() {
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
        5.000 user   dial 112
        5.000 ->     AT+CHUP
        5.000 event  call 2 dialing 112
        5.500 modem  AT+CLCC: OK
        5.500 <-     OK
        5.505 ->     ATD112;
        6.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        6.000 <-     OK
        6.000 event  done 2
        6.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn the_active_call_ends_where_it_cant_be_put_on_hold() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 112
        5.500 <-     +CME ERROR: 3
        5.505 ->     AT+CHUP
        5.800 modem  AT+CLCC: OK
        5.800 <-     OK
        5.805 ->     ATD112;
        6.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        6.000 <-     OK
        6.000 event  done 2
        6.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn the_active_call_ends_where_the_hold_is_never_answered() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 112
        8.010 ->     AT+CHUP
       10.800 modem  AT+CLCC: OK
       10.800 <-     OK
       10.805 ->     ATD112;
       11.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
       11.000 <-     OK
       11.000 event  done 2
       11.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn what_is_refused_beside_a_held_call_is_dialed_again_without_it() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 112
        5.100 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | OK
        5.100 <-     OK
        5.100 ->     ATD112;
        5.100 event  call 1 held 0100
        5.300 <-     +CME ERROR: 3
        5.305 ->     AT+CHLD=11
        5.500 modem  AT+CLCC: OK
        5.500 <-     OK
        5.505 ->     ATD112;
        6.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        6.000 <-     OK
        6.000 event  done 2
        6.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn of_two_calls_one_ends_and_the_other_is_held() {
    check(
        r#"
        modem AT+CHLD=?: +CHLD: (0,1,2,3) | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,0,1,0,0,"0200",129 | OK
        7.005 event  call 1 active 0100
        7.005 event  call 2 held 0200
       15.000 user   dial 112
       15.000 ->     AT+CHLD=1
       15.000 event  call 3 dialing 112
       15.500 modem  AT+CLCC: +CLCC: 2,0,0,0,0,"0200",129 | OK
       15.500 <-     OK
       15.505 ->     AT+CHLD=2
       15.505 event  call 2 active 0200
       16.000 modem  AT+CLCC: +CLCC: 2,0,1,0,0,"0200",129 | OK
       16.000 <-     OK
       16.000 ->     ATD112;
       16.000 event  call 2 held 0200
       17.000 modem  AT+CLCC: +CLCC: 2,0,1,0,0,"0200",129 | +CLCC: 1,0,2,0,0,"112",129 | OK
       17.000 <-     OK
       17.000 event  done 1
       17.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn it_is_dialed_though_nothing_makes_room() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 112
        5.500 <-     ERROR
        5.505 ->     AT+CHUP
        5.600 <-     ERROR
        5.600 ->     ATH
        5.700 <-     ERROR
        5.705 ->     ATD112;
        5.900 <-     ERROR
        5.905 ->     AT+CHUP
        6.000 <-     ERROR
        6.000 ->     ATH
        6.100 <-     ERROR
        6.105 ->     ATD112;
        6.300 <-     ERROR
        6.310 event  call 2 released, refused: The modem is in a call already and takes no other
        6.310 event  failed 2: The modem is in a call already and takes no other
       30.000 wait
    "#,
    );
}

#[test]
fn it_is_given_up_while_room_is_made_for_it() {
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
        5.000 user   dial 112
        5.000 ->     AT+CHUP
        5.000 event  call 2 dialing 112
        5.200 user   release 2
        5.200 event  call 2 released, local: You gave up before the answer
        5.200 event  failed 2: You gave up the call
        5.200 event  done 3
        5.500 modem  AT+CLCC: OK
        5.500 <-     OK
        5.510 event  call 1 released, local: Ended to make an emergency call
        9.000 wait
    "#,
    );
}

#[test]
fn it_does_not_wait_until_another_call_is_answered() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   answer
        1.000 ->     ATA
        2.000 user   dial 112
        2.000 ->     CR
        2.000 event  call 2 dialing 112
        2.100 <-     NO CARRIER
        2.100 ->     AT+CHUP
        2.100 event  failed 1: You gave up the call
        2.300 modem  AT+CLCC: OK
        2.300 <-     OK
        2.300 ->     ATD112;
        2.500 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        2.500 <-     OK
        2.500 event  done 2
        2.505 event  call 1 released, rejected: You rejected the call
        9.000 wait
    "#,
    );
}

#[test]
fn a_refused_one_is_not_taken_for_the_call_of_somebody_else() {
    check(
        r#"
        modem AT+CHLD=?: +CHLD: (0,1) | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"+4930111",145 | OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
        0.100 <-     ERROR
        0.105 ->     AT+CHUP
        0.105 event  call 2 active +4930111
        0.500 modem  AT+CLCC: OK
        0.500 <-     OK
        0.505 ->     ATD112;
        0.800 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        0.800 <-     OK
        0.800 event  done 1
        0.805 event  call 2 released, local: Ended to make an emergency call
        5.000 wait
    "#,
    );
}

#[test]
fn a_call_that_stays_in_the_list_is_not_hung_up_again_beside_an_emergency_call() {
    check(
        r#"
        modem AT+CHLD=?: +CHLD: (0,1) | OK
        modem AT+CHLD=1: ERROR
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHUP
        5.000 event  call 2 dialing 112
        5.500 <-     OK
        5.505 ->     ATD112;
        5.900 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,0,3,0,0,"112",129 | OK
        6.000 <-     OK
        6.000 event  done 2
        6.005 event  call 2 alerting 112
       10.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"112",129 | OK
       10.045 event  call 2 active 112
       12.000 modem  AT+CLCC: +CLCC: 2,0,0,0,0,"112",129 | OK
       13.060 event  call 1 released, local: Ended to make an emergency call
       20.000 wait
    "#,
    );
}

#[test]
fn beside_a_call_for_help_that_is_answered_the_other_is_not_hung_up() {
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
        5.000 user   dial 112
        5.000 ->     AT+CHUP
        5.000 event  call 2 dialing 112
        5.100 <-     ERROR
        5.100 ->     ATH
        5.500 <-     ERROR
        5.505 ->     ATD112;
        5.900 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,0,0,0,0,"112",129 | OK
        6.000 <-     OK
        6.000 event  done 2
        6.005 event  call 2 active 112
        9.000 user   release 1
        9.000 event  failed 3: This modem can't end this call alone
       12.000 wait
    "#,
    );
}

#[test]
fn a_call_for_help_without_any_word_of_it_is_the_users_to_end() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
      120.010 event  done 1
      120.020 event  notice: This modem does not tell when the other side answers
      300.350 event  notice: The modem has said nothing of the call for five minutes
      400.000 user   release 1
      400.000 ->     AT+CHUP
      400.100 <-     OK
      400.100 event  call 1 released, local: You hung up; whether it was answered is unknown
      400.100 event  done 2
      450.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_does_not_answer_the_hang_up_gets_less_time_where_help_waits() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   dial 112
        1.000 ->     AT+CHUP
        1.000 event  call 2 dialing 112
        4.010 ->     ATH
        7.020 ->     ATD112;
       12.000 modem  AT+CLCC: OK
       12.000 wait
    "#,
    );
}

#[test]
fn what_is_being_hung_up_is_not_hung_up_twice_for_help() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 alerting 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.100 user   dial 112
        5.100 event  call 2 dialing 112
        5.500 <-     OK
        5.500 ->     ATD112;
        5.500 event  done 2
        6.500 wait
        6.600 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        6.600 <-     OK
        6.600 event  done 3
        6.605 event  call 1 released, local: You gave up before the answer
       12.000 wait
    "#,
    );
}

#[test]
fn who_is_being_rejected_is_not_hung_up_on_for_help_too() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   reject
        1.000 ->     AT+CHUP
        1.100 user   dial 112
        1.100 event  call 2 dialing 112
        1.500 <-     OK
        1.500 ->     ATD112;
        1.500 event  done 1
        2.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        2.000 <-     OK
        2.000 event  done 2
        2.005 event  call 1 released, rejected: You rejected the call
        9.000 wait
    "#,
    );
}

#[test]
fn a_call_for_help_without_any_word_is_over_when_the_modem_says_that_none_lives() {
    check(
        r#"
        modem AT+CPAS: +CPAS: 0 | OK
        0.000 modem  AT+CLCC: OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
      240.010 event  done 1
      240.530 event  call 1 released, refused: The modem did not answer the dial command
      270.000 wait
    "#,
    );
}

#[test]
fn a_call_for_help_whose_list_is_late_too_is_not_given_up() {
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
        5.000 <-     NO CARRIER
        5.010 event  call 1 released, remote: The other side ended the call
       10.000 modem  AT+CLCC: (silence)
       10.000 user   dial 112
       10.000 ->     ATD112;
       10.000 event  call 2 dialing 112
      254.005 event  done 2
      260.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"112",129 | OK
      263.015 event  call 2 active 112
      270.000 modem  AT+CLCC: OK
      270.000 <-     NO CARRIER
      270.005 event  call 2 released, remote: The other side ended the call
      280.000 wait
    "#,
    );
}

#[test]
fn one_that_is_refused_at_once_is_dialed_once_more() {
    check(
        r#"
        0.000 modem  AT+CLCC: OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
        0.200 <-     +CME ERROR: 30
        1.705 ->     ATD112;
        5.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        5.000 <-     OK
        5.000 event  done 1
       30.000 wait
    "#,
    );
}

#[test]
fn one_that_is_refused_twice_has_failed() {
    check(
        r#"
        0.000 modem  AT+CLCC: OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
        0.200 <-     NO CARRIER
        2.010 ->     ATD112;
        5.000 <-     ERROR
        5.010 event  call 1 released, refused: The modem refused to dial
        5.010 event  failed 1: The modem refused to dial
       30.000 wait
    "#,
    );
}

#[test]
fn one_that_is_hung_up_is_not_dialed_again() {
    check(
        r#"
        0.000 modem  AT+CLCC: OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
        0.200 <-     ERROR
        1.000 user   release 1
        1.000 event  call 1 released, local: You gave up before the answer
        1.000 event  done 2
        1.705 event  failed 1: You gave up the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_answers_only_when_the_other_side_does_is_left_alone_until_then() {
    // V.250 §5.6.1: any character aborts the dialing.
    check(
        r#"
        profile Wavecom
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"112",129 | OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
      200.000 <-     OK
      200.000 event  call 1 active 112
      200.000 event  done 1
      230.000 wait
    "#,
    );
}

#[test]
fn so_is_a_modem_of_which_that_is_not_known() {
    // V.250 §5.6.1, as above: which modems wait for the answer only the makers of some have said.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"112",129 | OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
      200.000 <-     OK
      200.000 event  done 1
      200.005 event  call 1 active 112
      230.000 wait
    "#,
    );
}

#[test]
fn a_stray_error_is_not_the_end_of_it() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
        0.500 <-     OK
        0.500 event  done 1
        0.600 <-     ERROR
        3.000 <-     ^CONN:1,0
        3.000 event  call 1 active 112
       20.000 <-     ^CEND:1,17,104,16
       20.000 event  call 1 released, remote: The other side ended the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_late_error_is_its_end_when_the_modem_knows_no_call() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
        0.500 <-     OK
        0.500 event  done 1
        0.600 <-     +CME ERROR: 30
        1.620 event  call 1 released, refused: There is no network
       30.000 wait
    "#,
    );
}
