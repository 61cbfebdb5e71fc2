//! What a modem offers, asked after the set-up: for the lamp, the buttons and the keys.

use super::rig::Rig;
use deskphone::modem::ModemEvent;
use deskphone::phone::{Abilities, ModemIdentity, NetworkState, VoiceCapability};
use std::time::Duration;

fn set_up(mut rig: Rig) -> Rig {
    rig.link_up();
    rig.run_for(Duration::from_secs(8));
    assert!(rig.modem.ready());
    rig
}

fn network(rig: &Rig) -> NetworkState {
    let told = rig.events.iter().rev().find_map(|event| match event {
        ModemEvent::Network(network) => Some(network.clone()),
        _ => None,
    });
    told.expect("the network was told of")
}

fn identity(rig: &Rig) -> ModemIdentity {
    let told = rig.events.iter().rev().find_map(|event| match event {
        ModemEvent::Identity(identity) => Some(identity.clone()),
        _ => None,
    });
    told.expect("the modem said who it is")
}

#[test]
fn what_is_asked_for_is_shown() {
    let mut rig = Rig::new();
    rig.answer("AT+CHLD=?", "+CHLD: (0,1,2,3) | OK");
    rig.answer("AT+FCLASS=?", "+FCLASS: (0,1,8) | OK");
    rig.answer("AT+CMUT=?", "ERROR");
    rig.answer("AT+CTFR=?", "OK");
    rig.answer("AT+CPBS=?", "+CPBS: (\"ME\",\"EN\") | OK");
    rig.answer("AT+CSVM?", "+CSVM: 1,\"+491771234\",145 | OK");
    rig.answer("AT+CLCK=\"SC\",2", "+CLCK: 1 | OK");
    rig.answer("AT+CIREG?", "+CIREG: 2,1,1 | OK");
    let mut rig = set_up(rig);
    let network_now = network(&rig);
    assert_eq!(network_now.voice, VoiceCapability::Offered);
    assert_eq!(network_now.voicemail_number, "+491771234");
    assert_eq!((network_now.pin_lock, network_now.ims), (Some(true), Some(true)));
    let abilities = Abilities {
        release_one: false,
        private: false,
        deflect: true,
        mute: false,
        phonebook: false,
        ..Abilities::default()
    };
    assert_eq!(identity(&rig).abilities, abilities);
    rig.line("+CIREGU: 0");
    assert_eq!(network(&rig).ims, Some(false));
}

#[test]
fn a_modem_without_voice_is_told_from_one_that_says_nothing() {
    let mut rig = Rig::new();
    rig.answer("AT+FCLASS=?", "+FCLASS: (0,1) | OK");
    assert_eq!(network(&set_up(rig)).voice, VoiceCapability::Unknown);
    let mut rig = Rig::new();
    rig.answer("AT+FCLASS=?", "+FCLASS: (0,1) | OK");
    rig.answer("AT+CHLD=?", "ERROR");
    rig.answer("AT+VTS=?", "+CME ERROR: 4");
    assert_eq!(network(&set_up(rig)).voice, VoiceCapability::NotOffered);
}

#[test]
fn a_modem_that_refuses_every_question_keeps_its_buttons() {
    let mut rig = Rig::new();
    for line in ["AT+CHLD=?", "AT+FCLASS=?", "AT+VTS=?", "AT+CSVM?", "AT+CIREG?", "AT+CPBR*"] {
        rig.answer(line, "ERROR");
    }
    let rig = set_up(rig);
    assert_eq!(identity(&rig).abilities, Abilities { deflect: true, ..Abilities::default() });
    assert_eq!(network(&rig).ims, None);
    assert!(network(&rig).emergency_numbers.is_empty());
}

#[test]
fn emergency_numbers_come_from_the_card_the_phonebook_and_the_maker() {
    // 51.011 §10.3.27: a SIM keeps three octets for each.
    let mut rig = Rig::new();
    rig.answer("AT+CRSM=192*", "+CRSM: 144,0,\"0000000F6FB7040000000001000000\" | OK");
    rig.answer("AT+CRSM=176,28599,0,0,15", "+CRSM: 144,0,\"11F2FF19F1FFFFFFFFFFFFFFFFFFFF\" | OK");
    // 27.007 §8.12: a range beyond the places would be refused.
    rig.answer("AT+CPBS=\"EN\";+CPBR=1,10;+CPBS=\"SM\"", "+CME ERROR: 21");
    rig.answer("AT+CPBS=\"EN\";+CPBR=?;+CPBS=\"SM\"", "+CPBR: (1-5),20,14 | OK");
    let phonebook = "AT+CPBS=\"EN\";+CPBR=1,5;+CPBS=\"SM\"";
    rig.answer(phonebook, "+CPBR: 1,\"112\",129,\"\" | +CPBR: 2,\"110\",129,\"\" | OK");
    assert_eq!(network(&set_up(rig)).emergency_numbers, ["110", "112", "911"]);
    // 31.102 §4.2.21: a USIM has records, with a name and a category behind the number.
    let mut rig = Rig::with_profile("Huawei");
    rig.answer("AT+CRSM=192*", "+CRSM: 144,0,\"6207820542210007028302\" | OK");
    rig.answer("AT+CRSM=178,28599,1,4,7", "+CRSM: 144,0,\"11F2FF534F5300\" | OK");
    rig.answer("AT+CRSM=178,28599,2,4,7", "+CRSM: 144,0,\"81F8FF534F5300\" | OK");
    rig.answer("AT^ECCLIST?", "^ECCLIST:1,0,1,999 | OK");
    assert_eq!(network(&set_up(rig)).emergency_numbers, ["112", "188", "999"]);
}

#[test]
fn a_card_that_tells_no_layout_tells_it_by_its_refusals() {
    // 102 221 §10.2.1.5: 69 81 says that the file has records, 6C 07 that they have seven octets.
    let mut rig = Rig::new();
    rig.answer("AT+CRSM=192*", "ERROR");
    rig.answer("AT+CRSM=176*", "+CRSM: 105,129,\"\" | OK");
    rig.answer("AT+CRSM=178*", "+CRSM: 106,131,\"\" | OK");
    rig.answer("AT+CRSM=178,28599,1,4,4", "+CRSM: 108,7,\"\" | OK");
    rig.answer("AT+CRSM=178,28599,1,4,7", "+CRSM: 144,0,\"11F2FF534F5300\" | OK");
    assert_eq!(network(&set_up(rig)).emergency_numbers, ["112"]);
}

#[test]
fn a_call_does_not_wait_for_the_questions() {
    let mut rig = Rig::new();
    rig.answer("AT+CRSM=192*", "(silence)");
    rig.link_up();
    rig.run_for(Duration::from_millis(150));
    assert!(rig.modem.ready());
    rig.user("dial 0100");
    rig.run_for(Duration::from_millis(30));
    assert!(rig.written.iter().any(|line| line == "ATD0100;"), "{:?}", rig.written);
    assert!(!rig.written.iter().any(|line| line == "AT+FCLASS=?"), "{:?}", rig.written);
}

#[test]
fn calls_over_lte_are_asked_for_in_the_makers_own_words() {
    let mut rig = Rig::with_profile("Quectel");
    rig.answer("AT+CIREG?", "ERROR");
    rig.answer("AT+QCFG=\"ims\"", "+QCFG: \"ims\",1,1 | OK");
    let mut rig = set_up(rig);
    assert_eq!(network(&rig).ims, Some(true));
    rig.answer("AT+QCFG=\"ims\"", "+QCFG: \"ims\",1,0 | OK");
    rig.run_for(Duration::from_secs(35));
    assert_eq!(network(&rig).ims, Some(false));
    let mut rig = Rig::with_profile("SIMCom");
    rig.answer("AT+CEVDP?", "+CEVDP: 1 | OK");
    assert_eq!(network(&set_up(rig)).ims, Some(false));
}

#[test]
fn each_domain_has_a_registration_of_its_own() {
    // 27.007 §7.2 and §10.1.22: <stat> of +CREG and +CEREG; what counts for texts, and what for
    // calls.
    use deskphone::phone::Registration::{EmergencyOnly, Home, NotRegistered, Roaming, SmsOnly};
    for (creg, cereg, anything, circuit, avoided) in [
        (1, 1, Home, Home, false),
        (0, 1, Home, NotRegistered, false),
        (6, 1, Home, SmsOnly, false),
        (0, 6, SmsOnly, NotRegistered, false),
        (0, 8, EmergencyOnly, NotRegistered, false),
        (9, 1, Home, Home, true),
        (10, 5, Roaming, Roaming, true),
        (1, 9, Home, Home, true),
        (8, 5, Roaming, EmergencyOnly, false),
    ] {
        let mut rig = Rig::new();
        rig.answer("AT+CREG?", &format!("+CREG: 2,{creg},\"00C3\",\"0000A2B1\",7 | OK"));
        rig.answer("AT+CEREG?", &format!("+CEREG: 2,{cereg},\"00C3\",\"0000A2B1\",7 | OK"));
        let now = network(&set_up(rig));
        let told = (now.registration, now.circuit, now.fallback_avoided);
        assert_eq!(told, (anything, circuit, avoided), "+CREG {creg} +CEREG {cereg}");
        let evolved = deskphone::phone::Registration::from_stat(cereg);
        assert_eq!(now.evolved, evolved, "+CREG {creg} +CEREG {cereg}");
    }
}
