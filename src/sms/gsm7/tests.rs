//! Tests of the alphabet, its packing and the national tables.

use super::*;

#[test]
fn every_character_of_the_alphabet_survives() {
    // 23.038 §6.2.1 and §6.2.1.1, row by row.
    let alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
        ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    let extension = "\u{0C}^{}\\[~]|€";
    let septets = to_septets(alphabet).unwrap();
    let all_but_escape: Vec<u8> = (0..128).filter(|septet| *septet != 0x1B).collect();
    assert_eq!(septets, all_but_escape);
    assert_eq!(to_text(&septets), alphabet);
    let escaped = to_septets(extension).unwrap();
    assert_eq!(
        escaped,
        b"\x1B\x0A\x1B\x14\x1B\x28\x1B\x29\x1B\x2F\x1B\x3C\x1B\x3D\x1B\x3E\x1B\x40\x1B\x65"
    );
    assert_eq!(to_text(&escaped), extension);
    let known = (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| cost(*c).is_some());
    assert_eq!(known.count(), 127 + 10);
    for missing in ['ç', '\u{1B}', '\0', '`', '\u{A0}', 'α', 'Α', 'س'] {
        assert_eq!(cost(missing), None);
    }
}

#[test]
fn escapes_that_lead_nowhere_are_shown() {
    // §6.2.1.1: what the table lacks is shown as in the default table; a second escape, and one
    // with nothing after it, as a space.
    assert_eq!(to_text(b"a\x1Bab"), "aab");
    assert_eq!(to_text(b"a\x1B\x1Bb"), "a b");
    assert_eq!(to_text(b"a\x1B"), "a ");
    assert_eq!(to_text(b"\x1B\x00"), "@");
}

#[test]
fn packing_is_the_inverse_of_unpacking_at_every_length() {
    for length in 0..=200 {
        let septets: Vec<u8> =
            (0..length).map(|index| (index * 37 + length) as u8 & 0x7F).collect();
        let octets = pack(&septets);
        assert_eq!(octets.len(), (septets.len() * 7).div_ceil(8));
        assert_eq!(unpack(&octets, septets.len()), septets);
    }
    assert_eq!(unpack(&[0xFF], 100), [0x7F]);
}

#[test]
fn ussd_strings_are_padded_with_cr() {
    // §6.1.2.3.1, for 0–17 characters with and without a CR at the end.
    for length in 0..18 {
        for end in ["", "\r", "\r\r"] {
            let text = format!("{}{end}", "x".repeat(length));
            let octets = encode_ussd(&text).unwrap();
            let decoded = decode_ussd(&octets);
            // The one case that can't be told apart: a CR at a boundary, and another after it. It
            // moves nothing on a screen.
            let ambiguous = text.len() % 8 == 1 && end == "\r\r";
            let wanted = if ambiguous { &text[..text.len() - 1] } else { &text };
            assert_eq!(decoded, wanted);
        }
    }
    assert_eq!(encode_ussd("1234567").unwrap(), pack(b"1234567\r"));
}

fn national(septets: &[u8], single: u8, locking: u8) -> String {
    let mut text = String::new();
    push_national_text(septets, single, locking, &mut text);
    text
}

#[test]
fn national_tables_are_those_of_annex_a() {
    // Septets read off the tables of 23.038 annex A by hand.
    assert_eq!(national(b"\x1B\x49\x1B\x53\x1B\x63\x1B\x67\x1B\x69\x1B\x65", 1, 0), "İŞçğı€");
    assert_eq!(national(b"\x04\x07\x0B\x0C\x1C\x1D\x40\x60", 0, 1), "€ıĞğŞşİç");
    assert_eq!(national(b"\x1B\x09\x1B\x41\x1B\x61\x1B\x75", 2, 0), "çÁáú");
    assert_eq!(national(b"\x1B\x05\x1B\x1F\x1B\x7B\x1B\x14\x1B\x0A", 3, 0), "êÊã^\u{0C}");
    assert_eq!(national(b"\x04\x15\x17\x5B\x60\x7D\x1B\x3C", 3, 3), "ê∞\\Ã~`[");
    assert_eq!(national(b"\x28\x2C\x5F\x1B\x41\x1B\x1C", 6, 6), "),\u{94D}A\u{966}");
    assert_eq!(
        national(b"\x00\x01\x03\x1B\x1C\x1B\x3F", 13, 13),
        "\u{627}\u{622}\u{67B}\u{6F0}\u{6D4}"
    );
    assert_eq!(national(b"\x24", 0, 7), "\u{CA1}");
    // A language nobody knows, and what a table lacks.
    assert_eq!(national(b"a\x1B\x65\x1Bz", 99, 99), "a€z");
    assert_eq!(national(b"\x0C\x1B", 0, 4), "  ");
}

#[test]
fn national_tables_have_no_character_twice_and_none_out_of_its_script() {
    for language in 4..=12u32 {
        // The blocks of the nine scripts follow each other in Unicode in another order.
        let block =
            [0x980, 0xA80, 0x900, 0xC80, 0xD00, 0xB00, 0xA00, 0xB80, 0xC00][language as usize - 4];
        let mut seen = Vec::new();
        for septet in (0..128).filter(|septet| *septet != ESCAPE) {
            for text in [
                national(&[septet], 0, language as u8),
                national(&[ESCAPE, septet], language as u8, language as u8),
            ] {
                let code = text.chars().next().map_or(0, u32::from);
                let in_script = (block..block + 0x80).contains(&code);
                let shared = (0x964..=0x965).contains(&code);
                assert!(code < 0x100 || code == 0x20AC || in_script || shared, "{code:X}");
                if in_script {
                    seen.push(code);
                }
            }
        }
        // What the single shift table lacks falls back to the locking table: twice is then right.
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 50, "{language}: {}", seen.len());
    }
}
