//! Lines that speak of the modem, the network, the ports and the address book.

use crate::cli::json::JsonLine;
use crate::cli::output::{Line, cause_and_advice, party, time_of_day, visible};
use crate::clock::WallTime;
use crate::phone::{
    Contact, Lamp, LinkAddress, LinkState, ModemIdentity, NetworkState, Notice, PortDescription,
    ProbeResult, Readiness, Registration, SimState, UsbIdentity, UssdStatus, WaitingKind,
    WaitingMark, readiness,
};

/// The connection to the modem; `None` for the steps between.
pub fn link_line(link: &LinkState, time: WallTime) -> Option<Line> {
    let (state, cause, advice) = match link {
        LinkState::Disconnected | LinkState::Opening(_) | LinkState::Initialising(_) => {
            return None;
        }
        LinkState::Ready(_) => ("ready", "", ""),
        LinkState::Silent { reason, advice, .. } => ("silent", reason.as_str(), advice.as_str()),
        LinkState::Failed { reason, advice, .. } => ("lost", reason.as_str(), advice.as_str()),
    };
    let port = link.address().map(ToString::to_string).unwrap_or_default();
    let json = JsonLine::event("link")
        .text("state", state)
        .filled("port", Some(&port))
        .text("time", &time.rfc3339())
        .filled("cause", Some(cause))
        .filled("advice", Some(advice));
    let human = format!(
        "{}  {state:<8}  {}  {}",
        time_of_day(time),
        visible(&port),
        cause_and_advice(cause, advice)
    );
    Some(Line { human: human.trim_end().to_owned(), json })
}

/// Registration with the network.
pub fn registration_line(network: &NetworkState, time: WallTime) -> Line {
    let state = network.registration.word();
    let technology = network.access_technology.map(|technology| technology.word());
    let json = JsonLine::event("registration")
        .text("state", state)
        .filled("operator", Some(&network.operator))
        .filled("technology", technology)
        .text("time", &time.rfc3339());
    let words = [visible(&network.operator), technology.unwrap_or_default().to_owned()];
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let human = format!("{}  network   {state}  {}", time_of_day(time), words.join(" "));
    Line { human: human.trim_end().to_owned(), json }
}

/// The SIM card.
pub fn sim_line(network: &NetworkState, time: WallTime) -> Line {
    let json = JsonLine::event("sim")
        .text("state", network.sim.word())
        .known("tries_left", tries(network))
        .text("time", &time.rfc3339());
    Line { human: format!("{}  SIM       {}", time_of_day(time), sim_words(network)), json }
}

/// Tries that the SIM leaves for the code it asks for, if that is known. It may be fewer where the
/// modem does not tell.
fn tries(network: &NetworkState) -> Option<u8> {
    match network.sim {
        SimState::PinRequired(left) | SimState::PukRequired(left) => left,
        _ => None,
    }
}

/// `PIN required, 2 tries left`.
fn sim_words(network: &NetworkState) -> String {
    let state = visible(network.sim.word());
    let at_most = if network.tries_at_most { "at most " } else { "" };
    match tries(network) {
        Some(1) => format!("{state}, {at_most}1 try left"),
        Some(tries) => format!("{state}, {at_most}{tries} tries left"),
        None => state,
    }
}

/// A service-code dialogue; `None` while the network has said nothing.
pub fn ussd_line(status: &UssdStatus, time: WallTime) -> Option<Line> {
    let (state, text) = match status {
        UssdStatus::Waiting => return None,
        UssdStatus::Answer { text, reply_expected: true } => ("question", text),
        UssdStatus::Answer { text, reply_expected: false } => ("answer", text),
        UssdStatus::Ended(text) => ("ended", text),
    };
    let json = JsonLine::event("ussd")
        .text("state", state)
        .filled("text", Some(text))
        .text("time", &time.rfc3339());
    let human = format!("{}  {state:<8}  {}", time_of_day(time), visible(text));
    Some(Line { human: human.trim_end().to_owned(), json })
}

/// A remark of the program.
pub fn notice_line(notice: &Notice, time: WallTime) -> Line {
    let json = JsonLine::event("notice")
        .text("text", &notice.text)
        .filled("advice", Some(&notice.advice))
        .text("time", &time.rfc3339());
    let words = cause_and_advice(&notice.text, &notice.advice);
    Line { human: format!("{}  notice    {words}", time_of_day(time)), json }
}

/// Something waits at the network, or (with a count of 0) nothing does any more.
pub fn waiting_line(mark: &WaitingMark, name: Option<&str>, time: WallTime) -> Line {
    let kind = match mark.kind {
        WaitingKind::Voicemail => "voicemail",
        WaitingKind::Fax => "fax",
        WaitingKind::Email => "e-mail",
        WaitingKind::Other => "other",
    };
    let json = JsonLine::event("waiting")
        .text("kind", kind)
        .known("count", mark.count)
        .filled("number", Some(mark.from.as_str()))
        .filled("name", name)
        .text("time", &time.rfc3339());
    let count = mark.count.map(|count| format!("{count} ")).unwrap_or_default();
    let from = party(mark.from.as_str(), name);
    let human = format!("{}  waiting   {count}{kind}  {from}", time_of_day(time));
    Line { human: human.trim_end().to_owned(), json }
}

/// Everything the modem says of itself, and whether a call can succeed now.
pub fn info_line(port: &str, modem: &ModemIdentity, network: &NetworkState) -> Line {
    let calls = calls(port, network);
    let cause = calls.as_ref().map(|calls| calls.why.cause.as_str());
    let advice = calls.as_ref().map(|calls| calls.why.advice.as_str());
    // Circuits may be refused where packets are not: both are true.
    let circuit = Some(network.circuit)
        .filter(|circuit| {
            !matches!(circuit, Registration::Unknown) && *circuit != network.registration
        })
        .map(Registration::word);
    let technology = network.access_technology.map(|technology| technology.word());
    let json = JsonLine::new()
        .text("port", port)
        .filled("maker", Some(&modem.manufacturer))
        .filled("model", Some(&modem.model))
        .filled("revision", Some(&modem.revision))
        .filled("imei", Some(&modem.imei))
        .filled("imsi", Some(&modem.imsi))
        .texts("numbers", &modem.own_numbers)
        .filled("profile", Some(&modem.profile))
        .text("sim", network.sim.word())
        .known("tries_left", tries(network))
        .filled("operator", Some(&network.operator))
        .text("registration", network.registration.word())
        .filled("circuit_registration", circuit)
        .text("calls", calls.as_ref().map_or("ready", |calls| lamp_word(calls.lamp)))
        .filled("calls_cause", cause)
        .filled("calls_advice", advice)
        .filled("technology", technology)
        .known("signal", network.signal.map(|signal| signal.rssi))
        .known("signal_dbm", network.signal.map(|signal| signal.rssi_dbm()))
        .known("battery_percent", network.battery_percent);
    let signal = network
        .signal
        .map(|signal| format!("{} dBm ({} of 4 bars)", signal.rssi_dbm(), signal.bars()));
    let registration = match circuit {
        Some(circuit) => {
            format!("{}; for circuits (2G, 3G): {circuit}", network.registration.word())
        }
        None => network.registration.word().to_owned(),
    };
    // Of texts alone +CREG speaks for circuits.
    let over_lte = network.registration == Registration::SmsOnly;
    let calls = match calls {
        Some(calls) => cause_and_advice(&calls.why.cause, &calls.why.advice),
        None if over_lte => "ready, over LTE".to_owned(),
        None => "ready".to_owned(),
    };
    let rows = [
        ("Port", port.to_owned()),
        ("Maker", modem.manufacturer.clone()),
        ("Model", modem.model.clone()),
        ("Revision", modem.revision.clone()),
        ("IMEI", modem.imei.clone()),
        ("IMSI", modem.imsi.clone()),
        ("Number", modem.own_numbers.join(", ")),
        ("Profile", modem.profile.clone()),
        ("SIM", sim_words(network)),
        ("Operator", network.operator.clone()),
        ("Registration", registration),
        ("Calls", calls),
        ("Technology", technology.unwrap_or_default().to_owned()),
        ("Signal", signal.unwrap_or_else(|| "unknown".to_owned())),
        ("Battery", network.battery_percent.map(|p| format!("{p} %")).unwrap_or_default()),
    ];
    Line { human: table(&rows), json }
}

/// What speaks against a call, if anything does.
fn calls(port: &str, network: &NetworkState) -> Option<Readiness> {
    let ready = LinkState::Ready(LinkAddress::Serial(port.to_owned()));
    Some(readiness(&ready, network)).filter(|calls| calls.lamp != Lamp::Ready)
}

fn lamp_word(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::Ready => "ready",
        Lamp::Doubtful => "doubtful",
        Lamp::EmergencyOnly => "emergency only",
        Lamp::NotReady => "not ready",
    }
}

/// Rows that have a value, the values under each other.
pub fn table(rows: &[(&str, String)]) -> String {
    let lines: Vec<String> = rows
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key:<14}{}", visible(value)))
        .collect();
    lines.join("\n")
}

/// One port to choose from.
pub fn port_line(port: &PortDescription) -> Line {
    let address = port.address.to_string();
    let json = JsonLine::new()
        .text("port", &address)
        .filled("title", Some(&port.title))
        .filled("detail", Some(&port.detail))
        .flag("likely_modem", port.likely_modem)
        .object("usb", port.usb.as_ref().map(usb_object))
        .filled("found", port.probe.as_ref().and_then(probe_words).as_deref());
    let mark = if port.likely_modem { "*" } else { " " };
    let human =
        format!("{mark} {address:<16}  {}  {}", visible(&port.title), visible(&port.detail));
    Line { human: human.trim_end().to_owned(), json }
}

fn usb_object(usb: &UsbIdentity) -> JsonLine {
    JsonLine::new()
        .text("vid", &format!("{:04x}", usb.vid))
        .text("pid", &format!("{:04x}", usb.pid))
        .filled("serial", usb.serial.as_deref())
        .known("interface", usb.interface)
}

fn probe_words(probe: &ProbeResult) -> Option<String> {
    match probe {
        ProbeResult::Probing => None,
        ProbeResult::Modem(name) if name.is_empty() => Some("modem".to_owned()),
        ProbeResult::Modem(name) => Some(name.clone()),
        ProbeResult::Silent => Some("silent".to_owned()),
        ProbeResult::Unavailable(why) => Some(why.clone()),
    }
}

/// One contact.
pub fn contact_line(contact: &Contact) -> Line {
    let numbers = contact.numbers.iter().map(|entry| {
        JsonLine::new().text("number", entry.number.as_str()).filled("label", Some(&entry.label))
    });
    let json = JsonLine::new()
        .number("id", contact.id.0)
        .text("name", &contact.name)
        .objects("numbers", numbers)
        .filled("email", Some(&contact.email))
        .filled("organization", Some(&contact.organization))
        .filled("note", Some(&contact.note))
        .flag("favorite", contact.favorite);
    let numbers: Vec<String> = contact
        .numbers
        .iter()
        .map(|entry| match entry.label.as_str() {
            "" => visible(entry.number.as_str()),
            label => format!("{} ({})", visible(entry.number.as_str()), visible(label)),
        })
        .collect();
    let name = visible(&contact.name);
    let human = format!("{name:<28}  {}", numbers.join(", "));
    Line { human: human.trim_end().to_owned(), json }
}
