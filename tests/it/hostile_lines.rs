//! A modem, or what pretends to be one, that sends lines without end: nothing grows, and afterwards
//! everything works as before.

use super::rig::Rig;
use std::time::Duration;

/// What the driver holds, written out: an upper bound for whatever could grow in it.
fn size(rig: &Rig) -> usize {
    format!("{:?}", rig.modem).len()
}

/// Reports of every kind; `#` is a number that is different each time.
const REPORTS: [&str; 36] = [
    "RING",
    "+CRING: VOICE",
    "+CLIP: \"#\",129",
    "+CCWA: \"#\",129,1",
    "+CLCC: 1,0,2,0,0,\"#\",129",
    "+CLCC: 3,1,4,0,0,\"#\",129",
    "+CSSI: 2",
    "+CSSU: 2",
    "^ORIG:1,0",
    "^CONN:1,0",
    "^CEND:1,5,104,16",
    "+QIND: \"ccinfo\",2,1,4,0,0,\"#\",129",
    "VOICE CALL: BEGIN",
    "MISSED_CALL: 11:01AM #",
    "NO CARRIER",
    "BUSY",
    "+CMTI: \"SM\",#",
    "+CMTI: \"M#\",1",
    "+CDSI: \"SR\",#",
    "+CMT: ,#",
    "+CDS: #",
    "+CREG: 1,\"#\",\"#\",7",
    "+CREG: 0",
    "+CUSD: 0,\"text #\",15",
    "+CUSD: 1,\"open #",
    "+CIEV: #,1",
    "+CPIN: NOT READY",
    "+CPIN: READY",
    "^SIMST: #",
    "+CME ERROR: 10",
    "OK",
    "ERROR",
    "^SMMEMFULL: \"SM\"",
    "Call Ready",
    "> ",
    "something else #",
];

#[test]
fn hundreds_of_reports_a_second_leave_nothing_behind() {
    for report in REPORTS {
        let mut rig = Rig::new().connected();
        rig.storing = false;
        for second in 0..2 {
            for number in 0..600 {
                rig.line(&report.replace('#', &(second * 600 + number).to_string()));
            }
            assert!(size(&rig) < 2_000_000, "{report}: {} octets", size(&rig));
            rig.run_for(Duration::from_secs(1));
            rig.events.clear();
            rig.transcript.clear();
        }
        let written = rig.written.len();
        assert!(written < 6_000, "{report}: {written} commands");
        rig.answer("AT+CLCC", "OK");
        rig.answer("AT+CHUP", "OK");
        rig.run_for(Duration::from_secs(120));
        rig.begin();
        rig.user("refresh");
        rig.run_for(Duration::from_secs(30));
        assert!(rig.transcript.iter().any(|line| line.ends_with("done 1")), "{report}");
        assert!(size(&rig) < 100_000, "{report}: {} octets remain", size(&rig));
    }
}

#[test]
fn lines_of_a_hundred_thousand_characters_are_cut() {
    for report in REPORTS {
        let mut rig = Rig::new().connected();
        let fill = "9".repeat(100_000);
        for _ in 0..4 {
            rig.line(&format!("{report}{fill}"));
            rig.line(&report.replace('#', &fill));
            // A quotation mark that never closes, and one that closes far behind.
            rig.line(&format!("{}\"{fill}", report.replace('#', "\"")));
            rig.line(&format!("{report},\"{fill}\","));
            assert!(size(&rig) < 2_000_000, "{report}: {} octets", size(&rig));
        }
        rig.run_for(Duration::from_secs(120));
        assert!(size(&rig) < 200_000, "{report}: {} octets remain", size(&rig));
        let longest = rig.events.iter().map(|event| format!("{event:?}").len()).max();
        assert!(longest.unwrap_or(0) < 20_000, "{report}: an event of {longest:?}");
    }
}
