//! The lines of a script about calls, services and service codes.

use super::{Read, number, unescaped};
use crate::simulator::network::{CallAction, Diversion, NetworkAction, UssdAction};
use crate::simulator::persona::UssdForm;

pub(super) fn call_action(words: &[&str]) -> Read {
    Some(match words {
        ["call", "from", "withheld"] | ["call"] => Ok(NetworkAction::IncomingCall { from: None }),
        ["call", "from", from] => {
            Ok(NetworkAction::IncomingCall { from: Some((*from).to_owned()) })
        }
        ["call", "from", from, "forwarded"] => {
            let from = (*from != "withheld").then(|| (*from).to_owned());
            Ok(NetworkAction::Calls(CallAction::ForwardedCall { from }))
        }
        ["hang", "up"] => Ok(NetworkAction::RemoteReleases(None)),
        ["hang", "up", index] => {
            number(index, 7).map(|index| NetworkAction::RemoteReleases(Some(index)))
        }
        ["answer"] => Ok(NetworkAction::RemoteAnswers),
        ["drop", rest @ ..] => drop_action(rest),
        ["dial", "fails", cause, "for", times] => number(cause, 127).and_then(|cause| {
            let times = number(times, 255)?;
            Ok(NetworkAction::Calls(CallAction::Fail { cause, times }))
        }),
        ["hold", rest @ ..] => remote_hold(rest, true),
        ["retrieve", rest @ ..] => remote_hold(rest, false),
        ["conference"] => Ok(NetworkAction::Calls(CallAction::RemoteConference)),
        _ => return None,
    })
}

/// `drop 34` or `drop 2 34`: index and cause.
fn drop_action(words: &[&str]) -> Result<NetworkAction, String> {
    let (index, cause) = match words {
        [cause] => (None, cause),
        [index, cause] => (Some(number(index, 7)?), cause),
        _ => return Err("drop needs a cause: drop 34, or drop 2 34 for call index 2".to_owned()),
    };
    let cause = number(cause, 127)?;
    Ok(NetworkAction::Calls(CallAction::Drop { index, cause }))
}

fn remote_hold(words: &[&str], holds: bool) -> Result<NetworkAction, String> {
    let index = match words {
        [] => None,
        [index] => Some(number(index, 7)?),
        _ => return Err("there are hold, hold 2, retrieve and retrieve 2".to_owned()),
    };
    Ok(NetworkAction::Calls(CallAction::RemoteHolds { index, holds }))
}

pub(super) fn service_action(words: &[&str]) -> Read {
    let switch = |word: &str| match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("“{word}” is neither on nor off")),
    };
    let action = match words {
        ["forwarding", reason, to] => forwarding(reason, to),
        ["barring", facility, state] => switch(state).and_then(|on| match *facility {
            "AO" | "OI" | "OX" | "AI" | "IR" => {
                Ok(CallAction::Bar { facility: (*facility).to_owned(), on })
            }
            _ => Err(format!("“{facility}” is none of AO, OI, OX, AI and IR")),
        }),
        ["voice", state] => switch(state).map(CallAction::Voice),
        ["ims", state] => switch(state).map(CallAction::Ims),
        ["fallback", state] => switch(state).map(CallAction::Fallback),
        ["clir", mode] => number(mode, 4).map(CallAction::OwnNumber),
        _ => return None,
    };
    Some(action.map(NetworkAction::Calls))
}

fn forwarding(reason: &str, to: &str) -> Result<CallAction, String> {
    let reason = match reason {
        "always" => Diversion::Unconditional,
        "busy" => Diversion::Busy,
        "unanswered" => Diversion::NoReply,
        "unreachable" => Diversion::NotReachable,
        _ => {
            return Err(format!("“{reason}” is none of always, busy, unanswered, unreachable"));
        }
    };
    let to = (to != "off").then(|| to.to_owned());
    Ok(CallAction::Forward { reason, to })
}

/// Service codes; the words of an answer may hold `#`.
pub(super) fn ussd_action(what: &str) -> Read {
    let rest = what.strip_prefix("ussd ")?.trim();
    let (word, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let words = |text: &str| {
        let text = unescaped(text.trim());
        if text.is_empty() {
            Err("a service code's answer needs words".to_owned())
        } else {
            Ok(text)
        }
    };
    let before_comment = text.split_once(" #").map_or(text, |(before, _)| before).trim();
    let action = match (word, text) {
        ("notify", text) => words(text).map(|text| UssdAction::Push { asks: false, text }),
        ("ask", text) => words(text).map(|text| UssdAction::Push { asks: true, text }),
        ("answer" | "menu", text) => {
            let (code, text) = text.trim().split_once(char::is_whitespace).unwrap_or((text, ""));
            let (code, asks) = (code.to_owned(), word == "menu");
            words(text).map(|text| UssdAction::Answer { code, asks, text })
        }
        ("end", _) => Ok(UssdAction::Bare(2)),
        ("elsewhere", _) => Ok(UssdAction::Bare(3)),
        ("unsupported", _) => Ok(UssdAction::Bare(4)),
        ("timeout", _) => Ok(UssdAction::Bare(5)),
        ("form", _) => ussd_form(before_comment),
        _ => Err("there are ussd notify, ask, answer, menu, end, elsewhere, unsupported, timeout \
                  and form"
            .to_owned()),
    };
    Some(action.map(NetworkAction::Ussd))
}

fn ussd_form(text: &str) -> Result<UssdAction, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (form, dcs) = match words.as_slice() {
        [form] => (form, None),
        [form, "dcs", dcs] => (form, Some(number(dcs, 255)?)),
        _ => return Err("it is written: ussd form packed, or ussd form packed dcs 17".to_owned()),
    };
    let form = match *form {
        "plain" => UssdForm::Plain,
        "ucs2" => UssdForm::Ucs2,
        "packed" => UssdForm::Packed,
        "octets" => UssdForm::Octets,
        "utf8" => UssdForm::Utf8,
        _ => return Err(format!("“{form}” is none of plain, ucs2, packed, octets and utf8")),
    };
    Ok(UssdAction::Form(form, dcs))
}

#[cfg(test)]
mod tests {
    use super::super::step;
    use super::*;

    #[test]
    fn calls_services_and_codes_can_be_told() {
        let action = |line: &str| step(&format!("0 {line}")).unwrap().1;
        let calls = |line: &str| match action(line) {
            NetworkAction::Calls(action) => action,
            other => panic!("{line}: {other:?}"),
        };
        assert_eq!(calls("drop 34 # congestion"), CallAction::Drop { index: None, cause: 34 });
        assert_eq!(calls("drop 2 41"), CallAction::Drop { index: Some(2), cause: 41 });
        assert_eq!(calls("hold"), CallAction::RemoteHolds { index: None, holds: true });
        assert_eq!(calls("retrieve 3"), CallAction::RemoteHolds { index: Some(3), holds: false });
        assert_eq!(calls("dial fails 47 for 2"), CallAction::Fail { cause: 47, times: 2 });
        let to = Some("+15550107".to_owned());
        let busy = CallAction::Forward { reason: Diversion::Busy, to };
        assert_eq!(calls("forwarding busy +15550107"), busy);
        let always = CallAction::Forward { reason: Diversion::Unconditional, to: None };
        assert_eq!(calls("forwarding always off"), always);
        assert_eq!(calls("voice off"), CallAction::Voice(false));
        assert_eq!(calls("ims off"), CallAction::Ims(false));
        let text = "Menu\n1 #yes".to_owned();
        let menu = UssdAction::Answer { code: "*123#".into(), asks: true, text };
        assert_eq!(action("ussd menu *123# Menu\\n1 #yes"), NetworkAction::Ussd(menu));
        assert_eq!(action("ussd timeout # late"), NetworkAction::Ussd(UssdAction::Bare(5)));
        let form = UssdAction::Form(UssdForm::Packed, Some(17));
        assert_eq!(action("ussd form packed dcs 17 # odd"), NetworkAction::Ussd(form));
        for bad in ["drop", "drop 128", "barring XX on", "ims maybe", "ussd ask", "ussd form loud"]
        {
            assert!(step(&format!("0 {bad}")).is_err(), "{bad}");
        }
    }
}
