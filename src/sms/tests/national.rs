//! National language tables in sending: the choice is compared with trying every combination
//! (3GPP TS 23.038 §6.2.1.2).

use super::super::*;
use super::Random;

const NATIONAL: Encoding = Encoding { national_tables: true, wide_reference: false };

/// Segments with each combination of tables, found without any of the planner's short cuts: the
/// cost of every character is asked for by encoding it alone.
fn brute_force(text: &str, wide: bool) -> usize {
    let mut fewest =
        count_segments(text, Encoding { national_tables: false, wide_reference: wide });
    let mut least = fewest.segments;
    for single in 0..=13u8 {
        for locking in (0..=13u8).filter(|locking| *locking != 2) {
            let mut header: Vec<u8> = Vec::new();
            if single != 0 {
                header.extend([0x24, 1, single]);
            }
            if locking != 0 {
                header.extend([0x25, 1, locking]);
            }
            let costs: Option<Vec<usize>> = text
                .chars()
                .map(|c| {
                    let mut utf8 = [0; 4];
                    let whole = UserData::from_text(Dcs::GSM7, &header, c.encode_utf8(&mut utf8))?;
                    let taken = ((header.len() + usize::from(!header.is_empty())) * 8).div_ceil(7);
                    Some(usize::from(whole.length()) - taken)
                })
                .collect();
            let Some(costs) = costs else { continue };
            let with_concat = 1 + header.len() + if wide { 6 } else { 5 };
            let alone = 160 - ((header.len() + usize::from(!header.is_empty())) * 8).div_ceil(7);
            let limit = 160 - (with_concat * 8).div_ceil(7);
            if costs.iter().sum::<usize>() <= alone {
                least = least.min(1);
                continue;
            }
            // The texts have no clusters of several characters.
            let (mut segments, mut used) = (1, 0);
            for cost in costs {
                if used + cost > limit {
                    segments += 1;
                    used = 0;
                }
                used += cost;
            }
            least = least.min(segments);
        }
    }
    fewest.segments = least;
    fewest.segments
}

const LETTERS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz 0123456789",
    "€[]{}~|^",
    "çğışĞİŞöü",
    "áíóúÁÍÓÚñ",
    "êôâãõÀÂÊ∞",
    "अआइईकखगघचछजझ",
    "কখগঘঙচছজ",
    "ابپتثجچحخ",
    "ABCDEFGHIJ",
    "سلام你好",
];

#[test]
fn no_combination_of_tables_makes_fewer_segments() {
    let mut random = Random(23_038);
    let mut national = 0;
    for round in 0..400 {
        let length =
            [1 + random.below(170), 60 + random.below(100), 130 + random.below(200)][round % 3];
        let pools: Vec<Vec<char>> = (0..1 + random.below(3))
            .map(|_| LETTERS[random.below(LETTERS.len())].chars().collect())
            .collect();
        let text: String = (0..length)
            .map(|_| {
                let pool = &pools[random.below(pools.len())];
                pool[random.below(pool.len())]
            })
            .collect();
        let wide = round % 4 == 0;
        let encoding = Encoding { national_tables: true, wide_reference: wide };
        let info = count_segments(&text, encoding);
        assert_eq!(info.segments, brute_force(&text, wide), "{text}");
        national += usize::from(info.tables != (0, 0));
        let options = SubmitOptions { encoding, concat_reference: 0x1234, ..Default::default() };
        let segments = encode_submit("112", &text, &options).unwrap();
        assert_eq!(segments.len(), info.segments);
        let mut whole = String::new();
        for segment in &segments {
            let pdu = Pdu::decode(&segment.pdu).unwrap();
            let data = pdu.tpdu.user_data().unwrap();
            assert!(data.octets().len() <= 140);
            let tables = data.header().map_or((0, 0), UserDataHeader::shift_tables);
            assert_eq!(tables, info.tables, "{text}");
            assert!(data.concat().is_none_or(|concat| concat.wide == wide));
            whole += &data.text();
        }
        assert_eq!(whole, text);
    }
    assert!(national > 100, "{national} of 400 used national tables");
}

#[test]
fn the_simplest_of_equals_is_chosen_and_no_table_without_need() {
    let tables = |text: &str| {
        let info = count_segments(text, NATIONAL);
        (info.alphabet, info.tables, info.segments)
    };
    assert_eq!(tables("hello"), (Alphabet::Gsm7, (0, 0), 1));
    // One ç: a single shift table, though a locking one has it, too. Turkish is the first.
    assert_eq!(tables("façade"), (Alphabet::Gsm7, (1, 0), 1));
    assert_eq!(tables("aÁ"), (Alphabet::Gsm7, (2, 0), 1));
    assert_eq!(tables("ãõ"), (Alphabet::Gsm7, (3, 0), 1));
    assert_eq!(tables("अआ"), (Alphabet::Gsm7, (0, 6), 1));
    // A capital is in the single shift table only, of the same language rather than another.
    assert_eq!(tables("अआA"), (Alphabet::Gsm7, (6, 6), 1));
    assert_eq!(tables("你"), (Alphabet::Ucs2, (0, 0), 1));
    assert_eq!(tables(""), (Alphabet::Gsm7, (0, 0), 1));
    // The header of one table is four octets, five septets: 155 are left, 77 with two septets each.
    assert_eq!(tables(&"Á".repeat(77)).2, 1);
    let info = count_segments(&"ş".repeat(155), NATIONAL);
    assert_eq!((info.segments, info.tables, info.capacity), (1, (0, 1), 155));
    // With a reference there are nine octets of header, eleven septets.
    let info = count_segments(&"ş".repeat(156), NATIONAL);
    assert_eq!((info.segments, info.tables, info.capacity), (2, (0, 1), 149));
    // Many € cost two septets each in the extension table and one in the Turkish alphabet.
    assert_eq!(tables(&"€".repeat(150)), (Alphabet::Gsm7, (0, 1), 1));
    // The setting is off by default.
    assert_eq!(count_segments("ş", Encoding::default()).alphabet, Alphabet::Ucs2);
}

#[test]
fn what_forces_ucs2_is_named_for_the_nearest_tables() {
    let text = "नमस्ते 😀 दुनिया 你";
    let info = count_segments(text, NATIONAL);
    assert_eq!((info.alphabet, info.forced_by), (Alphabet::Ucs2, Some('😀')));
    let ranges = forcing_clusters(text, NATIONAL);
    let clusters: Vec<&str> = ranges.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(clusters, ["😀", "你"]);
    let ranges = forcing_clusters("a“b”e\u{301}👨‍👩‍👧c", Encoding::default());
    let clusters: Vec<&str> =
        ranges.iter().map(|range| &"a“b”e\u{301}👨‍👩‍👧c"[range.clone()]).collect();
    assert_eq!(clusters, ["“", "”", "e\u{301}", "👨‍👩‍👧"]);
    assert!(forcing_clusters("plain €", Encoding::default()).is_empty());
    assert!(forcing_clusters("ş", NATIONAL).is_empty());
    assert_eq!(forcing_clusters(&"你".repeat(20_000), NATIONAL).len(), 10_000);
}

#[test]
fn devanagari_clusters_are_kept_whole_in_the_hindi_alphabet() {
    use unicode_segmentation::UnicodeSegmentation;
    for before in 0..6 {
        let text = format!("{}{}", "क".repeat(before), "नि".repeat(160));
        let info = count_segments(&text, NATIONAL);
        assert_eq!((info.alphabet, info.tables), (Alphabet::Gsm7, (0, 6)));
        let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        let options = SubmitOptions { encoding: NATIONAL, ..Default::default() };
        let mut at = 0;
        for segment in encode_submit("112", &text, &options).unwrap() {
            assert!(starts.contains(&at));
            at += Pdu::decode(&segment.pdu).unwrap().tpdu.user_data().unwrap().text().len();
        }
        assert_eq!(at, text.len());
    }
}

#[test]
fn wide_references_leave_152_septets_and_66_units() {
    let wide = Encoding { national_tables: false, wide_reference: true };
    let info = |text: &str| {
        let info = count_segments(text, wide);
        (info.segments, info.capacity)
    };
    assert_eq!(info(&"x".repeat(160)), (1, 160));
    assert_eq!(info(&"x".repeat(161)), (2, 152));
    assert_eq!(info(&"x".repeat(305)), (3, 152));
    assert_eq!(info(&"س".repeat(71)), (2, 66));
    let options = SubmitOptions { encoding: wide, concat_reference: 0xABCD, ..Default::default() };
    let segments = encode_submit("112", &"س".repeat(71), &options).unwrap();
    let concat = Pdu::decode(&segments[1].pdu).unwrap().tpdu.concat().unwrap();
    assert_eq!(concat, Concat { reference: 0xABCD, wide: true, parts: 2, part: 2 });
    let narrow = SubmitOptions { concat_reference: 0xABCD, ..Default::default() };
    let segments = encode_submit("112", &"س".repeat(71), &narrow).unwrap();
    let concat = Pdu::decode(&segments[0].pdu).unwrap().tpdu.concat().unwrap();
    assert_eq!(concat, Concat { reference: 0xCD, wide: false, parts: 2, part: 1 });
}
