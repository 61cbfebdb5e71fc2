//! Responses that modems sent, and what other programs' tests read from them.
//!
//! The folder is named by `DESKPHONE_CORPUS`; without it these tests say so and end. `expect` is in
//! the words of the sources (ModemManager's constants mostly); the tables here translate them.

use super::{lines, read_in_every_way};
use deskphone::at::response::clcc::{CallDirection, CallStatus, ClccEntry};
use deskphone::at::response::{ccwa, ceer, cind, clip, cmgl, cmgr, cnum, cops, cpin, cpms, creg};
use deskphone::at::{Charset, FinalResult, Unsolicited};
use serde_json::Value;

pub struct Sample {
    pub id: String,
    pub key: String,
    pub raw: String,
    pub expect: Value,
}

impl Sample {
    /// Asserts with the sample's name.
    fn expect_eq<T: PartialEq + std::fmt::Debug>(&self, ours: T, theirs: T) {
        assert_eq!(ours, theirs, "{} {:?}", self.id, self.raw);
    }

    fn row(&self) -> &[Value] {
        self.expect["row"].as_array().map_or(&[], Vec::as_slice)
    }

    fn table(&self) -> Vec<&[Value]> {
        let rows = self.expect["table"].as_array();
        rows.into_iter().flatten().filter_map(|row| row.as_array().map(Vec::as_slice)).collect()
    }
}

/// All samples; `None` without the corpus.
pub fn samples() -> Option<Vec<Sample>> {
    let Ok(folder) = std::env::var("DESKPHONE_CORPUS") else {
        println!("skipped: DESKPHONE_CORPUS names no folder");
        return None;
    };
    let path = std::path::Path::new(&folder).join("at_responses.jsonl");
    let text = std::fs::read_to_string(&path).expect("the corpus can be read");
    let sample = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("a JSON line");
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let (id, key, raw) = (text("id"), text("key"), text("raw"));
        Sample { id, key, raw, expect: value["expect"].clone() }
    };
    Some(text.lines().filter(|line| !line.is_empty()).map(sample).collect())
}

/// Runs `check` on all samples with this key and an expectation; there must be at least `least`.
fn for_each(keys: &[&str], least: usize, check: impl Fn(&Sample)) {
    let Some(samples) = samples() else { return };
    let known = |sample: &&Sample| keys.contains(&sample.key.as_str()) && !sample.expect.is_null();
    let count = samples.iter().filter(known).map(check).count();
    assert!(count >= least, "{count} samples of {keys:?}, at least {least} were known");
}

#[test]
fn every_line_is_read_without_harm_and_none_is_taken_for_ok() {
    let Some(samples) = samples() else { return };
    for sample in &samples {
        let lines = lines(&sample.raw);
        for line in &lines {
            read_in_every_way(line);
            let ok = FinalResult::parse(line).is_some_and(|result| result.is_ok());
            assert_eq!(ok, line == "OK", "{} {line:?}", sample.id);
        }
        // Nothing is swallowed: what is left out is white space.
        let kept: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
        sample.expect_eq(kept, sample.raw.split_whitespace().count());
    }
}

#[test]
fn lines_are_the_same_however_they_are_cut() {
    let Some(samples) = samples() else { return };
    for sample in &samples {
        let bytewise: String = sample.raw.clone();
        let mut framer = deskphone::at::Framer::new();
        let mut cut = Vec::new();
        for byte in bytewise.as_bytes() {
            framer.push(&[*byte]);
            while let Some(frame) = framer.next(Default::default()) {
                cut.push(frame);
            }
        }
        while let Some(frame) = framer.flush_partial() {
            cut.push(frame);
        }
        let whole: Vec<_> =
            lines(&sample.raw).into_iter().map(deskphone::at::Frame::Line).collect();
        sample.expect_eq(cut, whole);
    }
}

/// The calls in a block of lines, in whichever dialect.
fn calls(sample: &Sample) -> Vec<(u8, &'static str, &'static str, Option<String>)> {
    let mut calls = Vec::new();
    for line in lines(&sample.raw) {
        let (index, direction, status, number) = match Unsolicited::parse(&line) {
            Some(Unsolicited::Clcc(entry)) if entry.is_voice() => {
                let ClccEntry { index, direction, status, number, .. } = entry;
                (index, Some(direction), Some(status), number)
            }
            Some(Unsolicited::Call(report)) => {
                (report.index.unwrap_or(0), report.direction, report.status, report.number)
            }
            _ => continue,
        };
        let direction = match direction {
            Some(CallDirection::MobileOriginated) => "OUTGOING",
            Some(CallDirection::MobileTerminated) => "INCOMING",
            None => "",
        };
        let status = match status {
            Some(CallStatus::Active) => "ACTIVE",
            Some(CallStatus::Held) => "HELD",
            Some(CallStatus::Dialing) => "DIALING",
            Some(CallStatus::Alerting) => "RINGING_OUT",
            Some(CallStatus::Incoming) => "RINGING_IN",
            Some(CallStatus::Waiting) => "WAITING",
            Some(CallStatus::Released) => "TERMINATED",
            None => "",
        };
        calls.push((index, direction, status, number));
    }
    calls
}

#[test]
fn calls_are_listed_as_expected() {
    for_each(&["+CLCC", "^SLCC", "^CIEV"], 10, |sample| {
        let rows: Vec<[Value; 4]> = match sample.expect["calls"].as_array() {
            Some(calls) => {
                let fields = ["id", "dir", "state", "number"];
                calls.iter().map(|call| fields.map(|field| call[field].clone())).collect()
            }
            None => {
                let row = |row: &[Value]| row.to_vec().try_into().expect("four fields");
                sample.table().into_iter().map(row).collect()
            }
        };
        let word = |value: &Value| value.as_str().map(str::to_owned);
        let ours: Vec<_> = calls(sample)
            .into_iter()
            .map(|(index, direction, status, number)| {
                (Some(u64::from(index)), direction.to_owned(), status.to_owned(), number)
            })
            .collect();
        let theirs = rows.iter().map(|[index, direction, status, number]| {
            let direction = word(direction).unwrap_or_default();
            let status = word(status).unwrap_or_default();
            let direction = direction.trim_start_matches("MM_CALL_DIRECTION_").to_owned();
            let status = status.trim_start_matches("MM_CALL_STATE_").to_owned();
            (index.as_u64(), direction, status, word(number))
        });
        sample.expect_eq(ours, theirs.collect());
    });
}

#[test]
fn registration_is_read_as_expected() {
    for_each(&["+CREG", "+CGREG", "+CEREG", "+C5GREG"], 50, |sample| {
        let lines = lines(&sample.raw);
        let line = lines.iter().find(|line| line.starts_with(&sample.key)).expect("its line");
        let report = creg::parse(line).unwrap_or_else(|| panic!("{} {line}", sample.id));
        let number = |name: &str| sample.expect[name].as_u64();
        sample.expect_eq(Some(u64::from(report.stat)), number("state"));
        sample.expect_eq(Some(u64::from(report.area_code.unwrap_or(0))), number("lac"));
        sample.expect_eq(Some(report.cell_id.unwrap_or(0)), number("ci"));
        let technology = match report.access_technology {
            None => "UNKNOWN",
            Some(0) => "GSM",
            Some(2) => "UMTS",
            Some(3) => "EDGE",
            Some(7) => "LTE",
            Some(11) => "5GNR",
            Some(_) => "other",
        };
        sample.expect_eq(Some(technology), sample.expect["act"].as_str());
    });
}

#[test]
fn operators_are_listed_as_expected() {
    for_each(&["+COPS"], 25, |sample| {
        let lines = lines(&sample.raw);
        let ours = cops::parse_list(lines.iter().map(String::as_str));
        // Their names went through the GSM alphabet, where the octet of `@` is `¡` (23.038 §6.2.1).
        let gsm = |name: Option<String>| name.map(|name| Charset::Gsm.decode(&name));
        let ours = ours.into_iter().map(|operator| {
            let availability = match operator.availability {
                cops::Availability::Unknown => "UNKNOWN",
                cops::Availability::Available => "AVAILABLE",
                cops::Availability::Current => "CURRENT",
                cops::Availability::Forbidden => "FORBIDDEN",
            };
            let technology = match operator.access_technology {
                None | Some(0) => "GSM", // 27.007 §7.3: without <AcT> it is GSM.
                Some(2) => "UMTS",
                Some(7) => "LTE",
                Some(12) => "5GNR",
                Some(_) => "other",
            };
            vec![
                Some(format!("MM_MODEM_3GPP_NETWORK_AVAILABILITY_{availability}")),
                gsm(operator.long_name),
                gsm(operator.short_name),
                operator.numeric,
                Some(format!("MM_MODEM_ACCESS_TECHNOLOGY_{technology}")),
            ]
        });
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let table = sample.table();
        let theirs = table.iter().map(|row| row.iter().map(text).collect::<Vec<_>>());
        sample.expect_eq(ours.collect::<Vec<_>>(), theirs.collect());
    });
}

#[test]
fn stored_messages_are_read_as_expected() {
    let status = |status: cmgl::MessageStatus| match status {
        cmgl::MessageStatus::ReceivedUnread => "0",
        cmgl::MessageStatus::ReceivedRead => "1",
        cmgl::MessageStatus::StoredUnsent => "2",
        cmgl::MessageStatus::StoredSent => "3",
        cmgl::MessageStatus::Unknown => "?",
    };
    // Index, status and PDU; the PDU stands in the source as several pieces of one literal.
    let theirs = |sample: &Sample| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let row = |row: &[Value]| {
            let pdu = row[3..].iter().map(text).collect::<String>();
            (text(&row[0]), text(&row[1]), pdu)
        };
        sample.table().into_iter().map(row).collect::<Vec<_>>()
    };
    for_each(&["+CMGL"], 3, |sample| {
        let lines = lines(&sample.raw);
        let messages = cmgl::parse_block(lines.iter().map(String::as_str));
        let ours = messages.into_iter().map(|message| {
            let index = message.header.index.to_string();
            (index, status(message.header.status).to_owned(), message.body)
        });
        sample.expect_eq(ours.collect(), theirs(sample));
    });
    for_each(&["+CMGR"], 2, |sample| {
        let lines = lines(&sample.raw);
        let header = cmgr::parse(&lines[0]).expect("a header");
        let pdu = header.pdu.or_else(|| lines.get(1).cloned()).unwrap_or_default();
        let ours = vec![("0".to_owned(), status(header.status).to_owned(), pdu)];
        sample.expect_eq(ours, theirs(sample));
    });
}

#[test]
fn storages_and_own_numbers_are_read_as_expected() {
    // ModemManager's numbers of the memories.
    let memories = ["?", "SM", "ME", "MT", "SR", "BM", "TA"];
    for_each(&["+CPMS"], 5, |sample| {
        let storages = cpms::parse(&lines(&sample.raw)[0]).expect("an answer");
        let number = |storage: &cpms::Storage| {
            let name = storage.memory.as_deref().unwrap_or("?");
            memories.iter().position(|memory| *memory == name).unwrap_or(0)
        };
        if sample.raw.contains("\"YY\"") {
            // The source expects `BM` here, which stands nowhere in the line; 27.005 §3.2.2.
            sample.expect_eq(storages[1].memory.as_deref(), Some("YY"));
            return;
        }
        let ours: Vec<Value> = storages[..2].iter().map(|storage| number(storage).into()).collect();
        sample.expect_eq(ours.as_slice(), sample.row());
    });
    for_each(&["+CNUM"], 5, |sample| {
        let lines = lines(&sample.raw);
        let mut ours: Vec<Value> = lines
            .iter()
            .filter_map(|line| cnum::parse(line))
            .map(|own| own.number.into())
            .collect();
        ours.push(Value::Null);
        sample.expect_eq(ours.as_slice(), sample.table()[0]);
    });
}

#[test]
fn callers_and_call_waiting_are_read_as_expected() {
    for_each(&["+CLIP"], 2, |sample| {
        let caller = clip::parse(&lines(&sample.raw)[0]).expect("a caller");
        let ours = vec![Value::from(caller.number), Value::from(caller.type_of_number)];
        sample.expect_eq(ours.as_slice(), sample.row());
    });
    for_each(&["+CCWA"], 10, |sample| {
        let lines = lines(&sample.raw);
        if let Some(waiting) = ccwa::parse(&lines[0]) {
            let ours = vec![
                Value::from(waiting.number),
                Value::from(waiting.type_of_number),
                Value::from(waiting.class),
            ];
            sample.expect_eq(ours.as_slice(), sample.row());
            return;
        }
        // The last two are whether call waiting is on, and whether that can't be told.
        let theirs: Vec<bool> =
            sample.row().iter().rev().take(2).filter_map(Value::as_bool).collect();
        let theirs = if theirs[0] { None } else { Some(theirs[1]) };
        sample.expect_eq(ccwa::parse_status(lines.iter().map(String::as_str)), theirs);
    });
}

#[test]
fn locks_causes_and_indicators_are_read_as_expected() {
    for_each(&["+CPIN"], 4, |sample| {
        let state = cpin::parse(&lines(&sample.raw)[0]).expect("a state");
        let theirs = sample.row()[1].as_str().unwrap_or_default();
        if sample.raw.ends_with("SIM PUK2") {
            // The source's table lost a line here; 27.007 §8.3 has a code of its own for it.
            sample.expect_eq(state, cpin::PinState::SimPuk2);
            return;
        }
        let ours = match state {
            cpin::PinState::SimPin => "MM_MODEM_LOCK_SIM_PIN".to_owned(),
            cpin::PinState::Other(word) => {
                format!("MM_MODEM_LOCK_{}", word.replace(['-', ' '], "_"))
            }
            other => format!("{other:?}"),
        };
        sample.expect_eq(ours.as_str(), theirs);
    });
    for_each(&["+CEER"], 3, |sample| {
        let ours = ceer::parse(&lines(&sample.raw)[0]).expect("an answer").text;
        sample.expect_eq(&[Value::from(ours)][..], sample.row());
    });
    for_each(&["+CIND"], 2, |sample| {
        let ours = cind::parse_test(&lines(&sample.raw)[0]).into_iter();
        let ours: Vec<Vec<Value>> =
            ours.map(|i| vec![i.name.into(), i.low.into(), i.high.into()]).collect();
        sample.expect_eq(ours, sample.table().into_iter().map(<[Value]>::to_vec).collect());
    });
}

#[test]
fn results_are_told_from_text_as_expected() {
    let keys = [
        "OK",
        "ERROR",
        "+CME ERROR",
        "+CMS ERROR",
        "COMMAND NOT SUPPORT",
        "NO CARRIER",
        "BUSY",
        "NO ANSWER",
        "NO DIALTONE",
        "CONNECT",
    ];
    for_each(&keys, 34, |sample| {
        let lines = lines(&sample.raw);
        let found = lines.iter().find_map(|line| FinalResult::parse(line));
        match sample.row() {
            [Value::Bool(found_there), Value::Bool(error)] => {
                if *found_there {
                    let result = found.unwrap_or_else(|| panic!("{} {lines:?}", sample.id));
                    sample.expect_eq(!result.is_ok(), *error);
                } else {
                    // `+CME ERROR:` without its space and its number. They wait on; 27.007 §9.1
                    // makes it a final result, and waiting for another would be for ever.
                    let failed = found.is_some_and(|result| !result.is_ok());
                    assert!(failed && sample.raw.trim().ends_with("ERROR:"), "{}", sample.id);
                }
            }
            [Value::String(revision)] if sample.key == "OK" => {
                sample.expect_eq(&lines[0], revision);
                sample.expect_eq(found, Some(FinalResult::Ok));
            }
            words => {
                let refused = |word: &str| FinalResult::parse(word).is_some_and(|r| !r.is_ok());
                let all =
                    words.iter().filter_map(Value::as_str).filter(|word| *word == word.trim());
                let all: Vec<_> =
                    all.filter(|word| word.is_ascii() && !word.contains('\\')).collect();
                for word in all.iter().filter(|word| !word.starts_with("MM_")) {
                    assert!(refused(word), "{} {word}", sample.id);
                }
                sample.expect_eq(found.is_some_and(|result| !result.is_ok()), true);
            }
        }
    });
}

#[test]
fn files_of_the_sim_are_read_as_expected() {
    for_each(&["+CRSM"], 4, |sample| {
        let told = deskphone::at::response::crsm::parse(&sample.raw).expect("an answer");
        let hex: String = told.octets.iter().map(|octet| format!("{octet:02X}")).collect();
        let row = sample.row();
        sample.expect_eq(
            (u64::from(told.sw1), u64::from(told.sw2), hex.as_str()),
            (row[1].as_u64().unwrap(), row[2].as_u64().unwrap(), row[3].as_str().unwrap()),
        );
    });
}
