//! The SIM: its PIN (1234), its PUK (12345678), the tries that are left.

use super::network::action::SimChange;

/// What `+CPIN?` tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SimState {
    /// `READY`
    Ready,
    /// `SIM PIN`
    Pin,
    /// `SIM PUK`
    Puk,
    /// Ten wrong PUKs: for ever.
    Blocked,
    /// No SIM.
    Absent,
}

/// The card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SimCard {
    /// What it waits for.
    pub state: SimState,
    /// It asks for its PIN at every start.
    pub pin_enabled: bool,
    /// Wrong PINs until the PUK is asked for.
    pub pin_tries: u8,
    /// Wrong PUKs until it is blocked.
    pub puk_tries: u8,
    pin: String,
}

const PUK: &str = "12345678";

impl SimCard {
    /// A card that asks for its PIN, or does not.
    pub fn new(locked: bool) -> Self {
        SimCard {
            state: if locked { SimState::Pin } else { SimState::Ready },
            pin_enabled: locked,
            pin_tries: 3,
            puk_tries: 10,
            pin: "1234".to_owned(),
        }
    }

    /// The number of `+CME ERROR` for a command that needs the card; none if it is ready.
    pub fn error(&self) -> Option<u16> {
        match self.state {
            SimState::Ready => None,
            SimState::Absent => Some(10),
            SimState::Pin => Some(11),
            SimState::Puk => Some(12),
            SimState::Blocked => Some(13),
        }
    }

    /// Power went off and on.
    pub fn restart(&mut self) {
        if self.state == SimState::Ready && self.pin_enabled {
            self.state = SimState::Pin;
        }
    }

    /// Somebody put it in, took it out or locked it.
    pub fn change(&mut self, change: SimChange) {
        self.state = match change {
            SimChange::Ready => SimState::Ready,
            SimChange::Locked => SimState::Pin,
            SimChange::Absent => SimState::Absent,
        };
        if change == SimChange::Locked {
            self.pin_enabled = true;
        }
    }

    /// Checks a PIN and counts the wrong ones.
    pub fn check_pin(&mut self, pin: &str) -> bool {
        if pin == self.pin && self.pin_tries > 0 {
            self.pin_tries = 3;
            if self.state == SimState::Pin {
                self.state = SimState::Ready;
            }
            return true;
        }
        self.pin_tries = self.pin_tries.saturating_sub(1);
        if self.pin_tries == 0 {
            self.state = SimState::Puk;
        }
        false
    }

    /// Checks the PUK and sets a new PIN.
    pub fn unblock(&mut self, puk: &str, new_pin: &str) -> bool {
        if puk == PUK && is_pin(new_pin) && self.state != SimState::Blocked {
            self.pin = new_pin.to_owned();
            self.pin_tries = 3;
            self.puk_tries = 10;
            self.state = SimState::Ready;
            return true;
        }
        self.puk_tries = self.puk_tries.saturating_sub(1);
        if self.puk_tries == 0 {
            self.state = SimState::Blocked;
        }
        false
    }

    /// Changes the PIN; the old one has been checked.
    pub fn set_pin(&mut self, new_pin: &str) -> bool {
        let good = is_pin(new_pin);
        if good {
            self.pin = new_pin.to_owned();
        }
        good
    }
}

/// Four to eight digits.
fn is_pin(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
