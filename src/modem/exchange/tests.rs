//! What each line is to the command line that is outstanding.

use super::super::procedure::CheckMessages;
use super::*;

fn pending(request: Request) -> Pending {
    Pending::new(Priority::User, Procedure::CheckMessages(CheckMessages), request)
}

#[test]
fn an_echo_is_dropped_once_and_nothing_else_is() {
    let mut outstanding = pending(Request::line("AT+CLCC").expecting(Expect::Prefix("+CLCC")));
    assert_eq!(outstanding.read("AT+CLCC", false), Meaning::Echo);
    assert_eq!(outstanding.read("+CLCC: 1,0,0,0,0", false), Meaning::Information);
    assert_eq!(outstanding.read("AT+CLCC", false), Meaning::Unsolicited);
    assert_eq!(outstanding.read("OK", false), Meaning::Final(FinalResult::Ok));
    assert_eq!(outstanding.lines, ["+CLCC: 1,0,0,0,0"]);
}

#[test]
fn no_carrier_ends_a_dial_and_nothing_else() {
    let mut poll = pending(Request::line("AT+CLCC").expecting(Expect::Prefix("+CLCC")));
    assert_eq!(poll.read("NO CARRIER", false), Meaning::Unsolicited);
    let mut dial = pending(Request::line("ATD1;").expecting(Expect::CallResult));
    assert_eq!(dial.read("NO CARRIER", false), Meaning::Final(FinalResult::NoCarrier));
    let mut typed = pending(Request::line("atd1").expecting(Expect::Everything));
    assert_eq!(typed.read("NO CARRIER", false), Meaning::Final(FinalResult::NoCarrier));
}

#[test]
fn the_result_of_an_earlier_line_is_passed_over() {
    let mut earlier = Earlier::default();
    earlier.sent(Expect::Prefix("+COPS"));
    for both_ways in ["+CREG", "+CSQ", "+CLCC"] {
        earlier.sent(Expect::Prefix(both_ways));
    }
    assert!(earlier.answers("+COPS: 0"));
    for line in ["+CREG: 1", "+CSQ: 17,99", "+CLCC: 1,0,0,0,0"] {
        assert!(!earlier.answers(line), "{line} also comes by itself");
    }
    let mut outstanding = pending(Request::line("ATD1;").expecting(Expect::CallResult));
    outstanding.stale = true;
    assert_eq!(outstanding.read("OK", false), Meaning::Echo);
    assert_eq!(outstanding.read("OK", false), Meaning::Final(FinalResult::Ok));
}

#[test]
fn a_line_between_a_header_and_its_pdu_is_not_the_pdu() {
    let mut list = pending(Request::line("AT+CMGL=4").expecting(Expect::Pdu("+CMGL")));
    assert_eq!(list.read("+CMGL: 1,0,,5", false), Meaning::Information);
    assert_eq!(list.read("RING", false), Meaning::Unsolicited);
    assert_eq!(list.read("0011000B91", false), Meaning::Information);
    assert_eq!(list.read("0011000B91", false), Meaning::Unsolicited);
}

#[test]
fn a_response_without_end_does_not_make_us_grow() {
    let mut list = pending(Request::line("AT+CLCC").expecting(Expect::Prefix("+CLCC")));
    for _ in 0..2 * MAX_LINES {
        list.read("+CLCC: 1,0,0,0,0", false);
    }
    assert_eq!(list.lines.len(), MAX_LINES);
}

#[test]
fn a_secret_is_not_printed() {
    let line = CommandLine::set("+CPIN").secret_string("4711").build().unwrap();
    assert!(!format!("{:?}", Request::new(&line)).contains("4711"));
}
