//! Stories of a modem without PDU mode. Headers are those of 3GPP TS 27.005 §3.4; see `check.rs` for
//! how to read a story.

use super::check::check;

#[test]
fn a_text_with_all_its_details_is_handed_over_as_the_pdu_it_was() {
    // "Hi" from +4917, 22 November 2026 18:04:05 one hour east of UTC, through +4916.
    check(
        r#"
        modem AT+CMGF=0: +CMS ERROR: 303
        modem AT+CMGF?: +CMGF: 1 | OK
        modem AT+CSCS?: +CSCS: "UCS2" | OK
        0.000 modem  AT+CMGR=3: +CMGR: "REC UNREAD",{from 4917 in ucs2},{through 4916},2\n00480069 | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 03919461040491947100006211228140504002C834
        0.010 event  removed SM 3
        1.000 wait
    "#,
    );
}

#[test]
fn without_details_the_words_are_handed_over() {
    check(
        r#"
        modem AT+CMGF=0: +CMS ERROR: 303
        modem AT+CMGF?: +CMGF: 1 | OK
        modem AT+CSCS?: +CSCS: "IRA" | OK
        0.000 modem  AT+CMGR=3: +CMGR: "REC UNREAD",{from 4917}\nHi there\nand more | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 from +4917: "Hi there\nand more"
        0.015 event  removed SM 3
        1.000 wait
    "#,
    );
}

#[test]
fn a_text_may_look_like_the_modems_own_words() {
    // 11 characters: "Yes", "OK" and "RING" with their line breaks.
    check(
        r#"
        modem AT+CMGF=0: +CMS ERROR: 303
        modem AT+CMGF?: +CMGF: 1 | OK
        modem AT+CSCS?: +CSCS: "IRA" | OK
        0.000 modem  AT+CMGR=3: +CMGR: "REC UNREAD",{from 4917},{through 4916},11\nYes\nOK\nRING | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 0391946104049194710000621122814050400BD9F25CF15C2AA449E711
        0.015 event  removed SM 3
        1.000 wait
    "#,
    );
}

#[test]
fn the_list_is_read_text_by_text() {
    check(
        r#"
        modem AT+CMGF=0: +CMS ERROR: 303
        modem AT+CMGF?: +CMGF: 1 | OK
        modem AT+CSCS?: +CSCS: "UCS2" | OK
        0.000 modem  AT+CMGR=3: +CMGR: "REC READ",{from 4917 in ucs2},145,4,0,16,"",129,2 | 00480069 | OK
        0.000 modem  AT+CMGL="ALL": +CMGL: 2,"STO SENT","0031",,,129,2 | 00480069 | +CMGL: 3,"REC READ",{from 4917 in ucs2},145,2 | 00480069 | +CMGL: 4,"REC READ",{of 23},0 | OK
        0.000 <-     +CMTI: "SM",-1
        0.005 event  received SM 4 report of 23 0x00
        0.010 event  received SM 3 00040491947100106211228140504002C834
        0.015 event  removed SM 4
        0.020 event  removed SM 3
        1.000 wait
    "#,
    );
}

#[test]
fn texts_and_reports_come_directly_too() {
    check(
        r#"
        modem AT+CMGF=0: +CMS ERROR: 303
        modem AT+CMGF?: +CMGF: 1 | OK
        modem AT+CSCS?: +CSCS: "IRA" | OK
        0.000 <-     +CMT: {from 4917}\nfirst line
        0.010 raw    second line\r\n
        0.510 event  received directly from +4917: "first line\nsecond line"
        2.000 <-     +CMT: {from 4917},{through 4916},2
        2.010 <-     OK
        2.010 event  received directly 03919461040491947100006211228140504002CF25
        3.000 <-     +CDS: {of 23},48
        3.000 event  received directly report of 23 0x30
        4.000 wait
    "#,
    );
}

#[test]
fn a_text_is_typed_in_hex_and_its_parameters_are_set_once() {
    // SMS-SUBMIT to +628311908837... of a tutorial: "hellohello" with a relative validity period.
    check(
        r#"
        modem AT+CMGF=0: +CMS ERROR: 303
        modem AT+CMGF?: +CMGF: 1 | OK
        modem AT+CSCS?: +CSCS: "UCS2" | OK
        modem AT+CSMP*: (by hand)
        0.000 user   text 5/1 11000B911326880736F40000A70AE8329BFD4697D9EC37
        0.000 ->     AT+CSMP=17,167,0,0
        0.010 <-     OK
        0.010 ->     AT+CMGS="002B00330031003600320038003800370030003600330034",145
        0.050 prompt
        0.050 ->     00680065006C006C006F00680065006C006C006F^Z
        0.050 event  handed over 5/1
        2.000 <-     +CMGS: 23
        2.001 <-     OK
        2.001 event  sent 5/1 reference 23
        2.001 event  done 1
        3.000 user   text 6/1 11000B911326880736F40000A70AE8329BFD4697D9EC37
        3.000 ->     AT+CMGS="002B00330031003600320038003800370030003600330034",145
        3.050 prompt
        3.050 ->     00680065006C006C006F00680065006C006C006F^Z
        3.050 event  handed over 6/1
        4.000 <-     +CMS ERROR: 38
        4.000 event  not sent 6/1: The network is out of order
        4.000 event  failed 2: The network is out of order
        5.000 wait
    "#,
    );
}

#[test]
fn what_text_mode_cant_say_is_refused_in_words() {
    // A validity period of seven octets.
    check(
        r#"
        modem AT+CMGF=0: +CMS ERROR: 303
        modem AT+CMGF?: +CMGF: 1 | OK
        0.000 user   text 5/1 19000B911326880736F40000621122814050400AE8329BFD4697D9EC37
        0.000 event  not sent 5/1: This modem can't send a text with this validity period
        0.000 event  failed 1: This modem can't send a text with this validity period
        1.000 wait
    "#,
    );
}
