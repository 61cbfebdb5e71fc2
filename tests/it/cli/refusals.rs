//! Calls and codes that a modem refuses, or does not tell of: what is said, and the exit status.

use super::fake::FakeModem;
use super::program::{Program, Run, run};

fn one_line(run: &Run) {
    assert_eq!(run.stderr.trim_end().lines().count(), 1, "{run:?}");
}

#[test]
fn a_call_of_whose_answer_nothing_tells_is_hung_up_counting_from_there() {
    let data = tempfile::tempdir().unwrap();
    let modem = FakeModem::start(|_| None);
    let call = ["call", "+15550100,7", "--dtmf", "12", "--hang-up-after", "9", "--json"];
    let ended = run(&data, &[&call[..], &["--port", &modem.port]].concat());
    // Whether it was answered nobody knows.
    let ended = ended.expect(1);
    assert!(ended.stderr.contains("counting from now"), "{ended:?}");
    one_line(&ended);
    assert_eq!(ended.words("state"), ["dialing", "released"]);
    assert_eq!(modem.heard("ATD+15550100;"), 1);
    // Two tones of --dtmf, and the one behind the number.
    for tone in ["1", "2", "7"] {
        assert_eq!(modem.heard(&format!("AT+VTS={tone}")), 1, "{tone}");
    }
    assert_eq!(modem.heard("AT+CHUP") + modem.heard("ATH"), 1);
}

#[test]
fn whatever_refuses_a_call_the_exit_status_is_the_same() {
    // V.250 §5.7.1, 27.007 §9.2, and the words of modems that limit repeated attempts.
    let refusals = [
        "ERROR",
        "NO CARRIER",
        "BUSY",
        "BLACKLISTED",
        "DELAYED",
        "COMMAND NOT SUPPORT",
        "+CME ERROR: 3",
        "+CME ERROR: 10",
        "+CME ERROR: 30",
        "+CME ERROR: operation not allowed",
    ];
    let calls = refusals.map(|refusal| {
        let answer = move |line: &str| line.starts_with("ATD").then(|| vec![refusal]);
        let (modem, data) = (FakeModem::start(answer), tempfile::tempdir().unwrap());
        let arguments = ["call", "+15550100", "--json", "--port", &modem.port];
        (Program::start(data.path(), &arguments, b""), data, refusal)
    });
    for (call, _data, refusal) in calls {
        let ended = call.end();
        assert_eq!(ended.status, Some(2), "{refusal}: {ended:?}");
        assert_eq!(ended.words("state").last().unwrap(), "released", "{refusal}");
    }
}

#[test]
fn a_refused_code_is_told_in_one_line() {
    for (code, refusal) in [
        ("*100#", "ERROR"),
        ("*100#", "+CME ERROR: 30"),
        ("*#21#", "+CME ERROR: 3"),
        ("*#43#", "ERROR"),
    ] {
        let data = tempfile::tempdir().unwrap();
        let modem = FakeModem::start(move |line| {
            let asked = ["AT+CUSD=1,", "AT+CCFC=", "AT+CCWA="];
            asked.iter().any(|head| line.starts_with(head)).then(|| vec![refusal])
        });
        let ended = run(&data, &["code", code, "--port", &modem.port]).expect(2);
        one_line(&ended);
        assert_eq!(ended.stdout, "");
    }
    // The modem takes it, and the network ends the dialogue (27.007 §7.15).
    let data = tempfile::tempdir().unwrap();
    let modem =
        FakeModem::start(|line| line.starts_with("AT+CUSD=1,").then(|| vec!["OK", "+CUSD: 4"]));
    let ended = run(&data, &["code", "*100#", "--port", &modem.port]).expect(2);
    one_line(&ended);
    assert!(ended.stderr.contains("does not know this code"), "{ended:?}");
}

#[test]
fn a_code_that_can_not_be_right_opens_no_port_and_is_not_repeated() {
    let data = tempfile::tempdir().unwrap();
    let code = ["code", "**04*4821*9753*9754#", "--port", "/dev/there-is-no-such-port"];
    let ended = run(&data, &code).expect(1);
    one_line(&ended);
    let hidden = ["no-such-port", "4821", "9753"];
    assert!(!hidden.iter().any(|word| ended.stderr.contains(word)), "{ended:?}");
}

#[test]
fn a_question_that_gets_no_reply_says_how_to_give_one() {
    let data = tempfile::tempdir().unwrap();
    let modem = FakeModem::start(|line| {
        line.starts_with("AT+CUSD=1,").then(|| vec!["OK", "+CUSD: 1,\"1 Balance\",15"])
    });
    let ended = run(&data, &["code", "*100#", "--port", &modem.port]).expect(0);
    assert_eq!(ended.stdout, "1 Balance\n");
    assert!(ended.stderr.contains("--reply"), "{ended:?}");
}

#[test]
fn an_empty_phonebook_is_no_failure() {
    let data = tempfile::tempdir().unwrap();
    // 27.007 §9.2.1: 22 is "not found", what modems say of places that are all empty.
    let modem = FakeModem::start(|line| match line {
        "AT+CPBS?" => Some(vec!["+CPBS: \"SM\",0,20", "OK"]),
        "AT+CPBR=?" => Some(vec!["+CPBR: (1-20),40,14", "OK"]),
        line if line.starts_with("AT+CPBR=") => Some(vec!["+CME ERROR: 22"]),
        _ => None,
    });
    let book = run(&data, &["sim", "phonebook", "--json", "--port", &modem.port]).expect(0);
    assert_eq!(book.stdout, "");
    assert!(book.stderr.contains("empty"), "{book:?}");
    let copied = run(&data, &["sim", "copy", "--json", "--port", &modem.port]).expect(0);
    assert_eq!(copied.json()[0]["added"], 0);
}

#[test]
fn a_text_without_a_network_fails_soon_and_says_why() {
    for (stat, words) in [
        ("+CREG: 0,3", "does not accept this SIM card"),
        ("+CREG: 0,8", "Only emergency calls are possible"),
    ] {
        let data = tempfile::tempdir().unwrap();
        let modem =
            FakeModem::start(move |command| (command == "AT+CREG?").then(|| vec![stat, "OK"]));
        let begun = std::time::Instant::now();
        let arguments = ["text", "+15550100", "--message", "Hello", "--port", &modem.port];
        let text = run(&data, &arguments).expect(1);
        assert!(text.stderr.contains(words) && text.stderr.contains("--no-wait"), "{text:?}");
        assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
        assert_eq!(modem.heard("AT+CMGS"), 0);
        assert_eq!(
            run(&data, &["messages", "list"]).expect(0).stdout,
            "",
            "nothing is left behind"
        );
    }
}

#[test]
fn info_tells_of_circuits_and_packets() {
    // 27.007 §7.2 and §10.1.22: no calls on circuits, and LTE all the same.
    let data = tempfile::tempdir().unwrap();
    let modem = FakeModem::start(|command| match command {
        "AT+CREG?" => Some(vec!["+CREG: 0,8", "OK"]),
        "AT+CEREG?" => Some(vec!["+CEREG: 0,1", "OK"]),
        _ => None,
    });
    let info = run(&data, &["info", "--port", &modem.port]).expect(0).stdout;
    assert!(info.contains("home; for circuits (2G, 3G): emergency only"), "{info}");
    assert!(info.contains("Calls         Only emergency calls are possible"), "{info}");
    let info = &run(&data, &["info", "--port", &modem.port, "--json"]).expect(0).json()[0];
    assert_eq!(info["registration"], "home");
    assert_eq!(info["circuit_registration"], "emergency only");
    assert_eq!(info["calls"], "emergency only");
    assert_eq!(info["calls_cause"], "Only emergency calls are possible");
}

#[test]
fn a_call_right_after_the_start_is_placed_where_lte_alone_carries_it() {
    // 27.007 §7.2 and §8.71: circuits for texts alone, and registered for calls over LTE.
    let data = tempfile::tempdir().unwrap();
    let modem = FakeModem::start(|command| match command {
        "AT+CREG?" => Some(vec!["+CREG: 0,6", "OK"]),
        "AT+CEREG?" => Some(vec!["+CEREG: 0,6", "OK"]),
        "AT+CIREG?" => Some(vec!["+CIREG: 0,1", "OK"]),
        line if line.starts_with("ATD") => Some(vec!["BUSY"]),
        _ => None,
    });
    let called = run(&data, &["call", "+15550100", "--json", "--port", &modem.port]).expect(2);
    assert_eq!(modem.heard("ATD+15550100;"), 1, "{called:?}");
    let info = run(&data, &["info", "--port", &modem.port]).expect(0).stdout;
    assert!(info.contains("Registration  sms only"), "{info}");
    assert!(info.contains("Calls         ready, over LTE"), "{info}");
}
