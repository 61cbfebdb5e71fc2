//! Answers whose values say how something stands: one sentence each, and for the others the values
//! in words behind what they are about.

use crate::at::Arguments;
use crate::at::charset::try_ucs2_hex;
use crate::at::lens::{about, classes, values_in_words};
use crate::at::response::{after, ccfc, ccwa, cesq, clck, cpbr, name_of};

/// Operators named of those that were found.
const MAX_OPERATORS: usize = 6;
/// Values longer than this are no sentence.
const MAX_CHARS: usize = 70;

/// A list of what could be, which is the answer to `=?`; asked of a line before anything else is.
pub(super) fn offer(line: &str) -> Option<String> {
    let name = name_of(line)?;
    let values = after(line, name)?;
    if !values.starts_with('(') {
        return None;
    }
    match name.to_ascii_uppercase().as_str() {
        "+COPS" => operators(values),
        "+CIND" => Some("The indicators there are, and their values".to_owned()),
        name => {
            let what = about(name)?;
            Some(format!("The values there are: {}", super::sent::lower_first(what)))
        }
    }
}

/// The answer to `+CLIP?` and its like, which looks like the report of the same name.
pub(super) fn setting(line: &str) -> Option<String> {
    let name = name_of(line)?.to_ascii_uppercase();
    let mut arguments = Arguments::new(after(line, &name)?);
    let mut digit = || {
        let raw = arguments.raw()?;
        raw.parse::<u8>().ok().filter(|value| raw.len() == 1 && *value <= 4)
    };
    let what = match name.as_str() {
        "+CLIP" => "Who calls",
        "+COLP" => "Who answers",
        "+CNAP" => "The name of who calls",
        "+CDIP" => "Which number was called",
        "+CCWA" => {
            let told = digit()?;
            let not = if told == 0 { "not " } else { "" };
            let alone = arguments.is_empty();
            return alone.then(|| format!("A second caller is {not}told of here"));
        }
        _ => return None,
    };
    let (here, network) = (digit()?, digit());
    let shown = if here == 0 { "not shown" } else { "shown" };
    let network = match network {
        Some(0) => "; it is not in the contract",
        Some(1) => "; the network tells it",
        Some(_) => "; whether the network tells it is not known",
        None => "",
    };
    Some(format!("{what} is {shown} here{network}"))
}

/// What an answer says.
pub(super) fn explain(line: &str) -> Option<String> {
    if let Some(told) = ccfc::parse(line) {
        let number = told.number.map_or(String::new(), |number| format!(", to {number}"));
        let after = told.seconds.map_or(String::new(), |seconds| format!(", after {seconds} s"));
        return Some(format!("{}{number}{after}", stands("Forwarding", told.active, told.class)));
    }
    if after(line, "+CCWA").is_some()
        && let Some((active, class)) = ccwa::parse_query(line)
    {
        return Some(stands("Call waiting", active, class));
    }
    if let Some((active, class)) = clck::parse(line) {
        let class = if line.contains(',') { class } else { 0 };
        return Some(stands("The lock asked about", active, class));
    }
    if let Some(cesq) = cesq::parse(line) {
        return Some(match cesq.level_dbm() {
            Some(level) => format!("Signal −{} dBm", level.unsigned_abs()),
            None => "Signal not known".to_owned(),
        });
    }
    if let Some(entry) = cpbr::parse(line) {
        let text = try_ucs2_hex(&entry.text);
        let name = if text.is_empty() { "no name" } else { &text };
        return Some(format!("Place {} of the phone book: {name}, {}", entry.index, entry.number));
    }
    if let Some(told) = super::sim_file::answer(line) {
        return Some(told);
    }
    named(line)
}

/// Those with values of their own.
fn named(line: &str) -> Option<String> {
    let name = name_of(line)?;
    let values = after(line, name)?;
    let mut arguments = Arguments::new(values);
    Some(match name.to_ascii_uppercase().as_str() {
        "+CEER" if values.is_empty() => "The modem does not say why the last call ended".to_owned(),
        "+CEER" => {
            let words = values.trim_matches('"').replace('_', " ");
            format!("Why the last call ended, in the modem's words: {words}")
        }
        "+CIEV" => {
            let (indicator, value) = (arguments.filled_string()?, arguments.filled_string()?);
            format!("Indicator {indicator} has become {value}")
        }
        "+CCLK" => format!("The modem's clock says {}", arguments.filled_string()?),
        "^HCSQ" => match arguments.filled_string()?.as_str() {
            "NOSERVICE" => "There is no service, so that there is no signal".to_owned(),
            network => format!("Signal of {network} in detail"),
        },
        "+CGEV" => data_words(values).to_owned(),
        "+CLIR" => own_number(arguments.number()?, arguments.number()?)?,
        "+CNMI" => {
            let setting = super::given::new_messages(&mut arguments)?;
            format!("The setting is to {}", super::sent::lower_first(&setting))
        }
        "+COLP" => format!("The call was answered by {}", arguments.filled_string()?),
        "+CDIP" => format!("The number that was called is {}", arguments.filled_string()?),
        "+CNAP" => match (arguments.filled_string(), arguments.number::<u8>()) {
            (Some(caller), _) => format!("The caller's name is {}", try_ucs2_hex(&caller)),
            (None, Some(1)) => "The caller hides the name".to_owned(),
            (None, _) => "The caller's name is not known".to_owned(),
        },
        "+CSSI" | "+CSSU" => {
            let code = line.split(',').next()?;
            arguments.skip(2);
            let number = arguments.filled_string();
            let number = number.map_or(String::new(), |number| format!(" ({number})"));
            format!("{}: {}{number}", about(name)?, values_in_words(code, false)?)
        }
        "+CPBS" => phone_book(&mut arguments, line)?,
        "+CMUT" => match values {
            "1" => "The microphone is off".to_owned(),
            _ => "The microphone is on".to_owned(),
        },
        "+CIREG" => {
            let last = values.split(',').nth(1).map_or(values, str::trim);
            let not = if last == "0" { "Not registered" } else { "Registered" };
            format!("{not} for calls over LTE (IMS)")
        }
        "+CSVM" => {
            arguments.skip(1);
            format!("The number of the mailbox is {}", arguments.filled_string()?)
        }
        "+CGDCONT" => {
            let (which, kind) = (arguments.filled_string()?, arguments.filled_string()?);
            let access = arguments.filled_string();
            let access = access.map_or(String::new(), |apn| format!(", access point {apn}"));
            format!("Packet connection {which}: {kind}{access}")
        }
        "+CGACT" => {
            let (which, on) = (arguments.filled_string()?, arguments.filled_string()?);
            format!("Packet connection {which} is {}", if on == "0" { "off" } else { "on" })
        }
        "+VTD" => format!("Tones are {values} tenths of a second long"),
        "+GCAP" => format!("The modem can: {}", abilities(values)),
        "+CBC" => format!("Battery: {values}"),
        _ => general(line, name)?,
    })
}

/// `+CLIR: <n>,<m>` (27.007 §7.7).
fn own_number(asked: u8, stands: u8) -> Option<String> {
    let stands = match stands {
        0 => "The network can't hide our number",
        1 => "Our number is always hidden",
        2 => "Whether our number is hidden is not known",
        3 => "Our number is hidden unless a call asks otherwise",
        4 => "Our number is shown unless a call asks otherwise",
        _ => return None,
    };
    let asked = match asked {
        1 => "; calls from this modem ask to hide it",
        2 => "; calls from this modem ask to show it",
        _ => "",
    };
    Some(format!("{stands}{asked}"))
}

/// `+CPBS: "SM",12,250` (27.007 §8.11).
fn phone_book(arguments: &mut Arguments<'_>, line: &str) -> Option<String> {
    arguments.skip(1);
    let which = values_in_words(line.split(',').next()?, false)?;
    Some(match (arguments.number::<u16>(), arguments.number::<u16>()) {
        (Some(used), Some(all)) => {
            format!("The phone book chosen is {which}: {used} of {all} places are used")
        }
        _ => format!("The phone book chosen is {which}"),
    })
}

/// What it is about, and its values in words.
fn general(line: &str, name: &str) -> Option<String> {
    let what = about(name)?;
    let told = values_in_words(line, false).filter(|told| told.chars().count() <= MAX_CHARS);
    Some(match told {
        Some(told) => format!("{what}: {told}"),
        None => what.to_owned(),
    })
}

fn stands(what: &str, active: bool, class: u16) -> String {
    let state = if active { "on" } else { "off" };
    match class {
        0 => format!("{what} is {state}"),
        class => format!("{what} is {state} for {}", classes(u32::from(class))),
    }
}

/// `+COPS: (2,"T-Mobile",…),(1,…),,(0-4)`: each of them is a group (27.007 §7.3).
fn operators(values: &str) -> Option<String> {
    let mut arguments = Arguments::new(values);
    let mut names: Vec<String> = Vec::new();
    let mut more = 0;
    // The modes and the forms that can be chosen stand behind them, and have no names.
    while let Some(raw) = arguments.raw().filter(|raw| raw.contains('"')) {
        let mut group = Arguments::new(raw.trim_start_matches('(').trim_end_matches(')'));
        let state: Option<u8> = group.number();
        let words = [group.filled_string(), group.filled_string(), group.filled_string()];
        let Some(name) = words.into_iter().flatten().next() else { continue };
        let name = try_ucs2_hex(&name);
        if names.len() >= MAX_OPERATORS {
            more += 1;
            continue;
        }
        let name = match state {
            Some(2) => format!("{name} (ours)"),
            Some(3) => format!("{name} (forbidden)"),
            _ => name,
        };
        // Each is told once for every kind of network.
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| format!("Operators found: {}{more}", names.join(", ")))
}

/// `+CGEV` (27.007 §10.1.19).
fn data_words(values: &str) -> &'static str {
    let has = |word: &str| values.split_whitespace().any(|part| part == word);
    match () {
        () if has("DETACH") => "The modem has left the packet network",
        () if has("REJECT") => "A data connection was refused",
        () if has("DEACT") => "A data connection has ended",
        () if has("ACT") || has("REACT") => "A data connection has begun",
        () => "A data connection changed",
    }
}

/// `+GCAP` (V.250 §6.1.9).
fn abilities(values: &str) -> String {
    let words = |ability: &str| match ability.trim() {
        "+CGSM" => "GSM".to_owned(),
        "+FCLASS" => "fax and data calls".to_owned(),
        "+DS" => "compression".to_owned(),
        "+ES" => "error correction".to_owned(),
        "+MS" => "modulation control".to_owned(),
        "+CIS707" | "+CIS707-A" | "+CIS856" | "+CIS856-A" => "CDMA".to_owned(),
        other => other.trim_matches('"').to_owned(),
    };
    values.split(',').map(words).collect::<Vec<_>>().join(", ")
}
