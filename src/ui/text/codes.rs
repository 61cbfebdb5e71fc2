//! The words of service codes and of the network's services.

use crate::phone::{Barring, ForwardingReason, Mmi, Service, ServiceAction, ServiceState};

/// Page, and the button that opens it.
pub const CODES: &str = "Codes";
/// Empty page.
pub const NONE_YET: &str = "No codes sent yet";
/// Empty page.
pub const NONE_YET_WHY: &str =
    "Codes such as *100# ask the network for a balance or a menu. Type one below or on the dialpad";
/// Field.
pub const CODE: &str = "Code";
/// Placeholder.
pub const CODE_HINT: &str = "*100#";
/// Button.
pub const SEND: &str = "Send";
/// Its name.
pub const SEND_NAME: &str = "Send this code";
/// Button.
pub const SHOW_IMEI: &str = "Show the IMEI";
/// What was typed is no code.
pub const NO_CODE: &str = "A code begins with * or # and ends with #";
/// Why nothing can be sent.
pub const TYPE_CODE: &str = "Type a code first";
/// Why nothing can be sent.
pub const TYPE_REPLY: &str = "Type a reply first";
/// Button: what was put aside goes back into the field.
pub const USE_IT: &str = "Use it here";
/// Button: it is forgotten.
pub const DROP_IT: &str = "Forget it";
/// Spoken name of a line that was sent.
pub const YOU: &str = "You";
/// Spoken name of a line of the network.
pub const NETWORK: &str = "Network";
/// Button of the card beside other pages.
pub const OPEN_DIALOGUE: &str = "Show the dialogue";
/// The same, when the network waits for a reply.
pub const OPEN_REPLY: &str = "Reply…";
/// Title of an answer that nobody asked for.
pub const UNASKED: &str = "Message from the network";
/// Title of the end of a code that the network did not answer.
pub const YOUR_CODE: &str = "Your code";
/// Closes that card.
pub const CLOSE_ANSWER: &str = "Close answer";

// The services.

/// Page, and the button that opens it.
pub const SERVICES: &str = "Call services";
/// Title of the page where there is little room.
pub const SHORT: &str = "Services";
/// Under the title.
pub const SERVICES_WHY: &str = "Switches of your network, kept there. Each answer takes a few \
                                seconds, so nothing is asked until you do";
/// Button of a group.
pub const ASK: &str = "Ask the network";
/// In place of it.
pub const ASKING: &str = "Asking the network…";
/// While a change is under way.
pub const CHANGING: &str = "Waiting for the network’s answer…";
/// A service nobody asked for yet.
pub const NOT_ASKED: &str = "Not asked yet";
/// Nothing can be asked.
pub const NO_MODEM: &str = "Connect a modem first";
/// Without service.
const NOTHING_ASKED: &str = "Without service nothing can be asked or changed here";
/// Group.
pub const FORWARDING: &str = "Forwarding";
/// Group.
pub const WAITING: &str = "Call waiting";
/// Under it.
pub const WAITING_WHY: &str = "A second caller is announced during a call";
/// Group.
pub const OWN_NUMBER: &str = "Your number";
/// Switch.
pub const HIDE: &str = "Hide it";
/// Switch.
pub const SHOW: &str = "Show it";
/// Switch.
pub const AS_CONTRACT: &str = "As the contract says";
/// Under it.
pub const OWN_NUMBER_WHY: &str =
    "For all calls from this modem. A single call can ask otherwise beside Call";
/// Group.
pub const NUMBERS: &str = "Numbers shown to you";
/// Under it.
pub const NUMBERS_WHY: &str = "Part of your contract: they can only be asked for";
/// Group.
pub const BARRING: &str = "Barring";
/// Under it.
pub const BARRING_WHY: &str = "Needs the network’s barring password, which your operator gave you. \
                               Three wrong ones block it. It is sent and never kept";
/// Button that opens the form of a row.
pub const CHANGE: &str = "Change…";
/// Field.
pub const FORWARD_TO: &str = "Forward to";
/// Field.
pub const FORWARD_HINT: &str = "Name or number";
/// Choice.
pub const AFTER_SECONDS: &str = "Seconds before it is forwarded";
/// Button.
pub const SWITCH_ON: &str = "Switch on";
/// Button.
pub const SWITCH_OFF: &str = "Switch off";
/// Button.
pub const FORGET: &str = "Forget number";
/// Field.
pub const PASSWORD: &str = "Barring password";
/// Wrong shape.
pub const PASSWORD_SHAPE: &str = "The barring password has four digits";
/// No number.
pub const NUMBER_MISSING: &str = "Type the number calls are forwarded to";
/// Button.
pub const ALL_BARRING_OFF: &str = "Switch all barring off…";

/// A row's short name under its group's heading.
pub fn short(service: Service) -> &'static str {
    match service {
        Service::Forwarding(reason) => match reason {
            ForwardingReason::Unconditional => "Always",
            ForwardingReason::Busy => "When busy",
            ForwardingReason::NoReply => "Without an answer",
            ForwardingReason::NotReachable => "When out of reach",
            ForwardingReason::All | ForwardingReason::AllConditional => "All",
        },
        Service::Waiting => "Announce a second call",
        Service::Barring(what) => match what {
            Barring::Outgoing => "All outgoing calls",
            Barring::OutgoingInternational => "Calls to other countries",
            Barring::OutgoingInternationalExceptHome => "Calls to other countries except home",
            Barring::Incoming => "All incoming calls",
            Barring::IncomingRoaming => "Incoming calls while abroad",
            Barring::All | Barring::AllOutgoing | Barring::AllIncoming => "All barring",
        },
        Service::CallerNumber => "Number of the caller",
        Service::HideOwnNumber => "Hiding your number",
        Service::ConnectedNumber => "Number that answers",
    }
}

/// What was typed before the network asked something else (`reply`), or before the dialogue ended.
pub fn not_sent(typed: &str, reply: bool) -> String {
    match reply {
        true => format!("Not sent: “{typed}”. It was typed before the network asked this"),
        false => format!("Not sent: “{typed}”. The dialogue is over"),
    }
}

/// Why the services are out of reach, below what is wrong: what to do.
pub fn nothing_asked(advice: &str) -> String {
    match advice {
        "" => String::new(),
        advice => format!("{NOTHING_ASKED}. {advice}"),
    }
}

/// What the network was asked, and how it stood before.
pub fn waiting(stands: Option<&str>, changing: bool) -> String {
    match (stands, changing) {
        (None, true) => CHANGING.to_owned(),
        (None, false) => ASKING.to_owned(),
        (Some(stands), true) => format!("{stands} · {CHANGING}"),
        // Its group says that it is asked for.
        (Some(stands), false) => stands.to_owned(),
    }
}

/// Every call goes elsewhere; to whom, if that was told.
pub fn all_forwarded(whom: Option<&str>) -> String {
    let to = whom.map_or(String::new(), |whom| format!(" to {whom}"));
    format!("Every call is forwarded{to}: none rings here")
}

/// Calls are barred at the network.
pub fn barred(what: Barring) -> &'static str {
    match what {
        Barring::Incoming | Barring::AllIncoming => {
            "All incoming calls are barred: none rings here"
        }
        _ => "All outgoing calls are barred: only emergency numbers can be called",
    }
}

/// How a service stands, without its name: "On for voice and fax".
pub fn state(state: &ServiceState) -> String {
    let words = state.words();
    let name = format!("{}: ", state.service.name());
    capital(words.strip_prefix(&name).unwrap_or(&words))
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// Name of the button that opens a row's form.
pub fn change_name(service: Service) -> String {
    format!("Change: {}", service.name())
}

/// What a code would change, in words; empty: it is not known.
pub fn meaning(mmi: &Mmi) -> String {
    let Mmi::Service(request) = mmi else {
        let words = match mmi {
            Mmi::ChangePin { .. } => "It changes the PIN of the SIM",
            Mmi::ChangePin2 { .. } => "It changes the PIN2 of the SIM",
            Mmi::UnblockPin { .. } => "It gives the SIM its PUK and a new PIN",
            Mmi::UnblockPin2 { .. } => "It gives the SIM its PUK2 and a new PIN2",
            Mmi::ChangePassword { .. } => "It changes the barring password",
            _ => "",
        };
        return words.to_owned();
    };
    let deed = match &request.action {
        ServiceAction::Query => return String::new(),
        ServiceAction::Activate => "switch on".to_owned(),
        ServiceAction::Deactivate => "switch off".to_owned(),
        ServiceAction::Register { number, .. } => {
            format!("switch on, to {}", crate::number::format_for_display(number.as_str(), ""))
        }
        ServiceAction::Erase if request.service == Service::HideOwnNumber => {
            "as the contract says".to_owned()
        }
        ServiceAction::Erase => "switch off and forget the number".to_owned(),
    };
    format!("{}: {deed}", request.service.name())
}
