//! Results are told from text exactly.

use super::*;

#[test]
fn the_words_of_v250_are_results_and_nothing_near_them_is() {
    assert_eq!(FinalResult::parse("OK"), Some(FinalResult::Ok));
    assert_eq!(FinalResult::parse(" OK "), Some(FinalResult::Ok));
    assert_eq!(FinalResult::parse("ERROR"), Some(FinalResult::Error));
    assert_eq!(FinalResult::parse("NO CARRIER"), Some(FinalResult::NoCarrier));
    assert_eq!(FinalResult::parse("BUSY"), Some(FinalResult::Busy));
    assert_eq!(FinalResult::parse("NO ANSWER"), Some(FinalResult::NoAnswer));
    assert_eq!(FinalResult::parse("NO DIALTONE"), Some(FinalResult::NoDialtone));
    assert_eq!(FinalResult::parse("NO DIAL TONE"), Some(FinalResult::NoDialtone));
    assert_eq!(FinalResult::parse("CONNECT"), Some(FinalResult::Connect(None)));
    let speed = Some("9600/RLP".to_owned());
    assert_eq!(FinalResult::parse("CONNECT 9600/RLP"), Some(FinalResult::Connect(speed)));
    // The Android emulator.
    let refused = FinalResult::NotSupported("ERROR: UNSUPPORTED".to_owned());
    assert_eq!(FinalResult::parse("ERROR: UNSUPPORTED"), Some(refused));
    for text in [
        "OKAY",
        "OK.",
        "Ok",
        "ok",
        "ERRORS",
        "ERROR CALLING WRITE",
        "NO CARRIERS",
        "BUSYBODY",
        "CONNECTED",
        "RING",
        "",
        "0",
        "NAME",
        "+CME ERRORS: 3",
        "+CMS",
        "NO ANSWERS",
        "NO",
    ] {
        assert_eq!(FinalResult::parse(text), None, "{text:?}");
    }
}

#[test]
fn errors_have_their_number_also_when_it_is_said_in_words() {
    let cme = |line: &str| match FinalResult::parse(line) {
        Some(FinalResult::CmeError(error)) => (error.number, error.text),
        other => panic!("{line}: {other:?}"),
    };
    // Numbers and words as 27.007 §9.2 pairs them.
    assert_eq!(cme("+CME ERROR: 30"), (Some(30), "30".to_owned()));
    assert_eq!(cme("+CME ERROR:30").0, Some(30));
    for (text, number) in [
        ("no network service", 30),
        ("NO NETWORK SERVICE", 30),
        ("SIM not inserted", 10),
        ("SIM PIN required", 11),
        ("operation not allowed", 3),
        ("operation not supported", 4),
        ("SIM busy", 14),
        ("incorrect password", 16),
        ("network not allowed - emergency calls only", 32),
        ("Incorrect parameters", 50),
        ("call barred", 62),
        ("unknown", 100),
    ] {
        assert_eq!(cme(&format!("+CME ERROR: {text}")), (Some(number), text.to_owned()));
    }
    assert_eq!(cme("+CME ERROR:"), (None, String::new()));
    assert_eq!(cme("+CME ERROR"), (None, String::new()));
    assert_eq!(cme("+CME ERROR: raspberry"), (None, "raspberry".to_owned()));
    assert_eq!(cme("+CME ERROR: 99999999"), (None, "99999999".to_owned()));
    let cms = |line: &str| match FinalResult::parse(line) {
        Some(FinalResult::CmsError(error)) => error.number,
        other => panic!("{line}: {other:?}"),
    };
    // 27.005 §3.2.5.
    assert_eq!(cms("+CMS ERROR: 330"), Some(330));
    assert_eq!(cms("+CMS ERROR: memory full"), Some(322));
    assert_eq!(cms("+CMS ERROR: SMSC address unknown"), Some(330));
    assert_eq!(cms("+CMS ERROR: (U)SIM not inserted"), Some(310));
    assert_eq!(cms("+CMS ERROR: SIM not inserted"), Some(310));
    assert_eq!(cms("+CMS ERROR:"), None);
}

#[test]
fn every_error_has_words_and_advice() {
    for number in 0..=1000 {
        for (cause, advice) in
            [CmeError::from_number(number).words(), CmsError::from_number(number).words()]
        {
            assert!(cause.len() > 8 && advice.len() > 8, "{number}");
        }
    }
    assert_eq!(CmeError::from_number(10).words().0, "SIM not inserted");
    assert_eq!(CmeError::from_number(10).specified_text(), "SIM not inserted");
    assert_eq!(CmeError::from_text("raspberry").specified_text(), "raspberry");
    assert!(CmsError::from_number(41).is_temporary() && !CmsError::from_number(28).is_temporary());
    assert!(CmeError::from_number(14).is_temporary() && !CmeError::from_number(10).is_temporary());
}

#[test]
fn makers_own_refusals_are_results() {
    for line in [
        "COMMAND NOT SUPPORT",
        "NA",
        "TOO MANY PARAMETERS",
        "MODEM ERROR: 3",
        "MODEM ERROR:",
        "SEND FAIL",
        "+CMTE ERROR: 2",
    ] {
        assert_eq!(FinalResult::parse(line), Some(FinalResult::NotSupported(line.to_owned())));
    }
    assert_eq!(FinalResult::parse("ABORTED"), Some(FinalResult::Aborted));
    assert_eq!(FinalResult::parse("+CMTE: 1"), None, "a report of the temperature");
}

#[test]
fn numbers_are_results_only_when_asked_for() {
    // V.250 Table 1.
    assert_eq!(FinalResult::parse_numeric("0"), Some(FinalResult::Ok));
    assert_eq!(FinalResult::parse_numeric("1"), Some(FinalResult::Connect(None)));
    assert_eq!(FinalResult::parse_numeric("2"), None, "RING");
    assert_eq!(FinalResult::parse_numeric("3"), Some(FinalResult::NoCarrier));
    assert_eq!(FinalResult::parse_numeric("4"), Some(FinalResult::Error));
    assert_eq!(FinalResult::parse_numeric("6"), Some(FinalResult::NoDialtone));
    assert_eq!(FinalResult::parse_numeric("7"), Some(FinalResult::Busy));
    assert_eq!(FinalResult::parse_numeric("8"), Some(FinalResult::NoAnswer));
    assert_eq!(FinalResult::parse_numeric("00"), None);
}

#[test]
fn progress_is_no_result() {
    let number = Intermediate::ConnectedNumber("+4930123456".to_owned());
    assert_eq!(Intermediate::parse("+COLP: \"+4930123456\",145"), Some(number));
    assert_eq!(FinalResult::parse("+COLP: \"+4930123456\",145"), None);
    assert_eq!(Intermediate::parse("+CREG: 1"), None);
    assert_eq!(Intermediate::parse("OK"), None);
}
