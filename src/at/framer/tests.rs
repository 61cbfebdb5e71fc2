//! The law for framers: the same frames from the whole stream, from its single octets, from any
//! cut, and with octets behind a frame left for the next.

use super::*;

fn drain(framer: &mut Framer, hint: Hint) -> Vec<Frame> {
    std::iter::from_fn(|| framer.next(hint)).collect()
}

fn frames_of(chunks: &[&[u8]], hint: Hint) -> Vec<Frame> {
    let mut framer = Framer::new();
    let mut frames = Vec::new();
    for chunk in chunks {
        framer.push(chunk);
        frames.extend(drain(&mut framer, hint));
    }
    frames
}

/// Reads `stream` in every way, and gives what came out of all of them: lines as they are, a prompt
/// as `<prompt>`.
fn frames(stream: &[u8], expect_prompt: bool) -> Vec<String> {
    let hint = Hint { expect_prompt };
    let whole = frames_of(&[stream], hint);
    let single: Vec<&[u8]> = stream.chunks(1).collect();
    assert_eq!(frames_of(&single, hint), whole, "octet by octet");
    for first in 0..stream.len() {
        for second in first..stream.len() {
            let cut = [&stream[..first], &stream[first..second], &stream[second..]];
            assert_eq!(frames_of(&cut, hint), whole, "cut at {first} and {second}");
        }
    }
    let mut trailing = stream.to_vec();
    trailing.extend(b"+CSQ: 1");
    assert_eq!(frames_of(&[&trailing], hint), whole, "with octets behind");
    let word = |frame| match frame {
        Frame::Line(line) => line,
        Frame::Prompt => "<prompt>".to_owned(),
    };
    whole.into_iter().map(word).collect()
}

#[test]
fn lines_end_with_any_of_the_terminators() {
    let expected = ["AT+CSQ", "+CSQ: 17,99", "OK"];
    for end in ["\r\n", "\r", "\n", "\r\r\n", "\n\r", "\r\n\r\n"] {
        let stream = expected.map(|line| format!("{line}{end}")).concat();
        assert_eq!(frames(stream.as_bytes(), false), expected, "{end:?}");
    }
}

#[test]
fn blank_lines_and_stray_control_characters_are_no_text() {
    assert_eq!(frames(b"\0\0\r\n \t\r\nO\0K\x1a\x1b\r\n\0\r\n", false), ["OK"]);
    assert_eq!(frames(b"\x00\xff\r\nRING\x7f\r\n", false), ["ÿ", "RING"]);
}

#[test]
fn octets_that_are_no_utf8_are_latin_1_and_the_rest_stays() {
    assert_eq!(frames(b"+COPS: 0,0,\"T\xe9l\xe9\"\r\n", false), ["+COPS: 0,0,\"Télé\""]);
    assert_eq!(frames("+COPS: 0,0,\"ایرانسل\"\r\n".as_bytes(), false), ["+COPS: 0,0,\"ایرانسل\""]);
    assert_eq!(frames(b"\xe2\x82\xac \xe9 \x9b2J\r\n", false), ["€ é \u{FFFD}2J"]);
}

#[test]
fn the_prompt_comes_with_and_without_its_space() {
    let expected = ["AT+CMGS=23", "<prompt>", "OK"];
    assert_eq!(frames(b"AT+CMGS=23\r\r\n> OK\r\n", true), expected);
    assert_eq!(frames(b"AT+CMGS=23\r\r\n>OK\r\n", true), expected);
    assert_eq!(frames(b"AT+CMGS=23\r\n> \r\nOK\r\n", true), expected);
    assert_eq!(frames(b"AT+CMGS=23\r\n\0> \0\r\nOK\r\n", true), expected);
}

#[test]
fn a_prompt_needs_no_octet_behind_it() {
    let mut framer = Framer::new();
    framer.push(b"\r\n>");
    assert_eq!(framer.next(Hint { expect_prompt: true }), Some(Frame::Prompt));
    framer.push(b" ");
    assert_eq!(framer.next(Hint { expect_prompt: true }), None);
    assert!(!framer.has_partial());
}

#[test]
fn without_the_hint_and_within_a_line_the_sign_is_text() {
    assert_eq!(frames(b"> hello\r\nOK\r\n", false), ["> hello", "OK"]);
    assert_eq!(frames(b"a > b\r\n", true), ["a > b"]);
}

#[test]
fn an_old_prompt_does_not_hide_the_one_that_is_waited_for() {
    let mut framer = Framer::new();
    framer.push(b"\r\n> ");
    assert_eq!(framer.next(Hint::default()), None);
    assert_eq!(framer.next(Hint { expect_prompt: true }), None, "it was not asked for");
    framer.push(b"> ");
    assert_eq!(framer.next(Hint { expect_prompt: true }), Some(Frame::Prompt));
}

#[test]
fn a_text_in_quotes_is_one_line() {
    let menu = "+CUSD: 1,\"Menu\n1: Balance\n2: \"Top\" up\",15";
    for end in ["\r\n", "\n", "\r"] {
        let stream = format!("{}{end}OK{end}", menu.replace('\n', end));
        assert_eq!(frames(stream.as_bytes(), false), [menu, "OK"], "{end:?}");
    }
    assert_eq!(
        frames(b"+CUSD: 0,\"one\n\nthree\"\r\n", false),
        ["+CUSD: 0,\"one\n\nthree\""],
        "blank lines within it stay"
    );
}

#[test]
fn texts_with_quotes_of_their_own_are_not_waited_for() {
    for line in [
        "+CUSD: 0,\"Say \"hi\" now\",15",
        "+CUSD: 0,\"5\" screen\"",
        "+CUSD: 2",
        "+CUSD: 0,no quotes,15",
        "+CUSD: 0,\"\",15",
        "+CMGR: \"REC READ\",\"+49301234\",,\"22/01/01,10:00:00+04\"",
        "+COPS: 0,0,\"open",
    ] {
        assert_eq!(frames(format!("{line}\r\n").as_bytes(), false), [line]);
    }
}

#[test]
fn a_result_or_another_report_ends_the_waiting_for_a_quote() {
    for next in ["+CREG: 1", "+CUSD: 2", "+NEW: 1", "+CMTI: \"SM\",1"] {
        let stream = format!("+CUSD: 0,\"lost\r\nits end\r\n{next}\r\n");
        assert_eq!(frames(stream.as_bytes(), false), ["+CUSD: 0,\"lost\nits end", next]);
    }
    let stream = b"+CPBR: 1,\"1\",129,\"lost\r\nOK\r\n";
    assert_eq!(frames(stream, false), ["+CPBR: 1,\"1\",129,\"lost", "OK"]);
    let pdu = "07914306073011F0040581";
    let stream = format!("+CMT: \"lost,23\r\n{pdu}\r\n");
    assert_eq!(frames(stream.as_bytes(), false), ["+CMT: \"lost,23", pdu]);
}

#[test]
fn a_result_within_the_quotes_of_a_service_is_its_text() {
    for result in ["OK", "ERROR", "NO CARRIER", "BUSY", "+CME ERROR: 30"] {
        let text = format!("+CUSD: 0,\"Press\n{result}\nto go on\",15");
        let stream = format!("{}\r\n\r\nOK\r\n", text.replace('\n', "\r\n"));
        assert_eq!(frames(stream.as_bytes(), false), [text.as_str(), "OK"], "{result}");
    }
    assert_eq!(frames(b"+CUSD: 0,\"\r\nOK\r\n\"\r\n", false), ["+CUSD: 0,\"\nOK\n\""]);
}

#[test]
fn a_caller_within_the_quotes_of_a_service_is_its_text() {
    let clip = "+CLIP: \"+49301234\",145";
    for words in ["RING", "RDY", "NO CARRIER", clip, &format!("RING\n{clip}\nRING")] {
        let text = format!("+CUSD: 0,\"Press\n{words}\nto go on\",15");
        let stream = format!("{}\r\n", text.replace('\n', "\r\n"));
        assert_eq!(frames(stream.as_bytes(), false), [text.as_str()], "{words}");
    }
}

#[test]
fn a_caller_behind_quotes_that_do_not_close_is_given_after_all() {
    let mut framer = Framer::new();
    framer.push(b"+CUSD: 0,\"lost\r\n\r\nRING\r\n\r\n+CLIP: \"+49301234\",145\r\n");
    assert_eq!(framer.next(Hint::default()), None, "the quotes of +CLIP are its own");
    assert!(framer.holds_own());
    let given = std::iter::from_fn(|| framer.flush_partial());
    let lines = ["+CUSD: 0,\"lost", "RING", "+CLIP: \"+49301234\",145"];
    assert!(given.eq(lines.map(|line| Frame::Line(line.to_owned()))));
    // Another report, or the next answer, ends the waiting.
    let next = "+CUSD: 0,\"more\",15";
    let stream = format!("+CUSD: 0,\"lost\r\nRING\r\n{next}\r\n");
    assert_eq!(frames(stream.as_bytes(), false), ["+CUSD: 0,\"lost", "RING", next]);
}

#[test]
fn the_longest_text_of_a_service_is_whole() {
    // 182 characters (23.038 §6.1.2.3.1), most of them line breaks.
    let text = format!("+CUSD: 0,\"{}\",15", "x\n".repeat(91));
    let stream = format!("{}\r\nOK\r\n", text.replace('\n', "\r\n"));
    assert_eq!(frames(stream.as_bytes(), false), [text.as_str(), "OK"]);
}

#[test]
fn a_result_behind_quotes_that_do_not_close_is_given_after_all() {
    let lost = b"+CUSD: 0,\"lost\r\nits end\r\nOK\r\n+CSQ: 1,99\r\n";
    assert_eq!(frames(lost, false), ["+CUSD: 0,\"lost\nits end", "OK", "+CSQ: 1,99"]);
    let mut framer = Framer::new();
    framer.push(b"+CUSD: 0,\"lost\r\nERROR\r\nmore");
    assert_eq!(framer.next(Hint::default()), None);
    assert!(framer.holds_own());
    let given = std::iter::from_fn(|| framer.flush_partial());
    let lines = ["+CUSD: 0,\"lost", "ERROR", "more"];
    assert!(given.eq(lines.map(|line| Frame::Line(line.to_owned()))));
    assert!(!framer.has_partial() && !framer.holds_own());
    // Too many lines.
    framer.push(format!("+CUSD: 0,\"lost\r\nOK\r\n{}", "x\r\n".repeat(208)).as_bytes());
    let lines = drain(&mut framer, Hint::default());
    assert_eq!(lines.len(), 210, "the text, the result, and all the lines");
    assert_eq!(lines[1], Frame::Line("OK".to_owned()));
}

#[test]
fn a_quote_that_never_closes_is_given_up() {
    let mut framer = Framer::new();
    framer.push(b"+CUSD: 0,\"begin\r\n");
    framer.push("line\r\n".repeat(300).as_bytes());
    let lines = drain(&mut framer, Hint::default());
    assert_eq!(lines.len(), 1 + 300 - 199, "one text of 200 lines, then single ones");
    let mut framer = Framer::new();
    framer.push(b"+CUSD: 0,\"begin\r\nend");
    assert_eq!(framer.next(Hint::default()), None);
    assert!(framer.has_partial());
    assert_eq!(framer.flush_partial(), Some(Frame::Line("+CUSD: 0,\"begin\nend".to_owned())));
    assert_eq!(framer.flush_partial(), None);
    assert!(!framer.has_partial());
}

#[test]
fn a_line_without_its_terminator_is_given_after_a_silence() {
    let mut framer = Framer::new();
    framer.push(b"\r\nOK");
    assert_eq!(framer.next(Hint::default()), None);
    assert!(framer.has_partial());
    assert_eq!(framer.flush_partial(), Some(Frame::Line("OK".to_owned())));
    assert_eq!(framer.flush_partial(), None);
    framer.push(b"\r\nRING\r\n");
    assert_eq!(framer.next(Hint::default()), Some(Frame::Line("RING".to_owned())));
}

#[test]
fn a_long_line_is_cut_and_the_next_one_is_whole() {
    let stream = format!("{}\r\nOK\r\n", "y".repeat(MAX_LINE + 1000));
    let lines = frames_of(&[stream.as_bytes()], Hint::default());
    assert_eq!(lines, [Frame::Line("y".repeat(MAX_LINE)), Frame::Line("OK".to_owned())]);
}
