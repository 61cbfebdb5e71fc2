//! The command line as a script uses it: the built program against the Demo modem, and against the
//! simulated modem served on a TCP port and a pseudo-terminal.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// No subcommand in here takes longer, on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(100);

/// What a run of the program left.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    /// The JSON lines.
    fn json(&self) -> Vec<Value> {
        let read =
            |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        self.stdout.lines().map(read).collect()
    }

    /// The value of `key` in each JSON line that has it as a text.
    fn words(&self, key: &str) -> Vec<String> {
        self.json().iter().filter_map(|line| line[key].as_str().map(str::to_owned)).collect()
    }

    #[track_caller]
    fn expect(self, status: i32) -> Run {
        assert_eq!(self.status, Some(status), "{self:#?}");
        self
    }
}

/// A running program, ended when dropped.
struct Program {
    child: Child,
    lines: Receiver<String>,
    stderr: thread::JoinHandle<String>,
    seen: String,
}

impl Program {
    fn start(data: &Path, arguments: &[&str], input: &[u8]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_deskphone"))
            .args(arguments)
            .arg("--data-dir")
            .arg(data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
        // A program that does not read its input closes it.
        thread::spawn(move || drop(stdin.write_all(&input)));
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            stdout.lines().map_while(Result::ok).try_for_each(|l| sender.send(l))
        });
        let mut stderr = child.stderr.take().unwrap();
        let stderr = thread::spawn(move || {
            let mut bytes = Vec::new();
            stderr.read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Program { child, lines, stderr, seen: String::new() }
    }

    /// Waits for a line that holds `word`.
    #[track_caller]
    fn line_with(&mut self, word: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    self.seen += &format!("{line}\n");
                    if line.contains(word) {
                        return line;
                    }
                }
                Err(_) => panic!("no line with {word} in:\n{}", self.seen),
            }
        }
    }

    /// Waits for the end.
    #[track_caller]
    fn end(mut self) -> Run {
        let deadline = Instant::now() + PATIENCE;
        // The output ends with the program.
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => self.seen += &format!("{line}\n"),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    panic!("it did not end; so far:\n{}", self.seen);
                }
            }
        }
        let status = self.child.wait().unwrap().code();
        Run { status, stdout: self.seen, stderr: self.stderr.join().unwrap() }
    }

    /// As the keyboard or the system asks a program to end.
    #[cfg(unix)]
    fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
    }
}

fn run(data: &TempDir, arguments: &[&str]) -> Run {
    Program::start(data.path(), arguments, b"").end()
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Run {
    let data = tempfile::tempdir().unwrap();
    Program::start(data.path(), arguments, input).end()
}

/// A simulated modem in a program of its own; dropped, it ends.
struct Simulator {
    program: Option<Program>,
    port: String,
    data: TempDir,
}

impl Simulator {
    fn start(arguments: &[&str]) -> Simulator {
        let data = tempfile::tempdir().unwrap();
        let mut program = Program::start(data.path(), &[&["simulate"], arguments].concat(), b"");
        let port = program.line_with("").trim().to_owned();
        Simulator { program: Some(program), port, data }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        if let Some(mut program) = self.program.take() {
            let _ = program.child.kill();
            let _ = program.child.wait();
        }
    }
}

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
fn pdus_are_decoded_and_encoded_one_by_one_and_by_the_line() {
    // ModemManager's test_pdu3.
    let hex = "07912143658709F1040B918100551512F20000111010214365000AE8329BFD4697D9EC37";
    let decoded = run_with_input(&["pdu", "decode", hex, "--json"], b"").expect(0);
    assert_eq!(
        decoded.stdout.trim_end(),
        "{\"type\":\"deliver\",\"smsc\":\"+12345678901\",\"number\":\"+18005551212\",\
         \"text\":\"hellohello\",\"timestamp\":\"2011-01-01T12:34:56Z\",\"encoding\":\"gsm7\"}"
    );
    // node-python-messaging's test3: a status report.
    let report = "07913306092021F0066E0B913336766883F5711012505040407110125050504000\n";
    let input = [report, "not a PDU\n", "\n", hex].concat();
    let both = run_with_input(&["pdu", "decode", "--json"], input.as_bytes()).expect(1);
    assert!(both.stderr.contains("line 2"), "{both:?}");
    let lines = both.json();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["type"], &lines[0]["status"]), (&"status-report".into(), &0.into()));
    assert_eq!(
        (&lines[0]["reference"], &lines[0]["number"]),
        (&110.into(), &"+33636786385".into())
    );
    assert_eq!(lines[1]["text"], "hellohello");
    for bad in ["", "zz", "0", "0001"] {
        assert!(!run_with_input(&["pdu", "decode", bad], b"").expect(1).stderr.is_empty());
    }
}

#[test]
fn what_is_encoded_decodes_to_the_same() {
    let long = "Persian سلام and 😀 ".repeat(12);
    let arguments = ["pdu", "encode", "--to", "+98 912 123 4567", "--message", &long, "--report"];
    let encoded = run_with_input(&[&arguments[..], &["--json"]].concat(), b"").expect(0);
    let pdus = encoded.words("pdu").join("\n");
    for line in encoded.json() {
        // Without an SMSC its field is one octet: `+CMGS` does not count it.
        let octets = line["pdu"].as_str().unwrap().len() / 2;
        assert_eq!(line["length"].as_u64().unwrap() as usize, octets - 1);
    }
    let decoded = run_with_input(&["pdu", "decode", "--json"], pdus.as_bytes()).expect(0);
    assert_eq!(decoded.words("text").concat(), long);
    let parts: Vec<_> = decoded.json().iter().map(|line| line["concat"].clone()).collect();
    assert!(parts.len() > 3 && parts.iter().all(|part| part["parts"] == parts.len()));
    assert!(decoded.json().iter().all(|line| line["number"] == "+989121234567"));

    let orders = "{\"to\":\"123\",\"message\":\"a\"}\n{\"to\":\"x\",\"message\":\"a\"}\n\
        {\"message\":\"a\"}\nnonsense\n{\"to\":\"1\",\"message\":\"\\ud83d\"}\n\
        {\"to\":\"123\",\"message\":\"b\"}";
    let encoded = run_with_input(&["pdu", "encode", "--json"], orders.as_bytes()).expect(1);
    assert_eq!(encoded.json().len(), 2);
    for number in ["line 2", "line 3", "line 4", "line 5"] {
        assert!(encoded.stderr.contains(number), "{encoded:?}");
    }
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

#[test]
fn a_reader_that_leaves_ends_the_program_quietly() {
    let data = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_deskphone"))
        .args(["pdu", "encode", "--json", "--data-dir"])
        .arg(data.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let order = b"{\"to\":\"123\",\"message\":\"hello\"}\n".repeat(100);
    // Until the program has noticed and gone; far less than this.
    for _ in 0..10_000 {
        if stdin.write_all(&order).is_err() {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
