//! Nothing that a user gives becomes a command of its own.

use super::*;

fn dial(number: &str, clir: Option<Clir>) -> String {
    CommandLine::dial(&DialString::parse(number).unwrap(), clir).as_str().to_owned()
}

#[test]
fn a_voice_call_always_has_its_semicolon_and_never_quotes() {
    assert_eq!(dial("+989121234567", None), "ATD+989121234567;");
    assert_eq!(dial("112", None), "ATD112;");
    assert_eq!(dial("+4930123456", Some(Clir::Invocation)), "ATD+4930123456I;");
    assert_eq!(dial("+4930123456", Some(Clir::Suppression)), "ATD+4930123456i;");
}

#[test]
fn the_terminator_is_cr_alone() {
    assert_eq!(CommandLine::basic("ATE0").wire_bytes(), b"ATE0\r");
}

#[test]
fn parameters_are_separated_quoted_and_escaped() {
    let line = CommandLine::set("+CUSD").number(1).string("*100#").number(15).build().unwrap();
    assert_eq!(line.as_str(), "AT+CUSD=1,\"*100#\",15");
    // V.250 §5.4.2.2: the quotation mark is written as \22, the backslash as \5C.
    let line = CommandLine::set("+CPBW").omitted().string("a\"b\\c").build().unwrap();
    assert_eq!(line.as_str(), "AT+CPBW=,\"a\\22b\\5Cc\"");
    assert_eq!(CommandLine::set("+CPMS").word("SM").build().unwrap().as_str(), "AT+CPMS=SM");
    assert_eq!(CommandLine::read("+CPIN").as_str(), "AT+CPIN?");
    assert_eq!(CommandLine::test("+CNMI").as_str(), "AT+CNMI=?");
}

#[test]
fn control_characters_and_foreign_letters_are_refused() {
    use CommandLineError::*;
    for bad in ["1\r\nATD112;", "1\n", "\u{1A}", "\u{1B}", "\0", "\u{85}", "a\tb"] {
        let built = CommandLine::set("+CUSD").number(1).string(bad).build();
        assert_eq!(built, Err(ControlCharacter), "{bad:?}");
        let typed = format!("+CUSD=1,\"{bad}\"");
        assert_eq!(CommandLine::raw_from_user(&typed), Err(ControlCharacter), "{bad:?}");
    }
    // `č` is C4 8D in UTF-8: a modem that ignores the eighth bit reads 8D as CR.
    assert_eq!(CommandLine::set("+CUSD").string("č").build(), Err(NotAscii));
    assert_eq!(CommandLine::raw_from_user("+CUSD=1,\"č\""), Err(NotAscii));
    for bad in ["1;+CFUN=0", "\"SM\"", "1,2", "a b"] {
        assert_eq!(CommandLine::set("+CPMS").word(bad).build(), Err(NotAWord), "{bad:?}");
    }
}

#[test]
fn what_a_person_types_gets_its_at_once() {
    let typed = |text| CommandLine::raw_from_user(text).map(|line| line.as_str().to_owned());
    assert_eq!(typed(" +CSQ "), Ok("AT+CSQ".to_owned()));
    assert_eq!(typed("AT+CSQ"), Ok("AT+CSQ".to_owned()));
    assert_eq!(typed("at+csq"), Ok("at+csq".to_owned()));
    assert_eq!(typed("at"), Ok("at".to_owned()));
    assert_eq!(typed("D112;"), Ok("ATD112;".to_owned()));
    assert_eq!(typed("  "), Err(CommandLineError::Empty));
    assert_eq!(typed("A/"), Err(CommandLineError::Repeat));
    assert_eq!(typed(&"1".repeat(MAX_LINE)), Err(CommandLineError::TooLong));
}

#[test]
fn secrets_are_known_and_masked() {
    let built = CommandLine::set("+CPIN").secret_string("1234").build().unwrap();
    assert!(built.is_secret());
    assert_eq!(built.masked(), "AT+CPIN=…");
    for secret in [
        "+CPIN=\"1234\"",
        "at+cpin=1234",
        "AT+CMEE=1;+CPIN=1234",
        "+CPIN = 1234",
        "^CPIN=1234",
        "+CPWD=\"SC\",\"1234\",\"5678\"",
        "+CLCK=\"SC\",1,\"1234\"",
        "D**04*1234*5678*5678#;",
        "+CUSD=1,\"**042*1*2*2#\"",
        "+CUSD=1,\"*33*1234#\",15",
        "+CUSD=1,\"#331*1234*11#\"",
        "+CUSD=1,\"*03*330*1234*5678*5678#\"",
        "+CUSD=1,\"**03**1234*5678*5678#\"",
        "D#35*1234#;",
    ] {
        let line = CommandLine::raw_from_user(secret).unwrap();
        assert!(line.is_secret(), "{secret}");
        assert!(!line.masked().contains(['1', '2', '5']), "{}", line.masked());
    }
    for open in ["+CPIN?", "+CPIN=?", "+CSQ", "+CMGD=1", "D*#33#;", "+CUSD=1,\"*100*33*1#\""] {
        let line = CommandLine::raw_from_user(open).unwrap();
        assert!(!line.is_secret(), "{open}");
        assert_eq!(line.masked(), line.as_str());
    }
}

#[test]
fn an_echo_is_known_by_its_text() {
    let line = CommandLine::basic("AT+CSQ");
    assert!(line.is_echo("AT+CSQ ") && !line.is_echo("AT+CSQ?") && !line.is_echo("OK"));
}
