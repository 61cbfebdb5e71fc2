//! Codes, the SIM card, what is kept of a call, recordings, and the words for a line: the built
//! program against the Demo modem.

use super::program::{Program, run, run_with_input};
use serde_json::Value;

#[test]
fn a_call_is_kept_with_its_steps_and_lines_and_plays_again_from_its_recording() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("modem.at");
    let recording = file.to_str().unwrap();
    let arguments = ["call", "+15550100,12#", "--port", "demo", "--hang-up-after", "5", "--json"];
    run(&data, &[&arguments[..], &["--record", recording]].concat()).expect(0);

    let shown = run(&data, &["calls", "show", "--json"]).expect(0).json().remove(0);
    let steps: Vec<&str> =
        shown["steps"].as_array().unwrap().iter().filter_map(|s| s["state"].as_str()).collect();
    assert_eq!(steps.first(), Some(&"dialing"), "{shown}");
    assert_eq!(steps.last(), Some(&"released"), "{shown}");
    assert!(steps.contains(&"active"), "{shown}");
    assert_eq!(shown["keys"], "12#");
    let lines: Vec<&str> =
        shown["transcript"].as_array().unwrap().iter().filter_map(|l| l["line"].as_str()).collect();
    assert!(lines.contains(&"ATD+15550100;"), "{lines:?}");
    let human = run(&data, &["calls", "show"]).expect(0).stdout;
    assert!(human.contains("dialing 0.0 s") && human.contains("-> ATD+15550100;"), "{human}");

    // Without a word of whom was called.
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("ATD") && !text.contains("15550100"), "{text}");
    let explained = run_with_input(&["explain"], text.as_bytes());
    assert!(explained.stdout.contains("Place a voice call"), "{explained:?}");
    assert!(!explained.stderr.contains("recording"), "{explained:?}");
    let other = tempfile::tempdir().unwrap();
    let port = format!("replay:{recording}");
    let again = ["call", "+15550100", "--port", &port, "--hang-up-after", "1", "--json"];
    let again = run(&other, &again).expect(0);
    assert!(again.words("state").contains(&"active".to_owned()), "{again:?}");
}

#[test]
fn codes_are_sent_to_the_network_and_those_of_the_phone_are_understood() {
    let data = tempfile::tempdir().unwrap();
    let balance = run(&data, &["code", "*100#", "--port", "demo", "--json"]).expect(0).json();
    assert!(balance[0]["text"].as_str().unwrap().len() > 5, "{balance:?}");
    let imei = run(&data, &["code", "*#06#", "--port", "demo"]).expect(0).stdout;
    let digits = imei.chars().filter(char::is_ascii_digit).count();
    assert!(digits >= 14, "{imei}");
    let forwarding = run(&data, &["code", "*#21#", "--port", "demo"]).expect(0).stdout;
    assert!(forwarding.to_lowercase().contains("forward"), "{forwarding}");
    let none = run(&data, &["code", "  ", "--port", "demo"]).expect(1);
    assert!(none.stderr.contains("code"), "{none:?}");
}

#[test]
fn the_phonebook_of_the_sim_is_written_read_and_copied() {
    let data = tempfile::tempdir().unwrap();
    let simulator = super::Simulator::start(&["--tcp", "127.0.0.1:0"]);
    let port = ["--port", simulator.port.as_str()];
    let sim = |words: &[&str]| run(&data, &[&["sim"], words, &port[..]].concat());
    sim(&["add", "Zoë Quux", "+4930123456"]).expect(0);
    let book = sim(&["phonebook", "--json"]).expect(0).json();
    let entry = book.iter().find(|entry| entry["number"] == "+4930123456").cloned();
    let entry = entry.unwrap_or_else(|| panic!("{book:?}"));
    assert_eq!(entry["name"], "Zoë Quux");
    let copied = sim(&["copy", "--json"]).expect(0).json();
    assert_eq!(copied[0]["added"].as_u64(), Some(book.len() as u64), "{copied:?}");
    assert_eq!(sim(&["copy", "--json"]).expect(0).json()[0]["added"], 0);
    let contacts = run(&data, &["contacts", "list", "--json"]).expect(0);
    assert!(contacts.words("name").contains(&"Zoë Quux".to_owned()), "{contacts:?}");
    sim(&["remove", &entry["place"].to_string()]).expect(0);
    let book = sim(&["phonebook", "--json"]).expect(0);
    assert!(!book.words("number").contains(&"+4930123456".to_owned()), "{book:?}");
}

#[test]
fn a_sim_is_unlocked_with_a_pin_from_standard_input_and_the_pin_is_nowhere() {
    let data = tempfile::tempdir().unwrap();
    let simulator = super::Simulator::start(&["--tcp", "127.0.0.1:0", "--persona", "locked"]);
    let port = simulator.port.as_str();
    let arguments = ["sim", "unlock", "--port", port];
    let wrong = Program::start(data.path(), &arguments, b"9999\n").end().expect(1);
    assert!(wrong.stderr.to_lowercase().contains("pin"), "{wrong:?}");
    assert!(!wrong.stderr.contains("9999"), "{wrong:?}");
    let info = run(&data, &["info", "--port", port]).expect(0).stdout;
    assert!(info.contains("PIN required, 2 tries left"), "{info}");
    let call = run(&data, &["call", "+15550100", "--port", port]).expect(1);
    assert!(call.stderr.contains("sim unlock"), "{call:?}");
    let none = Program::start(data.path(), &arguments, b"12\n").end().expect(1);
    assert!(none.stderr.contains("4 to 8 digits"), "{none:?}");
    Program::start(data.path(), &arguments, b"1234\n").end().expect(0);
    // A program that was just started asks for the tries before it spends one.
    let lock = ["sim", "pin-lock", "off", "--port", port];
    for words in ["2 tries are left", "one try is left", "One try is left"] {
        let wrong = Program::start(data.path(), &lock, b"9999\n").end().expect(1);
        assert!(wrong.stderr.contains(words), "{wrong:?}");
    }
    let info = run(&data, &["info", "--port", port, "--json"]).expect(0).json();
    assert_eq!(info[0]["sim"], "ready", "the last try was not spent: {info:?}");
}

#[test]
fn an_emergency_number_is_dialed_only_when_that_is_said() {
    let data = tempfile::tempdir().unwrap();
    let asked = run(&data, &["call", "112", "--port", "demo"]).expect(1);
    assert!(asked.stderr.contains("--emergency"), "{asked:?}");
    assert_eq!(run(&data, &["calls", "list"]).expect(0).stdout, "");
    let pin = run(&data, &["call", "**04*4821*9753*9753#", "--port", "demo"]).expect(1);
    assert!(pin.stderr.contains("service code"), "{pin:?}");
    assert!(!pin.stderr.contains("4821") && !pin.stderr.contains("9753"), "{pin:?}");
    let wait = run(&data, &["call", "+15550100;12", "--port", "demo"]).expect(1);
    assert!(wait.stderr.contains("comma"), "{wait:?}");
}

#[test]
fn lines_are_explained_without_a_modem() {
    let explain = |line: &str| {
        let data = tempfile::tempdir().unwrap();
        run(&data, &["explain", line, "--json"]).expect(0).json()
    };
    let fields = |value: &Value| -> Vec<String> {
        let fields = value["fields"].as_array().unwrap().iter();
        fields.map(|field| format!("{}={}", field["name"], field["value"])).collect()
    };
    let list = explain("+CLCC: 1,0,3,0,0,\"+15550100\",145");
    assert_eq!(list[0]["clause"], "3GPP TS 27.007 §7.18");
    assert_eq!(fields(&list[0])[2], "\"stat\"=\"3\"");
    let many = explain("AT+CMEE=2;+CREG=2");
    assert_eq!(many.len(), 2);
    // The most common mistake of all.
    let data_call = explain("atd+989121234567");
    assert!(data_call[0]["what"].as_str().unwrap().contains("DATA"), "{data_call:?}");
    let unknown = run_with_input(&["explain"], b"AT+CSQ\nthis is nothing\n");
    assert_eq!(unknown.status, Some(1));
    assert!(unknown.stdout.contains("signal") && unknown.stderr.contains("line 2"), "{unknown:?}");
}

#[test]
fn what_people_paste_is_explained_with_the_lines_around_it() {
    let log = "[12:03:04] AT+CGMI\n[12:03:04] Acme Ltd\n[12:03:04] OK\n\
        18:04:05.123 --> at+cmgs=\"+989121234567\"\n> \nHello there^Z\n<- +cms error: 500\n\
        debug: (ttyUSB2): <-- '<CR><LF>+CSQ: 20,99<CR><LF><CR><LF>OK<CR><LF>'\n\
        cme error 10\n+COPS?\n*100#\n\
        000100089151551070000002C834\n";
    let told = run_with_input(&["explain", "--json"], log.as_bytes());
    let told = told.expect(0).json();
    let about = |line: &str| -> String {
        let found = told.iter().find(|told| told["line"] == line);
        let found = found.unwrap_or_else(|| panic!("{line}: {told:#?}"));
        format!("{} {}", found["title"], found["what"]).to_lowercase()
    };
    for (line, word) in [
        ("Acme Ltd", "maker"),
        ("at+cmgs=\"+989121234567\"", "send a text to +989121234567"),
        ("Hello there", "the text"),
        ("+CSQ: 20,99", "signal"),
        ("cme error 10", "sim not inserted"),
        ("+COPS?", "operator"),
        ("*100#", "code"),
    ] {
        assert!(about(line).contains(word), "{line}: {}", about(line));
    }
    // It goes to the network: a SUBMIT with its recipient, though nothing says so but the octets.
    let pdu = told.iter().find(|told| told["title"] == "PDU").unwrap();
    let fields = pdu["fields"].as_array().unwrap();
    assert!(fields.iter().any(|field| field["name"] == "TP-DA"), "{pdu}");

    // For people, each line stands above what it means; one argument may be a whole log, too.
    let human = run_with_input(&["explain", "AT+CIMI\n001010123456789\nOK"], b"").expect(0).stdout;
    let lines: Vec<&str> = human.lines().collect();
    assert_eq!((lines[0], lines[2]), ("AT+CIMI", "001010123456789"), "{human}");
    assert!(lines[3].starts_with("    ") && lines[3].contains("IMSI"), "{human}");
    let maker = run_with_input(&["explain", "^NOSUCH: 1,2"], b"").expect(1);
    assert!(maker.stderr.contains("^NOSUCH") && maker.stderr.contains("manual"), "{maker:?}");
}

#[test]
fn an_emergency_number_is_no_code() {
    let data = tempfile::tempdir().unwrap();
    let asked = run(&data, &["code", "112", "--port", "demo"]).expect(1);
    assert!(asked.stderr.contains("not a code"), "{asked:?}");
    assert!(asked.stderr.contains("call --emergency 112"), "{asked:?}");
}
