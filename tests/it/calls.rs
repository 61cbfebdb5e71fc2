//! Stories of calls that we place. Each is a transcript; see `check.rs` for how to read it.

use super::check::check;

#[test]
fn a_call_is_dialing_alerting_active_and_ended_by_the_other_side() {
    check(
        r#"
        0.000 user   dial +4930123456
        0.000 ->     ATD+4930123456;
        0.000 event  call 1 dialing +4930123456
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"+4930123456",145 | OK
        0.010 <-     OK
        0.010 event  done 1
        1.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"+4930123456",145 | OK
        1.025 event  call 1 alerting +4930123456
        3.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"+4930123456",145 | OK
        3.045 event  call 1 active +4930123456
       20.000 modem  AT+CLCC: OK
       20.000 modem  AT+CEER: +CEER: 5,16 | OK
       20.000 <-     NO CARRIER
       20.010 event  call 1 released, remote: The other side ended the call
       21.000 wait
    "#,
    );
}

#[test]
fn a_refused_dial_ends_the_call_with_the_reason_in_words() {
    // The founding failure: NO CARRIER and nothing more.
    check(
        r#"
        modem AT+CEER: +CEER: 5,34 | OK
        0.000 user   dial +4930123456
        0.000 ->     ATD+4930123456;
        0.000 event  call 1 dialing +4930123456
        0.900 <-     NO CARRIER
        1.215 event  call 1 released, refused 34: The network is congested: no free line
        1.215 event  failed 1: The network is congested: no free line
        2.000 wait
    "#,
    );
}

#[test]
fn a_call_that_cannot_succeed_is_refused_and_tried_all_the_same_if_the_user_wants_it() {
    check(
        r#"
        modem AT+CREG?: +CREG: 2,3 | OK
        0.000 user   dial +4930123456
        0.000 event  failed 1: The network does not accept this SIM card
        1.000 user   try +4930123456
        1.000 ->     ATD+4930123456;
        1.000 event  call 1 dialing +4930123456
        1.900 <-     NO CARRIER
        2.215 event  call 1 released, refused: The network does not accept this SIM card
        2.215 event  failed 2: The network does not accept this SIM card
        3.000 wait
    "#,
    );
}

#[test]
fn busy_and_no_answer_are_told_apart() {
    check(
        r#"
        0.000 user   dial 0101
        0.000 ->     ATD0101;
        0.000 event  call 1 dialing 0101
        0.500 <-     BUSY
        0.505 event  call 1 released, busy: The number is busy
        0.505 event  failed 1: The number is busy
        1.000 user   dial 0102
        1.000 ->     ATD0102;
        1.000 event  call 2 dialing 0102
       40.000 <-     NO ANSWER
       40.000 event  call 2 released, noanswer: Nobody answered
       40.000 event  failed 2: Nobody answered
       41.000 wait
    "#,
    );
}

#[test]
fn busy_after_an_early_ok_ends_the_call_as_busy() {
    check(
        r#"
        0.000 user   dial 0101
        0.000 ->     ATD0101;
        0.000 event  call 1 dialing 0101
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0101",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        1.200 modem  AT+CLCC: OK
        1.200 <-     BUSY
        1.210 event  call 1 released, busy: The number is busy
        2.000 wait
    "#,
    );
}

#[test]
fn an_equipment_error_is_told_in_words() {
    check(
        r#"
        0.000 user   dial 112
        0.000 ->     ATD112;
        0.000 event  call 1 dialing 112
        0.010 <-     +CME ERROR: 30
        1.515 ->     ATD112;
        2.000 <-     +CME ERROR: 30
        2.010 event  call 1 released, refused: There is no network
        2.010 event  failed 1: There is no network
        3.000 wait
    "#,
    );
}

#[test]
fn late_no_carrier_of_the_old_call_does_not_end_the_new_one() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        2.000 user   release 1
        2.000 ->     AT+CHUP
        2.010 modem  AT+CLCC: OK
        2.010 <-     OK
        2.010 event  done 2
        2.020 event  call 1 released, local: You ended the call
        3.000 user   dial 0200
        3.000 ->     ATD0200;
        3.000 event  call 2 dialing 0200
        3.100 <-     NO CARRIER
        3.200 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0200",129 | OK
        3.200 <-     OK
        3.200 event  done 3
        5.000 wait
    "#,
    );
}

#[test]
fn hanging_up_while_the_dial_waits_breaks_it_off() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        3.000 user   release 1
        3.000 ->     CR
        3.050 <-     NO CARRIER
        3.050 ->     AT+CHUP
        3.050 event  failed 1: You gave up the call
        3.100 <-     OK
        3.100 event  done 2
        3.105 event  call 1 released, local: You gave up before the answer
        4.000 wait
    "#,
    );
}

#[test]
fn hanging_up_while_the_dial_waits_and_the_modem_ignores_the_abort() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        3.000 user   release 1
        3.000 ->     CR
        3.700 ->     AT+CHUP
        3.700 event  failed 1: You gave up the call
        3.800 <-     OK
        3.805 ->     AT+CHUP
        3.900 <-     OK
        3.900 event  done 2
        3.910 event  call 1 released, local: You gave up before the answer
        6.000 wait
    "#,
    );
}

#[test]
fn a_text_waits_while_the_dial_waits() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 user   text 5/1 11000B91
        9.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        9.000 <-     OK
        9.000 event  done 1
        9.005 ->     AT+CMGS=4
        9.005 event  call 1 active 0100
        9.100 prompt
        9.100 ->     0011000B91^Z
        9.100 event  handed over 5/1
        9.500 <-     +CMGS: 7
        9.500 <-     OK
        9.500 event  sent 5/1 reference 7
        9.500 event  done 2
       10.000 wait
    "#,
    );
}

#[test]
fn a_text_that_waits_for_its_prompt_makes_way_for_the_hang_up_and_is_sent_after_it() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   text 5/1 11000B91
        1.000 ->     AT+CMGS=4
        1.100 user   release 1
        1.200 prompt
        1.200 ->     ESC
        1.250 <-     OK
        1.250 ->     AT+CHUP
        1.300 modem  AT+CLCC: OK
        1.300 <-     OK
        1.300 event  done 3
        1.310 ->     AT+CMGS=4
        1.310 event  call 1 released, local: You ended the call
        1.400 prompt
        1.400 ->     0011000B91^Z
        1.400 event  handed over 5/1
        1.900 <-     +CMGS: 7
        1.900 <-     OK
        1.900 event  sent 5/1 reference 7
        1.900 event  done 2
        3.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_says_nothing_to_escape_hangs_up_a_little_later() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        1.000 user   text 5/1 11000B91
        1.000 ->     AT+CMGS=4
        1.100 user   release 1
        1.200 prompt
        1.200 ->     ESC
        2.200 ->     ESC
        2.205 ->     AT+CHUP
        3.000 wait
    "#,
    );
}

#[test]
fn a_caller_while_the_dial_waits_is_shown_at_once() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        1.000 <-     +CRING: VOICE
        1.000 event  call 2 incoming unknown
        1.001 <-     +CLIP: "+491701234567",145
        1.001 event  call 2 incoming +491701234567
        2.000 user   answer
        2.000 event  failed 2: A call is being set up
        5.000 <-     BUSY
        5.005 event  call 1 released, busy: The number is busy
        5.005 event  failed 1: The number is busy
        5.500 user   answer
        5.500 ->     ATA
        5.600 <-     OK
        5.600 event  call 2 active +491701234567
        5.600 event  done 3
        6.000 wait
    "#,
    );
}

#[test]
fn a_dial_refused_although_the_call_lives_is_not_ended() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.500 <-     ERROR
        0.505 event  done 1
        1.500 wait
    "#,
    );
}

#[test]
fn a_second_dial_and_a_dial_while_it_rings_are_refused() {
    check(
        r#"
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.100 user   dial 0200
        0.100 event  failed 2: A call is being set up already
        0.200 <-     BUSY
        0.205 event  call 1 released, busy: The number is busy
        0.205 event  failed 1: The number is busy
        1.000 <-     RING
        1.000 event  call 2 incoming unknown
        1.100 user   dial 0200
        1.100 event  failed 3: A call is coming in
        1.200 user   tones 1
        1.200 event  failed 4: There is no call to send tones in
        1.300 user   swap
        1.300 event  failed 5: There is no call to hold
        1.500 wait
    "#,
    );
}

#[test]
fn commands_that_make_no_sense_are_refused() {
    check(
        r#"
        0.000 user   answer
        0.000 event  failed 1: No call is coming in
        0.001 user   reject
        0.001 event  failed 2: No call is coming in
        0.002 user   release 7
        0.002 event  failed 3: This call has ended already
        0.003 user   dial *100#
        0.003 event  failed 4: This is a service code, not a number to call
    "#,
    );
}

#[test]
fn without_a_sim_only_emergency_numbers_are_dialed() {
    check(
        r#"
        modem AT+CPIN?: +CME ERROR: 10
        0.000 user   dial 0100
        0.000 event  failed 1: No SIM card is inserted
        0.100 user   dial 112
        0.100 ->     ATD112;
        0.100 event  call 1 dialing 112
        0.200 <-     ERROR
        1.705 ->     ATD112;
        2.000 <-     ERROR
        2.010 event  call 1 released, refused: No SIM card is inserted
        2.010 event  failed 2: No SIM card is inserted
        3.000 wait
    "#,
    );
}

#[test]
fn a_call_given_up_before_it_was_dialed_is_never_dialed() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 user   dial 0100
        0.100 event  call 1 dialing 0100
        0.200 user   release 1
        0.200 event  call 1 released, local: You gave up before the answer
        0.200 event  failed 2: You gave up the call
        0.200 event  done 3
        0.300 prompt
        0.300 ->     0011000B91^Z
        0.300 event  handed over 5/1
        0.400 <-     +CMGS: 1
        0.400 <-     OK
        0.400 event  sent 5/1 reference 1
        0.400 event  done 1
        1.000 wait
    "#,
    );
}

#[test]
fn a_text_that_made_way_for_a_call_does_not_go_on_with_another_card() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   text 5/2 11000B91
        1.000 ->     AT+CMGS=4
        1.100 user   answer
        1.200 prompt
        1.200 ->     ESC
        1.250 <-     OK
        1.250 ->     ATA
        1.500 <-     +CPIN: NOT INSERTED
        3.000 modem  AT+CIMI: 001010123456781 | OK
        3.000 <-     +CPIN: READY
        3.000 event  not sent 5/2: The SIM card was changed, or is just being changed
        3.000 event  failed 1: The SIM card was changed, or is just being changed
        4.000 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0200",129 | OK
        4.000 <-     OK
        4.000 event  call 1 active 0200
        4.000 event  done 2
       20.000 wait
    "#,
    );
}

#[test]
fn nor_where_the_modem_said_nothing_of_the_other_card() {
    check(
        r#"
        modem AT+CIMI: 001010123456780 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   text 5/2 11000B91
        1.000 ->     AT+CMGS=4
        1.100 user   answer
        1.200 prompt
        1.200 ->     ESC
        1.250 <-     OK
        1.250 ->     ATA
        3.000 modem  AT+CIMI: 001010123456781 | OK
        4.000 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0200",129 | OK
        4.000 <-     OK
        4.000 event  call 1 active 0200
        4.000 event  done 2
        4.520 event  not sent 5/2: The SIM card was changed, or is just being changed
        4.520 event  failed 1: The SIM card was changed, or is just being changed
       20.000 wait
    "#,
    );
}

#[test]
fn with_the_same_card_it_goes_on_after_the_call() {
    check(
        r#"
        modem AT+CIMI: 001010123456780 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   text 5/2 11000B91
        1.000 ->     AT+CMGS=4
        1.100 user   answer
        1.200 prompt
        1.200 ->     ESC
        1.250 <-     OK
        1.250 ->     ATA
        4.000 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0200",129 | OK
        4.000 <-     OK
        4.000 event  call 1 active 0200
        4.000 event  done 2
        4.010 ->     AT+CMGS=4
        4.100 prompt
        4.100 ->     0011000B91^Z
        4.100 event  handed over 5/2
        4.200 <-     +CMGS: 1
        4.200 <-     OK
        4.200 event  sent 5/2 reference 1
        4.200 event  done 1
       20.000 wait
    "#,
    );
}
