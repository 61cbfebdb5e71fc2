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
        0.020 event  call 1 released, refused: The modem blocks this number for a while, since calls to it failed
        0.020 event  failed 1: The modem blocks this number for a while, since calls to it failed
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
fn a_call_that_nobody_answers_for_minutes_is_hung_up_where_no_list_tells() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        modem AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 <-     ^CONF:1
        1.000 event  call 1 alerting 0100
      300.100 wait
      301.560 ->     AT+CHUP
      306.000 <-     OK
      306.000 event  call 1 released, local: Nobody answered for minutes, so the program hung up
      310.000 wait
    "#,
    );
}

#[test]
fn a_call_that_the_modem_does_not_even_hang_up_is_given_up() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: ERROR
        modem AT+CPAS: +CPAS: 4 | OK
        modem AT+CHUP: ERROR
        modem ATH: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 <-     ^CONF:1
        1.000 event  call 1 alerting 0100
      322.675 event  call 1 released, local: Nobody answered for minutes, so the program hung up
      340.000 wait
    "#,
    );
}
