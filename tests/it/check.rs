//! Story tests: the transcript is the test.
//!
//! A story is lines of time, who, and what. What goes in: `user` (a command in words), `<-` (a line
//! the modem sends), `prompt`, `raw` (bytes, with `\r` and `\n`), `link up|down`, and
//! `modem LINE: ANSWER` (from now on it answers so by itself, unseen). What must come out: `->` (a
//! line the driver sends that the modem does not answer by itself) and `event`. `wait` only lets
//! time pass.
//!
//! Lines before the first time set the scene: `profile NAME`, `modem LINE: ANSWER`, `echo`, `keep`
//! (nothing is deleted from the modem), `class 2` (what is received stays there for ever), `unstored`
//! (what is received is never safe).

use super::rig::Rig;
use deskphone::clock::Instant;
use deskphone::modem::Afterwards;
use std::sync::Mutex;
use std::time::Duration;

/// PDUs and the words that stand for them in a story. The texts are the examples of widely copied
/// tutorials on PDU mode (dreamfabric.com and gnokii's notes on 27.005), and headers of text mode.
const PDUS: [(&str, &str); 8] = [
    (
        "{how are you}",
        "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07",
    ),
    // The first one with an octet lost on its way.
    ("{damaged}", "07911326040000F0040B911346610089F600208062917314080CC8F71D14969741F977FD07"),
    ("{hellohello}", "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37"),
    ("{report}", "0006170B911326880736F4111011719551401110117195714000"),
    // Of text mode: from +4917, 22 November 2026 18:04:05 one hour east of UTC, in 27.005's order.
    ("{from 4917}", "\"+4917\",,\"26/11/22,18:04:05+04\""),
    ("{from 4917 in ucs2}", "\"002B0034003900310037\",,\"26/11/22,18:04:05+04\""),
    ("{through 4916}", "145,4,0,0,\"+4916\",145"),
    ("{of 23}", "6,23,\"+4917\",145,\"26/11/22,18:04:05+04\",\"26/11/22,18:04:09+04\""),
];

/// Plays the story and compares what came out with what it says. With `UPDATE_EXPECT=1` in the
/// environment the story in the source file is rewritten instead: read the difference before you
/// believe it.
#[track_caller]
pub fn check(story: &str) {
    let (happened, told) = play(story);
    if happened == told {
        return;
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return rewrite(std::panic::Location::caller().file(), story, &happened);
    }
    panic!(
        "the story goes otherwise:\n\n{}\n\nand not:\n\n{}\n",
        happened.join("\n"),
        told.join("\n")
    );
}

/// The lines as they happened and as they were told.
fn play(story: &str) -> (Vec<String>, Vec<String>) {
    let story = PDUS.iter().fold(story.to_owned(), |s, (word, pdu)| s.replace(word, pdu));
    let lines: Vec<&str> = story.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let timed = |line: &&&str| line.starts_with(|c: char| c.is_ascii_digit());
    let scene: Vec<&str> = lines.iter().take_while(|line| !timed(line)).copied().collect();
    let profile = scene.iter().find_map(|line| line.strip_prefix("profile ")).unwrap_or("");
    let mut rig = Rig::with_options(profile, !scene.contains(&"keep"));
    for line in &scene {
        set(&mut rig, line);
    }
    let mut rig = rig.connected();
    let zero = rig.now;
    let mut told: Vec<String> = Vec::new();
    for line in &lines[scene.len()..] {
        let (time, rest) = line.split_once(char::is_whitespace).expect("a time and more");
        let at = Instant::from_elapsed(zero.elapsed() + seconds(time));
        let (who, what) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        let what = what.trim();
        told.push(format!("{time:>8} {who:<6} {what}").trim_end().to_owned());
        if matches!(who, "->" | "event") {
            continue;
        }
        rig.run_until(at);
        rig.write(who, what);
        act(&mut rig, who, what);
    }
    let end = told.last().and_then(|line| line.split_whitespace().next()).unwrap_or("0");
    rig.run_until(Instant::from_elapsed(zero.elapsed() + seconds(end)));
    let words = |line: &String| {
        PDUS.iter().fold(line.trim_end().to_owned(), |s, (word, pdu)| s.replace(pdu, word))
    };
    (rig.transcript.iter().map(words).collect(), told.iter().map(words).collect())
}

/// Replaces the timed lines of a story in its source file.
fn rewrite(file: &str, story: &str, happened: &[String]) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let source = std::fs::read_to_string(&path).expect("the source file");
    let untimed = |line: &&str| !line.trim().starts_with(|c: char| c.is_ascii_digit());
    let scene: Vec<&str> =
        story.lines().take_while(untimed).filter(|line| !line.trim().is_empty()).collect();
    let scene: String = scene.iter().map(|line| format!("{line}\n")).collect();
    let lines: String = happened.iter().map(|line| format!("     {line}\n")).collect();
    let new = format!("\n{scene}{lines}    ");
    assert!(source.contains(story), "the story stands in {}", path.display());
    std::fs::write(&path, source.replace(story, &new)).expect("the source file");
}

fn seconds(text: &str) -> Duration {
    let (whole, millis) = text.split_once('.').unwrap_or((text, "0"));
    let millis: u64 = format!("{millis:0<3}").parse().expect("milliseconds");
    Duration::from_millis(whole.parse::<u64>().expect("seconds") * 1000 + millis)
}

fn set(rig: &mut Rig, line: &str) {
    if let Some(rest) = line.strip_prefix("modem ") {
        let (line, answer) = rest.split_once(": ").expect("LINE: ANSWER");
        rig.answer(line, answer);
    } else if line == "echo" {
        rig.manners.echo = true;
    } else if line == "class 2" {
        rig.afterwards = Afterwards::Keep;
    } else if line == "unstored" {
        rig.storing = false;
    } else {
        assert!(line == "keep" || line.starts_with("profile "), "no such scene: {line}");
    }
}

fn act(rig: &mut Rig, who: &str, what: &str) {
    match (who, what) {
        ("user", words) => {
            rig.user(words);
        }
        ("<-", line) => rig.line(line),
        ("raw", text) => rig.raw(text.replace("\\r", "\r").replace("\\n", "\n").as_bytes()),
        ("prompt", _) => {
            let prompt = rig.manners.prompt;
            rig.raw(prompt.as_bytes());
        }
        ("link", "up") => rig.link_up(),
        ("link", _) => rig.link_down(),
        ("modem", rest) => set(rig, &format!("modem {rest}")),
        ("wait", _) => {}
        _ => panic!("nobody is called {who}"),
    }
}
