//! Texts: PDU mode, text mode, storage, reports, service codes.

use super::desk::{Desk, check};
use deskphone::simulator::{NetworkAction, SimulatedModem};
use std::time::Duration;

/// An SMS-SUBMIT of “hellohello”: the fields of 23.040 §9.2.2.2 by hand. The packed text is the
/// well-known example of GSM 7-bit packing, `E8329BFD4697D9EC37`.
fn pdu(to: &str, report: bool) -> String {
    let first = if report { "21" } else { "01" };
    format!("00{first}000891{to}00000AE8329BFD4697D9EC37")
}

fn texts_of(modem: &SimulatedModem) -> Vec<(String, String)> {
    let accepted = modem.network().texts_accepted().iter();
    accepted.map(|t| (t.destination.clone(), t.text.clone().unwrap_or_default())).collect()
}

/// Sends one text in PDU mode; the answer after the prompt.
fn send(desk: &mut Desk, to_swapped: &str, report: bool) -> Vec<String> {
    let pdu = pdu(to_swapped, report);
    assert_eq!(desk.ask(&format!("AT+CMGS={}", pdu.len() / 2 - 1)), [">"]);
    desk.type_bytes(format!("{pdu}\x1a").as_bytes());
    let mut answer = vec![desk.next_line().unwrap()];
    if answer[0].starts_with("+CMGS") {
        answer.extend(desk.next_line());
    }
    answer
}

#[test]
fn a_text_is_taken_and_echo_sends_it_back() {
    let mut desk = Desk::new("generic");
    desk.run("> AT+CMGF=0;+CNMI=2,1\n< OK");
    assert_eq!(send(&mut desk, "51551000", false), ["+CMGS: 1", "OK"]);
    assert_eq!(texts_of(&desk.modem), [("+15550100".to_owned(), "hellohello".to_owned())]);
    assert_eq!(send(&mut desk, "51551070", false), ["+CMGS: 2", "OK"]);
    // SMSC +15550190, SMS-DELIVER from +15550107 at 18:00:0x on 2026-11-22, zone +4 quarters.
    assert_eq!(desk.next_line().as_deref(), Some("+CMTI: \"SM\",1"));
    let read = desk.ask("AT+CMGR=1");
    assert_eq!(read[0], "+CMGR: 0,,26");
    assert!(read[1].starts_with("0591515510090408915155107000006211229100"), "{}", read[1]);
    assert!(read[1].ends_with("400AE8329BFD4697D9EC37"), "{}", read[1]);
    assert_eq!(desk.ask("AT+CMGR=1")[0], "+CMGR: 1,,26", "it has been read");
    desk.run("> AT+CMGL=0\n< OK");
    assert_eq!(desk.ask("AT+CMGL=4")[0], "+CMGL: 1,1,,26");
    desk.run("> AT+CMGD=1\n< OK\n> AT+CMGR=1\n< +CMS ERROR: 321\n> AT+CMGL=4\n< OK");
    let delivered = desk.modem.network().texts_delivered_to_modem();
    assert_eq!(delivered.len(), 1);
    assert_eq!(
        (delivered[0].from.as_str(), delivered[0].text.as_str()),
        ("+15550107", "hellohello")
    );
}

#[test]
fn the_report_tells_what_became_of_a_text() {
    let mut desk = Desk::new("generic");
    desk.run("> AT+CNMI=2,1,0,1\n< OK");
    assert_eq!(send(&mut desk, "51551080", true), ["+CMGS: 1", "OK"]);
    // 0x22: no response, still trying; then 0x00: received.
    let mut statuses = Vec::new();
    for _ in 0..2 {
        assert_eq!(desk.next_line().as_deref(), Some("+CDS: 23"));
        let report = desk.next_line().unwrap();
        assert!(report.starts_with("059151551009060108915155108062112291"), "{report}");
        statuses.push(report[report.len() - 2..].to_owned());
    }
    assert_eq!(statuses, ["22", "00"]);
    assert!(desk.now.elapsed() > Duration::from_secs(10));
    assert_eq!(send(&mut desk, "51551090", true), ["+CMS ERROR: 21"]);
    assert_eq!(send(&mut desk, "51551040", true), ["+CMGS: 2", "OK"]);
    desk.next_line();
    assert!(desk.next_line().unwrap().ends_with("43"), "not obtainable");
    // Stored reports instead.
    desk.run("> AT+CNMI=2,1,0,2\n< OK");
    assert_eq!(send(&mut desk, "51551000", true), ["+CMGS: 3", "OK"]);
    assert_eq!(desk.next_line().as_deref(), Some("+CDSI: \"SR\",1"));
    desk.run("> AT+CPMS=\"SR\"\n< +CPMS: 1,10,0,20,0,20\n< OK");
    assert_eq!(desk.ask("AT+CMGR=1")[0], "+CMGR: 0,,23");
}

#[test]
fn a_bad_pdu_is_refused_and_escape_leaves_the_prompt() {
    check(
        "generic",
        "> AT+CMGS=20
         < >
         >> 000100089151551070000009E8329BFD4697D9EC37^Z
         < +CMS ERROR: 304
         > AT+CMGS=19
         < >
         >> 00010008915155107000000AE8329BFD4697D9EC37^Z
         < +CMS ERROR: 304
         > AT+CMGS=20
         < >
         >> 0001zz^Z
         < +CMS ERROR: 304
         > AT+CMGS=20
         < >
         >> 0001^[
         < OK
         > AT+CMGS=5
         < +CMS ERROR: 304
         > AT+CMGS=20
         < >
         net call from +15550106
         wait 10
         >> ^[
         < OK
         < RING
         < RING
         < RING
         net hang up
         < NO CARRIER",
    );
}

#[test]
fn a_full_storage_makes_texts_wait_in_the_network() {
    let mut desk = Desk::new("generic");
    desk.run("> AT+CNMI=2,1\n< OK");
    for number in 0..22 {
        let text = format!("Text {number}");
        desk.act(NetworkAction::IncomingText { from: "+15550100".into(), text });
    }
    desk.wait(Duration::from_secs(60));
    assert_eq!(desk.lines.len(), 20);
    assert_eq!(desk.lines.back().unwrap(), "+CMTI: \"SM\",20");
    assert_eq!(desk.modem.network().texts_waiting().len(), 2);
    desk.lines.clear();
    desk.run("> AT+CPMS?\n< +CPMS: \"SM\",20,20,\"SM\",20,20,\"SM\",20,20\n< OK");
    desk.run("> AT+CMGD=7\n< OK\n< +CMTI: \"SM\",7");
    desk.wait(Duration::from_secs(60));
    assert_eq!(desk.modem.network().texts_waiting().len(), 1);
    desk.run("> AT+CMGD=1,4\n< OK\n< +CMTI: \"SM\",1");
    let delivered = desk.modem.network().texts_delivered_to_modem();
    let mut serials: Vec<u64> = delivered.iter().map(|text| text.serial).collect();
    serials.dedup();
    assert_eq!(serials.len(), 22, "each exactly once");
}

#[test]
fn routed_texts_want_their_acknowledgement() {
    let mut desk = Desk::new("generic");
    desk.run(
        "> AT+CSMS=1\n< +CSMS: 1,1,1\n< OK\n> AT+CNMI=2,2\n< OK\n> AT+CNMA\n< +CMS ERROR: 340",
    );
    // “Tea” packed by hand: 54 | 65 << 7 | 61 << 14 = 1872D4.
    desk.run("net text from +15550100 Tea\n< +CMT: ,20\n<~ 03D47218");
    desk.run("net text from +15550100 Too\nwait 5\n> AT+CNMA\n< OK\n< +CMT: ,20\n<~ 059151551009");
    // Nobody acknowledges the second: the modem stops routing, stores it when it comes again.
    desk.wait(Duration::from_secs(40));
    assert_eq!(desk.ask("AT+CNMI?")[0], "+CNMI: 2,0,0,0,0");
    assert_eq!(desk.ask("AT+CMGL=4")[0], "+CMGL: 1,0,,20");
    let delivered = desk.modem.network().texts_delivered_to_modem();
    let serials: Vec<u64> = delivered.iter().map(|text| text.serial).collect();
    assert_eq!(serials, [1, 2, 2]);
    assert!(desk.modem.network().texts_waiting().is_empty());
}

#[test]
fn a_flash_text_is_shown_and_not_stored() {
    let mut desk = Desk::new("generic");
    desk.run(
        "> AT+CNMI=2,1\n< OK\nnet flash from TestNet Hello\n< +CMT: ,25\n<~ 059151551009040DD0",
    );
    // Alphanumeric sender “TestNet” (23.040 §9.1.2.5); TP-DCS 0x10 is class 0.
    let flash = &desk.modem.network().texts_delivered_to_modem()[0];
    assert_eq!((flash.from.as_str(), flash.class, flash.tpdu[11]), ("TestNet", Some(0), 0x10));
    assert!(desk.modem.stored_messages("SM").is_empty());
}

#[test]
fn long_and_foreign_texts_come_in_segments() {
    let mut desk = Desk::new("generic");
    let long = "Ein Text mit € und ß. ".repeat(10);
    let emoji = "Grüße 😀".repeat(20);
    for text in [&long, &emoji] {
        let (from, text) = ("+15550100".to_owned(), text.clone());
        desk.act(NetworkAction::IncomingText { from, text });
    }
    desk.wait(Duration::from_secs(10));
    let delivered = desk.modem.network().texts_delivered_to_modem();
    let all: Vec<&str> = delivered.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(all.len(), 5);
    assert_eq!(all[..2].concat(), long);
    assert_eq!(all[2..].concat(), emoji);
    assert!(delivered.iter().all(|text| text.tpdu.len() <= 140 + 20));
    // Two texts, each with one reference and its parts numbered (UDH 05 00 03).
    assert_eq!(desk.modem.stored_messages("SM").len(), 5);
}

#[test]
fn text_mode_sends_lists_and_reads() {
    let mut desk = check(
        "generic",
        "> AT+CMGF=1;+CNMI=2,1,0,1;+CSMP=49,167,0,0
         < OK
         > AT+CMGS=\"+15550107\"
         < >
         >> Hello there^Z
         < +CMGS: 1
         < OK",
    );
    assert_eq!(texts_of(&desk.modem), [("+15550107".to_owned(), "Hello there".to_owned())]);
    let report = desk.next_line().unwrap();
    assert!(report.starts_with("+CDS: 6,1,\"+15550107\",145,\"26/11/22,"), "{report}");
    assert!(report.ends_with("+04\",0"), "{report}");
    assert_eq!(desk.next_line().as_deref(), Some("+CMTI: \"SM\",1"));
    let read = desk.ask("AT+CMGL=\"REC UNREAD\"");
    assert!(read[0].starts_with("+CMGL: 1,\"REC UNREAD\",\"+15550107\",,\"26/11/22,"), "{read:?}");
    assert_eq!(read[1..], ["Hello there", "OK"]);
    desk.run("> AT+CSDH=1;+CSCS=\"UCS2\"\n< OK");
    let read = desk.ask("AT+CMGR=1");
    assert!(
        read[0].contains("\"REC READ\",\"002B00310035003500350030003100300037\",,"),
        "{read:?}"
    );
    assert!(read[0].ends_with(",145,11"), "{read:?}");
    assert_eq!(read[1], "00480065006C006C006F002000740068006500720065");
    // UCS-2 both ways: TP-DCS 8, number and text in hex.
    desk.run("> AT+CSMP=17,167,0,8\n< OK\n> AT+CMGS=\"002B00310035003500350030003100300030\"\n< >");
    desk.type_bytes(b"041F04400438043204350442\x1a");
    assert_eq!(desk.next_line().as_deref(), Some("+CMGS: 2"));
    assert_eq!(texts_of(&desk.modem)[1], ("+15550100".to_owned(), "Привет".to_owned()));
}

#[test]
fn text_mode_with_the_gsm_character_set_takes_septets_as_octets() {
    let mut desk = check(
        "generic",
        "> AT+CMGF=1;+CSCS=\"GSM\"
         < OK
         > AT+CMGS=\"5550100\"
         < >",
    );
    // 23.038: @ is 0x00, £ 0x01, é 0x05, € 0x1B 0x65; the escape is ESC, so € can't be typed.
    desk.type_bytes(b"a\x05\x01 line\rtwo\x1a");
    assert_eq!(desk.next_line().as_deref(), Some(">"));
    assert_eq!(desk.next_line().as_deref(), Some("+CMGS: 1"));
    assert_eq!(texts_of(&desk.modem)[0].1, "aé£ line\ntwo");
}

#[test]
fn a_text_can_be_written_to_storage_and_sent_from_there() {
    let desk = check(
        "generic",
        "> AT+CMGW=20
         < >
         >> 000100089151550170000AE8^[
         < OK
         > AT+CMGW=20
         < >
         >> 00010008915155107000000AE8329BFD4697D9EC37^Z
         < +CMGW: 1
         < OK
         > AT+CMGL=2
         < +CMGL: 1,2,,20
         < 059151551009010008915155107000000AE8329BFD4697D9EC37
         < OK
         > AT+CMSS=1
         < +CMSS: 1
         < OK
         > AT+CMGL=3
         < +CMGL: 1,3,,20
         < 059151551009010008915155107000000AE8329BFD4697D9EC37
         < OK
         > AT+CMSS=2
         < +CMS ERROR: 321",
    );
    assert_eq!(texts_of(&desk.modem), [("+15550107".to_owned(), "hellohello".to_owned())]);
}

#[test]
fn service_codes_answer_and_ask_back() {
    check(
        "generic",
        "> AT+CUSD=1,\"*100#\",15
         < OK
         < +CUSD: 0,\"Your balance is 12.34 EUR\",15
         > AT+CUSD=1,\"*101#\",15
         < OK
         < +CUSD: 1,\"TestNet
         < 1 Tariff
         < 2 Data left
         < 0 End\",15
         > AT+CUSD=1,\"2\",15
         < OK
         < +CUSD: 0,\"2.5 GB left until the end of the month\",15
         > AT+CUSD=1,\"*999#\"
         < OK
         < +CUSD: 4
         > AT+CUSD=1,\"*101#\"
         < OK
         > AT+CUSD=2
         < OK
         wait 5",
    );
    // What the GSM alphabet lacks comes as UCS-2 in hex; “Ва” is 0412 0430.
    let mut desk = Desk::new("huawei");
    desk.run("> AT+CUSD=1\n< OK\n> ATD*102#;\n< OK");
    let answer = desk.next_line().unwrap();
    assert!(answer.starts_with("+CUSD: 0,\"04120430"), "{answer}");
    assert!(answer.ends_with("20AC\",72"), "{answer}");
}

#[test]
fn a_huawei_stick_takes_packed_service_codes_and_answers_packed() {
    // `AA180C3602` is the packed form of `*100#` in many guides for these sticks; the answer is
    // “Your balance is 12.34 EUR” packed.
    check(
        "huawei",
        "> AT+CUSD=1,\"AA180C3602\",15
         < OK
         <~ +CUSD: 0,\"D9775D0E12",
    );
}

#[test]
fn class_2_goes_to_the_sim_whatever_is_preferred() {
    // 23.038 §4: class 2 is SIM specific; quectel prefers ME. TP-DCS 0x12 is class 2.
    let desk = check(
        "quectel",
        "> AT+CNMI=2,1,0,0,0
         < OK
         net class 2 from +15550107 For the SIM
         < +CMTI: \"SM\",0",
    );
    assert_eq!(desk.modem.stored_messages("ME").len(), 0);
    let stored = desk.modem.stored_messages("SM");
    assert_eq!(stored[0].1.tpdu[8], 0x12, "{stored:?}");
}

#[test]
fn texts_fail_as_often_as_asked_and_then_go() {
    // SMS-SUBMIT of 13 octets to +15550100: "Hi".
    check(
        "generic",
        "net sms error 38 for 2
         net sms slow 20 for 1
         > AT+CMGS=13
         < >
         >> 0001000891515510000000 02C834^Z
         < +CMS ERROR: 38
         > AT+CMGS=13
         < >
         >> 0001000891515510000000 02C834^Z
         < +CMS ERROR: 38
         > AT+CMGS=13
         < >
         >> 0001000891515510000000 02C834^Z
         wait 19.5
         wait 1
         < +CMGS: 1
         < OK",
    );
}

#[test]
fn a_silent_modem_has_sent_the_text_or_has_not() {
    for (how, taken) in [("silent", 1), ("lost", 0)] {
        let desk = check(
            "generic",
            &format!(
                "net sms {how} for 1
                 > AT+CMGS=13
                 < >
                 >> 000100089151551000000002C834^Z
                 wait 60
                 > AT+CSMS?
                 < +CSMS: 0,1,1,1
                 < OK"
            ),
        );
        assert_eq!(desk.modem.network().texts_accepted().len(), taken, "{how}");
    }
}

#[test]
fn a_full_memory_keeps_the_text_in_the_network_until_there_is_room() {
    let desk = check(
        "huawei",
        "> AT^CURC=0
         < OK
         > AT+CNMI=2,1,0,0,0
         < OK
         net memory full
         net text from +15550107 Wait
         < ^SMMEMFULL: \"SM\"
         net memory free
         < +CMTI: \"SM\",0",
    );
    assert_eq!(desk.modem.network().texts_waiting().len(), 0);
}

#[test]
fn special_texts_have_the_octets_of_23040() {
    let mut desk = Desk::new("generic");
    for line in [
        "voicemail 3",
        "replace 1 from +15550107 New",
        "silent from +15550107",
        "data from +15550107 port 2948 00FF",
        "card from +15550107 Ada",
    ] {
        desk.run(&format!("net {line}\nwait 1"));
    }
    let stored = desk.modem.stored_messages("SM");
    let octets: Vec<&[u8]> = stored.iter().map(|(_, text)| text.tpdu.as_slice()).collect();
    // Behind first octet, TP-OA (6 octets for eight digits), TP-PID, TP-DCS, TP-SCTS and TP-UDL.
    let user_data = |number: usize| &octets[number][17..];
    assert_eq!(octets[0][0] & 0x40, 0x40, "TP-UDHI");
    // §9.2.3.24.2: element 01, two octets: store, voice mail; and how many.
    assert_eq!(user_data(0)[..5], [4, 1, 2, 0x80, 3]);
    assert_eq!(octets[1][7], 0x41, "§9.2.3.9: replace type 1");
    assert_eq!(octets[2][7], 0x40, "§9.2.3.9: type 0");
    // §9.2.3.24.4: element 05, four octets: to port 2948 from port 0.
    assert_eq!(user_data(3), [6, 5, 4, 0x0B, 0x84, 0, 0, 0x00, 0xFF]);
    assert_eq!(octets[3][8], 0x04, "8-bit data");
    assert_eq!(user_data(4)[..7], [6, 5, 4, 0x23, 0xF4, 0, 0]);
    assert!(user_data(4).windows(11).any(|window| window == b"BEGIN:VCARD"));
}

#[test]
fn a_modem_without_pdu_mode_shows_and_takes_texts_in_its_character_sets() {
    // "Hé" is 0048 00E9 in UCS-2; the number's digits too.
    check(
        "textonly",
        "> AT+CMGF=0
         < +CMS ERROR: 303
         > AT+CMGF?
         < +CMGF: 1
         < OK
         > AT+CSDH=1;+CSCS=\"UCS2\"
         < OK
         net text from +15550107 Hé
         wait 1
         > AT+CMGR=1
         <~ +CMGR: \"REC UNREAD\",\"002B00310035003500350030003100300037\",,
         < 004800E9
         < OK",
    );
    let desk = check(
        "textonly",
        "> AT+CSMP=81,167,0,8
         < OK
         > AT+CMGS=\"+15550100\",145
         < >
         >> 0500030702010048^Z
         < +CMGS: 1
         < OK",
    );
    let accepted = &desk.modem.network().texts_accepted()[0];
    assert_eq!(accepted.concatenation, Some((7, 2, 1)));
    assert_eq!(accepted.text.as_deref(), Some("H"));
    check(
        "textplain",
        "> AT+CSCS=\"UCS2\"
         < ERROR
         > AT+CSDH=1
         < ERROR
         net text from +15550107 Two\\nlines
         wait 1
         > AT+CMGR=1
         <~ +CMGR: \"REC UNREAD\",\"+15550107\",,
         < Two
         < lines
         < OK",
    );
}
