//! `deskphone outbox`: what waits, failed or may have been sent.

use super::program::{Program, run};
use serde_json::Value;

fn stored(data: &tempfile::TempDir, number: &str, more: &[&str]) -> String {
    let arguments = ["text", number, "--message", "Hi", "--no-wait", "--json"];
    let stored = run(data, &[&arguments[..], more].concat()).expect(0).json();
    stored[0]["id"].to_string()
}

fn states(data: &tempfile::TempDir) -> Vec<String> {
    run(data, &["outbox", "list", "--json"]).expect(0).words("state")
}

#[test]
fn what_waits_is_listed_and_taken_back() {
    let data = tempfile::tempdir().unwrap();
    let ids = ["+15550100", "+15550107"].map(|number| stored(&data, number, &[]));
    let later = stored(&data, "+15550108", &["--at", "+2h"]);
    assert_eq!(states(&data), ["queued", "queued", "scheduled"]);
    let human = run(&data, &["outbox", "list"]).expect(0).stdout;
    assert!(human.lines().next().unwrap().trim_start().starts_with(&ids[0]), "{human}");
    assert!(human.contains("scheduled for 20"), "{human}");

    let cancelled = run(&data, &["outbox", "cancel", &ids[0], "--json"]).expect(0);
    assert_eq!(cancelled.words("state"), ["failed"]);
    assert!(!cancelled.words("cause")[0].is_empty());
    // Nothing is left of it to take back, and there never was a text 4711.
    for id in [&ids[0], "4711"] {
        let again = run(&data, &["outbox", "cancel", id]).expect(1);
        assert!(again.stderr.contains(&format!("text {id}: ")), "{again:?}");
    }
    let none = run(&data, &["outbox", "retry", "4711"]).expect(1);
    assert!(none.stderr.contains("outbox list") && !none.stderr.contains("put back"), "{none:?}");
    let all = run(&data, &["outbox", "cancel", "--all", "--json"]).expect(0);
    let changed: Vec<String> = all.json().iter().map(|line| line["id"].to_string()).collect();
    assert!(changed.contains(&ids[1]) && changed.contains(&later) && changed.len() == 2);
    assert!(!states(&data).iter().any(|state| state == "queued" || state == "scheduled"));
    run(&data, &["outbox", "cancel", "--all"]).expect(0);
}

#[test]
fn what_failed_is_put_back_into_the_queue() {
    let data = tempfile::tempdir().unwrap();
    let refused = ["text", "15550109", "--message", "Hi", "--port", "demo", "--json"];
    run(&data, &[&refused[..], &["--no-retry"]].concat()).expect(2);
    assert_eq!(states(&data), ["failed"]);
    let again = run(&data, &["outbox", "retry", "--all", "--json"]).expect(0);
    assert_eq!(again.words("state"), ["queued"]);
    assert!(again.stderr.contains("listen"), "{again:?}");
    assert_eq!(states(&data), ["queued"]);
    // What is queued already is not put back again.
    run(&data, &["outbox", "retry", "--all"]).expect(0);
    assert!(run(&data, &["outbox", "retry"]).status == Some(1), "which text?");
    assert!(run(&data, &["outbox", "retry", "1", "--all"]).status == Some(1));
}

#[test]
fn what_was_taken_back_is_sent_only_by_its_id() {
    let data = tempfile::tempdir().unwrap();
    let single = stored(&data, "+15550100", &[]);
    stored(&data, "+15550108", &["--at", "+2h"]);
    let list = ["text", "+15550101", "+15550102", "--message", "Hi", "--no-wait"];
    run(&data, &list).expect(0);
    run(&data, &["outbox", "cancel", "--all"]).expect(0);
    assert_eq!(states(&data), ["failed"; 4]);
    let all = run(&data, &["outbox", "retry", "--all", "--json"]).expect(0);
    assert_eq!(all.stdout, "");
    assert!(all.stderr.contains("4 texts that were taken back stay so"), "{all:?}");
    assert_eq!(states(&data), ["failed"; 4]);
    let one = run(&data, &["outbox", "retry", &single, "--json"]).expect(0);
    assert_eq!(one.words("state"), ["queued"]);
}

#[test]
fn what_was_sent_is_not_put_back() {
    let data = tempfile::tempdir().unwrap();
    let text = ["text", "15550100", "--message", "Hi", "--port", "demo", "--json"];
    let sent = run(&data, &text).expect(0).json();
    let again = run(&data, &["outbox", "retry", &sent[0]["id"].to_string()]).expect(1);
    assert!(
        again.stderr.contains("sent already") && !again.stderr.contains("put back"),
        "{again:?}"
    );
    assert_eq!(again.stdout, "");
}

#[test]
fn a_text_of_a_running_program_can_be_taken_back() {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["text", "15550100", "--message", "Later", "--port", "demo", "--json"];
    let arguments = [&arguments[..], &["--at", "+1h"]].concat();
    let mut waiting = Program::start(data.path(), &arguments, b"");
    let line: Value = serde_json::from_str(&waiting.line_with("scheduled")).unwrap();
    let cancelled = run(&data, &["outbox", "cancel", &line["id"].to_string(), "--json"]).expect(0);
    assert_eq!(cancelled.words("state"), ["failed"]);
    // The program that waited notices.
    let end = waiting.end().expect(1);
    assert_eq!(end.words("state").last().unwrap(), "failed");
}
