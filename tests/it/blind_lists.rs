//! Stories of modems whose list of calls (`+CLCC`) stays empty during calls: their own reports and
//! the results of commands tell instead. Each is a transcript; see `check.rs` for how to read it.

use super::check::check;

#[test]
fn several_calls_are_held_joined_and_ended_by_reports_alone() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: OK
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.020 <-     ^ORIG:1,0
        1.000 <-     ^CONF:1
        1.000 event  call 1 alerting 0100
        2.000 <-     ^CONN:1,0
        2.000 event  call 1 active 0100
        5.000 <-     +CCWA: "0200",129,1
        5.000 event  call 2 waiting 0200
        6.000 user   answer
        6.000 ->     AT+CHLD=2
        6.100 <-     OK
        6.100 event  call 2 active 0200
        6.100 event  call 1 held 0100
        6.100 event  done 2
        6.110 <-     ^CONN:2,0
        8.000 user   swap
        8.000 ->     AT+CHLD=2
        8.100 <-     OK
        8.100 event  call 2 held 0200
        8.100 event  call 1 active 0100
        8.100 event  done 3
       10.000 user   merge
       10.000 ->     AT+CHLD=3
       10.100 <-     OK
       10.100 event  call 2 active 0200
       10.100 event  call 1 active 0100, in a conference
       10.100 event  call 2 active 0200, in a conference
       10.100 event  done 4
       12.000 user   private 2
       12.000 ->     AT+CHLD=22
       12.100 <-     OK
       12.100 event  call 1 held 0100, in a conference
       12.100 event  call 2 active 0200
       12.100 event  call 1 held 0100
       12.100 event  done 5
       14.000 user   release 2
       14.000 ->     AT+CHLD=12
       14.100 <-     OK
       14.100 event  call 2 released, local: You ended the call
       14.100 event  done 6
       14.110 <-     ^CEND:2,8,104,16
       16.000 user   swap
       16.000 ->     AT+CHLD=2
       16.100 <-     OK
       16.100 event  call 1 active 0100
       16.100 event  done 7
       18.000 <-     ^CEND:1,18,104,16
       18.000 event  call 1 released, remote: The other side ended the call
       18.010 <-     NO CARRIER
       20.000 wait
    "#,
    );
}

#[test]
fn the_waiting_caller_is_taken_and_the_active_call_ended_without_a_list() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: OK
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 <-     ^CONN:1,0
        1.000 event  call 1 active 0100
        5.000 <-     +CCWA: "0200",129,1
        5.000 event  call 2 waiting 0200
        6.000 user   take
        6.000 ->     AT+CHLD=1
        6.100 <-     OK
        6.100 event  call 2 active 0200
        6.100 event  call 1 released, local: You ended the call
        6.100 event  done 2
        9.000 user   release 2
        9.000 ->     AT+CHUP
        9.100 <-     OK
        9.100 event  call 2 released, local: You ended the call
        9.100 event  done 3
       10.000 wait
    "#,
    );
}

#[test]
fn after_the_link_was_lost_it_is_found_out_anew() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: OK
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.000 <-     ^CONN:1,0
        1.000 event  call 1 active 0100
        4.000 link   down
        4.000 event  call 1 released, linklost: The connection to the modem was lost; the call may still be going on
        5.000 link   up
        5.000 event  initialising
        5.105 event  ready
       10.000 <-     ^CEND:1,9,104,16
       12.000 <-     RING
       12.000 event  call 2 incoming unknown
       12.001 <-     +CLIP: "0200",129,,,,0
       12.001 event  call 2 incoming 0200
       13.000 user   answer
       13.000 ->     ATA
       13.100 <-     OK
       13.100 event  call 2 active 0200
       13.100 event  done 2
       13.110 <-     ^CONN:1,0
       17.000 <-     ^CEND:1,4,104,16
       17.000 event  call 2 released, remote: The other side ended the call
       18.000 wait
    "#,
    );
}

#[test]
fn a_makers_report_tells_an_international_number_without_its_plus() {
    // 24.008 §10.5.4.7: type 145.
    check(
        r#"
        profile Ericsson
        modem AT+CLCC: ERROR
        0.000 modem  AT+CPAS: +CPAS: 3 | OK
        0.000 <-     *ECAV: 1,6,1,,,"33616381469",145
        0.000 event  call 1 incoming +33616381469
        2.000 <-     *ECAV: 1,0,1,08,016
        2.000 event  call 1 released, remote: The caller gave up before the answer
        4.000 wait
    "#,
    );
}

#[test]
fn one_of_several_held_calls_without_numbers_is_not_ended_alone() {
    // 22.030 §6.5.5.1: 0 would end both.
    check(
        r#"
        modem AT+CLCC: ERROR
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     CONNECT
        0.015 event  call 1 active 0100
        0.015 event  done 1
        5.000 user   dial 0200
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 0200
        5.100 <-     OK
        5.100 ->     ATD0200;
        5.100 event  call 1 held 0100
        5.200 <-     CONNECT
        5.205 event  call 2 active 0200
        5.205 event  done 2
        6.000 user   merge
        6.000 ->     AT+CHLD=3
        6.100 <-     OK
        6.100 event  call 1 active 0100, in a conference
        6.100 event  call 2 active 0200, in a conference
        6.100 event  done 3
        8.000 user   swap
        8.000 ->     AT+CHLD=2
        8.100 <-     OK
        8.100 event  call 1 held 0100, in a conference
        8.100 event  call 2 held 0200, in a conference
        8.100 event  done 4
       10.000 user   release 1
       10.000 event  failed 5: This modem can't end one of several calls on hold
       20.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_never_answers_the_list_has_none() {
    check(
        r#"
        0.000 modem  AT+CLCC: (silence)
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
       13.020 event  notice: This modem does not tell when the other side answers
       60.000 <-     NO CARRIER
       60.005 event  call 1 released, refused: The network ended the call without a reason
       90.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_counts_its_data_connection_as_a_call_does_not_keep_a_call_alive() {
    check(
        r#"
        modem AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 alerting 0100
        3.000 modem  AT+CLCC: OK
        4.065 event  call 1 released, refused: The call ended and the modem gave no reason
       30.000 wait
    "#,
    );
}

#[test]
fn a_late_word_on_the_call_before_does_not_end_the_next() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: OK
        0.000 modem  AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.100 <-     OK
        0.100 event  done 1
        0.200 <-     ^ORIG:1,0
        4.000 <-     ^CEND:1,0,104,17
        4.000 event  call 1 released, busy: The number is busy
        6.000 user   dial 0200
        6.000 ->     ATD0200;
        6.000 event  call 2 dialing 0200
        6.100 <-     OK
        6.100 event  done 2
        6.200 <-     ^ORIG:1,0
        7.500 <-     NO CARRIER
        9.000 <-     ^CONN:1,0
        9.000 event  call 2 active 0200
       20.000 modem  AT+CPAS: +CPAS: 0 | OK
       20.000 <-     NO CARRIER
       20.005 event  call 2 released, remote: The other side ended the call
       30.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_is_always_busy_and_tells_of_no_end_does_not_keep_a_dead_call_unseen() {
    // +CPAS says 4 without any call, the list stays empty, and the end of a call is not told.
    check(
        r#"
        modem AT+CLCC: OK
        modem AT+CPAS: +CPAS: 4 | OK
        modem AT+CHUP: ERROR
        modem ATH: ERROR
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        1.000 user   answer
        1.000 ->     ATA
        1.100 <-     OK
        1.100 event  call 1 active unknown
        1.100 event  done 1
      400.000 user   release 1
      400.010 event  failed 2: The modem did not hang up
      421.090 event  call 1 released, local: You hung up; whether it had ended before is unknown
      440.000 wait
    "#,
    );
}

#[test]
fn nor_one_that_was_dialed() {
    check(
        r#"
        modem AT+CLCC: OK
        modem AT+CPAS: +CPAS: 4 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        7.050 event  notice: This modem does not tell when the other side answers
      400.000 user   release 1
      400.000 ->     AT+CHUP
      400.100 <-     OK
      400.100 event  call 1 released, local: You gave up before the answer
      400.100 event  done 2
      440.000 wait
    "#,
    );
}

#[test]
fn nor_one_whose_answer_alone_was_told() {
    check(
        r#"
        profile Huawei
        modem AT+CLCC: OK
        modem AT+CPAS: +CPAS: 4 | OK
        modem AT+CHUP: ERROR
        modem ATH: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        2.000 <-     ^CONN:1,0
        2.000 event  call 1 active 0100
      400.000 user   release 1
      400.010 event  failed 2: The modem did not hang up
      421.090 event  call 1 released, local: You hung up; whether it had ended before is unknown
      440.000 wait
    "#,
    );
}

#[test]
fn nor_one_that_was_dialed_where_the_modem_refuses_to_hang_up() {
    check(
        r#"
        modem AT+CLCC: OK
        modem AT+CPAS: +CPAS: 4 | OK
        modem AT+CHUP: ERROR
        modem ATH: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        7.050 event  notice: This modem does not tell when the other side answers
      400.000 user   release 1
      400.010 event  failed 2: The modem did not hang up
      421.090 event  call 1 released, local: You hung up; whether it had ended before is unknown
      440.000 wait
    "#,
    );
}
