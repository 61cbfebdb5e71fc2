//! Tests of the console's lines.

use super::*;

fn wall() -> WallTime {
    WallTime::from_unix_seconds(0, 0)
}

fn sent(text: &[u8]) -> Transmit {
    Transmit { bytes: text.to_vec(), secret: false }
}

fn lines(traffic: &Traffic) -> Vec<String> {
    traffic.log().since(0).into_iter().map(|entry| entry.line).collect()
}

#[test]
fn lines_are_put_together_from_any_pieces() {
    let mut traffic = Traffic::default();
    traffic.sent(&sent(b"AT+CMGS=23\r"), wall());
    traffic.received(b"\r\n> ", wall());
    traffic.sent(&sent(b"0011000B\x1a"), wall());
    for piece in [&b"\r\n+CM"[..], b"GS: 7\r", b"\n\r\nOK\r\n\0"] {
        traffic.received(piece, wall());
    }
    traffic.received(b"caf\xc3\xa9 \xff\x07", wall());
    traffic.cut(wall());
    assert_eq!(
        lines(&traffic),
        ["AT+CMGS=23", "> ", "0011000B<Ctrl-Z>", "+CMGS: 7", "OK", "café <FF><07>"]
    );
}

#[test]
fn secrets_are_masked_in_what_is_sent_and_in_its_echo() {
    let mut traffic = Traffic::default();
    for line in [
        &b"AT+CPIN=\"4821\"\r"[..],
        b"at+clck=\"SC\",1,\"4821\"\r",
        b"AT+CPWD=\"SC\",\"4821\",\"4821\"\r",
    ] {
        traffic.sent(&Transmit { bytes: line.to_vec(), secret: true }, wall());
        traffic.received(line, wall());
        traffic.received(b"\nOK\r\n", wall());
        // Typed by hand in another program that shares the modem: only the echo is seen.
        traffic.sent(&sent(b"AT\r"), wall());
        traffic.received(line, wall());
        // Typed in the console, whoever marked it.
        traffic.sent(&sent(line), wall());
    }
    let lines = lines(&traffic);
    assert!(lines.len() >= 15);
    assert!(lines.iter().all(|line| !line.contains("4821")), "{lines:?}");
}

#[test]
fn a_spoiled_echo_does_not_show_the_secret() {
    let mut traffic = Traffic::default();
    let line = b"AT+CPIN=\"4821\"\r";
    for lost in 0..line.len() - 1 {
        traffic.sent(&Transmit { bytes: line.to_vec(), secret: true }, wall());
        let echo: Vec<u8> = [&line[..lost], &line[lost + 1..]].concat();
        traffic.received(&echo, wall());
        traffic.received(b"\r\nOK\r\n", wall());
    }
    let shown = lines(&traffic);
    assert!(shown.iter().all(|line| !line.contains("4821")), "{shown:?}");
    // Afterwards the same digits are only digits.
    traffic.received(b"+CLIP: \"4821\",129\r\n", wall());
    assert!(lines(&traffic).last().is_some_and(|line| line.contains("4821")));
}

#[test]
fn a_modem_without_line_ends_is_shown_in_pieces() {
    let mut traffic = Traffic::default();
    traffic.received(&[b'x'; 10_000], wall());
    assert_eq!(lines(&traffic).len(), 10_000 / LONGEST_PIECE);
    assert!(traffic.received.len() < LONGEST_PIECE);
}
