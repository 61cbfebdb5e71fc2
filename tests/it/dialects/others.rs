//! u-blox, Telit, Ericsson, Cinterion, ZTE, Intel, Wavecom, Sierra. Each story names its origin.

use crate::check::check;

#[test]
fn u_blox_rings_by_ucallstat_alone() {
    // A live capture of a SARA: +UCALLSTAT: 1,4 every six seconds, and no RING at all.
    check(
        r#"
        profile u-blox
        modem AT+CPAS: ERROR
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0300",129 | OK
        0.000 <-     +UCALLSTAT: 1,4
        0.000 event  call 1 incoming unknown
        0.005 event  call 1 incoming 0300
        5.800 <-     +UCALLSTAT: 1,4
        7.000 user   answer
        7.000 ->     ATA
        7.100 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0300",129 | OK
        7.100 raw    \r\n+UCALLSTAT: 1,0\r\n\r\nOK\r\n
        7.100 event  call 1 active 0300
        7.100 event  done 1
       20.000 modem  AT+CLCC: OK
       20.000 raw    \r\n+UCALLSTAT: 1,6,1\r\n\r\nNO CARRIER\r\n
       20.010 event  call 1 released, remote: The other side ended the call
       22.000 wait
    "#,
    );
}

#[test]
fn u_blox_tells_of_an_outgoing_call() {
    check(
        r#"
        profile u-blox
        modem AT+CPAS: ERROR
        0.000 user   dial 0101
        0.000 ->     ATD0101;
        0.000 event  call 1 dialing 0101
        0.010 <-     OK
        0.010 event  done 1
        0.050 <-     +UCALLSTAT: 1,2
        2.000 <-     +UCALLSTAT: 1,3
        2.000 event  call 1 alerting 0101
        5.000 <-     +UCALLSTAT: 1,7
        5.000 event  call 1 active 0101
        5.001 <-     +UCALLSTAT: 1,0
       15.000 modem  AT+CEER: +CEER: "Normal call clearing",16,"" | OK
       15.000 <-     +UCALLSTAT: 1,6
       15.001 <-     NO CARRIER
       15.005 event  call 1 released, remote: The other side ended the call
       17.000 wait
       20.000 user   dial 0101
       20.000 ->     ATD0101;
       20.000 event  call 2 dialing 0101
       20.010 <-     OK
       20.010 event  done 2
       20.100 <-     +UCALLSTAT: 1,2
       21.000 modem  AT+CEER: +CEER: "CC setup error",17,"User busy" | OK
       21.000 <-     +UCALLSTAT: 1,6
       21.001 <-     BUSY
       21.005 event  call 2 released, busy: The number is busy
       23.000 wait
    "#,
    );
}

#[test]
fn telit_gives_every_call_the_number_0() {
    // HE910 AT command reference, #ECAM.
    check(
        r#"
        profile Telit
        modem AT+CPAS: ERROR
        0.000 user   dial +393351234567
        0.000 ->     ATD+393351234567;
        0.000 event  call 1 dialing +393351234567
        0.010 <-     OK
        0.010 event  done 1
        0.020 <-     #ECAM: 0,1,1,,,"+393351234567",145
        2.000 <-     #ECAM: 0,2,1,,,
        2.000 event  call 1 alerting +393351234567
        6.000 <-     #ECAM: 0,3,1,,,
        6.000 event  call 1 active +393351234567
       30.000 <-     #ECAM: 0,0,1,,,
       30.001 <-     NO CARRIER
       30.005 event  call 1 released, remote: The other side ended the call
       32.000 wait
       40.000 user   dial +393351234567
       40.000 ->     ATD+393351234567;
       40.000 event  call 2 dialing +393351234567
       40.010 <-     OK
       40.010 event  done 2
       40.020 <-     #ECAM: 0,1,1,,,"+393351234567",145
       42.000 <-     #ECAM: 0,7,1,,,
       42.000 event  call 2 released, busy: The number is busy
       42.001 <-     #ECAM: 0,0,1,,,
       42.002 <-     BUSY
       44.000 wait
       50.000 <-     RING
       50.000 event  call 3 incoming unknown
       50.001 <-     #ECAM: 0,6,1,,,
       50.002 <-     +CLIP: "0300",129,,,,0
       50.002 event  call 3 incoming 0300
       55.000 <-     RING
       57.000 <-     #ECAM: 0,0,1,,,
       57.000 event  call 3 released, remote: The caller gave up before the answer
       70.000 wait
    "#,
    );
}

#[test]
fn ericsson_tells_the_cause_with_leading_zeros() {
    // A transcript in the source of a phone program for Mac OS X; Sony Ericsson's AT manual.
    check(
        r#"
        profile Ericsson
        modem AT+CPAS: ERROR
        0.000 user   dial 33660223101
        0.000 ->     ATD33660223101;
        0.000 event  call 1 dialing 33660223101
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     *ECAV: 1,1,1,,,"33660223101",145
        1.000 <-     *ECAV: 1,2,1
        1.000 event  call 1 alerting 33660223101
        5.000 <-     *ECAV: 1,3,1
        5.000 event  call 1 active 33660223101
       20.000 <-     *ECAV: 1,0,1,08,016
       20.000 event  call 1 released, remote: The other side ended the call
       22.000 wait
       30.000 user   dial 33660223101
       30.000 ->     ATD33660223101;
       30.000 event  call 2 dialing 33660223101
       30.010 <-     OK
       30.010 event  done 2
       30.100 <-     *ECAV: 1,1,1,,,"33660223101",145
       33.000 <-     *ECAV: 1,0,1,08,021
       33.000 event  call 2 released, rejectedbyremote: The call was rejected by the other side
       35.000 wait
       40.000 <-     *ECAV: 1,6,1,,,"33616381469",145
       40.000 event  call 3 incoming +33616381469
       42.000 <-     *ECAV: 1,0,1,08,016
       42.000 event  call 3 released, remote: The caller gave up before the answer
       52.000 wait
    "#,
    );
}

#[test]
fn ericsson_a_hidden_caller_gives_up() {
    // A log of a desktop notifier for Sony Ericsson phones.
    check(
        r#"
        profile Ericsson
        modem AT+CPAS: ERROR
        0.000 <-     RING
        0.000 event  call 1 incoming unknown
        0.010 <-     *ECAV: 1,6,1
        0.020 <-     +CLIP: "",161,,,""
        5.000 <-     RING
        5.010 <-     +CLIP: "",161,,,""
       10.000 <-     *ECAV: 1,0,1,08,222
       10.000 event  call 1 released, remote: The caller gave up before the answer
       20.000 wait
    "#,
    );
}

#[test]
fn a_simulated_ericsson_counts_our_ringing_call_as_one_that_comes_in() {
    // phonesim: state 6 for our own call that rings, 5 for one that comes in, kind of call 0.
    check(
        r#"
        profile Ericsson
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.020 <-     *ECAV: 1,1,0,,,"0100",129
        2.000 <-     *ECAV: 1,6,0,,,"0100",129
        2.000 event  call 1 alerting 0100
        5.000 <-     *ECAV: 1,3,0,,,"0100",129
        5.000 event  call 1 active 0100
        9.000 <-     *ECAV: 2,5,0,,,"0200",129
        9.000 event  call 2 waiting 0200
       12.000 <-     *ECAV: 2,0,0,,,"0200",129
       12.000 event  call 2 released, remote: The caller gave up before the answer
       20.000 <-     *ECAV: 1,0,0,,,"0100",129
       20.005 event  call 1 released, remote: The other side ended the call
       22.000 wait
    "#,
    );
}

#[test]
fn a_call_that_was_not_dialed_here_is_placed_too_where_its_ring_reads_like_another_callers() {
    // The same lines played from a recording: nobody dials.
    check(
        r#"
        profile Ericsson
        modem AT+CLCC: OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,0,0,"0100",129 | OK
        0.000 <-     *ECAV: 1,1,0,,,"0100",129
        0.005 event  call 1 dialing 0100
        2.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        2.000 <-     *ECAV: 1,6,0,,,"0100",129
        2.000 event  call 1 alerting 0100
        5.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        5.000 <-     *ECAV: 1,3,0,,,"0100",129
        5.000 event  call 1 active 0100
       20.000 modem  AT+CLCC: OK
       20.000 <-     *ECAV: 1,0,0,,,"0100",129
       20.010 event  call 1 released, remote: The other side ended the call
       22.000 wait
    "#,
    );
}

#[test]
fn cinterion_sends_the_whole_list_and_an_empty_line() {
    // BGS2 AT command set, ^SLCC; ModemManager's tests of it.
    check(
        r#"
        profile Cinterion
        modem AT+CPAS: ERROR
        0.000 user   dial 01223303528
        0.000 ->     ATD01223303528;
        0.000 event  call 1 dialing 01223303528
        0.010 <-     OK
        0.010 event  done 1
        0.020 raw    \r\n^SLCC: 1,0,2,0,0,0,"01223303528",129\r\n^SLCC: \r\n
        2.000 raw    \r\n^SLCC: 1,0,3,0,0,0,"01223303528",129\r\n^SLCC: \r\n
        2.000 event  call 1 alerting 01223303528
        6.000 raw    \r\n^SLCC: 1,0,0,0,0,1,"01223303528",129,""\r\n^SLCC: \r\n
        6.000 event  call 1 active 01223303528
       20.000 raw    \r\n^SLCC: 1,0,0,0,0,0,"01223303528",129\r\n^SLCC: 2,1,5,0,0,0,"987654321",161\r\n^SLCC: \r\n
       20.000 event  call 2 waiting 987654321
       25.000 raw    \r\n^SLCC: 1,0,0,0,0,0,"01223303528",129\r\n^SLCC: \r\n
       25.005 event  call 2 released, remote: The caller gave up before the answer
       40.000 modem  AT+CEER: +CEER: 8,16,0 | OK
       40.000 raw    \r\n^SLCC: \r\n\r\nNO CARRIER\r\n
       40.005 event  call 1 released, remote: The other side ended the call
       42.000 wait
    "#,
    );
}

#[test]
fn cinterion_says_why_in_three_numbers() {
    // BGS2 AT command set: location 8 is the network's call control, 9 the module's own.
    check(
        r#"
        profile Cinterion
        0.000 modem  AT+CLCC: OK
        0.000 modem  AT+CEER: +CEER: 8,21,0 | OK
        0.000 user   dial 0103
        0.000 ->     ATD0103;
        0.000 event  call 1 dialing 0103
        3.000 <-     NO CARRIER
        3.315 event  call 1 released, rejectedbyremote: The call was rejected by the other side
        3.315 event  failed 1: The call was rejected by the other side
        4.000 wait
       20.000 modem  AT+CEER: +CEER: 9,10,0 | OK
       20.000 user   dial 0104
       20.000 ->     ATD0104;
       20.000 event  call 2 dialing 0104
       20.500 <-     NO CARRIER
       20.815 event  call 2 released, refused: The number is not among the SIM's fixed numbers
       20.815 event  failed 2: The number is not among the SIM's fixed numbers
       22.000 wait
    "#,
    );
}

#[test]
fn zte_a_rejected_call_is_ok_and_nothing_more() {
    // K3565-Z, python-gsmmodem issue 12: no CONNECT, no HANGUP when the other side rejects.
    check(
        r#"
        profile ZTE
        0.000 modem  AT+CLCC: OK
        0.000 user   dial 0103
        0.000 ->     ATD0103;
        0.000 event  call 1 dialing 0103
        6.000 <-     OK
        6.000 event  done 1
        6.010 event  call 1 released, refused: The call was rejected, or the number can't be reached
        8.000 wait
    "#,
    );
}

#[test]
fn zte_an_announcement_answers_in_place_of_the_number() {
    // The same issue: CONNECT, then HANGUP: 1, where the network plays a recording.
    check(
        r#"
        profile ZTE
        0.000 user   dial 0103
        0.000 ->     ATD0103;
        0.000 event  call 1 dialing 0103
        1.000 <-     +ZPASR: "UMTS"
        6.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0103",129 | OK
        6.000 <-     CONNECT
        6.000 event  call 1 active 0103
        6.000 event  done 1
       10.000 modem  AT+CLCC: OK
       10.000 modem  AT+CEER: +CEER: 18,"No user responding" | OK
       10.000 <-     HANGUP: 1
       10.010 event  call 1 released, remote: A recording of the network answered: the phone called did not respond
       12.000 wait
    "#,
    );
}

#[test]
fn intel_rings_before_ring() {
    // A worked example of an incoming call with +XCALLSTAT; tcore's plug-in has the same states.
    check(
        r#"
        profile Intel
        0.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"14155550100",145 | OK
        0.000 raw    \r\n+XCALLSTAT: 1,4\r\n\r\n+CLIP: "14155550100",145,,,"",0\r\n\r\nRING\r\n
        0.000 event  call 1 incoming +14155550100
        3.000 <-     RING
        5.000 user   answer
        5.000 ->     ATA
        5.100 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"14155550100",145 | OK
        5.100 raw    \r\nOK\r\n\r\n+XCALLSTAT: 1,0\r\n\r\n+XCALLSTAT: 1,7\r\n
        5.100 event  call 1 active +14155550100
        5.100 event  done 1
       20.000 modem  AT+CLCC: OK
       20.000 raw    \r\n+XCALLSTAT: 1,6\r\n\r\nNO CARRIER\r\n
       20.010 event  call 1 released, remote: The other side ended the call
       22.000 wait
    "#,
    );
}

#[test]
fn intel_says_disconnect() {
    // The radio interface layer of XMM phones reads DISCONNECT as the end of a call.
    check(
        r#"
        profile Intel
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     +XCALLSTAT: 1,2
        2.000 <-     +XCALLSTAT: 1,3
        2.000 event  call 1 alerting 0100
        5.000 <-     +XCALLSTAT: 1,0
        5.000 event  call 1 active 0100
       20.000 <-     DISCONNECT
       20.005 event  call 1 released, remote: The other side ended the call
       22.000 wait
    "#,
    );
}

#[test]
fn wavecom_numbers_its_calls_by_itself() {
    // WMOi3 AT command guide: +WIND: 5 a call was created, 6 released; OK to ATD is the answer.
    check(
        r#"
        profile Wavecom
        modem AT+CEER: +CEER: Error 16 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.100 <-     +WIND: 5,1
        2.000 <-     +WIND: 2
        8.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        8.000 <-     OK
        8.000 event  call 1 active 0100
        8.000 event  done 1
       30.000 modem  AT+CLCC: OK
       30.000 <-     +WIND: 6,1
       30.001 <-     NO CARRIER
       30.010 event  call 1 released, remote: The other side ended the call
       32.000 wait
       40.000 modem  AT+CEER: +CEER: Error 252 | OK
       41.000 modem  AT+CLCC: OK
       41.000 user   dial 0101
       41.000 ->     ATD0101;
       41.000 event  call 2 dialing 0101
       41.000 raw    \r\n+WIND: 6,1\r\n\r\nNO CARRIER\r\n
       41.315 event  call 2 released, refused 252: Outgoing calls are barred on this SIM
       41.315 event  failed 2: Outgoing calls are barred on this SIM
       43.000 wait
    "#,
    );
}

#[test]
fn sierra_tells_the_begin_and_the_end() {
    check(
        r#"
        profile Sierra
        modem AT+CPAS: ERROR
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.010 <-     OK
        0.010 event  done 1
        0.100 <-     +WORG: "0100"
        5.000 <-     +WCNT: 10
        5.000 event  call 1 active 0100
       20.000 <-     +WEND: 9
       20.005 event  call 1 released, remote: The other side ended the call
       22.000 wait
    "#,
    );
}

#[test]
fn the_network_s_notes_are_told() {
    // 27.007 §7.17: forwarded, put on hold by the other side, taken back, outgoing calls barred.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.005 <-     +CSSI: 2
        0.005 event  notice: The call is forwarded to another number
        0.010 <-     OK
        0.010 event  done 1
        0.015 event  call 1 active 0100
        5.000 <-     +CSSU: 2
        5.000 event  call 1 active 0100, held by the other side
        5.000 event  notice: The other side put you on hold
        9.000 <-     +CSSU: 3
        9.000 event  call 1 active 0100
        9.000 event  notice: The other side took you back from hold
       12.000 modem  AT+CLCC: OK
       12.000 <-     NO CARRIER
       12.010 event  call 1 released, remote: The other side ended the call
       13.000 wait
       30.000 user   dial 0101
       30.000 ->     ATD0101;
       30.000 event  call 2 dialing 0101
       30.005 <-     +CSSI: 5
       30.100 <-     NO CARRIER
       30.410 event  call 2 released, refused: Outgoing calls are barred
       30.410 event  failed 2: Outgoing calls are barred
       32.000 wait
    "#,
    );
}

#[test]
fn an_error_to_the_dial_command_has_its_own_words() {
    // 27.007 §9.2: 56, 62, 30 and 14, in words and as numbers.
    check(
        r#"
        modem AT+CLCC: OK
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.100 <-     +CME ERROR: fixed dial number only allowed - called number is not a fixed dial number
        0.110 event  call 1 released, refused: The SIM allows calls to its fixed numbers only
        0.110 event  failed 1: The SIM allows calls to its fixed numbers only
        5.000 wait
       20.000 user   dial 0100
       20.000 ->     ATD0100;
       20.000 event  call 2 dialing 0100
       20.100 <-     +CME ERROR: call barred
       20.105 event  call 2 released, refused: Calls are barred
       20.105 event  failed 2: Calls are barred
       25.000 wait
       40.000 user   dial 0100
       40.000 ->     ATD0100;
       40.000 event  call 3 dialing 0100
       40.100 <-     +CME ERROR: 30
       40.105 event  call 3 released, refused: There is no network
       40.105 event  failed 3: There is no network
       45.000 wait
       60.000 user   dial 0100
       60.000 ->     ATD0100;
       60.000 event  call 4 dialing 0100
       60.100 <-     +CME ERROR: 14
       60.105 event  call 4 released, refused: The SIM card is still starting
       60.105 event  failed 4: The SIM card is still starting
       65.000 wait
    "#,
    );
}

#[test]
fn android_s_simulated_modem_lists_what_was_dialed_as_data() {
    // Cuttlefish's modem simulator: mode 1 and no quotes in the list, RING at every change, ATH that
    // ends none but a call that rings and says OK all the same.
    check(
        r#"
        0.000 modem  AT+CLCC: +CLCC: 1,0,2,1,0,5551234,129 | OK
        0.000 modem  AT+CHUP: +CME ERROR: 4
        0.000 user   dial 5551234
        0.000 ->     ATD5551234;
        0.000 event  call 1 dialing 5551234
        0.010 <-     OK
        0.010 event  done 1
        1.000 modem  AT+CLCC: +CLCC: 1,0,0,1,0,5551234,129 | OK
        1.025 event  call 1 active 5551234
        9.000 user   release 1
        9.005 ->     ATH
        9.010 <-     OK
        9.010 event  done 2
       13.025 ->     AT+CHLD=11
       13.030 modem  AT+CLCC: OK
       13.030 <-     OK
       13.040 event  call 1 released, local: You ended the call
       20.000 wait
    "#,
    );
}

#[test]
fn a_caller_whom_the_hold_has_taken_is_not_gone_when_the_next_one_waits() {
    // Cinterion's ^SLCC tells of both before the list is asked for.
    check(
        r#"
        profile Cinterion
        modem AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.000 <-     ^SLCC: 1,0,0,0,0,0,"0100",129
        0.100 <-     ^SLCC:
        1.000 user   dial 0101
        1.000 ->     AT+CHLD=2
        1.000 event  call 2 dialing 0101
        1.100 <-     OK
        1.100 ->     ATD0101;
        1.100 event  call 1 held 0100
        1.100 <-     +CCWA: "0106",129,1
        1.100 event  call 3 waiting 0106
        1.100 <-     ^SLCC: 1,0,1,0,0,0,"0100",129
        1.100 <-     ^SLCC: 2,1,0,0,0,0,"0106",129
        1.100 <-     ^SLCC:
        1.150 <-     +CCWA: "0107",129,1
        1.150 event  call 4 waiting 0107
        1.150 <-     ^SLCC: 1,0,1,0,0,0,"0100",129
        1.150 <-     ^SLCC: 2,1,0,0,0,0,"0106",129
        1.150 <-     ^SLCC: 3,1,5,0,0,0,"0107",129
        1.150 <-     ^SLCC:
        1.200 modem  AT+CLCC: +CLCC: 1,0,1,0,0,"0100",129 | +CLCC: 2,1,0,0,0,"0106",129 | +CLCC: 3,1,5,0,0,"0107",129 | OK
        1.200 <-     +CME ERROR: 3
        1.205 event  call 3 active 0106
        1.210 event  call 2 released, refused: The modem is in a call already and takes no other
        1.210 event  failed 1: The modem is in a call already and takes no other
        3.000 wait
    "#,
    );
}
