//! The parser by itself.

use super::parser::{Command, Form, body_of, next_command};

fn commands(line: &str) -> Result<Vec<(String, Form)>, ()> {
    let mut body = body_of(line).unwrap_or_default().to_owned();
    let mut all = Vec::new();
    while let Some(Command { name, form, .. }) = next_command(&mut body).map_err(|_| ())? {
        all.push((name, form));
    }
    Ok(all)
}

fn set(name: &str, value: &str) -> (String, Form) {
    (name.to_owned(), Form::Set(value.to_owned()))
}

#[test]
fn basic_and_extended_commands_share_a_line() {
    // V.250 §5.4.4: after an extended command a semicolon, after a basic one nothing.
    let expected = vec![
        set("E", "0"),
        set("V", "1"),
        ("&F".to_owned(), Form::Execute),
        ("+CREG".to_owned(), Form::Read),
        set("+CLIP", "1"),
        ("S0".to_owned(), Form::Read),
    ];
    assert_eq!(commands("ATE0V1&F+CREG?;+CLIP=1;S0?"), Ok(expected.clone()));
    assert_eq!(commands("\u{1b}xat e0 v1 &f +creg?; +clip=1; s0?"), Ok(expected));
}

#[test]
fn quotes_keep_semicolons_and_commas() {
    let all = commands("AT+CUSD=1,\"a;b,c\",15;+CSQ").unwrap();
    assert_eq!(all[0], set("+CUSD", "1,\"a;b,c\",15"));
    assert_eq!(all[1], ("+CSQ".to_owned(), Form::Execute));
    let mut body = "+CUSD=1,\"a;b,c\",,15".to_owned();
    let command = next_command(&mut body).unwrap().unwrap();
    assert_eq!(command.arguments(), ["1", "a;b,c", "", "15"]);
    assert_eq!((command.number(0), command.number(2), command.number(9)), (Some(1), None, None));
}

#[test]
fn dial_takes_the_line_up_to_its_semicolon() {
    let mut body = "D+1 555-0100;+CSQ".to_owned();
    let dial = next_command(&mut body).unwrap().unwrap();
    assert!(dial.voice);
    assert_eq!(dial.form, Form::Set("+1 555-0100".to_owned()));
    assert_eq!(body, "+CSQ");
    let mut body = "DT5550100".to_owned();
    assert!(!next_command(&mut body).unwrap().unwrap().voice);
}

#[test]
fn what_is_no_command_is_a_syntax_error() {
    for line in ["AT!", "AT&1", "AT+", "ATS", "ATS300=1", "AT+CSQ#", "AT\"", "AT+CREG?x"] {
        assert_eq!(commands(line), Err(()), "{line}");
    }
    assert_eq!(commands("no such letters"), Ok(vec![]));
    assert_eq!(body_of("RING"), None);
}
