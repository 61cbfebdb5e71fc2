//! How a service stands, in words.

use super::{
    Barring, ForwardingReason, OwnNumber, Service, ServiceClass, ServiceLine, ServiceState,
};
use crate::number::{PhoneNumber, format_for_display};
use std::fmt;

impl Service {
    /// What it is called: `Forwarding when busy`, `Call waiting`.
    pub fn name(self) -> &'static str {
        match self {
            Service::Forwarding(reason) => match reason {
                ForwardingReason::Unconditional => "Forwarding of all calls",
                ForwardingReason::Busy => "Forwarding when busy",
                ForwardingReason::NoReply => "Forwarding without an answer",
                ForwardingReason::NotReachable => "Forwarding when out of reach",
                ForwardingReason::All => "All forwarding",
                ForwardingReason::AllConditional => "All conditional forwarding",
            },
            Service::Waiting => "Call waiting",
            Service::Barring(what) => match what {
                Barring::Outgoing => "Barring of outgoing calls",
                Barring::OutgoingInternational => "Barring of calls to other countries",
                Barring::OutgoingInternationalExceptHome => {
                    "Barring of calls to other countries except home"
                }
                Barring::Incoming => "Barring of incoming calls",
                Barring::IncomingRoaming => "Barring of incoming calls abroad",
                Barring::All => "All barring",
                Barring::AllOutgoing => "All barring of outgoing calls",
                Barring::AllIncoming => "All barring of incoming calls",
            },
            Service::CallerNumber => "Showing callers' numbers",
            Service::HideOwnNumber => "Hiding your number",
            Service::ConnectedNumber => "Showing the number that answers",
        }
    }
}

/// The kinds of calls by their bits.
const KINDS: [(u16, &str); 8] = [
    (1, "voice"),
    (2, "data"),
    (4, "fax"),
    (8, "texts"),
    (16, "synchronous data"),
    (32, "asynchronous data"),
    (64, "packets"),
    (128, "PAD"),
];

/// `voice`, `voice, data and fax`, `everything`.
impl fmt::Display for ServiceClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 & 255 == 255 {
            return f.write_str("everything");
        }
        let kinds: Vec<&str> =
            KINDS.iter().filter(|kind| self.0 & kind.0 != 0).map(|kind| kind.1).collect();
        match kinds.as_slice() {
            [] => f.write_str("other calls"),
            [one] => f.write_str(one),
            [first @ .., last] => write!(f, "{} and {last}", first.join(", ")),
        }
    }
}

impl OwnNumber {
    /// `shown`, `hidden`…
    pub fn words(self) -> &'static str {
        match self {
            OwnNumber::NotProvided => "not possible, your number is shown",
            OwnNumber::AlwaysHidden => "always on",
            OwnNumber::Unknown => "the network did not say",
            OwnNumber::HiddenByDefault | OwnNumber::HiddenByContract => {
                "on, unless a call asks otherwise"
            }
            OwnNumber::ShownByDefault | OwnNumber::ShownByContract => {
                "off, unless a call asks otherwise"
            }
        }
    }

    /// Calls that ask for nothing hide the number.
    pub fn hidden(self) -> bool {
        use OwnNumber::{AlwaysHidden, HiddenByContract, HiddenByDefault};
        matches!(self, AlwaysHidden | HiddenByDefault | HiddenByContract)
    }
}

impl ServiceState {
    /// One sentence: `Forwarding when busy: on for voice to +49 30 1234567`, `Call waiting: off`.
    pub fn words(&self) -> String {
        let name = self.service.name();
        if let Some(own) = self.own_number {
            return format!("{name}: {}", own.words());
        }
        let active: Vec<&ServiceLine> = self.lines.iter().filter(|line| line.active).collect();
        if !active.is_empty() {
            // Kinds of calls that go the same way share their words.
            let mut ways: Vec<(ServiceLine, ServiceClass)> = Vec::new();
            for line in active {
                let same = |way: &&mut (ServiceLine, ServiceClass)| {
                    way.0.number == line.number && way.0.seconds == line.seconds
                };
                match ways.iter_mut().find(same) {
                    Some(way) => way.1.0 |= line.class.0,
                    None => ways.push((line.clone(), line.class)),
                }
            }
            let words: Vec<String> =
                ways.iter().map(|(line, class)| line_words(line, *class)).collect();
            return format!("{name}: {}", words.join("; "));
        }
        let kept = self.lines.iter().find_map(|line| line.number.as_ref());
        match kept {
            Some(number) => format!("{name}: off, the number {} is kept", shown(number)),
            None => format!("{name}: off"),
        }
    }
}

fn line_words(line: &ServiceLine, class: ServiceClass) -> String {
    let mut words = format!("on for {class}");
    if let Some(number) = &line.number {
        words.push_str(&format!(" to {}", shown(number)));
    }
    if let Some(seconds) = line.seconds {
        words.push_str(&format!(" after {seconds} seconds"));
    }
    words
}

/// Without a country only numbers with `+` can be grouped; the others stay as they are.
fn shown(number: &PhoneNumber) -> String {
    format_for_display(number.as_str(), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(class: u16, active: bool, number: &str) -> ServiceLine {
        let number = (!number.is_empty()).then(|| PhoneNumber::new(number));
        ServiceLine { class: ServiceClass(class), active, number, seconds: None }
    }

    fn words(service: Service, lines: &[ServiceLine]) -> String {
        ServiceState { service, lines: lines.to_vec(), own_number: None }.words()
    }

    #[test]
    fn states_are_said_in_one_sentence() {
        let busy = Service::Forwarding(ForwardingReason::Busy);
        let to = "+49301234567";
        assert_eq!(words(Service::Waiting, &[]), "Call waiting: off");
        assert_eq!(words(Service::Waiting, &[line(1, true, "")]), "Call waiting: on for voice");
        let told = words(busy, &[line(1, true, to), line(2, false, "")]);
        assert_eq!(told, "Forwarding when busy: on for voice to +49 30 1234567");
        let told = words(busy, &[line(1, true, to), line(4, true, to), line(2, true, "777")]);
        let expected = "Forwarding when busy: on for voice and fax to +49 30 1234567; \
                        on for data to 777";
        assert_eq!(told, expected);
        let told = words(busy, &[line(255, false, to)]);
        assert_eq!(told, "Forwarding when busy: off, the number +49 30 1234567 is kept");
        let seconds = ServiceLine { seconds: Some(20), ..line(7, true, to) };
        let told = words(Service::Forwarding(ForwardingReason::NoReply), &[seconds]);
        let expected = "Forwarding without an answer: on for voice, data and fax to \
                        +49 30 1234567 after 20 seconds";
        assert_eq!(told, expected);
    }

    #[test]
    fn all_of_a_kind_are_asked_for_one_by_one() {
        assert_eq!(Service::Forwarding(ForwardingReason::All).parts().len(), 4);
        assert_eq!(Service::Barring(Barring::All).parts().len(), 5);
        assert_eq!(Service::Waiting.parts(), [Service::Waiting]);
    }
}
