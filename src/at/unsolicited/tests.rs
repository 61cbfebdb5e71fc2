//! Lines as the makers' manuals and real modems have them.

use super::*;
use crate::at::response::clcc::{CallDirection, CallStatus};

fn parse(line: &str) -> Unsolicited {
    Unsolicited::parse(line).unwrap_or_else(|| panic!("{line}"))
}

/// Index, state and number of a maker's report.
fn call(line: &str) -> (Option<u8>, Option<CallStatus>, Option<String>) {
    match parse(line) {
        Unsolicited::Call(report) => (report.index, report.status, report.number),
        other => panic!("{line}: {other:?}"),
    }
}

fn report(line: &str) -> CallReport {
    match parse(line) {
        Unsolicited::Call(report) => report,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn huawei_reports_with_empty_and_extra_fields() {
    assert_eq!(call("^ORIG:1,0"), (Some(1), Some(CallStatus::Dialing), None));
    assert_eq!(report("^ORIG:1,0").direction, Some(CallDirection::MobileOriginated));
    assert!(report("^ORIG:1,9").voice && !report("^ORIG:1,1").voice);
    assert_eq!(call("^CONF:1"), (Some(1), Some(CallStatus::Alerting), None));
    assert_eq!(call("^CONN:1,0"), (Some(1), Some(CallStatus::Active), None));
    let end = report("^CEND:1,9,67,16");
    assert_eq!((end.duration_s, end.maker_status, end.cause), (Some(9), Some(67), Some(16)));
    let end = report("^CEND: 1,,101,17,0");
    assert_eq!((end.duration_s, end.maker_status, end.cause), (None, Some(101), Some(17)));
    let end = report("^CEND:1,0,48");
    assert_eq!((end.status, end.cause), (Some(CallStatus::Released), None));
}

#[test]
fn simcom_reports() {
    assert_eq!(call("VOICE CALL: BEGIN").1, Some(CallStatus::Active));
    assert_eq!(call("VOICE CALL: END").1, Some(CallStatus::Released));
    assert_eq!(report("VOICE CALL: END: 000041").duration_s, Some(41));
    assert_eq!(Unsolicited::parse("VOICE CALL: ENDING"), None);
    let missed = parse("MISSED_CALL: 11:01AM 07712345678");
    assert_eq!(missed, Unsolicited::MissedCall { number: Some("07712345678".to_owned()) });
    assert_eq!(parse("MISSED_CALL: 11:01AM "), Unsolicited::MissedCall { number: None });
    let Unsolicited::Clcc(row) = parse("+CLCC: 1,0,6,0,0,\"10086\",129") else { panic!("a row") };
    assert_eq!(row.status, CallStatus::Released);
    assert_eq!(call("REMOTE CALL END").1, Some(CallStatus::Released));
}

#[test]
fn quectel_reports_in_three_dialects() {
    let number = Some("10086".to_owned());
    let line = "+QIND: \"ccinfo\",2,0,-1,0,0,\"10086\",129";
    assert_eq!(call(line), (Some(2), Some(CallStatus::Released), number.clone()));
    let line = "+QIND: \"ccinfo\",2,1,4,0,0,\"10086\",129,\"\"";
    assert_eq!(call(line), (Some(2), Some(CallStatus::Incoming), number.clone()));
    // <id>,<dir>,<stat>,<type>,<number>,<type of number>: 3 is connected, 7 alerting.
    let line = "^DSCI: 1,0,3,0,10086,129";
    assert_eq!(call(line), (Some(1), Some(CallStatus::Active), number.clone()));
    assert_eq!(call("^DSCI: 1,0,7,0,10086,129,0").1, Some(CallStatus::Alerting));
    assert_eq!(call("^DSCI: 1,0,6,0,\"10086\",129").1, Some(CallStatus::Released));
    assert_eq!(call("^DSCI: 1,1,4,0,,128"), (Some(1), Some(CallStatus::Incoming), None));
    // <id>,<dir>,<stat>,<type>,<mpty>,"<number>",<type of number>: as +CLCC.
    let line = "^DSCI: 1,0,3,0,0,\"10086\",129";
    assert_eq!(call(line), (Some(1), Some(CallStatus::Alerting), number.clone()));
    assert_eq!(call("^DSCI: 1,0,0,0,0,10086,129"), (Some(1), Some(CallStatus::Active), number));
    assert_eq!(parse("+QIND: \"csq\",17,99"), Unsolicited::Signal(Some(17)));
    let full = Unsolicited::MessageMemoryFull("SM".to_owned());
    assert_eq!(parse("+QIND: \"smsfull\",\"SM\""), full);
    assert_eq!(parse("+QIND: \"act\",\"LTE\""), Unsolicited::Noise);
}

#[test]
fn the_other_makers_reports() {
    assert_eq!(call("+UCALLSTAT: 1,6"), (Some(1), Some(CallStatus::Released), None));
    assert_eq!(call("+UCALLSTAT: 1,7").1, Some(CallStatus::Active));
    assert_eq!(call("+XCALLSTAT: 1,3").1, Some(CallStatus::Alerting));
    let line = "#ECAM: 0,6,1,,,\"+393351234567\",145";
    let number = Some("+393351234567".to_owned());
    // Telit gives every call the number 0.
    assert_eq!(call(line), (None, Some(CallStatus::Incoming), number.clone()));
    assert_eq!(report("#ECAM: 0,7,1,,,").cause, Some(17));
    assert!(!report("#ECAM: 0,1,2,,,").voice);
    let end = report("*ECAV: 1,0,1,8,17,\"+393351234567\",145");
    assert_eq!((end.status, end.cause), (Some(CallStatus::Released), Some(17)));
    assert_eq!(end.number, number);
    assert_eq!(report("*ECAV: 1,0,1,68,17").cause, None, "mobility management has its own causes");
    let line = "^SLCC: 2,1,5,0,0,0,\"987654321\",161,\"Alice\"";
    let number = Some("987654321".to_owned());
    assert_eq!(call(line), (Some(2), Some(CallStatus::Waiting), number));
    assert_eq!(call("^SLCC: 1,1,7,0,0,0").1, Some(CallStatus::Released));
    assert_eq!(parse("^SLCC: "), Unsolicited::CallListEnd);
    assert_eq!(call("+WIND: 5,1"), (Some(1), None, None));
    assert_eq!(call("+WIND: 6,1").1, Some(CallStatus::Released));
    assert_eq!(report("HANGUP: 16").maker_status, Some(16));
    assert_eq!(call("+WORG: \"10086\"").1, Some(CallStatus::Dialing));
}

#[test]
fn calls_as_27_007_has_them() {
    assert_eq!(parse("RING"), Unsolicited::Ring);
    assert_eq!(parse("+CRING: VOICE"), Unsolicited::Cring("VOICE".to_owned()));
    let Unsolicited::Clip(clip) = parse("+CLIP: \"+4930\",145,,,,0") else { panic!("a caller") };
    assert_eq!(clip.number.as_deref(), Some("+4930"));
    let Unsolicited::Ccwa(ccwa) = parse("+CCWA: \"+4930\",145,1") else { panic!("a caller") };
    assert_eq!(ccwa.class, Some(1));
    assert_eq!(Unsolicited::parse("+CCWA: 1,1"), None);
    for (word, result) in [
        ("NO CARRIER", FinalResult::NoCarrier),
        ("BUSY", FinalResult::Busy),
        ("NO ANSWER", FinalResult::NoAnswer),
        ("NO DIALTONE", FinalResult::NoDialtone),
    ] {
        assert_eq!(parse(word), Unsolicited::CallEnded(result));
    }
    assert_eq!(Unsolicited::parse("OK"), None);
    assert_eq!(Unsolicited::parse("ERROR"), None);
    assert_eq!(
        (parse("+CSSI: 1"), parse("+CSSU: 2")),
        (Unsolicited::Cssi(1), Unsolicited::Cssu(2))
    );
    let tones = ["+RXDTMF: 8", "+DTMF: 8", "^DDTMF: 8", "+QTONEDET: 56", "+UUDTMFD: 8"];
    for line in tones {
        assert_eq!(parse(line), Unsolicited::Dtmf('8'), "{line}");
    }
    assert_eq!(parse("+RXDTMF: #"), Unsolicited::Dtmf('#'));
    assert_eq!(Unsolicited::parse("+RXDTMF: x"), None);
}

#[test]
fn messages_and_which_of_them_bring_a_pdu() {
    let memory = "SM".to_owned();
    assert_eq!(parse("+CMTI: \"SM\",3"), Unsolicited::Cmti { memory, index: Some(3) });
    for line in ["+CMTI: \"ME\",-1", "+CMTI: \"ME\"", "+CMTI: \"ME\",99999"] {
        let memory = "ME".to_owned();
        assert_eq!(parse(line), Unsolicited::Cmti { memory, index: None }, "{line}");
    }
    let memory = "SR".to_owned();
    assert_eq!(parse("+CDSI: \"SR\",1"), Unsolicited::Cdsi { memory, index: Some(1) });
    assert_eq!(parse("+CMT: ,23"), Unsolicited::Cmt { length: Some(23) });
    assert_eq!(parse("+CMT: \"Alice\",23"), Unsolicited::Cmt { length: Some(23) });
    assert_eq!(parse("+CMT: 23"), Unsolicited::Cmt { length: Some(23) });
    let text_mode = "+CMT: \"+4930\",,\"22/01/01,10:00:00+04\"";
    assert_eq!(parse(text_mode), Unsolicited::Cmt { length: None });
    for line in ["+CMT: ,23", "+CDS: 24", "+CBM: 88", text_mode] {
        assert!(parse(line).pdu_follows(), "{line}");
    }
    for line in ["+CMTI: \"SM\",3", "+CDSI: \"SM\",3", "+CDS: 6,1,\"+4930\",145,,,0", "RING"] {
        assert!(!parse(line).pdu_follows(), "{line}");
    }
    assert_eq!(parse("^SMMEMFULL: \"SM\""), Unsolicited::MessageMemoryFull("SM".to_owned()));
}

#[test]
fn states_of_the_network_and_the_modem() {
    let Unsolicited::Registration(report) = parse("+CREG: 5") else { panic!("a registration") };
    assert_eq!(report.stat, 5);
    let Unsolicited::Cusd(cusd) = parse("+CUSD: 2") else { panic!("a service") };
    assert_eq!(cusd.raw, None);
    for (line, indicator, on) in [
        ("+CIEV: \"signal\",4", Indicator::Other, true),
        ("+CIEV: 2,0", Indicator::Number(2), false),
        ("+CIEV: 12,\"x\"", Indicator::Number(12), true),
        ("^CIEV: SMSFULL,1", Indicator::MessagesFull, true),
        ("+CIEV: \"callsetup\",1", Indicator::Calls, true),
        ("+CIEV: 3", Indicator::Number(3), false),
    ] {
        assert_eq!(parse(line), Unsolicited::Ciev { indicator, on }, "{line}");
    }
    for line in ["^SIMST: 0", "+QUSIM: 1", "+QSIMSTAT: 1,0", "#QSS: 0", "^SCKS: 0", "+SIMREMOVED"] {
        assert_eq!(parse(line), Unsolicited::SimChanged, "{line}");
    }
    for line in ["+SIM: REMOVED", "+SIM: INSERTED"] {
        assert_eq!(parse(line), Unsolicited::SimChanged, "{line}");
    }
    assert_eq!(parse("^RSSI:17"), Unsolicited::Signal(Some(17)));
    assert_eq!(parse("^RSSI: 99"), Unsolicited::Signal(None));
    assert_eq!(parse("+CPIN: READY"), Unsolicited::Sim(cpin::PinState::Ready));
    for line in ["RDY", "^SYSSTART", "+CFUN: 1"] {
        assert_eq!(parse(line), Unsolicited::Started(Startup::Module), "{line}");
    }
    assert_eq!(parse("Call Ready"), Unsolicited::Started(Startup::Calls));
    assert_eq!(parse("SMS Ready"), Unsolicited::Started(Startup::Messages));
    assert_eq!(parse("+PBREADY"), Unsolicited::Started(Startup::Phonebook));
    assert_eq!(parse("NORMAL POWER DOWN"), Unsolicited::PowerDown);
    for line in ["^BOOT:1,0,0,0,6", "^MODE:5,4", "+ZPASR: \"UMTS\"", "^HCSQ:\"LTE\",30,19,66,0"] {
        assert_eq!(parse(line), Unsolicited::Noise, "{line}");
    }
    for line in ["+CFUN: 4", "hello", "", "+UNKNOWN: 1", "+CSQ", "IMEI: 490154203237518"] {
        assert_eq!(Unsolicited::parse(line), None, "{line}");
    }
}

#[test]
fn reports_as_transcripts_have_them() {
    // Quectel UC15 and modems of its kind: the cause stands behind number, type and bearer.
    let end = report("^DSCI: 1,0,6,0,0,\"13611112222\",129,,19,128,\"\",255");
    assert_eq!((end.status, end.cause), (Some(CallStatus::Released), Some(19)));
    let active = report("^DSCI: 1,0,0,0,0,\"13611112222\",129,,,128,\"\",0");
    assert_eq!((active.status, active.cause), (Some(CallStatus::Active), None));
    // EC20: 6 is the end there too, and 1 in the fourth place a data session.
    assert_eq!(call("^DSCI: 1,1,6,0,13022100000,129,0").1, Some(CallStatus::Released));
    assert!(!report("^DSCI: 1,1,4,1,data,129,0").voice);
    // Sony Ericsson: numbers with leading zeros.
    let end = report("*ECAV: 1,0,1,08,016");
    assert_eq!((end.status, end.cause), (Some(CallStatus::Released), Some(16)));
    assert_eq!(report("*ECAV: 1,0,1,08,222").cause, None, "no cause of 24.008");
    assert!(report("*ECAV: 1,3,0").voice && !report("*ECAV: 1,3,2").voice);
    assert_eq!(call("*ECAV: 0,3,1,,"), (None, Some(CallStatus::Active), None));
    // u-blox with a third field, SIMCom without a space, Intel without a number.
    assert_eq!(call("+UCALLSTAT: 1,6,1").1, Some(CallStatus::Released));
    assert_eq!(report("VOICE CALL:END: 000004").duration_s, Some(4));
    assert_eq!(call("DISCONNECT").1, Some(CallStatus::Released));
    assert_eq!(call("+WCNT: 10").1, Some(CallStatus::Active));
    assert!(report("#ECAM: 0,3,1,,,").own_index && !report("^CONN:1,0").own_index);
    // What can't be one is none.
    for line in ["^ORIG:", "^CEND: x", "+UCALLSTAT: 1", "+QIND: \"ccinfo\"", "*ECAV: 1"] {
        assert_eq!(CallReport::parse(line), None, "{line}");
    }
    assert_eq!(call("+UCALLSTAT: 1,9"), (Some(1), None, None), "a state that nobody knows");
}

#[test]
fn the_network_s_notes_have_words() {
    // 27.007 §7.17: 0 to 8 for +CSSI, 0 to 10 for +CSSU.
    for code in 0..=8 {
        assert!(notice_of(false, code).is_some_and(|notice| !notice.words.ends_with('.')));
    }
    for code in 0..=10 {
        assert!(notice_of(true, code).is_some_and(|notice| !notice.words.ends_with('.')));
    }
    assert!(notice_of(false, 9).is_none() && notice_of(true, 11).is_none());
    assert!(bars_calls(false, 5) && !bars_calls(true, 5));
}

#[test]
fn a_row_that_comes_by_itself_is_a_report_too() {
    let Unsolicited::Clcc(row) = parse("+CLCC: 1,0,6,0,0,\"10086\",129") else { panic!("a row") };
    let report = CallReport::of_row(&row);
    assert_eq!((report.index, report.status), (Some(1), Some(CallStatus::Released)));
    // The data bearer of an LTE modem is no call.
    let Unsolicited::Clcc(row) = parse("+CLCC: 1,1,0,1,0,\"\",128") else { panic!("a row") };
    assert!(!CallReport::of_row(&row).voice);
}
