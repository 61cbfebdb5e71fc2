//! Codes typed on the dialpad that a phone understands itself (MMI, 3GPP TS 22.030 §6.5, annexes B
//! and C): `*#06#`, `**21*+49301234567#`, `*#43#`, `**04*old*new*new#`. Everything else that ends
//! with `#` goes to the network as it is (USSD).

mod tables;
#[cfg(test)]
mod tests;

use crate::number::PhoneNumber;
use crate::phone::{Barring, Secret, Service, ServiceAction, ServiceRequest};
use tables::{Meaning, class_of, meaning_of, password_facility};

/// What such a code says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mmi {
    /// `*#06#`: show the IMEI.
    ShowImei,
    /// A supplementary service.
    Service(ServiceRequest),
    /// `**04*old*new*new#`.
    ChangePin {
        /// The PIN of today.
        old: Secret,
        /// The new one.
        new: Secret,
    },
    /// `**042*old*new*new#`: the PIN2, which guards settings of the SIM.
    ChangePin2 {
        /// The PIN2 of today.
        old: Secret,
        /// The new one.
        new: Secret,
    },
    /// `**05*puk*new*new#`.
    UnblockPin {
        /// The PUK.
        puk: Secret,
        /// The new PIN.
        new_pin: Secret,
    },
    /// `**052*puk2*new*new#`.
    UnblockPin2 {
        /// The PUK2.
        puk: Secret,
        /// The new PIN2.
        new_pin: Secret,
    },
    /// `**03*…*old*new*new#`: the password of the barring services.
    ChangePassword {
        /// `<fac>` of `+CPWD`.
        facility: &'static str,
        /// The one of today.
        old: Secret,
        /// The new one.
        new: Secret,
    },
    /// A code of this kind that can't be right, such as two new PINs that differ: why.
    Wrong(String),
}

impl Mmi {
    /// It changes something in the network or on the SIM, so that it is asked about first.
    pub fn changes(&self) -> bool {
        match self {
            Mmi::ShowImei | Mmi::Wrong(_) => false,
            Mmi::Service(request) => request.action != ServiceAction::Query,
            Mmi::ChangePin { .. }
            | Mmi::ChangePin2 { .. }
            | Mmi::UnblockPin { .. }
            | Mmi::UnblockPin2 { .. }
            | Mmi::ChangePassword { .. } => true,
        }
    }
}

/// What the signs before the service code want (22.030 §6.5.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wish {
    /// `*`
    Activate,
    /// `#`
    Deactivate,
    /// `*#`
    Query,
    /// `**`
    Register,
    /// `##`
    Erase,
}

/// Longer codes are none: a number, a class, a time and the signs between them are shorter.
const MAX_CODE: usize = 80;

/// Digits of a number that calls are forwarded to (24.008 §10.5.4.7).
const MAX_NUMBER: usize = 40;

/// Reads a code; `None`: it is for the network, or no code at all.
pub fn read(code: &str) -> Option<Mmi> {
    let code = code.trim();
    let sign = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#' | '+');
    if code.len() > MAX_CODE || !code.chars().all(sign) {
        return None;
    }
    if code == "*#06#" {
        return Some(Mmi::ShowImei);
    }
    let (wish, body) = split_wish(code)?;
    let mut parts = body.split('*');
    let meaning = meaning_of(parts.next()?)?;
    let parts: Vec<&str> = parts.collect();
    if body.contains('#') {
        // `*21#555#` is a code of some network; one with a PIN in it never goes there.
        let secret = !matches!(meaning, Meaning::Service(_));
        return secret.then(|| Mmi::Wrong(FORM.to_owned()));
    }
    let told = match meaning {
        Meaning::Service(service) => of_service(service, wish, &parts).map(Mmi::Service),
        Meaning::Password => of_password(wish, &parts),
        _ => of_pin(meaning, wish, &parts),
    };
    Some(told.unwrap_or_else(|why| Mmi::Wrong(why.to_owned())))
}

/// The code holds, or may hold, a PIN or a password, so that it is not shown or kept.
pub fn holds_secret(code: &str) -> bool {
    match read(code) {
        Some(Mmi::Service(request)) => request.password.is_some(),
        Some(Mmi::ShowImei) | None => false,
        Some(_) => true,
    }
}

/// A number of asterisks that fits no procedure.
const FORM: &str = "The code is not complete, or has too many parts";

fn split_wish(code: &str) -> Option<(Wish, &str)> {
    const WISHES: [(&str, Wish); 5] = [
        ("**", Wish::Register),
        ("##", Wish::Erase),
        ("*#", Wish::Query),
        ("*", Wish::Activate),
        ("#", Wish::Deactivate),
    ];
    let (wish, rest) =
        WISHES.iter().find_map(|(signs, wish)| Some((*wish, code.strip_prefix(signs)?)))?;
    Some((wish, rest.strip_suffix('#')?))
}

/// The part at this place; empty if it is left out (22.030 §6.5.2).
fn part<'a>(parts: &[&'a str], at: usize) -> &'a str {
    parts.get(at).copied().unwrap_or("")
}

fn of_service(
    service: Service,
    wish: Wish,
    parts: &[&str],
) -> Result<ServiceRequest, &'static str> {
    if parts.len() > 3 {
        return Err(FORM);
    }
    let plain = |wish| match wish {
        Wish::Activate => Ok(ServiceAction::Activate),
        Wish::Deactivate => Ok(ServiceAction::Deactivate),
        Wish::Query => Ok(ServiceAction::Query),
        Wish::Register | Wish::Erase => {
            Err("This service can only be switched on with *, off with #, and asked for with *#")
        }
    };
    let request = |action, class| ServiceRequest { service, action, class, password: None };
    match service {
        Service::Forwarding(_) => {
            let class = class_of(part(parts, 1))?;
            Ok(request(forwarding(wish, part(parts, 0), part(parts, 2))?, class))
        }
        Service::Waiting => Ok(request(plain(wish)?, class_of(part(parts, 0))?)),
        Service::Barring(what) => {
            let password = part(parts, 0);
            let action = plain(wish)?;
            let every = matches!(what, Barring::All | Barring::AllOutgoing | Barring::AllIncoming);
            if every && action == ServiceAction::Activate {
                return Err("These can only be switched off together: switch on each by itself");
            }
            let four = password.len() == 4 && password.bytes().all(|b| b.is_ascii_digit());
            if !password.is_empty() && !four {
                return Err("The barring password has four digits");
            }
            let password = four.then(|| Secret(password.to_owned()));
            Ok(ServiceRequest { password, ..request(action, class_of(part(parts, 1))?) })
        }
        _ if parts.iter().any(|part| !part.is_empty()) => Err(FORM),
        _ => Ok(request(plain(wish)?, None)),
    }
}

/// `*21*number#` means to register, `*21#` to switch on what is registered (22.030 §6.5.2).
fn forwarding(wish: Wish, number: &str, seconds: &str) -> Result<ServiceAction, &'static str> {
    match wish {
        Wish::Query => return Ok(ServiceAction::Query),
        Wish::Deactivate => return Ok(ServiceAction::Deactivate),
        Wish::Erase => return Ok(ServiceAction::Erase),
        Wish::Register if number.is_empty() => {
            return Err("The number that calls shall go to is missing");
        }
        Wish::Activate if number.is_empty() => return Ok(ServiceAction::Activate),
        Wish::Activate | Wish::Register => {}
    }
    let digits = number.strip_prefix('+').unwrap_or(number);
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !all_digits || digits.len() > MAX_NUMBER {
        return Err("The number that calls shall go to is not one");
    }
    let seconds = match seconds {
        "" => None,
        text => {
            let seconds = text.parse::<u8>().ok();
            let allowed = |s: &u8| (5..=30).contains(s) && s.is_multiple_of(5);
            Some(seconds.filter(allowed).ok_or("The time is 5, 10, 15, 20, 25 or 30 seconds")?)
        }
    };
    Ok(ServiceAction::Register { number: PhoneNumber::new(number), seconds })
}

/// `**03*<barring>*old*new*new#` (22.030 §6.5.4); with `*` it is understood too.
fn of_password(wish: Wish, parts: &[&str]) -> Result<Mmi, &'static str> {
    let [which, old, new, again] = parts else { return Err(FORM) };
    if !matches!(wish, Wish::Activate | Wish::Register) {
        return Err("A password is changed with **03");
    }
    let facility = password_facility(which).ok_or("This kind of barring is not known")?;
    let (old, new) = twice(old, new, again, 4..=4, "The barring password has four digits")?;
    Ok(Mmi::ChangePassword { facility, old, new })
}

/// `**04*old*new*new#`, `**05*puk*new*new#` and the same for PIN2 (22.030 §6.6.2).
fn of_pin(meaning: Meaning, wish: Wish, parts: &[&str]) -> Result<Mmi, &'static str> {
    let [old, new, again] = parts else { return Err(FORM) };
    if wish != Wish::Register {
        return Err("A PIN is changed with two asterisks at the beginning");
    }
    const PIN: &str = "A PIN has four to eight digits";
    let (first, new) = match meaning {
        Meaning::Puk | Meaning::Puk2 => {
            let (_, new) = twice(new, new, again, 4..=8, PIN)?;
            (secret(old, 8..=8, "A PUK has eight digits")?, new)
        }
        _ => twice(old, new, again, 4..=8, PIN)?,
    };
    Ok(match meaning {
        Meaning::Pin2 => Mmi::ChangePin2 { old: first, new },
        Meaning::Puk => Mmi::UnblockPin { puk: first, new_pin: new },
        Meaning::Puk2 => Mmi::UnblockPin2 { puk: first, new_pin: new },
        _ => Mmi::ChangePin { old: first, new },
    })
}

fn twice(
    old: &str,
    new: &str,
    again: &str,
    digits: std::ops::RangeInclusive<usize>,
    why: &'static str,
) -> Result<(Secret, Secret), &'static str> {
    if new != again {
        return Err("The two new ones differ: type the same twice");
    }
    Ok((secret(old, digits.clone(), why)?, secret(new, digits, why)?))
}

fn secret(
    text: &str,
    digits: std::ops::RangeInclusive<usize>,
    why: &'static str,
) -> Result<Secret, &'static str> {
    let right = digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if right { Ok(Secret(text.to_owned())) } else { Err(why) }
}
