//! Huawei: `^ORIG`, `^CONF`, `^CONN`, `^CEND`. The lines are those of the MU509 manual and of
//! transcripts in the issues of asterisk-chan-dongle and python-gsmmodem.

use crate::check::check;

#[test]
fn an_outgoing_call_is_answered_and_the_other_side_hangs_up() {
    check(
        r#"
        profile Huawei
        modem AT+CEER: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.050 <-     ^ORIG:1,0
        2.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        2.000 <-     ^CONF:1
        2.000 event  call 1 alerting 0100
        9.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        9.000 <-     ^CONN:1,0
        9.000 event  call 1 active 0100
       18.000 modem  AT+CLCC: OK
       18.000 <-     ^CEND:1,9,67,16
       18.001 <-     NO CARRIER
       18.005 event  call 1 released, remote: The other side ended the call
       20.000 wait
    "#,
    );
}

#[test]
fn conn_comes_before_the_ok() {
    // E17x: a number that answers at once.
    check(
        r#"
        profile Huawei
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.001 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.005 raw    \r\n^ORIG:1,0\r\n\r\n^CONF:1\r\n\r\n^CONN:1,0\r\n\r\nOK\r\n
        0.005 event  call 1 alerting 0100
        0.005 event  call 1 active 0100
        0.005 event  done 1
        1.000 wait
    "#,
    );
}

#[test]
fn the_number_is_busy() {
    check(
        r#"
        profile Huawei
        0.000 user   dial 0101
        0.000 ->     ATD0101;
        0.000 event  call 1 dialing 0101
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0101",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.050 <-     ^ORIG:1,0
        1.500 modem  AT+CLCC: OK
        1.500 <-     ^CEND:1,0,67,17
        1.501 <-     BUSY
        1.505 event  call 1 released, busy: The number is busy
        3.000 wait
    "#,
    );
}

#[test]
fn the_end_of_some_sticks_has_empty_and_extra_fields() {
    check(
        r#"
        profile Huawei
        0.000 user   dial 0101
        0.000 ->     ATD0101;
        0.000 event  call 1 dialing 0101
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0101",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        1.500 modem  AT+CLCC: OK
        1.500 <-     ^CEND: 1,,101,17,0
        1.505 event  call 1 released, busy: The number is busy
        3.000 wait
    "#,
    );
}

#[test]
fn the_credit_is_used_up() {
    // End status 105 of the MU509 manual, without a cause.
    check(
        r#"
        profile Huawei
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        1.000 modem  AT+CLCC: OK
        1.000 <-     ^CEND:1,0,105
        1.001 <-     NO CARRIER
        1.010 event  call 1 released, refused: The credit is used up
        3.000 wait
    "#,
    );
}

#[test]
fn an_incoming_call_is_answered() {
    check(
        r#"
        profile Huawei
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+4930123456",145 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming +4930123456
        0.020 <-     +CLIP: "+4930123456",145,,,,0
        2.000 user   answer
        2.000 ->     ATA
        2.100 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"+4930123456",145 | OK
        2.100 <-     ^CONN:1,0
        2.100 event  call 1 active +4930123456
        2.105 <-     OK
        2.105 event  done 1
       12.000 modem  AT+CLCC: OK
       12.000 <-     ^CEND:1,10,29,16
       12.005 event  call 1 released, remote: The other side ended the call
       14.000 wait
    "#,
    );
}

#[test]
fn an_incoming_call_is_missed() {
    check(
        r#"
        profile Huawei
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"+4930123456",145 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming +4930123456
        0.020 <-     +CLIP: "+4930123456",145,,,,0
        5.000 <-     RING
        8.000 modem  AT+CLCC: OK
        8.000 <-     ^CEND:1,0,104,16
        8.005 event  call 1 released, remote: The caller gave up before the answer
       10.000 wait
    "#,
    );
}

#[test]
fn a_second_caller_waits_and_gives_up() {
    check(
        r#"
        profile Huawei
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        5.000 <-     +CCWA: "0200",129,1
        5.000 event  call 2 waiting 0200
        9.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        9.000 <-     ^CEND:2,0,104,16
        9.005 event  call 2 released, remote: The caller gave up before the answer
       11.000 wait
    "#,
    );
}
