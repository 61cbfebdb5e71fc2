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

#[test]
fn a_caller_who_is_answered_while_the_modem_is_asked_is_not_put_on_hold() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   dial 0100
        0.000 ->     AT+CIREG?
        0.500 <-     RING
        0.500 event  call 1 incoming unknown
        0.500 user   answer
        1.000 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0106",129 | OK
        1.000 <-     +CIREG: 2,1,1
        1.000 <-     OK
        1.000 ->     ATA
        1.200 <-     OK
        1.200 event  call 1 active unknown
        1.200 event  done 2
        1.200 event  failed 1: Another call came in between
        1.205 event  call 1 active 0106
        9.000 wait
    "#,
    );
}

#[test]
fn a_caller_who_rings_while_the_modem_is_asked_goes_first() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   dial 0100
        0.000 ->     AT+CIREG?
        0.500 <-     RING
        0.500 event  call 1 incoming unknown
        1.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0106",129 | OK
        1.000 <-     +CIREG: 2,1,1
        1.000 <-     OK
        1.000 event  failed 1: A call is coming in
        1.005 event  call 1 incoming 0106
        2.000 wait
    "#,
    );
}

#[test]
fn a_call_for_help_does_not_wait_for_the_question_nor_is_put_on_hold_after_it() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   dial 0100
        0.000 ->     AT+CIREG?
        0.500 user   dial 112
        0.500 event  call 1 dialing 112
        1.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"112",129 | OK
        1.000 <-     +CIREG: 2,1,1
        1.000 <-     OK
        1.000 ->     ATD112;
        1.100 <-     OK
        1.100 event  done 2
        1.100 event  failed 1: A call is being set up already
        1.105 event  call 1 active 112
        9.000 wait
    "#,
    );
}

#[test]
fn what_was_wanted_long_ago_is_not_dialed_any_more() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   console AT+COPS=?
        0.000 ->     AT+COPS=?
        0.500 user   dial 0100
       10.500 event  failed 2: The modem is too busy to say whether it can place this call
       40.000 <-     +COPS: (2,"one","one","26201"),,(0,1,2,3,4),(0,1,2)
       40.000 <-     OK
       40.000 ->     AT+CIREG?
       40.000 event  answer ok +COPS: (2,"one","one","26201"),,(0,1,2,3,4),(0,1,2) | OK
       40.000 event  done 1
       40.100 <-     +CIREG: 2,1,1
       40.100 <-     OK
       40.150 ->     AT+CIREG?
       50.000 wait
    "#,
    );
}

#[test]
fn a_text_that_is_about_to_go_waits_until_the_modem_was_asked() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 user   dial 0100
        0.200 prompt
        0.200 ->     ESC
        0.300 <-     OK
        0.300 ->     AT+CIREG?
        0.400 <-     +CIREG: 2,1,1
        0.400 <-     OK
        0.400 ->     ATD0100;
        0.400 event  call 1 dialing 0100
        0.500 <-     NO CARRIER
        0.815 event  call 1 released, refused: The network ended the call without a reason
        0.815 event  failed 2: The network ended the call without a reason
        0.820 ->     AT+CMGS=4
        9.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_restarts_while_it_is_asked_has_one_outcome_to_tell() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (silence)
        0.000 user   dial 0100
        0.500 <-     +CPIN: SIM PIN
        0.600 user   dial 0101
        0.600 event  failed 2: The SIM card asks for its PIN
        1.000 <-     ^SYSSTART
        1.000 event  failed 1: The modem has restarted
        1.000 event  notice: The modem has restarted
        1.000 event  initialising
        1.105 event  ready
       30.000 wait
    "#,
    );
}

#[test]
fn a_card_that_asks_for_its_pin_meanwhile_is_the_reason_that_is_told() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   dial 0100
        0.000 ->     AT+CIREG?
        0.500 <-     +CPIN: SIM PIN
        1.000 <-     +CIREG: 2,1,1
        1.000 <-     OK
        1.000 event  failed 1: The SIM card asks for its PIN
        3.000 wait
    "#,
    );
}

#[test]
fn a_late_word_of_a_modem_that_did_not_answer_in_time_counts() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,6,"2F1B","0A3C5D1E",7 | OK
        modem AT+CEREG?: +CEREG: 2,1,"2F1B","0A3C5D1E",7 | OK
        0.000 modem  AT+CIREG?: (by hand)
        0.000 user   dial 0100
        0.000 ->     AT+CIREG?
        2.900 modem  AT+CMEE?: (by hand)
        2.900 modem  AT+CMGF?: (by hand)
        3.000 ->     AT+CMEE?
        4.000 <-     +CIREG: 2,1,1
        4.000 <-     OK
        4.100 <-     +CMEE: 2
        4.100 <-     OK
        4.100 ->     ATD0100;
        4.100 event  call 1 dialing 0100
        8.000 wait
    "#,
    );
}
