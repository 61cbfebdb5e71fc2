//! The lamp by tables: one row for each thing that speaks against a call.

use super::*;
use crate::phone::{LinkAddress, SignalQuality};

/// A modem that has everything a call needs.
fn good() -> NetworkState {
    NetworkState {
        registration: Registration::Home,
        access_technology: Some(AccessTechnology::Lte),
        signal: Some(SignalQuality { rssi: 20 }),
        sim: SimState::Ready,
        voice: VoiceCapability::Offered,
        ims: Some(true),
        ..NetworkState::default()
    }
}

fn lamp(network: &NetworkState) -> Lamp {
    readiness(&LinkState::Ready(LinkAddress::Demo), network).lamp
}

fn with(change: impl FnOnce(&mut NetworkState)) -> NetworkState {
    let mut network = good();
    change(&mut network);
    network
}

#[test]
fn the_registration_decides_by_its_meaning_in_27_007() {
    // <stat> of +CREG in 3GPP TS 27.007 §7.2.
    for (stat, expected) in [
        (0, Lamp::NotReady),
        (1, Lamp::Ready),
        (2, Lamp::Doubtful),
        (3, Lamp::NotReady),
        (4, Lamp::Doubtful),
        (5, Lamp::Ready),
        (6, Lamp::NotReady),
        (7, Lamp::NotReady),
        (8, Lamp::EmergencyOnly),
        (9, Lamp::Ready),
        (10, Lamp::Ready),
    ] {
        let told = Registration::from_stat(stat);
        let network = with(|n| (n.registration, n.circuit, n.ims) = (told, told, None));
        assert_eq!(lamp(&network), expected, "stat {stat}");
    }
}

#[test]
fn barring_of_all_outgoing_calls_leaves_emergency_calls() {
    let network = with(|n| n.outgoing_barred = true);
    let judged = readiness(&LinkState::Ready(LinkAddress::Demo), &network);
    assert_eq!(judged.lamp, Lamp::EmergencyOnly);
    assert_eq!(judged.why.cause, "Outgoing calls are barred");
}

#[test]
fn a_sim_that_can_not_be_used_speaks_against_a_call() {
    for (sim, expected) in [
        (SimState::Ready, Lamp::Ready),
        (SimState::Unknown, Lamp::Ready),
        (SimState::NotInserted, Lamp::NotReady),
        (SimState::PinRequired(Some(3)), Lamp::NotReady),
        (SimState::PukRequired(None), Lamp::NotReady),
        (SimState::Failure, Lamp::NotReady),
        (SimState::Locked("PH-NET PIN".into()), Lamp::NotReady),
    ] {
        let network = with(|n| n.sim = sim.clone());
        assert_eq!(lamp(&network), expected, "{sim:?}");
        let network = with(|n| {
            n.sim = sim.clone();
            n.registration = Registration::EmergencyOnly;
        });
        assert_eq!(lamp(&network), Lamp::EmergencyOnly, "{sim:?} in limited service");
    }
    let searching = with(|n| {
        n.sim = SimState::NotInserted;
        n.registration = Registration::Searching;
    });
    assert_eq!(lamp(&searching), Lamp::NotReady, "no network takes a modem without a SIM");
}

#[test]
fn voice_over_4g_needs_ims_and_older_networks_do_not() {
    use AccessTechnology::{Gsm, Lte, Nr, Umts};
    for (technology, ims, expected) in [
        (Some(Lte), Some(true), Lamp::Ready),
        (Some(Lte), None, Lamp::Ready),
        (Some(Lte), Some(false), Lamp::Doubtful),
        (Some(Nr), Some(false), Lamp::Doubtful),
        (Some(Umts), Some(false), Lamp::Ready),
        (Some(Gsm), Some(false), Lamp::Ready),
        (None, Some(false), Lamp::Ready),
    ] {
        let network = with(|n| (n.access_technology, n.ims) = (technology, ims));
        assert_eq!(lamp(&network), expected, "{technology:?} {ims:?}");
    }
}

#[test]
fn on_4g_circuits_carry_what_ims_does_not() {
    use Registration::{Denied, EmergencyOnly, Home, NotRegistered, Roaming, SmsOnly, Unknown};
    // +CREG beside a registration for LTE: 27.007 §7.2 and 23.272 §8.2 (combined attach).
    for (circuit, ims, expected) in [
        (Home, Some(false), Lamp::Ready),
        (Home, None, Lamp::Ready),
        (Roaming, Some(false), Lamp::Ready),
        (NotRegistered, Some(true), Lamp::Ready),
        (NotRegistered, Some(false), Lamp::Doubtful),
        (NotRegistered, None, Lamp::Doubtful),
        (Denied, None, Lamp::Doubtful),
        (SmsOnly, None, Lamp::NotReady),
        (SmsOnly, Some(false), Lamp::NotReady),
        (SmsOnly, Some(true), Lamp::Ready),
        (EmergencyOnly, None, Lamp::EmergencyOnly),
        (EmergencyOnly, Some(true), Lamp::Ready),
        (Unknown, None, Lamp::Ready),
        (Unknown, Some(false), Lamp::Doubtful),
    ] {
        let network = with(|n| (n.circuit, n.ims) = (circuit, ims));
        assert_eq!(lamp(&network), expected, "{circuit:?} {ims:?}");
    }
    for (ims, expected) in
        [(None, Lamp::Doubtful), (Some(false), Lamp::Doubtful), (Some(true), Lamp::Ready)]
    {
        let network = with(|n| (n.circuit, n.fallback_avoided, n.ims) = (Home, true, ims));
        assert_eq!(lamp(&network), expected, "stat 9 of +CREG, IMS {ims:?}");
    }
    // Packets alone carry no call in 2G and 3G.
    for technology in [AccessTechnology::Gsm, AccessTechnology::Umts] {
        let network = with(|n| {
            (n.circuit, n.ims, n.access_technology) = (Denied, None, Some(technology));
        });
        assert_eq!(lamp(&network), Lamp::NotReady, "{technology:?}");
    }
}

#[test]
fn voice_and_signal_count() {
    for (voice, expected) in [
        (VoiceCapability::Offered, Lamp::Ready),
        (VoiceCapability::Unknown, Lamp::Ready),
        (VoiceCapability::NotOffered, Lamp::NotReady),
    ] {
        assert_eq!(lamp(&with(|n| n.voice = voice)), expected, "{voice:?}");
    }
    // 27.007 §8.5: 0 is −113 dBm or less; 99, unknown, is `None` here.
    for (rssi, expected) in [(Some(0), Lamp::Doubtful), (Some(1), Lamp::Ready), (None, Lamp::Ready)]
    {
        let network = with(|n| n.signal = rssi.map(|rssi| SignalQuality { rssi }));
        assert_eq!(lamp(&network), expected, "{rssi:?}");
    }
}

#[test]
fn without_a_link_nothing_can_be_called_and_the_link_says_why() {
    let address = LinkAddress::Demo;
    let reason = "The modem does not answer".to_owned();
    let advice = "Choose another of its ports".to_owned();
    let silent = LinkState::Silent {
        address: address.clone(),
        reason: reason.clone(),
        advice: advice.clone(),
    };
    let failed = LinkState::Failed {
        address: address.clone(),
        reason: reason.clone(),
        advice: advice.clone(),
        retrying: true,
    };
    for link in [silent, failed] {
        let judged = readiness(&link, &good());
        assert_eq!(judged.lamp, Lamp::NotReady);
        assert_eq!(judged.why, Diagnosis::new(&reason, &advice));
    }
    for link in [
        LinkState::Disconnected,
        LinkState::Opening(address.clone()),
        LinkState::Initialising(address),
    ] {
        let judged = readiness(&link, &good());
        assert_eq!(judged.lamp, Lamp::NotReady);
        assert!(!judged.why.advice.is_empty(), "{link:?}");
    }
}

#[test]
fn everything_but_ready_names_a_remedy() {
    let networks = [
        with(|n| n.registration = Registration::Unknown),
        with(|n| n.registration = Registration::Searching),
        with(|n| (n.registration, n.ims) = (Registration::SmsOnly, None)),
        with(|n| n.registration = Registration::EmergencyOnly),
        with(|n| n.ims = Some(false)),
        with(|n| n.voice = VoiceCapability::NotOffered),
        with(|n| n.signal = Some(SignalQuality { rssi: 0 })),
        with(|n| n.sim = SimState::NotInserted),
    ];
    for network in networks {
        let judged = readiness(&LinkState::Ready(LinkAddress::Demo), &network);
        assert_ne!(judged.lamp, Lamp::Ready);
        assert!(!judged.why.cause.is_empty() && !judged.why.advice.is_empty(), "{judged:?}");
    }
    assert_eq!(lamp(&NetworkState::default()), Lamp::Doubtful, "nothing is known yet");
}

#[test]
fn packets_alone_promise_no_call_also_where_the_technology_is_not_told() {
    for (circuit, expected) in [
        (Registration::NotRegistered, Lamp::Doubtful),
        (Registration::Searching, Lamp::Doubtful),
        (Registration::Denied, Lamp::Doubtful),
        (Registration::SmsOnly, Lamp::NotReady),
        (Registration::EmergencyOnly, Lamp::EmergencyOnly),
        (Registration::Unknown, Lamp::Ready),
        (Registration::Home, Lamp::Ready),
    ] {
        let network = with(|n| (n.access_technology, n.ims, n.circuit) = (None, None, circuit));
        assert_eq!(lamp(&network), expected, "+CEREG: 1 and {circuit:?}");
        let over_ims = with(|n| (n.access_technology, n.circuit) = (None, circuit));
        assert_eq!(lamp(&over_ims), Lamp::Ready, "IMS and {circuit:?}");
    }
}

#[test]
fn any_registration_will_do_for_a_text() {
    // <stat> of 27.007 §7.2: 1 home, 5 roaming, 6 and 7 texts only, 4 unknown, 9 and 10 too.
    for stat in 0..=11 {
        let network = with(|n| n.registration = Registration::from_stat(stat));
        let fits = matches!(stat, 1 | 4..=7 | 9 | 10);
        assert_eq!(text_obstacle(&network).is_none(), fits, "stat {stat}");
    }
    let locked = with(|n| n.sim = SimState::PinRequired(None));
    assert!(text_obstacle(&locked).is_some());
}

#[test]
fn modems_on_4g_alone_are_judged_by_that_whatever_technology_is_named() {
    use AccessTechnology::{Gsm, Lte, Umts};
    // <stat> of +CREG and +CEREG (27.007 §7.2, §10.1.22); some modems name 3G in +COPS all the
    // same, and before that is answered nothing is named.
    for technology in [None, Some(Gsm), Some(Umts), Some(Lte)] {
        for circuit in [0, 2, 3] {
            for (evolved, ims, expected) in [
                (1, None, Lamp::Doubtful),
                (5, None, Lamp::Doubtful),
                (1, Some(false), Lamp::Doubtful),
                (1, Some(true), Lamp::Ready),
                (6, None, Lamp::NotReady),
                (7, None, Lamp::NotReady),
                (8, None, Lamp::EmergencyOnly),
            ] {
                let network = with(|n| {
                    n.registration = Registration::from_stat(evolved);
                    (n.circuit, n.evolved) = (Registration::from_stat(circuit), n.registration);
                    (n.access_technology, n.ims) = (technology, ims);
                });
                let case = format!("+CREG {circuit} +CEREG {evolved} {technology:?} {ims:?}");
                assert_eq!(lamp(&network), expected, "{case}");
                let why = readiness(&LinkState::Ready(LinkAddress::Demo), &network).why;
                let words = match expected {
                    Lamp::Doubtful => "on 4G",
                    Lamp::NotReady => "texts but no calls",
                    Lamp::EmergencyOnly => "Only emergency calls",
                    Lamp::Ready => "Ready for calls",
                };
                assert!(why.cause.contains(words), "{case}: {}", why.cause);
            }
        }
    }
    // Where circuits carry calls, 4G takes nothing from that.
    let both = with(|n| (n.circuit, n.evolved, n.ims) = (Registration::Home, n.registration, None));
    assert_eq!(lamp(&both), Lamp::Ready);
}

#[test]
fn only_ims_can_change_what_circuits_with_texts_alone_refuse() {
    use Registration::{Denied, EmergencyOnly, Home, NotRegistered, Roaming, SmsOnly, Unknown};
    for (registration, circuit, ims, ask, told) in [
        (Home, Home, None, false, Home),
        (Home, SmsOnly, None, true, SmsOnly),
        (Home, SmsOnly, Some(false), true, SmsOnly),
        (Home, SmsOnly, Some(true), false, Home),
        (SmsOnly, Unknown, None, true, SmsOnly),
        (SmsOnly, Unknown, Some(true), false, Home),
        (SmsOnly, SmsOnly, None, true, SmsOnly),
        (SmsOnly, SmsOnly, Some(true), false, Home),
        (Roaming, SmsOnly, Some(true), false, Roaming),
        (Home, EmergencyOnly, None, true, Home),
        (EmergencyOnly, EmergencyOnly, None, false, EmergencyOnly),
        (Denied, Denied, None, false, Denied),
        (NotRegistered, NotRegistered, None, false, NotRegistered),
    ] {
        let network = with(|n| (n.registration, n.circuit, n.ims) = (registration, circuit, ims));
        let case = format!("{registration:?}, circuits {circuit:?}, IMS {ims:?}");
        assert_eq!(ims_would_do(&network), ask, "{case}");
        assert_eq!(registration_told(&network), told, "{case}");
        let locked = NetworkState { sim: SimState::PukRequired(None), ..network };
        assert!(!ims_would_do(&locked), "the SIM speaks against it anyway: {case}");
    }
}
