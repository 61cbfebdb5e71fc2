//! Tests of the numbers. Formatted values are those of libphonenumber's own demo and metadata tests
//! or the countries' numbering plans; dialing rules are those of the cited clauses.

use super::*;

fn dial(text: &str) -> Result<String, DialStringError> {
    DialString::parse(text).map(|dialed| dialed.as_str().to_owned())
}

#[test]
fn what_people_paste_is_dialed() {
    for (text, dialed) in [
        ("+98 912 345 6789", "+989123456789"),
        ("  (0912) 345-67.89 ", "09123456789"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+44 (0) 20 7946 0958", "+442079460958"),
        ("0044(0)20/79460958", "00442079460958"),
        ("(020) 7946 0958", "02079460958"),
        ("(0)20 7946 0958", "02079460958"),
        ("+1\u{A0}555\u{202F}010\u{2009}0", "+15550100"),
        ("1–555—010‑0", "15550100"),
        ("\u{202A}+15550100\u{202C}\u{200E}", "+15550100"),
        ("\u{2066}+98 912\u{2069}", "+98912"),
        ("۰۹۱۲۳۴۵۶۷۸۹", "09123456789"),
        ("٠٩١٢", "0912"),
        ("+१५५५", "+1555"),
        ("＋４４２０", "+4420"),
        ("＊１００＃", "*100#"),
        ("tel:+44-20-7946-0958;phone-context=x;ext=9", "+442079460958"),
        ("TEL:%2B15550100", "+15550100"),
        ("tel:*100%23", "*100#"),
        ("tel:1;+CFUN=0", "1"),
        ("*#06#", "*#06#"),
        ("**21*+442079460958#", "**21*+442079460958#"),
        ("#31#+15550100", "#31#+15550100"),
    ] {
        assert_eq!(dial(text), Ok(dialed.to_owned()), "{text:?}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_words() {
    use DialStringError::*;
    for (text, error) in [
        ("", Empty),
        (" ", Empty),
        ("+", Empty),
        ("()-", Empty),
        ("*#", Empty),
        ("123;+CFUN=0", Character(';')),
        ("123\"", Character('"')),
        ("123,", Character(',')),
        ("123\u{1F4DE}", Character('\u{1F4DE}')),
        ("tel:%2", Character('%')),
        ("tel:1%0d2", Control),
        ("123\n", Control),
        ("123\r\nATH", Control),
        ("\t123", Control),
        ("1\u{2028}2", Control),
        ("123\0", Control),
        ("123\u{1A}", Control),
        ("1+2", PlusNotFirst),
        ("++12", PlusNotFirst),
        ("12ф", Letter { letter: 'ф', digits: String::new() }),
        ("1-800-FLOWERS", Letter { letter: 'F', digits: "18003569377".into() }),
        (&"1".repeat(41), TooLong(41)),
    ] {
        assert_eq!(dial(text), Err(error), "{text:?}");
    }
    assert_eq!(dial(&format!("+{}", "1".repeat(40))).map(|d| d.len()), Ok(41));
    assert!(dial(&"*".repeat(4000)).is_err());
    let words = DialString::parse("1-800-FLOWERS").unwrap_err().to_string();
    assert_eq!(words, "“F” is a letter: type digits instead, here 18003569377");
}

#[test]
fn whatever_is_accepted_has_only_dialable_characters() {
    let mut random = Random(7);
    for _ in 0..20_000 {
        let text = random.text("0123456789+*# -()\n\r;\"A۵é\u{1A}\u{200E}/.,%tel:");
        if let Ok(dialed) = dial(&text) {
            assert!(dialed.chars().all(|c| matches!(c, '0'..='9' | '+' | '*' | '#')), "{text:?}");
            assert_eq!(dial(&dialed), Ok(dialed.clone()), "{text:?}");
        }
    }
}

#[test]
fn service_codes_are_told_from_calls() {
    // 3GPP TS 22.030 §6.5.2, §6.5.3.2 and annex B.
    for (text, code) in [
        ("*100#", true),
        ("*#06#", true),
        ("**21*+442079460958#", true),
        ("##002#", true),
        ("*#21#", true),
        ("*31#", true),
        ("123#", true),
        ("*99***1#", true),
        ("#31#+15550100", false),
        ("*31#15550100", false),
        ("*98", false),
        ("#77", false),
        ("112", false),
        ("+15550100", false),
    ] {
        assert_eq!(DialString::parse(text).unwrap().is_service_code(), code, "{text}");
    }
    for (text, unfinished) in [
        ("**21*+15550100", true),
        ("##002", true),
        ("*#21", true),
        ("##002#", false),
        ("#31#+15550100", false),
        ("*98", false),
        ("#77", false),
    ] {
        assert_eq!(DialString::parse(text).unwrap().is_unfinished_code(), unfinished, "{text}");
    }
    let hidden = DialString::parse("#31#+15550100").unwrap().split_caller_id_prefix();
    assert_eq!((hidden.0, hidden.1.as_str()), (Some(true), "+15550100"));
    let shown = DialString::parse("*31#15550100").unwrap().split_caller_id_prefix();
    assert_eq!((shown.0, shown.1.as_str()), (Some(false), "15550100"));
    let code = DialString::parse("#31#").unwrap().split_caller_id_prefix();
    assert_eq!((code.0, code.1.as_str()), (None, "#31#"));
}

#[test]
fn emergency_numbers_are_known() {
    for number in ["112", "911", "08", "000", "110", "118", "119", "999", "1 1 2", "۱۱۲"] {
        assert!(is_emergency(number), "{number}");
    }
    for number in ["", "1121", "+112", "0", "8", "9112", "call 112"] {
        assert!(!is_emergency(number), "{number}");
    }
}

#[test]
fn each_country_has_emergency_numbers_of_its_own_and_the_sim_may_tell_more() {
    // The national plans: 115 and 125 in Iran, 15, 17 and 18 in France, 111 in New Zealand, 144 in
    // Austria; 116117 is the doctor on call in Germany, and no emergency number.
    for (number, region) in
        [("115", "IR"), ("125", "ir"), ("15", "FR"), ("1 7", "FR"), ("111", "NZ"), ("144", "AT")]
    {
        assert!(is_emergency_here(number, region, &[]), "{number} {region}");
        assert!(!is_emergency_here(number, "", &[]), "{number}");
    }
    // Abroad, and where the country is not known.
    for (number, region) in [("999", "DE"), ("911", ""), ("110", "XX"), ("08", "GB")] {
        assert!(is_emergency_here(number, region, &[]), "{number} {region}");
    }
    for (number, region) in [("115", "DE"), ("116117", "DE"), ("+112", "FR"), ("", "FR")] {
        assert!(!is_emergency_here(number, region, &[]), "{number} {region}");
    }
    let told = ["117".to_owned(), String::new()];
    assert!(is_emergency_here("117", "DE", &told));
    assert!(!is_emergency_here("", "DE", &told));
    assert!(emergency_table::COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn tones_are_tones() {
    assert_eq!(DtmfTones::parse("1 2-3*#aBcD").unwrap().as_str(), "123*#ABCD");
    assert_eq!(DtmfTones::parse("۱۲").unwrap().as_str(), "12");
    for (text, bad) in [("12E", 'E'), ("1,2", ','), ("+1", '+'), ("1\r", '\r'), ("1;2", ';')] {
        assert_eq!(DtmfTones::parse(text), Err(bad));
    }
}

/// Groups of spellings of one subscriber; different groups are different subscribers.
const SUBSCRIBERS: &[(&str, &[&str])] = &[
    ("IR", &["+98 912 345 6789", "09123456789", "00989123456789", "9123456789", "۰۹۱۲۳۴۵۶۷۸۹"]),
    ("IR", &["+989123456780", "0912 345 6780"]),
    ("GB", &["+44 20 7946 0958", "020 7946 0958", "+44 (0)20 7946 0958", "442079460958"]),
    ("DE", &["+4915112345678", "0151 12345678", "004915112345678"]),
    ("IT", &["+39 02 3661 8300", "02 3661 8300", "0039 02 3661 8300"]),
    ("US", &["+1 415 555 2671", "(415) 555-2671", "1-415-555-2671", "14155552671"]),
    ("US", &["+1 555 0100", "555-0100", "15550100"]),
    ("RU", &["+7 912 345-67-89", "8 (912) 345-67-89"]),
    ("HU", &["+36 20 123 4567", "06 20 123 4567"]),
    ("FR", &["+33 6 12 34 56 78", "06 12 34 56 78"]),
    ("AR", &["+54 9 11 2345 6789", "+54 11 2345 6789", "011 15-2345-6789"]),
    ("MX", &["+52 1 55 1234 5678", "+52 55 1234 5678"]),
    ("AU", &["+61 412 345 678", "0412 345 678"]),
];

#[test]
fn spellings_of_one_subscriber_are_the_same_number() {
    for (region, spellings) in SUBSCRIBERS {
        for a in *spellings {
            for b in *spellings {
                assert!(same_number(a, b, region), "{a} {b} {region}");
                assert_eq!(match_key(a), match_key(b), "{a} {b}");
            }
        }
    }
}

#[test]
fn without_a_region_trunk_prefixes_are_tried() {
    for (a, b) in [
        ("+98 912 345 6789", "09123456789"),
        ("+98 912 345 6789", "9123456789"),
        ("+39 02 3661 8300", "0236618300"),
        ("+7 912 345 67 89", "89123456789"),
        ("+1 415 555 2671", "4155552671"),
        ("+1 415 555 2671", "14155552671"),
        ("1-415-555-2671", "415-555-2671"),
        ("+1 555 0100", "5550100"),
    ] {
        assert!(same_number(a, b, ""), "{a} {b}");
    }
    // A region that has no such number is no obstacle: the user may be abroad.
    assert!(same_number("+98 912 345 6789", "09123456789", "US"));
    assert!(same_number("+98 912 345 6789", "09123456789", "XX"));
}

#[test]
fn different_subscribers_are_not_merged() {
    for (a, b, region) in [
        ("+442079460958", "+492079460958", ""),
        ("+44 151 12345678", "+49 151 12345678", "DE"),
        ("+44 151 1234567", "0151 1234567", "DE"),
        ("+98 912 345 6789", "+98 912 345 6780", "IR"),
        ("+1 415 555 2671", "+1 212 555 2671", "US"),
        ("415 555 2671", "212 555 2671", "US"),
        ("5552671", "+44 20 7555 2671", "GB"),
        ("12345", "012345", ""),
        ("12345", "+12345", ""),
        ("112", "0112", ""),
        ("BANK", "BANKS", ""),
        ("*100#", "100", ""),
        ("", "0", ""),
        ("40404", "+4915112340404", "DE"),
    ] {
        assert!(!same_number(a, b, region), "{a} {b} {region}");
    }
    assert!(same_number("Bank", "BANK", ""));
    assert!(same_number("*100#", "* 100 #", ""));
}

#[test]
fn sameness_is_reflexive_and_symmetric_and_implies_the_key() {
    let mut random = Random(11);
    let mut spellings: Vec<String> =
        SUBSCRIBERS.iter().flat_map(|(_, all)| all.iter().map(|s| (*s).to_owned())).collect();
    spellings.extend((0..150).map(|_| random.text("0123456789+00* #()aB٣")));
    let mut same = 0;
    for region in ["", "IR", "US", "IT"] {
        for a in &spellings {
            assert!(same_number(a, a, region), "{a:?}");
            for b in &spellings {
                let there = same_number(a, b, region);
                assert_eq!(there, same_number(b, a, region), "{a:?} {b:?} {region}");
                if there {
                    same += 1;
                    assert_eq!(match_key(a), match_key(b), "{a:?} {b:?} {region}");
                }
            }
        }
    }
    assert!(same > 4 * spellings.len());
}

#[test]
fn numbers_are_grouped_while_typed() {
    for (typed, region, shown) in [
        ("+4420", "", "+44 20"),
        ("+442079460958", "", "+44 20 7946 0958"),
        ("+4420794", "", "+44 20 794"),
        ("00442079460958", "GB", "00 44 20 7946 0958"),
        ("02079460958", "GB", "020 7946 0958"),
        ("0207946", "GB", "020 7946"),
        ("4155552671", "US", "(415) 555-2671"),
        ("4155552", "US", "(415) 555-2"),
        ("+14155552", "", "+1 415-555-2"),
        ("+989123456789", "IR", "+98 912 345 6789"),
        ("09123456789", "IR", "0912 345 6789"),
        ("0912345", "IR", "0912 345"),
        ("*100#", "GB", "*100#"),
        ("112", "GB", "112"),
        ("08", "MX", "08"),
        ("12345", "US", "12345"),
        ("BANK", "US", "BANK"),
        ("", "US", ""),
        ("+", "US", "+"),
        ("+1", "US", "+1"),
        ("#31#+442079460958", "GB", "#31#+442079460958"),
        ("+44(0)20", "GB", "+44(0)20"),
        ("999999999999999999999999999999", "US", "999999999999999999999999999999"),
    ] {
        assert_eq!(format_as_typed(typed, region), shown, "{typed} {region}");
    }
}

#[test]
fn whole_numbers_are_shown_as_their_country_writes_them() {
    for (number, region, shown) in [
        ("+442079460958", "GB", "020 7946 0958"),
        ("+442079460958", "US", "+44 20 7946 0958"),
        ("+442079460958", "", "+44 20 7946 0958"),
        ("00442079460958", "US", "+44 20 7946 0958"),
        ("+989123456789", "IR", "0912 345 6789"),
        ("09123456789", "IR", "0912 345 6789"),
        ("9123456789", "IR", "9123456789"),
        ("4155552671", "US", "(415) 555-2671"),
        ("+15550100", "", "+1 555 0100"),
        ("5550100", "GB", "5550100"),
        ("*100#", "GB", "*100#"),
        ("112", "GB", "112"),
        ("12345", "GB", "12345"),
        ("Vodafone", "GB", "Vodafone"),
        ("4155552671", "", "4155552671"),
    ] {
        assert_eq!(format_for_display(number, region), shown, "{number} {region}");
    }
}

#[test]
fn formatting_changes_no_digit_and_no_subscriber() {
    let dialable = |text: &str| -> String { text.chars().filter_map(symbols::dialable).collect() };
    let mut random = Random(3);
    for _ in 0..4_000 {
        let text = random.text("00123456789++*# (-)");
        for region in ["", "GB", "US", "IR", "IT", "AR"] {
            let typed = format_as_typed(&text, region);
            assert_eq!(dialable(&typed), dialable(&text), "{text:?} {region}");
            let shown = format_for_display(&text, region);
            assert!(same_number(&shown, &text, region), "{text:?} {shown:?} {region}");
        }
    }
}

#[test]
fn countries_are_known_by_their_codes() {
    // ITU-T E.212.
    for (mcc, region) in [
        ("432", Some("IR")),
        ("43211", Some("IR")),
        ("234150123456789", Some("GB")),
        ("310", Some("US")),
        ("262", Some("DE")),
        ("222", Some("IT")),
        ("001", None),
        ("999", None),
        ("901", None),
        ("43", None),
        ("", None),
        ("+43", None),
        ("۴۳۲", None),
    ] {
        assert_eq!(region_of_mcc(mcc), region, "{mcc}");
    }
    assert!(mcc::MCC.windows(2).all(|pair| pair[0].0 < pair[1].0));
    for (_, region) in mcc::MCC {
        let known = metadata::calling_code(region).is_some();
        assert!(known, "{region} has no numbering plan");
    }
}

/// A small generator (xorshift), so that failures can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn text(&mut self, alphabet: &str) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        let length = self.next(18);
        (0..length).map(|_| alphabet[self.next(alphabet.len())]).collect()
    }
}
