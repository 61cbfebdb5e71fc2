//! The subscriber's services as the network keeps them: forwarding (3GPP TS 22.082), waiting
//! (22.083), barring (22.088), and how the own number is shown (22.081).

use std::collections::BTreeMap;

/// Classes a service can stand for, one bit each: voice, data, fax, texts (27.007 `<classx>`).
pub const CLASSES: [u16; 4] = [1, 2, 4, 8];

/// What a query or a change without a class means: voice, data, fax.
pub const DEFAULT_CLASSES: u16 = 7;

/// Voice calls.
const VOICE: u16 = 1;

/// Seconds until a call that nobody answers is forwarded, where nothing else was said.
const NO_REPLY_SECONDS: u8 = 20;

/// Wrong passwords in a row after which the network takes none any more (22.004 §5.2).
const PASSWORD_TRIES: u8 = 3;

/// `<reason>` of `+CCFC`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Diversion {
    /// 0.
    Unconditional,
    /// 1.
    Busy,
    /// 2.
    NoReply,
    /// 3.
    NotReachable,
}

impl Diversion {
    /// All four, by number.
    pub const ALL: [Diversion; 4] =
        [Diversion::Unconditional, Diversion::Busy, Diversion::NoReply, Diversion::NotReachable];

    /// Those that `<reason>` names: 0–3 one, 4 all, 5 the conditional ones.
    pub fn named(reason: u32) -> Option<&'static [Diversion]> {
        Some(match reason {
            0 => &Self::ALL[0..1],
            1 => &Self::ALL[1..2],
            2 => &Self::ALL[2..3],
            3 => &Self::ALL[3..4],
            4 => &Self::ALL,
            5 => &Self::ALL[1..],
            _ => return None,
        })
    }
}

/// Forwarding for one reason and one class, as registered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forwarding {
    /// Where to.
    pub number: String,
    /// It is on.
    pub active: bool,
    /// For [`Diversion::NoReply`]: after so many seconds.
    pub seconds: u8,
}

/// Why the network does not change a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceError {
    /// There is nothing to switch on, or the change makes no sense.
    NotPossible,
    /// The password is wrong, or was wrong too often.
    Password,
}

/// The services of the one subscriber.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceBook {
    forwarding: BTreeMap<(Diversion, u16), Forwarding>,
    waiting: u16,
    barring: BTreeMap<&'static str, u16>,
    password: String,
    wrong_passwords: u8,
    /// `<m>` of `+CLIR`: 0 not provided, 1 always, 3 unless a call says otherwise, 4 never unless a
    /// call says so (27.007 §7.7).
    pub own_number: u8,
    /// The subscription has voice calls at all.
    pub voice: bool,
}

impl Default for ServiceBook {
    fn default() -> Self {
        ServiceBook {
            forwarding: BTreeMap::new(),
            waiting: VOICE,
            barring: BTreeMap::new(),
            password: "0000".to_owned(),
            wrong_passwords: 0,
            own_number: 4,
            voice: true,
        }
    }
}

fn each(classes: u16) -> impl Iterator<Item = u16> {
    CLASSES.into_iter().filter(move |class| class & classes != 0)
}

impl ServiceBook {
    /// `+CCFC` mode 3: on, with this number. Texts can't be forwarded.
    pub fn register(&mut self, which: &[Diversion], classes: u16, number: &str, seconds: u8) {
        let seconds = seconds.clamp(5, 30).next_multiple_of(5);
        for (reason, class) in pairs(which, classes & DEFAULT_CLASSES) {
            let forwarding = Forwarding { number: number.to_owned(), active: true, seconds };
            self.forwarding.insert((reason, class), forwarding);
        }
    }

    /// `+CCFC` modes 1 and 0: on again, off. On needs a number that was registered.
    pub fn switch_forwarding(
        &mut self,
        which: &[Diversion],
        classes: u16,
        on: bool,
    ) -> Result<(), ServiceError> {
        let mut found = false;
        for pair in pairs(which, classes) {
            if let Some(forwarding) = self.forwarding.get_mut(&pair) {
                forwarding.active = on;
                found = true;
            }
        }
        if on && !found { Err(ServiceError::NotPossible) } else { Ok(()) }
    }

    /// `+CCFC` mode 4: off, the number forgotten.
    pub fn erase(&mut self, which: &[Diversion], classes: u16) {
        for pair in pairs(which, classes) {
            self.forwarding.remove(&pair);
        }
    }

    /// What is registered for a reason, by class.
    pub fn forwardings(&self, reason: Diversion, classes: u16) -> Vec<(u16, &Forwarding)> {
        each(classes)
            .filter_map(|class| Some((class, self.forwarding.get(&(reason, class))?)))
            .collect()
    }

    /// Where a voice call goes for this reason.
    pub fn diverts(&self, reason: Diversion) -> Option<&Forwarding> {
        self.forwarding.get(&(reason, VOICE)).filter(|forwarding| forwarding.active)
    }

    /// Seconds for no reply if nothing is said.
    pub fn usual_seconds() -> u8 {
        NO_REPLY_SECONDS
    }

    /// Call waiting for these classes.
    pub fn set_waiting(&mut self, classes: u16, on: bool) {
        self.waiting = if on { self.waiting | classes } else { self.waiting & !classes };
    }

    /// The classes for which a second caller is announced.
    pub fn waiting(&self) -> u16 {
        self.waiting
    }

    /// `+CLCK` modes 0 and 1 of a barring facility. `AB`, `AG`, `AC` can only be switched off.
    pub fn bar(
        &mut self,
        facility: &str,
        classes: u16,
        on: bool,
        password: &str,
    ) -> Result<(), ServiceError> {
        let group = group_of(facility).ok_or(ServiceError::NotPossible)?;
        let one = group.iter().position(|known| *known == facility);
        if on && one.is_none() {
            return Err(ServiceError::NotPossible);
        }
        self.check_password(password)?;
        // One barring of outgoing and one of incoming calls at a time (22.088 §1.4).
        let chosen: &[&'static str] = match (on, one) {
            (false, Some(place)) => &group[place..=place],
            _ => group,
        };
        for name in chosen {
            *self.barring.entry(name).or_default() &= !classes;
        }
        if let Some(place) = one.filter(|_| on) {
            *self.barring.entry(group[place]).or_default() |= classes;
        }
        Ok(())
    }

    /// The operator or the owner bars without a password.
    pub fn force_barring(&mut self, facility: &str, on: bool) {
        let group = group_of(facility).unwrap_or_default();
        for name in group.iter().filter(|name| **name == facility) {
            self.barring.insert(name, if on { DEFAULT_CLASSES } else { 0 });
        }
    }

    /// The classes a facility bars; none if there is no such facility.
    pub fn barred(&self, facility: &str) -> Option<u16> {
        let group = group_of(facility).filter(|group| group.contains(&facility))?;
        let found = group.iter().find(|name| **name == facility)?;
        Some(self.barring.get(found).copied().unwrap_or(0))
    }

    /// Whether voice calls are barred by one of these facilities.
    pub fn bars_voice(&self, facilities: &[&str]) -> bool {
        facilities.iter().any(|name| self.barred(name).is_some_and(|classes| classes & VOICE != 0))
    }

    fn check_password(&mut self, password: &str) -> Result<(), ServiceError> {
        if self.wrong_passwords >= PASSWORD_TRIES || password != self.password {
            self.wrong_passwords = (self.wrong_passwords + 1).min(PASSWORD_TRIES);
            return Err(ServiceError::Password);
        }
        self.wrong_passwords = 0;
        Ok(())
    }

    /// `+CPWD` for a barring facility: four digits.
    pub fn change_password(&mut self, old: &str, new: &str) -> Result<(), ServiceError> {
        self.check_password(old)?;
        if new.len() != 4 || !new.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ServiceError::NotPossible);
        }
        new.clone_into(&mut self.password);
        Ok(())
    }
}

fn pairs(which: &[Diversion], classes: u16) -> impl Iterator<Item = (Diversion, u16)> {
    which.iter().flat_map(move |reason| each(classes).map(|class| (*reason, class)))
}

/// The facilities that a name stands for (27.007 §7.4).
fn group_of(facility: &str) -> Option<&'static [&'static str]> {
    const ALL: [&str; 5] = ["AO", "OI", "OX", "AI", "IR"];
    Some(match facility {
        "AO" | "OI" | "OX" | "AG" => &ALL[..3],
        "AI" | "IR" | "AC" => &ALL[3..],
        "AB" => &ALL,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn barring_is_one_of_a_kind_and_needs_the_password() {
        let mut book = ServiceBook::default();
        assert_eq!(book.bar("AO", 7, true, "1111"), Err(ServiceError::Password));
        book.bar("AO", 7, true, "0000").unwrap();
        book.bar("AI", 1, true, "0000").unwrap();
        book.bar("OI", 7, true, "0000").unwrap();
        assert_eq!((book.barred("AO"), book.barred("OI")), (Some(0), Some(7)), "22.088 §1.4");
        assert!(book.bars_voice(&["AI"]));
        assert_eq!(book.bar("AB", 7, true, "0000"), Err(ServiceError::NotPossible));
        book.bar("AB", 7, false, "0000").unwrap();
        assert!(!book.bars_voice(&["AO", "OI", "OX", "AI", "IR"]));
        book.change_password("0000", "4711").unwrap();
        for _ in 0..3 {
            assert_eq!(book.bar("AO", 7, true, "0000"), Err(ServiceError::Password));
        }
        assert_eq!(book.bar("AO", 7, true, "4711"), Err(ServiceError::Password), "blocked");
    }

    #[test]
    fn forwarding_is_registered_switched_and_erased_by_class() {
        let mut book = ServiceBook::default();
        let busy = Diversion::named(1).unwrap();
        assert_eq!(book.switch_forwarding(busy, 7, true), Err(ServiceError::NotPossible));
        book.register(busy, 5, "+15550107", 12);
        let kept = book.forwardings(Diversion::Busy, 7);
        assert_eq!(kept.iter().map(|(class, _)| *class).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(kept[0].1.seconds, 15, "steps of five seconds (22.082 §3)");
        book.switch_forwarding(Diversion::named(4).unwrap(), 7, false).unwrap();
        assert!(book.diverts(Diversion::Busy).is_none());
        book.switch_forwarding(busy, 1, true).unwrap();
        assert!(book.diverts(Diversion::Busy).is_some());
        book.erase(Diversion::named(5).unwrap(), 7);
        assert!(book.forwardings(Diversion::Busy, 7).is_empty());
        assert_eq!(Diversion::named(6), None);
    }
}
