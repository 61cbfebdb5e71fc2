//! Desktop notifications for calls and texts that come while another window is in front.
//!
//! The desktop's notification service can be slow or missing, so a thread of its own talks to it.

use super::model::Model;
use super::{safe_text, text};
use crate::phone::{
    CallId, CallRecordId, CallState, Delivery, Direction, Event, MessageId, Outcome, RemoteParty,
    UssdStatus,
};
use std::collections::BTreeSet;
use std::sync::mpsc::channel;

/// Longest body, in characters.
const BODY_LIMIT: usize = 200;
/// Things remembered as told; older ones change no more.
const TOLD_LIMIT: usize = 256;

/// What a notification says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notification {
    /// Who, or what happened.
    pub title: String,
    /// The text, or who.
    pub body: String,
}

/// Where notifications go.
pub type Notify = Box<dyn Fn(Notification)>;

/// Decides what is worth a notification; each thing is told once.
#[derive(Default)]
pub struct Alerts {
    texts: BTreeSet<MessageId>,
    calls: BTreeSet<CallId>,
    missed: BTreeSet<CallRecordId>,
    /// The answer to a code, or the network's own message, that was told last.
    answer: Option<String>,
}

impl Alerts {
    /// The notification that this event deserves.
    pub fn of(&mut self, event: &Event, model: &Model) -> Option<Notification> {
        match event {
            Event::Message(message) => {
                let whole = matches!(&message.delivery, Delivery::Received(c) if c.done >= c.total);
                let new = message.direction == Direction::MobileTerminated && !message.read;
                if !whole || !new || !remember(&mut self.texts, message.id) {
                    return None;
                }
                let threads = model.phone.threads_with(&message.number);
                if threads.iter().any(|thread| thread.flags.muted || thread.flags.blocked) {
                    return None;
                }
                let body = safe_text::line(&message.text, BODY_LIMIT);
                Some(Notification { title: model.name(&message.number), body })
            }
            Event::Call(call) => {
                let rings = matches!(call.state, CallState::Incoming | CallState::Waiting);
                // The number comes a moment after the first ring.
                let told = call.remote != RemoteParty::NotAvailable;
                if !rings || !told || !remember(&mut self.calls, call.id) {
                    return None;
                }
                let title = text::call::state(&call.state).to_owned();
                Some(Notification { title, body: who(&call.remote, model) })
            }
            Event::CallRecord(record) => {
                let missed = record.outcome == Outcome::Missed && !record.seen;
                if !missed || !remember(&mut self.missed, record.id) {
                    return None;
                }
                let title = text::call::ended_title(false, true).to_owned();
                Some(Notification { title, body: who(&record.remote, model) })
            }
            Event::Ussd(UssdStatus::Waiting) => {
                self.answer = None;
                None
            }
            Event::Ussd(UssdStatus::Answer { text, .. }) => {
                if self.answer.as_ref() == Some(text) {
                    return None;
                }
                self.answer = Some(text.clone());
                let body = safe_text::line(text, BODY_LIMIT);
                Some(Notification { title: model.codes.title().to_owned(), body })
            }
            _ => None,
        }
    }
}

fn who(remote: &RemoteParty, model: &Model) -> String {
    match remote {
        RemoteParty::Known(number) => model.name(number),
        RemoteParty::Withheld => text::WITHHELD.to_owned(),
        RemoteParty::NotAvailable => text::UNKNOWN_CALLER.to_owned(),
    }
}

/// True if it is new.
fn remember<T: Ord>(told: &mut BTreeSet<T>, id: T) -> bool {
    let new = told.insert(id);
    if told.len() > TOLD_LIMIT {
        told.pop_first();
    }
    new
}

/// Notifications by the desktop's own service. Without one nothing is shown.
pub fn desktop() -> Notify {
    let (sender, receiver) = channel::<Notification>();
    // Should the thread not start, sending below finds nobody, which does no harm.
    let _ = std::thread::Builder::new().name("notifications".to_owned()).spawn(move || {
        for notification in receiver {
            // Some services take the body for markup; a stranger's text must not be.
            let body = notification.body.replace('&', "&amp;").replace('<', "&lt;");
            let body = if cfg!(target_os = "linux") { body } else { notification.body };
            let _ = notify_rust::Notification::new()
                .appname(text::APP)
                .summary(&notification.title)
                .body(&body)
                .icon("deskphone")
                .show();
        }
    });
    Box::new(move |notification| {
        let _ = sender.send(notification);
    })
}
