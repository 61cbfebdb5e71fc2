//! `deskphone text`: texts to one, to several, and to everybody on a list.

use super::program::{Program, Simulator, run};
use serde_json::Value;

#[test]
fn a_text_is_sent_reported_and_kept() {
    let data = tempfile::tempdir().unwrap();
    let text = "Grüße, \"سلام\" 😀\nline 2";
    let arguments = ["text", "15550107", "--message", text, "--port", "demo", "--json"];
    let sent = run(&data, &[&arguments[..], &["--wait-report", "60"]].concat()).expect(0);
    let states = sent.words("state");
    assert_eq!(states.first().unwrap(), "queued");
    assert!(states.contains(&"sending".to_owned()) && states.contains(&"sent".to_owned()));
    assert_eq!(states.last().unwrap(), "delivered");
    for line in sent.json() {
        assert_eq!((&line["event"], &line["text"]), (&"text".into(), &text.into()));
        assert_eq!((&line["direction"], &line["segments"]), (&"outgoing".into(), &1.into()));
    }
    let kept = run(&data, &["messages", "list", "--json"]).expect(0);
    let ours = kept.json().into_iter().find(|line| line["direction"] == "outgoing").unwrap();
    assert_eq!(ours["text"], text);
    assert_eq!(ours["state"], "delivered");
}

#[test]
fn a_long_text_goes_in_segments_to_each_recipient() {
    let data = tempfile::tempdir().unwrap();
    // 23.040 §9.2.3.24.1: 153 septets to a segment, so 400 characters are three.
    let text = "0123456789".repeat(40);
    let numbers = ["text", "+15550100", "+15550107", "--message", &text];
    let run = run(&data, &[&numbers[..], &["--port", "demo", "--json"]].concat()).expect(0);
    for number in ["+15550100", "+15550107"] {
        let lines = run.json();
        let lines: Vec<_> = lines.iter().filter(|line| line["number"] == number).collect();
        let segments: Vec<_> = lines.iter().filter_map(|line| line["segment"].as_u64()).collect();
        assert_eq!(segments, [1, 2, 3], "{number}");
        assert!(lines.iter().all(|line| line["segments"] == 3));
        assert_eq!(lines.last().unwrap()["state"], "sent");
    }
}

#[test]
fn a_refused_text_does_not_exit_with_0() {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["text", "15550109", "--message", "Hello", "--port", "demo", "--json"];
    let run = run(&data, &arguments).expect(2);
    let last = run.json().pop().unwrap();
    assert_eq!(last["state"], "failed");
    assert!(!last["cause"].as_str().unwrap().is_empty());
}

/// A list with somebody who answers, somebody who echoes, and a line without a number.
const LIST: &str = "Name;Handy;Ort\nJörg;+1 555 0100;Köln\nZoë;+15550107;Rom\nNobody;;Nowhere\n";

#[test]
fn a_text_is_sent_at_its_time() {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["text", "15550107", "--message", "Hello", "--port", "demo", "--json"];
    let run = run(&data, &[&arguments[..], &["--at", "+4s", "--flash"]].concat()).expect(0);
    let (states, lines) = (run.words("state"), run.json());
    assert_eq!((states[0].as_str(), states.last().unwrap().as_str()), ("scheduled", "sent"));
    let (at, sent) = (run.words("at")[0].clone(), lines.last().unwrap()["time"].clone());
    let seconds = |time: &str| time.get(17..19).unwrap().parse::<u32>().unwrap();
    // Not before: within the same minute the seconds say so, and else the minute does.
    let sent = sent.as_str().unwrap();
    assert!(sent[..16] > at[..16] || seconds(sent) >= seconds(&at), "{at} {sent}");
    assert!(lines.iter().all(|line| line["kind"] == "flash"), "{lines:?}");
}

#[cfg(unix)]
#[test]
fn a_text_that_waits_stays_when_the_program_ends_and_goes_out_later() {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["text", "15550100", "--message", "Later", "--port", "demo", "--json"];
    let arguments = [&arguments[..], &["--at", "+1h"]].concat();
    let mut waiting = Program::start(data.path(), &arguments, b"");
    let line: Value = serde_json::from_str(&waiting.line_with("scheduled")).unwrap();
    waiting.signal(rustix::process::Signal::TERM);
    let ended = waiting.end().expect(1);
    assert!(ended.stderr.contains("stays scheduled") && ended.stderr.contains("listen"));
    let id = line["id"].to_string();
    let outbox = run(&data, &["outbox", "list", "--json"]).expect(0).json();
    assert_eq!((&outbox[0]["state"], &outbox[0]["at"]), (&"scheduled".into(), &line["at"]));
    // Sent now, by its id, and by the next program that has a modem.
    let now = run(&data, &["outbox", "retry", &id, "--json"]).expect(0);
    assert_eq!(now.words("state"), ["queued"]);
    let mut listen = Program::start(data.path(), &["listen", "--port", "demo", "--json"], b"");
    let sent: Value = serde_json::from_str(&listen.line_with("\"sent\"")).unwrap();
    assert_eq!(sent["id"], line["id"]);
    listen.signal(rustix::process::Signal::TERM);
    listen.end().expect(0);
}

#[test]
fn storing_a_text_needs_no_modem() {
    let data = tempfile::tempdir().unwrap();
    let numbers = ["text", "+15550100", "+15550107", "--message", "Hi", "--no-wait", "--json"];
    let stored = run(&data, &[&numbers[..], &["--validity", "3d"]].concat()).expect(0);
    assert_eq!(stored.words("state"), ["queued", "queued"]);
    let batches: Vec<Value> = stored.json().iter().map(|line| line["batch"].clone()).collect();
    assert!(batches[0].is_u64() && batches[0] == batches[1], "{batches:?}");
    let outbox = run(&data, &["outbox", "list", "--json"]).expect(0);
    assert_eq!(outbox.words("number"), ["+15550100", "+15550107"]);
}

#[test]
fn everybody_on_a_list_gets_a_text_of_their_own() {
    let data = tempfile::tempdir().unwrap();
    let list = data.path().join("list.csv");
    // As Excel writes it in western Europe.
    let western: Vec<u8> = LIST.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    std::fs::write(&list, western).unwrap();
    let list = list.to_str().unwrap();
    let preview =
        ["text", "--csv", list, "--message", "Hi {name} in { ORT }", "--preview", "--json"];
    let seen = run(&data, &preview).expect(1);
    assert_eq!(seen.words("text"), ["Hi Jörg in Köln", "Hi Zoë in Rom"]);
    assert_eq!(seen.words("number"), ["+15550100", "+15550107"]);
    // ë is no GSM letter (23.038 §6.2.1); ö is.
    assert_eq!(seen.words("encoding"), ["gsm7", "ucs2"]);
    assert!(seen.json().iter().all(|line| line["segments"] == 1));
    assert!(seen.stderr.contains("row 3") && seen.stderr.contains("no number"), "{seen:?}");
    assert!(run(&data, &["outbox", "list"]).expect(0).stdout.is_empty(), "nothing is sent");

    let send = ["text", "--csv", list, "--message", "Hi {name}", "--port", "demo", "--json"];
    // Somebody was left out, so it is no success.
    let sent = run(&data, &send).expect(1);
    let done: Vec<Value> = sent.json().into_iter().filter(|line| line["state"] == "sent").collect();
    assert_eq!(done.len(), 2, "{sent:?}");
    assert_eq!((&done[0]["text"], &done[1]["text"]), (&"Hi Jörg".into(), &"Hi Zoë".into()));
}

#[test]
fn what_can_not_be_sent_is_said_before_a_port_is_opened() {
    let data = tempfile::tempdir().unwrap();
    let list = data.path().join("list.csv");
    std::fs::write(&list, LIST).unwrap();
    let (list, missing) = (list.to_str().unwrap(), "/dev/there-is-no-such-port");
    let long = "x".repeat(50_000);
    for (arguments, words) in [
        (vec!["12", "--message", "x", "--at", "2020-01-01 09:00"], "passed"),
        (vec!["12", "--message", "x", "--at", "soon"], "09:00"),
        (vec!["12", "--message", "x", "--validity", "4m"], "5 minutes"),
        (vec!["12", "--message", "x", "--validity", "soon"], "90m"),
        (vec!["12", "--message", "x", "--smsc", "nobody"], "nobody"),
        (vec!["--csv", list, "--message", "{nam}"], "{nam}: its columns are: Name, Handy, Ort"),
        (vec!["--csv", list, "--message", "x", "--number-column", "Tel"], "“Tel”"),
        (vec!["--csv", list, "--message", "x", "--number-column", "name"], "nobody to text"),
        (vec!["*100#", "--message", "x"], "is a code"),
        (vec!["12", "--message", &long], "shorten it"),
        (vec!["12", "--message", "x", "--no-wait", "--no-retry"], "--no-retry"),
        (vec!["--csv", "/no/such/list.csv", "--message", "x"], "list.csv"),
    ] {
        let run = run(&data, &[&["text"][..], &arguments, &["--port", missing]].concat());
        let run = run.expect(1);
        assert!(run.stderr.contains(words) && !run.stderr.contains(missing), "{run:?}");
        assert_eq!(run.stdout, "");
    }
    for both in [&["text", "12", "--csv", list, "--message", "x"][..], &["text", "--message", "x"]]
    {
        assert!(!run(&data, both).expect(1).stderr.is_empty());
    }
}

#[test]
fn a_failure_that_passes_is_tried_again_unless_nobody_wants_that() {
    let data = tempfile::tempdir().unwrap();
    let script = data.path().join("script");
    // 27.005 §3.2.5, from 24.011: 42 is congestion.
    std::fs::write(&script, "0 sms error 42 for 1\n").unwrap();
    let serve = ["--tcp", "127.0.0.1:0", "--script", script.to_str().unwrap()];
    let [first, second] = [Simulator::start(&serve), Simulator::start(&serve)];
    let text = ["text", "+15550100", "--message", "Hi", "--json", "--port"];
    let tried = run(&data, &[&text[..], &[first.port.as_str()]].concat()).expect(0);
    assert_eq!(tried.words("state"), ["queued", "sending", "retrying", "sending", "sent"]);
    let waits = tried.json().into_iter().find(|line| line["state"] == "retrying").unwrap();
    assert_eq!(waits["attempts"], 1);
    assert!(waits["next_attempt"].as_str() > waits["time"].as_str(), "{waits}");
    assert!(!waits["cause"].as_str().unwrap().is_empty());
    assert_eq!(waits["evidence"], serde_json::json!(["+CMS ERROR: 42"]));

    let once = [&text[..], &[second.port.as_str(), "--no-retry"]].concat();
    let once = run(&data, &once).expect(2);
    assert_eq!(once.words("state"), ["queued", "sending", "failed"]);
    assert_eq!(once.words("cause"), tried.words("cause"));
}

#[test]
fn what_waits_for_a_modem_is_held_back_while_the_demo_modem_is_open() {
    let data = tempfile::tempdir().unwrap();
    run(&data, &["text", "+15550100", "--message", "For a modem", "--no-wait"]).expect(0);
    let demo = ["text", "+15550107", "--message", "For the demo", "--port", "demo", "--json"];
    let sent = run(&data, &demo).expect(0);
    assert!(sent.stderr.contains("1 text is held back while the demo modem is open"), "{sent:?}");
    let outbox = run(&data, &["outbox", "list", "--json"]).expect(0);
    assert_eq!(
        (outbox.words("state"), outbox.words("text")),
        (vec!["queued".to_owned()], vec!["For a modem".to_owned()],)
    );
}
