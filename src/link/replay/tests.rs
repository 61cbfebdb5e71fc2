//! A recording answers as it was recorded, and puts up with what was not.

use super::*;

const RECORDING: &str = r#"# Deskphone recording 1
100 > AT\r
105 < AT\r\r\nOK\r\n
200 > AT+CLCC\r
210 < \r\nOK\r\n
900 < \r\nRING\r\n
1000 > AT+CLCC\r
1010 < \r\n+CLCC: 1,1,4,0,0,"+15550106",145\r\n
1011 < \r\nOK\r\n
2000 > AT+CMGS=20\r
2005 < \r\n> 
2010 > 0011000B91\x1A
2500 < \r\n+CMGS: 7\r\n
2501 < \r\nOK\r\n
3000 < \r\n+CMTI: "SM",1\r\n
"#;

fn at(millis: u64) -> Instant {
    Instant::ZERO + Duration::from_millis(5000 + millis)
}

/// What comes until then, with its time.
fn heard(replay: &mut Replay, until: u64) -> Vec<(u64, String)> {
    let mut heard = Vec::new();
    while let Some(due) = replay.poll_timeout().filter(|due| *due <= at(until)) {
        replay.handle_timeout(due);
        while let Some(bytes) = replay.poll_transmit() {
            let text = String::from_utf8_lossy(&bytes).trim().to_owned();
            heard.push((due.since(at(0)).as_millis() as u64, text));
        }
    }
    heard
}

fn replay() -> Replay {
    let pieces = recording::parse(RECORDING.as_bytes()).unwrap();
    let mut replay = Replay::of(&pieces);
    replay.handle_timeout(at(0));
    replay
}

fn strings(heard: &[(u64, String)]) -> Vec<(u64, &str)> {
    heard.iter().map(|(at, text)| (*at, text.as_str())).collect()
}

#[test]
fn the_same_lines_at_the_same_times_get_the_same_answers() {
    let mut replay = replay();
    let mut all = Vec::new();
    let body = b"0011000B91\x1a";
    let script: [(u64, &[u8]); 5] = [
        (0, b"AT\r"),
        (100, b"AT+CLCC\r"),
        (900, b"at+clcc\r"),
        (1900, b"AT+CMGS=20\r"),
        (1910, body),
    ];
    for (time, bytes) in script {
        all.extend(heard(&mut replay, time));
        replay.handle_bytes(bytes, at(time));
    }
    all.extend(heard(&mut replay, 9000));
    assert_eq!(
        strings(&all),
        [
            (5, "AT\r\r\nOK"),
            (110, "OK"),
            (800, "RING"),
            (910, "+CLCC: 1,1,4,0,0,\"+15550106\",145"),
            (911, "OK"),
            (1905, ">"),
            (2400, "+CMGS: 7"),
            (2401, "OK"),
            (2900, "+CMTI: \"SM\",1"),
        ]
    );
    assert!(replay.is_over());
}

#[test]
fn a_question_asked_more_often_gets_what_was_last_answered() {
    let mut replay = replay();
    heard(&mut replay, 950);
    for time in [950, 1500, 8000, 8100] {
        heard(&mut replay, time);
        replay.handle_bytes(b"AT+CLCC\r", at(time));
        let answer = heard(&mut replay, time + 50);
        assert_eq!(strings(&answer)[0].1, "+CLCC: 1,1,4,0,0,\"+15550106\",145", "{time}");
    }
}

#[test]
fn a_question_that_is_late_on_a_slow_machine_is_not_told_what_is_still_to_come() {
    // Nearer to the second of the recording (900), and not asked before.
    let mut replay = replay();
    heard(&mut replay, 600);
    replay.handle_bytes(b"AT+CLCC\r", at(600));
    let answer = heard(&mut replay, 700);
    assert_eq!(strings(&answer), [(610, "OK")]);
}

#[test]
fn lines_that_were_not_recorded_are_answered_all_the_same() {
    let mut replay = replay();
    let cases: [(&[u8], &str); 6] = [
        (b"AT+CMEE=1\r", "OK"),
        (b"AT+COPS?\r", "ERROR"),
        (b"AT+CPIN?\r", "+CPIN: READY\r\n\r\nOK"),
        (b"AT+CGMI\r", "OK"),
        // Another length of text: the prompt of the one that was recorded.
        (b"AT+CMGS=31\r", ">"),
        (b"\xff\xfe\r", "ERROR"),
    ];
    for (line, answer) in cases {
        replay.handle_bytes(line, at(10));
        let heard = heard(&mut replay, 60);
        assert_eq!(heard.last().map(|(_, text)| text.as_str()), Some(answer), "{line:?}");
    }
    replay.handle_bytes(&[b'A'; 200_000], at(70));
    replay.handle_bytes(b"\r", at(70));
    assert_eq!(heard(&mut replay, 90).len(), 1);
}
