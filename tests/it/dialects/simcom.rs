//! SIMCom: `VOICE CALL: BEGIN` and `END`, rows of `+CLCC` that come by themselves, `MISSED_CALL`.
//! The lines are those of the SIM7500/7600 manual and of a field report on an A7672SA.

use crate::check::check;

#[test]
fn the_other_side_hangs_up() {
    // A7672SA: rows, BEGIN and a connected number at once; state 6, NO CARRIER and END at the end.
    check(
        r#"
        profile SIMCom
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     +CLCC: 1,0,2,0,0,"0100",129
        3.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        3.000 <-     +CLCC: 1,0,3,0,0,"0100",129
        3.005 event  call 1 alerting 0100
        3.100 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        3.100 raw    \r\nVOICE CALL: BEGIN\r\n\r\n+CLCC: 1,0,0,0,0,"0100",129\r\n\r\n+COLP: "0100",161\r\n
        3.100 event  call 1 active 0100
       18.000 modem  AT+CEER: +CEER: "16 Normal call clearing" | OK
       18.000 modem  AT+CLCC: OK
       18.000 raw    \r\n+CLCC: 1,0,6,0,0,"0100",129\r\n\r\nNO CARRIER\r\n\r\nVOICE CALL:END: 000015\r\n
       18.010 event  call 1 released, remote: The other side ended the call
       20.000 wait
    "#,
    );
}

#[test]
fn a_row_that_comes_by_itself_within_the_answer_is_no_second_call() {
    check(
        r#"
        profile SIMCom
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | +CLCC: 1,0,3,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 alerting 0100
        5.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | +CLCC: 1,0,6,0,0,"0100",129 | OK
        5.000 modem  AT+CEER: +CEER: User busy | OK
        6.085 event  call 1 released, busy: The number is busy
        8.000 wait
    "#,
    );
}

#[test]
fn an_incoming_call_is_missed() {
    check(
        r#"
        profile SIMCom
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"07712345678",129 | OK
        0.000 raw    \r\r\n+CRING: VOICE\r\r\n
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 07712345678
        0.010 <-     +CLIP: "07712345678",129,"",0,"",0
        5.000 modem  AT+CLCC: OK
        5.000 raw    \r\nVOICE CALL: END\r\n\r\nMISSED_CALL: 11:01AM 07712345678\r\n
        5.005 event  call 1 released, remote: The caller gave up before the answer
        7.000 wait
    "#,
    );
}

#[test]
fn an_incoming_call_is_answered() {
    check(
        r#"
        profile SIMCom
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"07712345678",129 | OK
        0.000 raw    \r\n+CLCC: 1,1,4,0,0,"07712345678",129,""\r\n\r\nRING\r\n
        0.000 event  call 1 incoming 07712345678
        1.000 user   answer
        1.000 ->     ATA
        1.100 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"07712345678",129 | OK
        1.100 raw    \r\nVOICE CALL: BEGIN\r\n\r\n+CLCC: 1,1,0,0,0,"07712345678",129,""\r\n\r\nOK\r\n
        1.100 event  call 1 active 07712345678
        1.100 event  done 1
        9.000 modem  AT+CLCC: OK
        9.000 raw    \r\nVOICE CALL: END: 000008\r\n\r\nNO CARRIER\r\n
        9.010 event  call 1 released, remote: The other side ended the call
       11.000 wait
    "#,
    );
}

#[test]
fn the_number_is_busy() {
    check(
        r#"
        profile SIMCom
        0.000 user   dial 0101
        0.000 ->     ATD0101;
        0.000 event  call 1 dialing 0101
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0101",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        2.000 modem  AT+CLCC: OK
        2.000 raw    \r\n+CLCC: 1,0,6,0,0,"0101",129,""\r\n\r\nBUSY\r\n
        2.010 event  call 1 released, busy: The number is busy
        4.000 wait
    "#,
    );
}

#[test]
fn tones_of_the_other_side_and_noise_do_nothing() {
    check(
        r#"
        profile SIMCom
        0.000 raw    \r\r\n+RXDTMF: 8\r\r\n
        0.100 <-     +CTZV: "+08"
        0.200 <-     *PSUTTZ: 2026,11,23,0,1,2,"+4",0
        0.300 <-     DST: 0
        5.000 wait
    "#,
    );
}

#[test]
fn a_list_that_stays_empty_leaves_begin_and_end_to_decide() {
    check(
        r#"
        profile SIMCom
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        5.000 <-     VOICE CALL: BEGIN
        5.000 event  call 1 active 0100
       25.000 <-     VOICE CALL: END: 000020
       25.005 event  call 1 released, remote: The other side ended the call
       27.000 wait
    "#,
    );
}

#[test]
fn a_module_whose_list_stays_empty_is_believed_by_its_rows() {
    // SIM800: with +CLCC=1 kept from before, rows come by themselves while AT+CLCC gives none.
    check(
        r#"
        profile SIMCom
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     +CLCC: 1,0,2,0,0,"0100",129,""
        6.000 <-     +CLCC: 1,0,3,0,0,"0100",129,""
        6.000 event  call 1 alerting 0100
        9.000 <-     +CLCC: 1,0,0,0,0,"0100",129,""
        9.000 event  call 1 active 0100
       30.000 <-     +CLCC: 1,0,6,0,0,"0100",129,""
       30.000 <-     NO CARRIER
       30.005 event  call 1 released, remote: The other side ended the call
       33.000 wait
    "#,
    );
}

#[test]
fn a_caller_is_known_by_rows_though_the_list_stays_empty() {
    check(
        r#"
        profile SIMCom
        modem AT+CPAS: ERROR
        0.000 <-     +CLCC: 1,1,4,0,0,"07712345678",129,""
        0.000 event  call 1 incoming 07712345678
        0.000 <-     RING
        3.000 <-     RING
        4.000 user   answer
        4.000 ->     ATA
        4.100 <-     +CLCC: 1,1,0,0,0,"07712345678",129,""
        4.100 event  call 1 active 07712345678
        4.200 <-     OK
        4.200 event  done 1
       20.000 <-     +CLCC: 1,1,6,0,0,"07712345678",129,""
       20.000 <-     NO CARRIER
       20.005 event  call 1 released, remote: The other side ended the call
       23.000 wait
    "#,
    );
}

#[test]
fn a_row_that_comes_within_the_answer_does_not_end_the_call() {
    // The answer of 9.000 has the row of that moment between its lines; the list stays empty.
    check(
        r#"
        profile SIMCom
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     +CLCC: 1,0,2,0,0,"0100",129,""
        6.000 <-     +CLCC: 1,0,3,0,0,"0100",129,""
        6.000 event  call 1 alerting 0100
        8.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129,"" | OK
        9.015 event  call 1 active 0100
       10.000 modem  AT+CLCC: OK
       60.000 <-     +CLCC: 1,0,6,0,0,"0100",129,""
       60.000 <-     NO CARRIER
       60.005 event  call 1 released, remote: The other side ended the call
       63.000 wait
    "#,
    );
}

#[test]
fn a_row_in_the_very_first_answer_is_not_taken_for_a_list_that_works() {
    check(
        r#"
        profile SIMCom
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129,"" | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.200 modem  AT+CLCC: OK
        7.000 <-     +CLCC: 1,0,3,0,0,"0100",129,""
        7.000 event  call 1 alerting 0100
        9.000 <-     +CLCC: 1,0,0,0,0,"0100",129,""
        9.000 event  call 1 active 0100
       60.000 <-     +CLCC: 1,0,6,0,0,"0100",129,""
       60.005 event  call 1 released, remote: The other side ended the call
       63.000 wait
    "#,
    );
}

#[test]
fn a_call_that_was_listed_once_and_left_without_a_word_is_gone() {
    check(
        r#"
        profile SIMCom
        modem AT+CPAS: +CPAS: 0 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129,"" | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.200 modem  AT+CLCC: OK
        1.540 event  call 1 released, refused: The call ended and the modem gave no reason
        5.000 wait
    "#,
    );
}

#[test]
fn a_list_that_is_empty_against_a_row_of_the_answer_does_not_end_the_call() {
    // Until the answer the list is right; then it stays empty.
    check(
        r#"
        profile SIMCom
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        1.025 event  call 1 alerting 0100
        3.000 modem  AT+CLCC: OK
        3.000 <-     +CLCC: 1,0,0,0,0,"0100",129
        4.020 event  call 1 active 0100
       30.000 <-     +CLCC: 1,0,6,0,0,"0100",129
       30.000 <-     NO CARRIER
       30.005 event  call 1 released, remote: The other side ended the call
       33.000 wait
    "#,
    );
}

#[test]
fn a_row_of_the_answer_counts_more_than_an_empty_list_where_nothing_else_tells() {
    check(
        r#"
        profile SIMCom
        modem AT+CPAS: ERROR
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        1.025 event  call 1 alerting 0100
        3.000 modem  AT+CLCC: OK
        3.000 <-     +CLCC: 1,0,0,0,0,"0100",129
        5.340 event  call 1 active 0100
       30.000 <-     +CLCC: 1,0,6,0,0,"0100",129
       30.000 <-     NO CARRIER
       30.005 event  call 1 released, remote: The other side ended the call
       33.000 wait
    "#,
    );
}

#[test]
fn a_call_that_ends_with_the_row_of_its_answer_is_gone() {
    check(
        r#"
        profile SIMCom
        modem AT+CPAS: +CPAS: 0 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        3.000 modem  AT+CLCC: OK
        3.000 <-     +CLCC: 1,0,0,0,0,"0100",129
        4.025 event  call 1 released, refused: The call ended and the modem gave no reason
       10.000 wait
    "#,
    );
}

#[test]
fn rows_that_come_only_in_answers_are_no_list_though_one_comes_twice() {
    check(
        r#"
        profile SIMCom
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.300 modem  AT+CLCC: OK
        0.800 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        1.025 event  call 1 alerting 0100
        1.800 modem  AT+CLCC: OK
        2.800 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        3.045 event  call 1 active 0100
        3.300 modem  AT+CLCC: OK
       30.000 <-     NO CARRIER
       30.005 event  call 1 released, remote: The other side ended the call
       33.000 wait
    "#,
    );
}

#[test]
fn a_list_that_has_only_unanswered_calls_does_not_end_one_when_it_is_answered() {
    check(
        r#"
        profile SIMCom
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 alerting 0100
        3.000 modem  AT+CLCC: OK
       13.090 event  notice: This modem does not tell when the other side answers
       30.000 <-     NO CARRIER
       30.005 event  call 1 released, refused: The network ended the call without a reason
       33.000 wait
    "#,
    );
}

#[test]
fn after_one_row_and_no_more_it_is_said_that_nothing_tells_of_the_answer() {
    check(
        r#"
        profile SIMCom
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.200 modem  AT+CLCC: OK
       13.575 event  notice: This modem does not tell when the other side answers
       30.000 <-     NO CARRIER
       30.005 event  call 1 released, refused: The network ended the call without a reason
       33.000 wait
    "#,
    );
}
