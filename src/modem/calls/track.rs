//! What is remembered of one call.

use crate::at::FinalResult;
use crate::clock::Instant;
use crate::number::PhoneNumber;
use crate::phone::diagnosis::{CallEnd, WhoEnded};
use crate::phone::{CallId, Direction, RemoteParty};
use std::time::Duration;

/// More lines of evidence tell nobody more.
const MAX_EVIDENCE: usize = 8;

/// So long after a hang-up that was refused in words it may show to have been obeyed: the list is
/// asked that often before a call that nothing speaks against is gone.
const OBEYED: Duration = Duration::from_secs(5);

/// What we remember of one call beside what the user is told.
#[derive(Clone, Debug)]
pub(in crate::modem) struct Track {
    /// What was dialed.
    pub dialed: Option<PhoneNumber>,
    /// `<idx>` of the list.
    pub index: Option<u8>,
    /// The maker's own reports gave it this index: their name, and the index.
    pub told_index: Option<(&'static str, u8)>,
    /// The list has shown it.
    pub listed: bool,
    /// In so many lists one after the other its number was told.
    pub numbers_listed: u8,
    /// Who was thought to be at the other end before the first of them.
    pub remote_before: Option<RemoteParty>,
    /// The list has shown it as answered.
    pub answer_listed: bool,
    /// In so many lists since it was missing.
    pub missing: u8,
    /// When it was missing last.
    pub missed_at: Option<Instant>,
    /// The modem said that a call has ended, and this may be the one.
    pub end_hint: bool,
    /// Nothing but the `OK` to our hang-up says so.
    pub only_ok: bool,
    /// `NO CARRIER` says so, which may be the late word on the call before, and no list tells.
    pub perhaps_echo: bool,
    /// The same, where it was more likely another call that was meant.
    pub perhaps_ended: bool,
    /// Gone; only the cause is still asked for.
    pub ending: bool,
    /// The user ends it.
    pub who: WhoEnded,
    /// When we last asked the modem to end it.
    pub hang_up_sent: Option<Instant>,
    /// How often we have asked.
    pub hang_ups: u8,
    /// When it refused the last of the commands that could, and nothing had told of an end.
    pub hang_up_refused: Option<Instant>,
    /// The last `RING` for it.
    pub last_ring: Instant,
    /// The maker's own lines have told of it: it lives although the list is empty.
    pub alive: bool,
    /// Our `ATD` has not been sent yet, so that nothing the modem says speaks of this call.
    pub not_dialed: bool,
    /// Our `ATD` has no result yet.
    pub dial_outstanding: bool,
    /// It is a call for help.
    pub for_help: bool,
    /// `OK` came to `ATD`.
    pub accepted: bool,
    /// `ATA` is on its way, so that the silence of the ring says nothing.
    pub answering: bool,
    /// Dialed or answered through us.
    pub ours: bool,
    /// The modem took the command to answer it beside another; the list is to tell whether it
    /// was in time.
    pub answer_accepted: bool,
    /// The modem had nobody to answer when it was to take this call.
    pub answered_in_vain: bool,
    /// When the modem said `NO CARRIER` instead.
    pub lost_at: Option<Instant>,
    /// Its `ATD` was broken off and has said that the call is over.
    pub broken_off: bool,
    /// It was put on hold to answer this one.
    pub parked_for: Option<CallId>,
    /// And that one was gone already: take it back.
    pub take_back: bool,
    /// What is dialed behind the number goes on at this moment.
    pub pause_until: Option<Instant>,
    /// The user says that it was answered, and nothing else tells.
    pub play_unanswered: bool,
    /// An error that came by itself after the `OK` to `ATD`, if no list has shown the call since.
    pub refused: Option<FinalResult>,
    /// Nothing was said of it for so long that nobody knows whether it was answered.
    pub overdue: bool,
    /// Better words for its end than can be concluded: it was forwarded or handed on by us.
    pub end_words: String,
    /// What is known of its end.
    pub end: CallEnd,
}

impl Track {
    pub fn new(direction: Direction, now: Instant) -> Self {
        Track {
            dialed: None,
            index: None,
            told_index: None,
            listed: false,
            numbers_listed: 0,
            remote_before: None,
            answer_listed: false,
            missing: 0,
            missed_at: None,
            end_hint: false,
            only_ok: false,
            perhaps_echo: false,
            perhaps_ended: false,
            ending: false,
            who: WhoEnded::NotUs,
            hang_up_sent: None,
            hang_ups: 0,
            hang_up_refused: None,
            last_ring: now,
            alive: false,
            not_dialed: false,
            dial_outstanding: false,
            for_help: false,
            accepted: false,
            answering: false,
            ours: false,
            answer_accepted: false,
            answered_in_vain: false,
            lost_at: None,
            broken_off: false,
            parked_for: None,
            take_back: false,
            pause_until: None,
            play_unanswered: false,
            refused: None,
            overdue: false,
            end_words: String::new(),
            end: CallEnd::new(direction),
        }
    }

    /// It is being answered, or the modem took the command for it.
    pub fn taken(&self) -> bool {
        self.answering || self.answer_accepted
    }

    /// The modem has told its end.
    pub fn end_told(&mut self) {
        self.end_hint = true;
        self.only_ok = false;
    }

    /// The modem has said `OK` to the command that ends it, and no more.
    pub fn end_accepted(&mut self) {
        self.only_ok |= !self.end_hint;
        self.end_hint = true;
    }

    /// It ends soon after the user has hung up. That the modem refused every command for it does
    /// not say that it obeyed none, unless a cause speaks of something else.
    pub fn ended_by_refused(&self, answered: bool, now: Instant) -> bool {
        let soon = self.hang_up_refused.is_some_and(|at| now.since(at) <= OBEYED);
        let ours = answered || self.end.direction == Direction::MobileOriginated;
        let normal = matches!(self.end.cause, None | Some(0 | 16 | 31));
        let neutral = !matches!(self.end.result.as_str(), "BUSY" | "NO ANSWER" | "NO DIALTONE");
        soon && ours && normal && neutral && self.end.refusal.is_none()
    }

    /// Keeps a line of the modem that speaks of the end.
    pub fn evidence(&mut self, line: &str) {
        let known = &mut self.end.evidence;
        let new = !line.is_empty() && !known.iter().any(|seen| seen == line);
        if new && known.len() < MAX_EVIDENCE {
            known.push(line.to_owned());
        }
    }
}
