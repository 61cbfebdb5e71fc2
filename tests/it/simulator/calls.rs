//! Command lines, calls and registration.

use super::desk::{Desk, check};
use deskphone::simulator::network::{CallStage, ReleasedBy};
use std::time::Duration;

#[test]
fn command_lines_are_read_as_v250_says() {
    check(
        "generic",
        "> AT
         < OK
         > at+csq=?
         < +CSQ: (0-31,99),(0-7,99)
         < OK
         > AT +CREG ? ; +COPS?
         < +CREG: 0,1
         < +COPS: 0,0,\"TestNet\",2
         < OK
         > ATE0V1X4&D2S7=30S7?
         < 030
         < OK
         >> A/
         < 030
         < OK
         > AT+NOSUCH
         < ERROR
         > AT+CMEE=1;+CPBR=999
         < +CME ERROR: 21
         > AT+CMEE=2;+CPBR=999
         < +CME ERROR: invalid index
         > AT+CREG?;+NOSUCH;+CSQ
         < +CREG: 0,1
         < +CME ERROR: operation not supported
         > noise without the two letters
         > AX\u{8}T
         < OK",
    );
}

#[test]
fn numeric_results_and_no_results() {
    let mut desk = Desk::new("generic");
    desk.type_line("ATV0");
    desk.wait(Duration::from_secs(1));
    assert_eq!(desk.lines.pop_front().as_deref(), Some("0"));
    desk.type_line("AT+NOSUCH");
    desk.wait(Duration::from_secs(1));
    assert_eq!(desk.lines.pop_front().as_deref(), Some("4"));
    desk.type_line("ATV1Q1");
    desk.wait(Duration::from_secs(1));
    assert!(desk.lines.is_empty());
}

#[test]
fn who_is_called_decides_how_the_call_goes() {
    // Ada: two rings, then she answers; she stays until we hang up.
    let desk = check(
        "generic",
        "> ATD+15550100;
         < OK
         wait 0.1
         > AT+CLCC
         < +CLCC: 1,0,2,0,0,\"+15550100\",145
         < OK
         wait 2
         > AT+CLCC
         < +CLCC: 1,0,3,0,0,\"+15550100\",145
         < OK
         wait 5
         > AT+CLCC;+CPAS
         < +CLCC: 1,0,0,0,0,\"+15550100\",145
         < +CPAS: 4
         < OK
         wait 100
         > AT+VTS=5;+VTS=\"#\"
         < OK
         > AT+CHUP
         < OK
         > AT+CLCC
         < OK
         wait 20",
    );
    assert_eq!(desk.last_cause(), (16, ReleasedBy::Program));
    assert_eq!(desk.modem.network().call_log()[0].call.tones, "5#");
    let failing = [
        ("15550101", "BUSY", 17, "User busy", 3),
        ("0015550102", "NO ANSWER", 19, "User alerting, no answer", 33),
        ("5550103", "BUSY", 21, "Call rejected", 6),
        ("+15550104", "NO CARRIER", 1, "Unassigned (unallocated) number", 3),
        ("+4930123456", "NO CARRIER", 1, "Unassigned (unallocated) number", 3),
        ("+15550105", "NO CARRIER", 16, "Normal call clearing", 12),
        ("112", "NO CARRIER", 16, "Normal call clearing", 9),
    ];
    for (number, result, cause, words, within) in failing {
        let mut desk = Desk::new("generic");
        assert_eq!(desk.ask(&format!("ATD{number};")), ["OK"], "{number}");
        desk.wait(Duration::from_secs(within));
        assert_eq!(desk.lines.pop_front().as_deref(), Some(result), "{number}");
        assert_eq!(desk.ask("AT+CEER"), [format!("+CEER: {cause},\"{words}\""), "OK".into()]);
        assert_eq!(desk.last_cause(), (cause, ReleasedBy::Network));
        assert!(desk.modem.network().calls().is_empty());
    }
}

#[test]
fn a_number_is_who_it_is_however_it_is_written() {
    for written in ["+1 555 0105", "0015550105", "01115550105", "15550105", "555-0105", "5550105"] {
        let mut desk = Desk::new("generic");
        assert_eq!(desk.ask(&format!("ATD{written};")), ["OK"]);
        desk.wait(Duration::from_secs(3));
        assert_eq!(desk.modem.network().calls()[0].stage, CallStage::Active, "{written}");
    }
}

#[test]
fn farah_calls_back_five_seconds_after_the_call() {
    let desk = check(
        "generic",
        "> AT+CLIP=1;+CRC=1
         < OK
         > ATD+15550106;
         < OK
         wait 6
         < BUSY
         < +CRING: VOICE
         < +CLIP: \"+15550106\",145,,,,0
         > ATA
         < OK
         > AT+CLCC
         < +CLCC: 1,1,0,0,0,\"+15550106\",145
         < OK
         net hang up
         < NO CARRIER",
    );
    let log = desk.modem.network().call_log();
    let between = log[1].call.began.since(log[0].ended_at);
    assert_eq!(between, Duration::from_secs(5));
}

#[test]
fn without_its_semicolon_a_number_is_a_data_call_and_fails() {
    let mut desk = Desk::new("generic");
    let began = desk.now;
    assert_eq!(desk.ask("ATD+15550100"), ["NO CARRIER"]);
    assert!(desk.now.since(began) >= Duration::from_secs(2));
    assert!(desk.modem.network().call_log().is_empty(), "nobody's phone rang");
}

#[test]
fn what_stands_behind_the_semicolon_is_obeyed() {
    // Why a program must never let a user's text into a command line.
    let mut desk = Desk::new("generic");
    assert_eq!(desk.ask("ATD5550100;+CFUN=0"), ["OK"]);
    assert_eq!(desk.next_line().as_deref(), Some("NO CARRIER"));
    assert_eq!(desk.ask("AT+CFUN?"), ["+CFUN: 0", "OK"]);
}

#[test]
fn an_incoming_call_rings_until_it_is_answered_rejected_or_given_up() {
    check(
        "generic",
        "> AT+CLIP=1
         < OK
         net call from +15550106
         < RING
         < +CLIP: \"+15550106\",145,,,,0
         wait 4.1
         < RING
         < +CLIP: \"+15550106\",145,,,,0
         > AT+CLCC;+CPAS
         < +CLCC: 1,1,4,0,0,\"+15550106\",145
         < +CPAS: 3
         < OK
         > AT+CHUP
         < OK
         wait 20
         net call from withheld
         < RING
         < +CLIP: \"\",128,,,,1
         > ATH
         < OK
         wait 10
         > ATA
         < NO CARRIER
         > AT+CLIP=0
         < OK
         net call from 5550100
         < RING
         net hang up
         < NO CARRIER
         wait 20",
    );
}

#[test]
fn a_call_can_be_held_swapped_joined_and_ended_one_by_one() {
    let desk = check(
        "generic",
        "> AT+CCWA=1,1
         < OK
         > ATD+15550100;
         < OK
         wait 8
         net call from +15550107
         < +CCWA: \"+15550107\",145,1
         > AT+CLCC
         < +CLCC: 1,0,0,0,0,\"+15550100\",145
         < +CLCC: 2,1,5,0,0,\"+15550107\",145
         < OK
         > AT+CHLD=2
         < OK
         > AT+CLCC
         < +CLCC: 1,0,1,0,0,\"+15550100\",145
         < +CLCC: 2,1,0,0,0,\"+15550107\",145
         < OK
         > AT+CHLD=2
         < OK
         > AT+CHLD=3
         < OK
         > AT+CLCC
         < +CLCC: 1,0,0,0,1,\"+15550100\",145
         < +CLCC: 2,1,0,0,1,\"+15550107\",145
         < OK
         > AT+CHLD=12
         < OK
         > AT+CLCC
         < +CLCC: 1,0,0,0,0,\"+15550100\",145
         < OK
         > AT+CHLD=2
         < OK
         > ATD5550105;
         < OK
         wait 4
         > AT+CHLD=1
         < OK
         > AT+CLCC
         < +CLCC: 1,0,0,0,0,\"+15550100\",145
         < OK
         > AT+CHLD=0
         < ERROR
         > ATH
         < OK",
    );
    assert_eq!(desk.modem.network().call_log().len(), 3);
}

#[test]
fn the_second_caller_hears_busy_when_waiting_is_off_and_can_be_refused_when_on() {
    check(
        "generic",
        "> AT+CCWA=1,0
         < OK
         > ATD+15550100;
         < OK
         wait 8
         net call from +15550107
         > AT+CLCC
         < +CLCC: 1,0,0,0,0,\"+15550100\",145
         < OK
         > AT+CCWA=1,1
         < OK
         net call from +15550107
         < +CCWA: \"+15550107\",145,1
         > AT+CHLD=0
         < OK
         > AT+CLCC
         < +CLCC: 1,0,0,0,0,\"+15550100\",145
         < OK
         net call from +15550107
         < +CCWA: \"+15550107\",145,1
         > AT+CHUP
         < OK
         < RING
         > ATA
         < OK
         > AT+CLCC
         < +CLCC: 2,1,0,0,0,\"+15550107\",145
         < OK",
    );
}

#[test]
fn a_typed_character_aborts_a_dialing_that_awaits_its_answer() {
    let desk = check(
        "wavecom",
        "> ATD+15550100;
         < +WIND: 5,1
         wait 3
         >
         < NO CARRIER
         < +WIND: 6,1
         > AT+CEER
         < +CEER: Error 16
         < OK",
    );
    assert_eq!(desk.last_cause(), (16, ReleasedBy::Program));
    let mut desk = Desk::new("wavecom");
    let began = desk.now;
    assert_eq!(desk.ask("ATD+15550100;"), ["+WIND: 5,1", "OK"]);
    assert!(desk.now.since(began) > Duration::from_secs(6), "OK only when answered");
    assert_eq!(desk.modem.network().calls()[0].stage, CallStage::Active);
}

#[test]
fn calls_need_a_network_and_end_with_it() {
    check(
        "quectel",
        "> AT+CREG=2
         < OK
         > ATD+15550100;
         < OK
         wait 8
         net network lost for 10
         < NO CARRIER
         < +CREG: 2
         > ATD+15550100;
         < +CME ERROR: 30
         wait 11
         < +CREG: 1,\"2F1B\",\"0A3C5D1E\",7
         net signal 14
         net registration denied
         < +CREG: 3
         > ATD+15550100;
         < +CME ERROR: 32
         > AT+CSQ;+COPS?
         < +CSQ: 14,99
         < +COPS: 0
         < OK",
    );
}

#[test]
fn where_circuits_carry_texts_alone_ims_carries_calls() {
    // 27.007 §7.2: <stat> 6 of +CREG speaks of circuits. §8.71: +CIREG of IMS.
    check(
        "quectel",
        "> AT+CIREG=2
         < OK
         net registration texts-only
         > AT+CREG?;+CIREG?
         < +CREG: 0,6
         < +CIREG: 2,1,1
         < OK
         > ATD+15550100;
         < OK
         wait 8
         net ims off
         < NO CARRIER
         < +CIREGU: 0
         > ATD+15550100;
         < +CME ERROR: 30
         net ims on
         < +CIREGU: 1,1
         net registration emergency-only
         < +CIREGU: 0
         > AT+CIREG?;+QCFG=\"ims\"
         < +CIREG: 2,0
         < +QCFG: \"ims\",1,0
         < OK",
    );
    // In 2G nothing else carries them.
    check(
        "generic",
        "net registration texts-only
         > AT+CMEE=1
         < OK
         > ATD+15550100;
         < +CME ERROR: 30",
    );
}
