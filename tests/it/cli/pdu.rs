//! `deskphone pdu`: by itself and as a filter.

use super::program::run_with_input;
use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn pdus_are_decoded_and_encoded_one_by_one_and_by_the_line() {
    // ModemManager's test_pdu3.
    let hex = "07912143658709F1040B918100551512F20000111010214365000AE8329BFD4697D9EC37";
    let decoded = run_with_input(&["pdu", "decode", hex, "--json"], b"").expect(0);
    let beginning = "{\"type\":\"deliver\",\"smsc\":\"+12345678901\",\"number\":\"+18005551212\",\
         \"text\":\"hellohello\",\"timestamp\":\"2011-01-01T12:34:56Z\",\"encoding\":\"gsm7\",\
         \"fields\":[{\"name\":\"SMSC\",\"octets\":[0,8],\"value\":\"07912143658709F1\",";
    assert!(decoded.stdout.starts_with(beginning), "{decoded:?}");
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

#[test]
fn decoding_names_every_field_with_its_octets_and_meaning() {
    // 23.040 §9.2.2.1 in order: SMSC, first octet, TP-OA, TP-PID, TP-DCS, TP-SCTS, TP-UDL, TP-UD.
    let hex = "07912143658709F1040B918100551512F20000111010214365000AE8329BFD4697D9EC37";
    let names = ["SMSC", "TP-OA", "TP-PID", "TP-DCS", "TP-SCTS", "TP-UDL", "TP-UD"];
    let shown = run_with_input(&["pdu", "decode", hex], b"").expect(0).stdout;
    let places: Vec<usize> =
        names.iter().map(|name| shown.find(&format!("{name} ")).unwrap()).collect();
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{shown}");
    for bit in ["TP-MTI", "TP-MMS", "TP-SRI", "TP-UDHI", "TP-RP"] {
        assert!(shown.contains(bit), "{bit} in {shown}");
    }
    // The text is the last thing a reader sees.
    assert!(shown.trim_end().lines().last().unwrap().ends_with("hellohello"), "{shown}");
    // The octets of the fields are those of the PDU, without gap.
    let decoded = run_with_input(&["pdu", "decode", hex, "--json"], b"").expect(0).json();
    let fields = decoded[0]["fields"].as_array().unwrap();
    let values: String = fields.iter().map(|field| field["value"].as_str().unwrap()).collect();
    assert_eq!(values, hex);
    let mut end = 0;
    for field in fields {
        assert_eq!(field["octets"][0].as_u64().unwrap(), end, "{field}");
        end = field["octets"][1].as_u64().unwrap();
        assert!(!field["meaning"].as_str().unwrap().is_empty(), "{field}");
    }
    assert_eq!(end as usize, hex.len() / 2);
    let first = fields.iter().find(|field| field["value"] == "04").unwrap();
    assert!(first["fields"].as_array().unwrap().len() >= 6, "{first}");
}

#[test]
fn the_direction_and_the_length_say_what_a_pdu_is() {
    // 23.040 §9.2.2.4: an SMS-COMMAND that asks about the text with reference 7 (TP-CT 0, enquiry).
    let command = "00020500000708915155107000";
    let read = ["pdu", "decode", command, "--direction", "from-phone", "--json"];
    assert_eq!(run_with_input(&read, b"").expect(0).json()[0]["type"], "command");
    // §9.2.2.1a: an SMS-DELIVER-REPORT for RP-ACK is TP-MTI and an empty TP-PI.
    let report = ["pdu", "decode", "000000", "--direction", "from-phone", "--json"];
    let report = run_with_input(&report, b"").expect(0).json();
    assert_eq!(report[0]["type"], "deliver-report");
    assert!(report[0]["fields"].as_array().unwrap().len() >= 2, "{report:?}");
    // Without SMSC octets, as the length says.
    let bare = "040B918100551512F20000111010214365000AE8329BFD4697D9EC37";
    let bare = ["pdu", "decode", bare, "--length", "28", "--json"];
    let bare = run_with_input(&bare, b"").expect(0).json();
    assert_eq!((&bare[0]["text"], &bare[0]["smsc"]), (&"hellohello".into(), &().into()));
    let first = &bare[0]["fields"][0];
    assert_eq!((&first["octets"], &first["value"]), (&vec![0, 1].into(), &"04".into()));
}

#[test]
fn octets_may_stand_apart() {
    let apart = "00 01 00 08 91 51 55 10 70 00 00 02 C8 34";
    let decoded = run_with_input(&["pdu", "decode", apart, "--json"], b"").expect(0).json();
    assert_eq!(decoded[0]["text"], "Hi");
    let fields = decoded[0]["fields"].as_array().unwrap();
    assert_eq!(fields.last().unwrap()["value"], "C834");
}

#[test]
fn encoding_takes_every_option() {
    let arguments = ["pdu", "encode", "--to", "+15550107", "--message", "Hi", "--json"];
    let options = ["--flash", "--validity", "3d", "--smsc", "+491710760000", "--report"];
    let encoded = run_with_input(&[&arguments[..], &options].concat(), b"").expect(0).json();
    // By hand from 23.040: SMSC of 7 octets; SMS-SUBMIT with TP-SRR and relative TP-VP (31); TP-MR;
    // TP-DA; TP-PID 00; TP-DCS 10, class 0; TP-VP 0xA9 = 166 + 3 days; “Hi” is C834 in septets.
    let expected = "079194710167000031000891515510700010A902C834";
    assert_eq!((&encoded[0]["pdu"], &encoded[0]["length"]), (&expected.into(), &14.into()));
    // The same by JSON, for one text only.
    let orders = "{\"to\":\"+15550107\",\"message\":\"Hi\",\"flash\":true,\"validity\":\"3d\",\
        \"smsc\":\"+491710760000\",\"report\":true}\n{\"to\":\"+15550107\",\"message\":\"Hi\"}\n";
    let both = run_with_input(&["pdu", "encode", "--json"], orders.as_bytes()).expect(0);
    let pdus = both.words("pdu");
    assert_eq!(pdus, [expected, "000100089151551070000002C834"]);
    // An option that can't be understood is not left out silently.
    for option in ["\"flash\":\"yes\"", "\"report\":1", "\"validity\":3", "\"smsc\":1234"] {
        let order = format!("{{\"to\":\"1\",\"message\":\"x\",{option}}}\n");
        let refused = run_with_input(&["pdu", "encode", "--json"], order.as_bytes()).expect(1);
        let name = option.split(':').next().unwrap();
        assert!(refused.stderr.contains(name) && refused.stdout.is_empty(), "{refused:?}");
    }
    let wide = ["pdu", "encode", "--to", "1", "--message", "x", "--reference", "256"];
    assert!(run_with_input(&wide, b"").expect(1).stderr.contains("--wide-reference"));
    // 23.040 §9.2.3.24.8: element 08 with four octets.
    let long = "x".repeat(200);
    let wide = ["pdu", "encode", "--to", "1", "--message", &long, "--reference", "258"];
    let wide = run_with_input(&[&wide[..], &["--wide-reference", "--json"]].concat(), b"");
    assert!(wide.expect(0).words("pdu")[1].contains("060804010202"), "the second of two");
    // “ığşİ” are in the Turkish single-shift table (23.038 §A.2.1), of UCS-2 70 fit.
    let turkish = "ığşİ".repeat(20);
    let options = ["pdu", "encode", "--to", "1", "--message", &turkish, "--national", "--json"];
    assert_eq!(run_with_input(&options, b"").expect(0).json().len(), 1);
    assert_eq!(run_with_input(&options[..6], b"").expect(0).stdout.lines().count(), 2);
}
