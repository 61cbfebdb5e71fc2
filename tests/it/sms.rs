//! The text-message codec against data nobody here wrote: the corpus that `DESKPHONE_CORPUS` names,
//! and the vectors in `tests/vectors/pdu.txt`.

use std::fs;
use std::path::Path;

use deskphone::clock::WallTime;
use deskphone::sms::{
    Address, Coding, Dcs, FailureCause, Incoming, Pdu, SmsDeliver, SmsStatusReport, SmsSubmit,
    Status, SubmitOptions, Tpdu, UserData, ValidityPeriod, Way, decode_incoming, encode_submit,
    explain, from_hex, gsm7, to_hex,
};
use serde_json::Value;

/// The lines of a corpus file; none, said aloud, where there is no corpus.
fn corpus(file: &str) -> Vec<Value> {
    let Some(folder) = std::env::var_os("DESKPHONE_CORPUS") else {
        println!("skipped: DESKPHONE_CORPUS is not set");
        return Vec::new();
    };
    let text = fs::read_to_string(Path::new(&folder).join(file)).expect("the corpus has this file");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// Where the specification disagrees with what a source expects, the specification wins: the line,
/// the fact, what the specification makes of it, and why.
const SPECIFICATION_WINS: &[(&str, &str, &str, &str)] = &[
    (
        "PDUlib-0441",
        "text",
        "【深圳市安信可科技有限公司】验证码603148，若非本人操作，请勿泄露。",
        "23.038 §6.2.3: every pair of octets is a character; the source lost five of them",
    ),
    (
        "android_frameworks_opt_telephony-0469",
        "number",
        "5",
        "23.040 §9.1.2.5: Address-Length is 1, so one semi-octet means something",
    ),
    (
        "android_frameworks_opt_telephony-0470",
        "number",
        "5",
        "23.040 §9.1.2.5: Address-Length is 1, so one semi-octet means something",
    ),
];

/// Compares one fact, with the specification's instead if that overrules it.
fn compare(faults: &mut Vec<String>, id: &str, key: &str, wanted: &str, found: &str) {
    let overruled = SPECIFICATION_WINS.iter().find(|row| row.0 == id && row.1 == key);
    let wanted = overruled.map_or(wanted, |row| row.2);
    if wanted != found {
        faults.push(format!("{id} {key}: expected {wanted:?}, found {found:?}"));
    }
}

#[test]
fn vectors_decode_to_what_their_origins_say_and_back() {
    let mut seen = 0;
    for line in include_str!("../vectors/pdu.txt").lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split(" | ").collect();
        let [kind, hex, facts @ .., origin] = columns.as_slice() else { panic!("{line}") };
        assert!(origin.len() > 10 && !origin.contains('='), "no origin: {line}");
        let decoded = match *kind {
            "deliver-report" | "command" => Pdu::decode_from(Way::FromPhone, &octets(hex)),
            "submit-report" => Pdu::decode_from(Way::ToPhone, &octets(hex)),
            _ => Pdu::from_hex(hex),
        };
        if *kind == "refused" {
            let error = decoded.expect_err(line);
            assert_eq!(format!("field={}", error.field), facts[0], "{line}");
            seen += 1;
            continue;
        }
        let pdu = decoded.unwrap_or_else(|error| panic!("{error}: {line}"));
        for fact in facts {
            let (key, wanted) = fact.split_once('=').expect(line);
            let wanted = wanted.replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\");
            assert_eq!(fact_of(&pdu, key), wanted, "{key}: {line}");
        }
        assert_eq!(pdu.tpdu.kind(), *kind);
        assert_eq!(pdu.to_hex(), *hex);
        check_explanation(hex, pdu.tpdu.way());
        seen += 1;
    }
    assert!(seen >= 29);
}

fn octets(hex: &str) -> Vec<u8> {
    from_hex(hex).expect("hexadecimal digits")
}

/// The fields of an explanation cover all octets, once each.
fn check_explanation(hex: &str, way: Way) {
    let octets = octets(hex);
    let fields = explain::explain(&octets, way).expect(hex);
    let mut at = 0;
    for field in &fields {
        assert_eq!(field.octets.start, at, "{}: {hex}", field.name);
        assert_eq!(field.value, to_hex(&octets[field.octets.clone()]));
        at = field.octets.end;
    }
    assert_eq!(at, octets.len(), "{hex}");
}

#[test]
fn values_are_encoded_to_the_octets_of_public_captures() {
    // python-messaging, test_sms.py, test_encoding_simple.
    let options = SubmitOptions::default();
    let hola = encode_submit("+34616585119", "hola", &options).unwrap();
    assert_eq!(to_hex(&hola[0].pdu), "0001000B914316565811F9000004E8373B0C");
    assert_eq!(hola[0].tpdu_octets, 17);
    // node-python-messaging, main.ts, test3.
    let at = |seconds| WallTime::from_unix_seconds(seconds, 4);
    let (sent, done) = (at(1_484_971_504), at(1_484_971_505));
    let report = SmsStatusReport::new(110, "+33636786385", sent, done, Status::DELIVERED).unwrap();
    let smsc = Address::from_number("+33609002120").ok();
    let hex = Pdu::new(smsc, Tpdu::StatusReport(report)).to_hex();
    assert_eq!(hex, "07913306092021F0066E0B913336766883F5711012505040407110125050504000");
    let Ok(Incoming::Report(read)) = decode_incoming(&from_hex(&hex).unwrap()) else {
        panic!("no report")
    };
    assert_eq!((read.reference, read.recipient.as_str(), read.status), (110, "+33636786385", 0));
    assert_eq!(read.discharged_at, Some(done));
    // dreamfabric.com, “SMS and the PDU format”, SMS-DELIVER.
    let sender = Address::with_type(0xC8, "27838890001").unwrap();
    let text = UserData::from_text(Dcs::GSM7, &[], "hellohello").unwrap();
    let sent = WallTime::from_unix_seconds(922_713_419, 8);
    let deliver = SmsDeliver::new(sender, sent, text);
    let smsc = Address::from_number("+27381000015").ok();
    let hex = Pdu::new(smsc, Tpdu::Deliver(deliver)).to_hex();
    let captured = "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37";
    assert_eq!(hex, captured);
}

/// A fact about a PDU in the words of `tests/vectors/pdu.txt`.
fn fact_of(pdu: &Pdu, key: &str) -> String {
    let data = pdu.tpdu.user_data();
    match (key, &pdu.tpdu) {
        ("number", tpdu) => tpdu.address().to_string(),
        ("smsc", _) => pdu.smsc.unwrap().to_string(),
        ("text", _) => data.unwrap().text(),
        ("encoding", _) => data.unwrap().dcs().coding().name().to_owned(),
        ("class", tpdu) => tpdu.class().unwrap().to_string(),
        ("time", tpdu) => tpdu.scts().unwrap().wall_time().unwrap().rfc3339(),
        ("reference", tpdu) => tpdu.message_reference().unwrap().to_string(),
        ("concat", tpdu) => {
            let concat = tpdu.concat().unwrap();
            format!("{}/{}/{}", concat.reference, concat.parts, concat.part)
        }
        ("pid", tpdu) => tpdu.pid().unwrap().to_string(),
        ("cause", Tpdu::DeliverReport(report)) => cause(report.failure_cause),
        ("cause", Tpdu::SubmitReport(report)) => cause(report.failure_cause),
        ("command", Tpdu::Command(command)) => u8::from(command.command_type).to_string(),
        ("about", Tpdu::Command(command)) => command.message_number.to_string(),
        ("status", Tpdu::StatusReport(report)) => u8::from(report.status).to_string(),
        ("discharge", Tpdu::StatusReport(report)) => {
            report.discharge_time.wall_time().unwrap().rfc3339()
        }
        ("minutes", Tpdu::Submit(submit)) => {
            (submit.validity_period.duration().unwrap().as_secs() / 60).to_string()
        }
        ("until", Tpdu::Submit(submit)) => match submit.validity_period {
            ValidityPeriod::Absolute(until) => local(until.wall_time().unwrap()),
            _ => String::new(),
        },
        _ => panic!("no fact {key} about this PDU"),
    }
}

fn cause(cause: Option<FailureCause>) -> String {
    u8::from(cause.unwrap()).to_string()
}

#[test]
fn corpus_pdus_decode_to_what_their_sources_say() {
    let mut faults = Vec::new();
    for row in corpus("sms_pdus.jsonl") {
        let id = row["id"].as_str().unwrap();
        let decoded = Pdu::from_hex(row["pdu"].as_str().unwrap());
        match (decoded, row["valid"].as_bool().unwrap()) {
            (Ok(_), false) => faults.push(format!("{id}: must be refused")),
            (Err(error), true) => faults.push(format!("{id}: {error}")),
            (Err(_), false) => {}
            (Ok(pdu), true) => {
                check_kind(&mut faults, id, &row, &pdu);
                check_incoming(&pdu);
                let hex = row["pdu"].as_str().unwrap().trim();
                // With half an octet at the end, what is cut is read; without, it is refused.
                if hex.len() % 2 == 0 {
                    check_explanation(hex, pdu.tpdu.way());
                }
                for source in ["expect", "consensus"] {
                    check_facts(&mut faults, id, &row[source], &pdu);
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn check_kind(faults: &mut Vec<String>, id: &str, row: &Value, pdu: &Pdu) {
    let kind = pdu.tpdu.kind();
    compare(faults, id, "direction", row["direction"].as_str().unwrap_or(kind), kind);
}

/// What the rest of the program is told is what the fields of the PDU say.
fn check_incoming(pdu: &Pdu) {
    let Tpdu::Deliver(deliver) = &pdu.tpdu else { return };
    let data = &deliver.user_data;
    let Incoming::Text(text) = Incoming::from(pdu.clone()) else { panic!("no text") };
    assert_eq!(text.from, deliver.originating_address.to_string());
    assert_eq!(text.smsc, pdu.smsc.map(|smsc| smsc.to_string()).unwrap_or_default());
    assert_eq!(text.sent_at, deliver.scts.wall_time());
    assert_eq!((text.class, text.concat), (pdu.tpdu.class(), pdu.tpdu.concat()));
    assert_eq!(text.ports, data.header().and_then(|header| header.ports()));
    assert_eq!(text.is_cut, data.is_cut());
    let coding = data.dcs().coding();
    assert_eq!(text.binary, matches!(coding, Coding::Data8 | Coding::Compressed));
    assert_eq!(text.data.as_deref(), text.binary.then(|| data.payload()));
    assert_eq!(text.utf16.is_some(), coding == Coding::Ucs2);
    assert_eq!(text.unreadable.is_empty(), coding != Coding::Compressed);
    if text.unreadable.is_empty() {
        assert_eq!(text.text, data.text());
    }
}

fn check_facts(faults: &mut Vec<String>, id: &str, facts: &Value, pdu: &Pdu) {
    let Some(facts) = facts.as_object() else { return };
    let data = pdu.tpdu.user_data();
    let text = data.map(UserData::text).unwrap_or_default();
    for (key, wanted) in facts {
        let plain = wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
        let found = match key.as_str() {
            "number" => pdu.tpdu.address().to_string(),
            "smsc" => pdu.smsc.map(|smsc| smsc.to_string()).unwrap_or_default(),
            "text" | "data_text" => text.clone(),
            "text_prefix" if text.starts_with(&plain) => plain.clone(),
            "full_text" if plain.contains(&text) && !text.is_empty() => plain.clone(),
            "data_hex" => to_hex(data.unwrap().payload()),
            "timestamp" | "timestamp_local" | "discharge" => {
                check_time(faults, id, key, &plain, pdu);
                continue;
            }
            "concat" => {
                check_concat(faults, id, wanted, pdu);
                continue;
            }
            "multipart" => pdu.tpdu.concat().is_some().to_string(),
            "class" => pdu.tpdu.class().map(|class| class.to_string()).unwrap_or_default(),
            "status" => match &pdu.tpdu {
                Tpdu::StatusReport(report) => u8::from(report.status).to_string(),
                _ => String::new(),
            },
            "mr" => pdu.tpdu.message_reference().unwrap().to_string(),
            "ports" => {
                let ports = data.unwrap().header().unwrap().ports().unwrap();
                let (dst, src) = (ports.destination, ports.originator);
                serde_json::json!({"dst": dst, "src": src}).to_string()
            }
            "srr" => match &pdu.tpdu {
                Tpdu::Submit(submit) => submit.status_report_request.to_string(),
                _ => String::new(),
            },
            "vp_minutes" | "vp_minutes_requested" => match &pdu.tpdu {
                Tpdu::Submit(submit) => {
                    let period = submit.validity_period.duration().unwrap();
                    (period.as_secs() / 60).to_string()
                }
                _ => String::new(),
            },
            "vp_absolute_local" => match &pdu.tpdu {
                Tpdu::Submit(submit) => match submit.validity_period {
                    ValidityPeriod::Absolute(until) => {
                        local(until.wall_time().unwrap()).replace('T', " ")
                    }
                    _ => String::new(),
                },
                _ => String::new(),
            },
            // What an encoder was given and then cut.
            "encode_input_text" => continue,
            "mwi" => match Incoming::from(pdu.clone()) {
                Incoming::Text(text) if !text.indications.is_empty() => {
                    let set = text.indications.iter().any(|mark| mark.count != Some(0));
                    String::from(if set { "set" } else { "clear" })
                }
                _ => String::new(),
            },
            other => format!("no check for {other}"),
        };
        compare(faults, id, key, &plain, &found);
    }
}

/// Date and time of day as the time stamp has them, without its zone.
fn local(wall: WallTime) -> String {
    wall.rfc3339()[..19].to_owned()
}

fn utc(wall: WallTime) -> String {
    local(WallTime { utc_offset_quarters: 0, ..wall })
}

fn check_time(faults: &mut Vec<String>, id: &str, key: &str, wanted: &str, pdu: &Pdu) {
    let stamp = match (&pdu.tpdu, key) {
        (Tpdu::StatusReport(report), "discharge") => report.discharge_time,
        _ => pdu.tpdu.scts().unwrap(),
    };
    let Some(wall) = stamp.wall_time() else {
        faults.push(format!("{id} {key}: expected {wanted}, found no time"));
        return;
    };
    let (moment, zone) = wanted.split_at(19);
    match zone {
        // The zone of §9.2.3.11 is kept by us; this source drops it, of a deliver after going over
        // to UTC, of a report before.
        "" if moment == utc(wall) => {}
        "" => compare(faults, id, key, moment, &local(wall)),
        // This source goes over to UTC, too; another writes `Z` for a zone of zero.
        "+00:00" | "Z" => compare(faults, id, key, moment, &utc(wall)),
        _ => compare(faults, id, key, &with_minutes(wanted), &wall.rfc3339()),
    }
}

/// `-05` at the end becomes `-05:00`.
fn with_minutes(time: &str) -> String {
    if time.len() == 22 { format!("{time}:00") } else { time.to_owned() }
}

fn check_concat(faults: &mut Vec<String>, id: &str, wanted: &Value, pdu: &Pdu) {
    let Some(concat) = pdu.tpdu.concat() else {
        faults.push(format!("{id}: no place in a long message"));
        return;
    };
    let facts = [("ref", concat.reference), ("total", u16::from(concat.parts))];
    for (key, found) in facts.into_iter().chain([("part", u16::from(concat.part))]) {
        if let Some(number) = wanted[key].as_u64() {
            compare(faults, id, key, &number.to_string(), &found.to_string());
        }
    }
}

#[test]
fn corpus_pdus_are_encoded_as_they_were() {
    let mut checked = 0;
    for row in corpus("sms_pdus.jsonl") {
        let (id, line) = (row["id"].as_str().unwrap(), row["pdu"].as_str().unwrap());
        let Ok(pdu) = Pdu::from_hex(line) else { continue };
        let encoded = pdu.to_hex();
        // Half an octet at the end belongs to nothing.
        assert_eq!(encoded, line[..line.len() / 2 * 2], "{id}");
        checked += 1;
    }
    assert!(checked >= 150 || checked == 0);
}

#[test]
fn corpus_texts_are_encoded_as_other_encoders_do() {
    let mut checked = 0;
    for row in corpus("sms_pdus.jsonl") {
        let (id, line) = (row["id"].as_str().unwrap(), row["pdu"].as_str().unwrap());
        if row["encode_vector"].as_bool() != Some(true) {
            continue;
        }
        let Ok(Pdu { smsc, tpdu: Tpdu::Submit(decoded), .. }) = Pdu::from_hex(line) else {
            panic!("{id} is a submit")
        };
        if decoded.user_data.is_cut() {
            continue;
        }
        let text = decoded.user_data.text();
        let number = decoded.destination_address.to_string();
        let destination = match decoded.destination_address.type_of_address() {
            0x81 | 0x91 if !number.is_empty() => Address::from_number(&number).unwrap(),
            0xD0 => Address::from_sender(&number).unwrap(),
            other => Address::with_type(other, &number).unwrap(),
        };
        let header = header_octets(&decoded.user_data);
        let user_data = UserData::from_text(decoded.user_data.dcs(), &header, &text);
        let user_data = user_data.unwrap_or_else(|| panic!("{id}: {text:?} fits"));
        let submit = SmsSubmit { destination_address: destination, user_data, ..decoded };
        let encoded = Pdu::new(smsc, Tpdu::Submit(submit)).to_hex();
        assert_eq!(encoded, line, "{id}");
        checked += 1;
    }
    assert!(checked >= 40 || checked == 0);
}

/// The information elements as they travel, without their length.
fn header_octets(data: &UserData) -> Vec<u8> {
    let Some(header) = data.header() else { return Vec::new() };
    header
        .elements()
        .flat_map(|element| {
            [&[element.identifier, element.data.len() as u8], element.data].concat()
        })
        .collect()
}

#[test]
fn corpus_alphabet_vectors_are_packed_and_unpacked() {
    for row in corpus("gsm7_vectors.jsonl") {
        let text = row["text"].as_str().unwrap();
        let packed = from_hex(row["packed_hex"].as_str().unwrap()).unwrap();
        let septets = gsm7::to_septets(text).unwrap();
        if let Some(wanted) = row["septets_hex"].as_str() {
            assert_eq!(to_hex(&septets), wanted.to_uppercase(), "{text:?}");
        }
        // Sources pad with CR, as 23.038 §6.1.2.3.1 has it for USSD, more often than they say.
        let padded = row["cr_padding"].as_bool() == Some(true);
        if padded || (row["fill_bits"].is_null() && packed != gsm7::pack(&septets)) {
            assert_eq!(gsm7::encode_ussd(text).unwrap(), packed, "{text:?}");
            assert_eq!(gsm7::decode_ussd(&packed), text);
        } else if row["fill_bits"].as_u64() == Some(1) {
            // As after the six octets of a header: 48 bits and one to fill up.
            let shifted = UserData::from_text(Dcs::GSM7, &[0, 3, 1, 2, 1], text).unwrap();
            assert_eq!(shifted.payload(), packed, "{text:?}");
            assert_eq!(shifted.text(), text);
        } else {
            assert_eq!(gsm7::to_text(&gsm7::unpack(&packed, septets.len())), text);
        }
    }
}
