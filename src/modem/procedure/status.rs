//! Signal, registration, operator, battery: asked at the beginning, every now and then, and when
//! the user wants it.

use super::super::core::Core;
use super::super::exchange::{Expect, Response};
use super::super::timers::Timer;
use super::check_sim;
use super::questions::Question;
use crate::at::response::creg::{self, RegistrationKind, RegistrationReport};
use crate::at::response::{cbc, cops, csq};
use crate::clock::Instant;
use crate::phone::{AccessTechnology, Registration, SignalQuality};
use std::time::Duration;

/// How often these are asked while nothing else happens.
pub(super) const STATUS_EVERY: Duration = Duration::from_secs(30);

/// And after this, so often, while they are missing although the SIM has just become ready.
const SOON: Duration = Duration::from_secs(4);
const SOON_TRIES: u8 = 6;

/// The questions.
pub(in crate::modem) static STATUS: &[Question] = &[
    // 4G first: who refuses the SIM for circuits may have taken it there, and that is known then.
    Question {
        lines: &["AT+CEREG?"],
        expect: Expect::Prefix("+CEREG"),
        seconds: 5,
        then: take_registration,
    },
    Question {
        lines: &["AT+CREG?"],
        expect: Expect::Prefix("+CREG"),
        seconds: 5,
        then: take_registration,
    },
    Question {
        lines: &["AT+CSQ"],
        expect: Expect::Prefix("+CSQ"),
        seconds: 5,
        then: |response, core, _| {
            if let Some(csq) = response.lines.iter().find_map(|line| csq::parse(line)) {
                note_signal(csq.rssi, core);
                core.facts.proof = core.facts.proof.or(Some(("AT+CSQ", "+CSQ")));
            }
        },
    },
    Question { lines: &["AT+COPS=3,0"], expect: Expect::Nothing, seconds: 5, then: |_, _, _| {} },
    Question {
        lines: &["AT+COPS?"],
        expect: Expect::Prefix("+COPS"),
        seconds: 10,
        then: |response, core, _| {
            let told = response.lines.iter().find_map(|line| cops::parse(line));
            super::ask_again(core);
            let Some(operator) = told else { return };
            let technology = operator.access_technology;
            core.update_network(|network| {
                network.operator = operator.operator.unwrap_or_default();
                if let Some(act) = technology {
                    network.access_technology = AccessTechnology::from_act(u32::from(act));
                }
            });
        },
    },
    Question {
        lines: &["AT+CBC"],
        expect: Expect::Prefix("+CBC"),
        seconds: 3,
        then: |response, core, _| {
            let told = response.lines.iter().find_map(|line| cbc::parse(line));
            let Some(cbc) = told else { return };
            // Status 2 and 3: no battery, and a power fault; the percentage means nothing then.
            let percent = cbc.percent.filter(|_| matches!(cbc.status, Some(0 | 1)));
            core.update_network(|network| network.battery_percent = percent);
        },
    },
];

fn take_registration(response: &Response, core: &mut Core, now: Instant) {
    for report in response.lines.iter().filter_map(|line| creg::parse(line)) {
        note_registration(&report, core, now);
    }
}

/// What the modem says of its registration, asked or not.
pub(in crate::modem) fn note_registration(
    report: &RegistrationReport,
    core: &mut Core,
    now: Instant,
) {
    let kind = match report.kind {
        RegistrationKind::Creg => 0,
        RegistrationKind::Cgreg => 1,
        RegistrationKind::Cereg => 2,
        RegistrationKind::C5greg => 3,
    };
    let before = core.network().registration;
    let told = Registration::from_stat(u32::from(report.stat));
    core.update_registration(kind, told, matches!(report.stat, 9 | 10));
    if let Some(act) = report.access_technology {
        core.update_network(|network| {
            network.access_technology = AccessTechnology::from_act(u32::from(act));
        });
    }
    let registered = core.network().registration.registered();
    match before.registered() {
        // The SIM may have been taken out.
        true if !registered => check_sim(core, now),
        // Operator and signal are known by now.
        false if registered && before != Registration::Unknown && core.ready => {
            core.timers.set_at_latest(Timer::CheckStatus, Duration::from_secs(1), now);
        }
        _ => {}
    }
}

impl Core {
    /// Signal and the like will be known soon: they are asked for every few seconds until they are,
    /// or it has taken too long.
    pub(in crate::modem) fn status_soon(&mut self, now: Instant) {
        self.facts.status_tries = SOON_TRIES;
        self.timers.set(Timer::CheckStatus, SOON, now);
    }

    /// They are asked for now, and again after this.
    pub(in crate::modem) fn until_next_status(&mut self) -> Duration {
        let network = self.network();
        let known = network.registration.registered()
            && network.signal.is_some()
            && !network.operator.is_empty();
        let tries = &mut self.facts.status_tries;
        *tries = if known { 0 } else { tries.saturating_sub(1) };
        if *tries > 0 { SOON } else { STATUS_EVERY }
    }
}

/// The signal strength, asked or not.
pub(in crate::modem) fn note_signal(rssi: Option<u8>, core: &mut Core) {
    core.update_network(|network| network.signal = rssi.map(|rssi| SignalQuality { rssi }));
}
