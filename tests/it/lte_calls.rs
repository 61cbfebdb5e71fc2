//! Calls where circuits carry texts alone: only IMS can carry them, and the modem is asked for that
//! before one is refused (3GPP TS 27.007 §7.2, §8.71).

use super::check::check;

#[test]
fn the_modem_is_asked_for_calls_over_lte_before_one_is_refused() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   dial 0100
        0.000 ->     AT+CIREG?
        0.400 <-     +CIREG: 2,1,1
        0.400 <-     OK
        0.400 ->     ATD0100;
        0.400 event  call 1 dialing 0100
        2.000 wait
    "#,
    );
}

#[test]
fn without_calls_over_lte_they_are_refused_with_the_reason() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: +CIREG: 2,0 | OK
        0.000 user   dial 0100
        0.005 event  failed 1: The network allows this SIM texts but no calls here
        1.000 modem  AT+CIREG?: ERROR
        1.000 user   dial 0100
        1.005 event  failed 2: The network allows this SIM texts but no calls here
        2.000 modem  AT+CIREG?: (by hand)
        2.000 user   try 0100
        2.000 ->     ATD0100;
        2.000 event  call 1 dialing 0100
        3.000 wait
    "#,
    );
}

#[test]
fn two_presses_while_the_modem_is_asked_are_one_call() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   dial 0100
        0.000 ->     AT+CIREG?
        0.500 user   dial 0100
        0.600 <-     +CIREG: 2,1,1
        0.600 <-     OK
        0.600 ->     ATD0100;
        0.600 event  call 1 dialing 0100
        0.600 event  failed 2: A call is being set up already
        2.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_leaves_the_question_unanswered_keeps_nobody_waiting_for_long() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (silence)
        0.000 user   dial 0100
        3.005 event  failed 1: The network allows this SIM texts but no calls here
        8.000 wait
    "#,
    );
}

#[test]
fn a_link_that_is_lost_while_the_modem_is_asked_leaves_no_call_behind() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (silence)
        0.000 user   dial 0100
        0.500 link   down
        0.500 event  failed 1: The connection to the modem was lost
        1.000 link   up
        1.000 event  initialising
        1.105 event  ready
        9.000 wait
    "#,
    );
}
