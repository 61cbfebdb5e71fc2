//! Commands whose values say what is done: one sentence each, and for the others the values in
//! words behind what the command is about.

use crate::at::Arguments;
use crate::at::lens::{classes, values_in_words};

/// What is asked of a service or a lock, in three forms.
struct Lock {
    facility: &'static str,
    asked: &'static str,
    on: &'static str,
    off: &'static str,
}

const fn lock(
    facility: &'static str,
    asked: &'static str,
    on: &'static str,
    off: &'static str,
) -> Lock {
    Lock { facility, asked, on, off }
}

/// `<fac>` of `+CLCK` (27.007 §7.4).
const LOCKS: [Lock; 13] = [
    lock(
        "SC",
        "the SIM asks for its PIN",
        "Make the SIM ask for its PIN at every start",
        "Stop the SIM asking for its PIN",
    ),
    lock(
        "FD",
        "only fixed numbers can be called",
        "Allow only fixed numbers to be called",
        "Allow all numbers to be called",
    ),
    lock(
        "PN",
        "the modem is locked to a network",
        "Lock the modem to this network",
        "Unlock the modem from its network",
    ),
    lock(
        "PS",
        "the modem is locked to a SIM",
        "Lock the modem to this SIM",
        "Unlock the modem from its SIM",
    ),
    lock(
        "AO",
        "all outgoing calls are barred",
        "Bar all outgoing calls",
        "Stop barring all outgoing calls",
    ),
    lock(
        "OI",
        "calls to other countries are barred",
        "Bar calls to other countries",
        "Stop barring calls to other countries",
    ),
    lock(
        "OX",
        "calls to other countries except home are barred",
        "Bar calls to other countries except home",
        "Stop barring calls to other countries except home",
    ),
    lock(
        "AI",
        "all incoming calls are barred",
        "Bar all incoming calls",
        "Stop barring all incoming calls",
    ),
    lock(
        "IR",
        "incoming calls while roaming are barred",
        "Bar incoming calls while roaming",
        "Stop barring incoming calls while roaming",
    ),
    lock("AB", "any calls are barred", "Bar all calls", "Switch all barring off"),
    lock(
        "AG",
        "any outgoing calls are barred",
        "Bar outgoing calls",
        "Switch all barring of outgoing calls off",
    ),
    lock(
        "AC",
        "any incoming calls are barred",
        "Bar incoming calls",
        "Switch all barring of incoming calls off",
    ),
    lock("P2", "PIN2 is asked for", "Make PIN2 be asked for", "Stop asking for PIN2"),
];

/// Their values are secret, or nobody's words.
const SECRET: [&str; 7] = ["+CPIN", "+CPIN2", "+CPWD", "^CPIN", "+CSIM", "^CARDLOCK", "+CPINR"];

/// How commands of makers begin that switch reports of calls on and off.
const CHANGES: &str = "Tell of every change";

/// Values longer than this are no sentence.
const MAX_CHARS: usize = 60;

/// What a command does with these values; `what` is what it is about.
pub(super) fn explain(name: &str, values: &str, what: &str) -> String {
    let mut arguments = Arguments::new(values);
    sentence(name, &mut arguments).unwrap_or_else(|| about(name, values, what))
}

fn sentence(name: &str, arguments: &mut Arguments<'_>) -> Option<String> {
    let first = arguments.clone().string().unwrap_or_default();
    let filled = (!first.is_empty()).then_some(first.as_str());
    Some(match name {
        "+CCFC" => forwarding(arguments)?,
        "+CLCK" => lock_words(arguments)?,
        "+CCWA" => waiting(arguments)?,
        "+CPWD" => match filled? {
            "SC" => "Change the PIN of the SIM".to_owned(),
            "P2" => "Change the PIN2 of the SIM".to_owned(),
            _ => "Change the password of barring".to_owned(),
        },
        "+COPS" => operator(arguments)?,
        "+CREG" => registration(filled?, "the registration")?,
        "+CGREG" => registration(filled?, "the registration for data")?,
        "+CEREG" => registration(filled?, "the registration with LTE")?,
        "+C5GREG" => registration(filled?, "the registration with 5G")?,
        "+CIREG" => registration(filled?, "the registration for calls over LTE (IMS)")?,
        "+CFUN" if matches!(filled?, "6" | "15" | "16") => "Restart the modem".to_owned(),
        "+CNMI" => new_messages(arguments)?,
        "+CPMS" => storages(arguments)?,
        "+CGACT" => {
            let on = if filled? == "0" { "off" } else { "on" };
            arguments.skip(1);
            match arguments.filled_string() {
                Some(which) => format!("Switch packet connection {which} {on}"),
                None => format!("Switch all packet connections {on}"),
            }
        }
        "+CMGW" => format!("Store a text of {} octets", filled?),
        "+VTD" => format!("Make tones {} tenths of a second long", filled?),
        "+CSVM" => {
            arguments.skip(1);
            format!("Set the number of the mailbox to {}", arguments.filled_string()?)
        }
        "+CRSM" => super::sim_file::command(arguments)?,
        "+VTS" => format!("Send the tone {}", filled?),
        "+CTFR" => format!("Forward the incoming call to {}", filled?),
        "+CHLD" => held(filled?)?,
        _ => return texts_and_names(name, filled, arguments),
    })
}

/// Of texts, the phone book and packets.
fn texts_and_names(
    name: &str,
    filled: Option<&str>,
    arguments: &mut Arguments<'_>,
) -> Option<String> {
    Some(match name {
        "+CMGR" => format!("Read the message at place {}", filled?),
        "+CMGD" => {
            arguments.skip(1);
            match arguments.number::<u8>() {
                Some(4) => "Delete ALL messages".to_owned(),
                Some(1..=3) => "Delete all read messages".to_owned(),
                _ => format!("Delete the message at place {}", filled?),
            }
        }
        "+CMSS" => format!("Send the stored text at place {}", filled?),
        "+CUSD" => {
            arguments.skip(1);
            format!("Send the service code {}", arguments.filled_string()?)
        }
        "+CSCA" => format!("Set the number of the text centre to {}", filled?),
        "+CPBR" => {
            arguments.skip(1);
            match arguments.number::<u16>() {
                Some(last) => format!("Read places {} to {last} of the phone book", filled?),
                None => format!("Read place {} of the phone book", filled?),
            }
        }
        "+CPBW" => phonebook_entry(arguments)?,
        "+CPBF" => format!("Search the phone book for names that begin with {}", filled?),
        "+CGDCONT" => {
            arguments.skip(1);
            let kind = arguments.filled_string()?;
            let access = arguments.filled_string();
            let access = access.map_or(String::new(), |apn| format!(", access point {apn}"));
            format!("Define packet connection {}: {kind}{access}", filled?)
        }
        _ => return None,
    })
}

/// What it is about, and its values in words.
fn about(name: &str, values: &str, what: &str) -> String {
    if what.starts_with(CHANGES) {
        return match values.trim() {
            "0" => "Do not tell of changes of a call".to_owned(),
            _ => what.to_owned(),
        };
    }
    let line = format!("AT{name}={values}");
    let hidden = SECRET.contains(&name) || values.contains('…');
    let told = if hidden { None } else { values_in_words(&line, true) };
    match told.filter(|told| told.chars().count() <= MAX_CHARS) {
        Some(told) => format!("{what}: {told}"),
        None => what.to_owned(),
    }
}

/// `+CCFC` (27.007 §7.11).
fn forwarding(arguments: &mut Arguments<'_>) -> Option<String> {
    let reason: u8 = arguments.number()?;
    let mode: u8 = arguments.number()?;
    let number = arguments.filled_string();
    arguments.skip(1);
    let class = class_words(arguments.number());
    arguments.skip(2);
    let seconds = arguments.number::<u8>();
    let (all, when) = match reason {
        0 => ("all calls", ""),
        1 => ("calls", " when busy"),
        2 => ("calls", " when nobody answers"),
        3 => ("calls", " when unreachable"),
        4 => ("calls", " in every case"),
        5 => ("calls", " when busy, unanswered or unreachable"),
        _ => return None,
    };
    let after = seconds.map_or(String::new(), |seconds| format!(" for {seconds} s"));
    Some(match (mode, number) {
        (0, _) => format!("Stop forwarding {all}{when}{class}"),
        (1, _) => format!("Forward {all}{when}{class}, to the number kept before"),
        (2, _) => format!("Ask whether {all} are forwarded{when}{class}"),
        (3, Some(number)) => format!("Forward {all}{when}{after}{class} to {number}"),
        (4, _) => format!("Stop forwarding {all}{when}{class} and forget the number"),
        _ => return None,
    })
}

/// `+CLCK` (27.007 §7.4).
fn lock_words(arguments: &mut Arguments<'_>) -> Option<String> {
    let facility = arguments.filled_string()?;
    let mode: u8 = arguments.number()?;
    arguments.skip(1);
    let class = class_words(arguments.number());
    let known = LOCKS.iter().find(|lock| facility.eq_ignore_ascii_case(lock.facility));
    Some(match (known, mode) {
        (Some(lock), 0) => format!("{}{class}", lock.off),
        (Some(lock), 1) => format!("{}{class}", lock.on),
        (Some(lock), 2) => format!("Ask whether {}{class}", lock.asked),
        (None, 0) => format!("Switch the lock {facility} off"),
        (None, 1) => format!("Switch the lock {facility} on"),
        (None, 2) => format!("Ask whether the lock {facility} is on"),
        _ => return None,
    })
}

/// `+CCWA` (27.007 §7.12): whether it is told of here, and whether the network does it at all.
fn waiting(arguments: &mut Arguments<'_>) -> Option<String> {
    let told: Option<u8> = arguments.number();
    let mode: Option<u8> = arguments.number();
    let class = class_words(arguments.number());
    let tell = match told {
        Some(0) => "do not tell of a second caller",
        Some(1) => "tell of a second caller",
        _ => "",
    };
    let deed = match mode {
        Some(0) => format!("Switch call waiting off{class}"),
        Some(1) => format!("Switch call waiting on{class}"),
        Some(2) => return Some(format!("Ask whether call waiting is on{class}")),
        _ => return (!tell.is_empty()).then(|| super::sent::upper_first(tell)),
    };
    Some(match tell {
        "" => deed,
        tell => format!("{deed}, and {tell}"),
    })
}

/// For which calls; nothing for the usual ones.
fn class_words(class: Option<u32>) -> String {
    match class {
        None | Some(0 | 7) => String::new(),
        Some(class) => format!(" for {}", classes(class)),
    }
}

/// `+CREG` and its like (27.007 §7.2).
fn registration(value: &str, what: &str) -> Option<String> {
    Some(match value {
        "0" => format!("Do not tell when {what} changes"),
        "1" => format!("Tell when {what} changes"),
        "2" => format!("Tell when {what} or the cell changes"),
        "3" => format!("Tell when {what} or the cell changes, with the cause"),
        _ => return None,
    })
}

/// `+CNMI` (27.005 §3.4.1).
pub(super) fn new_messages(arguments: &mut Arguments<'_>) -> Option<String> {
    arguments.skip(1);
    let texts = match arguments.number::<u8>()? {
        0 => "Do not tell of new texts",
        1 => "Store new texts and tell of them (+CMTI)",
        2 => "Hand new texts over at once (+CMT)",
        3 => "Hand class 3 texts over and store the others",
        _ => return None,
    };
    arguments.skip(1);
    let reports = match arguments.number::<u8>() {
        Some(1) => ", hand delivery reports over (+CDS)",
        Some(2) => ", store delivery reports and tell of them (+CDSI)",
        _ => "",
    };
    Some(format!("{texts}{reports}"))
}

/// `+CPMS` (27.005 §3.2.2).
fn storages(arguments: &mut Arguments<'_>) -> Option<String> {
    let name = |code: String| {
        let known = STORAGES.iter().find(|(known, _)| code.eq_ignore_ascii_case(known));
        known.map_or(code.clone(), |(_, words)| (*words).to_owned())
    };
    let read = name(arguments.filled_string()?);
    let write = arguments.filled_string().map(name);
    let new = arguments.filled_string().map(name);
    Some(match (write, new) {
        (Some(write), Some(new)) if write == read && new == read => {
            format!("Keep all texts in {read}")
        }
        (None, _) => format!("Read and delete texts in {read}"),
        (Some(write), None) => format!("Read texts in {read}, write them to {write}"),
        (Some(write), Some(new)) => {
            format!("Read texts in {read}, write them to {write}, put new ones into {new}")
        }
    })
}

/// Where texts are kept (27.005 §3.1).
const STORAGES: [(&str, &str); 6] = [
    ("SM", "the SIM"),
    ("ME", "the modem"),
    ("MT", "the SIM and the modem"),
    ("SR", "the place of delivery reports"),
    ("BM", "the place of broadcasts"),
    ("TA", "the adapter"),
];

/// `+COPS` (27.007 §7.3).
fn operator(arguments: &mut Arguments<'_>) -> Option<String> {
    let mode: u8 = arguments.number()?;
    arguments.skip(1);
    let name = arguments.filled_string();
    let access = match arguments.number::<u8>() {
        Some(0 | 1 | 3) => ", by GSM only",
        Some(2 | 4..=6) => ", by UMTS only",
        Some(7) => ", by LTE only",
        Some(11 | 12) => ", by 5G only",
        _ => "",
    };
    Some(match (mode, name) {
        (0, _) => format!("Choose the operator automatically{access}"),
        (1, Some(name)) => format!("Choose the operator {name}{access}"),
        (4, Some(name)) => format!("Choose the operator {name}{access}, or any if it is not there"),
        _ => return None,
    })
}

/// `+CHLD` with the number of a call (27.007 §7.13).
fn held(value: &str) -> Option<String> {
    match (value.get(..1)?, value.get(1..)?) {
        ("1", call) if !call.is_empty() => Some(format!("End call {call}")),
        ("2", call) if !call.is_empty() => Some(format!("Talk on call {call} alone")),
        ("4", "*") => None,
        _ => None,
    }
}

/// `+CPBW` (27.007 §8.14): without a number it deletes.
fn phonebook_entry(arguments: &mut Arguments<'_>) -> Option<String> {
    let place = arguments.number::<u16>();
    let number = arguments.filled_string();
    arguments.skip(1);
    let name = arguments.filled_string();
    let to = match place {
        Some(place) => format!("place {place}"),
        None => "a free place".to_owned(),
    };
    Some(match (number, name, place) {
        (Some(number), Some(name), _) => {
            format!("Write {name}, {number}, to {to} of the phone book")
        }
        (Some(number), None, _) => format!("Write {number} to {to} of the phone book"),
        (None, _, Some(place)) => format!("Delete place {place} of the phone book"),
        _ => return None,
    })
}
