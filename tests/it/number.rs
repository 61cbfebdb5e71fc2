//! Numbers as the rest of the program meets them: a name for every spelling, words for every
//! refusal, and nothing on the wire that was not asked for.

use deskphone::number::{self, DialString, PhoneNumber};
use deskphone::phone::{Contact, Event, PhoneState, Settings};

fn state(region: &str) -> PhoneState {
    let mut state = PhoneState::default();
    let contacts = vec![
        Contact::new("Ali").with_number("+98 912 345 6789", "Mobile"),
        Contact::new("Bank").with_number("MyBank", ""),
        Contact::new("Taxi").with_number("40404", ""),
        Contact::new("Ring twice").with_number("+1 555 0100", ""),
    ];
    state.apply(&Event::Contacts(contacts.into()));
    state.apply(&Event::Settings(Settings { region: region.to_owned(), ..Settings::default() }));
    state
}

#[test]
fn the_name_is_found_however_the_number_is_written() {
    for region in ["", "IR", "US"] {
        let state = state(region);
        for (written, name) in [
            ("+989123456789", Some("Ali")),
            ("09123456789", Some("Ali")),
            ("00989123456789", Some("Ali")),
            ("0912 345 67 89", Some("Ali")),
            ("۰۹۱۲۳۴۵۶۷۸۹", Some("Ali")),
            ("+989123456780", None),
            ("MYBANK", Some("Bank")),
            ("40404", Some("Taxi")),
            ("040404", None),
            ("+15550100", Some("Ring twice")),
            ("15550100", Some("Ring twice")),
            ("+15550101", None),
            ("", None),
        ] {
            let found = state.name_for(&PhoneNumber::new(written));
            assert_eq!(found, name, "{written:?} at home in {region:?}");
        }
    }
}

#[test]
fn every_refusal_is_a_sentence_for_people() {
    for text in ["", "123;+CFUN=0", "12\r34", "1-800-FLOWERS", "1+1", "☎ 123", "AT+CFUN=0", "١٢a"]
    {
        let words = DialString::parse(text).unwrap_err().to_string();
        assert!(words.len() > 12 && !words.contains(['\r', '\n', '\0']), "{text:?}: {words:?}");
    }
}

#[test]
fn what_is_shown_dials_the_same_again() {
    number::warm_up();
    for number in
        ["+989123456789", "+442079460958", "+14155552671", "+390236618300", "*100#", "112"]
    {
        for region in ["", "IR", "GB", "US", "IT"] {
            let shown = number::format_for_display(number, region);
            let dialed = DialString::parse(&shown).unwrap();
            assert!(number::same_number(dialed.as_str(), number, region), "{number} as {shown}");
            let typed = DialString::parse(&number::format_as_typed(number, region)).unwrap();
            assert_eq!(typed.as_str(), number);
        }
    }
}
