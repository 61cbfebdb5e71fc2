//! The console's words for the lines a newcomer meets.

use super::*;

#[test]
fn commands_are_told_as_what_they_do() {
    let sent = |line: &str| explain(line, true).unwrap_or_else(|| panic!("{line}"));
    assert_eq!(sent("ATD+989121234567;"), "Place a voice call to +989121234567");
    assert_eq!(sent("ATD112I;"), "Place a voice call to 112 and hide our number");
    assert_eq!(sent("ATD+989121234567"), "Places a DATA call: a voice call ends with ;");
    assert_eq!(sent("ATD*99#"), "Start a packet data connection");
    assert_eq!(sent("ATDL;"), "Place a voice call to the last number again");
    assert_eq!(sent("ATD>\"Ada\";"), "Place a voice call to entry Ada of the phonebook");
    assert_eq!(sent("AT"), "Check that the modem answers");
    assert_eq!(sent("A/"), "Repeat the last command line");
    assert_eq!(
        sent("ATQ0V1E0"),
        "Give results at all, then give results in words, then switch the echo off"
    );
    assert_eq!(sent("ATI9"), "Ask who the modem is");
    assert_eq!(sent("ATE0S0=2"), "Switch the echo off, then answer a call by itself after 2 rings");
    assert_eq!(sent("at+creg?"), "Ask whether it is registered for calls");
    assert_eq!(
        sent("AT+COPS=3,0;+COPS?"),
        "Name operators by their long names, then ask which \
        operator it is registered with"
    );
    assert_eq!(sent("AT+CPIN=…"), "Give the SIM its code");
    let emergency = "the SIM's emergency numbers (EF_ECC)";
    assert_eq!(sent("AT+CRSM=176,28599,0,0,15"), format!("Read {emergency}"));
    assert_eq!(sent("AT+CEN?"), "Ask for the emergency numbers of the network");
    assert_eq!(sent("AT+CMGS=24"), "Send a text of 24 octets");
    assert_eq!(sent("at+cmgs=\"+989121234567\""), "Send a text to +989121234567");
    assert_eq!(sent("ATD\"+989121234567\";"), "Place a voice call to +989121234567");
    assert_eq!(sent("AT+CMGD=3"), "Delete the message at place 3");
    assert_eq!(sent("AT+CMGD=1,4"), "Delete ALL messages");
    assert_eq!(sent("AT+CHLD=12"), "End call 2");
    assert_eq!(sent("AT+CUSD=1,\"*100#\",15"), "Send the service code *100#");
    assert_eq!(sent("0001000B919821436587F900000A\u{1A}"), "A text message as a PDU");
    assert_eq!(sent("AT+CNMI=?"), "Ask which values there are: how new messages are told");
    assert_eq!(explain("AT+UNKNOWN=1", true), None);
    assert_eq!(explain("hello", true), None);
}

#[test]
fn answers_and_reports_are_told_as_what_is() {
    let received = |line: &str| explain(line, false).unwrap_or_else(|| panic!("{line}"));
    assert_eq!(received("+CPINR: SIM PUK,9,10"), "The PUK has 9 tries left");
    assert_eq!(received("+CPINR: SIM PIN2,3,3"), "The PIN2 has 3 tries left");
    assert_eq!(received("OK"), "Done");
    assert_eq!(received("+CREG: 0,1"), "Registered, home network");
    assert_eq!(received("+CREG: 5"), "Registered, roaming");
    let line = "+CLCC: 1,0,3,0,0,\"+4930123456\",145";
    assert_eq!(received(line), "Call 1, to +4930123456: alerting");
    assert_eq!(received("+CLCC: 1,1,4,0,0"), "Call 1: incoming");
    assert_eq!(received("+CME ERROR: 10"), "SIM not inserted");
    assert_eq!(received("+CME ERROR: SIM not inserted"), "SIM not inserted");
    assert_eq!(received("+CMS ERROR: 330"), "The number of the text centre is not set");
    assert_eq!(received("RING"), "A call comes in");
    assert_eq!(received("+CLIP: \"\",128,,,,1"), "The caller hides the number");
    assert_eq!(received("+CSQ: 17,99"), "Signal −79 dBm");
    assert_eq!(received("+COPS: 0,0,\"Irancell\",7"), "The operator is Irancell");
    assert_eq!(received("+CMGS: 23"), "The network took the text as number 23");
    assert_eq!(received("+CFUN: 1"), "The radio is on");
    assert_eq!(received("^CEND:1,0,67,17"), "Call 1: released (user busy)");
    assert_eq!(received("> "), "The modem waits for the text");
    assert_eq!(received("+CUSD: 0,\"Balance\n5\",15"), "The service answered: Balance 5");
    assert_eq!(explain("Quectel", false), None);
    assert_eq!(explain("490154203237518", false), None, "a serial number is no message");
}

#[test]
fn refusals_in_makers_words_are_not_all_taken_for_missing_commands() {
    let received = |line: &str| explain(line, false).unwrap_or_else(|| panic!("{line}"));
    // 3GPP TS 22.001 annex E, in the words of a maker's manual.
    assert_eq!(
        received("DELAYED"),
        "The modem does not call this number for a while, since calls to it failed"
    );
    assert_eq!(
        received("BLACKLISTED"),
        "The modem does not call this number until it restarts, since calls to it failed"
    );
    assert_eq!(received("COMMAND NOT SUPPORT"), "The modem does not support this command");
    assert_eq!(received("SEND FAIL"), "Sending failed");
    assert_eq!(received("MODEM ERROR: 3"), "Refused, for a reason of the maker's own");
    // 27.007 §6.11: data first, then voice, is a voice call too.
    assert_eq!(received("+CRING: ALT FAX/VOICE"), "A voice call comes in");
    assert_eq!(received("+CRING: REL ASYNC"), "A call that is no voice call comes in");
    // What only says how it goes on is told too.
    assert_eq!(received("PROCEEDING"), "The call is being set up");
    assert_eq!(received("^RSSILVL: 60"), "The signal strength changed");
    // A modem with two SIMs says which.
    assert_eq!(received("RING 1"), "A call comes in");
}

#[test]
fn what_the_program_never_uses_has_words_too() {
    let received = |line: &str| explain(line, false).unwrap_or_else(|| panic!("{line}"));
    // 27.007 §8.28.
    assert_eq!(received("+CCWV"), "The highest cost of all calls is nearly reached");
    assert_eq!(received("+CCWE: 1"), "Warning before the highest cost: on");
    assert_eq!(received("+CAOC: \"00001A\""), "Cost of the call so far: 00001A");
    // MultiTech's manual of its CDMA modems.
    assert_eq!(received("+WSOS: 1"), "Mode after a call for help: it has begun");
    assert_eq!(received("BLOCKED"), "The modem or the network does not let this call through");
}

#[test]
fn every_notice_of_a_call_has_words() {
    // 27.007 §7.17: 0 to 8 for our calls, 0 to 10 for others'.
    let lines = (0..=8).map(|code| format!("+CSSI: {code}"));
    for line in lines.chain((0..=10).map(|code| format!("+CSSU: {code}"))) {
        let told = explain(&line, false).unwrap_or_else(|| panic!("{line}"));
        assert!(!told.ends_with(|c: char| c.is_ascii_digit()), "{line}: {told}");
        let lens = &crate::at::lens::take_apart(&line, false)[0];
        assert!(lens.fields[0].meaning.starts_with("what: "), "{line}: {lens:?}");
    }
}

#[test]
fn no_sentence_ends_with_a_full_stop() {
    let lines =
        ["AT+CMEE=2", "ATH", "OK", "NO CARRIER", "+CME ERROR: 100", "+CPMS: 1,2,1,2", "RDY"];
    for line in lines {
        for sent in [true, false] {
            let Some(words) = explain(line, sent) else { continue };
            let begins = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            assert!(!words.ends_with('.') && begins, "{words}");
        }
    }
}

#[test]
fn each_value_of_a_service_reads_differently() {
    let mut seen = std::collections::BTreeMap::new();
    let mut lines: Vec<String> = Vec::new();
    for reason in 0..6 {
        for mode in [0, 1, 2, 4] {
            lines.push(format!("AT+CCFC={reason},{mode}"));
        }
        lines.push(format!("AT+CCFC={reason},3,\"+4930123456\",145"));
    }
    for lock in ["SC", "FD", "PN", "PS", "AO", "OI", "OX", "AI", "IR", "AB", "AG", "AC", "P2"] {
        lines.extend((0..3).map(|mode| format!("AT+CLCK=\"{lock}\",{mode},\"…\"")));
    }
    lines.extend(
        ["0", "1", "0,0", "0,1", "1,0", "1,1", "1,2", "1,1,1", "1,1,4"]
            .map(|values| format!("AT+CCWA={values}")),
    );
    let single = [
        ("+CLIR", 0..3),
        ("+CLIP", 0..2),
        ("+COLP", 0..2),
        ("+CUSD", 0..3),
        ("+CREG", 0..4),
        ("+CGREG", 0..4),
        ("+CEREG", 0..4),
        ("+CMEE", 0..3),
        ("+CMGF", 0..2),
        ("+CVHU", 0..3),
        ("+CMUT", 0..2),
        ("+CRC", 0..2),
        ("+CGATT", 0..2),
        ("+CHLD", 0..6),
        ("+CMMS", 0..3),
        ("+CSMS", 0..2),
        ("+CSDH", 0..2),
        ("^SLCC", 0..2),
        ("^CURC", 0..2),
    ];
    for (name, values) in single {
        lines.extend(values.map(|value| format!("AT{name}={value}")));
    }
    lines.extend(["2,0", "2,1", "2,2", "2,1,0,1", "2,1,0,2"].map(|v| format!("AT+CNMI={v}")));
    lines.extend(["SM", "ME", "MT", "SR"].map(|memory| format!("AT+CPMS=\"{memory}\"")));
    lines.extend(["SM", "ME", "ON", "FD", "LD", "MC"].map(|book| format!("AT+CPBS=\"{book}\"")));
    for line in lines {
        let words = explain(&line, true).unwrap_or_else(|| panic!("{line}"));
        let before = seen.insert(words.clone(), line.clone());
        assert_eq!(before, None, "{line} reads as another: {words}");
    }
}

#[test]
fn services_are_told_as_a_person_says_them() {
    let sent = |line: &str| explain(line, true).unwrap_or_else(|| panic!("{line}"));
    // 3GPP TS 27.007 §7.4, §7.11, §7.12, §7.3; 27.005 §3.4.1.
    for (line, words) in [
        ("AT+CCFC=0,2", "Ask whether all calls are forwarded"),
        ("AT+CCFC=3,2", "Ask whether calls are forwarded when unreachable"),
        ("AT+CCFC=1,4", "Stop forwarding calls when busy and forget the number"),
        (
            "AT+CCFC=2,3,\"+4930123456\",145,1,,,20",
            "Forward calls when nobody answers for 20 s for voice to +4930123456",
        ),
        ("AT+CLCK=\"SC\",2", "Ask whether the SIM asks for its PIN"),
        ("AT+CLCK=\"AO\",1,\"…\",1", "Bar all outgoing calls for voice"),
        ("AT+CCWA=1,1", "Switch call waiting on, and tell of a second caller"),
        ("AT+CPWD=\"SC\",\"…\",\"…\"", "Change the PIN of the SIM"),
        ("AT+COPS=1,2,\"26201\",7", "Choose the operator 26201, by LTE only"),
        ("AT+CNMI=2,1", "Store new texts and tell of them (+CMTI)"),
        ("AT+CPMS=\"SM\",\"SM\",\"SM\"", "Keep all texts in the SIM"),
        ("AT+CPBR=1,250", "Read places 1 to 250 of the phone book"),
        ("AT+CPBW=5", "Delete place 5 of the phone book"),
        (
            "AT+CRSM=192,28599,0,0,15",
            "Ask for the size and kind of the SIM's emergency numbers (EF_ECC)",
        ),
        ("AT+CPIN=1234", "Give the SIM its code"),
        ("AT+CTFR=+4930123456", "Forward the incoming call to +4930123456"),
        ("ATS7=60", "Set register S7 to 60"),
    ] {
        assert_eq!(sent(line), words, "{line}");
    }
}

#[test]
fn answers_about_services_are_told_as_they_stand() {
    let received = |line: &str| explain(line, false).unwrap_or_else(|| panic!("{line}"));
    // 3GPP TS 27.007 §7.3–§7.12, §7.17, §8.11, §8.12, §8.18.
    for (line, words) in [
        ("+CCFC: 0,7", "Forwarding is off for voice, data, fax"),
        (
            "+CCFC: 1,1,\"+4930123456\",145,,,20",
            "Forwarding is on for voice, to +4930123456, after 20 s",
        ),
        ("+CLCK: 1", "The lock asked about is on"),
        ("+CCWA: 0", "A second caller is not told of here"),
        ("+CCWA: 1,1", "Call waiting is on for voice"),
        ("+CLIP: 1,1", "Who calls is shown here; the network tells it"),
        ("+CLIP: \"+4930123456\",145", "The caller is +4930123456"),
        ("+CSSI: 2", "Our call is forwarded"),
        ("+CSSI: 3", "The other side is in a call; ours waits"),
        ("+CSSI: 5", "Notice about our call: outgoing calls are barred"),
        ("+CSSU: 5", "Notice about the other side: the held call was released"),
        ("+CSSU: 10", "Notice about the other side: another incoming call was forwarded"),
        ("+CSSU: 1,3", "Notice about the other side: a closed user group call"),
        (
            "+CSSU: 8,,\"+4930123456\",145",
            "Notice about the other side: our call was transferred (+4930123456)",
        ),
        ("+CSSI: 4,3", "Notice about our call: a closed user group call"),
        ("+CSSI: 7", "Notice about our call: showing our number was refused"),
        ("+CNAP: \"Ada\",0", "The caller's name is Ada"),
        ("+CNAP: \"\",1", "The caller hides the name"),
        ("+CNAP: 0,1", "The name of who calls is not shown here; the network tells it"),
        ("+CDIP: \"+4930123456\",145", "The number that was called is +4930123456"),
        ("+CRSM: 148,4", "The SIM has no such file, or nothing like it in there"),
        ("+CPBS: \"SM\",12,250", "The phone book chosen is the SIM: 12 of 250 places are used"),
        ("+CPBR: 5,\"+4930123456\",145,\"Ada\"", "Place 5 of the phone book: Ada, +4930123456"),
        ("+CREG: (0-2)", "The values there are: registration for calls"),
        (
            "+COPS: (2,\"T-Mobile\",\"TMO\",\"26201\",7),(3,\"O2\",\"O2\",\"26207\",7),,(0-4),(0-2)",
            "Operators found: T-Mobile (ours), O2 (forbidden)",
        ),
        ("^CPIN: SIM PUK,10,10,3,10,3", "The PUK has 10 tries left"),
        ("+CPINR: SIM PIN,1,3", "The PIN has 1 try left"),
        ("+CMUT: 1", "The microphone is off"),
        ("+CLIR: 0,4", "Our number is shown unless a call asks otherwise"),
        ("+CNMI: 2,1,0,0,0", "The setting is to store new texts and tell of them (+CMTI)"),
        (
            "+CEER: NO_SUITABLE_CELLS",
            "Why the last call ended, in the modem's words: NO SUITABLE CELLS",
        ),
        ("+CIREG: 0,1", "Registered for calls over LTE (IMS)"),
    ] {
        assert_eq!(received(line), words, "{line}");
    }
}
