//! Vectors from the specification and from other programs' tests.

use super::alphabet::{from_septets, pack, septets_of, to_septets, unpack};
use super::segment::contents;
use super::tpdu::{Address, Submit, read_deliver, timestamp, timestamp_text};
use crate::clock::WallTime;
use crate::simulator::command::hex;

fn octets(digits: &str) -> Vec<u8> {
    hex::decode(digits.as_bytes()).unwrap()
}

#[test]
fn septets_are_packed_as_in_the_textbook() {
    // “hellohello”, the example of many descriptions of 23.038 §6.1.2.1.
    let septets = to_septets("hellohello").unwrap();
    assert_eq!(pack(&septets, 0), octets("E8329BFD4697D9EC37"));
    assert_eq!(unpack(&octets("E8329BFD4697D9EC37"), 0, 10), septets);
    for fill in 0..7 {
        assert_eq!(unpack(&pack(&septets, fill), fill, 10), septets, "{fill} fill bits");
    }
}

#[test]
fn the_alphabet_has_the_places_of_23_038() {
    // Rows 0 of the columns of 23.038 §6.2.1, and the extension table of §6.2.1.1.
    let columns = [(0x00, '@'), (0x10, 'Δ'), (0x20, ' '), (0x30, '0'), (0x40, '¡'), (0x50, 'P')];
    for (septet, character) in columns {
        assert_eq!(septets_of(character), Some(vec![septet]));
    }
    assert_eq!(septets_of('¿'), Some(vec![0x60]));
    assert_eq!(septets_of('à'), Some(vec![0x7F]));
    assert_eq!(septets_of('€'), Some(vec![0x1B, 0x65]));
    assert_eq!(septets_of('ж'), None);
    assert_eq!(from_septets(&[0x1B, 0x3C, 0x1B, 0x41, 0x1B]), "[A ");
}

#[test]
fn a_submit_is_read_to_its_last_octet() {
    // From 27.005-style handbooks: to +46708251358, “hellohello”, validity 0xAA (four days).
    let tpdu = octets("11000B916407281553F80000AA0AE8329BFD4697D9EC37");
    let submit = Submit::read(&tpdu).unwrap();
    assert_eq!(submit.destination.text, "+46708251358");
    assert_eq!(submit.content.text().as_deref(), Some("hellohello"));
    assert!(!submit.wants_report);
    for end in 0..tpdu.len() {
        assert_eq!(Submit::read(&tpdu[..end]), None, "cut at {end}");
    }
    let mut longer = tpdu.clone();
    longer.push(0);
    assert_eq!(Submit::read(&longer), None);
}

#[test]
fn a_deliver_is_read_with_its_time() {
    // The same handbooks: from +27838890001, 1999-03-29 15:16:59 +02:00.
    let tpdu = octets("040B917238880900F10000993092516195800AE8329BFD4697D9EC37");
    let (from, stamp, content) = read_deliver(&tpdu).unwrap();
    assert_eq!(from.text, "+27838890001");
    assert_eq!(timestamp_text(&stamp), "99/03/29,15:16:59+08");
    assert_eq!(content.text().as_deref(), Some("hellohello"));
    let wall_time = WallTime::from_civil((1999, 3, 29), (15, 16, 59), 8);
    assert_eq!(timestamp(wall_time), stamp);
    // West of Greenwich: bit 3 of the last octet (23.040 §9.2.3.11).
    let west = timestamp(WallTime::from_civil((1999, 3, 29), (15, 16, 59), -20));
    assert_eq!((west[6], timestamp_text(&west)), (0x0A, "99/03/29,15:16:59-20".to_owned()));
}

#[test]
fn addresses_of_both_kinds_go_there_and_back() {
    for text in ["+15550107", "5550107", "*100#", "TestNet", "A"] {
        let address = Address::new(text);
        assert_eq!(Address::read(&address.octets), Some((address.clone(), address.octets.len())));
        assert_eq!(address.text, text);
    }
    assert_eq!(Address::smsc_field("+15550190"), octets("059151551009"));
    assert_eq!(Address::read(&octets("15910000")), None, "21 digits");
}

#[test]
fn long_texts_are_cut_between_characters() {
    assert_eq!(contents(&"a".repeat(160), 1).len(), 1);
    assert_eq!(contents(&"a".repeat(161), 1).len(), 2);
    assert_eq!(contents(&"ж".repeat(70), 1).len(), 1);
    assert_eq!(contents(&"ж".repeat(71), 1).len(), 2);
    // 152 and half a €, 66 and half a surrogate pair: neither is cut.
    for text in
        [format!("{}€{}", "a".repeat(152), "b".repeat(20)), format!("{}😀ж", "ж".repeat(69))]
    {
        let parts = contents(&text, 7);
        let read: Vec<String> = parts.iter().map(|part| part.text().unwrap()).collect();
        assert_eq!(read.concat(), text);
        assert_eq!(parts[1].concatenation(), Some((7, 2, 2)));
    }
    assert_eq!(contents(&"a".repeat(100_000), 1).len(), 255);
}
