//! The history that the driver's events make, against the network's own: one row a call, the right
//! direction, the right outcome; and no state that the network never had.

use super::world::World;
use deskphone::clock::Instant;
use deskphone::phone::{Call, CallState, Direction, Outcome, ReleaseCause, RemoteParty};
use deskphone::simulator::network::{
    CallDirection, CallStage, LiveCall, ReleasedBy, SimulatedNetwork,
};
use std::collections::BTreeSet;
use std::time::Duration;

/// A second call of the same party so soon after the first looks like the first.
const INDISTINCT: Duration = Duration::from_secs(2);

/// A call that ends so soon after it came or was answered is over before the list is asked again,
/// which may be so long while the modem is still being set up.
const UNHEARD: Duration = Duration::from_millis(1500);

/// How long what was true may take to be told: a result that a fault delays, and the way.
const TELLING: Duration = Duration::from_secs(6);

/// A call as the network knows it.
struct Truth<'a> {
    call: &'a LiveCall,
    /// When it ended and by whom, if it did.
    end: Option<(Instant, ReleasedBy)>,
}

fn truths(network: &SimulatedNetwork) -> Vec<Truth<'_>> {
    let ended = network
        .call_log()
        .iter()
        .map(|entry| Truth { call: &entry.call, end: Some((entry.ended_at, entry.released_by)) });
    let live = network.calls().iter().map(|call| Truth { call, end: None });
    let mut all: Vec<_> = ended.chain(live).collect();
    all.sort_by_key(|truth| truth.call.serial);
    all
}

/// Two calls ever were at one time.
pub fn several_at_once(network: &SimulatedNetwork) -> bool {
    let all = truths(network);
    let over_before = |one: &Truth<'_>, other: &Truth<'_>| {
        one.end.is_some_and(|(end, _)| end <= other.call.began)
    };
    all.windows(2).any(|pair| !over_before(&pair[0], &pair[1]))
}

pub fn stage_of(state: &CallState) -> Option<CallStage> {
    Some(match state {
        CallState::Dialing => CallStage::Dialing,
        CallState::Alerting => CallStage::Alerting,
        CallState::Incoming => CallStage::Incoming,
        CallState::Waiting => CallStage::Waiting,
        CallState::Active => CallStage::Active,
        CallState::Held => CallStage::Held,
        CallState::Released(_) => return None,
    })
}

pub fn same_direction(truth: CallDirection, ours: Direction) -> bool {
    let mobile_originated = ours == Direction::MobileOriginated;
    mobile_originated == (truth == CallDirection::MobileOriginated)
}

fn may_be(truth: &LiveCall, ours: &Call) -> bool {
    let number = match &ours.remote {
        RemoteParty::Known(number) => truth.number.as_deref() == Some(number.as_str()),
        RemoteParty::Withheld => truth.number.is_none(),
        RemoteParty::NotAvailable => true,
    };
    same_direction(truth.direction, ours.direction) && number
}

/// Somebody calls a second time within a moment while the first call goes on: which of the two is
/// which is told by nothing but what becomes of them.
fn twins(one: &Truth<'_>, other: &Truth<'_>) -> bool {
    let (first, second) =
        if one.call.serial < other.call.serial { (one, other) } else { (other, one) };
    let (a, b) = (first.call, second.call);
    let alike = a.serial != b.serial && a.direction == b.direction && a.number == b.number;
    let goes_on = first.end.is_none_or(|(end, _)| end > b.began);
    alike && goes_on && b.began.since(a.began) < INDISTINCT
}

/// The row of a call: the last one dialed before the network had it, or the first one shown after.
fn row_of<'a>(
    world: &'a World,
    truth: &Truth<'_>,
    all: &[Truth<'_>],
    paired: &BTreeSet<u32>,
) -> Option<&'a Call> {
    let rows = world.ledger.calls.values();
    let twin = all.iter().find(|other| twins(other, truth)).map(|other| other.call);
    let wrong =
        |ours: &Call| twin.is_some() && !right(truth, ours, world.ledger.asked_to_end(ours));
    let truth = truth.call;
    let began = twin.map_or(truth.began, |twin| twin.began.min(truth.began));
    let fits = rows.filter(|ours| !paired.contains(&ours.id.0) && may_be(truth, ours));
    let ends_after = |ours: &&Call| ours.state.live() || ours.state_since >= truth.began;
    match truth.direction {
        CallDirection::MobileOriginated => fits
            .filter(|ours| ours.started_at <= truth.began)
            .filter(ends_after)
            .max_by_key(|ours| ours.started_at),
        CallDirection::MobileTerminated => {
            let shown = fits.filter(|ours| ours.started_at >= began);
            // One whose number is known before one that may be anybody's.
            let vague =
                |ours: &Call| truth.number.is_some() && ours.remote == RemoteParty::NotAvailable;
            shown.min_by_key(|ours| (vague(ours), wrong(ours), ours.started_at))
        }
    }
}

fn answered(stage: CallStage) -> bool {
    matches!(stage, CallStage::Active | CallStage::Held)
}

/// `ATA` names no caller. Who gave up just before it came and whose place somebody else had taken,
/// of whom nothing was told yet, is shown as answered until the next list.
fn answered_instead(one: &Truth<'_>, all: &[Truth<'_>], shown: &Call, now: Instant) -> bool {
    let gone = one.end.map(|(end, _)| end).filter(|_| one.call.answered_at.is_none());
    let Some(gone) = gone.filter(|_| may_be(one.call, shown)) else { return false };
    one.call.direction == CallDirection::MobileTerminated
        && now.since(gone) < UNHEARD
        && all.iter().any(|other| {
            let answered = other.call.answered_at.is_some_and(|at| at <= now && at >= gone);
            answered && other.call.direction == one.call.direction && other.call.began >= gone
        })
}

/// A call is shown in a state that a call of the network had since the last state was shown.
pub fn check_shown(network: &SimulatedNetwork, call: &Call, since: Instant, now: Instant) -> bool {
    let Some(stage) = stage_of(&call.state).filter(|stage| *stage != CallStage::Dialing) else {
        return true;
    };
    let since = Instant::from_millis(since.elapsed().saturating_sub(TELLING).as_millis() as u64);
    let journal = network.call_journal();
    let all = truths(network);
    if stage == CallStage::Active && all.iter().any(|one| answered_instead(one, &all, call, now)) {
        return true;
    }
    all.iter().rev().filter(|truth| may_be(truth.call, call)).any(|truth| {
        let mut moments = journal.iter().filter(|m| m.serial == truth.call.serial).peekable();
        let mut had = false;
        while let Some(moment) = moments.next() {
            let end = moments.peek().map(|next| next.at).or(truth.end.map(|end| end.0));
            // Which of the answered calls is on hold is told by the list alone.
            let alike =
                moment.stage == stage || (answered(moment.stage) && stage == CallStage::Held);
            had |= alike && moment.at <= now && end.unwrap_or(now) >= since;
        }
        had
    })
}

/// The row of the history, by the rules for it.
fn outcome(call: &Call) -> Outcome {
    let CallState::Released(cause) = &call.state else { return Outcome::Unfinished };
    match (call.direction, cause) {
        _ if call.answered_at.is_some() => Outcome::Answered,
        (Direction::MobileTerminated, ReleaseCause::Rejected | ReleaseCause::Local) => {
            Outcome::Rejected
        }
        (Direction::MobileTerminated, _) => Outcome::Missed,
        (Direction::MobileOriginated, ReleaseCause::Local) => Outcome::Cancelled,
        (Direction::MobileOriginated, _) => Outcome::Failed,
    }
}

/// Whether a row says what the network knows. Who ended a call by hand just as the other side did
/// may be told either.
fn right(truth: &Truth<'_>, ours: &Call, asked: bool) -> bool {
    let outcome = outcome(ours);
    let incoming = ours.direction == Direction::MobileTerminated;
    match (truth.call.answered_at.is_some(), truth.end) {
        (_, None) => outcome == Outcome::Unfinished,
        (true, Some(_)) => outcome == Outcome::Answered,
        (false, Some((_, ReleasedBy::Network))) if incoming => {
            outcome == Outcome::Missed || (asked && outcome == Outcome::Rejected)
        }
        (false, Some((_, ReleasedBy::Program))) if incoming => outcome == Outcome::Rejected,
        (false, Some((_, ReleasedBy::Network))) => {
            outcome == Outcome::Failed || (asked && outcome == Outcome::Cancelled)
        }
        // A modem that a byte interrupts gives up by itself.
        (false, Some((_, ReleasedBy::Program))) => {
            [Outcome::Cancelled, Outcome::Failed].contains(&outcome)
        }
    }
}

/// The same party came again at once, as far as anybody can tell: the two look like one call.
fn follows(world: &World, first: &Truth<'_>, second: &Truth<'_>) -> bool {
    let (one, other) = (first.call, second.call);
    // No modem tells the number before it was told to.
    let untold = is_early(world, first);
    let known = !untold && one.number.is_some() && other.number.is_some();
    let numbers = one.number == other.number || !known;
    let alike = one.direction == other.direction && numbers;
    let at_once =
        first.end.is_some_and(|(end, _)| other.began >= end && other.began.since(end) < INDISTINCT);
    one.serial != other.serial && alike && at_once
}

/// It came before the modem was set up.
fn is_early(world: &World, truth: &Truth<'_>) -> bool {
    world.ready_since.is_none_or(|ready| truth.call.began <= ready)
}

/// Nobody could tell all of it: it was over before the modem was set up, or it, or its answer, was
/// shorter than the time that a late result keeps the line to the modem.
fn was_hidden(world: &World, truth: &Truth<'_>, all: &[Truth<'_>]) -> bool {
    if all.iter().any(|other| follows(world, other, truth) || follows(world, truth, other)) {
        return true;
    }
    let Some((end, _)) = truth.end else { return false };
    let early = is_early(world, truth);
    let answered = truth.call.answered_at.unwrap_or(truth.call.began);
    let brief = end.since(truth.call.began) < TELLING || end.since(answered) < TELLING;
    let unheard = end.since(answered) < UNHEARD;
    early || unheard || (brief && world.answers_come_late)
}

/// One row for each call of the network; the others never reached it. Else what is wrong.
pub fn check_history(world: &World) -> Result<(), String> {
    let network = world.simulator.network();
    let mut paired: BTreeSet<u32> = BTreeSet::new();
    let all = truths(network);
    // Those that nobody could tell come last, so that they take no other's row.
    let (unseen, seen): (Vec<_>, Vec<_>) =
        all.iter().partition(|truth| was_hidden(world, truth, &all));
    let ordered = seen.into_iter().map(|truth| (truth, false));
    for (truth, hidden) in ordered.chain(unseen.into_iter().map(|truth| (truth, true))) {
        let row = row_of(world, truth, &all, &paired);
        let told = format!("{:?}, ended {:?}", truth.call, truth.end);
        let Some(row) = row else {
            if hidden {
                continue;
            }
            return Err(format!("no row for {told}"));
        };
        paired.insert(row.id.0);
        let asked = world.ledger.asked_to_end(row);
        if !hidden && !right(truth, row, asked) {
            return Err(format!("the network's call {told}\nis in the history as {row:?}"));
        }
    }
    for row in world.ledger.calls.values().filter(|row| !paired.contains(&row.id.0)) {
        let never_placed = row.direction == Direction::MobileOriginated
            && row.answered_at.is_none()
            && !row.state.live();
        let early = world.ready_since.is_none_or(|ready| row.started_at <= ready);
        if !never_placed && !early {
            return Err(format!("the network never had {row:?}"));
        }
    }
    Ok(())
}
