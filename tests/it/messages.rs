//! Stories of texts. Each is a transcript; see `check.rs` for how to read it. What stands in braces
//! is a PDU, see `check::PDUS`.

use super::check::check;

#[test]
fn a_text_is_sent_and_its_reference_kept() {
    check(
        r#"
        0.000 user   text 5/1 11000B911326880736F40000A70AE8329BFD4697D9EC37
        0.000 ->     AT+CMGS=23
        0.050 prompt
        0.050 ->     0011000B911326880736F40000A70AE8329BFD4697D9EC37^Z
        0.050 event  handed over 5/1
        2.000 <-     +CMGS: 23
        2.001 <-     OK
        2.001 event  sent 5/1 reference 23
        2.001 event  done 1
        3.000 wait
    "#,
    );
}

#[test]
fn a_prompt_without_its_space_and_a_pdu_echoed_are_understood() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.050 raw    \r\n>
        0.050 ->     0011000B91^Z
        0.050 event  handed over 5/1
        0.060 raw    0011000B91\r\n
        2.000 <-     +CMGS: 23
        2.001 <-     OK
        2.001 event  sent 5/1 reference 23
        2.001 event  done 1
        3.000 wait
    "#,
    );
}

#[test]
fn a_text_refused_before_its_prompt_is_not_sent() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 <-     +CMS ERROR: 330
        0.100 event  not sent 5/1: The number of the text centre is not set
        0.100 event  failed 1: The number of the text centre is not set
        0.500 wait
    "#,
    );
}

#[test]
fn a_text_that_the_network_refuses_is_not_sent() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 prompt
        0.100 ->     0011000B91^Z
        0.100 event  handed over 5/1
        1.000 <-     +CMS ERROR: 38
        1.000 event  not sent 5/1: The network is out of order
        1.000 event  failed 1: The network is out of order
        1.500 wait
    "#,
    );
}

#[test]
fn an_error_after_ctrl_z_is_an_answer_and_the_text_is_not_sent() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 prompt
        0.100 ->     0011000B91^Z
        0.100 event  handed over 5/1
        1.000 <-     +CMS ERROR: 332
        1.000 event  not sent 5/1: The network did not answer in time
        1.000 event  failed 1: The network did not answer in time
        2.000 user   text 5/1 11000B91
        2.000 ->     AT+CMGS=4
        2.100 prompt
        2.100 ->     0011000B91^Z
        2.100 event  handed over 5/1
        3.000 <-     +CMS ERROR: 500
        3.000 event  not sent 5/1: The modem refused the text without a reason
        3.000 event  failed 2: The modem refused the text without a reason
        3.500 wait
    "#,
    );
}

#[test]
fn without_a_prompt_the_text_is_taken_back_with_escape() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
       10.000 ->     ESC
       10.000 event  not sent 5/1: The modem did not answer in time
       10.000 event  failed 1: The modem did not answer in time
       11.000 wait
    "#,
    );
}

#[test]
fn ok_without_a_prompt_sends_nothing() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 <-     OK
        0.100 event  not sent 5/1: The modem did not ask for the text
        0.100 event  failed 1: The modem did not ask for the text
        0.500 wait
    "#,
    );
}

#[test]
fn without_an_answer_after_ctrl_z_the_text_may_have_been_sent() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 prompt
        0.100 ->     0011000B91^Z
        0.100 event  handed over 5/1
       90.100 event  maybe sent 5/1: The text may have been sent: the modem did not confirm it
       90.100 event  failed 1: The text may have been sent: the modem did not confirm it
       95.000 wait
    "#,
    );
}

#[test]
fn the_reference_proves_that_the_text_was_sent_even_if_ok_is_lost() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 prompt
        0.100 ->     0011000B91^Z
        0.100 event  handed over 5/1
        2.000 <-     +CMGS: 9
       90.100 event  sent 5/1 reference 9
       90.100 event  done 1
       95.000 wait
    "#,
    );
}

#[test]
fn a_text_whose_reference_came_before_the_link_was_lost_is_sent() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.100 prompt
        0.100 ->     0011000B91^Z
        0.100 event  handed over 5/1
        0.200 raw    \r\n+CMGS: 41\r\n
        0.210 link   down
        0.210 event  sent 5/1 reference 41
        0.210 event  done 1
    "#,
    );
}

#[test]
fn losing_the_link_before_ctrl_z_and_after_it_are_two_things() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.000 user   text 6/1 11000B91
        0.100 prompt
        0.100 ->     0011000B91^Z
        0.100 event  handed over 5/1
        0.200 link   down
        0.200 event  maybe sent 5/1: The text may have been sent: the modem did not confirm it
        0.200 event  failed 1: The text may have been sent: the modem did not confirm it
        0.200 event  not sent 6/1: The connection to the modem was lost
        0.200 event  failed 2: The connection to the modem was lost
        0.300 user   text 7/1 11000B91
        0.300 event  not sent 7/1: No modem is connected
        0.300 event  failed 3: No modem is connected
        0.400 wait
    "#,
    );
}

#[test]
fn an_announced_text_is_read_stored_and_deleted() {
    check(
        r#"
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 {how are you}
        0.010 event  removed SM 3
        1.000 wait
    "#,
    );
}

#[test]
fn a_text_announced_between_a_command_and_its_answer_is_read_too() {
    check(
        r#"
        modem AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        0.010 <-     +CMTI: "SM",3
        0.050 prompt
        0.050 ->     0011000B91^Z
        0.050 event  handed over 5/1
        0.100 <-     RING
        0.100 event  call 1 incoming unknown
        2.000 <-     +CMGS: 23
        2.001 <-     OK
        2.001 event  sent 5/1 reference 23
        2.001 event  done 1
        2.011 event  received SM 3 {how are you}
        2.016 event  removed SM 3
        3.000 wait
    "#,
    );
}

#[test]
fn an_index_that_holds_nothing_makes_the_driver_list() {
    check(
        r#"
        modem AT+CMGR=0: +CMS ERROR: 321
        0.000 modem  AT+CMGL=4: +CMGL: 7,0,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",0
        2.010 event  received SM 7 {how are you}
        2.025 event  removed SM 7
        3.000 wait
    "#,
    );
}

#[test]
fn a_negative_index_makes_the_driver_list() {
    check(
        r#"
        0.000 modem  AT+CMGL=4: +CMGL: 7,0,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",-1
        0.005 event  received SM 7 {how are you}
        0.020 event  removed SM 7
        1.000 wait
    "#,
    );
}

#[test]
fn a_line_damaged_on_its_way_is_read_again() {
    check(
        r#"
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | {damaged} | OK
        0.000 <-     +CMTI: "SM",3
        0.006 modem  AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.015 event  received SM 3 {how are you}
        0.020 event  removed SM 3
        1.000 wait
    "#,
    );
}

#[test]
fn drafts_and_sent_texts_are_left_alone() {
    let mut rig = super::rig::Rig::new();
    let drafts = "+CMGL: 1,2,,5 | 0001000B91 | +CMGL: 2,3,,5 | 0001000B91 | OK";
    rig.answer("AT+CMGL=4", drafts);
    rig.link_up();
    rig.run_for(std::time::Duration::from_secs(60));
    assert!(rig.written.iter().any(|line| line == "AT+CMGL=4"));
    assert!(!rig.written.iter().any(|line| line.starts_with("AT+CMGD")), "{:?}", rig.written);
    assert_eq!(rig.received(), Vec::<String>::new());
}

#[test]
fn a_text_is_handed_over_once_however_often_it_is_announced() {
    check(
        r#"
        modem AT+CMGD*: +CMS ERROR: 320
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 modem  AT+CMGL=4: +CMGL: 3,1,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 {how are you}
        1.000 <-     +CMTI: "SM",3
        1.500 modem  AT+CMGD*: OK
        2.000 <-     +CMTI: "SM",3
        2.010 event  removed SM 3
       40.000 wait
    "#,
    );
}

#[test]
fn after_a_doubtful_deletion_the_place_is_read_before_it_is_deleted_again() {
    // The first AT+CMGD=3 was obeyed and its answer lost; another text has taken the place.
    check(
        r#"
        modem AT+CMGD*: (silence)
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 {how are you}
       10.000 modem  AT+CMGR=3: +CMGR: 0,,28 | {hellohello} | OK
       10.000 modem  AT+CMGD*: OK
       15.025 event  removed SM 3
       15.025 event  received SM 3 {hellohello}
       15.040 event  removed SM 3
       20.000 wait
    "#,
    );
}

#[test]
fn a_text_that_comes_directly_is_acknowledged_only_where_that_is_due() {
    check(
        r#"
        modem AT+CSMS?: +CSMS: 1,1,1,1 | OK
        modem AT+CNMA: (by hand)
        0.000 <-     +CMT: ,30
        0.001 <-     {how are you}
        0.001 event  received directly {how are you}
        0.001 ->     AT+CNMA
        0.010 <-     OK
        0.100 wait
    "#,
    );
    check(
        r#"
        modem AT+CNMA: (by hand)
        0.000 <-     +CMT: ,30
        0.001 <-     RING
        0.001 event  call 1 incoming unknown
        0.002 <-     {how are you}
        0.002 event  received directly {how are you}
        0.100 wait
    "#,
    );
}

#[test]
fn a_status_report_comes_directly_or_from_its_memory() {
    check(
        r#"
        modem AT+CPMS=?: +CPMS: ("SM","SR"),("SM"),("SM") | OK
        modem AT+CMGR=1: +CMGR: 0,,25 | {report} | OK
        0.000 <-     +CDS: 25
        0.001 <-     {report}
        0.001 event  received directly {report}
        1.000 <-     +CDSI: "SR",1
        1.010 event  received SR 1 {report}
        1.015 event  removed SR 1
        2.000 wait
    "#,
    );
}

#[test]
fn announcements_inside_a_list_are_told_apart_from_it() {
    check(
        r#"
        0.000 modem  AT+CMGL=4: +CMGL: 1,1,,30 | RING | {how are you} | +CMGL: 2,1,,28 | {hellohello} | OK
        0.000 <-     +CMTI: "SM",-1
        0.005 event  call 1 incoming unknown
        0.005 event  received SM 1 {how are you}
        0.005 event  received SM 2 {hellohello}
        0.015 event  removed SM 1
        0.030 event  removed SM 2
        1.000 wait
    "#,
    );
}

#[test]
fn a_service_code_is_answered_replied_to_and_ended() {
    check(
        r#"
        0.000 user   ussd *100#
        0.000 ->     AT+CUSD=1,"*100#",15
        0.000 event  ussd waiting
        0.010 <-     OK
        0.010 event  done 1
        3.000 <-     +CUSD: 1,"1 Balance 2 Top up",15
        3.000 event  ussd "1 Balance 2 Top up", asks
        4.000 user   ussd 1
        4.000 ->     AT+CUSD=1,"1",15
        4.000 event  ussd waiting
        4.010 <-     OK
        4.010 event  done 2
        6.000 <-     +CUSD: 0,"00420061006C0061006E00630065003A00200035",72
        6.000 event  ussd "Balance: 5"
        7.000 user   ussd *101#
        7.005 ->     AT+CUSD=1,"*101#",15
        7.005 event  ussd waiting
        7.010 <-     OK
        7.010 event  done 3
       67.005 ->     AT+CUSD=2
       67.005 event  ussd ended: The network did not answer
       67.010 <-     OK
       68.000 user   ussd *102#
       68.000 ->     AT+CUSD=1,"*102#",15
       68.000 event  ussd waiting
       68.010 <-     +CME ERROR: 100
       68.010 ->     AT+CUSD=1,"*102#"
       68.015 <-     +CME ERROR: 100
       68.015 ->     AT+CUSD=1,"AA184C3602",15
       68.020 <-     +CME ERROR: 100
       68.020 event  ussd ended: The modem refused without a reason
       68.020 event  failed 4: The modem refused without a reason
       69.000 wait
    "#,
    );
}

#[test]
fn a_console_line_is_sent_as_typed_and_all_its_lines_are_shown() {
    check(
        r#"
        modem AT+CSCS=?: +CSCS: ("GSM","IRA","UCS2") | OK
        0.000 user   console AT+CSCS=?
        0.005 event  answer ok +CSCS: ("GSM","IRA","UCS2") | OK
        0.005 event  done 1
        0.100 user   console +CREG?
        0.105 event  answer ok +CREG: 2,1 | OK
        0.105 event  done 2
        0.200 user   console AT+NOSUCH
        0.205 event  answer ok OK
        0.205 event  done 3
        1.000 user   console ATE1
        1.005 event  answer ok OK
        1.005 event  done 4
        2.000 user   console ATD0100
        2.000 ->     ATD0100
        2.000 event  notice: This places a data call
        3.000 <-     NO CARRIER
        3.000 event  answer not ok NO CARRIER
        3.000 event  done 5
        4.000 user   console AT+CMGS=5
        4.000 ->     AT+CMGS=5
        4.100 prompt
        4.100 ->     ESC
        4.200 <-     OK
        4.200 event  notice: The modem asked for a text, which the console can't give
        4.200 event  answer ok OK
        4.200 event  done 6
        5.000 wait
    "#,
    );
}

#[test]
fn a_console_line_with_a_line_break_is_refused() {
    let mut rig = super::rig::Rig::new().connected();
    rig.user("console AT\rATD0100;");
    rig.user("console AT+CSQ\u{1A}");
    assert_eq!(rig.written, Vec::<String>::new());
    assert_eq!(rig.transcript.iter().filter(|line| line.contains("failed")).count(), 2);
}

#[test]
fn a_pin_is_given_once_and_shown_nowhere() {
    check(
        r#"
        modem AT+CPIN?: +CPIN: SIM PIN | OK
        modem AT+CPIN=*: (silence)
        0.000 user   dial 0100
        0.000 event  failed 1: The SIM card asks for its PIN
        1.000 user   pin 4711
        1.100 <-     +CME ERROR: 16
        1.100 event  failed 2: The PIN was wrong
        2.000 modem  AT+CPIN?: +CPIN: READY | OK
        2.000 user   pin 4712
        2.100 <-     OK
        2.100 event  done 3
        3.000 user   dial 0100
        3.000 ->     ATD0100;
        3.000 event  call 1 dialing 0100
        3.100 <-     BUSY
        3.105 event  call 1 released, busy: The number is busy
        3.105 event  failed 4: The number is busy
        4.000 wait
    "#,
    );
}

#[test]
fn no_secret_is_in_what_the_driver_prints_of_itself() {
    let mut rig = super::rig::Rig::new().connected();
    rig.answer("AT+CPIN=*", "(silence)");
    rig.answer("AT+CLCK*", "(silence)");
    rig.user("console AT+CLCK=\"SC\",1,\"4711\"");
    rig.user("pin 4711");
    assert!(rig.written.iter().any(|line| line.contains("4711")), "it was sent");
    assert!(!format!("{:?}", rig.modem).contains("4711"));
    rig.run_for(std::time::Duration::from_secs(90));
    assert!(!format!("{:?} {:?}", rig.modem, rig.events).contains("4711"));
    assert!(rig.written.iter().any(|line| line.starts_with("AT+CPIN=")));
}
