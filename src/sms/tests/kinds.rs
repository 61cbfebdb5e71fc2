//! The six TPDUs both ways, octet by octet as the figures of 3GPP TS 23.040 §9.2.2 have them.

use super::super::*;

/// Decodes a TPDU, checks that it is encoded to the same octets, and returns it.
fn both_ways(way: Way, hex: &str) -> Tpdu {
    let octets = from_hex(hex).unwrap();
    let tpdu = Tpdu::decode_from(way, &octets).unwrap_or_else(|error| panic!("{hex}: {error}"));
    assert_eq!(to_hex(&tpdu.encode()), hex);
    assert_eq!(tpdu.way(), way);
    tpdu
}

#[test]
fn deliver_reports_are_told_apart_by_their_failure_cause() {
    // §9.2.2.1a (ii), RP-ACK: first octet, TP-PI.
    let Tpdu::DeliverReport(report) = both_ways(Way::FromPhone, "0000") else { panic!() };
    assert_eq!(report.failure_cause, None);
    assert_eq!(report, SmsDeliverReport::new(None));
    // (i), RP-ERROR: first octet, TP-FCS D3, TP-PI.
    let Tpdu::DeliverReport(report) = both_ways(Way::FromPhone, "00D300") else { panic!() };
    assert_eq!(report.failure_cause, Some(FailureCause::MEMORY_CAPACITY_EXCEEDED));
    assert_eq!(report.failure_cause.unwrap().words(), "the phone's memory is full");
    // RP-ACK with TP-PID (download to the SIM card), TP-DCS and two octets of user data.
    let tpdu = both_ways(Way::FromPhone, "00077FF6029000");
    assert_eq!(tpdu.pid(), Some(0x7F));
    assert_eq!(tpdu.user_data().unwrap().payload(), [0x90, 0]);
    assert_eq!(tpdu.class(), Some(2));
    assert!(tpdu.address().is_empty());
    // TP-UDL without TP-DCS: §9.2.3.27, GSM 7-bit.
    assert_eq!(both_ways(Way::FromPhone, "000402E834").user_data().unwrap().text(), "hi");
}

#[test]
fn submit_reports_have_a_time_stamp() {
    let ok = "010011302141304000";
    let Tpdu::SubmitReport(report) = both_ways(Way::ToPhone, ok) else { panic!() };
    let at = report.scts.wall_time().unwrap();
    assert_eq!(at.rfc3339(), "2011-03-12T14:03:04Z");
    assert_eq!(report, SmsSubmitReport::new(None, at));
    // RP-ERROR: C5, a duplicate; TP-PI announces TP-PID.
    let Tpdu::SubmitReport(report) = both_ways(Way::ToPhone, "01C5011130214130400000") else {
        panic!()
    };
    assert_eq!(report.failure_cause.unwrap().words(), "refused as a duplicate");
    assert_eq!(report.parameters.pid, Some(0));
}

#[test]
fn commands_name_a_text_and_what_to_do_with_it() {
    // §9.2.2.4: TP-MTI 10 with TP-SRR, TP-MR 5, TP-PID 0, TP-CT 2, TP-MN 0x2A, TP-DA, TP-CDL 0.
    let Tpdu::Command(command) = both_ways(Way::FromPhone, "220500022A0481214300") else {
        panic!()
    };
    assert_eq!(command.command_type, CommandType::DELETE);
    assert_eq!((command.message_reference, command.message_number), (5, 0x2A));
    assert!(command.status_report_request);
    assert_eq!(command.destination_address.to_string(), "1234");
    let Tpdu::Command(command) = both_ways(Way::FromPhone, "02050000000481214302BEEF") else {
        panic!()
    };
    assert_eq!(command.data, [0xBE, 0xEF]);
    let error = Tpdu::decode_from(Way::FromPhone, &[2, 5, 0, 0, 0, 0, 0x81, 3, 1]).unwrap_err();
    assert_eq!((error.field, error.octet), ("TP-CD", 8));
}

#[test]
fn the_way_decides_what_a_message_type_means() {
    // §9.2.3.1: the same two bits, one kind each way.
    let kinds = |hex: &str| {
        let octets = from_hex(hex).unwrap();
        [Way::ToPhone, Way::FromPhone].map(|way| match Tpdu::decode_from(way, &octets) {
            Ok(tpdu) => tpdu.kind(),
            Err(error) => error.field,
        })
    };
    let zeros = "00".repeat(20);
    assert_eq!(kinds(&format!("00{zeros}")), ["deliver", "deliver-report"]);
    assert_eq!(kinds(&format!("01{zeros}")), ["submit-report", "submit"]);
    assert_eq!(kinds(&format!("02{zeros}")), ["status-report", "command"]);
    assert_eq!(kinds(&format!("03{zeros}")), ["deliver", "TP-MTI"]);
}

#[test]
fn status_reports_keep_their_optional_part() {
    let base = "0605048121431111111111110011111111111100";
    for tail in ["", "00", "0100", "07000003E8340D", "0402E834", "8000", "F801", "0300F6"] {
        let hex = format!("{base}00{tail}");
        let octets = from_hex(&hex).unwrap();
        let pdu = Pdu::decode(&[&[0], octets.as_slice()].concat()).unwrap();
        assert_eq!(pdu.to_hex(), format!("00{hex}"));
        assert!(pdu.trailing.is_empty(), "{tail}");
        let Tpdu::StatusReport(report) = pdu.tpdu else { panic!() };
        assert_eq!(report.parameters.is_some(), !tail.is_empty());
    }
    // Stray octets that can't be read as parameters mean nothing and are kept.
    let pdu = Pdu::decode(&from_hex(&format!("00{base}00070F")).unwrap()).unwrap();
    assert_eq!(pdu.trailing, [7, 0x0F]);
}

#[test]
fn a_pdu_without_the_centres_octets_is_found_out_by_its_length() {
    let with = from_hex("07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37");
    let with = with.unwrap();
    let bare = &with[8..];
    let number = |pdu: &Pdu| pdu.tpdu.address().to_string();
    let normal = Pdu::decode_with_length(&with, bare.len()).unwrap();
    assert_eq!((number(&normal).as_str(), normal.bare), ("27838890001", false));
    assert!(normal.smsc.is_some());
    // Left out, and the length says so.
    let found = Pdu::decode_with_length(bare, bare.len()).unwrap();
    assert_eq!((number(&found).as_str(), found.bare), ("27838890001", true));
    assert_eq!(found.encode().pdu, bare);
    // There, and the modem counts them in.
    let counted = Pdu::decode_with_length(&with, with.len()).unwrap();
    assert_eq!((number(&counted).as_str(), counted.bare), ("27838890001", false));
    match decode_incoming_with_length(bare, bare.len()) {
        Ok(Incoming::Text(text)) => assert_eq!(text.text, "hellohello"),
        other => panic!("{other:?}"),
    }
    assert!(Pdu::decode_with_length(&[], 0).is_err());
    assert!(Pdu::decode_with_length(&with[..4], 4).is_err());
}
