//! A random life: what the user and the network do, from one seed.

use super::user::User;
use super::world::World;
use deskphone::clock::Instant;
use deskphone::simulator::network::{CallAction, Diversion, TextTrouble, UssdAction};
use deskphone::simulator::{NetworkAction, Random};
use std::time::Duration;

/// What fills a life.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// A bit of everything.
    Mixed,
    /// Calls, and what is done with several.
    Calls,
    /// One call with more and more people in it.
    Party,
}

pub struct Life {
    random: Random,
    user: User,
    style: Style,
    /// A text went unanswered already: each such takes the modem's whole patience.
    unanswered: bool,
}

impl Life {
    pub fn new(seed: u64) -> Life {
        let mut random = Random::new(seed ^ 0x6C69_6665);
        let style = match random.below(4) {
            0 => Style::Party,
            1 => Style::Calls,
            _ => Style::Mixed,
        };
        let user = User { random: random.fork(), texts: 0 };
        Life { random, user, style, unanswered: false }
    }

    /// Something every few seconds until `end`.
    pub fn live_until(&mut self, world: &mut World, end: Instant) {
        world.link_up();
        while world.now < end {
            let pause = match (self.style, self.random.below(4)) {
                (_, 0) => self.random.below(80),
                (Style::Party, _) => 200 + self.random.below(1800),
                (Style::Calls, _) | (_, 1) => self.random.below(1800),
                _ => self.random.below(9000),
            };
            world.run_for(Duration::from_millis(pause));
            match self.random.below(100) {
                0..=49 => self.user(world),
                50..=94 => self.network(world),
                _ if world.cable_is_pulled => self.cable(world),
                _ => {}
            }
        }
    }

    fn cable(&mut self, world: &mut World) {
        if world.linked {
            world.link_down();
            let away = self.random.below(12_000);
            world.run_for(Duration::from_millis(away));
        }
        world.link_up();
    }

    fn user(&mut self, world: &mut World) {
        let command = match (self.style, self.random.below(8)) {
            (Style::Party, 0..=6) => self.user.party(world),
            (Style::Calls, 0..=5) => self.user.with_calls(world),
            _ => self.user.anything(world),
        };
        if let Some(command) = command {
            world.command(command);
        }
    }

    fn network(&mut self, world: &mut World) {
        if self.style == Style::Party && User::calls_somebody(world) {
            world.act(NetworkAction::RemoteAnswers);
            return;
        }
        let action = match (self.style, self.random.below(8)) {
            (Style::Party, 0..=1) | (Style::Calls, 0..=2) => self.call(),
            (Style::Party, 2..=4) => return,
            (Style::Calls, 3) => NetworkAction::RemoteAnswers,
            (Style::Calls, 4..=5) => self.about_calls(),
            _ => self.anything(),
        };
        world.act(action);
    }

    fn call(&mut self) -> NetworkAction {
        let from = ["+15550100", "+15550106", "+15550107"][self.random.below(3) as usize];
        NetworkAction::IncomingCall { from: (!self.random.chance(200)).then(|| from.to_owned()) }
    }

    fn about_calls(&mut self) -> NetworkAction {
        let index = self.random.chance(500).then(|| self.random.between((1, 4)) as u8);
        let cause = [16, 34, 38, 41, 47][self.random.below(5) as usize];
        let to = self.random.chance(500).then(|| "+15550107".to_owned());
        NetworkAction::Calls(match self.random.below(8) {
            0 => CallAction::Drop { index, cause },
            1 => CallAction::Fail { cause, times: 1 },
            2 => CallAction::RemoteHolds { index, holds: true },
            3 => CallAction::RemoteHolds { index, holds: false },
            4 => CallAction::Forward { reason: Diversion::NoReply, to },
            5 => CallAction::Forward { reason: Diversion::Busy, to },
            6 => CallAction::ForwardedCall { from: Some("+15550106".to_owned()) },
            _ => CallAction::RemoteConference,
        })
    }

    fn trouble(&mut self) -> TextTrouble {
        let errors = [38, 41, 42, 47, 332, 500, 21, 27];
        let silent = !std::mem::replace(&mut self.unanswered, true);
        match self.random.below(8) {
            0..=1 if silent => TextTrouble::Unanswered,
            2..=3 if silent => TextTrouble::Lost,
            4 => TextTrouble::Slow(Duration::from_secs(20)),
            _ => TextTrouble::Refused(errors[self.random.below(8) as usize]),
        }
    }

    fn anything(&mut self) -> NetworkAction {
        self.user.texts += 1;
        let texts = self.user.texts;
        match self.random.below(18) {
            0..=3 => self.call(),
            4 => NetworkAction::RemoteReleases(None),
            5 => NetworkAction::RemoteAnswers,
            6..=8 => NetworkAction::IncomingText {
                from: "+15550107".to_owned(),
                text: format!("incoming {texts}"),
            },
            9 => NetworkAction::IncomingText {
                from: "+15550108".to_owned(),
                text: format!("{texts} سلام {}", "long ".repeat(30)),
            },
            10 => NetworkAction::DropNetwork(Duration::from_millis(self.random.below(5000))),
            11 => NetworkAction::IncomingClassText {
                from: "+15550107".to_owned(),
                text: format!("class {texts}"),
                class: if self.random.chance(500) { 0 } else { 2 },
            },
            12 => NetworkAction::TroubleTexts { trouble: self.trouble(), times: 1 },
            13 => NetworkAction::Memory(self.random.chance(400)),
            14 => NetworkAction::VoiceMails(self.random.below(9) as u8),
            15 => self.about_calls(),
            16 => NetworkAction::Ussd(UssdAction::Push {
                asks: self.random.chance(300),
                text: "Your bill is ready".to_owned(),
            }),
            _ => NetworkAction::SetSignal(Some(self.random.below(32) as u8)),
        }
    }
}
