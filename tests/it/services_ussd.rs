//! Dialogues with the network: in whatever form a modem wants and writes them.

use super::check::check;

#[test]
fn while_the_network_asks_whatever_is_typed_is_the_reply() {
    check(
        r#"
        0.000 user   ussd *101#
        0.000 ->     AT+CUSD=1,"*101#",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     +CUSD: 1,"Forward to which code?",15
        1.000 event  ussd "Forward to which code?", asks
        2.000 user   ussd *#21#
        2.000 ->     AT+CUSD=1,"*#21#",15
        2.000 event  ussd waiting
        2.100 <-     OK
        2.100 event  done 2
        2.500 <-     +CUSD: 1,"Again?",15
        2.500 event  ussd "Again?", asks
        2.600 user   ussd **04*1234*5678*5678#
        2.600 event  failed 3: The network waits for a reply
        3.000 <-     +CUSD: 2
        3.000 event  ussd ended: The network ended the dialogue
        4.000 user   ussd *#06#
        4.000 event  ussd waiting
        4.005 event  ussd ended: The modem does not tell its IMEI
        4.005 event  failed 4: The modem does not tell its IMEI
        5.000 wait
    "#,
    );
}

#[test]
fn a_stick_gets_its_code_packed_and_is_understood() {
    // 23.038 §6.1.2.3.1: *100# is AA180C3602.
    check(
        r#"
        profile Huawei
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"AA180C3602",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     +CUSD: 0,"31D98C56B3DD70",15
        1.000 event  ussd "12345678"
        "#,
    );
}

#[test]
fn a_stick_that_wants_its_codes_plain_gets_them_plain_from_then_on() {
    check(
        r#"
        profile Huawei
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"AA180C3602",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     +CUSD: 4
        1.000 ->     AT+CUSD=1,"*100#",15
        1.100 <-     OK
        2.000 <-     +CUSD: 0,"Balance: 5",15
        2.000 event  ussd "Balance: 5"
        3.000 user   ussd *101#
        3.000 ->     AT+CUSD=1,"*101#",15
        3.000 event  ussd waiting
        3.100 <-     OK
        3.100 event  done 2
        4.000 <-     +CUSD: 4
        4.000 event  ussd ended: The network does not know this code
        "#,
    );
}

#[test]
fn another_modem_that_refuses_plain_codes_gets_them_packed() {
    check(
        r#"
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"*100#",15
        0.000 event  ussd waiting
        0.100 <-     ERROR
        0.100 ->     AT+CUSD=1,"*100#"
        0.200 <-     ERROR
        0.200 ->     AT+CUSD=1,"AA180C3602",15
        0.300 <-     OK
        0.300 event  done 1
        1.000 <-     +CUSD: 0,"31D98C56B3DD70",15
        1.000 event  ussd "12345678"
        2.000 user   ussd *101#
        2.000 ->     AT+CUSD=1,"AA182C3602",15
        2.000 event  ussd waiting
        2.100 <-     OK
        2.100 event  done 2
        "#,
    );
}

#[test]
fn an_answer_over_several_lines_with_quotes_is_one() {
    check(
        r#"
        0.000 <-     +CUSD: 0,"Balance:\n5 EUR, "valid" until May\n1 Top up",15
        0.000 event  ussd "Balance:\n5 EUR, "valid" until May\n1 Top up"
        1.000 <-     +CUSD: 1,"041E0441044204300442043E043A",72
        1.000 event  ussd "Остаток", asks
        2.000 user   ussd cancel
        2.000 ->     AT+CUSD=2
        2.100 <-     OK
        2.100 event  ussd ended: You ended the dialogue
        2.100 event  done 1
    "#,
    );
}

#[test]
fn a_result_on_a_line_of_its_own_is_part_of_the_answer() {
    check(
        r#"
        0.000 <-     +CUSD: 0,"Answer\nOK\nor\n\nNO CARRIER\nto go on",15
        0.000 event  ussd "Answer\nOK\nor\n\nNO CARRIER\nto go on"
        1.000 user   ussd *100#
        1.000 ->     AT+CUSD=1,"*100#",15
        1.000 event  ussd waiting
        2.000 <-     +CUSD: 0,"Balance\nERROR\nOK\n5 EUR",15
        2.000 event  ussd "Balance\nERROR\nOK\n5 EUR"
        2.100 <-     OK
        2.100 event  done 1
        "#,
    );
}

#[test]
fn a_ring_on_a_line_of_its_own_is_part_of_the_answer_and_nobody_calls() {
    check(
        r#"
        0.000 <-     +CUSD: 0,"Press\nRING\n+CLIP: "+49301234",145\nto go on",15
        0.000 event  ussd "Press\nRING\n+CLIP: "+49301234",145\nto go on"
        1.000 wait
    "#,
    );
}

#[test]
fn a_caller_whose_lines_are_taken_for_an_answer_is_looked_for_in_the_list() {
    for word in ["RING", "+CRING: VOICE", "+CLIP: \"+49301234\",145", "+CCWA: \"0100\",129,1"] {
        let script = r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+49301234",145 | OK
        0.000 <-     +CUSD: 0,"Press\nWORD\nto go on",15
        0.000 event  ussd "Press\nWORD\nto go on"
        0.005 event  call 1 incoming +49301234
        1.000 wait
    "#;
        check(&script.replace("WORD", word));
    }
}

#[test]
fn a_caller_behind_quotes_that_do_not_close_rings_a_second_later() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+49301234",145 | OK
        0.000 raw    \r\n+CUSD: 0,"Balance\r\n\r\nRING\r\n\r\n+CLIP: "+49301234",145\r\n
        1.000 event  ussd "Balance"
        1.000 event  call 1 incoming +49301234
        2.000 wait
    "#,
    );
}

#[test]
fn quotes_that_do_not_close_keep_no_result_back_for_long() {
    check(
        r#"
        1.000 user   ussd *100#
        1.000 ->     AT+CUSD=1,"*100#",15
        1.000 event  ussd waiting
        2.000 <-     +CUSD: 0,"Balance
        2.000 <-     5 EUR
        2.000 <-     OK
        3.000 event  ussd "Balance\n\n5 EUR"
        3.000 event  done 1
        5.000 user   ussd *100#
        5.000 ->     AT+CUSD=1,"*100#",15
        5.000 event  ussd waiting
        6.000 raw    \r\n+CUSD: 0,"Balance\r\n\r\nOK\r\n\r\n+CREG: 1\r\n
        6.000 event  ussd "Balance"
        6.000 event  done 2
        7.000 wait
        "#,
    );
}

#[test]
fn words_and_numbers_are_not_taken_for_hexadecimal_digits() {
    check(
        r#"
        profile Huawei
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"AA180C3602",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     +CUSD: 0,"1234",15
        1.000 event  ussd "1234"
        2.000 <-     +CUSD: 0,"FACE",15
        2.000 event  ussd "FACE"
        3.000 <-     +CUSD: 0,"DEAD",72
        3.000 event  ussd "DEAD"
        4.000 <-     +CUSD: 0,"CF25",15
        4.000 event  ussd "OK"
        "#,
    );
}

#[test]
fn a_call_that_comes_in_leaves_the_dialogue_alone() {
    check(
        r#"
        0.000 user   ussd *101#
        0.000 ->     AT+CUSD=1,"*101#",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     +CUSD: 1,"1 Balance 2 Top up",15
        1.000 event  ussd "1 Balance 2 Top up", asks
        2.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0100",129 | OK
        2.000 <-     RING
        2.000 event  call 1 incoming unknown
        2.005 event  call 1 incoming 0100
        3.000 modem  AT+CHUP: OK
        3.000 modem  AT+CLCC: OK
        3.000 user   reject
        3.005 event  done 2
        3.015 event  call 1 released, rejected: You rejected the call
        4.000 wait
    "#,
    );
}

#[test]
fn a_hang_up_does_not_wait_for_a_modem_that_is_slow_to_take_a_code() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.100 <-     OK
        0.100 event  done 1
        0.105 event  call 1 active 0100
        2.000 user   ussd *100#
        2.000 ->     AT+CUSD=1,"*100#",15
        2.000 event  ussd waiting
        3.000 modem  AT+CLCC: OK
        3.000 modem  AT+CHUP: OK
        3.000 user   release 1
        3.000 ->     CR
        3.010 <-     OK
        3.010 event  done 2
        3.015 event  done 3
        3.025 event  call 1 released, local: You ended the call
        4.000 <-     +CUSD: 0,"Balance: 5",15
        4.000 event  ussd "Balance: 5"
        5.000 wait
    "#,
    );
}

#[test]
fn an_error_after_the_ok_ends_the_waiting_for_the_answer() {
    check(
        r#"
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"*100#",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     +CME ERROR: 30
        1.000 event  ussd ended: There is no network
        2.000 user   ussd *100#
        2.000 ->     AT+CUSD=1,"*100#",15
        2.000 event  ussd waiting
        2.100 <-     OK
        2.100 event  done 2
        3.000 <-     ERROR
        3.000 event  ussd ended: The network refused the code
        4.000 <-     +CUSD: 0,"Balance: 5",15
        4.000 event  ussd "Balance: 5"
        5.000 <-     ERROR
        6.000 user   ussd *100#
        6.000 ->     AT+CUSD=1,"*100#",15
        6.000 event  ussd waiting
        6.100 <-     OK
        6.100 event  done 3
        6.200 <-     +CUSD: 1,"Which?",15
        6.200 event  ussd "Which?", asks
        7.000 <-     ERROR
        8.000 wait
    "#,
    );
}

#[test]
fn a_stick_that_takes_a_packed_code_and_refuses_it_later_gets_it_plain() {
    check(
        r#"
        profile Huawei
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"AA180C3602",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     ERROR
        1.000 ->     AT+CUSD=1,"*100#",15
        1.100 <-     OK
        2.000 <-     +CME ERROR: 100
        2.000 event  ussd ended: The network refused the code
        3.000 wait
    "#,
    );
}

#[test]
fn every_end_without_words_of_the_network_has_some() {
    // 27.007 §7.15, <m>.
    check(
        r#"
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"*100#",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     +CUSD: 0
        1.000 event  ussd ended: The dialogue is over
        2.000 user   ussd *100#
        2.000 ->     AT+CUSD=1,"*100#",15
        2.000 event  ussd waiting
        2.100 <-     OK
        2.100 event  done 2
        3.000 <-     +CUSD: 2
        3.000 event  ussd ended: The network ended the dialogue
        4.000 user   ussd *100#
        4.000 ->     AT+CUSD=1,"*100#",15
        4.000 event  ussd waiting
        4.100 <-     OK
        4.100 event  done 3
        5.000 <-     +CUSD: 3
        5.000 event  ussd ended: Another program has taken the answer
        6.000 user   ussd *100#
        6.000 ->     AT+CUSD=1,"*100#",15
        6.000 event  ussd waiting
        6.100 <-     OK
        6.100 event  done 4
        7.000 <-     +CUSD: 4
        7.000 event  ussd ended: The network does not know this code
        8.000 user   ussd *100#
        8.000 ->     AT+CUSD=1,"*100#",15
        8.000 event  ussd waiting
        8.100 <-     OK
        8.100 event  done 5
        9.000 <-     +CUSD:5,,
        9.000 event  ussd ended: The network did not answer in time
       10.000 user   ussd *100#
       10.000 ->     AT+CUSD=1,"*100#",15
       10.000 event  ussd waiting
       10.100 <-     OK
       10.100 event  done 6
       11.000 <-     +CUSD: 9,"",15
       11.000 event  ussd ended: The dialogue is over
       12.000 user   ussd *100#
       12.000 ->     AT+CUSD=1,"*100#",15
       12.000 event  ussd waiting
       12.100 <-     OK
       12.100 event  done 7
       13.000 <-     +CUSD: 1
       13.000 event  ussd "", asks
       14.000 <-     +CUSD: 5
       14.000 event  ussd ended: The network waits no longer for the reply
       15.000 wait
    "#,
    );
}

#[test]
fn an_answer_of_the_network_is_enough_where_the_modem_confirms_nothing() {
    check(
        r#"
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"*100#",15
        0.000 event  ussd waiting
        1.000 <-     +CUSD: 1,"Which?",15
        1.000 event  ussd "Which?", asks
       30.000 event  done 1
       35.000 user   ussd 1
       35.000 ->     AT+CUSD=1,"1",15
       35.000 event  ussd waiting
       35.500 <-     OK
       35.500 event  done 2
       36.000 <-     +CUSD: 0,"5 EUR",15
       36.000 event  ussd "5 EUR"
       37.000 wait
    "#,
    );
}

#[test]
fn nothing_routine_is_asked_while_a_code_may_still_be_refused() {
    // Signal and the like are due every thirty seconds; a refusal would seem to be their answer.
    check(
        r#"
        0.000 modem  AT+CSQ: (by hand)
       22.000 user   ussd *100#
       22.005 ->     AT+CUSD=1,"*100#",15
       22.005 event  ussd waiting
       22.100 <-     OK
       22.100 event  done 1
       23.500 <-     +CME ERROR: 30
       23.500 event  ussd ended: There is no network
       23.530 ->     AT+CSQ
       24.000 <-     +CSQ: 20,99
       24.000 <-     OK
       25.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_is_busy_without_a_call_is_not_said_to_be_in_one() {
    check(
        r#"
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"*100#",15
        0.000 event  ussd waiting
        0.100 <-     OK
        0.100 event  done 1
        1.000 <-     +CME ERROR: 258
        1.000 event  ussd ended: The modem is busy with a call or something else
        5.000 wait
        "#,
    );
}
