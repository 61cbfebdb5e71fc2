//! Random and mutated octets: no panic, the same octets again, a full explanation
//! (3GPP TS 23.040 §9).

use super::super::explain::{Field, explain, explain_stored};
use super::super::*;
use super::Random;

/// PDUs of every kind to mutate, in hexadecimal digits.
const SEEDS: &[&str] = &[
    "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37",
    "0011000B916407281553F80000AA0AE8329BFD4697D9EC37",
    "07914306073011F006270B913426565711F7012081111345400120811174054043",
    "07919730071111F10414D04937BD2C7797E9D3E614000811309291024061080442043504410442",
    "00410006A1214365000012050003170301906536FB0DBABFE56C32",
    "07912143658709F1040B918100551512F200F4111010214365000AE8329BFD4697D9EC37DE",
    "0046050481214311111111111100111111111111000700000705000300020190",
    "0000D30700081002004100420043004400450046004700480049",
    "0001C507113021413040007FF6029000",
    "0062050000010B916407281553F802BEEF",
    "0019000B914316565811F900000170520251930004E8373B0C",
    "000900048121430000C20500000000000A0B05040B8423F000035201018100",
];

fn mutant(random: &mut Random, round: usize, buffer: &mut [u8; 200]) -> usize {
    let seed = from_hex(SEEDS[round % SEEDS.len()]).unwrap();
    if round % 8 == 7 {
        buffer.fill_with(|| random.next() as u8);
        buffer[0] = 0;
        return random.below(buffer.len());
    }
    *buffer = [0; 200];
    buffer[..seed.len()].copy_from_slice(&seed);
    for _ in 0..random.below(4) {
        buffer[random.below(seed.len())] = random.next() as u8;
    }
    if random.below(2) == 0 { seed.len() } else { random.below(buffer.len()) }
}

#[test]
fn whatever_decodes_is_encoded_to_the_same_octets() {
    let mut random = Random(9_2);
    let mut buffer = [0; 200];
    let mut decoded = [0; 6];
    for round in 0..200_000 {
        let length = mutant(&mut random, round, &mut buffer);
        let octets = &buffer[..length];
        let pdus = [
            Pdu::decode(octets),
            Pdu::decode_from(Way::ToPhone, octets),
            Pdu::decode_from(Way::FromPhone, octets),
            Pdu::decode_bare(octets),
        ];
        for pdu in pdus {
            match pdu {
                Err(error) => assert!(error.octet <= length && !error.field.is_empty(), "{error}"),
                Ok(pdu) => {
                    assert_eq!(to_hex(&pdu.encode().pdu), to_hex(octets), "{}", pdu.tpdu.kind());
                    decoded[pdu.tpdu.kind().len() % 6] += 1;
                }
            }
        }
    }
    assert!(decoded.iter().sum::<i32>() > 200_000, "{decoded:?}");
}

/// The fields at the top cover all octets once; parts lie within their field.
fn check_cover(fields: &[Field], octets: &[u8]) {
    let mut at = 0;
    for field in fields {
        assert_eq!(field.octets.start, at, "{} of {}", field.name, to_hex(octets));
        at = field.octets.end;
        assert_eq!(field.value, to_hex(&octets[field.octets.clone()]));
        check_parts(field);
    }
    assert_eq!(at, octets.len(), "{}", to_hex(octets));
}

fn check_parts(field: &Field) {
    assert!(!field.meaning.is_empty() && !field.name.is_empty(), "{field:?}");
    for part in &field.parts {
        let within = part.octets.start >= field.octets.start && part.octets.end <= field.octets.end;
        assert!(within, "{part:?} in {field:?}");
        check_parts(part);
    }
}

#[test]
fn explanations_cover_every_octet_once() {
    let mut random = Random(314);
    let mut buffer = [0; 200];
    let mut explained = 0;
    for seed in SEEDS {
        let octets = from_hex(seed).unwrap();
        let fields = [Way::ToPhone, Way::FromPhone].map(|way| explain(&octets, way));
        assert!(fields.iter().any(Result::is_ok), "{seed}");
    }
    for round in 0..30_000 {
        let length = mutant(&mut random, round, &mut buffer);
        let octets = &buffer[..length];
        let all = [
            explain_stored(octets),
            explain(octets, Way::ToPhone),
            explain(octets, Way::FromPhone),
        ];
        for fields in all.into_iter().flatten() {
            check_cover(&fields, octets);
            explained += 1;
        }
    }
    assert!(explained > 20_000, "{explained}");
}

#[test]
fn an_explanation_says_what_a_person_would() {
    let octets = from_hex(SEEDS[4]).unwrap();
    let fields = explain(&octets, Way::FromPhone).unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    assert_eq!(
        names,
        ["SMSC", "First octet", "TP-MR", "TP-DA", "TP-PID", "TP-DCS", "TP-UDL", "TP-UD"]
    );
    assert_eq!(fields[3].meaning, "the recipient, 123456");
    assert_eq!(fields[7].meaning, "“Hello world”");
    let concat = &fields[7].parts[1];
    assert_eq!((concat.octets.clone(), concat.value.as_str()), (12..17, "0003170301"));
    assert_eq!(concat.meaning, "part 1 of 3, reference 23");
    let bits: Vec<(&str, &str)> =
        fields[1].parts.iter().map(|part| (part.name, part.value.as_str())).collect();
    assert_eq!(
        bits,
        [
            ("TP-RP", "0"),
            ("TP-UDHI", "1"),
            ("TP-SRR", "0"),
            ("TP-VPF", "00"),
            ("TP-RD", "0"),
            ("TP-MTI", "01")
        ]
    );
}

#[test]
fn texts_of_any_kind_are_counted_and_encoded_without_harm() {
    let pool: Vec<char> =
        "ab€ş你😀\u{301}\u{200D}\u{202E}\0\u{1B}\r\n\u{10FFFF}नि\u{1F1E6}क\u{94D}"
            .chars()
            .collect();
    let mut random = Random(5);
    for round in 0..3000 {
        let length = random.below(400);
        let text: String = (0..length).map(|_| pool[random.below(pool.len())]).collect();
        let encoding = Encoding { national_tables: round % 2 == 0, wide_reference: round % 3 == 0 };
        let info = count_segments(&text, encoding);
        let clusters = forcing_clusters(&text, encoding);
        assert_eq!(clusters.is_empty(), info.alphabet == Alphabet::Gsm7);
        assert!(clusters.windows(2).all(|pair| pair[0].end <= pair[1].start));
        assert!(info.used_in_last <= info.capacity);
        let _ = plain_text(&text, encoding);
        let options = SubmitOptions { encoding, ..Default::default() };
        match encode_submit("112", &text, &options) {
            Ok(segments) => {
                assert_eq!(segments.len(), info.segments);
                let whole: Vec<UserData> = segments
                    .iter()
                    .map(|s| *Pdu::decode(&s.pdu).unwrap().tpdu.user_data().unwrap())
                    .collect();
                let joined: String = whole.iter().map(UserData::text).collect();
                assert_eq!(joined, text);
            }
            Err(error) => assert_eq!(error, EncodeError::Empty),
        }
    }
}
