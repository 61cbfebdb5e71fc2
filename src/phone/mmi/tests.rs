//! The procedures of 22.030 §6.5.2, the codes of its annexes B and C, and what is no such code.

use super::*;
use crate::phone::{ForwardingReason, ServiceClass};

fn service(code: &str) -> ServiceRequest {
    match read(code) {
        Some(Mmi::Service(request)) => request,
        other => panic!("{code}: {other:?}"),
    }
}

fn why(code: &str) -> String {
    match read(code) {
        Some(Mmi::Wrong(why)) => why,
        other => panic!("{code}: {other:?}"),
    }
}

#[test]
fn each_procedure_says_what_is_wanted() {
    let busy = Service::Forwarding(ForwardingReason::Busy);
    let to =
        |seconds| ServiceAction::Register { number: PhoneNumber::new("+49301234567"), seconds };
    for (code, action) in [
        ("*67#", ServiceAction::Activate),
        ("#67#", ServiceAction::Deactivate),
        ("*#67#", ServiceAction::Query),
        ("##67#", ServiceAction::Erase),
        ("**67*+49301234567#", to(None)),
        // A number behind one asterisk registers too.
        ("*67*+49301234567#", to(None)),
    ] {
        let request = service(code);
        assert_eq!((request.service, request.action, request.class), (busy, action, None));
    }
    let request = service("**61*+49301234567*11*20#");
    assert_eq!(request.service, Service::Forwarding(ForwardingReason::NoReply));
    assert_eq!(request.action, to(Some(20)));
    assert_eq!(request.class, Some(ServiceClass::VOICE));
    // A part in the middle may be left out.
    assert_eq!(service("**61*+49301234567**5#").action, to(Some(5)));
    assert_eq!(service("*#21**11#").class, Some(ServiceClass::VOICE));
}

#[test]
fn the_service_codes_of_annex_b() {
    use crate::phone::Barring as B;
    use ForwardingReason as F;
    for (code, expected) in [
        ("21", Service::Forwarding(F::Unconditional)),
        ("67", Service::Forwarding(F::Busy)),
        ("61", Service::Forwarding(F::NoReply)),
        ("62", Service::Forwarding(F::NotReachable)),
        ("002", Service::Forwarding(F::All)),
        ("004", Service::Forwarding(F::AllConditional)),
        ("43", Service::Waiting),
        ("33", Service::Barring(B::Outgoing)),
        ("331", Service::Barring(B::OutgoingInternational)),
        ("332", Service::Barring(B::OutgoingInternationalExceptHome)),
        ("35", Service::Barring(B::Incoming)),
        ("351", Service::Barring(B::IncomingRoaming)),
        ("330", Service::Barring(B::All)),
        ("333", Service::Barring(B::AllOutgoing)),
        ("353", Service::Barring(B::AllIncoming)),
        ("30", Service::CallerNumber),
        ("31", Service::HideOwnNumber),
        ("76", Service::ConnectedNumber),
    ] {
        assert_eq!(service(&format!("*#{code}#")), ServiceRequest::query(expected), "{code}");
        assert!(!read(&format!("*#{code}#")).unwrap().changes());
        assert!(read(&format!("#{code}#")).unwrap().changes());
    }
}

#[test]
fn the_basic_service_groups_of_annex_c() {
    // The sums of <classx> that 27.007 §7.4 names.
    for (group, class) in
        [("10", 13), ("11", 1), ("12", 12), ("13", 4), ("16", 8), ("19", 5), ("20", 2)]
    {
        let request = service(&format!("*43*{group}#"));
        assert_eq!(request.class, Some(ServiceClass(class)), "{group}");
    }
    assert!(why("*43*55#").contains("kind of calls"));
}

#[test]
fn barring_takes_a_password_and_a_group() {
    let request = service("*33*0000*11#");
    assert_eq!(request.action, ServiceAction::Activate);
    assert_eq!(request.password, Some(Secret("0000".to_owned())));
    assert_eq!(request.class, Some(ServiceClass::VOICE));
    assert_eq!(service("#330*1234#").action, ServiceAction::Deactivate);
    assert!(why("*330*1234#").contains("only be switched off"));
    assert!(why("*33*12#").contains("four digits"));
    assert!(why("**33*1234#").contains("only be switched"));
}

#[test]
fn pins_and_passwords_are_read_and_never_printed() {
    let secret = |text: &str| Secret(text.to_owned());
    let (old, new) = (secret("1234"), secret("5678"));
    let expected = Mmi::ChangePin { old: old.clone(), new: new.clone() };
    assert_eq!(read("**04*1234*5678*5678#"), Some(expected));
    let expected = Mmi::ChangePin2 { old: old.clone(), new: new.clone() };
    assert_eq!(read("**042*1234*5678*5678#"), Some(expected));
    let puk = secret("12345678");
    let expected = Mmi::UnblockPin { puk: puk.clone(), new_pin: new.clone() };
    assert_eq!(read("**05*12345678*5678*5678#"), Some(expected));
    let expected = Mmi::UnblockPin2 { puk, new_pin: new.clone() };
    assert_eq!(read("**052*12345678*5678*5678#"), Some(expected));
    for (code, facility) in [
        ("**03**1234*5678*5678#", "AB"),
        ("**03*330*1234*5678*5678#", "AB"),
        ("*03*33*1234*5678*5678#", "AO"),
        ("**03*351*1234*5678*5678#", "IR"),
    ] {
        let (old, new) = (old.clone(), new.clone());
        assert_eq!(read(code), Some(Mmi::ChangePassword { facility, old, new }), "{code}");
    }
    for code in [
        "**04*1234*5678*5679#",
        "**04*1234*5678#",
        "**04*1234*56*56#",
        "**05*1234*5678*5678#",
        "**04*1234#5678#5678#",
        "*04*1234*5678*5678#",
        "**03*21*1234*5678*5678#",
        "*33*9876#",
        "**042*1234*5678*5678#",
    ] {
        assert!(holds_secret(code), "{code}");
        let shown = format!("{:?}", read(code).unwrap());
        assert!(!["1234", "5678", "9876"].iter().any(|digits| shown.contains(digits)), "{shown}");
    }
    assert!(!holds_secret("*#21#") && !holds_secret("*100#") && !holds_secret("*#06#"));
}

#[test]
fn what_can_not_be_right_is_named() {
    assert!(why("**21#").contains("missing"));
    assert!(why("**21*12+3#").contains("not one"));
    assert!(why("**61*123**7#").contains("seconds"));
    assert!(why("**61*123**60#").contains("seconds"));
    assert!(why("**21*123*11*20*4#").contains("too many parts"));
    assert!(why("*31*5#").contains("too many parts"));
}

#[test]
fn everything_else_is_the_networks() {
    for code in [
        "*100#",
        "#100#",
        "*#100#",
        "*101*1#",
        "*99***1#",
        "*21",
        "*21*5",
        "123",
        "*#21",
        "",
        "#",
        "*#",
        "**",
        "*21#555#",
        "*31#0301234567",
        "*#06",
        "*à#",
        "*21*a#",
        "1",
        "**#",
        "*#*#4636#",
    ] {
        assert_eq!(read(code), None, "{code}");
    }
    assert_eq!(read(&format!("*21*{}#", "1".repeat(200))), None);
    assert_eq!(read(" *#06# "), Some(Mmi::ShowImei));
}

#[test]
fn no_row_of_signs_is_read_as_what_it_can_not_be() {
    // A generator of 64 bits (Knuth's constants) makes the same codes each time.
    let mut state = 1u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    const PARTS: [&str; 16] = [
        "*", "**", "#", "##", "*#", "21", "61", "33", "04", "05", "03", "+49", "1234", "11", "20",
        "002",
    ];
    for _ in 0..100_000 {
        let mut code: String = (0..next(9)).map(|_| PARTS[next(PARTS.len())]).collect();
        code.push('#');
        match read(&code) {
            Some(Mmi::Service(ServiceRequest {
                action: ServiceAction::Register { number, seconds },
                ..
            })) => {
                let digits = number.as_str().trim_start_matches('+');
                assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{code}");
                assert!(seconds.is_none_or(|s| s % 5 == 0 && (5..=30).contains(&s)), "{code}");
            }
            Some(Mmi::Service(request)) => {
                let four = |password: &Secret| password.0.len() == 4;
                assert!(request.password.as_ref().is_none_or(four), "{code}");
            }
            Some(_) => assert!(code.starts_with(['*', '#']), "{code}"),
            None => {}
        }
    }
}
