//! Live calls: which of them are shown (see [`super::screening`]), what is kept of each, and their
//! rows in the history.

use crate::clock::{Instant, WallTime};
use crate::engine::input::Moment;
use crate::engine::screening::Screening;
use crate::engine::{Deferred, Engine};
use crate::phone::{
    Call, CallDetail, CallId, CallRecord, CallState, Direction, Event, Milestone, NetworkState,
    Outcome, ReleaseCause, RequestId, registration_told,
};
use std::collections::BTreeMap;
use std::time::Duration;

/// Steps kept of one call: somebody may swap two calls all day.
const MOST_MILESTONES: usize = 100;

/// One live call.
#[derive(Clone, Debug)]
pub(super) struct Live {
    /// As the driver told it last.
    pub(super) call: Call,
    pub(super) screening: Screening,
    /// The user has it forwarded.
    pub(super) forwarded: bool,
    /// It was dialed by a command, the so many-th time.
    pub(super) attempt: Option<super::redial::Attempt>,
    begun: WallTime,
    milestones: Vec<Milestone>,
    /// When it began.
    network: NetworkState,
}

impl Live {
    fn new(call: Call, screening: Screening, network: NetworkState, begun: WallTime) -> Self {
        let milestones = Vec::new();
        Live { call, screening, forwarded: false, attempt: None, begun, milestones, network }
    }

    /// Incoming or waiting.
    pub(super) fn rings(&self) -> bool {
        matches!(self.call.state, CallState::Incoming | CallState::Waiting)
    }

    fn note(&mut self, call: Call) {
        let state = call.state.word();
        let known = self.milestones.last().is_some_and(|last| last.state == state);
        if !known && (self.milestones.len() < MOST_MILESTONES || !call.state.live()) {
            let since = call.state_since.since(call.started_at);
            let at_ms = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
            self.milestones.push(Milestone { at_ms, state: state.to_owned() });
        }
        self.call = call;
    }

    fn detail(self) -> CallDetail {
        let evidence = self.call.diagnosis.as_ref().map(|why| why.evidence.clone());
        let evidence = evidence.unwrap_or_default();
        CallDetail {
            milestones: self.milestones,
            cause: cause_number(&self.call.state, &evidence),
            evidence,
            signal: self.network.signal,
            registration: registration_told(&self.network),
            access_technology: self.network.access_technology,
            operator: self.network.operator,
            keys: self.call.keys.sent,
            blocked_by: self.screening.blocked_by().to_owned(),
            transcript: Vec::new(),
        }
    }
}

/// The cause of 24.008, where the modem told one.
fn cause_number(state: &CallState, evidence: &[String]) -> Option<u8> {
    if let CallState::Released(ReleaseCause::Refused(Some(cause))) = state {
        return Some(*cause);
    }
    evidence.iter().find_map(|line| crate::at::response::ceer::parse(line)?.cause)
}

/// What the history is to learn of a call.
#[derive(Clone, Debug)]
pub(super) struct News {
    call: Call,
    begun: WallTime,
    /// For a call that is over.
    end: Option<Box<End>>,
}

#[derive(Clone, Debug)]
struct End {
    detail: CallDetail,
    forwarded: bool,
}

/// The live calls and their rows.
#[derive(Debug, Default)]
pub(super) struct LiveCalls {
    pub(super) live: BTreeMap<CallId, Live>,
    rows: BTreeMap<CallId, CallRecord>,
    /// The call that is being forwarded, and by which request.
    forwarding: Option<(RequestId, CallId)>,
}

impl LiveCalls {
    /// The call that rings and that the user sees: an incoming one first.
    pub(super) fn ringing(&self) -> Option<&Live> {
        let shown = self.live.values().filter(|live| live.screening.shown() && live.rings());
        shown.min_by_key(|live| live.call.state != CallState::Incoming)
    }

    /// When a call is to be looked at.
    pub(super) fn due(&self) -> Option<Instant> {
        self.live.values().filter_map(|live| live.screening.due()).min()
    }
}

impl Engine {
    /// The driver says that a call is new or changed. It is told at once; the disk comes after.
    pub(super) fn call_changed(&mut self, call: Call, moment: Moment) {
        let call = self.seat.renumbered(call);
        let id = call.id;
        if !self.calls.live.contains_key(&id) {
            self.call_began(call.clone(), moment);
        }
        if let Some(live) = self.calls.live.get_mut(&id) {
            live.note(call);
        }
        self.screen(id, moment);
        self.tell_call(id);
        if self.outbox.call_changed() {
            self.tasks.deferred.push(Deferred::SendTexts);
        }
    }

    fn call_began(&mut self, call: Call, moment: Moment) {
        let screening = self.first_look(&call, moment);
        self.tasks.traffic.transcripts.begin(call.id, call.started_at);
        let mut live = Live::new(call, screening, self.network.clone(), moment.wall);
        live.attempt = match live.call.direction {
            Direction::MobileOriginated => self.redial.placed(&live.call),
            Direction::MobileTerminated => None,
        };
        self.calls.live.insert(live.call.id, live);
    }

    /// Tells how a call stands, unless nobody is to know, and has it noted.
    pub(super) fn tell_call(&mut self, id: CallId) {
        let Some(live) = self.calls.live.get(&id) else { return };
        let over = !live.call.state.live();
        if !live.screening.shown() && !over {
            return;
        }
        let call = live.call.clone();
        let begun = live.begun;
        if live.screening.shown() {
            self.out.events.push(Event::Call(call.clone()));
        }
        let mut end = None;
        if over && let Some(live) = self.calls.live.remove(&id) {
            self.call_over(&live);
            let forwarded = live.forwarded;
            let transcript = self.tasks.traffic.transcripts.end(id);
            let detail = CallDetail { transcript, ..live.detail() };
            end = Some(Box::new(End { detail, forwarded }));
        } else {
            self.another_call(id);
        }
        let news = Box::new(News { call, begun, end });
        self.tasks.deferred.push(Deferred::RecordCall(news));
    }

    /// Writes what is new of a call into its row.
    pub(super) fn record_call(&mut self, news: &News) {
        const FAILED: &str = "The call could not be noted in the history";
        let call = &news.call;
        let known = self.calls.rows.remove(&call.id);
        let before = match known {
            Some(row) => row,
            None => {
                let begun = self.store.begin_call(call.direction, &call.remote, news.begun);
                match self.check(begun, FAILED) {
                    Some(row) => row,
                    None => return,
                }
            }
        };
        let row = updated(before.clone(), news);
        let stored = match &news.end {
            Some(end) => self.store.finish_call(&row, &end.detail),
            None if row != before => self.store.update_call(&row),
            None => Ok(()),
        };
        self.check(stored, FAILED);
        let missed = row.outcome == Outcome::Missed;
        if call.state.live() {
            self.calls.rows.insert(call.id, row.clone());
        }
        self.out.events.push(Event::CallRecord(row));
        if missed {
            self.publish_missed();
        }
    }

    /// The user has this call forwarded.
    pub(super) fn forwarding(&mut self, request: RequestId, id: CallId) {
        if let Some(live) = self.calls.live.get_mut(&id).filter(|live| live.rings()) {
            live.forwarded = true;
            self.calls.forwarding = Some((request, id));
        }
    }

    /// The driver is through with that: if it failed, the call still rings.
    pub(super) fn forwarding_over(&mut self, request: RequestId, done: bool) {
        let ours = self.calls.forwarding.take_if(|(forwarding, _)| *forwarding == request);
        if let (Some((_, id)), false) = (ours, done)
            && let Some(live) = self.calls.live.get_mut(&id)
        {
            live.forwarded = false;
        }
    }

    pub(super) fn publish_missed(&mut self) {
        let missed = self.store.missed_unseen();
        if let Some(missed) = self.check(missed, "The history can't be read") {
            self.out.events.push(Event::MissedCalls(missed));
        }
    }
}

/// The row with what the call says now.
fn updated(row: CallRecord, news: &News) -> CallRecord {
    let call = &news.call;
    let mut row = CallRecord { remote: call.remote.clone(), ..row };
    if call.answered_at.is_some() && row.talk_time.is_none() {
        row.talk_time = Some(Duration::ZERO);
    }
    if let (CallState::Released(cause), Some(end)) = (&call.state, &news.end) {
        row.outcome = outcome(call, cause, end);
        row.talk_time = call.answered_at.map(|answered| call.state_since.since(answered));
        row.seen = row.outcome != Outcome::Missed;
        if let Some(diagnosis) = &call.diagnosis {
            row.cause.clone_from(&diagnosis.cause);
            row.advice.clone_from(&diagnosis.advice);
        }
        if row.outcome == Outcome::Blocked {
            row.cause = format!("Refused by the block list: {}", end.detail.blocked_by);
            row.advice = String::new();
        } else if end.forwarded && row.outcome == Outcome::Rejected && !turned_away(cause) {
            row.cause = "You forwarded the call".to_owned();
            row.advice = String::new();
        }
    }
    row
}

/// The driver knows that we turned the call away, and has the words for it.
fn turned_away(cause: &ReleaseCause) -> bool {
    matches!(cause, ReleaseCause::Rejected | ReleaseCause::Local)
}

fn outcome(call: &Call, cause: &ReleaseCause, end: &End) -> Outcome {
    use Direction::{MobileOriginated, MobileTerminated};
    match (call.direction, cause) {
        _ if call.answered_at.is_some() => Outcome::Answered,
        _ if !end.detail.blocked_by.is_empty() => Outcome::Blocked,
        // Who has a call forwarded has not missed it: it was turned away here.
        (MobileTerminated, _) if end.forwarded => Outcome::Rejected,
        // To end a call that rings is to reject it.
        (MobileTerminated, cause) if turned_away(cause) => Outcome::Rejected,
        (MobileTerminated, _) => Outcome::Missed,
        (MobileOriginated, ReleaseCause::Local) => Outcome::Cancelled,
        (MobileOriginated, _) => Outcome::Failed,
    }
}
