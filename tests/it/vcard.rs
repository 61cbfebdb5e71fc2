//! Address books of other programs are read, broken ones as far as possible; our own come back
//! whole.

use deskphone::phone::{Contact, ContactNumber};
use deskphone::vcard::{self, Problem};
use std::fs;
use std::path::PathBuf;

fn vector(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/vcards");
    fs::read(folder.join(name)).unwrap()
}

/// All contacts of a file that has no problems.
fn contacts(bytes: &[u8]) -> Vec<Contact> {
    let (contacts, problems) = vcard::read(bytes);
    assert_eq!(problems, []);
    contacts
}

fn numbers(contact: &Contact) -> Vec<(&str, &str)> {
    contact.numbers.iter().map(|n| (n.number.as_str(), n.label.as_str())).collect()
}

#[test]
fn android_2_1_is_read() {
    let contacts = contacts(&vector("android-2.1.vcf"));
    assert_eq!(contacts.len(), 2);
    assert_eq!(contacts[0].name, "علی رضایی");
    assert_eq!(
        numbers(&contacts[0]),
        [
            ("+98 912 345 6789", "Mobile"),
            ("021-88776655", "Home"),
            ("02144556677", "Work fax"),
            ("123456", "")
        ]
    );
    assert_eq!(contacts[0].email, "ali@example.org");
    assert_eq!(contacts[0].note, "first line\nsecond line");
    assert_eq!(contacts[1].name, "Jane Doe");
}

#[test]
fn latin1_is_read_with_and_without_a_word_of_it() {
    let contacts = contacts(&vector("nokia-2.1-latin1.vcf"));
    let names: Vec<&str> = contacts.iter().map(|contact| contact.name.as_str()).collect();
    assert_eq!(names, ["Jörg Müller", "Zoë Größe"]);
}

#[test]
fn apple_3_0_is_read() {
    let contacts = contacts(&vector("apple-3.0.vcf"));
    let ada = &contacts[0];
    assert_eq!(ada.name, "Dr. Ada Lovelace");
    assert_eq!(ada.organization, "Analytical Engines, Ltd.");
    assert_eq!(ada.email, "ada@work.example");
    assert_eq!(
        numbers(ada),
        [
            ("+44 20 7946 0958", "Main"),
            ("+44 7700 900123", "Mobile"),
            ("+44 20 7946 0000", "Boat house")
        ]
    );
    assert_eq!(
        ada.note,
        "Likes numbers, poetry; and folded lines that go on for more than seventy-five octets \
         without any end in sight\nNew line"
    );
    assert!(!ada.favorite);
}

#[test]
fn google_3_0_is_read() {
    let contacts = contacts(&vector("google-3.0.vcf"));
    assert_eq!(contacts[0].name, "Grace 👩‍✈️ Hopper");
    assert_eq!(numbers(&contacts[0]), [("+1 (415) 555-2671", "Mobile")]);
    assert!(contacts[0].favorite);
}

#[test]
fn version_4_0_is_read() {
    let contacts = contacts(&vector("rfc6350-4.0.vcf"));
    let names: Vec<&str> = contacts.iter().map(|contact| contact.name.as_str()).collect();
    assert_eq!(names, ["J. Doe", "ABC Marketing"]);
    assert_eq!(numbers(&contacts[0]), [("+1-418-262-6501", "Mobile"), ("+1-555-555-5555", "Home")]);
    assert_eq!(contacts[0].email, "jdoe@example.com");
    assert_eq!(contacts[0].organization, "Viagenie");
    assert_eq!(numbers(&contacts[1]), [("+1-800-FLOWERS", "")]);
}

#[test]
fn utf16_is_read_by_its_mark() {
    let text = String::from_utf8(vector("google-3.0.vcf")).unwrap();
    let expected = contacts(text.as_bytes());
    let little: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(contacts(&little), expected);
    assert_eq!(contacts(&big), expected);
    assert_eq!(contacts(format!("\u{FEFF}{text}").as_bytes()), expected);
    assert_eq!(contacts(text.replace('\n', "\r").as_bytes()), expected);
}

#[test]
fn a_broken_card_costs_no_other_card() {
    let (contacts, problems) = vcard::read(&vector("broken.vcf"));
    let names: Vec<&str> = contacts.iter().map(|contact| contact.name.as_str()).collect();
    assert_eq!(
        names,
        ["First", "Second", "Third has no end", "Fourth", "Fifth has no version", "Sixth is cut"]
    );
    for (contact, number) in contacts[..5].iter().zip(1001..) {
        assert_eq!(numbers(contact), [(number.to_string().as_str(), "")]);
    }
    // What is left of its last line is kept.
    assert_eq!(numbers(&contacts[5]), [("1006", ""), ("10", "")]);
    let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [4, 9, 16, 25, 38]);
    assert!(problems.iter().all(|p| !p.text.is_empty() && !p.text.ends_with('.')));
}

#[test]
fn a_file_that_ends_without_a_line_end_keeps_its_last_line() {
    let text = b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nTEL:+15550100";
    let (contacts, problems) = vcard::read(text);
    assert_eq!(contacts.len(), 2);
    assert_eq!(numbers(&contacts[1]), [("+15550100", "")]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].line, 5);
    assert!(problems[0].text.contains("line 7"), "{}", problems[0].text);
}

#[test]
fn files_without_cards_say_so() {
    for bytes in [&b""[..], b"\r\n\r\n", b"\xFF\xFE", b"\xEF\xBB\xBF"] {
        let (contacts, problems) = vcard::read(bytes);
        assert!(contacts.is_empty());
        assert_eq!(problems, [Problem { line: 1, text: "There is no vCard in the file".into() }]);
    }
    let (contacts, problems) = vcard::read(b"PK\x03\x04 a zip file \n and more \n of it");
    assert!(contacts.is_empty());
    assert_eq!(problems.len(), 1);
    let (_, problems) =
        vcard::read("BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n".repeat(1000).as_bytes());
    assert_eq!(problems.len(), 100);
    assert!(problems[99].text.starts_with("901 more"), "{}", problems[99].text);
}

#[test]
fn limits_are_kept_and_told() {
    let card = "BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL:1\nEND:VCARD\n";
    let (contacts, problems) = vcard::read(card.repeat(vcard::CARD_LIMIT + 5).as_bytes());
    assert_eq!(contacts.len(), vcard::CARD_LIMIT);
    assert_eq!(problems.len(), 1);
    let mut large = card.as_bytes().to_vec();
    large.resize(vcard::FILE_LIMIT_OCTETS + 1, b'\n');
    let (contacts, problems) = vcard::read(&large);
    assert!(contacts.is_empty());
    assert!(problems[0].text.contains("larger than"));
    let long = format!("BEGIN:VCARD\nFN:{}\nTEL:1\nEND:VCARD\n", "x".repeat(1_000_000));
    assert_eq!(vcard::read(long.as_bytes()).0[0].name.len(), 300);
}

fn everything() -> Vec<Contact> {
    let full = Contact {
        email: "a;b,c@example.org".into(),
        organization: "Semi; Colon, Comma \\ Backslash".into(),
        note: "several\nlines, \\n and; more\n\nthe end".into(),
        favorite: true,
        ..Contact::new("سلام, 👩‍👩‍👧‍👦; O’Neil \\ \"Quote\" : colon = equals")
            .with_number("+98 912 345 6789", "Mobile")
            .with_number("*100#", "Home")
            .with_number("1-800-FLOWERS", "Work")
            .with_number("1", "Fax")
            .with_number("2", "Home fax")
            .with_number("3", "Work fax")
            .with_number("4", "Pager")
            .with_number("5", "")
            .with_number("6", "mobile")
            .with_number("7", "Ferienhaus; See, Nord")
    };
    let long = Contact {
        note: "é👍ع".repeat(500),
        ..Contact::new("Ein sehr langer Name ".repeat(14).trim())
    };
    vec![full, Contact::new("Only a name"), long, Contact::new("BEGIN:VCARD").with_number("1", "")]
}

#[test]
fn our_own_files_come_back_whole() {
    let original = everything();
    let file = vcard::write(&original);
    assert_eq!(contacts(file.as_bytes()), original);
    assert_eq!(vcard::write(&contacts(file.as_bytes())), file);
}

#[test]
fn our_own_files_follow_rfc_6350() {
    let file = vcard::write(&everything());
    assert!(file.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n"));
    assert!(file.ends_with("END:VCARD\r\n"));
    let lines: Vec<&str> = file.split_terminator("\r\n").collect();
    for line in &lines {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    assert!(lines.contains(&"TEL;TYPE=cell;PREF=1:+98 912 345 6789"));
    assert!(lines.contains(&"item10.X-ABLabel:Ferienhaus\\; See\\, Nord"));
    assert_eq!(vcard::write(&[]), "");
}

#[test]
fn nothing_in_a_contact_makes_a_line_of_its_own() {
    let evil = "x\r\nEND:VCARD\r\nBEGIN:VCARD\nTEL:666\u{85}\u{2028}\0\u{1b}[31m";
    let contact = Contact {
        email: evil.into(),
        organization: evil.into(),
        note: evil.into(),
        numbers: vec![ContactNumber {
            number: deskphone::number::PhoneNumber::new(evil),
            label: evil.into(),
            tones: Default::default(),
        }],
        ..Contact::new(evil)
    };
    let file = vcard::write(&[contact]);
    assert_eq!(file.lines().filter(|line| line.starts_with("BEGIN:")).count(), 1);
    assert!(!file.contains(['\0', '\u{1b}', '\u{85}']));
    let back = contacts(file.as_bytes());
    assert_eq!(back.len(), 1);
    assert!(!back[0].name.contains(char::is_control));
}

#[test]
fn mutated_files_never_panic() {
    let seeds: Vec<Vec<u8>> = [
        "android-2.1.vcf",
        "nokia-2.1-latin1.vcf",
        "apple-3.0.vcf",
        "google-3.0.vcf",
        "rfc6350-4.0.vcf",
        "broken.vcf",
    ]
    .map(vector)
    .into();
    let mut state = 0x5EED_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let spice: [&[u8]; 14] = [
        b"\r\n",
        b"\n ",
        b"=",
        b"=\r\n",
        b";",
        b":",
        b",",
        b"\\",
        b"\"",
        b"\0",
        b"\xFF",
        b"\xD8\x00",
        b"BEGIN:VCARD\r\n",
        b";ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-16:",
    ];
    let mut read = 0;
    for _ in 0..6000 {
        let mut bytes = seeds[random(seeds.len())].clone();
        for _ in 0..=random(12) {
            let at = random(bytes.len());
            match random(5) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..(at + random(40)).min(bytes.len()))),
                2 => bytes.insert(at, random(256) as u8),
                3 => drop(bytes.splice(at..at, spice[random(spice.len())].iter().copied())),
                _ => {
                    let other = &seeds[random(seeds.len())];
                    let from = random(other.len());
                    let piece = &other[from..(from + random(60)).min(other.len())];
                    drop(bytes.splice(at..at, piece.iter().copied()));
                }
            }
        }
        let (contacts, problems) = vcard::read(&bytes);
        assert!(contacts.iter().all(|contact| !contact.name.trim().is_empty()));
        assert!(problems.len() <= 100);
        read += contacts.len();
    }
    assert!(read > 3000, "{read}");
}

#[test]
fn tones_behind_a_number_are_read_in_every_form_and_written_back() {
    let card = |tel: &str, version: &str| {
        let file = format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:Ada\r\n{tel}\r\nEND:VCARD\r\n");
        let numbers = contacts(file.as_bytes()).remove(0).numbers;
        let all: Vec<String> = numbers.iter().map(ContactNumber::dialed).collect();
        all.join(" | ")
    };
    // As phones write them; `postd` is the parameter of RFC 3601 §3.4.
    for (tel, version) in [
        ("TEL;TYPE=CELL:+49301234567,,123#;45", "3.0"),
        ("TEL;TYPE=CELL:+49301234567\\,\\,123#\\;45", "3.0"),
        ("TEL;CELL:+49301234567pp123#w45", "2.1"),
        ("TEL;TYPE=cell:+49301234567pp123#w45", "4.0"),
        ("TEL;VALUE=uri:tel:+49301234567;postd=pp123#w45", "4.0"),
    ] {
        assert_eq!(card(tel, version), "+49301234567,,123#;45", "{tel}");
    }
    assert_eq!(card("TEL;VALUE=uri:tel:+1-555-0100;ext=5", "4.0"), "+1-555-0100");
    let ada = Contact::new("Ada")
        .with_number("+49301234567,,123#;45", "Work")
        .with_number("+49301234567", "My own")
        .with_number("+15550100;1", "My own");
    let file = vcard::write(std::slice::from_ref(&ada));
    assert!(file.contains("+49301234567pp123#w45"), "{file}");
    assert_eq!(contacts(file.as_bytes()), [ada]);
}
