//! Tests of the whole codec: fields, segmentation, hostile input (3GPP TS 23.040 §9, 23.038 §4).

mod hostile;
mod kinds;
mod meaning;
mod national;
mod plain;

use std::time::Duration;

use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::clock::WallTime;

/// A small generator (xorshift), so that every run tries the same.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

fn submit_texts(text: &str) -> Vec<UserData> {
    let segments = encode_submit("+989121234567", text, &SubmitOptions::default()).unwrap();
    segments
        .iter()
        .map(|segment| match Pdu::decode(&segment.pdu).unwrap().tpdu {
            Tpdu::Submit(submit) => submit.user_data,
            other => panic!("{other:?}"),
        })
        .collect()
}

/// Units that a segment uses after its header: septets, or UTF-16 units.
fn used(data: &UserData) -> usize {
    let length = usize::from(data.length());
    match (data.dcs().coding(), data.has_header()) {
        (Coding::Gsm7, false) => length,
        (Coding::Gsm7, true) => length - 7,
        (_, false) => length / 2,
        (_, true) => (length - 6) / 2,
    }
}

/// Encodes, counts, and compares the two and the text.
fn check_segments(text: &str) -> Vec<UserData> {
    let info = count_segments(text, Encoding::default());
    let segments = submit_texts(text);
    assert_eq!(segments.len(), info.segments, "{text:?}");
    assert_eq!(used(segments.last().unwrap()), info.used_in_last, "{text:?}");
    let whole: String = segments.iter().map(UserData::text).collect();
    assert_eq!(whole, text);
    for (index, data) in segments.iter().enumerate() {
        assert!(used(data) <= info.capacity, "{text:?}");
        assert!(data.octets().len() <= 140);
        let place = data.concat().map(|concat| (concat.parts, concat.part));
        let wanted = (info.segments as u8, index as u8 + 1);
        assert_eq!(place, (info.segments > 1).then_some(wanted));
    }
    segments
}

const ALPHABET: &[&str] =
    &["a", "Z", "7", " ", "@", "\n", "\r", "\r\n", "€", "[", "]", "~", "\u{0C}", "é", "Δ", "Ω"];
const WIDE: &[&str] = &[
    "ç",
    "س",
    "ن",
    "你",
    "😀",
    "👨‍👩‍👧‍👦",
    "🇮🇷",
    "e\u{301}",
    "नि",
    "\0",
    "\u{1A}",
    "\u{1B}",
    "\u{200D}",
    "\u{FFFD}",
    "\u{10FFFF}",
    "\u{FEFF}",
];

#[test]
fn counting_and_encoding_agree_on_random_texts() {
    let mut random = Random(2026);
    for round in 0..3000 {
        let length = match round % 10 {
            0 => 1 + random.below(900),
            1..=4 => 150 + random.below(20),
            5..=7 => 60 + random.below(20),
            _ => 300 + random.below(12),
        };
        let wide_share = [0, 0, 1, 50][random.below(4)];
        let mut text = String::new();
        for _ in 0..length {
            let words = if random.below(100) < wide_share { WIDE } else { ALPHABET };
            text.push_str(words[random.below(words.len())]);
        }
        check_segments(&text);
    }
}

#[test]
fn a_text_of_ten_thousand_characters_has_as_many_segments_as_it_needs() {
    // 10,000 / 153 and 10,000 / 67, rounded up.
    assert_eq!(check_segments(&"x".repeat(10_000)).len(), 66);
    assert_eq!(check_segments(&"س".repeat(10_000)).len(), 150);
    let info = count_segments(&"😀".repeat(10_000), Encoding::default());
    // 33 pairs of surrogates a segment.
    assert_eq!(info.segments, 304);
    assert_eq!(
        encode_submit("112", &"😀".repeat(10_000), &SubmitOptions::default()),
        Err(EncodeError::TooLong(304))
    );
    assert_eq!(check_segments(&"x".repeat(255 * 153)).len(), 255);
    let one_more = "x".repeat(255 * 153 + 1);
    let refused = encode_submit("112", &one_more, &SubmitOptions::default());
    assert_eq!(refused, Err(EncodeError::TooLong(256)));
    let empty = encode_submit("112", "", &SubmitOptions::default());
    assert_eq!(empty, Err(EncodeError::Empty));
}

#[test]
fn the_limits_are_160_and_153_septets_70_and_67_units() {
    let count = |text: &str| {
        let info = count_segments(text, Encoding::default());
        (info.segments, info.used_in_last, info.capacity)
    };
    assert_eq!(count(""), (1, 0, 160));
    assert_eq!(count(&"x".repeat(160)), (1, 160, 160));
    assert_eq!(count(&"x".repeat(161)), (2, 8, 153));
    assert_eq!(count(&"€".repeat(80)), (1, 160, 160));
    // 76 pairs and one septet left over, since an escape pair isn't cut.
    assert_eq!(count(&"€".repeat(81)), (2, 10, 153));
    assert_eq!(count(&"س".repeat(70)), (1, 70, 70));
    assert_eq!(count(&"س".repeat(71)), (2, 4, 67));
    let long = format!("{}ç", "x".repeat(160));
    let info = count_segments(&long, Encoding::default());
    assert_eq!((info.forced_by, info.segments, info.segments_if_gsm7), (Some('ç'), 3, 2));
}

#[test]
fn nothing_that_belongs_together_is_cut() {
    let mut texts = vec![format!("{}😀", "س".repeat(66)), format!("{}€x", "x".repeat(152))];
    for before in 50..80 {
        texts.push(format!("{}👨‍👩‍👧‍👦{}", "س".repeat(before), "س".repeat(60)));
        texts.push(format!("{}e\u{301}\u{302}{}", "س".repeat(before), "س".repeat(60)));
        texts.push(format!("{}\r\n{}", "x".repeat(before + 90), "x".repeat(60)));
    }
    for text in texts {
        let mut at = 0;
        let starts: Vec<usize> = text.grapheme_indices(true).map(|(start, _)| start).collect();
        for segment in check_segments(&text) {
            assert!(starts.contains(&at), "{text:?} cut at {at}");
            at += segment.text().len();
        }
    }
}

#[test]
fn a_cluster_longer_than_a_segment_is_cut_between_characters() {
    let text = format!("a{}", "\u{301}".repeat(500));
    let segments = check_segments(&text);
    assert_eq!(segments.len(), 501usize.div_ceil(67));
}

#[test]
fn control_characters_travel_unharmed() {
    for text in ["a\0b", "a\u{1A}b", "a\u{1B}b", "\u{1B}[31m", "a\rb\nc\r\n", "\u{7F}", "\u{9B}"] {
        let data = check_segments(text)[0];
        // The alphabet of 23.038 §6.2.1 has CR and LF of these, and the escape is no character.
        let plain = text.chars().all(|c| !c.is_control() || c == '\r' || c == '\n');
        assert_eq!(data.dcs().coding() == Coding::Gsm7, plain, "{text:?}");
    }
}

#[test]
fn surrogates_cut_between_segments_are_joined_and_lone_ones_replaced() {
    let part = |number: u8, unit: &str| {
        // SMSC, first octet, TP-OA, TP-PID, TP-DCS; TP-SCTS; TP-UDL, TP-UDH; TP-UD.
        let pdu = format!("004004812143000811101021436500080500030702{number:02}{unit}");
        from_hex(&pdu).unwrap()
    };
    let texts: Vec<IncomingText> = [part(1, "D83D"), part(2, "DE00")]
        .iter()
        .map(|pdu| match decode_incoming(pdu) {
            Ok(Incoming::Text(text)) => text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(texts[0].text, "\u{FFFD}");
    assert_eq!(texts[1].text, "\u{FFFD}");
    let units: Vec<&[u16]> = texts.iter().map(|text| text.utf16.as_deref().unwrap()).collect();
    assert_eq!(join_utf16(&units), "😀");
    assert_eq!(texts[1].concat.map(|concat| (concat.part, concat.parts)), Some((2, 2)));
}

#[test]
fn recipients_are_read_as_people_write_them() {
    for (written, wanted) in [
        ("+98 912 123-45.67", "+989121234567"),
        ("0098 (912) 1234567", "00989121234567"),
        ("۰۹۱۲۱۲۳۴۵۶۷", "09121234567"),
        ("+٩٨٩١٢", "+98912"),
        ("\u{202A}+1 555 0107\u{202C}", "+15550107"),
        ("*100#", "*100#"),
        ("12345678901234567890", "12345678901234567890"),
    ] {
        assert_eq!(Address::from_number(written).unwrap().to_string(), wanted);
    }
    for wrong in ["", " ", "+", "abc", "Bank", "1+2", "++1", "123456789012345678901", "1;2", "1\r"]
    {
        let refused = encode_submit(wrong, "x", &SubmitOptions::default());
        assert_eq!(refused, Err(EncodeError::BadAddress(wrong.to_owned())));
    }
    for sender in ["MyOperator1", "Bank", "[7€]", "a", "1 bank"] {
        assert_eq!(Address::from_sender(sender).unwrap().to_string(), sender);
    }
    assert!(Address::from_sender("twelve chars").is_err());
    assert!(Address::from_sender("سلام").is_err());
}

#[test]
fn coding_schemes_mean_what_23_038_says() {
    use Coding::{Compressed, Data8, Gsm7, Ucs2};
    // 23.038 §4, table by table.
    for (octet, coding, class) in [
        (0x00, Gsm7, None),
        (0x04, Data8, None),
        (0x08, Ucs2, None),
        (0x0C, Gsm7, None),
        (0x03, Gsm7, None),
        (0x10, Gsm7, Some(0)),
        (0x15, Data8, Some(1)),
        (0x1A, Ucs2, Some(2)),
        (0x20, Compressed, None),
        (0x48, Ucs2, None),
        (0x52, Gsm7, Some(2)),
        (0x80, Gsm7, None),
        (0xB8, Gsm7, None),
        (0xC8, Gsm7, None),
        (0xD0, Gsm7, None),
        (0xE8, Ucs2, None),
        (0xF0, Gsm7, Some(0)),
        (0xF6, Data8, Some(2)),
    ] {
        let dcs = Dcs::from(octet);
        assert_eq!((dcs.coding(), dcs.class()), (coding, class), "{octet:02X}");
    }
    let waiting = Dcs::from(0xC8).message_waiting().unwrap();
    assert_eq!(
        (waiting.active, waiting.kind, waiting.discard),
        (true, WaitingKind::Voicemail, true)
    );
    let cleared = Dcs::from(0xE2).message_waiting().unwrap();
    assert_eq!((cleared.active, cleared.kind, cleared.discard), (false, WaitingKind::Email, false));
    assert_eq!(u8::from(Dcs::UCS2.with_class(0)), 0x18);
}

#[test]
fn validity_periods_are_those_of_the_table() {
    const HOUR: u64 = 3600;
    // 23.040 §9.2.3.12.1: the first and last value of each row.
    for (code, seconds) in [
        (0, 300),
        (143, 12 * HOUR),
        (144, 12 * HOUR + 1800),
        (167, 24 * HOUR),
        (168, 48 * HOUR),
        (196, 30 * 24 * HOUR),
        (197, 5 * 7 * 24 * HOUR),
        (255, 63 * 7 * 24 * HOUR),
    ] {
        let period = Duration::from_secs(seconds);
        assert_eq!(ValidityPeriod::Relative(code).duration(), Some(period));
        assert_eq!(ValidityPeriod::at_least(period), ValidityPeriod::Relative(code));
    }
    let enhanced = |octets| ValidityPeriod::Enhanced(octets).duration();
    assert_eq!(enhanced([2, 90, 0, 0, 0, 0, 0]), Some(Duration::from_secs(90)));
    assert_eq!(enhanced([3, 0x10, 0x20, 0x30, 0, 0, 0]), Some(Duration::from_secs(3723)));
    assert_eq!(enhanced([0; 7]), None);
}

#[test]
fn time_stamps_tolerate_what_centres_send() {
    let read = |octets: [u8; 7]| Timestamp::from(octets).wall_time().map(WallTime::rfc3339);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(read([0x99, 0x30, 0x92, 0x51, 0x61, 0x95, 0x80]), some("1999-03-29T15:16:59+02:00"));
    // -28 quarters: 23.040 §9.2.3.11, the sign is bit 3.
    assert_eq!(read([0x52, 0x40, 0x71, 0x31, 0x04, 0x73, 0x8A]), some("2025-04-17T13:40:37-07:00"));
    // A semi-octet that is no digit is 0 (§9.2.3.11): 1F is F1, so 01. No place is more than 14
    // hours from UTC.
    assert_eq!(read([0x62, 0x1F, 0x10, 0, 0, 0, 0xFF]), some("2026-01-01T00:00:00Z"));
    assert_eq!(read([0; 7]), None);
    assert_eq!(read([0x62, 0x20, 0x92, 0, 0, 0, 0]), None);
    for seconds in (946_684_800..3_700_000_000i64).step_by(40_000_003) {
        for quarters in [-48, -28, 0, 14, 23, 56] {
            let wall = WallTime::from_unix_seconds(seconds, quarters);
            assert_eq!(Timestamp::from_wall_time(wall).wall_time(), Some(wall));
        }
    }
}

#[test]
fn headers_are_read_as_the_specification_says() {
    let concat = |octets: &[u8]| {
        let found = UserDataHeader::new(octets).concat();
        found.map(|c| (c.reference, c.parts, c.part))
    };
    assert_eq!(concat(&[0, 3, 7, 2, 1]), Some((7, 2, 1)));
    assert_eq!(concat(&[8, 4, 1, 2, 3, 2]), Some((258, 3, 2)));
    // An element nobody knows is skipped.
    assert_eq!(concat(&[0x70, 2, 9, 9, 0, 3, 7, 2, 1, 0x7F, 0]), Some((7, 2, 1)));
    // §9.2.3.24: the last of several counts.
    assert_eq!(concat(&[0, 3, 7, 2, 1, 0, 3, 8, 2, 2]), Some((8, 2, 2)));
    // §9.2.3.24.1: zero, or a place beyond the last, is ignored.
    assert_eq!(concat(&[0, 3, 7, 0, 0]), None);
    assert_eq!(concat(&[0, 3, 7, 2, 3]), None);
    // §9.2.3.24: too few or too many octets in the last element void the whole header.
    assert_eq!(concat(&[0, 3, 7, 2, 1, 5, 4, 1]), None);
    assert_eq!(concat(&[0, 3, 7, 2, 1, 5]), None);
    let ports = UserDataHeader::new(&[5, 4, 0x23, 0xF4, 0, 0]).ports().unwrap();
    assert_eq!((ports.destination, ports.originator), (9204, 0));
}

#[test]
fn statuses_have_an_outcome_and_words() {
    for octet in 0..=255u8 {
        let status = Status::from(octet);
        // 23.040 §9.2.3.15: bits 6 and 5; bit 7 is reserved, for which 0x63 is to be assumed.
        let wanted = match octet >> 5 {
            0 => Outcome::Delivered,
            1 => Outcome::StillTrying,
            _ => Outcome::Failed,
        };
        assert_eq!(status.outcome(), wanted);
        assert!(!status.sentence().is_empty() && !status.sentence().ends_with('.'));
        if wanted == Outcome::StillTrying {
            assert!(!status.advice().is_empty());
        }
    }
}

/// PDUs of every kind to mutate, in hexadecimal digits.
const SEEDS: &[&str] = &[
    "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37",
    "0011000B916407281553F80000AA0AE8329BFD4697D9EC37",
    "07914306073011F006270B913426565711F7012081111345400120811174054043",
    "07919730071111F10414D04937BD2C7797E9D3E614000811309291024061080442043504410442",
    "00410006A1214365000012050003170301906536FB0DBABFE56C32",
    "07912143658709F1040B918100551512F200F4111010214365000AE8329BFD4697D9EC37DE",
];

#[test]
fn hostile_octets_neither_panic_nor_grow() {
    let seeds: Vec<Vec<u8>> = SEEDS.iter().map(|hex| from_hex(hex).unwrap()).collect();
    let mut random = Random(23_040);
    let (mut decoded, mut refused) = (0, 0);
    let mut text = String::new();
    for round in 0..1_000_000 {
        let mut octets = [0u8; 200];
        let seed = &seeds[round % seeds.len()];
        octets[..seed.len()].copy_from_slice(seed);
        for _ in 0..1 + random.below(3) {
            octets[random.below(seed.len())] = random.next() as u8;
        }
        let length = if random.below(2) == 0 { seed.len() } else { random.below(octets.len()) };
        match Pdu::decode(&octets[..length]) {
            Err(error) => {
                assert!(error.octet <= length, "{error}");
                refused += 1;
            }
            Ok(pdu) => {
                decoded += 1;
                text.clear();
                pdu.tpdu.address().push_to(&mut text);
                assert!(text.chars().count() <= 21);
                check_user_data(&pdu, &mut text);
            }
        }
    }
    assert!(decoded > 200_000 && refused > 200_000, "{decoded} decoded, {refused} refused");
}

/// What was decoded has a text of bounded length and is the same after encoding and decoding.
fn check_user_data(pdu: &Pdu, text: &mut String) {
    let data = pdu.tpdu.user_data();
    if let Some(data) = data {
        text.clear();
        data.text_into(text);
        assert!(text.len() <= 480);
    }
    if !data.is_some_and(UserData::is_cut) {
        let encoded = pdu.encode();
        assert_eq!(Pdu::decode(&encoded.pdu).as_ref(), Ok(pdu));
    }
}

#[test]
fn hostile_lines_are_refused_in_words() {
    for (line, field, octet) in [
        ("", "SMSC", 0),
        ("0", "SMSC", 0),
        ("zz", "PDU", 0),
        ("00 1C", "PDU", 1),
        ("0001000B9١", "PDU", 4),
        ("FF", "SMSC", 0),
        ("0004FF91", "TP-OA", 2),
        ("000405", "TP-OA", 3),
        ("00040591214", "TP-OA", 4),
        ("0001000391214300FF", "TP-UDL", 9),
    ] {
        let error = Pdu::from_hex(line).expect_err(line);
        assert_eq!((error.field, error.octet), (field, octet), "{line}");
    }
    assert_eq!(Pdu::from_hex(&"00".repeat(257)).unwrap_err().problem, "longer than any PDU");
    // More septets than a TPDU holds.
    let oversize = format!("000100039121430000A1{}", "00".repeat(150));
    assert_eq!(Pdu::from_hex(&oversize).unwrap_err().field, "TP-UDL");
    assert!(from_hex("ABC").is_err());
    assert_eq!(from_hex(" aBcD\r\n").unwrap(), [0xAB, 0xCD]);
}
