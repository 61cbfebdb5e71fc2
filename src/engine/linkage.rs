//! The connection to the modem: chosen, opened, lost, found again, left.

use crate::clock::Instant;
use crate::engine::input::{Action, Attempt, Moment};
use crate::engine::{Deferred, Engine};
use crate::link::{LinkError, LinkErrorKind, LinkReport, OpenRequest};
use crate::modem::{Modem, ModemCommand, Options as ModemOptions};
use crate::phone::{
    Call, CallId, Carrier, CommandError, Diagnosis, Event, LinkAddress, LinkCommand, LinkState,
    NetworkState, PortDescription, RequestId, Settings, UsbIdentity,
};
use std::time::Duration;

/// Time for the calls to be hung up before the link is closed all the same.
const FAREWELL: Duration = Duration::from_millis(1500);
/// The pause before the first attempt to connect again; it doubles up to `LONGEST_PAUSE`.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The driver, and what must outlive a change of driver.
pub(super) struct ModemSeat {
    pub(super) modem: Modem,
    options: ModemOptions,
    /// The options in force are older than `options`.
    outdated: bool,
    keep_in_modem: bool,
    /// Calls of this driver are numbered from here.
    first_call: u32,
    highest_call: u32,
}

impl ModemSeat {
    pub(super) fn new(settings: &Settings, keep_in_modem: bool) -> Self {
        let options = modem_options(settings, keep_in_modem);
        ModemSeat {
            modem: Modem::new(options.clone()),
            options,
            outdated: false,
            keep_in_modem,
            first_call: 0,
            highest_call: 0,
        }
    }

    /// The settings changed; the driver learns of it at the next connection.
    pub(super) fn options_changed(&mut self, settings: &Settings) {
        let options = modem_options(settings, self.keep_in_modem);
        self.outdated |= options != self.options;
        self.options = options;
    }

    /// Before a connection: a driver with the options of today.
    fn renew(&mut self) {
        if std::mem::take(&mut self.outdated) {
            self.modem = Modem::new(self.options.clone());
            self.first_call = self.highest_call;
        }
    }

    /// The call under a number that no earlier driver has used.
    pub(super) fn renumbered(&mut self, call: Call) -> Call {
        let id = CallId(self.first_call.wrapping_add(call.id.0));
        self.highest_call = self.highest_call.max(id.0);
        Call { id, ..call }
    }

    /// The driver's own number of a call.
    pub(super) fn drivers_id(&self, id: CallId) -> CallId {
        CallId(id.0.wrapping_sub(self.first_call))
    }
}

fn modem_options(settings: &Settings, keep_in_modem: bool) -> ModemOptions {
    ModemOptions {
        profile: settings.profile.clone(),
        delete_received: settings.delete_from_modem && !keep_in_modem,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Phase {
    #[default]
    Closed,
    Opening,
    Open,
    /// Closed until this moment, then tried again.
    Waiting(Instant),
}

/// The modem to come back to.
#[derive(Clone, Debug)]
struct Wanted {
    address: LinkAddress,
    usb: Option<UsbIdentity>,
    /// It was connected before, so that not finding it is no reason to give up.
    persistent: bool,
    /// Attempts since it was last ready.
    attempts: u32,
}

/// What happens once the modem is left.
#[derive(Clone, Debug)]
enum Next {
    Disconnect(RequestId),
    Connect(RequestId, LinkAddress),
    Shutdown,
}

/// The connection.
#[derive(Debug, Default)]
pub(super) struct Linkage {
    /// As last told.
    pub(super) state: LinkState,
    phase: Phase,
    attempt: Attempt,
    wanted: Option<Wanted>,
    /// Who waits for the modem to be ready.
    request: Option<RequestId>,
    leaving: Option<(Instant, Next)>,
}

impl Linkage {
    /// Bytes of this attempt may be read.
    pub(super) fn is_open(&self, attempt: Attempt) -> bool {
        self.phase == Phase::Open && attempt == self.attempt
    }

    /// When something is due.
    pub(super) fn due(&self) -> Option<Instant> {
        let retry = match self.phase {
            Phase::Waiting(until) => Some(until),
            _ => None,
        };
        let farewell = self.leaving.as_ref().map(|(until, _)| *until);
        [retry, farewell].into_iter().flatten().min()
    }

    /// The modem in use and its USB identity.
    pub(super) fn in_use(&self) -> Option<(LinkAddress, Option<UsbIdentity>)> {
        let wanted = self.wanted.as_ref().filter(|_| self.phase == Phase::Open)?;
        Some((wanted.address.clone(), wanted.usb.clone()))
    }

    /// Why no command can be given to a modem, if so.
    pub(super) fn why_no_link(&self) -> Option<Diagnosis> {
        if self.leaving.is_some() {
            return Some(Diagnosis::new("The modem is being left", ""));
        }
        match &self.state {
            _ if self.phase == Phase::Open => None,
            LinkState::Disconnected => {
                Some(Diagnosis::new("No modem is connected", "Choose a modem first"))
            }
            LinkState::Failed { reason, advice, retrying: false, .. } => {
                Some(Diagnosis::new(reason, advice))
            }
            LinkState::Failed { reason, .. } => Some(Diagnosis::new(
                reason,
                "It is connected again by itself as soon as the modem is back",
            )),
            _ => Some(Diagnosis::new("The modem is not connected yet", "Try again in a moment")),
        }
    }

    /// How long to wait before the next attempt.
    fn pause(&self) -> Duration {
        let attempts = self.wanted.as_ref().map_or(1, |wanted| wanted.attempts);
        let doublings = attempts.saturating_sub(1).min(8);
        (FIRST_PAUSE * 2u32.pow(doublings)).min(LONGEST_PAUSE)
    }

    /// What gets the texts that are written now; `None` if no modem is chosen.
    pub(super) fn carrier(&self) -> Option<Carrier> {
        self.wanted.as_ref().map(|wanted| wanted.address.carrier())
    }

    fn address(&self) -> LinkAddress {
        self.wanted.as_ref().map_or(LinkAddress::Demo, |wanted| wanted.address.clone())
    }
}

impl Engine {
    /// At the start: to the modem that was asked for, else to the one used last.
    pub(super) fn begin_linkage(&mut self, moment: Moment) {
        self.out.events.push(Event::Link(self.linkage.state.clone()));
        if let Some(address) = self.options.connect.clone() {
            self.want(address, None, false);
            return self.open(moment);
        }
        if !self.may_reconnect() {
            return;
        }
        if let Some(address) = self.settings.last_address.clone() {
            self.want(address, self.settings.last_usb.clone(), true);
            self.open(moment);
        }
    }

    pub(super) fn link_command(&mut self, request: RequestId, command: LinkCommand, m: Moment) {
        match command {
            LinkCommand::Connect(address) => self.leave(Next::Connect(request, address), m),
            LinkCommand::Disconnect => self.leave(Next::Disconnect(request), m),
            LinkCommand::Probe(address) => self.probe(request, address),
        }
    }

    pub(super) fn shut_down(&mut self, moment: Moment) {
        self.finish_storing(moment);
        self.finish_cancelling();
        self.leave(Next::Shutdown, moment);
    }

    pub(super) fn link_report(&mut self, attempt: Attempt, report: LinkReport, moment: Moment) {
        if attempt != self.linkage.attempt {
            return;
        }
        match (report, self.linkage.phase) {
            (LinkReport::Opened { address, usb }, Phase::Opening) => {
                self.opened(address, usb, moment);
            }
            (LinkReport::Lost(error), Phase::Opening | Phase::Open) => self.lost(error, moment),
            _ => {} // Too late to mean anything.
        }
    }

    /// What is due by the clock.
    pub(super) fn linkage_due(&mut self, moment: Moment) {
        if let Phase::Waiting(until) = self.linkage.phase
            && until <= moment.now
        {
            self.open(moment);
        }
        let Some((deadline, _)) = &self.linkage.leaving else { return };
        if *deadline <= moment.now || !self.has_live_calls() {
            self.finish_leaving(moment);
        }
    }

    /// Ports that were not there before: perhaps the modem is back.
    pub(super) fn ports_appeared(&mut self, new: &[PortDescription], moment: Moment) {
        let Some(wanted) = &self.linkage.wanted else { return };
        let back = new.iter().any(|port| match &wanted.usb {
            Some(_) => port.usb == wanted.usb,
            None => port.address == wanted.address,
        });
        let waiting = match self.linkage.phase {
            Phase::Waiting(_) => true,
            Phase::Closed => wanted.persistent && self.linkage.leaving.is_none(),
            _ => false,
        };
        if back && waiting && self.may_reconnect() {
            self.open(moment);
        }
    }

    pub(super) fn modem_initialising(&mut self) {
        self.publish_link(LinkState::Initialising(self.linkage.address()));
    }

    pub(super) fn modem_ready(&mut self) {
        if let Some(wanted) = &mut self.linkage.wanted {
            wanted.persistent = true;
            wanted.attempts = 0;
        }
        self.recording.set_up_over();
        self.publish_link(LinkState::Ready(self.linkage.address()));
        if let Some(request) = self.linkage.request.take() {
            self.done(request);
        }
        self.outbox.modem_ready(self.tasks.last.now);
        self.pins.modem_ready(self.tasks.last.now);
        let tasks = [Deferred::RememberModem, Deferred::SeedDemoContacts, Deferred::SendTexts];
        self.tasks.deferred.extend(tasks);
    }

    pub(super) fn modem_silent(&mut self, diagnosis: Diagnosis) {
        self.publish_link(LinkState::Silent {
            address: self.linkage.address(),
            reason: diagnosis.cause.clone(),
            advice: diagnosis.advice.clone(),
        });
        if let Some(request) = self.linkage.request.take() {
            self.failed(request, CommandError::TimedOut, diagnosis);
        }
    }

    fn want(&mut self, address: LinkAddress, usb: Option<UsbIdentity>, persistent: bool) {
        self.linkage.wanted = Some(Wanted { address, usb, persistent, attempts: 0 });
    }

    fn may_reconnect(&self) -> bool {
        self.options.reconnect && self.settings.reconnect
    }

    fn open(&mut self, moment: Moment) {
        let Some(wanted) = &mut self.linkage.wanted else { return };
        wanted.attempts = wanted.attempts.saturating_add(1);
        let address = wanted.address.clone();
        self.linkage.attempt.0 += 1;
        self.linkage.phase = Phase::Opening;
        let request = OpenRequest {
            address: address.clone(),
            baud_rate: self.options.baud_rate.unwrap_or(self.settings.baud_rate),
            usb: wanted.usb.clone(),
        };
        // While a lost modem is looked for, the picture stays "lost, retrying".
        if !matches!(self.linkage.state, LinkState::Failed { retrying: true, .. }) {
            self.remark(&format!("Opening {address}"), moment);
            self.publish_link(LinkState::Opening(address));
        }
        self.out.actions.push(Action::Open(self.linkage.attempt, request));
    }

    fn opened(&mut self, address: LinkAddress, usb: Option<UsbIdentity>, moment: Moment) {
        self.remark(&format!("Opened {address}"), moment);
        self.recording.link_opened();
        self.pins.link_opened();
        if let Some(wanted) = &mut self.linkage.wanted {
            wanted.address = address;
            wanted.usb = usb;
        }
        self.linkage.phase = Phase::Open;
        self.seat.renew();
        self.seat.modem.handle_link_up(moment.now);
        self.modem_initialising();
    }

    fn lost(&mut self, error: LinkError, moment: Moment) {
        let searching = matches!(self.linkage.state, LinkState::Failed { retrying: true, .. });
        let was_open = self.linkage.phase == Phase::Open;
        self.close(moment);
        if !searching {
            self.remark(&error.reason, moment);
        }
        if let Some(request) = self.linkage.request.take() {
            let diagnosis = Diagnosis::new(&error.reason, &error.advice);
            self.failed(request, CommandError::NoLink, diagnosis);
        }
        if self.linkage.leaving.is_some() {
            return self.finish_leaving(moment);
        }
        let persistent = self.linkage.wanted.as_ref().is_some_and(|wanted| wanted.persistent);
        let retrying = persistent && self.may_reconnect();
        // The modem used last is not plugged in: that is no failure, and it is awaited.
        let absent = error.kind == LinkErrorKind::NotFound && !was_open && !searching;
        if retrying && absent {
            return self.publish_link(LinkState::Disconnected);
        }
        if retrying {
            self.linkage.phase = Phase::Waiting(moment.now + self.linkage.pause());
        }
        let (address, reason, advice) = (self.linkage.address(), error.reason, error.advice);
        self.publish_link(LinkState::Failed { address, reason, advice, retrying });
    }

    /// Lets go of the link, telling the driver if it was open.
    fn close(&mut self, moment: Moment) {
        let phase = std::mem::replace(&mut self.linkage.phase, Phase::Closed);
        if phase == Phase::Open {
            self.received.link_down();
            self.outbox.link_down = true;
            self.seat.modem.handle_link_down(moment.now);
            self.drain(moment);
            self.outbox.link_down = false;
            self.network = NetworkState::default();
            self.tasks.traffic.cut(moment.wall);
            self.recording.flush(moment.now);
            self.recording.set_up_over();
            self.cancel_redial();
            self.fail_pending();
        }
        if matches!(phase, Phase::Open | Phase::Opening) {
            self.out.actions.push(Action::Close);
        }
    }

    /// The driver has answered every request when its link went down; this is for the day it
    /// forgets one.
    fn fail_pending(&mut self) {
        for request in std::mem::take(&mut self.tasks.pending) {
            let diagnosis = Diagnosis::new("The connection to the modem was lost", "");
            self.failed(request, CommandError::NoLink, diagnosis);
        }
    }

    fn has_live_calls(&self) -> bool {
        self.calls_to_end().next().is_some()
    }

    /// The calls that end when the modem is left. A command of a moment leaves those of others
    /// alone; the window has them all in sight.
    fn calls_to_end(&self) -> impl Iterator<Item = CallId> {
        let all = self.options.remember_modem;
        let live = self.seat.modem.calls().iter().filter(|call| call.state.live());
        live.map(|call| call.id).filter(move |id| all || self.seat.modem.is_ours(*id))
    }

    /// Hangs up, then leaves the modem.
    fn leave(&mut self, next: Next, moment: Moment) {
        if let Some((deadline, former)) = self.linkage.leaving.take() {
            return self.change_mind(deadline, former, next);
        }
        if let Some(request) = self.linkage.request.take() {
            self.failed(request, CommandError::Cancelled, Diagnosis::new("Called off", ""));
        }
        self.linkage.leaving = Some((moment.now + FAREWELL, next));
        let ids: Vec<CallId> = self.calls_to_end().collect();
        if ids.is_empty() || self.linkage.phase != Phase::Open {
            return self.finish_leaving(moment);
        }
        for id in ids {
            let request = self.internal_request();
            self.seat.modem.handle_command(request, ModemCommand::Release(id), moment.now);
        }
    }

    /// A second wish while the modem is being left.
    fn change_mind(&mut self, deadline: Instant, former: Next, next: Next) {
        let (kept, dropped) = match former {
            Next::Shutdown => (Next::Shutdown, next),
            former => (next, former),
        };
        if let Next::Disconnect(request) | Next::Connect(request, _) = dropped {
            self.failed(request, CommandError::Cancelled, Diagnosis::new("Called off", ""));
        }
        self.linkage.leaving = Some((deadline, kept));
    }

    fn finish_leaving(&mut self, moment: Moment) {
        let Some((_, next)) = self.linkage.leaving.take() else { return };
        self.close(moment);
        self.linkage.phase = Phase::Closed;
        match next {
            Next::Disconnect(request) => {
                self.linkage.wanted = None;
                self.publish_link(LinkState::Disconnected);
                self.done(request);
            }
            Next::Connect(request, address) => {
                self.want(address, None, false);
                self.linkage.request = Some(request);
                self.linkage.state = LinkState::Disconnected;
                self.open(moment);
            }
            Next::Shutdown => {
                // The last calls' rows and the like.
                self.do_deferred(moment);
                self.linkage.wanted = None;
                self.publish_link(LinkState::Disconnected);
                self.out.ended = true;
            }
        }
    }

    fn publish_link(&mut self, state: LinkState) {
        if self.linkage.state != state {
            self.linkage.state = state.clone();
            self.out.events.push(Event::Link(state));
        }
    }
}
