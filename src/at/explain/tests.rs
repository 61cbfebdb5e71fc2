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
    assert_eq!(sent("ATE0S0=2"), "Switch the echo off, then answer by itself after so many rings");
    assert_eq!(sent("at+creg?"), "Ask whether it is registered for calls");
    assert_eq!(
        sent("AT+COPS=3,0;+COPS?"),
        "Name operators by their long names, then ask which \
        operator it is registered with"
    );
    assert_eq!(sent("AT+CPIN=…"), "Give the SIM its code");
    assert_eq!(sent("AT+CRSM=176,28599,0,0,15"), "Read or change a file of the SIM");
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
