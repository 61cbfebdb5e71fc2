//! Turns events into lines for `deskphone listen`: one line for each change, none twice.

use crate::cli::call_lines::{call_line, same_state};
use crate::cli::error::CliError;
use crate::cli::output::{Line, Output};
use crate::cli::phone_lines::{
    link_line, notice_line, registration_line, sim_line, ussd_line, waiting_line,
};
use crate::cli::session::Session;
use crate::cli::text_lines::text_line;
use crate::clock::Instant;
use crate::phone::{
    AccessTechnology, Call, CallId, CallState, Delivery, Event, LinkState, MessageId, NetworkState,
    Registration, RemoteParty, SimState, TextMessage, WaitingMark,
};
use std::collections::BTreeMap;
use std::time::Duration;

/// `RING` comes before the number. A call is announced with its number, or after this time.
const NUMBER_WITHIN: Duration = Duration::from_millis(800);
/// Registration, operator and technology come one after the other; they are one line after this
/// time.
const REGISTRATION_WITHIN: Duration = Duration::from_millis(400);
/// Texts whose state is remembered, so that a change is told from a repetition.
const REMEMBERED_TEXTS: usize = 1000;

/// What was printed last.
pub struct Announcer {
    output: Output,
    calls: BTreeMap<CallId, Call>,
    held: Vec<(Call, Instant)>,
    /// How they stood, and of how many segments it was reported that they arrived.
    texts: BTreeMap<MessageId, (Delivery, u8)>,
    waiting: Vec<WaitingMark>,
    printed_network: NetworkState,
    network: NetworkState,
    network_due: Option<Instant>,
    link: LinkState,
}

impl Announcer {
    /// Nothing was printed yet.
    pub fn new(output: Output) -> Announcer {
        Announcer {
            output,
            calls: BTreeMap::new(),
            held: Vec::new(),
            texts: BTreeMap::new(),
            waiting: Vec::new(),
            printed_network: NetworkState::default(),
            network: NetworkState::default(),
            network_due: None,
            link: LinkState::Disconnected,
        }
    }

    /// When [`Announcer::announce_held`] is to be called.
    pub fn due(&self) -> Option<Instant> {
        self.held.iter().map(|(_, due)| *due).chain(self.network_due).min()
    }

    /// Prints what has waited for more to be known, as it is known now.
    pub fn announce_held(&mut self, session: &Session) -> Result<(), CliError> {
        let (due, held) = self.held.drain(..).partition::<Vec<_>, _>(|(_, due)| session.past(*due));
        self.held = held;
        due.iter().try_for_each(|(call, _)| self.print_call(call, session))?;
        if !self.network_due.is_some_and(|due| session.past(due)) {
            return Ok(());
        }
        self.network_due = None;
        let before = std::mem::replace(&mut self.printed_network, self.network.clone());
        if place(&before) == place(&self.network) {
            return Ok(());
        }
        self.output.line(registration_line(&self.network, session.time()))
    }

    /// Prints what is new in this event.
    pub fn announce(&mut self, event: &Event, session: &Session) -> Result<(), CliError> {
        let time = session.time();
        match event {
            Event::Call(call) => self.call(call, session),
            Event::Message(message) => self.text(message, session),
            Event::Network(network) => self.network(network, session),
            Event::Link(link) => self.link(link, session),
            Event::Waiting(marks) => self.waiting(marks, session),
            Event::Ussd(status) => self.print(ussd_line(status, time)),
            // Problems go to standard error.
            Event::Notice(notice) if !notice.problem => self.output.line(notice_line(notice, time)),
            _ => Ok(()),
        }
    }

    fn print(&mut self, line: Option<Line>) -> Result<(), CliError> {
        line.map_or(Ok(()), |line| self.output.line(line))
    }

    fn call(&mut self, call: &Call, session: &Session) -> Result<(), CliError> {
        let held = self.held.iter().position(|(held, _)| held.id == call.id);
        let anonymous = matches!(call.state, CallState::Incoming | CallState::Waiting)
            && call.remote == RemoteParty::NotAvailable;
        match held {
            Some(_) if anonymous => return Ok(()),
            Some(at) => {
                let (before, _) = self.held.remove(at);
                if !same_state(&before, call) {
                    // It was answered or gave up before its number came: the ringing is told too.
                    let before = Call { remote: call.remote.clone(), ..before };
                    self.print_call(&before, session)?;
                }
            }
            None if anonymous && !self.calls.contains_key(&call.id) => {
                self.held.push((call.clone(), session.deadline(NUMBER_WITHIN)));
                return Ok(());
            }
            None => {}
        }
        self.print_call(call, session)
    }

    fn print_call(&mut self, call: &Call, session: &Session) -> Result<(), CliError> {
        let news = self.calls.get(&call.id).is_none_or(|before| {
            // A caller's number that comes late is news as well.
            !same_state(before, call)
                || (before.remote.number().is_none() && call.remote.number().is_some())
        });
        if call.state.live() {
            self.calls.insert(call.id, call.clone());
        } else {
            self.calls.remove(&call.id);
        }
        if !news {
            return Ok(());
        }
        let name = session.name_of(call.remote.number());
        self.output.line(call_line(call, name.as_deref(), session.time()))
    }

    fn text(&mut self, message: &TextMessage, session: &Session) -> Result<(), CliError> {
        let state = (message.delivery.clone(), message.delivered_segments);
        let before = self.texts.insert(message.id, state);
        if self.texts.len() > REMEMBERED_TEXTS {
            self.texts.pop_first();
        }
        if before.as_ref() == self.texts.get(&message.id) {
            return Ok(());
        }
        let name = session.name_of(Some(&message.number));
        self.output.line(text_line(message, name.as_deref(), session.time()))
    }

    /// Each mark that is new, counts another number, or is gone.
    fn waiting(&mut self, marks: &[WaitingMark], session: &Session) -> Result<(), CliError> {
        let before = std::mem::replace(&mut self.waiting, marks.to_vec());
        let gone = before.iter().filter(|old| marks.iter().all(|mark| mark.kind != old.kind));
        let gone = gone.map(|old| WaitingMark { count: Some(0), ..old.clone() });
        let news = marks.iter().filter(|mark| !before.contains(mark)).cloned();
        gone.chain(news).try_for_each(|mark| {
            let name = session.name_of(Some(&mark.from));
            self.output.line(waiting_line(&mark, name.as_deref(), session.time()))
        })
    }

    fn network(&mut self, network: &NetworkState, session: &Session) -> Result<(), CliError> {
        let before = std::mem::replace(&mut self.network, network.clone());
        if network.sim != before.sim && network.sim != SimState::Unknown {
            self.output.line(sim_line(network, session.time()))?;
        }
        if place(network) != place(&self.printed_network) && self.network_due.is_none() {
            self.network_due = Some(session.deadline(REGISTRATION_WITHIN));
        }
        Ok(())
    }

    fn link(&mut self, link: &LinkState, session: &Session) -> Result<(), CliError> {
        let before = std::mem::replace(&mut self.link, link.clone());
        if before == *link {
            return Ok(());
        }
        self.print(link_line(link, session.time()))
    }
}

/// What a registration line speaks of.
fn place(network: &NetworkState) -> (Registration, &str, Option<AccessTechnology>) {
    (network.registration, &network.operator, network.access_technology)
}

#[cfg(test)]
mod tests;
