//! Stories of calls that come in, and of several calls at once. Each is a transcript; see
//! `check.rs` for how to read it.

use super::check::check;

#[test]
fn an_incoming_call_is_shown_answered_and_ended_by_us() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+491701234567",145 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.001 <-     +CLIP: "+491701234567",145,,,,0
        0.001 event  call 1 incoming +491701234567
        4.000 <-     RING
        5.000 user   answer
        5.000 ->     ATA
        5.100 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"+491701234567",145 | OK
        5.100 <-     OK
        5.100 event  call 1 active +491701234567
        5.100 event  done 1
        9.000 user   release 1
        9.000 ->     AT+CHUP
        9.100 modem  AT+CLCC: OK
        9.100 <-     OK
        9.100 event  done 2
        9.110 event  call 1 released, local: You ended the call
       10.000 wait
    "#,
    );
}

#[test]
fn a_caller_who_gives_up_is_missed_after_a_silence() {
    check(
        r#"
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.001 <-     +CLIP: "",128,,,,1
        0.001 event  call 1 incoming withheld
        4.000 <-     RING
       12.000 event  call 1 released, remote: The caller gave up before the answer
       13.000 wait
    "#,
    );
}

#[test]
fn a_caller_who_gives_up_is_missed_at_once_when_the_list_says_so() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+491701234567",145 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming +491701234567
        6.000 modem  AT+CLCC: OK
        6.000 <-     NO CARRIER
        6.005 event  call 1 released, remote: The caller gave up before the answer
        7.000 wait
    "#,
    );
}

#[test]
fn a_rejected_caller_is_rejected() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+491701234567",145 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming +491701234567
        2.000 user   reject
        2.000 ->     AT+CHUP
        2.100 <-     +CME ERROR: operation not allowed
        2.100 ->     ATH
        2.200 modem  AT+CLCC: OK
        2.200 <-     OK
        2.200 event  done 1
        2.210 event  call 1 released, rejected: You rejected the call
        3.000 wait
    "#,
    );
}

#[test]
fn the_caller_gives_up_just_before_the_answer() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+491701234567",145 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming +491701234567
        2.000 user   answer
        2.000 ->     ATA
        2.100 modem  AT+CLCC: OK
        2.100 <-     NO CARRIER
        2.100 event  failed 1: The call could not be answered
        2.105 event  call 1 released, remote: The caller gave up before the answer
        3.000 wait
    "#,
    );
}

#[test]
fn a_second_caller_waits_and_is_taken_and_both_are_swapped() {
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
        4.010 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,1,0,0,0,"0200",129 | OK
        4.010 <-     OK
        4.010 event  done 2
        4.015 event  call 1 held 0100
        4.015 event  call 2 active 0200
        6.000 user   swap
        6.000 ->     AT+CHLD=2
        6.010 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,1,0,0,"0200",129 | OK
        6.010 <-     OK
        6.010 event  done 3
        6.015 event  call 1 active 0100
        6.015 event  call 2 held 0200
        8.000 user   release 2
        8.000 ->     AT+CHLD=12
        8.010 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        8.010 <-     OK
        8.010 event  done 4
        8.015 event  call 2 released, local: You ended the call
        9.000 wait
    "#,
    );
}

#[test]
fn an_index_that_is_given_to_another_call_makes_a_new_call() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        3.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        4.025 event  call 2 incoming 0200
        4.030 event  call 1 released, remote: The other side ended the call
        4.500 wait
    "#,
    );
}

#[test]
fn the_data_bearer_of_an_lte_modem_is_no_call() {
    check(
        r#"
        modem AT+CLCC: +CLCC: 1,1,0,1,0,"",128 | OK
        0.000 wait
       20.000 user   dial 0100
       20.000 ->     ATD0100;
       20.000 event  call 1 dialing 0100
       20.010 modem  AT+CLCC: +CLCC: 1,1,0,1,0,"",128 | +CLCC: 2,0,0,0,0,"0100",129 | OK
       20.010 <-     OK
       20.010 event  done 1
       20.015 event  call 1 active 0100
       21.000 wait
    "#,
    );
}

#[test]
fn a_lost_line_of_the_list_ends_no_call() {
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
        3.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        9.000 wait
    "#,
    );
}
