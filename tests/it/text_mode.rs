//! Stories of a modem without PDU mode. Headers are those of 3GPP TS 27.005 §3.4; see `check.rs` for
//! how to read a story.

use super::check::check;
use super::rig::Rig;
use std::time::Duration;

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
        0.310 event  received SM 3 from +4917: "Hi there\nand more"
        0.625 event  removed SM 3
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
        0.030 event  removed SM 3
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

/// A modem that tells neither the length of a text nor knows an alphabet of hex.
fn plain(by_hand: &str) -> Rig {
    let mut rig = Rig::new();
    rig.answer("AT+CMGF=0", "+CMS ERROR: 303");
    rig.answer("AT+CMGF?", "+CMGF: 1 | OK");
    rig.answer("AT+CSCS?", "+CSCS: \"IRA\" | OK");
    let mut rig = rig.connected();
    rig.answer(by_hand, "(by hand)");
    rig
}

const HEADER: &str = "+CMGR: \"REC UNREAD\",\"+4917\",,\"26/11/22,18:04:05+04\"";

/// What was handed over and what was removed.
fn told(rig: &Rig) -> Vec<&str> {
    let events = rig.transcript.iter().filter_map(|line| line.split_once("event  "));
    let told = events.map(|(_, event)| event);
    told.filter(|event| event.starts_with("received") || event.starts_with("removed")).collect()
}

/// It plays what proves the end of a text.
const IMPOSTOR: &str = "Yes\n+CMGF: 1\nOK\nAT+CMGF?\n+CMGF: 1\nOK\nlast";

/// Lines that a person may write and a modem may say.
const ODD: [&str; 9] = [
    "Yes\nOK\nRING\nlast",
    "OK",
    "Yes\nERROR",
    "Yes\nERROR: the door is open",
    "Yes\n+CMS ERROR: 321\nmore",
    "NO CARRIER\nBUSY\nOK\nRDY\nlast",
    IMPOSTOR,
    "Yes\nOK\n\n\n+CREG: 1",
    "+CMT: \"+1\",,\"26/11/22,18:04:05+04\"\nto another\nOK\nlast",
];

#[test]
fn a_line_like_a_result_does_not_cut_a_text_however_slowly_it_comes() {
    for text in ODD {
        for piece in [1, 3, 7, 40, 100_000] {
            // From a blink to seconds.
            for pause in [0, 20, 290, 310, 900, 4000] {
                slowly(text, piece, Duration::from_millis(pause));
            }
        }
    }
}

/// The modem reads the text out in pieces with pauses between them, and obeys what it is told
/// meanwhile only behind that.
fn slowly(text: &str, piece: usize, pause: Duration) {
    let mut rig = plain("AT+CMGR=3");
    rig.answer("AT+CMGF?", "(by hand)");
    rig.line("+CMTI: \"SM\",3");
    let answer = format!("\r\n{HEADER}\r\n{}\r\n\r\nOK\r\n", text.replace('\n', "\r\n"));
    let mut done = 0;
    while done < rig.written.len() {
        let line = rig.written[done].clone();
        done += 1;
        let bytes = match line.as_str() {
            "AT+CMGR=3" => answer.as_bytes(),
            "AT+CMGF?" => b"\r\n+CMGF: 1\r\n\r\nOK\r\n",
            _ => continue,
        };
        // A header that takes ten seconds is given up, and asked for again.
        let longest = [20, 900, 4000][usize::from(piece >= 7) + usize::from(piece >= 40)];
        let pause = pause.min(Duration::from_millis(longest));
        for chunk in bytes.chunks(piece) {
            rig.raw(chunk);
            rig.run_for(pause);
        }
        let late = rig.now + Duration::from_secs(9);
        while done == rig.written.len() && rig.now < late {
            rig.run_for(Duration::from_millis(100));
        }
    }
    rig.run_for(Duration::from_secs(1));
    let whole = format!("received SM 3 from +4917: {text:?}");
    let expected = [whole.as_str(), "removed SM 3"];
    if told(&rig).is_empty() && text == IMPOSTOR {
        // Cut exactly where it plays the answer to the next question, it waits for another time.
        assert!(!rig.written.iter().any(|line| line.starts_with("AT+CMGD")), "{:?}", rig.written);
        return;
    }
    assert_eq!(told(&rig), expected, "{piece} octets, {pause:?}: {:#?}", rig.transcript);
}

#[test]
fn what_the_modem_says_into_a_text_is_told_apart_and_heard() {
    let mut rig = plain("(none)");
    let answer = |said: &str| format!("{HEADER}\\nYes\\n{said}No | OK");
    rig.answer("AT+CMGR=3", &answer("RING\\n+CLIP: \"+4930\",145\\n"));
    rig.line("+CMTI: \"SM\",3");
    rig.run_for(Duration::from_millis(100));
    rig.answer("AT+CMGR=3", &answer(""));
    rig.run_for(Duration::from_secs(2));
    assert_eq!(told(&rig), ["received SM 3 from +4917: \"Yes\\nNo\"", "removed SM 3"]);
    assert!(
        rig.transcript.iter().any(|line| line.contains("call 1 incoming")),
        "{rig:?}",
        rig = rig.transcript
    );
}

#[test]
fn a_text_that_reads_differently_each_time_stays_in_the_modem() {
    let mut rig = plain("AT+CMGR=3");
    rig.line("+CMTI: \"SM\",3");
    let mut done = 0;
    while done < rig.written.len() {
        if rig.written[done] == "AT+CMGR=3" {
            rig.raw(format!("\r\n{HEADER}\r\nYes\r\n^NEWS: {done}\r\nNo\r\n\r\nOK\r\n").as_bytes());
        }
        done += 1;
        rig.run_for(Duration::from_millis(500));
    }
    let told = told(&rig);
    assert!(told.iter().all(|event| !event.starts_with("removed")), "{told:#?}");
    assert!(told[0].contains("Yes") && told[0].contains("No"), "{told:#?}");
    assert!(!rig.written.iter().any(|line| line.starts_with("AT+CMGD")), "{:#?}", rig.written);
    let notices = rig.transcript.iter().filter(|line| line.contains("notice: A text stays"));
    assert_eq!(notices.count(), 1, "{:#?}", rig.transcript);
}

#[test]
fn texts_listed_behind_one_that_looks_like_the_end_are_read() {
    let mut rig = plain("(none)");
    let header = |index: u8| HEADER.replace("+CMGR: ", &format!("+CMGL: {index},"));
    let texts = ["Yes\\nOK\\nNo", "first\\n+CMGL: 9,\"REC READ\",\"+1\"\\nlast", "end"];
    let rows: Vec<String> =
        (1..).zip(texts).map(|(index, text)| format!("{} | {text}", header(index))).collect();
    rig.answer("AT+CMGL=\"ALL\"", &format!("{} | OK", rows.join(" | ")));
    for (index, text) in (1..).zip(texts) {
        rig.answer(&format!("AT+CMGR={index}"), &format!("{HEADER} | {text} | OK"));
    }
    rig.answer("AT+CMGR=9", "+CMS ERROR: 321");
    rig.line("+CMTI: \"SM\",-1");
    rig.run_for(Duration::from_secs(10));
    for (index, text) in (1..).zip(texts) {
        let whole = format!("received SM {index} from +4917: {:?}", text.replace("\\n", "\n"));
        assert_eq!(told(&rig).iter().filter(|event| **event == whole).count(), 1, "{whole}");
        assert!(told(&rig).contains(&format!("removed SM {index}").as_str()));
    }
    assert!(!rig.written.contains(&"AT+CMGD=9".to_owned()));
}

#[test]
fn a_flash_text_with_a_line_like_a_result_is_whole_while_nothing_is_asked() {
    let mut rig = plain("(none)");
    let header = "+CMT: \"+4917\",,\"26/11/22,18:04:05+04\"";
    rig.line(&format!("{header}\\nYes\\nOK\\nRING\\nNo\\nERROR"));
    rig.run_for(Duration::from_secs(1));
    assert_eq!(told(&rig), ["received directly from +4917: \"Yes\\nOK\\nRING\\nNo\\nERROR\""]);
}
