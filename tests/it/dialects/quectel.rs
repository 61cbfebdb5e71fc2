//! Quectel: `+QIND: "ccinfo"` and the two dialects of `^DSCI`. The lines are those of the EC2x
//! manual (7.23 `AT^DSCI`) and of comments in programs that talk to EC20, UC15 and modems of their kind.

use crate::check::check;

#[test]
fn ccinfo_tells_every_step() {
    check(
        r#"
        profile Quectel
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 modem  AT+CLCC: +CLCC: 1,1,0,1,0,"",128 | +CLCC: 2,0,2,0,0,"0100",129 | OK
        0.010 <-     OK
        0.010 event  done 1
        0.020 <-     +QIND: "ccinfo",2,0,2,0,0,"0100",129
        2.000 modem  AT+CLCC: +CLCC: 1,1,0,1,0,"",128 | +CLCC: 2,0,3,0,0,"0100",129 | OK
        2.000 <-     +QIND: "ccinfo",2,0,3,0,0,"0100",129
        2.000 event  call 1 alerting 0100
        6.000 modem  AT+CLCC: +CLCC: 1,1,0,1,0,"",128 | +CLCC: 2,0,0,0,0,"0100",129 | OK
        6.000 <-     +QIND: "ccinfo",2,0,0,0,0,"0100",129
        6.000 event  call 1 active 0100
       40.000 modem  AT+CLCC: +CLCC: 1,1,0,1,0,"",128 | OK
       40.000 <-     +QIND: "ccinfo",2,0,-1,0,0,"0100",129
       40.001 <-     NO CARRIER
       40.010 event  call 1 released, remote: The other side ended the call
       42.000 wait
    "#,
    );
}

#[test]
fn dsci_with_quotes_counts_as_the_list_does_and_tells_the_cause() {
    // The list says nothing here: the reports decide.
    check(
        r#"
        profile Quectel
        modem AT+CPAS: ERROR
        0.000 user   dial 13611112222
        0.000 ->     ATD13611112222;
        0.000 event  call 1 dialing 13611112222
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     ^DSCI: 1,0,2,0,0,"13611112222",129,,,128,"",0
        2.000 <-     ^DSCI: 1,0,3,0,0,"13611112222",129,,,128,"",0
        2.000 event  call 1 alerting 13611112222
       12.000 <-     ^DSCI: 1,0,6,0,0,"13611112222",129,,19,128,"",255
       12.000 event  call 1 released, noanswer: Nobody answered
       12.001 <-     NO ANSWER
       14.000 wait
       20.000 user   dial 13611112222
       20.000 ->     ATD13611112222;
       20.000 event  call 2 dialing 13611112222
       20.010 <-     OK
       20.010 event  done 2
       20.100 <-     ^DSCI: 1,0,2,0,0,"13611112222",129,,,128,"",0
       22.000 <-     ^DSCI: 1,0,6,0,0,"13611112222",129,,17,128,"",255
       22.000 event  call 2 released, busy: The number is busy
       22.001 <-     BUSY
       24.000 wait
       30.000 user   dial 13611112222
       30.000 ->     ATD13611112222;
       30.000 event  call 3 dialing 13611112222
       30.010 <-     OK
       30.010 event  done 3
       33.000 raw    \r\n+COLP: "",0,"",0\r\n\r\n^DSCI: 1,0,0,0,0,"13611112222",129,,,128,"",0\r\n
       33.000 event  call 3 active 13611112222
       60.000 <-     ^DSCI: 1,0,6,0,0,"13611112222",129,,16,128,"",0
       60.000 event  call 3 released, remote: The other side ended the call
       60.001 <-     NO CARRIER
       62.000 wait
    "#,
    );
}

#[test]
fn dsci_with_a_bare_number_counts_in_its_own_way() {
    check(
        r#"
        profile Quectel
        modem AT+CPAS: ERROR
        0.000 user   dial 13022100000
        0.000 ->     ATD13022100000;
        0.000 event  call 1 dialing 13022100000
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     ^DSCI: 1,0,2,0,13022100000,129,0
        2.000 <-     ^DSCI: 1,0,7,0,13022100000,129,0
        2.000 event  call 1 alerting 13022100000
        8.000 <-     ^DSCI: 1,0,3,0,13022100000,129,0
        8.000 event  call 1 active 13022100000
       40.000 <-     ^DSCI: 1,0,6,0,13022100000,129,0
       40.005 event  call 1 released, remote: The other side ended the call
       42.000 wait
    "#,
    );
}

#[test]
fn an_incoming_call_is_told_by_dsci_and_given_up() {
    check(
        r#"
        profile Quectel
        modem AT+CPAS: ERROR
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.010 <-     ^DSCI: 1,1,4,0,13022100000,129,0
        0.010 event  call 1 incoming 13022100000
        0.020 <-     +CLIP: "13022100000",129,,,,0
        5.000 <-     RING
        6.000 <-     ^DSCI: 1,1,6,0,13022100000,129,0
        6.000 event  call 1 released, remote: The caller gave up before the answer
       16.000 wait
    "#,
    );
}

#[test]
fn a_data_session_in_dsci_is_no_call() {
    check(
        r#"
        profile Quectel
        0.000 <-     ^DSCI: 1,1,4,1,data,129,0
        0.100 <-     ^DSCI: 1,1,3,1,data,129,0
        9.000 wait
    "#,
    );
}

#[test]
fn a_caller_is_told_by_clip_without_ring() {
    check(
        r#"
        profile Quectel
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0300",129 | OK
        0.000 <-     +CLIP: "0300",129,,,,0
        0.000 event  call 1 incoming 0300
        1.000 user   answer
        1.000 ->     ATA
        1.100 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0300",129 | OK
        1.100 <-     OK
        1.100 event  call 1 active 0300
        1.100 event  done 1
        3.000 wait
    "#,
    );
}

#[test]
fn a_waiting_call_is_told_by_ccinfo() {
    check(
        r#"
        profile Quectel
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        5.000 raw    \r\n+CCWA: "0200",129,1\r\n\r\n+QIND: "ccinfo",2,1,5,0,0,"0200",129\r\n
        5.000 event  call 2 waiting 0200
        9.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        9.000 <-     +QIND: "ccinfo",2,1,-1,0,0,"0200",129
        9.005 event  call 2 released, remote: The caller gave up before the answer
       11.000 wait
    "#,
    );
}
