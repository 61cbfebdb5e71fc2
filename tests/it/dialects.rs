//! Stories of calls on modems that each have a way of their own. Each is a
//! transcript; see `check.rs` for how to read it.

#[path = "dialects/huawei.rs"]
mod huawei;
#[path = "dialects/others.rs"]
mod others;
#[path = "dialects/personas.rs"]
mod personas;
#[path = "dialects/quectel.rs"]
mod quectel;
#[path = "dialects/simcom.rs"]
mod simcom;

use super::check::check;

#[test]
fn a_modem_that_says_ok_only_at_the_answer() {
    check(
        r#"
        profile Wavecom
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        9.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        9.000 <-     OK
        9.000 event  call 1 active 0100
        9.000 event  done 1
       10.000 wait
    "#,
    );
}

#[test]
fn zte_says_connect_when_a_voice_call_is_answered() {
    check(
        r#"
        profile ZTE
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        9.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        9.000 <-     CONNECT
        9.000 event  call 1 active 0100
        9.000 event  done 1
       20.000 modem  AT+CLCC: OK
       20.000 <-     HANGUP: 16
       20.010 event  call 1 released, remote: The other side ended the call
       21.000 wait
    "#,
    );
}

#[test]
fn connect_from_another_modem_is_a_data_call_and_is_hung_up() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        4.000 <-     CONNECT 9600
        5.100 ->     +++
        6.000 <-     OK
        6.000 ->     ATH
        6.100 <-     OK
        6.100 event  call 1 released, refused: The modem placed a data call instead of a voice call
        6.100 event  failed 1: The modem placed a data call instead of a voice call
        7.000 wait
    "#,
    );
}

#[test]
fn connect_alone_from_a_modem_that_still_takes_commands_is_the_answer() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        4.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        4.000 <-     CONNECT
        4.005 event  call 1 active 0100
        4.005 event  done 1
        6.000 wait
    "#,
    );
}

#[test]
fn connect_alone_from_a_modem_that_takes_no_commands_any_more_is_a_data_call() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        4.000 modem  AT+CLCC: (silence)
        4.000 <-     CONNECT
        7.100 ->     +++
        8.000 <-     OK
        8.000 ->     ATH
        8.010 <-     OK
        8.010 event  call 1 released, refused: The modem placed a data call instead of a voice call
        8.010 event  failed 1: The modem placed a data call instead of a voice call
        9.000 wait
    "#,
    );
}

#[test]
fn connect_after_ok_is_the_answer_where_there_is_no_list() {
    check(
        r#"
        modem AT+CLCC: ERROR
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        3.000 <-     CONNECT
        3.000 event  call 1 active 0100
       30.000 <-     NO CARRIER
       30.005 event  call 1 released, remote: The other side ended the call
       31.000 wait
    "#,
    );
}

#[test]
fn a_list_that_comes_by_itself_does_not_swallow_results() {
    // SIMCom with AT+CLCC=1: a row at every change, also before the OK.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     +CLCC: 1,0,2,0,0,"0100",129,""
        0.020 <-     OK
        0.020 event  done 1
        2.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        2.000 <-     +CLCC: 1,0,0,0,0,"0100",129,""
        2.005 event  call 1 active 0100
        5.000 user   release 1
        5.000 ->     AT+CHUP
        5.005 modem  AT+CLCC: OK
        5.005 <-     +CLCC: 1,0,6,0,0,"0100",129,""
        5.010 <-     OK
        5.010 event  done 2
        5.015 event  call 1 released, local: You ended the call
        7.000 wait
    "#,
    );
}

#[test]
fn a_modem_without_a_list_of_calls_is_believed_its_words() {
    check(
        r#"
        modem AT+CLCC: ERROR
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        6.030 event  notice: This modem does not tell when the other side answers
       30.000 <-     NO CARRIER
       30.005 event  call 1 released, refused: The network ended the call without a reason
       31.000 wait
    "#,
    );
}

#[test]
fn a_list_that_stays_empty_while_a_call_lives_is_not_believed() {
    // The SIM800 personality of some firmwares: ^-style reports, an empty +CLCC.
    check(
        r#"
        profile Huawei
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     ^ORIG:1,0
        2.000 <-     ^CONF:1
        2.000 event  call 1 alerting 0100
        9.000 <-     ^CONN:1,0
        9.000 event  call 1 active 0100
       30.000 <-     ^CEND:1,21,104,16
       30.000 event  call 1 released, remote: The other side ended the call
       33.000 wait
    "#,
    );
}

#[test]
fn an_answer_of_ok_to_everything_keeps_the_call_until_the_user_ends_it() {
    check(
        r#"
        modem AT+CPAS: OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        5.055 event  notice: This modem does not tell when the other side answers
       60.000 user   release 1
       60.000 ->     AT+CHUP
       60.010 <-     OK
       60.010 event  call 1 released, local: You gave up before the answer
       60.010 event  done 2
       61.000 wait
    "#,
    );
}

#[test]
fn a_call_that_only_its_ok_promised_is_dropped_when_nothing_lives() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        1.035 event  call 1 released, refused: The call ended and the modem gave no reason
        5.000 wait
    "#,
    );
}

#[test]
fn tones_go_one_by_one_and_with_quotes_where_they_are_wanted() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   tones 1*
        1.000 ->     AT+VTS=1
        1.010 <-     ERROR
        1.010 ->     AT+VTS="1"
        1.020 <-     OK
        1.020 ->     AT+VTS="*"
        1.020 event  call 1 active 0100, sent 1
        1.030 <-     OK
        1.030 event  call 1 active 0100, sent 1*
        1.030 event  done 2
        1.500 wait
    "#,
    );
}

#[test]
fn quectel_reports_tell_of_a_call_before_the_list_does() {
    check(
        r#"
        profile Quectel
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        1.100 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        1.100 <-     +QIND: "ccinfo",1,0,3,0,0,"0100",129
        1.100 event  call 1 alerting 0100
        1.200 modem  AT+CLCC: OK
        1.200 <-     +QIND: "ccinfo",1,0,-1,0,0,"0100",129
        1.210 event  call 1 released, refused: The call ended and the modem gave no reason
        2.000 wait
    "#,
    );
}

#[test]
fn simcom_begin_and_end_are_hints() {
    check(
        r#"
        profile SIMCom
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        5.100 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        5.100 <-     VOICE CALL: BEGIN
        5.100 event  call 1 active 0100
       25.000 modem  AT+CLCC: OK
       25.000 <-     VOICE CALL: END: 000020
       25.001 <-     NO CARRIER
       25.010 event  call 1 released, remote: The other side ended the call
       26.000 wait
    "#,
    );
}

#[test]
fn a_hang_up_that_chup_does_not_know_is_done_with_ath() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   release 1
        1.000 ->     AT+CHUP
        1.010 <-     ERROR
        1.010 ->     ATH
        1.020 modem  AT+CLCC: OK
        1.020 <-     OK
        1.020 event  done 2
        1.030 event  call 1 released, local: You ended the call
        2.000 wait
    "#,
    );
}
