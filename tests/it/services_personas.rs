//! Services with every simulated modem: driver and modem speak with each other, byte for byte.

use deskphone::clock::{Instant, WallTime};
use deskphone::modem::{Modem, ModemCommand, ModemEvent, Options};
use deskphone::phone::{
    CommandError, NetworkState, RequestId, Secret, SimCommand, SimEntry, SimPhonebook, SimState,
    UssdCommand, UssdStatus, VoiceCapability,
};
use deskphone::simulator::network::UssdAction;
use deskphone::simulator::network::action::SimChange;
use deskphone::simulator::{NetworkAction, SimulatedModem, SimulatorOptions, persona};
use std::time::Duration;

/// A driver and a simulated modem on a wire without delay.
struct Pair {
    driver: Modem,
    modem: SimulatedModem,
    now: Instant,
    events: Vec<ModemEvent>,
    requests: u64,
}

impl Pair {
    fn new(persona: &str) -> Pair {
        let options = SimulatorOptions {
            persona: persona.to_owned(),
            seed: 1,
            wall_time_at_zero: WallTime::from_unix_seconds(1_795_370_400, 4),
        };
        let modem = SimulatedModem::new(options).expect("a persona");
        let driver = Modem::new(Options { profile: String::new(), delete_received: true });
        let (now, events) = (Instant::ZERO, Vec::new());
        let mut pair = Pair { driver, modem, now, events, requests: 0 };
        pair.driver.handle_link_up(pair.now);
        pair.run_for(Duration::from_secs(40));
        assert!(pair.driver.ready(), "{persona}");
        pair
    }

    fn exchange(&mut self) {
        loop {
            let mut quiet = true;
            while let Some(bytes) = self.driver.poll_transmit() {
                quiet = false;
                self.modem.handle_bytes(&bytes.bytes, self.now);
            }
            while let Some(bytes) = self.modem.poll_transmit() {
                quiet = false;
                self.driver.handle_bytes(&bytes, self.now);
            }
            while let Some(event) = self.driver.poll_event() {
                self.events.push(event);
            }
            if quiet {
                return;
            }
        }
    }

    fn run_for(&mut self, duration: Duration) {
        let end = self.now + duration;
        loop {
            self.exchange();
            let due = [self.driver.poll_timeout(), self.modem.poll_timeout()];
            let Some(next) = due.into_iter().flatten().min().filter(|next| *next <= end) else {
                break;
            };
            self.now = self.now.max(next);
            self.modem.handle_timeout(self.now);
            self.exchange();
            self.driver.handle_timeout(self.now);
        }
        self.now = end;
    }

    /// Gives a command and what was told until half a minute later.
    fn tell(&mut self, command: ModemCommand) -> &[ModemEvent] {
        self.requests += 1;
        self.events.clear();
        self.driver.handle_command(RequestId(self.requests), command, self.now);
        self.run_for(Duration::from_secs(30));
        &self.events
    }

    /// The words that a code is answered with.
    fn code(&mut self, code: &str) -> String {
        let command = ModemCommand::Ussd(UssdCommand::Send(code.to_owned()));
        let told = self.tell(command).iter().rev().find_map(|event| match event {
            ModemEvent::Ussd(UssdStatus::Answer { text, .. }) => Some(text.clone()),
            ModemEvent::Ussd(UssdStatus::Ended(why)) => Some(why.clone()),
            _ => None,
        });
        told.unwrap_or_default()
    }
}

/// Every simulated modem that has services and a SIM without a question.
fn for_each_persona(check: impl Fn(&str, &mut Pair)) {
    // One knows no services at all, the other asks for its PIN first.
    let able = persona::names().into_iter().filter(|name| !["stubborn", "locked"].contains(name));
    let checked = able.inspect(|name| check(name, &mut Pair::new(name))).count();
    assert!(checked >= 10, "{checked} personas");
}

#[test]
fn a_dialogue_is_held_in_the_form_that_each_modem_wants() {
    for_each_persona(|persona, pair| {
        let told = pair.code("*100#");
        assert_eq!(told, "Your balance is 12.34 EUR", "{persona}");
        let told = pair.code("*101#");
        assert!(told.starts_with("TestNet\n"), "{persona}: {told:?}");
        let told = pair.code("2");
        assert_eq!(told, "2.5 GB left until the end of the month", "{persona}");
        let told = pair.code("*999#");
        assert_eq!(told, "The network does not know this code", "{persona}");
    });
}

#[test]
fn services_are_switched_and_asked_for() {
    for_each_persona(|persona, pair| {
        for (code, answer) in [
            (
                "**21*+15550123#",
                "Forwarding of all calls: on for voice, data and fax to +1 555 0123",
            ),
            ("##21#", "Forwarding of all calls: off"),
            ("*43#", "Call waiting: on for voice, data and fax"),
            // The class that is named is the one that is asked for then.
            ("#43*11#", "Call waiting: off"),
            ("*#43#", "Call waiting: on for data and fax"),
            ("#43#", "Call waiting: off"),
            ("*#31#", "Hiding your number: off, unless a call asks otherwise"),
            ("*#33#", "Barring of outgoing calls: off"),
            ("*33*9999#", "The password was wrong"),
        ] {
            assert_eq!(pair.code(code), answer, "{persona}: {code}");
        }
        let imei = pair.modem.persona().identity.imei;
        assert_eq!(pair.code("*#06#"), format!("IMEI {imei}"), "{persona}");
    });
}

/// The phonebook as it was told last.
fn book(events: &[ModemEvent]) -> Option<&SimPhonebook> {
    events.iter().rev().find_map(|event| match event {
        ModemEvent::SimPhonebook(book) => Some(&**book),
        _ => None,
    })
}

#[test]
fn the_phonebook_is_read_written_and_deleted_from() {
    for_each_persona(|persona, pair| {
        let write = |index, name: &str| {
            let (number, name) = ("+15550107".to_owned(), name.to_owned());
            ModemCommand::Sim(SimCommand::WriteEntry(SimEntry { index, number, name }))
        };
        let read = pair.tell(ModemCommand::Sim(SimCommand::ReadPhonebook));
        let Some(book_at_first) = book(read).cloned() else {
            // Some have no phonebook, and say so.
            assert!(read.iter().any(|e| matches!(e, ModemEvent::Failed { .. })), "{persona}");
            return;
        };
        assert!(book_at_first.capacity > 0 && book_at_first.name_length > 0, "{persona}");
        // Without UCS-2 there is no way to write some names, and that is said.
        let plain = pair
            .tell(write(0, "Zoë \"Z\""))
            .iter()
            .any(|event| matches!(event, ModemEvent::Failed { error: CommandError::BadInput, .. }));
        let name = if plain { "Zoe" } else { "Zoë \"Z\"" };
        if plain {
            pair.tell(write(0, name));
        }
        let told = book(&pair.events).cloned().expect(persona);
        let new = told.entries.iter().find(|entry| !book_at_first.entries.contains(entry));
        let new = new.expect(persona).clone();
        assert_eq!((new.name.as_str(), new.number.as_str()), (name, "+15550107"), "{persona}");
        let told = book(pair.tell(write(new.index, "Anna"))).cloned().expect(persona);
        let changed = told.entries.iter().find(|entry| entry.index == new.index);
        assert_eq!(changed.expect(persona).name, "Anna", "{persona}");
        let delete = ModemCommand::Sim(SimCommand::DeleteEntry(new.index));
        assert_eq!(book(pair.tell(delete)), Some(&book_at_first), "{persona}");
    });
}

#[test]
fn the_pin_is_asked_for_changed_and_asked_for_no_more() {
    let secret = |text: &str| Secret(text.to_owned());
    let last_try = false;
    for_each_persona(|persona, pair| {
        for (command, good) in [
            (SimCommand::SetPinLock { on: true, pin: secret("9876"), last_try }, false),
            (SimCommand::SetPinLock { on: true, pin: secret("1234"), last_try }, true),
            (SimCommand::ChangePin { old: secret("1234"), new: secret("5678"), last_try }, true),
            (SimCommand::SetPinLock { on: false, pin: secret("5678"), last_try }, true),
        ] {
            let events = pair.tell(ModemCommand::Sim(command));
            let unknown = CommandError::NotSupported;
            if events
                .iter()
                .any(|e| matches!(e, ModemEvent::Failed { error, .. } if *error == unknown))
            {
                // Some modems lack +CPWD.
                return;
            }
            let done = events.iter().any(|event| matches!(event, ModemEvent::Done { .. }));
            assert_eq!(done, good, "{persona}: {events:?}");
        }
    });
}

/// What was told of the network and the SIM last.
fn network(pair: &Pair) -> Option<&NetworkState> {
    pair.events.iter().rev().find_map(|event| match event {
        ModemEvent::Network(network) => Some(network),
        _ => None,
    })
}

#[test]
fn what_can_be_known_before_a_call_is_known() {
    for_each_persona(|persona, pair| {
        let told = network(pair).expect(persona);
        assert_eq!(told.pin_lock, Some(false), "{persona}");
        assert_eq!(told.voicemail_number, "+15550195", "{persona}");
        assert_ne!(told.voice, VoiceCapability::NotOffered, "{persona}");
        // One modem has neither the file nor the phonebook; all others name the SIM's own number.
        let known = told.emergency_numbers.iter().any(|number| number == "117");
        assert!(known || persona == "emptylist", "{persona}: {:?}", told.emergency_numbers);
    });
}

#[test]
fn a_locked_sim_tells_its_tries_and_opens_for_its_pin() {
    let pair = &mut Pair::new("locked");
    assert_eq!(network(pair).map(|n| n.sim.clone()), Some(SimState::PinRequired(Some(3))));
    let enter = |pin: &str| ModemCommand::EnterPin {
        code: Secret(pin.to_owned()),
        new_pin: None,
        last_try: false,
    };
    pair.tell(enter("0000"));
    assert_eq!(network(pair).map(|n| n.sim.clone()), Some(SimState::PinRequired(Some(2))));
    pair.tell(enter("1234"));
    assert_eq!(network(pair).map(|n| n.sim.clone()), Some(SimState::Ready));
    assert_eq!(network(pair).and_then(|n| n.pin_lock), Some(true));
}

#[test]
fn what_the_network_says_by_itself_reaches_the_user_of_every_modem() {
    for_each_persona(|persona, pair| {
        pair.events.clear();
        let (asks, text) = (false, "The call cost 0.12 EUR".to_owned());
        let push = NetworkAction::Ussd(UssdAction::Push { asks, text });
        pair.modem.handle_action(push, pair.now);
        pair.run_for(Duration::from_secs(5));
        let told = pair.events.iter().any(|event| match event {
            ModemEvent::Ussd(UssdStatus::Answer { text, reply_expected: false }) => {
                text == "The call cost 0.12 EUR"
            }
            _ => false,
        });
        assert!(told, "{persona}");
    });
}

#[test]
fn every_modem_notices_that_its_card_is_gone_and_comes_back() {
    for_each_persona(|persona, pair| {
        let sim = |pair: &Pair| {
            let told = pair.events.iter().rev().find_map(|event| match event {
                ModemEvent::Network(network) => Some(network.sim.clone()),
                _ => None,
            });
            told.expect("the network was told of")
        };
        pair.modem.handle_action(NetworkAction::Sim(SimChange::Absent), pair.now);
        pair.run_for(Duration::from_secs(40));
        assert_eq!(sim(pair), SimState::NotInserted, "{persona}");
        pair.modem.handle_action(NetworkAction::Sim(SimChange::Ready), pair.now);
        pair.run_for(Duration::from_secs(40));
        assert_eq!(sim(pair), SimState::Ready, "{persona}");
    });
}
