//! What all procedures share: what is known of the modem and the network, what waits, what is to be
//! told. It does no I/O and sends nothing.

use super::asked_dials::AskedDials;
use super::calls::Calls;
use super::procedure::{Mute, Procedure, ServiceFacts, Tones};
use super::profile::{self, Profile};
use super::queue::{Priority, Queue};
pub(super) use super::refusals::{no_answer, refusal, says_why, service_refusal};
use super::stored::Stored;
use super::text_body::TextBody;
use super::timers::{TIMERS, Timer, Timers};
use super::types::{ModemEvent, Options};
use crate::at::Charset;
use crate::at::response::text_mode::TextHeader;
use crate::clock::Instant;
use crate::phone::{
    Call, CallState, CommandError, Diagnosis, Direction, ModemIdentity, NetworkState, Notice,
    Registration, RequestId,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

/// Texts are being sent if the last one was sent not longer ago than this.
const SENDING: Duration = Duration::from_secs(5);

/// So often in a row a routine question may be put off.
const PUT_OFF: u8 = 3;

/// What was learned of this modem since the link stands.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// A line that surely gets some answer, for finding back into step.
    pub probe: &'static str,
    /// A query whose answer can't be mistaken: the line and its prefix.
    pub proof: Option<(&'static str, &'static str)>,
    /// Every final result comes twice, so that the second must not be taken for the next command's.
    pub repeats_results: bool,
    /// No answer is due before this, since the modem is slow.
    pub patience: Duration,
    /// The modem refuses PDU mode: texts are read and sent in text mode.
    pub text_mode: bool,
    /// Whether it does is not known yet; and how often it was asked in a row without an answer.
    pub mode_unknown: bool,
    pub mode_tries: u8,
    /// The character set of text mode.
    pub charset: Charset,
    pub charset_tries: u8,
    /// `+CSMP` as it was set last.
    pub parameters: String,
    /// In text mode `+CMGR` does not work: the list has to do.
    pub lists_only: bool,
    /// `+CMGR` has worked.
    pub reads: bool,
    /// The user was told that a text stays in the modem since its end is in doubt.
    pub doubt_told: bool,
    /// A text that came directly is not as long as the modem said: the last such, and how often.
    pub misfit: (String, u8),
    /// Whether `+CMMS` works, once that is known; and when it was last of use.
    pub more_to_send: Option<bool>,
    pub sent_at: Option<Instant>,
    /// Routine questions that were put off while texts are being sent, in a row for each timer.
    pub put_off: [u8; TIMERS],
    /// A text that came directly waits for its `+CNMA` since then.
    pub unacknowledged: Option<Instant>,
    /// How full the memory is that the user was told of.
    pub fullness_told: Fullness,
    /// The number of the indicator of a full memory in `+CIEV`, once that was asked.
    pub full_indicator: Option<u32>,
    pub indicators_asked: bool,
    /// The user was told that it does not tell of the progress of calls.
    pub progress_untold: bool,
    /// `+CEER` answers.
    pub ceer: bool,
    /// What `+CPAS` said when no call was known, once it was asked; 0 if nothing of use.
    pub cpas_idle: Option<u8>,
    /// `+CPAS` has told of a call.
    pub cpas_tells: bool,
    /// `+CPAS` was refused, or said nothing, so many times in a row.
    pub cpas_refused: u8,
    /// Stored texts are announced; without that they are looked for every few seconds.
    pub announced: bool,
    /// Times in a row that the modem took the setting for it and did not keep it.
    pub routing_tries: u8,
    /// Looks for texts in the memory that new ones go to since the others were looked at.
    pub looks: u8,
    /// Times in a row that the modem refused to list texts.
    pub lists_refused: u8,
    /// `+CNMA` is due for texts that come directly (service 1 of `+CSMS`).
    pub acknowledges: bool,
    /// The memory that new texts go to; empty if the modem does not let us choose.
    pub memory: String,
    /// The memory that `+CMGR`, `+CMGL` and `+CMGD` speak of now, if that is known for sure.
    pub selected: Option<String>,
    /// The memories that can be read.
    pub memories: Vec<String>,
    /// The storage was set up, so that texts can be read.
    pub messages_ready: bool,
    /// `+CPMS?` answers.
    pub counts_messages: bool,
    /// Tones want no quotation marks, or do; `None`: as the profile says.
    pub quoted_tones: Option<bool>,
    /// The maker's own command for tones does not work.
    pub own_tones_refused: bool,
    /// Times in a row that the SIM was busy, or missing.
    pub sim_tries: u8,
    /// So often signal and the like are asked for again soon.
    pub status_tries: u8,
    /// What was learned of its services.
    pub services: ServiceFacts,
    /// Questions that were refused, and how often in a row.
    pub refused: BTreeMap<&'static str, u8>,
    /// Questions that got no answer, and when.
    pub unanswered: BTreeMap<&'static str, Instant>,
}

impl Default for Facts {
    fn default() -> Self {
        Facts {
            probe: "AT",
            proof: None,
            repeats_results: false,
            patience: Duration::ZERO,
            text_mode: false,
            mode_unknown: true,
            mode_tries: 0,
            charset: Charset::Ira,
            charset_tries: 0,
            parameters: String::new(),
            lists_only: false,
            reads: false,
            doubt_told: false,
            misfit: (String::new(), 0),
            more_to_send: None,
            sent_at: None,
            put_off: [0; TIMERS],
            unacknowledged: None,
            fullness_told: Fullness::Roomy,
            full_indicator: None,
            indicators_asked: false,
            progress_untold: false,
            ceer: true,
            cpas_idle: None,
            cpas_tells: false,
            cpas_refused: 0,
            announced: true,
            routing_tries: 0,
            looks: 0,
            lists_refused: 0,
            acknowledges: false,
            memory: String::new(),
            selected: None,
            memories: Vec::new(),
            messages_ready: false,
            counts_messages: true,
            quoted_tones: None,
            own_tones_refused: false,
            sim_tries: 0,
            status_tries: 0,
            services: ServiceFacts::default(),
            refused: BTreeMap::new(),
            unanswered: BTreeMap::new(),
        }
    }
}

/// See the module.
#[derive(Debug)]
pub(super) struct Core {
    pub options: Options,
    pub profile: &'static Profile,
    pub facts: Facts,
    pub calls: Calls,
    pub stored: Stored,
    pub identity: ModemIdentity,
    pub queue: Queue,
    /// Calls that wait for an answer about calls over LTE.
    pub dials: AskedDials,
    pub timers: Timers,
    /// Commands can be given.
    pub ready: bool,
    /// A service-code dialogue is open.
    pub ussd_open: bool,
    /// Keys that are to be sent as tones.
    pub tones: Tones,
    /// The microphone is off.
    pub muted: bool,
    /// A text that is routed here directly comes in the next line.
    pub direct_due: Option<DirectDue>,
    /// Blank lines before the line that is read now.
    pub blank_lines: usize,
    network: NetworkState,
    /// The same as it was told last: most lines change nothing, and need no copy to find that out.
    network_told: NetworkState,
    /// Registration as told by `+CREG`, `+CGREG`, `+CEREG`, `+C5GREG`; and whether it said that
    /// calls should not fall back to circuits.
    registrations: [(Registration, bool); 4],
    events: VecDeque<ModemEvent>,
    open: BTreeSet<RequestId>,
    /// Texts in each memory as far as we know, drafts and all.
    expected_messages: BTreeMap<String, usize>,
    /// Something did not go as announced: read the whole memory.
    list_wanted: bool,
}

/// How full the modem's memory for texts is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Fullness {
    Roomy,
    /// Nine tenths and more.
    Nearly,
    Full,
}

/// What `+CMT`, `+CDS` or `+CBM` announced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct DirectDue {
    /// Octets of the TPDU.
    pub length: Option<u16>,
    /// A cell broadcast: of no interest.
    pub broadcast: bool,
    /// So many other lines may still come in between.
    pub patience: u8,
    /// In text mode: the header, what it says of the text below, and as much of it as has come.
    pub text: Option<(TextHeader, TextBody, String)>,
}

impl Core {
    pub fn new(options: Options) -> Self {
        let profile = profile::by_name(&options.profile);
        Core {
            options,
            profile,
            facts: Facts::default(),
            calls: Calls::default(),
            stored: Stored::default(),
            identity: ModemIdentity::default(),
            queue: Queue::default(),
            dials: AskedDials::default(),
            timers: Timers::default(),
            ready: false,
            ussd_open: false,
            tones: Tones::default(),
            muted: false,
            network: NetworkState::default(),
            network_told: NetworkState::default(),
            registrations: Default::default(),
            events: VecDeque::new(),
            open: BTreeSet::new(),
            direct_due: None,
            blank_lines: 0,
            expected_messages: BTreeMap::new(),
            list_wanted: false,
        }
    }

    /// A routine question is due. While one text after the other is sent it is put off, though not
    /// for ever: every question makes the texts take longer.
    pub fn put_off(&mut self, timer: Timer, period: Duration, now: Instant) -> bool {
        let sending = self.facts.sent_at.is_some_and(|at| now.since(at) < SENDING);
        let times = &mut self.facts.put_off[timer as usize];
        if !sending || *times >= PUT_OFF || self.list_wanted {
            *times = 0;
            return false;
        }
        *times += 1;
        self.timers.set(timer, period, now);
        true
    }

    /// Everything learned of the modem is forgotten: it is another one, or was restarted.
    pub fn forget(&mut self) {
        self.profile = profile::by_name(&self.options.profile);
        self.facts = Facts::default();
        self.identity = ModemIdentity::default();
        self.registrations = Default::default();
        self.ussd_open = false;
        self.tones = Tones::default();
        self.direct_due = None;
        self.expected_messages.clear();
        self.list_wanted = false;
        self.ready = false;
        self.queue.clear();
        self.dials = AskedDials::default();
        self.timers.clear();
        self.calls.forget_list();
    }

    /// What follows from the state of the calls, whatever has changed it.
    pub fn after_calls(&mut self, now: Instant) {
        self.start_tones(now);
        if self.muted && !self.calls.any() {
            self.muted = false;
            self.tell(ModemEvent::Muted(false));
            self.enqueue(Priority::User, Procedure::Mute(Mute::off()));
        }
    }

    // ── What is told ──

    /// Tells something, after whatever changed in the calls before it.
    pub fn tell(&mut self, event: ModemEvent) {
        self.tell_calls();
        self.events.push_back(event);
    }

    fn tell_calls(&mut self) {
        let changed = self.calls.take_changed();
        let goes_through = |call: &Call| {
            call.direction == Direction::MobileOriginated
                && matches!(call.state, CallState::Alerting | CallState::Active)
                && self.calls.track(call.id).is_some_and(|track| !track.for_help)
        };
        // What was barred is so no longer, if a call goes through.
        if self.network.outgoing_barred && changed.iter().any(goes_through) {
            self.update_network(|network| network.outgoing_barred = false);
        }
        self.events.extend(changed.into_iter().map(ModemEvent::Call));
    }

    /// The next thing to tell.
    pub fn next_event(&mut self) -> Option<ModemEvent> {
        if self.events.is_empty() {
            self.tell_calls();
        }
        self.events.pop_front()
    }

    /// A line for the user.
    pub fn notice(&mut self, text: &str, advice: &str, problem: bool) {
        let (text, advice) = (text.to_owned(), advice.to_owned());
        self.tell(ModemEvent::Notice(Notice { text, advice, problem }));
    }

    /// Changes what is known of the network and tells it if it is news.
    pub fn update_network(&mut self, change: impl FnOnce(&mut NetworkState)) {
        change(&mut self.network);
        if self.network != self.network_told {
            self.network_told.clone_from(&self.network);
            self.tell(ModemEvent::Network(self.network.clone()));
        }
    }

    pub fn network(&self) -> &NetworkState {
        &self.network
    }

    /// One of the registrations changed (0 `+CREG` … 3 `+C5GREG`). Being registered for one is
    /// enough, since LTE modems say so in `+CEREG` alone; then for texts, then for emergency calls;
    /// otherwise what the first says counts. `+CREG` is also told by itself, as calls need it, and
    /// whether the network wants calls to fall back to circuits (`<stat>` 9 and 10 say no).
    pub fn update_registration(&mut self, kind: usize, registration: Registration, avoided: bool) {
        let Some(slot) = self.registrations.get_mut(kind) else { return };
        *slot = (registration, avoided);
        let all = self.registrations;
        let first = |wanted: &[Registration]| {
            all.iter().map(|told| told.0).find(|registration| wanted.contains(registration))
        };
        let registration = first(&[Registration::Home, Registration::Roaming])
            .or_else(|| first(&[Registration::SmsOnly]))
            .or_else(|| first(&[Registration::EmergencyOnly]))
            .or_else(|| all.iter().map(|told| told.0).find(|r| *r != Registration::Unknown));
        let [circuit, _, lte, nr] = all.map(|told| told.0);
        let on = |told: &Registration| told.registered() || *told == Registration::EmergencyOnly;
        let evolved = [nr, lte].into_iter().find(on).unwrap_or(lte);
        self.update_network(|network| {
            network.registration = registration.unwrap_or_default();
            network.circuit = circuit;
            network.evolved = evolved;
            network.fallback_avoided = all.iter().any(|told| told.1);
        });
    }

    // ── Commands and their outcomes ──

    /// A command came; it has no outcome yet.
    pub fn open(&mut self, request: RequestId) {
        self.open.insert(request);
    }

    /// The command has no outcome yet.
    pub fn is_open(&self, request: RequestId) -> bool {
        self.open.contains(&request)
    }

    /// The command succeeded. A second outcome is not told.
    pub fn done(&mut self, request: RequestId) {
        if self.open.remove(&request) {
            self.tell(ModemEvent::Done { request });
        }
    }

    /// The command failed. A second outcome is not told.
    pub fn failed(&mut self, request: RequestId, error: CommandError, diagnosis: Diagnosis) {
        if self.open.remove(&request) {
            self.tell(ModemEvent::Failed { request, error, diagnosis });
        }
    }

    /// The command makes no sense now, for this reason.
    pub fn refuse(&mut self, request: RequestId, cause: &str, advice: &str) {
        self.failed(request, CommandError::NotAllowedNow, Diagnosis::new(cause, advice));
    }

    /// Everything that has no outcome yet failed.
    pub fn fail_all(&mut self, error: &CommandError, diagnosis: &Diagnosis) {
        while let Some(request) = self.open.first().copied() {
            self.failed(request, error.clone(), diagnosis.clone());
        }
    }

    /// Queues a procedure.
    pub fn enqueue(&mut self, priority: Priority, procedure: Procedure) {
        if let Err(procedure) = self.queue.push(priority, procedure) {
            procedure.abandon(
                false,
                &CommandError::NotAllowedNow,
                &Diagnosis::new("Too much is waiting for the modem", "Wait a little"),
                self,
            );
        }
    }

    /// Queues a procedure unless one like it waits.
    pub fn enqueue_once(
        &mut self,
        priority: Priority,
        procedure: Procedure,
        same: impl Fn(&Procedure) -> bool,
    ) {
        if !self.queue.any(same) {
            self.enqueue(priority, procedure);
        }
    }

    // ── Texts in the modem's memory ──

    /// The next look for texts shall read them all.
    pub fn list_wanted(&mut self) {
        self.list_wanted = true;
    }

    /// Whether it shall, once.
    pub fn take_list_wanted(&mut self) -> bool {
        std::mem::take(&mut self.list_wanted)
    }

    /// A memory was listed and held so many texts.
    pub fn note_listed(&mut self, memory: &str, texts: usize) {
        self.expected_messages.insert(memory.to_owned(), texts);
    }

    /// One text was deleted.
    pub fn note_deleted(&mut self, memory: &str) {
        if let Some(texts) = self.expected_messages.get_mut(memory) {
            *texts = texts.saturating_sub(1);
        }
        if memory == self.facts.memory {
            self.count_storage(|used| used.saturating_sub(1));
        }
    }

    /// The gauge follows at once; the next count of the modem's own puts it right.
    fn count_storage(&mut self, count: impl Fn(u16) -> u16) {
        if !self.options.delete_received {
            self.update_network(|network| {
                let told = network.message_storage;
                network.message_storage = told.map(|(used, all)| (count(used).min(all), all));
            });
        }
    }

    /// One text was found that the last list did not show.
    pub fn note_found(&mut self, memory: &str) {
        if let Some(texts) = self.expected_messages.get_mut(memory) {
            *texts += 1;
        }
        if memory == self.facts.memory {
            self.count_storage(|used| used.saturating_add(1));
        }
    }

    /// How many texts the memory should hold; `None` before it was listed.
    pub fn expected_messages(&self, memory: &str) -> Option<usize> {
        self.expected_messages.get(memory).copied()
    }
}
