//! The command line as a script uses it: the built program against the Demo modem, and against the
//! simulated modem served on a TCP port and a pseudo-terminal.

mod fake;
mod outbox;
mod pdu;
mod program;
mod refusals;
mod services;
mod stored;
mod texts;

use program::{Program, Simulator, run};
use serde_json::Value;
use std::net::TcpListener;

#[test]
fn an_answered_call_exits_with_0_and_tells_every_state() {
    // Beside it, the announcement: it answers, speaks and hangs up by itself.
    let other = tempfile::tempdir().unwrap();
    let announcement = ["call", "15550105", "--port", "demo", "--json"];
    let announcement = Program::start(other.path(), &announcement, b"");
    let data = tempfile::tempdir().unwrap();
    let arguments = ["call", "+1 555 0100", "--port", "demo", "--hang-up-after", "0.5"];
    let run = run(&data, &[&arguments[..], &["--dtmf", "12#", "--json"]].concat()).expect(0);
    assert_eq!(run.words("state"), ["dialing", "alerting", "active", "released"]);
    let lines = run.json();
    for line in &lines {
        assert_eq!(line["event"], "call");
        assert_eq!(line["direction"], "outgoing");
        assert_eq!(line["number"], "+15550100");
        assert_eq!(line["id"], lines[0]["id"]);
        assert_eq!(line["time"].as_str().unwrap().as_bytes()[10], b'T');
        assert_eq!(line.get("cause").is_some(), line["state"] == "released");
    }
    assert_eq!(run.stderr, "");
    // The history knows it too.
    let history = self::run(&data, &["calls", "list", "--json"]).expect(0).json();
    assert_eq!(history.len(), 1);
    assert_eq!(history[0]["outcome"], "answered");
    assert_eq!(history[0]["number"], "+15550100");
    assert_eq!(announcement.end().expect(0).words("state"), ["dialing", "active", "released"]);
}

#[test]
fn a_call_that_fails_in_the_network_exits_with_2_and_says_why() {
    let calls = ["15550101", "15550103", "15550104"].map(|number| {
        let data = tempfile::tempdir().unwrap();
        (Program::start(data.path(), &["call", number, "--port", "demo", "--json"], b""), data)
    });
    let causes = calls.map(|(call, _data)| {
        let run = call.end().expect(2);
        let last = run.json().pop().unwrap();
        assert_eq!(last["state"], "released");
        assert!(!last["advice"].as_str().unwrap_or_default().is_empty(), "{last}");
        last["cause"].as_str().unwrap().to_owned()
    });
    let [busy, rejected, not_in_service] = causes;
    assert!(busy.to_lowercase().contains("busy"), "{busy}");
    assert!(busy != rejected && rejected != not_in_service, "{rejected}, {not_in_service}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_hangs_up_first() {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["call", "15550102", "--port", "demo", "--json"];
    let mut call = Program::start(data.path(), &arguments, b"");
    call.line_with("alerting");
    call.signal(rustix::process::Signal::INT);
    let run = call.end().expect(1);
    assert_eq!(run.words("state").last().unwrap(), "released");
}

#[test]
fn listen_tells_a_call_and_a_text_and_answers() {
    let data = tempfile::tempdir().unwrap();
    let script = data.path().join("script");
    std::fs::write(&script, "3 text from +15550107 Hi there\n4 call from +15550100\n").unwrap();
    let simulator =
        Simulator::start(&["--tcp", "127.0.0.1:0", "--script", script.to_str().unwrap()]);
    let arguments = ["listen", "--port", &simulator.port, "--answer", "--json"];
    let mut listen = Program::start(data.path(), &[&arguments[..], &["--for", "60"]].concat(), b"");
    let text: Value = serde_json::from_str(&listen.line_with("\"event\":\"text\"")).unwrap();
    assert_eq!((&text["state"], &text["text"]), (&"received".into(), &"Hi there".into()));
    assert_eq!((&text["direction"], &text["number"]), (&"incoming".into(), &"+15550107".into()));
    let incoming: Value = serde_json::from_str(&listen.line_with("\"incoming\"")).unwrap();
    assert_eq!((&incoming["event"], &incoming["state"]), (&"call".into(), &"incoming".into()));
    assert_eq!(incoming["number"], "+15550100");
    let active: Value = serde_json::from_str(&listen.line_with("\"active\"")).unwrap();
    assert_eq!(active["id"], incoming["id"]);
    let ready = listen.seen.lines().find(|line| line.contains("\"link\"")).unwrap();
    assert!(ready.contains("\"ready\""), "{ready}");
    #[cfg(unix)]
    {
        listen.signal(rustix::process::Signal::TERM);
        listen.end().expect(0);
    }
    #[cfg(not(unix))]
    listen.child.kill().unwrap();
}

#[test]
fn listen_tells_of_flash_texts_and_of_what_waits() {
    let data = tempfile::tempdir().unwrap();
    let script = data.path().join("script");
    std::fs::write(&script, "3 flash from +15550107 Look\n4 voicemail 3\n").unwrap();
    let simulator =
        Simulator::start(&["--tcp", "127.0.0.1:0", "--script", script.to_str().unwrap()]);
    let arguments = ["listen", "--port", &simulator.port, "--json", "--for", "60"];
    let mut listen = Program::start(data.path(), &arguments, b"");
    let flash: Value = serde_json::from_str(&listen.line_with("\"kind\":\"flash\"")).unwrap();
    assert_eq!((&flash["event"], &flash["text"]), (&"text".into(), &"Look".into()));
    let waiting = listen.line_with("\"event\":\"waiting\"");
    let waiting: Value = serde_json::from_str(&waiting).unwrap();
    assert_eq!((&waiting["kind"], &waiting["count"]), (&"voicemail".into(), &3.into()));
    listen.child.kill().unwrap();
    listen.child.wait().unwrap();
}

#[test]
fn listen_prints_what_the_network_says_by_itself() {
    let data = tempfile::tempdir().unwrap();
    let script = data.path().join("script");
    std::fs::write(&script, "8 ussd notify You have 3 GB left\n").unwrap();
    let simulator =
        Simulator::start(&["--tcp", "127.0.0.1:0", "--script", script.to_str().unwrap()]);
    let arguments = ["listen", "--port", &simulator.port, "--json", "--for", "60"];
    let mut listen = Program::start(data.path(), &arguments, b"");
    let told: Value = serde_json::from_str(&listen.line_with("\"event\":\"ussd\"")).unwrap();
    assert_eq!((&told["state"], &told["text"]), (&"answer".into(), &"You have 3 GB left".into()));
    listen.child.kill().unwrap();
    listen.child.wait().unwrap();
}

#[test]
fn listen_ends_by_itself_in_time() {
    let data = tempfile::tempdir().unwrap();
    let run = run(&data, &["listen", "--port", "demo", "--for", "0.2"]).expect(0);
    assert!(run.stdout.contains("ready"), "{}", run.stdout);
}

#[test]
fn a_raw_command_prints_its_answer() {
    let simulator = Simulator::start(&["--tcp", "127.0.0.1:0", "--persona", "quectel"]);
    let answer = run(&simulator.data, &["at", "AT+CSQ", "--port", &simulator.port]).expect(0);
    let lines: Vec<&str> = answer.stdout.lines().collect();
    assert!(lines[0].starts_with("+CSQ: "), "{lines:?}");
    assert_eq!(lines.last(), Some(&"OK"));
    let code = ["at", "AT+CUSD=1,\"*100#\",15", "--port", &simulator.port];
    assert!(run(&simulator.data, &code).expect(0).stdout.contains("balance"));
    let refused = run(&simulator.data, &["at", "AT+NONSENSE", "--port", &simulator.port]).expect(1);
    assert!(refused.stdout.contains("ERROR"), "{refused:?}");
    let info = run(&simulator.data, &["info", "--port", &simulator.port, "--json"]).expect(0);
    let info = &info.json()[0];
    assert!(info["maker"].as_str().unwrap().to_lowercase().contains("quectel"), "{info}");
    for key in ["model", "revision", "imei", "imsi", "operator"] {
        assert!(!info[key].as_str().unwrap_or_default().is_empty(), "{key}: {info}");
    }
    assert_eq!((&info["sim"], &info["registration"]), (&"ready".into(), &"home".into()));
    assert!(info["signal"].is_u64() && info["signal_dbm"].is_i64(), "{info}");
}

#[test]
fn nothing_is_injected_and_no_port_is_opened_for_bad_input() {
    let data = tempfile::tempdir().unwrap();
    let missing = "/dev/there-is-no-such-port";
    for (arguments, word) in [
        (vec!["call", "123;+CFUN=0"], "123;+CFUN=0"),
        (vec!["call", "12\r\nATD999"], "12\\r\\n"),
        (vec!["call", "nobody"], "nobody"),
        (vec!["call", ""], "number"),
        (vec!["call", "*100#"], "service code"),
        (vec!["call", "123", "--dtmf", "12x"], "tone"),
        (vec!["text", "12\u{1a}", "--message", "x"], "12"),
        (vec!["text", "12", "bad", "--message", "x"], "bad"),
        (vec!["text", "12", "--message", ""], "empty"),
        (vec!["text", "12", "--message", "  \n\u{a0} "], "empty"),
        (vec!["at", "AT\rATD1;"], "control character"),
        (vec!["at", "AT+CMGS=1\u{1a}"], "control character"),
        (vec!["at", " "], "empty"),
    ] {
        let run = run(&data, &[&arguments[..], &["--port", missing]].concat()).expect(1);
        assert!(
            run.stderr.contains(word) && !run.stderr.contains(missing),
            "{arguments:?} {run:?}"
        );
        assert_eq!(run.stderr.trim_end().lines().count(), 1, "{run:?}");
        assert_eq!(run.stdout, "");
    }
    let long = "x".repeat(100_000);
    let too_long = ["text", "12", "--message", &long, "--port", missing];
    assert!(run(&data, &too_long).expect(1).stderr.contains("255"));
}

#[test]
fn mistakes_on_the_command_line_exit_with_1() {
    let data = tempfile::tempdir().unwrap();
    for arguments in [
        &["call", "123"][..],
        &["call"],
        &["text", "123", "--port", "demo"],
        &["nonsense"],
        &["call", "123", "--port", "demo", "--hang-up-after", "-1"],
        &["info", "--port", "tcp://nowhere"],
        &["simulate", "--persona", "nonsense"],
        &["simulate", "--tcp", "nonsense"],
        &["simulate", "--script", "/there/is/no/such/script"],
    ] {
        let run = run(&data, arguments).expect(1);
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{arguments:?} {run:?}");
    }
    run(&data, &["call", "--help"]).expect(0);
    run(&data, &["--version"]).expect(0);
}

#[test]
fn a_port_that_can_not_be_used_is_an_error_in_words() {
    let data = tempfile::tempdir().unwrap();
    let missing = run(&data, &["info", "--port", "/dev/there-is-no-such-port"]).expect(1);
    assert!(missing.stderr.contains("there-is-no-such-port"), "{missing:?}");
    // A port that was free a moment ago, with nobody behind it.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = format!("tcp://{free}");
    let refused = run(&data, &["at", "AT", "--port", &address]).expect(1);
    assert!(refused.stderr.contains(&free.port().to_string()), "{refused:?}");
    // Somebody who says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", silent.local_addr().unwrap());
    let silent = run(&data, &["call", "123", "--port", &address, "--json"]).expect(1);
    assert!(!silent.stderr.is_empty() && silent.stdout.is_empty(), "{silent:?}");
}

#[test]
fn contacts_come_and_go_as_vcards_and_give_calls_their_names() {
    let data = tempfile::tempdir().unwrap();
    let (from, to) = (data.path().join("in.vcf"), data.path().join("out.vcf"));
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Busy\r\nTEL;TYPE=CELL:+1 (555) 0199\r\n\
        END:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Al\r\nTEL:tel:+4930123456\r\nEND:VCARD\r\n";
    std::fs::write(&from, cards).unwrap();
    let import = ["contacts", "import", from.to_str().unwrap()];
    assert!(run(&data, &import).expect(0).stdout.contains('2'));
    let listed = run(&data, &["contacts", "list", "--json"]).expect(0);
    assert_eq!(listed.words("name"), ["Al", "Zoë Busy"]);
    assert!(run(&data, &["contacts", "list"]).expect(0).stdout.contains("Zoë Busy"));
    // The simulated phone's own number, which is busy with this call.
    let call = run(&data, &["call", "15550199", "--port", "demo", "--json"]).expect(2);
    assert!(call.words("name").contains(&"Zoë Busy".to_owned()), "{call:?}");
    run(&data, &["contacts", "export", to.to_str().unwrap()]).expect(0);
    let exported = std::fs::read_to_string(&to).unwrap();
    assert!(exported.contains("FN:Zoë Busy") && exported.contains("VERSION:4.0"), "{exported}");
    let missing = data.path().join("missing.vcf");
    let missing = run(&data, &["contacts", "import", missing.to_str().unwrap()]).expect(1);
    assert!(missing.stderr.contains("missing.vcf"), "{missing:?}");
}

#[test]
fn ports_always_have_the_demo_modem() {
    let data = tempfile::tempdir().unwrap();
    let ports = run(&data, &["ports", "--json"]).expect(0).words("port");
    assert_eq!(ports.iter().filter(|port| *port == "demo").count(), 1, "{ports:?}");
    assert!(run(&data, &["ports"]).expect(0).stdout.contains("demo"));
}

#[cfg(unix)]
#[test]
fn a_pseudo_terminal_has_a_name_of_its_own_until_the_end() {
    let data = tempfile::tempdir().unwrap();
    let link = data.path().join("modem");
    let name = link.to_str().unwrap();
    let mut simulator = Simulator::start(&["--link", name, "--persona", "huawei"]);
    let target = std::fs::read_link(&link).unwrap();
    assert!(target.starts_with("/dev/"), "{target:?}");
    let info = run(&data, &["info", "--port", name, "--json"]).expect(0);
    assert!(info.json()[0]["maker"].as_str().unwrap().to_lowercase().contains("huawei"));
    let call = run(&data, &["call", "15550101", "--port", name, "--json"]).expect(2);
    assert_eq!(call.words("state").last().unwrap(), "released");
    let program = simulator.program.take().unwrap();
    program.signal(rustix::process::Signal::TERM);
    program.end().expect(0);
    assert!(std::fs::symlink_metadata(&link).is_err(), "the link is still there");
}
