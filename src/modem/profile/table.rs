//! A profile as a table for people.

use super::{DialOk, FORMS, ListManner, Profile, WORDS, by_name};

/// The profile of this name as rows of a heading and a sentence or a line: set-up, reports,
/// dialing, hanging up, tones, quirks. Rows with the same heading belong together. The generic
/// profile is shown for a name that there is not.
pub fn profile_table(name: &str) -> Vec<(String, String)> {
    let profile = by_name(name);
    let mut rows = vec![
        row("Profile", profile.name),
        row("Devices", profile.devices),
        row("Known by", &known_by(profile)),
    ];
    for question in profile.set_up {
        rows.push(row("Set-up", &question.lines.join(", else ")));
    }
    if profile.set_up.is_empty() {
        rows.push(row("Set-up", "nothing beside the general commands"));
    }
    for name in profile.reports {
        rows.extend(reports(name));
    }
    rows.push(row("Reports", "RING, +CRING, +CLIP, +CCWA, +CSSI, +CSSU, NO CARRIER, BUSY"));
    rows.push(row("OK to ATD", dial_ok(profile)));
    rows.push(row("CONNECT to ATD", connect(profile)));
    rows.push(row("List of calls", list(profile)));
    rows.push(row("Asked while dialing", polled(profile)));
    rows.push(row("Hang up", &profile.hang_up.join(", else ")));
    rows.push(row("Tones", &tones(profile)));
    for quirk in profile.quirks {
        rows.push(row("Quirk", &format!("{}: {}", quirk.device, quirk.what)));
    }
    rows
}

fn row(heading: &str, text: &str) -> (String, String) {
    (heading.to_owned(), text.to_owned())
}

/// What the lines with this name say.
fn reports(name: &'static str) -> Vec<(String, String)> {
    let forms = FORMS.iter().filter(|form| form.name == name).map(|form| {
        let index = if form.own_index { " (its index is not the list's)" } else { "" };
        row("Reports", &format!("{}: {}{index}", form.syntax, form.about))
    });
    let words = WORDS.iter().filter(|word| word.line == name);
    forms
        .chain(words.map(|word| row("Reports", &format!("{}: {}", word.line, word.about))))
        .collect()
}

fn known_by(profile: &Profile) -> String {
    match profile.identified_by {
        [] => "used where no other fits".to_owned(),
        words => words.join(", "),
    }
}

fn dial_ok(profile: &Profile) -> &'static str {
    match profile.dial_ok {
        DialOk::Accepted => "the call is on its way",
        DialOk::Answered => "the other side has answered",
        DialOk::Over => "the call has failed",
    }
}

fn connect(profile: &Profile) -> &'static str {
    match profile.connect_is_voice {
        true => "the other side has answered",
        false => "a data call: hung up at once, unless the modem still takes commands",
    }
}

fn list(profile: &Profile) -> &'static str {
    match profile.list {
        ListManner::Works => "believed, unless it stays empty during a call",
        ListManner::WithDataRows => {
            "believed, unless it stays empty during a call; data rows (mode 1) are no calls"
        }
        ListManner::Late => "believed once the call is answered",
    }
}

fn polled(profile: &Profile) -> &'static str {
    match profile.poll_while_dialing {
        true => "yes, once ATD has its result",
        false => "no: it would end the call",
    }
}

fn tones(profile: &Profile) -> String {
    let usual = if profile.quoted_tones {
        "AT+VTS=\"5\", else AT+VTS=5"
    } else {
        "AT+VTS=5, else AT+VTS=\"5\""
    };
    match profile.own_tones {
        Some(name) => format!("AT{name}=<index>,5, else {usual}"),
        None => usual.to_owned(),
    }
}
