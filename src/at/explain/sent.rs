//! What we ask of the modem (V.250, 3GPP TS 27.007, 27.005, and what makers added).

use super::given;
use crate::at::Arguments;
use crate::at::lens::{about, commands::commands};

/// What a command line asks for; several commands on one line are told in order.
pub(super) fn explain(line: &str) -> Option<String> {
    match line {
        // V.250 §5.2.4.
        "A/" | "a/" => return Some("Repeat the last command line".to_owned()),
        "+++" => return Some("Leave data mode, if nothing else is sent for a second".to_owned()),
        _ => {}
    }
    let body = line.get(..2).filter(|head| head.eq_ignore_ascii_case("AT")).map(|_| &line[2..])?;
    let body = body.trim();
    if body.is_empty() {
        return Some("Check that the modem answers".to_owned());
    }
    let mut sentences: Vec<String> = Vec::new();
    for command in commands(body) {
        let sentence = match command.strip_prefix(['D', 'd']) {
            Some(dialed) => dial(dialed.trim()),
            None => command_words(command)?,
        };
        sentences.push(if sentences.is_empty() { sentence } else { lower_first(&sentence) });
    }
    (!sentences.is_empty()).then(|| sentences.join(", then "))
}

/// A sentence that goes on; one that begins with an abbreviation or a maker's name stays.
pub(super) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let maker = text.split(' ').next().is_some_and(|word| word.ends_with(':'));
    let abbreviated = maker || text.chars().nth(1).is_some_and(char::is_uppercase);
    match chars.next() {
        Some(first) if !abbreviated => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// A sentence that begins.
pub(super) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// `ATD`: the semicolon makes all the difference (27.007 §6.2).
fn dial(dialed: &str) -> String {
    let number = dialed.trim_start_matches(['T', 'P', 't', 'p']).trim_end_matches(';');
    let (number, hidden) = match number.strip_suffix('I') {
        Some(number) => (number, " and hide our number"),
        None => (number.strip_suffix('i').unwrap_or(number), ""),
    };
    let number = number.trim().trim_matches('"');
    let whom = match number.strip_prefix('>') {
        // 27.007 §6.3: from the phonebook, by place or by name.
        Some(entry) => format!("entry {} of the phonebook", entry.trim().trim_matches('"')),
        None if number.eq_ignore_ascii_case("L") => "the last number again".to_owned(),
        None => number.to_owned(),
    };
    if number.starts_with("*99") {
        "Start a packet data connection".to_owned()
    } else if dialed.ends_with(';') {
        format!("Place a voice call to {whom}{hidden}")
    } else {
        "Places a DATA call: a voice call ends with ;".to_owned()
    }
}

/// One command without `AT`.
fn command_words(command: &str) -> Option<String> {
    let upper = command.to_ascii_uppercase();
    if let Some((_, words)) = EXACT.iter().find(|(exact, _)| *exact == upper) {
        return Some((*words).to_owned());
    }
    let end = command.find(['=', '?']).unwrap_or(command.len());
    let (name, tail) = (upper.get(..end)?, command.get(end..)?);
    let named = |name: &str| NAMES.iter().find(|(known, _)| *known == name);
    // The number of a basic command is its value.
    let named = named(name).or_else(|| named(name.trim_end_matches(char::is_numeric)));
    let what = &named.map(|(_, what)| *what).or_else(|| about(name))?;
    Some(match tail {
        "=?" => format!("Ask which values there are: {}", lower_first(what)),
        "?" if what.starts_with("Ask") => (*what).to_owned(),
        "?" => format!("Ask for the setting: {}", lower_first(what)),
        "" => (*what).to_owned(),
        _ => with_values(name, tail.strip_prefix('=').unwrap_or(tail), what),
    })
}

/// Where a value says more than the command's name.
fn with_values(name: &str, values: &str, what: &str) -> String {
    let value = values.trim().trim_matches('"');
    match name {
        // In text mode (27.005 §4.3) it is whom it goes to.
        "+CMGS" if values.trim_start().starts_with('"') => {
            let to = Arguments::new(values).string().unwrap_or_default();
            format!("Send a text to {to}")
        }
        "+CMGS" => format!("Send a text of {value} octets"),
        "S0" => match value {
            "1" => "Answer a call by itself after 1 ring".to_owned(),
            rings => format!("Answer a call by itself after {rings} rings"),
        },
        _ if name.starts_with('S') && name.len() > 1 => {
            format!("Set register {name} to {value}")
        }
        _ => given::explain(name, values, what),
    }
}

/// Commands whose value is a part of their meaning.
const EXACT: [(&str, &str); 98] = [
    ("E0", "Switch the echo off"),
    ("E1", "Switch the echo on"),
    ("V0", "Give results as numbers"),
    ("V1", "Give results in words"),
    ("Q0", "Give results at all"),
    ("X3", "Tell when the other side is busy"),
    ("X4", "Tell when the other side is busy, and when there is no dial tone"),
    ("Z", "Go back to the stored settings"),
    ("&F", "Go back to the factory settings"),
    ("&W", "Store the settings"),
    ("&D0", "Ignore the DTR wire: closing the port does not hang up"),
    ("&C1", "Show by the DCD wire whether there is a data connection"),
    ("I", "Ask for maker and model"),
    ("A", "Answer the call"),
    ("H", "Hang up"),
    ("H0", "Hang up"),
    ("S0=0", "Never answer a call by itself"),
    ("+CMEE=0", "Give no reasons for errors"),
    ("+CMEE=1", "Give the reasons for errors as numbers"),
    ("+CMEE=2", "Give the reasons for errors in words"),
    ("+CPIN?", "Ask what the SIM is waiting for"),
    ("+CEN?", "Ask for the emergency numbers of the network"),
    ("+CREG?", "Ask whether it is registered for calls"),
    ("+CREG=0", "Do not tell when the registration changes"),
    ("+CREG=1", "Tell when the registration changes"),
    ("+CREG=2", "Tell when the registration or the cell changes"),
    ("+CGREG?", "Ask whether it is registered for data"),
    ("+CEREG?", "Ask whether it is registered with LTE"),
    ("+C5GREG?", "Ask whether it is registered with 5G"),
    ("+COPS?", "Ask which operator it is registered with"),
    ("+COPS=?", "Search for operators, which can take three minutes"),
    ("+COPS=0", "Choose the operator automatically"),
    ("+COPS=2", "Leave the network"),
    ("+COPS=3,0", "Name operators by their long names"),
    ("+COPS=3,2", "Name operators by their numbers"),
    ("+CFUN?", "Ask whether the radio is on"),
    ("+CFUN=0", "Switch the radio and the SIM off"),
    ("+CFUN=1", "Switch the radio on"),
    ("+CFUN=4", "Switch the radio off"),
    ("+CFUN=1,1", "Restart the modem"),
    ("+CLCC=1", "Tell of every change of a call"),
    ("+CHLD=0", "Reject the waiting call, or end the held one"),
    ("+CHLD=1", "End the active call and take the other one"),
    ("+CHLD=2", "Swap the active and the held call"),
    ("+CHLD=3", "Join the held call to the conversation"),
    ("+CHLD=4", "Connect the two others and leave"),
    ("+CLIP=1", "Show who calls"),
    ("+CLIR=0", "Show or hide our number as the contract says"),
    ("+CLIR=1", "Hide our number"),
    ("+CLIR=2", "Show our number"),
    ("+COLP=0", "Do not wait with OK until the call is answered"),
    ("+COLP=1", "Tell who answers a call"),
    ("+CRC=1", "Tell what kind of call comes in"),
    ("+CPBS?", "Ask which phone book is chosen"),
    ("+CGDCONT?", "Ask for the packet connections that are defined"),
    ("+CGATT?", "Ask whether it is attached to the packet network"),
    ("+CGACT?", "Ask which packet connections are on"),
    ("+CUSD?", "Ask whether the answers of service codes are shown"),
    ("+CUSD=0", "Do not show the answers of service codes"),
    ("+CLIP=0", "Do not show who calls"),
    ("+CRC=0", "Tell of an incoming call by RING alone"),
    ("+CLCC=0", "Do not tell of changes of a call"),
    ("+CVHU=1", "Let ATH do nothing to voice calls"),
    ("+CVHU=2", "Let ATH hang up voice calls, unless the DTR wire does"),
    ("^CURC=0", "Switch the modem's own reports off"),
    ("+CLIP?", "Ask whether callers' numbers are shown"),
    ("+CLIR?", "Ask whether our number is hidden"),
    ("+COLP?", "Ask whether the number of who answers is shown"),
    ("+CCWA?", "Ask whether it is told of a second caller"),
    ("+CSCA?", "Ask for the number of the text centre"),
    ("+CCLK?", "Ask what time it is"),
    ("+CMUT=0", "Switch the microphone on"),
    ("+CMUT=1", "Switch the microphone off"),
    ("+CGATT=0", "Leave the packet network"),
    ("+CGATT=1", "Join the packet network"),
    ("&D1", "Leave data mode when the DTR wire falls"),
    ("&D2", "Hang up when the DTR wire falls"),
    ("&C0", "Hold the DCD wire up all the time"),
    ("X0", "Tell results without busy and without dial tone"),
    ("X1", "Tell results with the speed, without busy and dial tone"),
    ("X2", "Tell when there is no dial tone"),
    ("Q1", "Give no results"),
    ("+CVHU=0", "Let ATH hang up voice calls too"),
    ("+CMGF=0", "Exchange messages as PDUs"),
    ("+CMGF=1", "Exchange messages as text"),
    ("+CPMS?", "Ask how full the message storages are"),
    ("+CMGL=4", "List all stored messages"),
    ("+CMGL=0", "List the unread messages"),
    ("+CMMS=1", "Keep the link open for the next text"),
    ("+CMMS=2", "Keep the link open for more texts"),
    ("+CUSD=1", "Show the answers of service codes"),
    ("+CUSD=2", "End the service dialogue"),
    ("^CURC=1", "Switch the modem's own reports on"),
    ("^DDSETEX=2", "Carry the call's sound over the second port"),
    ("+CPCMREG=1", "Carry the call's sound over the audio port"),
    ("+CPCMREG=0", "Stop carrying the call's sound"),
    ("+QPCMV=1,2", "Carry the call's sound as a USB sound card"),
    ("+DDET=1", "Tell which tones the other side sends"),
];

/// Commands by name, whatever their values.
const NAMES: [(&str, &str); 119] = [
    ("+CGMI", "Ask for the maker"),
    ("+GMI", "Ask for the maker"),
    ("+CGMM", "Ask for the model"),
    ("+GMM", "Ask for the model"),
    ("+CGMR", "Ask for the firmware's version"),
    ("+GMR", "Ask for the firmware's version"),
    ("+CGSN", "Ask for the modem's serial number (IMEI)"),
    ("+GSN", "Ask for the modem's serial number (IMEI)"),
    ("+CIMI", "Ask for the SIM's subscriber number (IMSI)"),
    ("+CCID", "Ask for the number of the SIM card"),
    ("+CICCID", "Ask for the number of the SIM card"),
    ("^ICCID", "Ask for the number of the SIM card"),
    ("+QCCID", "Ask for the number of the SIM card"),
    ("+CNUM", "Ask for the SIM's own phone numbers"),
    ("+GCAP", "Ask what the modem can do"),
    ("+CLAC", "List all commands"),
    ("S0", "Answer by itself after so many rings"),
    ("S", "A register of the modem"),
    ("E", "Echo"),
    ("F", "Kind of the connection"),
    ("I", "Ask who the modem is"),
    ("L", "Loudness of the speaker"),
    ("M", "When the speaker is on"),
    ("O", "Go back to data mode"),
    ("P", "Dial by pulses"),
    ("Q", "Whether results are given"),
    ("T", "Dial by tones"),
    ("V", "Form of the results"),
    ("X", "What is told of how a call gets on"),
    ("Z", "Go back to the stored settings"),
    ("&C", "What the DCD wire shows"),
    ("&D", "What the DTR wire does"),
    ("&F", "Go back to the factory settings"),
    ("&K", "Flow control"),
    ("&S", "What the DSR wire shows"),
    ("&V", "Show the settings"),
    ("&W", "Store the settings"),
    ("+CGATT", "Attach to the packet network"),
    ("+CGACT", "Switch a packet connection on or off"),
    ("+CGDCONT", "Define a packet connection"),
    ("+CGPADDR", "Ask for the address of a packet connection"),
    ("+IFC", "Flow control"),
    ("+ICF", "Bits of a character on the serial line"),
    ("^SYSINFO", "Ask for service, registration and kind of network"),
    ("^SYSINFOEX", "Ask for service, registration and kind of network"),
    ("^HCSQ", "Ask for the signal strength in detail"),
    ("+CMEE", "Reasons for errors"),
    ("+CPIN", "Give the SIM its code"),
    ("+CPWD", "Change a password"),
    ("+CLCK", "Locks of the SIM and the network"),
    ("+CPINR", "Ask how many tries the PIN has left"),
    ("+CRSM", "Read or change a file of the SIM"),
    ("+SPIC", "Ask how many tries the PIN has left"),
    ("+QPINC", "Ask how many tries the PIN has left"),
    ("^CPIN", "Ask how many tries the PIN has left"),
    ("+UPINCNT", "Ask how many tries the PIN has left"),
    ("+CREG", "Registration for calls"),
    ("+CGREG", "Registration for data"),
    ("+CEREG", "Registration with LTE"),
    ("+C5GREG", "Registration with 5G"),
    ("+COPS", "Choose the operator"),
    ("+CSQ", "Ask for the signal strength"),
    ("+CESQ", "Ask for the signal strength in detail"),
    ("+CBC", "Ask for the battery"),
    ("+CFUN", "How much of the modem is on"),
    ("+CPAS", "Ask whether a call is going on"),
    ("+CLCC", "List the calls"),
    ("^SLCC", "List the calls and tell of every change"),
    ("+CHUP", "Hang up"),
    ("+CHLD", "Handle several calls"),
    ("+CLIP", "Caller's number"),
    ("+CLIR", "Hiding our number"),
    ("+COLP", "Number of who answers"),
    ("+CNAP", "Caller's name"),
    ("+CRC", "Kind of an incoming call"),
    ("+CCWA", "Call waiting"),
    ("+CCFC", "Call forwarding"),
    ("+CSSN", "Notices about calls"),
    ("+CVHU", "How a voice call is ended"),
    ("+CEER", "Ask why the last call ended"),
    ("+VTS", "Send a tone"),
    ("+VTD", "Length of tones"),
    ("+CLVL", "Loudness"),
    ("+CMUT", "Microphone mute"),
    ("+CSCS", "Character set of names"),
    ("+CMGF", "Form of messages"),
    ("+CSMS", "Message service"),
    ("+CPMS", "Choose the message storages"),
    ("+CNMI", "How new messages are told"),
    ("+CNMA", "Confirm a received message"),
    ("+CSCA", "Number of the text centre"),
    ("+CSMP", "Settings of sent texts"),
    ("+CSDH", "Longer headers of texts"),
    ("+CMMS", "Keep the link open between texts"),
    ("+CMGL", "List stored messages"),
    ("+CMGR", "Read a message"),
    ("+CMGS", "Send a text"),
    ("+CMGW", "Store a text"),
    ("+CMSS", "Send a stored text"),
    ("+CMGD", "Delete a message"),
    ("+CUSD", "Service codes"),
    ("+CPBS", "Choose the phone book"),
    ("+CPBR", "Read the phone book"),
    ("+CPBF", "Search the phone book"),
    ("+CPBW", "Write to the phone book"),
    ("+CCLK", "The modem's clock"),
    ("+CIND", "Ask for the indicators"),
    ("+CMER", "Tell when indicators change"),
    ("+IPR", "Speed of the serial line"),
    ("+CRESET", "Restart the modem"),
    ("+QINDCFG", "Reports about calls and signal"),
    ("+QURCCFG", "Port on which the modem reports"),
    ("+QCFG", "Settings of the modem"),
    ("+UCALLSTAT", "Tell of every change of a call"),
    ("+XCALLSTAT", "Tell of every change of a call"),
    ("^DSCI", "Tell of every change of a call"),
    ("#ECAM", "Tell of every change of a call"),
    ("*ECAM", "Tell of every change of a call"),
    ("^CVOICE", "Ask whether the modem can carry a call's sound"),
];
