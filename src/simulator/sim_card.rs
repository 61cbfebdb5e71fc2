//! The SIM: its PIN (1234) and PIN2 (5678), their PUKs (12345678, 87654321), the tries that are
//! left.

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
    /// Wrong PIN2s until the PUK2 is asked for.
    pub pin2_tries: u8,
    /// Wrong PUK2s until PIN2 is blocked.
    pub puk2_tries: u8,
    /// Only numbers in the phonebook `FD` can be dialed.
    pub fixed_dialing: bool,
    pin: String,
    pin2: String,
}

const PUK: &str = "12345678";

const PUK2: &str = "87654321";

impl SimCard {
    /// A card that asks for its PIN, or does not.
    pub fn new(locked: bool) -> Self {
        SimCard {
            state: if locked { SimState::Pin } else { SimState::Ready },
            pin_enabled: locked,
            pin_tries: 3,
            puk_tries: 10,
            pin2_tries: 3,
            puk2_tries: 10,
            fixed_dialing: false,
            pin: "1234".to_owned(),
            pin2: "5678".to_owned(),
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

    /// Checks PIN2 and counts the wrong ones; the error is a number of `+CME ERROR`.
    pub fn check_pin2(&mut self, pin2: &str) -> Result<(), u16> {
        if self.pin2_tries == 0 {
            return Err(18);
        }
        if pin2 == self.pin2 {
            self.pin2_tries = 3;
            return Ok(());
        }
        self.pin2_tries -= 1;
        Err(if self.pin2_tries == 0 { 18 } else { 16 })
    }

    /// Changes PIN2; the old one, or the PUK2 once PIN2 is blocked, comes first.
    pub fn change_pin2(&mut self, old: &str, new_pin2: &str) -> Result<(), u16> {
        if !is_pin(new_pin2) {
            return Err(50);
        }
        if self.pin2_tries > 0 {
            self.check_pin2(old)?;
        } else if self.puk2_tries == 0 || old != PUK2 {
            self.puk2_tries = self.puk2_tries.saturating_sub(1);
            return Err(if self.puk2_tries == 0 { 13 } else { 16 });
        }
        self.pin2 = new_pin2.to_owned();
        (self.pin2_tries, self.puk2_tries) = (3, 10);
        Ok(())
    }

    /// What is asked for and its tries, as the counters of makers tell it.
    pub fn asked(&self) -> (&'static str, u8) {
        match self.state {
            SimState::Ready | SimState::Absent => ("READY", self.pin_tries),
            SimState::Pin => ("SIM PIN", self.pin_tries),
            SimState::Puk | SimState::Blocked => ("SIM PUK", self.puk_tries),
        }
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
