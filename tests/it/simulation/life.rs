//! A random life: what the user and the network do, from one seed.

use super::world::World;
use deskphone::clock::Instant;
use deskphone::modem::{ModemCommand, Submission};
use deskphone::number::{DialString, DtmfTones};
use deskphone::phone::{CallState, Dial, MessageId, UssdCommand};
use deskphone::simulator::network::TextTrouble;
use deskphone::simulator::{NetworkAction, Random};
use deskphone::sms::{SubmitOptions, encode_submit};
use std::time::Duration;

pub struct Life {
    random: Random,
    texts: i64,
    /// A text went unanswered already: each such takes the modem's whole patience.
    unanswered: bool,
}

impl Life {
    pub fn new(seed: u64) -> Life {
        Life { random: Random::new(seed ^ 0x6C69_6665), texts: 0, unanswered: false }
    }

    /// Something every few seconds until `end`. `link_loss` says whether the cable is pulled at times.
    pub fn live_until(&mut self, world: &mut World, end: Instant, link_loss: bool) {
        world.link_up();
        while world.now < end {
            let pause = match self.random.below(4) {
                0 => self.random.below(80),
                1 => self.random.below(1500),
                _ => self.random.below(9000),
            };
            world.run_for(Duration::from_millis(pause));
            match self.random.below(100) {
                0..=49 => self.user(world),
                50..=94 => self.network(world),
                _ if link_loss => self.cable(world),
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
        let command = match self.random.below(20) {
            0..=5 => self.dial(),
            6..=7 => ModemCommand::Answer,
            8 => ModemCommand::Reject,
            9..=11 => match self.some_call(world) {
                Some(id) => ModemCommand::Release(id),
                None => return,
            },
            12 => ModemCommand::SwapHeldAndActive,
            13 => ModemCommand::SendDtmf(DtmfTones::parse("12#").unwrap()),
            14..=17 => self.text(),
            18 => ModemCommand::Ussd(UssdCommand::Send("*100#".to_owned())),
            _ => match self.random.below(3) {
                0 => ModemCommand::Refresh,
                1 => ModemCommand::Console("AT+CSQ".to_owned()),
                _ => ModemCommand::Console("ATI".to_owned()),
            },
        };
        world.command(command);
    }

    fn dial(&mut self) -> ModemCommand {
        let number = match self.random.below(8) {
            0 => "+15550101".to_owned(),
            1 => "+15550102".to_owned(),
            2 => "+15550103".to_owned(),
            3 => "+15550104".to_owned(),
            4 => "+15550105".to_owned(),
            5 => "+15550106".to_owned(),
            _ => "+15550100".to_owned(),
        };
        let number = DialString::parse(&number).unwrap();
        ModemCommand::Dial(Dial { number, hide_own_number: self.random.chance(100) })
    }

    fn text(&mut self) -> ModemCommand {
        self.texts += 1;
        let to =
            ["+15550100", "+15550107", "+15550108", "+15550109"][self.random.below(4) as usize];
        let options =
            SubmitOptions { status_report: self.random.chance(500), ..SubmitOptions::default() };
        let text = format!("text number {}", self.texts);
        let segment = encode_submit(to, &text, &options).unwrap().remove(0);
        ModemCommand::Submit(Submission {
            message: MessageId(self.texts),
            segment: 1,
            pdu: segment.pdu,
            tpdu_octets: segment.tpdu_octets,
            more_follow: self.random.chance(300),
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

    fn some_call(&mut self, world: &World) -> Option<deskphone::phone::CallId> {
        let calls = world.modem.calls();
        let live: Vec<_> =
            calls.iter().filter(|call| !matches!(call.state, CallState::Released(_))).collect();
        if live.is_empty() {
            return None;
        }
        Some(live[self.random.below(live.len() as u64) as usize].id)
    }

    fn network(&mut self, world: &mut World) {
        self.texts += 1;
        let action = match self.random.below(16) {
            0..=3 => NetworkAction::IncomingCall {
                from: (!self.random.chance(200)).then(|| "+15550100".to_owned()),
            },
            4 => NetworkAction::RemoteReleases(None),
            5 => NetworkAction::RemoteAnswers,
            6..=8 => NetworkAction::IncomingText {
                from: "+15550107".to_owned(),
                text: format!("incoming {}", self.texts),
            },
            9 => NetworkAction::IncomingText {
                from: "+15550108".to_owned(),
                text: format!("{} سلام {}", self.texts, "long ".repeat(30)),
            },
            10 => NetworkAction::DropNetwork(Duration::from_millis(self.random.below(5000))),
            11 => NetworkAction::IncomingClassText {
                from: "+15550107".to_owned(),
                text: format!("class {}", self.texts),
                class: if self.random.chance(500) { 0 } else { 2 },
            },
            12 => NetworkAction::TroubleTexts { trouble: self.trouble(), times: 1 },
            13 => NetworkAction::Memory(self.random.chance(400)),
            14 => NetworkAction::VoiceMails(self.random.below(9) as u8),
            _ => NetworkAction::SetSignal(Some(self.random.below(32) as u8)),
        };
        world.act(action);
    }
}
