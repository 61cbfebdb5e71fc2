//! How services are written as command lines, each in the ways that modems want, and how their
//! answers are read.

use super::super::exchange::Expect;
use crate::at::CommandLine;
use crate::at::response::{ccfc, ccwa, clck, clir};
use crate::number::PhoneNumber;
use crate::phone::{
    ForwardingReason, OwnNumber, Service, ServiceAction, ServiceClass, ServiceLine, ServiceRequest,
    ServiceState,
};

/// Lines of an answer beyond this many are left out: there are eight classes.
const MAX_LINES: usize = 16;

/// The ways to make the change, the usual one first. Where no class is named, the specification
/// takes voice, data and fax together, which networks without data calls refuse: then voice alone.
pub(super) fn change_lines(wish: &ServiceRequest) -> Vec<CommandLine> {
    let classes = match wish.class {
        Some(class) => vec![Some(class)],
        None => vec![None, Some(ServiceClass::VOICE)],
    };
    let lines = classes.into_iter().filter_map(|class| match wish.service {
        Service::Forwarding(reason) => forward(reason, &wish.action, class),
        Service::Waiting => {
            let builder = CommandLine::set("+CCWA").number(1).number(mode(&wish.action)?);
            match class {
                Some(class) => builder.number(class.0).build().ok(),
                None => builder.build().ok(),
            }
        }
        Service::Barring(what) => {
            let builder = CommandLine::set("+CLCK").string(what.facility());
            let builder = builder.number(mode(&wish.action)?);
            let builder = match (&wish.password, class) {
                (Some(password), _) => builder.secret_string(&password.0),
                (None, Some(_)) => builder.omitted(),
                (None, None) => builder,
            };
            match class {
                Some(class) => builder.number(class.0).build().ok(),
                None => builder.build().ok(),
            }
        }
        Service::HideOwnNumber if class.is_none() => Some(match wish.action {
            ServiceAction::Activate => CommandLine::basic("AT+CLIR=1"),
            ServiceAction::Erase => CommandLine::basic("AT+CLIR=0"),
            _ => CommandLine::basic("AT+CLIR=2"),
        }),
        _ => None,
    });
    lines.collect()
}

fn mode(action: &ServiceAction) -> Option<i64> {
    match action {
        ServiceAction::Activate => Some(1),
        ServiceAction::Deactivate => Some(0),
        _ => None,
    }
}

/// `+CCFC=<reason>,<mode>[,<number>,<type>[,<class>[,<subaddr>,<satype>[,<time>]]]]`.
fn forward(
    reason: ForwardingReason,
    action: &ServiceAction,
    class: Option<ServiceClass>,
) -> Option<CommandLine> {
    let builder = CommandLine::set("+CCFC").number(reason_number(reason));
    let (mode, target) = match action {
        ServiceAction::Query => (2, None),
        ServiceAction::Activate => (1, None),
        ServiceAction::Deactivate => (0, None),
        ServiceAction::Erase => (4, None),
        ServiceAction::Register { number, seconds } => (3, Some((number, *seconds))),
    };
    let timed = !matches!(
        reason,
        ForwardingReason::Unconditional | ForwardingReason::Busy | ForwardingReason::NotReachable
    );
    let seconds = target.and_then(|target| target.1).filter(|_| timed);
    let mut builder = builder.number(mode);
    builder = match target {
        Some((number, _)) => builder.string(number.as_str()).number(type_of(number)),
        None if class.is_some() => builder.omitted().omitted(),
        None => builder,
    };
    builder = match (class, seconds) {
        (Some(class), _) => builder.number(class.0),
        (None, Some(_)) => builder.omitted(),
        (None, None) => builder,
    };
    if let Some(seconds) = seconds {
        builder = builder.omitted().omitted().number(seconds);
    }
    builder.build().ok()
}

/// 145 for an international number, 129 for any other (24.008 §10.5.4.7).
pub(super) fn type_of(number: &PhoneNumber) -> i64 {
    if number.as_str().starts_with('+') { 145 } else { 129 }
}

fn reason_number(reason: ForwardingReason) -> i64 {
    match reason {
        ForwardingReason::Unconditional => 0,
        ForwardingReason::Busy => 1,
        ForwardingReason::NoReply => 2,
        ForwardingReason::NotReachable => 3,
        ForwardingReason::All => 4,
        ForwardingReason::AllConditional => 5,
    }
}

/// The ways to ask: for the class that was named, else for all, else for voice.
pub(super) fn query_lines(service: Service, class: Option<ServiceClass>) -> Vec<CommandLine> {
    let classes = match class {
        Some(class) => [Some(class), None],
        None => [None, Some(ServiceClass::VOICE)],
    };
    let lines = |build: &dyn Fn(Option<ServiceClass>) -> Option<CommandLine>| {
        classes.into_iter().filter_map(build).collect()
    };
    match service {
        Service::Forwarding(reason) => {
            lines(&|class| forward(reason, &ServiceAction::Query, class))
        }
        Service::Waiting => lines(&|class| {
            let builder = CommandLine::set("+CCWA").number(1).number(2);
            match class {
                Some(class) => builder.number(class.0).build().ok(),
                None => builder.build().ok(),
            }
        }),
        Service::Barring(what) => lines(&|class| {
            let builder = CommandLine::set("+CLCK").string(what.facility()).number(2);
            match class {
                Some(class) => builder.omitted().number(class.0).build().ok(),
                None => builder.build().ok(),
            }
        }),
        Service::CallerNumber => vec![CommandLine::read("+CLIP")],
        Service::HideOwnNumber => vec![CommandLine::read("+CLIR")],
        Service::ConnectedNumber => vec![CommandLine::read("+COLP")],
    }
}

/// Which lines are the answer.
pub(super) fn prefix_of(service: Service) -> Expect {
    Expect::Prefix(match service {
        Service::Forwarding(_) => "+CCFC",
        Service::Waiting => "+CCWA",
        Service::Barring(_) => "+CLCK",
        Service::CallerNumber => "+CLIP",
        Service::HideOwnNumber => "+CLIR",
        Service::ConnectedNumber => "+COLP",
    })
}

/// What the answer says; `None`: nothing.
pub(super) fn state_of(service: Service, lines: &[String]) -> Option<ServiceState> {
    let plain = |(active, class): (bool, u16)| ServiceLine {
        class: ServiceClass(class),
        active,
        number: None,
        seconds: None,
    };
    let lines = lines.iter().map(String::as_str).take(MAX_LINES);
    let mut own_number = None;
    let found: Vec<ServiceLine> = match service {
        Service::Forwarding(_) => lines
            .filter_map(ccfc::parse)
            .map(|told| ServiceLine {
                number: told.number.as_deref().map(PhoneNumber::new),
                seconds: told.seconds,
                ..plain((told.active, told.class))
            })
            .collect(),
        Service::Waiting => lines.filter_map(ccwa::parse_query).map(plain).collect(),
        Service::Barring(_) => lines.filter_map(clck::parse).map(plain).collect(),
        Service::CallerNumber | Service::ConnectedNumber => {
            let name = if service == Service::CallerNumber { "+CLIP" } else { "+COLP" };
            let told = lines.filter_map(|line| clir::parse(line, name)).next()?;
            let known = (told.network <= 1).then_some((told.network == 1, 1));
            known.map(plain).into_iter().collect()
        }
        Service::HideOwnNumber => {
            let told = lines.filter_map(|line| clir::parse(line, "+CLIR")).next()?;
            let own = own_number_of(told);
            own_number = Some(own);
            vec![plain((own.hidden(), 1))]
        }
    };
    (!found.is_empty()).then_some(ServiceState { service, lines: found, own_number })
}

/// What the network has for calls that ask for nothing, unless the modem asks for it in each.
fn own_number_of(told: clir::Provision) -> OwnNumber {
    match (told.network, told.setting) {
        (0, _) => OwnNumber::NotProvided,
        (1, _) => OwnNumber::AlwaysHidden,
        (_, 1) => OwnNumber::HiddenByDefault,
        (_, 2) => OwnNumber::ShownByDefault,
        (3, _) => OwnNumber::HiddenByContract,
        (4, _) => OwnNumber::ShownByContract,
        _ => OwnNumber::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::{Barring, Secret};

    fn wish(service: Service, action: ServiceAction) -> ServiceRequest {
        ServiceRequest { action, ..ServiceRequest::query(service) }
    }

    fn written(lines: &[CommandLine]) -> Vec<&str> {
        lines.iter().map(CommandLine::as_str).collect()
    }

    #[test]
    fn changes_as_27_007_writes_them() {
        let number = PhoneNumber::new("+49301234567");
        let register = |seconds| ServiceAction::Register { number: number.clone(), seconds };
        let no_reply = Service::Forwarding(ForwardingReason::NoReply);
        let busy = Service::Forwarding(ForwardingReason::Busy);
        for (wish, lines) in [
            (wish(busy, ServiceAction::Activate), vec!["AT+CCFC=1,1", "AT+CCFC=1,1,,,1"]),
            (
                wish(no_reply, register(Some(20))),
                vec![
                    "AT+CCFC=2,3,\"+49301234567\",145,,,,20",
                    "AT+CCFC=2,3,\"+49301234567\",145,1,,,20",
                ],
            ),
            (
                ServiceRequest { class: Some(ServiceClass(4)), ..wish(busy, register(Some(5))) },
                vec!["AT+CCFC=1,3,\"+49301234567\",145,4"],
            ),
            (
                wish(Service::Waiting, ServiceAction::Deactivate),
                vec!["AT+CCWA=1,0", "AT+CCWA=1,0,1"],
            ),
            (wish(Service::HideOwnNumber, ServiceAction::Activate), vec!["AT+CLIR=1"]),
            (wish(Service::HideOwnNumber, ServiceAction::Deactivate), vec!["AT+CLIR=2"]),
            (wish(Service::HideOwnNumber, ServiceAction::Erase), vec!["AT+CLIR=0"]),
        ] {
            assert_eq!(written(&change_lines(&wish)), lines);
        }
    }

    #[test]
    fn a_password_makes_its_line_secret() {
        let barring = Service::Barring(Barring::Outgoing);
        let password = Some(Secret("0000".to_owned()));
        let wish = ServiceRequest { password, ..wish(barring, ServiceAction::Activate) };
        let lines = change_lines(&wish);
        assert_eq!(written(&lines), ["AT+CLCK=\"AO\",1,\"0000\"", "AT+CLCK=\"AO\",1,\"0000\",1"]);
        assert!(lines.iter().all(CommandLine::is_secret));
    }

    #[test]
    fn questions() {
        let lines = query_lines(Service::Forwarding(ForwardingReason::Busy), None);
        assert_eq!(written(&lines), ["AT+CCFC=1,2", "AT+CCFC=1,2,,,1"]);
        let lines = query_lines(Service::Waiting, Some(ServiceClass(1)));
        assert_eq!(written(&lines), ["AT+CCWA=1,2,1", "AT+CCWA=1,2"]);
        let lines = query_lines(Service::Barring(Barring::Incoming), None);
        assert_eq!(written(&lines), ["AT+CLCK=\"AI\",2", "AT+CLCK=\"AI\",2,,1"]);
        assert_eq!(written(&query_lines(Service::HideOwnNumber, None)), ["AT+CLIR?"]);
    }

    #[test]
    fn answers() {
        let lines = |text: &[&str]| text.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let own = |line| state_of(Service::HideOwnNumber, &lines(&[line])).unwrap().own_number;
        // 27.007 §7.7.
        assert_eq!(own("+CLIR: 0,0"), Some(OwnNumber::NotProvided));
        assert_eq!(own("+CLIR: 0,3"), Some(OwnNumber::HiddenByContract));
        assert_eq!(own("+CLIR: 0,4"), Some(OwnNumber::ShownByContract));
        assert_eq!(own("+CLIR: 2,4"), Some(OwnNumber::ShownByDefault));
        assert_eq!(own("+CLIR: 1,4"), Some(OwnNumber::HiddenByDefault));
        assert_eq!(own("+CLIR: 0,2"), Some(OwnNumber::Unknown));
        let waiting = state_of(Service::Waiting, &lines(&["+CCWA: 1,1", "+CCWA: 0,4"])).unwrap();
        assert!(waiting.on_for_voice());
        assert_eq!(waiting.lines.len(), 2);
        assert_eq!(state_of(Service::CallerNumber, &lines(&["+CLIP: 1,2"])), None);
        let told = state_of(Service::CallerNumber, &lines(&["+CLIP: 1,0"])).unwrap();
        assert!(!told.on_for_voice());
    }
}
