//! Stories of what becomes of the modem's own copies, of full memories, and of texts that come
//! directly; see `check.rs` for how to read them.

use super::check::check;
use super::rig::Rig;
use std::time::Duration;

#[test]
fn a_text_of_class_2_stays_in_the_modem_and_is_handed_over_once() {
    check(
        r#"
        class 2
        modem AT+CPMS?: +CPMS: "SM",3,30,"SM",3,30,"SM",3,30 | OK
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 modem  AT+CMGL=4: +CMGL: 3,1,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 {how are you}
       10.000 <-     +CMTI: "SM",3
       50.000 wait
    "#,
    );
}

#[test]
fn a_modem_that_only_says_that_it_deletes_hands_nothing_over_twice() {
    check(
        r#"
        modem AT+CPMS?: +CPMS: "SM",1,30,"SM",1,30,"SM",1,30 | OK
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 modem  AT+CMGL=4: +CMGL: 3,1,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 {how are you}
        0.010 event  removed SM 3
       60.000 wait
    "#,
    );
}

#[test]
fn with_deleting_turned_off_nothing_is_deleted_or_handed_over_twice() {
    check(
        r#"
        keep
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 modem  AT+CMGL=4: +CMGL: 3,1,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 {how are you}
       10.000 link   down
       11.000 link   up
       11.000 event  initialising
       11.105 event  ready
       60.000 wait
    "#,
    );
}

#[test]
fn the_user_is_told_once_that_the_memory_is_nearly_full_and_once_that_it_is() {
    check(
        r#"
        keep
        0.000 modem  AT+CPMS?: +CPMS: "SM",27,30,"SM",27,30,"SM",27,30 | OK
        7.265 event  notice: The modem's memory for texts is nearly full (27 of 30 places)
       50.000 modem  AT+CPMS?: +CPMS: "SM",30,30,"SM",30,30,"SM",30,30 | OK
       52.270 event  notice: The modem's memory for texts is full (30 of 30 places), so new texts wait in the network
      100.000 modem  AT+CPMS?: +CPMS: "SM",2,30,"SM",2,30,"SM",2,30 | OK
      150.000 modem  AT+CPMS?: +CPMS: "SM",27,30,"SM",27,30,"SM",27,30 | OK
      157.265 event  notice: The modem's memory for texts is nearly full (27 of 30 places)
      200.000 wait
    "#,
    );
}

#[test]
fn makers_words_for_a_full_memory_are_understood() {
    for words in ["^SMMEMFULL: \"SM\"", "+QIND: \"smsfull\",\"SM\"", "+CIEV: \"smsfull\",1"] {
        let mut rig = Rig::new().connected();
        rig.line(words);
        rig.line(words);
        rig.run_for(Duration::from_secs(3));
        let told = rig.transcript.iter().filter(|line| line.contains("memory for texts is full"));
        assert_eq!(told.count(), 1, "{words}: {:?}", rig.transcript);
        assert!(rig.written.iter().any(|line| line == "AT+CMGL=4"), "{words}: {:?}", rig.written);
    }
    // The number of the indicator is the modem's own (27.007 §8.9).
    let mut rig = Rig::new();
    rig.answer("AT+CIND=?", "+CIND: (\"battchg\",(0-5)),(\"smsfull\",(0,1)) | OK");
    let mut rig = rig.connected();
    rig.line("+CIEV: 1,5");
    rig.run_for(Duration::from_secs(1));
    rig.line("+CIEV: 2,1");
    let told = rig.transcript.iter().filter(|line| line.contains("memory for texts is full"));
    assert_eq!(told.count(), 1, "{:?}", rig.transcript);
}

#[test]
fn routing_that_the_modem_ended_is_begun_again() {
    check(
        r#"
        modem AT+CSMS?: +CSMS: 1,1,1,1 | OK
        modem AT+CNMA: (by hand)
        modem AT+CNMI=*: (by hand)
        0.000 <-     +CDS: 25
        0.001 <-     {report}
        0.001 event  received directly {report}
        0.001 ->     AT+CNMA
        0.100 <-     +CMS ERROR: 340
        0.100 ->     AT+CNMI=2,1,0,1,0
        0.200 <-     OK
        5.000 wait
    "#,
    );
    // Nobody could store the text, so nothing was acknowledged.
    check(
        r#"
        unstored
        modem AT+CSMS?: +CSMS: 1,1,1,1 | OK
        modem AT+CNMI=*: (by hand)
        0.000 <-     +CDS: 25
        0.001 <-     {report}
        0.001 event  received directly {report}
       12.255 ->     AT+CNMI=2,1,0,1,0
       24.000 <-     OK
       25.000 wait
    "#,
    );
}

#[test]
fn a_pdu_without_the_octets_of_its_centre_gets_none() {
    // {how are you} without its first eight octets, which the modem left out.
    check(
        r#"
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | 040B911346610089F60000208062917314080CC8F71D14969741F977FD07 | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 00040B911346610089F60000208062917314080CC8F71D14969741F977FD07
        0.010 event  removed SM 3
        1.000 wait
    "#,
    );
}

#[test]
fn several_texts_in_a_row_share_one_connection_where_the_modem_can() {
    check(
        r#"
        modem AT+CMMS=1: (by hand)
        0.000 user   first 5/1 11000B91
        0.000 ->     AT+CMMS=1
        0.010 <-     OK
        0.010 ->     AT+CMGS=4
        0.050 prompt
        0.050 ->     0011000B91^Z
        0.050 event  handed over 5/1
        1.000 <-     +CMGS: 1
        1.001 <-     OK
        1.001 event  sent 5/1 reference 1
        1.001 event  done 1
        1.010 user   first 5/2 11000B91
        1.010 ->     AT+CMGS=4
        1.050 prompt
        1.050 ->     0011000B91^Z
        1.050 event  handed over 5/2
        2.000 <-     +CMGS: 2
        2.001 <-     OK
        2.001 event  sent 5/2 reference 2
        2.001 event  done 2
       20.000 user   first 6/1 11000B91
       20.000 ->     AT+CMMS=1
       20.010 <-     ERROR
       20.010 ->     AT+CMGS=4
       20.050 prompt
       20.050 ->     0011000B91^Z
       20.050 event  handed over 6/1
       21.000 <-     +CMGS: 3
       21.001 <-     OK
       21.001 event  sent 6/1 reference 3
       21.001 event  done 3
       40.000 user   first 7/1 11000B91
       40.000 ->     AT+CMGS=4
       40.050 prompt
       40.050 ->     0011000B91^Z
       40.050 event  handed over 7/1
       41.000 <-     +CMGS: 4
       41.001 <-     OK
       41.001 event  sent 7/1 reference 4
       41.001 event  done 4
       42.000 wait
    "#,
    );
}

#[test]
fn a_second_prompt_is_not_taken_for_another_question() {
    check(
        r#"
        0.000 user   text 5/1 11000B91
        0.000 ->     AT+CMGS=4
        3.000 raw    \r\n>
        3.000 ->     0011000B91^Z
        3.000 event  handed over 5/1
        3.010 raw    \r\n>
        4.000 raw    > +CMGS: 7\r\n\r\nOK\r\n
        4.000 event  sent 5/1 reference 7
        4.000 event  done 1
        5.000 wait
    "#,
    );
}

#[test]
fn on_another_sim_card_nothing_is_deleted_that_was_not_read() {
    // The place of the first card's text can't be freed; on the second card another text lies there.
    check(
        r#"
        modem AT+CMGD*: +CMS ERROR: 320
        0.000 modem  AT+CMGR=3: +CMGR: 0,,30 | {how are you} | OK
        0.000 <-     +CMTI: "SM",3
        0.005 event  received SM 3 {how are you}
        1.000 <-     +CPIN: NOT READY
        1.000 modem  AT+CMGR=3: +CMGR: 1,,28 | {hellohello} | OK
        1.000 modem  AT+CMGL=4: +CMGL: 3,1,,28 | {hellohello} | OK
        1.000 modem  AT+CMGD*: OK
        2.000 <-     +CPIN: READY
        2.070 event  removed SM 3
        2.070 event  received SM 3 {hellohello}
        2.085 event  removed SM 3
        2.150 modem  AT+CMGL=4: OK
        9.000 wait
    "#,
    );
}

#[test]
fn reports_are_read_from_a_memory_of_their_own() {
    check(
        r#"
        modem AT+CPMS=?: +CPMS: ("MT","SR"),("MT"),("MT") | OK
        modem AT+CPMS?: +CPMS: "MT",0,30,"MT",0,30,"MT",0,30 | OK
        modem AT+CMGR=1: +CMGR: 0,,25 | {report} | OK
        0.000 <-     +CDSI: "SR",1
        0.010 event  received SR 1 {report}
        0.015 event  removed SR 1
        1.000 wait
    "#,
    );
}

#[test]
fn broadcasts_do_no_harm() {
    check(
        r#"
        0.000 <-     +CBM: 20
        0.001 <-     0010DD001133DAED46ABD56AB5186CD668341A8D
        1.000 <-     +CBMI: "BM",3
        2.000 wait
    "#,
    );
}

/// Another PDU of the same form for each number below 10,000.
fn numbered(number: usize) -> String {
    format!("07911326040000F0040B911346{number:04}89F60000208062917314080CC8F71D14969741F977FD07")
}

#[test]
fn a_modem_that_lists_no_texts_is_asked_less_often_in_time() {
    let mut rig = Rig::new();
    rig.answer("AT+CMGL=4", "+CME ERROR: 4");
    let mut rig = rig.connected();
    let asked = |rig: &Rig| rig.written.iter().filter(|line| *line == "AT+CMGL=4").count();
    // While a SIM is still being read its texts shall not be waited for long.
    rig.run_for(Duration::from_secs(20));
    assert!(asked(&rig) >= 8, "{}", asked(&rig));
    rig.run_for(Duration::from_secs(120));
    let before = asked(&rig);
    rig.run_for(Duration::from_secs(600));
    let later = asked(&rig) - before;
    assert!((10..=80).contains(&later), "{later} times in ten minutes");
    // What comes in then is read as ever.
    rig.answer("AT+CMGL=4", &format!("+CMGL: 1,1,,30 | {} | OK", numbered(1)));
    rig.run_for(Duration::from_secs(60));
    assert_eq!(rig.received(), [format!("SM 1 {}", numbered(1))]);
}

#[test]
fn thousands_of_texts_that_stay_in_the_modem_are_all_read_once() {
    let mut rig = Rig::with_options("", false).connected();
    let rows: Vec<String> =
        (1..=5000).map(|n| format!("+CMGL: {n},1,,30 | {}", numbered(n))).collect();
    rig.answer("AT+CMGL=4", &format!("{} | OK", rows.join(" | ")));
    rig.line("+CMTI: \"SM\",-1");
    rig.run_for(Duration::from_secs(5));
    let expected: Vec<String> = (1..=5000).map(|n| format!("SM {n} {}", numbered(n))).collect();
    assert_eq!(rig.received(), expected);
    rig.line("+CMTI: \"SM\",-1");
    rig.run_for(Duration::from_secs(5));
    assert_eq!(rig.received().len(), 5000);
}

#[test]
fn thousands_of_texts_that_the_modem_refuses_to_delete_are_all_read_once() {
    let mut rig = Rig::new().connected();
    let rows: Vec<String> =
        (1..=3000).map(|n| format!("+CMGL: {n},1,,30 | {}", numbered(n))).collect();
    rig.answer("AT+CMGL=4", &format!("{} | OK", rows.join(" | ")));
    rig.answer("AT+CMGD*", "+CMS ERROR: 320");
    rig.line("+CMTI: \"SM\",-1");
    rig.run_for(Duration::from_secs(120));
    assert_eq!(rig.received().len(), 3000);
    let deletions = rig.written.iter().filter(|line| line.starts_with("AT+CMGD")).count();
    assert!((1..2500).contains(&deletions), "{deletions} deletions were tried");
}

#[test]
fn a_list_may_take_longer_than_any_answer_as_long_as_it_goes_on() {
    let mut rig = Rig::new();
    rig.answer("AT+CMGL=4", "(by hand)");
    let mut rig = rig.connected();
    // The one of the set-up is open, or this one is.
    rig.line("+CMTI: \"SM\",-1");
    rig.run_for(Duration::from_millis(100));
    for n in 1..=40 {
        rig.line(&format!("+CMGL: {n},1,,30\\n{}", numbered(n)));
        rig.run_for(Duration::from_secs(4));
    }
    rig.line("OK");
    rig.run_for(Duration::from_secs(1));
    assert_eq!(rig.received().len(), 40, "{:#?}", rig.transcript);
}

#[test]
fn a_text_that_is_never_as_long_as_the_modem_says_is_taken_and_acknowledged() {
    // The TPDU has 30 octets.
    check(
        r#"
        modem AT+CSMS?: +CSMS: 1,1,1,1 | OK
        0.000 <-     +CMT: ,29
        0.001 <-     {how are you}
       30.000 <-     +CMT: ,29
       30.001 <-     {how are you}
       30.001 event  received directly {how are you}
       31.000 <-     +CMT: ,1
       31.001 <-     {damaged}
       32.000 <-     +CMT: ,30
       32.001 <-     {how are you}
       32.001 event  received directly {how are you}
       40.000 wait
    "#,
    );
}
