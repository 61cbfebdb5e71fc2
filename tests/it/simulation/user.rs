//! What the user does in a random life.

use super::world::World;
use deskphone::modem::{ModemCommand, Submission};
use deskphone::number::{DialString, DtmfTones, PhoneNumber, PostDial};
use deskphone::phone::{
    Call, CallId, CallState, CallerId, Dial, Direction, ForwardingReason, MessageId, Secret,
    Service, ServiceAction, ServiceRequest, SimCommand, SimEntry, UssdCommand,
};
use deskphone::simulator::Random;
use deskphone::sms::{SubmitOptions, encode_submit};

/// A user, and how many texts there have been.
pub struct User {
    pub random: Random,
    pub texts: i64,
}

impl User {
    /// One of everything that a phone can do, the everyday things more often.
    pub fn anything(&mut self, world: &World) -> Option<ModemCommand> {
        Some(match self.random.below(26) {
            0..=5 => self.dial(),
            6..=7 => ModemCommand::Answer,
            8 => ModemCommand::Reject,
            9..=11 => ModemCommand::Release(self.some_call(world, |_| true)?),
            12 => ModemCommand::SwapHeldAndActive,
            13 => ModemCommand::SendDtmf(DtmfTones::parse("12#").unwrap()),
            14..=17 => self.text(),
            18 => self.code(),
            19 => self.service(),
            20..=21 => return self.with_calls(world),
            22 => self.sim(),
            _ => match self.random.below(3) {
                0 => ModemCommand::Refresh,
                1 => ModemCommand::Console("AT+CSQ".to_owned()),
                _ => ModemCommand::Console("ATI".to_owned()),
            },
        })
    }

    /// What is done with one call or several.
    pub fn with_calls(&mut self, world: &World) -> Option<ModemCommand> {
        Some(match self.random.below(16) {
            0..=1 => ModemCommand::SwapHeldAndActive,
            2..=3 => ModemCommand::Merge,
            4 => ModemCommand::Private(self.some_call(world, |call| call == &CallState::Active)?),
            5 => ModemCommand::Transfer,
            6 => ModemCommand::AnswerAndEnd,
            7 => ModemCommand::Answer,
            8 => ModemCommand::Reject,
            9 => {
                let to = DialString::parse("+15550107").unwrap();
                let rings =
                    |call: &&Call| matches!(call.state, CallState::Incoming | CallState::Waiting);
                let call = world.modem.calls().iter().find(rings).map_or(CallId(0), |call| call.id);
                ModemCommand::Deflect(call, to)
            }
            10 => ModemCommand::Mute(self.random.chance(500)),
            11..=12 => ModemCommand::Release(self.some_call(world, |_| true)?),
            13 => ModemCommand::SendDtmf(DtmfTones::parse("9*").unwrap()),
            14 => ModemCommand::ContinueDial(self.some_call(world, |_| true)?),
            _ => ModemCommand::DropPostDial(self.some_call(world, |_| true)?),
        })
    }

    /// Brings more and more people into one call: a party's next step.
    pub fn party(&mut self, world: &World) -> Option<ModemCommand> {
        let live =
            |wanted: &CallState| world.modem.calls().iter().any(|call| &call.state == wanted);
        let busy = live(&CallState::Dialing) || live(&CallState::Alerting);
        if live(&CallState::Waiting) && self.random.chance(700) && !live(&CallState::Held) {
            return Some(ModemCommand::Answer);
        }
        if live(&CallState::Incoming) {
            return Some(ModemCommand::Answer);
        }
        if live(&CallState::Active) && live(&CallState::Held) && self.random.chance(700) {
            return Some(ModemCommand::Merge);
        }
        if !(busy || (live(&CallState::Active) && live(&CallState::Held))) {
            return Some(ModemCommand::Dial(Dial::to(DialString::parse("+15550100").unwrap())));
        }
        if busy { None } else { self.with_calls(world) }
    }

    fn dial(&mut self) -> ModemCommand {
        let number = match self.random.below(10) {
            0 => "+15550101",
            1 => "+15550102",
            2 => "+15550103",
            3 => "+15550104",
            4 => "+15550105",
            5 => "+15550106",
            6 => "112",
            _ => "+15550100",
        };
        let caller_id = match self.random.below(12) {
            0 => CallerId::Hide,
            1 => CallerId::Show,
            _ => CallerId::Default,
        };
        let tones = ["", "", "", ",12#", ";3", ",1,2"][self.random.below(6) as usize];
        let post_dial = PostDial::parse(tones).unwrap();
        let number = DialString::parse(number).unwrap();
        let anyway = self.random.chance(300);
        ModemCommand::Dial(Dial { caller_id, post_dial, anyway, ..Dial::to(number) })
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

    fn code(&mut self) -> ModemCommand {
        let code = ["*100#", "*101#", "1", "*#21#", "*#06#"][self.random.below(5) as usize];
        ModemCommand::Ussd(match self.random.below(6) {
            0 => UssdCommand::Cancel,
            _ => UssdCommand::Send(code.to_owned()),
        })
    }

    fn service(&mut self) -> ModemCommand {
        let reason = match self.random.below(3) {
            0 => ForwardingReason::Busy,
            1 => ForwardingReason::NoReply,
            _ => ForwardingReason::NotReachable,
        };
        let service = match self.random.below(4) {
            0 => Service::Waiting,
            1 => Service::HideOwnNumber,
            _ => Service::Forwarding(reason),
        };
        let number = PhoneNumber::new("+15550107");
        let action = match (service, self.random.below(4)) {
            (Service::Forwarding(_), 0) => ServiceAction::Register { number, seconds: None },
            (Service::Forwarding(_), 1) => ServiceAction::Erase,
            (Service::Waiting, 0) => ServiceAction::Activate,
            _ => ServiceAction::Query,
        };
        ModemCommand::Service(ServiceRequest { action, ..ServiceRequest::query(service) })
    }

    fn sim(&mut self) -> ModemCommand {
        let entry = SimEntry { index: 0, number: "+15550107".to_owned(), name: "Echo".to_owned() };
        ModemCommand::Sim(match self.random.below(4) {
            0 => SimCommand::WriteEntry(entry),
            1 => SimCommand::DeleteEntry(3),
            2 => SimCommand::SetPinLock {
                on: false,
                pin: Secret("1234".to_owned()),
                last_try: false,
            },
            _ => SimCommand::ReadPhonebook,
        })
    }

    fn some_call(&mut self, world: &World, fits: impl Fn(&CallState) -> bool) -> Option<CallId> {
        let calls = world.modem.calls().iter();
        let live: Vec<_> = calls.filter(|call| call.state.live() && fits(&call.state)).collect();
        if live.is_empty() {
            return None;
        }
        Some(live[self.random.below(live.len() as u64) as usize].id)
    }

    /// Somebody is being called and may answer sooner.
    pub fn calls_somebody(world: &World) -> bool {
        world.modem.calls().iter().any(|call| {
            call.direction == Direction::MobileOriginated && call.state == CallState::Alerting
        })
    }
}
