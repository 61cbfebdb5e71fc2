//! What is masked hides what is personal, and stays what it was.

use super::*;
use crate::sms::{self, Encoding, Incoming, SubmitOptions};

#[test]
fn a_number_is_the_same_other_number_in_every_spelling() {
    let mut masker = Masker::default();
    assert_eq!(masker.sent("ATD+4915112345678;\r"), "ATD+4915115550001;\r");
    let listed = masker.received("\r\n+CLCC: 1,0,0,0,0,\"015112345678\",129\r\n");
    assert_eq!(listed, "\r\n+CLCC: 1,0,0,0,0,\"015115550001\",129\r\n");
    let other = masker.received("\r\n+CLIP: \"+15550106\",145,,,,0\r\n");
    assert_eq!(other, "\r\n+CLIP: \"+15550002\",145,,,,0\r\n");
    // IMEI: the type of the modem stays.
    assert_eq!(masker.received("864424041234567\r\n"), "864424045550003\r\n");
    let plain = ["AT+CSQ\r", "\r\nOK\r\n", "ATD112;\r", "+CREG: 2,1,\"1A2B\",\"00C0FFEE\",7"];
    for line in plain {
        assert_eq!(masker.sent(line), line);
    }
}

#[test]
fn words_are_hidden_where_words_stand() {
    let mut masker = Masker::default();
    for (line, masked) in [
        ("+CUSD: 0,\"Your balance is 5\",15", "+CUSD: 0,\"xxxx xxxxxxx xx x\",15"),
        ("+CPBR: 1,\"+15550106\",145,\"Ada\"", "+CPBR: 1,\"+15550001\",145,\"xxx\""),
        ("+COPS: 0,0,\"Simulated\",7", "+COPS: 0,0,\"Simulated\",7"),
        ("AT+CUSD=1,\"*100#\",15\r", "AT+CUSD=1,\"*100#\",15\r"),
        ("+CMGL: half a \"line", "+CMGL: half a \"line"),
    ] {
        assert_eq!(masker.sent(line), masked);
    }
    // UCS-2: "Ada" and a number.
    let line = "+CPBR: 2,\"002B00310035003500350030003100300036\",145,\"004100640061\"";
    let masked = "+CPBR: 2,\"002B00310035003500350030003000300031\",145,\"007800780078\"";
    assert_eq!(masker.received(line), masked);
    // A text in text mode.
    masker.received("+CMGR: \"REC UNREAD\",\"+15550106\",,\"26/11/22,12:00:00+00\"\r\n");
    assert_eq!(masker.received("Secret plan 1234567\r\n"), "xxxxxx xxxx xxxxxxx\r\n");
    assert_eq!(masker.received("\r\nOK\r\n"), "\r\nOK\r\n");
    assert_eq!(masker.sent("meet at 9\u{1a}"), "xxxx xx x\u{1a}");
}

/// The PDU is example B.1 of common literature: `hellohello` from +27838890001 by +27381000015.
#[test]
fn a_masked_pdu_is_a_pdu_of_the_same_length_with_other_words() {
    const DELIVER: &str =
        "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37";
    let mut masker = Masker::default();
    masker.received("+CMT: ,27\r\n");
    let line = masker.received(&format!("{DELIVER}\r\n"));
    assert_eq!(line.len(), DELIVER.len() + 2);
    let octets: Vec<u8> = (0..DELIVER.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&line[at..at + 2], 16).unwrap())
        .collect();
    let Ok(Incoming::Text(text)) = sms::decode_incoming(&octets) else { panic!("no text") };
    assert_eq!(text.text, "xxxxxxxxxx");
    assert_eq!(text.from, "27835550002");
}

#[test]
fn every_kind_of_submission_is_masked() {
    let options = SubmitOptions {
        status_report: true,
        concat_reference: 7,
        encoding: Encoding { national_tables: false, wide_reference: true },
        flash: false,
        validity: Some(std::time::Duration::from_secs(3600)),
        smsc: "+15550199".to_owned(),
    };
    for text in ["short", "€uro [x] {y}", "Grüße 会议", &"long and longer ".repeat(30)] {
        let mut masker = Masker::default();
        for segment in sms::encode_submit("+15550107", text, &options).unwrap() {
            let hex: String = segment.pdu.iter().map(|octet| format!("{octet:02X}")).collect();
            let masked = masker.sent(&format!("{hex}\u{1a}"));
            assert_eq!(masked.len(), hex.len() + 1);
            assert_ne!(masked[..hex.len()], hex);
            // +15550107 in semi-octets (§9.1.2.3).
            assert!(hex.contains("5155107") && !masked.contains("5155107"), "{masked}");
        }
    }
}

#[test]
fn octets_of_any_kind_are_put_up_with() {
    let mut masker = Masker::default();
    for junk in ["", "\"", "\"\"\"", "00", "FFFFFFFFFFFFFFFFFFFFFFFF", "0000000000000000000000"] {
        for line in [format!("{junk}\u{1a}"), junk.to_owned()] {
            masker.received("+CMT: ,9");
            assert_eq!(masker.received(&line).chars().count(), line.chars().count(), "{junk}");
            assert_eq!(masker.sent(&line).chars().count(), line.chars().count(), "{junk}");
        }
    }
}
