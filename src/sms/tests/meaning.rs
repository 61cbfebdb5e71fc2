//! What received texts mean beside their words: TP-PID, TP-DCS, indications, ports, cut and
//! compressed texts; and what options of sending do (3GPP TS 23.040 §9.2.3, 23.038 §4).

use std::time::Duration;

use super::super::*;

/// A text with a TP-PID, a TP-DCS, and a TP-UD with or without header.
fn received(pid: u8, dcs: u8, header: &[u8], octets: &[u8]) -> IncomingText {
    let first = if header.is_empty() { 0x04 } else { 0x44 };
    let mut data = Vec::new();
    if !header.is_empty() {
        data.push(header.len() as u8);
        data.extend(header);
    }
    data.extend(octets);
    let length = match Dcs::from(dcs).coding() {
        Coding::Gsm7 => data.len() * 8 / 7,
        _ => data.len(),
    };
    let mut pdu = from_hex("0491214365").unwrap();
    pdu.extend([first, 4, 0x81, 0x21, 0x43, pid, dcs, 0x11, 0x10, 0x10, 0x21, 0x43, 0x65, 0]);
    pdu.push(length as u8);
    pdu.extend(data);
    match decode_incoming(&pdu) {
        Ok(Incoming::Text(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn protocol_identifiers_mean_what_the_table_says() {
    // §9.2.3.9, the values with a name of their own and the borders of the groups.
    for (octet, words) in [
        (0x00, "a plain text"),
        (0x01, "a protocol between the two ends"),
        (0x1F, "a protocol between the two ends"),
        (0x20, "a device that the text centre knows"),
        (0x22, "group 3 fax"),
        (0x2D, "Universal Computer Interface"),
        (0x2E, "reserved"),
        (0x31, "an X.400 message handling system"),
        (0x32, "Internet e-mail"),
        (0x33, "reserved"),
        (0x38, "a telematic device of the text centre's own"),
        (0x3F, "a mobile phone; the text centre converts the alphabet"),
        (0x40, "short message type 0: acknowledged, and neither shown nor kept"),
        (0x47, "replace short message type 7"),
        (0x48, "device triggering short message"),
        (0x49, "reserved"),
        (0x5E, "enhanced message service (obsolete)"),
        (0x5F, "return call message"),
        (0x60, "reserved"),
        (0x7C, "ANSI-136 R-DATA"),
        (0x7D, "ME data download"),
        (0x7E, "ME de-personalization short message"),
        (0x7F, "(U)SIM data download"),
        (0x80, "reserved"),
        (0xBF, "reserved"),
        (0xC0, "a protocol of the text centre's own"),
        (0xFF, "a protocol of the text centre's own"),
    ] {
        assert_eq!(Pid::from(octet).words(), words, "{octet:02X}");
    }
    for octet in 0..=255u8 {
        let wanted = matches!(octet, 0x41..=0x47).then_some(octet & 15);
        assert_eq!(Pid::from(octet).replaces(), wanted);
        assert_eq!(Pid::from(octet).is_silent(), octet == 0x40);
    }
}

#[test]
fn replace_types_and_type_0_are_told() {
    let text = received(0x43, 0, &[], &[0xE8]);
    assert_eq!((text.replaces, text.silent, text.smsc.as_str()), (Some(3), false, "+123456"));
    let text = received(0x40, 0, &[], &[0xE8]);
    assert_eq!((text.replaces, text.silent), (None, true));
}

fn marks(text: &IncomingText) -> Vec<(WaitingKind, Option<u8>, bool)> {
    text.indications.iter().map(|mark| (mark.kind, mark.count, mark.keep)).collect()
}

#[test]
fn message_waiting_comes_from_three_places() {
    use WaitingKind::{Email, Fax, Other, Voicemail};
    // 23.038 §4: 1100 discards the text, 1101 and 1110 keep it; bit 3 sets or clears.
    assert_eq!(marks(&received(0, 0xC8, &[], &[])), [(Voicemail, None, false)]);
    assert_eq!(marks(&received(0, 0xC0, &[], &[])), [(Voicemail, Some(0), false)]);
    assert_eq!(marks(&received(0, 0xD9, &[], &[0xE8])), [(Fax, None, true)]);
    assert_eq!(marks(&received(0, 0xEA, &[], &[0, 65])), [(Email, None, true)]);
    // 23.040 §9.2.3.24.2: bit 7 keeps the text; the second octet counts.
    let mark = |octets: &[u8]| marks(&received(0, 0, octets, &[0xE8]));
    assert_eq!(mark(&[1, 2, 0x80, 3]), [(Voicemail, Some(3), true)]);
    assert_eq!(mark(&[1, 2, 0x01, 0]), [(Fax, Some(0), false)]);
    // Extended type 001: video.
    assert_eq!(mark(&[1, 2, 0x07, 5]), [(Other, Some(5), false)]);
    // Several kinds; if one wants the text kept it is.
    let two = [(Voicemail, Some(2), true), (Email, Some(1), true)];
    assert_eq!(mark(&[1, 2, 0x00, 2, 1, 2, 0x82, 1]), two);
    // The same kind twice: the last counts. One of the wrong length counts for nothing.
    assert_eq!(mark(&[1, 2, 0x00, 2, 1, 2, 0x00, 7]), [(Voicemail, Some(7), false)]);
    assert_eq!(mark(&[1, 1, 0x00]), []);
    // The header knows better than TP-DCS.
    let both = marks(&received(0, 0xC8, &[1, 2, 0x00, 4], &[]));
    assert_eq!(both, [(Voicemail, Some(4), false)]);
    // §9.2.3.24.2: stored if either of the two says so.
    let both = marks(&received(0, 0xD8, &[1, 2, 0x00, 4], &[]));
    assert_eq!(both, [(Voicemail, Some(4), true)]);
    assert_eq!(marks(&received(0x5F, 0, &[], &[0xE8])), [(Voicemail, None, true)]);
    assert_eq!(marks(&received(0, 0, &[], &[0xE8])), []);
}

#[test]
fn every_coding_scheme_has_words_and_a_coding() {
    for octet in 0..=255u8 {
        let dcs = Dcs::from(octet);
        // 23.038 §4, written down once more by its bits.
        let wanted = match octet {
            0x00..=0x7F if octet & 0x20 != 0 => Coding::Compressed,
            0x00..=0x7F => [Coding::Gsm7, Coding::Data8, Coding::Ucs2, Coding::Gsm7]
                [usize::from(octet >> 2 & 3)],
            0x80..=0xDF => Coding::Gsm7,
            0xE0..=0xEF => Coding::Ucs2,
            0xF0..=0xFF => [Coding::Gsm7, Coding::Data8][usize::from(octet >> 2 & 1)],
        };
        assert_eq!(dcs.coding(), wanted, "{octet:02X}");
        let words = dcs.words();
        assert_eq!(words.contains("class"), dcs.class().is_some(), "{words}");
        assert_eq!(words.contains("mark"), (0xC0..0xF0).contains(&octet), "{words}");
        assert_eq!(words.contains("deleted automatically"), (0x40..0x80).contains(&octet));
        assert_eq!(words.contains("can't be read"), wanted == Coding::Compressed);
    }
}

#[test]
fn data_ports_and_compressed_texts_are_told() {
    let card = b"BEGIN:VCARD";
    let text = received(0, 0xF5, &[5, 4, 0x23, 0xF4, 0, 0], card);
    assert_eq!(text.ports, Some(Ports { destination: 9204, originator: 0 }));
    assert_eq!((text.data.as_deref(), text.binary), (Some(&card[..]), true));
    assert_eq!((text.class, text.unreadable), (Some(1), ""));
    let text = received(0, 0x20, &[], &[1, 2, 3]);
    assert_eq!(text.data.as_deref(), Some(&[1, 2, 3][..]));
    assert!(text.text.is_empty() && text.unreadable.contains("compressed"));
    // Elements nobody knows, an enhanced voice mail element among them, don't disturb the text.
    let text = received(0, 8, &[0x23, 3, 1, 2, 3, 0x6F, 0, 0, 3, 9, 2, 1], &[0x4F, 0x60]);
    assert_eq!((text.text.as_str(), text.binary), ("你", false));
    assert_eq!(text.concat.map(|concat| concat.part), Some(1));
}

#[test]
fn options_of_sending_are_in_the_pdu() {
    let options = SubmitOptions {
        flash: true,
        validity: Some(Duration::from_secs(3601)),
        smsc: String::from("+1 555 0100"),
        status_report: true,
        ..Default::default()
    };
    let segments = encode_submit("+15550107", "hi", &options).unwrap();
    let pdu = Pdu::decode(&segments[0].pdu).unwrap();
    assert_eq!(pdu.smsc.unwrap().to_string(), "+15550100");
    assert_eq!(segments[0].tpdu_octets, segments[0].pdu.len() - 6);
    let Tpdu::Submit(submit) = pdu.tpdu else { panic!() };
    // §9.2.3.12.1: steps of five minutes; 60 minutes are 11, so more than that are 12.
    assert_eq!(submit.validity_period, ValidityPeriod::Relative(12));
    assert_eq!(u8::from(submit.user_data.dcs()), 0x10);
    assert!(submit.status_report_request);
    let wide = encode_submit("112", "سلام", &options).unwrap();
    assert_eq!(Pdu::decode(&wide[0].pdu).unwrap().tpdu.class(), Some(0));
    let wrong = SubmitOptions { smsc: String::from("centre"), ..Default::default() };
    let refused = encode_submit("112", "x", &wrong);
    assert_eq!(refused, Err(EncodeError::BadCentre(String::from("centre"))));
}

#[test]
fn enhanced_validity_periods_say_what_they_say() {
    use EnhancedPeriod::{NotSpecified, Relative, Reserved, Seconds, Time};
    // §9.2.3.12.3: bits 2–0 the format, bit 6 single shot, bit 7 another octet of indicator.
    for (octets, period, once, seconds) in [
        ([0, 0, 0, 0, 0, 0, 0], NotSpecified, false, None),
        ([0x41, 11, 0, 0, 0, 0, 0], Relative(11), true, Some(3600)),
        ([2, 90, 0, 0, 0, 0, 0], Seconds(90), false, Some(90)),
        ([3, 0x10, 0x20, 0x30, 0, 0, 0], Time(1, 2, 3), false, Some(3723)),
        ([0x46, 0, 0, 0, 0, 0, 0], Reserved(6), true, None),
    ] {
        let enhanced = ValidityPeriod::Enhanced(octets);
        assert_eq!(enhanced.enhanced_period(), Some(period));
        assert_eq!(enhanced.is_single_shot(), once);
        assert_eq!(enhanced.duration(), seconds.map(Duration::from_secs));
        assert_eq!(ValidityPeriod::enhanced(period, once), enhanced);
    }
    let extended = ValidityPeriod::Enhanced([0x82, 0, 90, 0, 0, 0, 0]);
    assert_eq!(extended.duration(), Some(Duration::from_secs(90)));
}
