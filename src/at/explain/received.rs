//! What the modem says: results, answers, and what it tells by itself.

use super::told;
use crate::at::response::clcc::{CallDirection, CallStatus};
use crate::at::response::creg::RegistrationReport;
use crate::at::response::{
    after, cbc, ceer, cmgl, cmgr, cmgs, cnum, cops, cpin, cpms, csca, csq, cusd, pin_retries,
};
use crate::at::unsolicited::{CallReport, Startup};
use crate::at::{Arguments, FinalResult, Intermediate, Unsolicited};

/// What a line of the modem means.
pub(super) fn explain(line: &str) -> Option<String> {
    if line.starts_with('>') {
        return Some("The modem waits for the text".to_owned());
    }
    if let Some(result) = FinalResult::parse(line) {
        return Some(result_words(&result));
    }
    if let Some(Intermediate::Progress(word)) = Intermediate::parse(line)
        && !word.contains(':')
    {
        return Some("The call is being set up".to_owned());
    }
    if let Some(words) = bare_words(line) {
        return Some(words.to_owned());
    }
    if let Some(offer) = told::offer(line) {
        return Some(offer);
    }
    if let Some(setting) = told::setting(line) {
        return Some(setting);
    }
    if let Some(radio) = radio_words(line) {
        return Some(radio);
    }
    if let Some(urc) = Unsolicited::parse(line).and_then(|urc| unsolicited(&urc)) {
        return Some(urc);
    }
    answer(line).or_else(|| maker_words(line)).or_else(|| told::explain(line))
}

fn result_words(result: &FinalResult) -> String {
    match result {
        FinalResult::Ok => "Done",
        FinalResult::Error => "Refused without a reason",
        FinalResult::NoCarrier => "The call ended, or could not be set up",
        FinalResult::Busy => "The other side is busy",
        FinalResult::NoAnswer => "Nobody answered",
        FinalResult::NoDialtone => "The line is not free, or there is no network",
        FinalResult::Connect(_) => {
            "Connected: a data call, or on some modems an answered voice call"
        }
        FinalResult::Aborted => "The command was interrupted",
        FinalResult::NumberBlocked { for_a_while: true } => {
            "The modem does not call this number for a while, since calls to it failed"
        }
        FinalResult::NumberBlocked { for_a_while: false } => {
            "The modem does not call this number until it restarts, since calls to it failed"
        }
        FinalResult::NotSupported(word) if word == "SEND FAIL" => "Sending failed",
        FinalResult::NotSupported(word) if word == "TOO MANY PARAMETERS" => {
            "The modem does not know so many parameters of this command"
        }
        FinalResult::NotSupported(word) if word.contains("ERROR") => {
            "Refused, for a reason of the maker's own"
        }
        FinalResult::NotSupported(_) => "The modem does not support this command",
        FinalResult::CmeError(error) => error.words().0,
        FinalResult::CmsError(error) => error.words().0,
    }
    .to_owned()
}

fn unsolicited(urc: &Unsolicited) -> Option<String> {
    Some(match urc {
        Unsolicited::Ring => "A call comes in".to_owned(),
        Unsolicited::Cring(kind) if kind.to_ascii_uppercase().contains("VOICE") => {
            "A voice call comes in".to_owned()
        }
        Unsolicited::Cring(_) => "A call that is no voice call comes in".to_owned(),
        Unsolicited::Clip(clip) => caller(clip.number.as_deref(), clip.cli_validity),
        Unsolicited::Ccwa(ccwa) => format!(
            "A second call comes in: {}",
            caller(ccwa.number.as_deref(), ccwa.cli_validity).to_lowercase()
        ),
        Unsolicited::Clcc(entry) if !entry.is_voice() => {
            format!("Row {} is a data connection, no voice call", entry.index)
        }
        Unsolicited::Clcc(entry) => call_words(
            Some(entry.index),
            Some(entry.direction),
            entry.number.as_deref(),
            Some(entry.status),
        ),
        Unsolicited::Call(report) => report_words(report),
        Unsolicited::CallListEnd => "End of the list of calls".to_owned(),
        Unsolicited::CallEnded(result) => result_words(result),
        Unsolicited::MissedCall { number } => {
            format!("A call was missed{}", from(number.as_deref()))
        }
        Unsolicited::Cmti { .. } => "A message has come and was stored".to_owned(),
        Unsolicited::Cmt { .. } => "A message has come; it follows".to_owned(),
        Unsolicited::Cdsi { .. } => "A delivery report has come and was stored".to_owned(),
        Unsolicited::Cds { .. } => "A delivery report has come; it follows".to_owned(),
        Unsolicited::Cbm { .. } => "A broadcast message has come; it follows".to_owned(),
        Unsolicited::Registration(report) => registration(report),
        Unsolicited::Cusd(cusd) => ussd_words(cusd),
        // 27.007 §7.17.
        Unsolicited::Cssi(0) => "Calls to us are always forwarded".to_owned(),
        Unsolicited::Cssi(1) => "Some calls to us are forwarded".to_owned(),
        Unsolicited::Cssi(2) => "Our call is forwarded".to_owned(),
        Unsolicited::Cssi(3) => "The other side is in a call; ours waits".to_owned(),
        Unsolicited::Cssu(2) => "The other side put us on hold".to_owned(),
        Unsolicited::Cssu(3) => "The other side took us back from hold".to_owned(),
        Unsolicited::Signal(signal) => signal_words(*signal),
        Unsolicited::Sim(state) => sim_words(state),
        Unsolicited::SimChanged => "The state of the SIM changed".to_owned(),
        Unsolicited::Dtmf(tone) => format!("The other side sent the tone {tone}"),
        Unsolicited::Started(part) => started(*part).to_owned(),
        Unsolicited::PowerDown => "The modem switches itself off".to_owned(),
        Unsolicited::MessageMemoryFull(_) => "The message storage is full".to_owned(),
        // The table of the lens has the others.
        Unsolicited::Cssi(_) | Unsolicited::Cssu(_) => return None,
        Unsolicited::Ciev { .. } | Unsolicited::Noise => return None,
    })
}

fn started(part: Startup) -> &'static str {
    match part {
        Startup::Module => "The modem has started, and forgotten its settings",
        Startup::Calls => "Calls can be made now",
        Startup::Messages => "Messages can be read now",
        Startup::Phonebook => "The phone book can be read now",
    }
}

fn from(number: Option<&str>) -> String {
    number.map_or(String::new(), |number| format!(" from {number}"))
}

fn caller(number: Option<&str>, validity: Option<u8>) -> String {
    match (number, validity) {
        (Some(number), _) => format!("The caller is {number}"),
        (None, Some(1)) => "The caller hides the number".to_owned(),
        (None, _) => "The caller's number is not known".to_owned(),
    }
}

/// `Call 1, to +49…: alerting`.
fn call_words(
    index: Option<u8>,
    direction: Option<CallDirection>,
    number: Option<&str>,
    status: Option<CallStatus>,
) -> String {
    let name = index.map_or("Call".to_owned(), |index| format!("Call {index}"));
    let other = match (direction, number) {
        (Some(CallDirection::MobileOriginated), Some(number)) => format!(", to {number}"),
        (Some(CallDirection::MobileTerminated), Some(number)) => format!(", from {number}"),
        (None, Some(number)) => format!(", {number}"),
        _ => String::new(),
    };
    format!("{name}{other}: {}", status.map_or("in progress", CallStatus::word))
}

fn report_words(report: &CallReport) -> String {
    let number = report.number.as_deref();
    let call = call_words(report.index, report.direction, number, report.status);
    let name = report.cause.and_then(ceer::cause_name);
    let cause = name.map_or(String::new(), |name| format!(" ({})", name.to_lowercase()));
    format!("{call}{cause}")
}

/// 27.007 §7.2.
fn registration(report: &RegistrationReport) -> String {
    match report.stat {
        0 => "Not registered, and not searching",
        1 => "Registered, home network",
        2 => "Not registered, searching for a network",
        3 => "The network denies registration",
        5 => "Registered, roaming",
        6 => "Registered for texts only, home network",
        7 => "Registered for texts only, roaming",
        8 | 11 => "Emergency calls only",
        9 => "Registered, home network, calls may not be possible",
        10 => "Registered, roaming, calls may not be possible",
        _ => "Registration not known",
    }
    .to_owned()
}

fn ussd_words(cusd: &cusd::Cusd) -> String {
    let state = match cusd.state {
        cusd::UssdState::Done => "The service answered",
        cusd::UssdState::ReplyExpected => "The service waits for a reply",
        cusd::UssdState::Terminated => "The network ended the dialogue",
        cusd::UssdState::OtherClient => "Another program answered the service",
        cusd::UssdState::NotSupported => "The network does not know this code",
        cusd::UssdState::TimedOut => "The network did not answer in time",
        cusd::UssdState::Unknown => "The service sent something",
    };
    match cusd.text() {
        Some(text) if !text.is_empty() => format!("{state}: {}", text.replace('\n', " ")),
        _ => state.to_owned(),
    }
}

/// 27.007 §8.5.
fn signal_words(rssi: Option<u8>) -> String {
    match rssi {
        Some(rssi) => format!("Signal −{} dBm", 113 - 2 * u16::from(rssi.min(31))),
        None => "Signal not known".to_owned(),
    }
}

fn sim_words(state: &cpin::PinState) -> String {
    match state {
        cpin::PinState::Ready => "The SIM is ready".to_owned(),
        cpin::PinState::SimPin => "The SIM waits for its PIN".to_owned(),
        cpin::PinState::SimPuk => "The SIM is blocked and waits for its PUK".to_owned(),
        cpin::PinState::SimPin2 => "The SIM waits for its PIN2".to_owned(),
        cpin::PinState::SimPuk2 => "The SIM waits for its PUK2".to_owned(),
        cpin::PinState::NotReady => "The SIM is not ready".to_owned(),
        cpin::PinState::Failure => "The SIM does not answer".to_owned(),
        cpin::PinState::Other(word) => format!("Locked: {word}"),
    }
}

/// Answers to what we asked.
fn answer(line: &str) -> Option<String> {
    if let Some(csq) = csq::parse(line) {
        return Some(signal_words(csq.rssi));
    }
    if let Some(current) = cops::parse(line) {
        return Some(match current.operator {
            Some(operator) => format!("The operator is {operator}"),
            None => "No operator".to_owned(),
        });
    }
    if let Some(sent) = cmgs::parse(line) {
        let reference = sent.reference.map_or(String::new(), |n| format!(" as number {n}"));
        return Some(format!("The network took the text{reference}"));
    }
    if let Some(header) = cmgl::parse(line) {
        return Some(format!("The message at place {} follows", header.index));
    }
    if cmgr::parse(line).is_some() {
        return Some("The message follows".to_owned());
    }
    if let Some(storage) = cpms::parse(line).and_then(|storages| storages.into_iter().next()) {
        return Some(format!("{} of {} places for messages are used", storage.used, storage.total));
    }
    if let Some(ceer) = ceer::parse(line) {
        let name = ceer.cause.and_then(ceer::cause_name);
        if let Some(name) = name {
            return Some(format!("Why the last call ended: {}", name.to_lowercase()));
        }
    }
    if let Some(own) = cnum::parse(line) {
        return Some(format!("The SIM's own number is {}", own.number));
    }
    if let Some(centre) = csca::parse(line) {
        return Some(match centre.number {
            Some(number) => format!("The text centre is {number}"),
            None => "The text centre is not set: no text can be sent".to_owned(),
        });
    }
    if let Some(retries) = pin_retries::parse([line]) {
        // The SIM asks for its PUK: that is what counts.
        let blocked = line.to_ascii_uppercase().contains("SIM PUK,") && retries.puk.is_some();
        let codes = [
            ("PIN", retries.pin.filter(|_| !blocked)),
            ("PUK", retries.puk),
            ("PIN2", retries.pin2),
            ("PUK2", retries.puk2),
        ];
        let (name, left) = codes.into_iter().find_map(|(name, left)| Some((name, left?)))?;
        let tries = if left == 1 { "1 try" } else { &format!("{left} tries") };
        return Some(format!("The {name} has {tries} left"));
    }
    let percent = cbc::parse(line).and_then(|battery| battery.percent);
    percent.map(|percent| format!("Battery {percent} %"))
}

/// Makers' reports that are worth a word.
fn maker_words(line: &str) -> Option<String> {
    const WORDS: [(&str, &str); 27] = [
        ("^MODE", "The kind of network changed"),
        ("^BOOT", "The modem says that it is alive"),
        ("^SRVST", "The service state changed"),
        ("^NWTIME", "The network told the time"),
        ("+CTZV", "The network told the time zone"),
        ("+CTZU", "The network told the time"),
        ("+CTZE", "The network told the time and its zone"),
        ("+NITZ", "The network told the time and its zone"),
        ("^RSSILVL", "The signal strength changed"),
        ("^HRSSILVL", "The signal strength changed"),
        ("^LTERSRP", "The signal strength changed"),
        ("^CSNR", "The signal's quality changed"),
        ("^DSFLOWRPT", "How much data has flowed"),
        ("^EONS", "The operator's name changed"),
        ("^STIN", "The SIM offers a menu of its own"),
        ("+QSTK", "The SIM offers a menu of its own"),
        ("^CSCHANNELINFO", "A call's radio channel changed"),
        ("^CCALLSTATE", "A call's state changed"),
        ("+XCOLP", "The other side's number was told"),
        ("+XEM", "An emergency call changed"),
        ("+CCCM", "The cost of the call so far"),
        ("+CIREGU", "Registration for calls over LTE (IMS) changed"),
        ("+CSCON", "The link to the base station began or ended"),
        ("+UREG", "The registration for data changed"),
        ("^CIEV", "An indicator changed"),
        ("+CR", "The kind of connection that is being set up"),
        ("+CMTE", "The modem's temperature changed"),
    ];
    let known = WORDS.iter().find(|(name, _)| after(line, name).is_some());
    known.map(|(_, words)| (*words).to_owned())
}

/// Words of a modem that stand alone.
fn bare_words(line: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 2] = [
        ("BLOCKED", "The modem or the network does not let this call through"),
        // 27.007 §8.28.
        ("+CCWV", "The highest cost of all calls is nearly reached"),
    ];
    let known = WORDS.iter().find(|(word, _)| line.trim().eq_ignore_ascii_case(word));
    known.map(|(_, words)| *words)
}

/// `+CFUN: 1` answers a question, or is the first word of a modem that has restarted.
fn radio_words(line: &str) -> Option<String> {
    let level: u8 = Arguments::new(after(line, "+CFUN")?).number()?;
    Some(match level {
        0 => "The modem is off but for its serial port".to_owned(),
        1 => "The radio is on".to_owned(),
        4 => "The radio is off".to_owned(),
        level => format!("The modem is in state {level}"),
    })
}
