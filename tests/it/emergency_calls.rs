//! Stories of emergency calls beside other calls. Each is a transcript; see `check.rs` for how to
//! read it. More of them stand in `call_races.rs`.

use super::check::check;

#[test]
fn the_active_call_ends_where_the_modem_holds_none() {
    check(
        r#"
        modem AT+CHLD=?: +CHLD: (0,1) | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHUP
        5.000 event  call 2 dialing 112
        5.500 modem  AT+CLCC: OK
        5.500 <-     OK
        5.505 ->     ATD112;
        6.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        6.000 <-     OK
        6.000 event  done 2
        6.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn the_active_call_ends_where_it_cant_be_put_on_hold() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 112
        5.500 <-     +CME ERROR: 3
        5.505 ->     AT+CHUP
        5.800 modem  AT+CLCC: OK
        5.800 <-     OK
        5.805 ->     ATD112;
        6.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        6.000 <-     OK
        6.000 event  done 2
        6.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn the_active_call_ends_where_the_hold_is_never_answered() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 112
        8.010 ->     AT+CHUP
       10.800 modem  AT+CLCC: OK
       10.800 <-     OK
       10.805 ->     ATD112;
       11.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
       11.000 <-     OK
       11.000 event  done 2
       11.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn what_is_refused_beside_a_held_call_is_dialed_again_without_it() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 112
        5.100 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | OK
        5.100 <-     OK
        5.100 ->     ATD112;
        5.100 event  call 1 held 0100
        5.300 <-     +CME ERROR: 3
        5.305 ->     AT+CHLD=11
        5.500 modem  AT+CLCC: OK
        5.500 <-     OK
        5.505 ->     ATD112;
        6.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        6.000 <-     OK
        6.000 event  done 2
        6.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn of_two_calls_one_ends_and_the_other_is_held() {
    check(
        r#"
        modem AT+CHLD=?: +CHLD: (0,1,2,3) | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,0,1,0,0,"0200",129 | OK
        7.005 event  call 1 active 0100
        7.005 event  call 2 held 0200
       15.000 user   dial 112
       15.000 ->     AT+CHLD=1
       15.000 event  call 3 dialing 112
       15.500 modem  AT+CLCC: +CLCC: 2,0,0,0,0,"0200",129 | OK
       15.500 <-     OK
       15.505 ->     AT+CHLD=2
       15.505 event  call 2 active 0200
       16.000 modem  AT+CLCC: +CLCC: 2,0,1,0,0,"0200",129 | OK
       16.000 <-     OK
       16.000 ->     ATD112;
       16.000 event  call 2 held 0200
       17.000 modem  AT+CLCC: +CLCC: 2,0,1,0,0,"0200",129 | +CLCC: 1,0,2,0,0,"112",129 | OK
       17.000 <-     OK
       17.000 event  done 1
       17.005 event  call 1 released, local: Ended to make an emergency call
       30.000 wait
    "#,
    );
}

#[test]
fn it_is_dialed_though_nothing_makes_room() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHLD=2
        5.000 event  call 2 dialing 112
        5.500 <-     ERROR
        5.505 ->     AT+CHUP
        5.600 <-     ERROR
        5.600 ->     ATH
        5.700 <-     ERROR
        5.705 ->     ATD112;
        5.900 <-     ERROR
        5.905 ->     AT+CHUP
        6.000 <-     ERROR
        6.000 ->     ATH
        6.100 <-     ERROR
        6.105 ->     ATD112;
        6.300 <-     ERROR
        6.310 event  call 2 released, refused: The modem is in a call already and takes no other
        6.310 event  failed 2: The modem is in a call already and takes no other
       30.000 wait
    "#,
    );
}

#[test]
fn it_is_given_up_while_room_is_made_for_it() {
    check(
        r#"
        modem AT+CHLD=?: +CHLD: (0,1) | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 user   dial 112
        5.000 ->     AT+CHUP
        5.000 event  call 2 dialing 112
        5.200 user   release 2
        5.200 event  call 2 released, local: You gave up before the answer
        5.200 event  failed 2: You gave up the call
        5.200 event  done 3
        5.500 modem  AT+CLCC: OK
        5.500 <-     OK
        5.505 event  call 1 released, local: Ended to make an emergency call
        9.000 wait
    "#,
    );
}

#[test]
fn it_does_not_wait_until_another_call_is_answered() {
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0200",129 | OK
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0200
        1.000 user   answer
        1.000 ->     ATA
        2.000 user   dial 112
        2.000 ->     CR
        2.000 event  call 2 dialing 112
        2.100 <-     NO CARRIER
        2.100 ->     AT+CHUP
        2.100 event  failed 1: You gave up the call
        2.300 modem  AT+CLCC: OK
        2.300 <-     OK
        2.300 ->     ATD112;
        2.500 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"112",129 | OK
        2.500 <-     OK
        2.500 event  done 2
        2.505 event  call 1 released, rejected: You rejected the call
        9.000 wait
    "#,
    );
}
