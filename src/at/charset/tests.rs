//! Names stay names, and what is surely hexadecimal UCS-2 becomes text.

use super::*;

#[test]
fn names_in_hexadecimal_are_decoded_and_others_stay() {
    assert_eq!(try_ucs2_hex("0059004F00490047004F"), "YOIGO");
    assert_eq!(try_ucs2_hex("4E2D56FD79FB52A8"), "中国移动");
    assert_eq!(try_ucs2_hex("0627064A06310627064606330644"), "ايرانسل");
    assert_eq!(try_ucs2_hex("00320031003400300037"), "21407");
    for name in [
        "CAFE",
        "DEAF",
        "BEEF",
        "21401",
        "310410",
        "DEADBEEF",
        "YOIGO",
        "",
        "49176000",
        "0000",
        "989121234567",
        "D83D",
        "0041004",
        "00490049G",
    ] {
        assert_eq!(try_ucs2_hex(name), name);
    }
}

#[test]
fn strings_of_each_set_are_decoded() {
    assert_eq!(Charset::Ira.decode("AT&T@"), "AT&T@");
    // 23.038 §6.2.1: 0x40 is ¡, 0x24 ¤, 0x5F §, 0x7B ä.
    assert_eq!(Charset::Gsm.decode("AT&T@$_{"), "AT&T¡¤§ä");
    assert_eq!(Charset::Gsm.decode("Ж"), "Ж");
    assert_eq!(Charset::Ucs2.decode("00410042"), "AB");
    assert_eq!(Charset::Ucs2.decode("D83DDE00"), "😀");
    assert_eq!(Charset::Ucs2.decode("plain"), "plain");
}

#[test]
fn the_alphabet_has_128_characters_and_ascii_letters_in_their_places() {
    assert_eq!(GSM.chars().count(), 128);
    for c in ('0'..='9').chain('A'..='Z').chain('a'..='z') {
        assert_eq!(gsm_character(c), Some(c));
    }
    assert_eq!(gsm_character('\u{1B}'), Some('\u{1B}'));
    assert_eq!(gsm_character('\u{7F}'), Some('à'));
    assert_eq!(gsm_character('\u{80}'), None);
}

#[test]
fn texts_of_services_are_guessed_only_from_hexadecimal_digits() {
    assert_eq!(decode_ussd("Balance", Some(72)), "Balance");
    assert_eq!(decode_ussd("0042", Some(72)), "B");
    assert_eq!(decode_ussd("5000", Some(15)), "5000", "a balance");
    assert_eq!(decode_ussd("42616C616E6365", Some(68)), "Balance", "one octet a character");
    // 23.038 §6.1.2.3.1: eight septets fill seven octets, seven septets leave seven bits of
    // padding.
    assert_eq!(decode_ussd("31D98C56B3DD70", Some(15)), "12345678");
    assert_eq!(decode_ussd("31D98C56B3DD1A", None), "1234567");
}

#[test]
fn words_and_numbers_of_services_stay_what_they_are() {
    for dcs in [None, Some(0), Some(15), Some(17)] {
        for plain in
            ["FACE", "DEAD", "BEEF", "CAFEBABE", "FACADE", "decade", "AB", "Face", "DeaDBeeF"]
        {
            assert_eq!(decode_ussd(plain, dcs), plain, "{dcs:?}");
            assert_eq!(unpack_ussd(plain, dcs), None, "{dcs:?}");
        }
        for plain in ["1234", "0042", "5000", "123456", "00000000", "0152347681", "A1B2C3", "1A2B"]
        {
            assert_eq!(decode_ussd(plain, dcs), plain, "{dcs:?}");
        }
    }
    // Digits are a number even where <dcs> says UCS-2: one Ethiopic letter is no answer.
    for plain in ["1234", "12345678", "DEAD", "5000"] {
        assert_eq!(decode_ussd(plain, Some(72)), plain);
    }
}

#[test]
fn what_is_surely_hexadecimal_is_decoded() {
    // 23.038 §6.1.2.3.1, packed by hand: O 0x4F, K 0x4B.
    assert_eq!(decode_ussd("CF25", Some(15)), "OK");
    assert_eq!(unpack_ussd("CF25", Some(15)).as_deref(), Some("OK"));
    // "Hello", the example of many descriptions of the packing: C8 32 9B FD 06.
    assert_eq!(decode_ussd("C8329BFD06", Some(15)), "Hello");
    assert_eq!(decode_ussd("c8329bfd06", None), "Hello");
    assert_eq!(decode_ussd("0042", Some(72)), "B");
    assert_eq!(decode_ussd("00420061006C", Some(15)), "Bal");
    assert_eq!(decode_ussd("4F60597D", Some(72)), "你好");
    assert_eq!(decode_ussd("041E0441", None), "Ос");
    assert_eq!(decode_ussd("51436587", Some(72)), "元文", "digits alone, of one script");
}
