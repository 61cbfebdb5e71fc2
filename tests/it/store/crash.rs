//! Crashes, two programs on one file, and files that are not ours.

use super::*;
use deskphone::phone::{Contact, Delivery, Diagnosis};
use deskphone::store::SegmentState;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Set for the second process of the kill test: the database it shall write to.
const CHILD: &str = "DESKPHONE_TEST_STORE_CHILD";

#[test]
fn everything_is_there_after_opening_again() {
    let folder = Folder::new();
    let mut store = folder.open();
    store.receive_text(b"x", &text("+15550107", "in"), Some(&place(1)), at(0)).unwrap();
    store.receive_text(b"y", &part("+15550107", "half", 1, 2, 2), None, at(1)).unwrap();
    let us = owner("first");
    let out = submit(&mut store, "+15550107", "out", 2, 2, &us).unwrap().0.id;
    store.save_contact(&Contact::new("Ada").with_number("+15550107", "Mobile")).unwrap();
    let threads = store.threads().unwrap();
    let contacts = store.contacts().unwrap();
    drop(store);
    let mut store = folder.open();
    assert_eq!(store.threads().unwrap(), threads);
    assert_eq!(store.contacts().unwrap(), contacts);
    assert_eq!(store.path(), Some(folder.path().as_path()));
    let us = owner("second");
    assert_eq!(store.recover(&us).unwrap(), []);
    assert_eq!(next(&mut store, &us), Some((out, 1)));
    assert!(
        !store.receive_text(b"x", &text("+15550107", "in"), Some(&place(1)), at(3)).unwrap().new
    );
    let whole = store.receive_text(b"z", &part("+15550107", "one ", 1, 2, 1), None, at(4)).unwrap();
    assert_eq!(whole.message.text, "one half");
}

#[test]
fn what_a_dead_program_was_sending_may_have_been_sent() {
    let folder = Folder::new();
    let mut store = folder.open();
    let first = owner("first");
    store.recover(&first).unwrap();
    let (message, _) = submit(&mut store, "+1555", "x", 3, 0, &first).unwrap();
    let sent = SegmentState::Sent { reference: Some(1) };
    store.mark_segment(message.id, 1, sent, None, at(1)).unwrap();
    store.mark_segment(message.id, 2, SegmentState::Sending, None, at(2)).unwrap();

    // A second program, while the first one lives, leaves its texts alone.
    let mut second_store = folder.open();
    let second = owner("second");
    assert_eq!(second_store.recover(&second).unwrap(), []);
    assert_eq!(next(&mut second_store, &second), None);
    assert_eq!(next(&mut store, &first), Some((message.id, 3)));

    // Once it is gone, they belong to the next one that starts.
    drop(store);
    drop(second_store);
    let mut third_store = folder.open();
    let third = owner("third");
    let changed = third_store.recover(&third).unwrap();
    assert_eq!(changed.len(), 1);
    assert!(matches!(&changed[0].delivery, Delivery::Unknown(why) if !why.advice.is_empty()));
    assert_eq!(next(&mut third_store, &third), None);
    assert_eq!(third_store.recover(&third).unwrap(), []);
    // Even under the same name as before.
    third_store.retry(message.id, &third, None).unwrap();
    third_store.mark_segment(message.id, 2, SegmentState::Sending, None, at(3)).unwrap();
    drop(third_store);
    let mut again = folder.open();
    assert_eq!(again.recover(&third).unwrap().len(), 1);
    // No lock files are left behind.
    drop(again);
    let left: Vec<_> = fs::read_dir(folder.path().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("owner"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[test]
fn the_locks_of_dead_programs_are_removed_and_those_of_others_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let lock_of = |name: &str| {
        let mut path = folder.path().as_os_str().to_owned();
        path.push(format!("-owner-{name}"));
        std::path::PathBuf::from(path)
    };
    let mut living = folder.open();
    living.recover(&owner("living")).unwrap();
    // Left by a program that was killed.
    fs::write(lock_of("dead"), b"").unwrap();
    let mut next = folder.open();
    next.recover(&owner("next")).unwrap();
    assert!(!lock_of("dead").exists());
    for name in ["living", "next"] {
        let rights = fs::metadata(lock_of(name)).unwrap().permissions().mode();
        assert_eq!(rights & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_killed_program_loses_nothing_it_was_told_is_stored() {
    if let Ok(path) = std::env::var(CHILD) {
        be_killed(Path::new(&path));
    }
    let folder = Folder::new();
    drop(folder.open());
    for round in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "store::crash::a_killed_program_loses_nothing_it_was_told_is_stored",
            ])
            .env(CHILD, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let told: Vec<String> = lines
            .filter_map(|line| {
                let begin = line.find("stored ").or_else(|| line.find("deleted "))?;
                Some(line[begin..].to_owned())
            })
            .take(20 + round * 7)
            .collect();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(told.len() >= 20, "the child told {told:?}");

        check_what_was_told(&folder, &told);
    }
}

/// After a kill: everything that was told is there exactly once, nothing is half done.
fn check_what_was_told(folder: &Folder, told: &[String]) {
    let mut store = folder.open();
    let us = owner("survivor");
    let doubtful = store.recover(&us).unwrap();
    assert!(doubtful.iter().all(|message| message.delivery.word() == "unknown"));
    store.show_incomplete(at(1_000_000)).unwrap();
    let words = conversation(&store, "+15550107");
    for told in told {
        let (what, told) = told.split_once(' ').unwrap();
        let count = words.iter().filter(|w| *w == told).count();
        assert_eq!(count, usize::from(what == "stored"), "{what} {told}");
    }
    // Those of earlier rounds were emptied below.
    let this: Vec<&str> = told[0].split(' ').skip(1).take(2).collect();
    let batches = store.batches().unwrap();
    for batch in batches.iter().filter(|batch| batch.name.starts_with(&this.join(" "))) {
        assert_eq!(batch.counts.total(), 3, "{}", batch.name);
    }
    // The index says what the texts say.
    let reader = store.reader().unwrap();
    let query = Query::Search { text: "child".into(), before: None, limit: 5000 };
    let Answer::Found { hits, .. } = reader.answer(&query, "") else { panic!() };
    // A long text that was cut in two by the kill has lost the word with its first half.
    let with_the_word = words.iter().filter(|text| text.contains("child")).count();
    assert_eq!(hits.len(), with_the_word);
    // What was queued is still to be sent, and what waits for another attempt, too.
    let told_to_send = told.iter().filter(|told| told.contains(" out ")).count();
    let mut queued = 0;
    while let Some((message, _)) = next(&mut store, &us) {
        store.delete_message(message, at(0)).unwrap();
        queued += 1;
    }
    assert!(queued + doubtful.len() >= told_to_send, "{queued} {}", doubtful.len());
}

/// Stores texts in both directions, and does all else that changes the store, and says so, until
/// somebody ends this.
fn be_killed(path: &Path) -> ! {
    let us = owner(&format!("child {}", std::process::id()));
    let mut store = Store::open(path).unwrap();
    for n in 0i64.. {
        let words = |what: &str| format!("{} {what} {n}", us.0);
        let out = words("out");
        let (message, _) = submit(&mut store, "+15550107", &out, 2, n, &us).unwrap();
        println!("stored {out}");
        match n % 3 {
            0 => {
                store.mark_segment(message.id, 1, SegmentState::Sending, None, at(n)).unwrap();
            }
            1 => {
                let why = Diagnosis::new("Congestion", "");
                store.retry_later(message.id, 1, at(n + 9), &why, at(n)).unwrap();
            }
            _ => {}
        }
        let got = words("in");
        let stored = store.receive_text(got.as_bytes(), &text("+15550107", &got), None, at(n));
        if n % 2 == 0 {
            store.delete_message(stored.unwrap().message.id, at(n)).unwrap();
            println!("deleted {got}");
        } else {
            println!("stored {got}");
        }
        let long = words("long");
        let (first, second) = long.split_at(long.len() / 2);
        for (part_number, half) in [(2, second), (1, first)] {
            let octets = format!("{long} {part_number}");
            let reference = (n % 256) as u16;
            let half = part("+15550107", half, reference, 2, part_number);
            store.receive_text(octets.as_bytes(), &half, None, at(n)).unwrap();
        }
        println!("stored {long}");
        let options = SendOptions::default();
        let (to, segments, many) = (number("+15550107"), segments(1), words("many"));
        let texts =
            [OutgoingText { to: &to, text: &many, options: &options, segments: &segments }; 3];
        let batch = store.submit_batch(&many, &texts, at(n), &us).unwrap().0.id;
        if n % 2 == 0 {
            store.cancel_some(batch, MessageId(0)).unwrap();
        }
        store.purge(at(n)).unwrap();
    }
    unreachable!("somebody ends this");
}

#[test]
fn a_log_cut_anywhere_leaves_whole_transactions() {
    let folder = Folder::new();
    let mut store = folder.open();
    for n in 0..12u8 {
        let words = format!("text number {n}");
        store.receive_text(&[n], &text("+15550107", &words), None, at(i64::from(n))).unwrap();
    }
    // What is on the disk at this moment, as after a power cut.
    let database = fs::read(folder.path()).unwrap();
    let wal = |path: &Path| path.with_file_name("deskphone.sqlite3-wal");
    let log = fs::read(wal(&folder.path())).unwrap();
    assert!(log.len() > 50_000, "the log has {} octets", log.len());
    let mut last = 0;
    for step in 0..=40 {
        let copy = Folder::new();
        fs::create_dir_all(copy.path().parent().unwrap()).unwrap();
        fs::write(copy.path(), &database).unwrap();
        let mut cut = log[..log.len() * step / 40].to_vec();
        if step < 40
            && let Some(octet) = cut.last_mut()
        {
            *octet ^= 0x55; // A torn write.
        }
        fs::write(wal(&copy.path()), cut).unwrap();
        let store = copy.open();
        let words = conversation(&store, "+15550107");
        let expected: Vec<String> = (0..words.len()).map(|n| format!("text number {n}")).collect();
        assert_eq!(words, expected);
        assert!(words.len() >= last, "{step}");
        last = words.len();
        let threads = store.threads().unwrap();
        assert_eq!(threads.iter().map(|thread| thread.unread as usize).sum::<usize>(), last);
    }
    assert_eq!(last, 12);
}

#[test]
fn a_batch_is_whole_or_not_there_wherever_the_log_is_cut() {
    let folder = Folder::new();
    let mut store = folder.open();
    let (options, segments) = (SendOptions::default(), segments(2));
    let to: Vec<_> = (0..9).map(|n| number(&format!("+1555010{n}"))).collect();
    let text = |to| OutgoingText { to, text: "hello", options: &options, segments: &segments };
    let texts: Vec<_> = to.iter().map(text).collect();
    let us = owner("us");
    let (batch, _, threads) = store.submit_batch("all", &texts, at(0), &us).unwrap();
    store.cancel_some(batch.id, MessageId(0)).unwrap();
    store.delete_thread(threads[0].id, at(1)).unwrap();
    let database = fs::read(folder.path()).unwrap();
    let wal = |path: &Path| path.with_file_name("deskphone.sqlite3-wal");
    let log = fs::read(wal(&folder.path())).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for step in 0..=60 {
        let copy = Folder::new();
        fs::create_dir_all(copy.path().parent().unwrap()).unwrap();
        fs::write(copy.path(), &database).unwrap();
        fs::write(wal(&copy.path()), &log[..log.len() * step / 60]).unwrap();
        let store = copy.open();
        let counts = store.batches().unwrap().first().map(|batch| batch.counts);
        let state = counts.map(|counts| (counts.waiting, counts.failed));
        let threads = store.threads().unwrap().len();
        seen.insert((state, threads));
    }
    // Opening makes the deletion final; the modem has nothing of it, so the text is gone.
    let states = [(None, 0), (Some((0, 8)), 8), (Some((0, 9)), 9), (Some((9, 0)), 9)];
    assert_eq!(seen, states.into_iter().collect());
}

#[test]
fn two_programs_write_to_one_file() {
    let folder = Folder::new();
    drop(folder.open());
    let writer = |name: &'static str| {
        let path = folder.path();
        std::thread::spawn(move || {
            let mut store = Store::open(&path).unwrap();
            for n in 0..40 {
                let words = format!("{name} {n}");
                store
                    .receive_text(words.as_bytes(), &text("+15550107", &words), None, at(n))
                    .unwrap();
            }
        })
    };
    let (a, b) = (writer("a"), writer("b"));
    a.join().unwrap();
    b.join().unwrap();
    let store = folder.open();
    assert_eq!(conversation(&store, "+15550107").len(), 80);
    assert_eq!(store.threads().unwrap().len(), 1);
    assert_eq!(store.threads().unwrap()[0].unread, 80);
}

#[test]
fn programs_that_start_at_once_all_open_a_new_file() {
    for _ in 0..20 {
        let folder = Folder::new();
        let starts: Vec<_> = (0..6)
            .map(|n| {
                let path = folder.path();
                std::thread::spawn(move || {
                    let mut store = Store::open(&path).map_err(|error| error.to_string())?;
                    let us = owner(&format!("program {n}"));
                    store.recover(&us).map_err(|error| error.to_string())
                })
            })
            .collect();
        for start in starts {
            assert_eq!(start.join().unwrap(), Ok(vec![]));
        }
    }
}

#[test]
fn a_reader_sees_commits_and_waits_for_nobody() {
    let folder = Folder::new();
    for mut store in [folder.open(), Store::in_memory().unwrap()] {
        let reader = store.reader().unwrap();
        assert_eq!(page(&reader, "+1555", None, 10).0.len(), 0);
        store.receive_text(b"x", &text("+1555", "hi"), None, at(0)).unwrap();
        assert_eq!(page(&reader, "+1555", None, 10).0, ["hi"]);
    }
    // Two stores in memory know nothing of each other.
    let mut one = Store::in_memory().unwrap();
    let other = Store::in_memory().unwrap();
    one.receive_text(b"x", &text("+1555", "hi"), None, at(0)).unwrap();
    assert!(other.threads().unwrap().is_empty());
}

#[test]
fn a_copy_is_a_whole_database() {
    let folder = Folder::new();
    let mut store = folder.open();
    store.receive_text(b"x", &text("+1555", "hi"), None, at(0)).unwrap();
    let copy = folder.0.path().join("copy.sqlite3");
    store.copy_to(&copy).unwrap();
    assert!(store.copy_to(&copy).is_err());
    store.receive_text(b"y", &text("+1555", "later"), None, at(1)).unwrap();
    let copied = Store::open(&copy).unwrap();
    assert_eq!(conversation(&copied, "+1555"), ["hi"]);
}

#[test]
fn files_that_are_not_ours_are_left_as_they_are() {
    let folder = Folder::new();
    drop(folder.open());
    let original = fs::read(folder.path()).unwrap();

    let mut newer = original.clone();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes()); // user_version, SQLite's file format §1.3.
    fs::write(folder.path(), &newer).unwrap();
    let error = Store::open(&folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::NewerVersion { found: 99, .. }), "{error:?}");
    assert!(error.to_string().contains("newer version of Deskphone"));
    assert_eq!(fs::read(folder.path()).unwrap()[60..64], newer[60..64]);

    let mut foreign = original.clone();
    foreign[60..64].fill(0);
    fs::write(folder.path(), &foreign).unwrap();
    let error = Store::open(&folder.path()).unwrap_err().to_string();
    assert!(error.contains("another program"), "{error}");

    let words = b"This is a letter and no database at all. ".repeat(100);
    fs::write(folder.path(), &words).unwrap();
    let error = Store::open(&folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
    assert!(error.to_string().contains("deskphone.sqlite3"), "{error}");
    assert_eq!(fs::read(folder.path()).unwrap(), words);

    fs::remove_file(folder.path()).unwrap();
    fs::create_dir(folder.path()).unwrap();
    let error = Store::open(&folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::NotWritable(_)), "{error:?}");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_texts() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let mut store = folder.open();
    store.receive_text(b"x", &text("+1555", "hi"), None, at(0)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let data = folder.path().parent().unwrap().to_owned();
    assert_eq!(mode(&data), 0o700);
    for entry in fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
    }
    drop(store);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o644)).unwrap();
    drop(folder.open());
    assert_eq!(mode(&folder.path()), 0o600);
}
