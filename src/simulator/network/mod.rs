//! The network behind the simulated modem: registration, signal, remote parties, the text centre,
//! service codes. It knows what truly happened, so that checkers can compare.

pub mod action;
pub mod call;
mod call_action;
pub mod placing;
pub mod services;
pub mod subscriber;
pub mod text_centre;
pub mod texts;
mod ussd;

pub use action::{CallAction, NetworkAction, UssdAction};
pub use call::{CallDirection, CallLogEntry, CallStage, LiveCall, ReleasedBy};
pub use placing::{DivertedCall, Placing};
pub use services::{Diversion, ServiceBook};
pub use text_centre::{AcceptedText, DeliveredText, TextKind};
pub use texts::TextTrouble;

use super::message::tpdu::Submit;
use super::random::Random;
use super::service_manners::UssdForm;
use crate::clock::{Instant, WallTime};
use call::{CallChange, CallTable};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use subscriber::{CallStep, Subscriber};
use text_centre::{DeliveredText as Text, TextCentre};

/// How long a caller lets the phone ring.
const CALLER_PATIENCE: Duration = Duration::from_secs(30);

/// How long after a call the subscriber that calls back does so.
const CALL_BACK_AFTER: Duration = Duration::from_secs(5);

/// `<stat>` of `+CREG` (3GPP TS 27.007 §7.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Registration {
    /// Not registered and not searching.
    Idle = 0,
    /// Registered in the home network.
    Home = 1,
    /// Searching.
    Searching = 2,
    /// The network refuses the SIM.
    Denied = 3,
    /// Not known, for instance out of coverage.
    Unknown = 4,
    /// Registered abroad.
    Roaming = 5,
    /// Registered for texts only.
    TextsOnly = 6,
    /// The same abroad.
    TextsOnlyRoaming = 7,
    /// Emergency calls only.
    EmergencyOnly = 8,
    /// Registered at home; calls by falling back to an older network are not preferred.
    NoFallback = 9,
    /// Attached for emergency bearers only.
    EmergencyBearer = 11,
}

impl Registration {
    /// Calls can be placed and received.
    pub fn carries_calls(self) -> bool {
        matches!(self, Registration::Home | Registration::Roaming | Registration::NoFallback)
    }

    /// Texts can be sent and received.
    pub fn carries_texts(self) -> bool {
        self.carries_calls()
            || matches!(self, Registration::TextsOnly | Registration::TextsOnlyRoaming)
    }
}

/// Why the network does not take a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DialRefusal {
    /// No registration that carries calls.
    NoNetwork,
    /// Emergency calls only.
    EmergencyOnly,
    /// The calls that exist do not allow another one.
    NotAllowed,
}

/// What the network tells the modem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NetworkEvent {
    /// A call is new, changed or gone.
    Call(CallChange),
    /// Registration changed.
    Registration(Registration),
    /// The result of a submission: message reference or RP cause.
    Submitted(Result<u8, u16>),
    /// A submission that the modem will never say a word of.
    SubmissionForgotten,
    /// The modem's memory is filled (true) or freed.
    Memory(bool),
    /// A text waits: see [`SimulatedNetwork::hand_over`].
    TextOffered,
    /// An answer to a service code: `<m>` of `+CUSD` and the text.
    ServiceAnswer(u8, Option<String>),
    /// What the other side or the network did with a call.
    Notification(Notification),
    /// Voice by IMS is there (true) or gone.
    Ims(bool),
    /// From now on service codes are answered in this form, with this `<dcs>`.
    ServiceForm(UssdForm, Option<u8>),
    /// The modem itself restarts.
    Restart,
    /// Somebody changed the SIM: `<code>` of `+CPIN`, or nothing for no SIM.
    Sim(action::SimChange),
}

/// A notification of 27.007 §7.17, if `+CSSN` asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notification {
    /// `+CSSI`: about a call that the program places.
    Intermediate(u8),
    /// `+CSSU`
    Unsolicited(u8),
}

/// Something the network will do.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Planned {
    CallStep { serial: u64, step: CallStep },
    CallBack { number: &'static str },
    ServiceTimeout,
    Submit(Box<(Submit, Option<TextTrouble>)>),
    Enqueue(Box<texts::Coming>),
    ServiceAnswer(u8, Option<String>),
    Registration(Registration),
}

/// How the phone hears the network.
#[derive(Debug)]
struct Coverage {
    registration: Registration,
    /// Fixed by an action; else it varies a little by itself.
    signal: Option<u8>,
    /// Until then there is no network at all, not even for emergencies.
    lost_until: Instant,
    /// The phone is in E-UTRAN.
    lte: bool,
    /// Voice over IMS is registered.
    ims: bool,
    /// Calls may fall back to an older network.
    fallback: bool,
}

/// What the network will do, by time; at one time in the order in which it was planned.
#[derive(Debug, Default)]
struct Timeline {
    planned: BTreeMap<(Instant, u64), Planned>,
    last: u64,
}

impl Timeline {
    fn plan(&mut self, at: Instant, planned: Planned) {
        self.last += 1;
        self.planned.insert((at, self.last), planned);
    }

    fn forget(&mut self, doomed: impl Fn(&Planned) -> bool) {
        self.planned.retain(|_, planned| !doomed(planned));
    }

    fn next(&self) -> Option<Instant> {
        self.planned.first_key_value().map(|((at, _), _)| *at)
    }

    fn due(&mut self, now: Instant) -> Option<(Instant, Planned)> {
        let entry = self.planned.first_entry().filter(|entry| entry.key().0 <= now)?;
        let ((at, _), planned) = entry.remove_entry();
        Some((at, planned))
    }
}

/// The simulated network.
#[derive(Debug)]
pub struct SimulatedNetwork {
    random: Random,
    seed: u64,
    wall_time_at_zero: WallTime,
    coverage: Coverage,
    first_index: u8,
    calls: CallTable,
    services: ServiceBook,
    diverted: VecDeque<DivertedCall>,
    transferred: VecDeque<[Option<String>; 2]>,
    /// The next so many calls of the phone fail with this cause.
    failing: Option<(u8, u8)>,
    service_codes: ussd::ServiceCodes,
    texts: TextCentre,
    offer: texts::Offer,
    /// What happens to the next submissions, and to how many of them.
    troubles: VecDeque<(TextTrouble, u32)>,
    submit_millis: (u64, u64),
    timeline: Timeline,
    events: VecDeque<NetworkEvent>,
}

impl SimulatedNetwork {
    /// A network in which the phone is registered at home. `first_index` is the lowest `<idx>` a
    /// voice call gets.
    pub fn new(seed: u64, wall_time_at_zero: WallTime, first_index: u8) -> Self {
        SimulatedNetwork {
            random: Random::new(seed ^ 0x006E_6574_776F_726B),
            seed,
            wall_time_at_zero,
            coverage: Coverage {
                registration: Registration::Home,
                signal: None,
                lost_until: Instant::ZERO,
                lte: false,
                ims: true,
                fallback: true,
            },
            first_index,
            calls: CallTable::default(),
            services: ServiceBook::default(),
            diverted: VecDeque::new(),
            transferred: VecDeque::new(),
            failing: None,
            service_codes: ussd::ServiceCodes::default(),
            texts: TextCentre::default(),
            offer: texts::Offer::default(),
            troubles: VecDeque::new(),
            submit_millis: texts::SUBMIT_MILLIS,
            timeline: Timeline::default(),
            events: VecDeque::new(),
        }
    }

    /// The live calls by index: the truth.
    pub fn calls(&self) -> &[LiveCall] {
        self.calls.live()
    }

    /// Every call that ended, oldest first (the last 10,000).
    pub fn call_log(&self) -> &VecDeque<CallLogEntry> {
        self.calls.log()
    }

    /// The stages that calls came into, oldest first (the last 10,000).
    pub fn call_journal(&self) -> &VecDeque<call::CallMoment> {
        self.calls.journal()
    }

    /// Every SMS-SUBMIT that the network took (the last 20,000).
    pub fn texts_accepted(&self) -> &VecDeque<AcceptedText> {
        self.texts.accepted()
    }

    /// Every SMS-DELIVER and report that was handed to the modem (the last 20,000).
    pub fn texts_delivered_to_modem(&self) -> &VecDeque<DeliveredText> {
        self.texts.delivered()
    }

    /// What the network keeps until the modem has room, coverage or the patience to take it.
    pub fn texts_waiting(&self) -> &VecDeque<DeliveredText> {
        self.texts.waiting()
    }

    /// Where the phone is registered.
    pub fn registration(&self) -> Registration {
        self.coverage.registration
    }

    /// `<rssi>` of `+CSQ` (27.007 §8.5): 21 is −71 dBm; 99 without a network.
    pub fn signal(&self, now: Instant) -> u8 {
        if !matches!(
            self.coverage.registration,
            Registration::Home
                | Registration::Roaming
                | Registration::TextsOnly
                | Registration::EmergencyOnly
                | Registration::Denied
        ) {
            return 99;
        }
        // A function of the time instead of a timer, so that an idle network has no deadlines.
        let quarter_minute = now.elapsed().as_secs() / 15;
        let mut chance = Random::new(self.seed ^ quarter_minute.wrapping_mul(0x9E37_79B9));
        self.coverage.signal.unwrap_or(20 + chance.below(3) as u8)
    }

    /// What the network's clock shows.
    pub fn wall_time(&self, now: Instant) -> WallTime {
        self.wall_time_at_zero.plus(now.elapsed())
    }

    /// Whether a second caller is announced or hears the busy tone (27.007 §7.12).
    pub fn call_waiting(&self) -> bool {
        self.services.waiting() & 1 == 1
    }

    /// The subscriber's services.
    pub fn services(&self) -> &ServiceBook {
        &self.services
    }

    /// The same, for the commands that change them.
    pub(super) fn service_book(&mut self) -> &mut ServiceBook {
        &mut self.services
    }

    /// Calls for the phone that went elsewhere (the last 1000).
    pub fn diverted_calls(&self) -> &VecDeque<DivertedCall> {
        &self.diverted
    }

    /// The pairs of numbers that the program connected with each other (the last 1000).
    pub fn transferred_calls(&self) -> &VecDeque<[Option<String>; 2]> {
        &self.transferred
    }

    /// Voice over IMS is registered (27.007 §8.71): that takes a network that serves the SIM.
    pub fn ims(&self) -> bool {
        self.coverage.ims && self.coverage.registration.carries_texts()
    }

    /// Calls can be placed and received: over circuits, or in E-UTRAN over IMS, where `+CREG` tells
    /// of the circuits alone.
    pub fn carries_calls(&self) -> bool {
        self.coverage.registration.carries_calls() || (self.coverage.lte && self.ims())
    }

    /// The phone is in E-UTRAN, where calls need IMS or a fallback.
    pub(super) fn set_lte(&mut self, lte: bool) {
        self.coverage.lte = lte;
    }

    fn notify(&mut self, notification: Notification) {
        self.events.push_back(NetworkEvent::Notification(notification));
    }

    /// The call table, for the commands that change calls.
    pub(super) fn call_table(&mut self) -> &mut CallTable {
        &mut self.calls
    }

    /// The program answers an incoming or waiting call, or takes a held one back.
    pub fn connect(&mut self, serial: u64, now: Instant) {
        self.forget_steps(serial);
        self.calls.set_stage(serial, CallStage::Active, now);
    }

    /// The program ends a call.
    pub fn release(&mut self, serial: u64, cause: u8, now: Instant) {
        self.end_call(serial, cause, ReleasedBy::Program, now);
    }

    fn end_call(&mut self, serial: u64, cause: u8, by: ReleasedBy, now: Instant) {
        self.forget_steps(serial);
        let Some(entry) = self.calls.release(serial, cause, by, now) else { return };
        let refused = by == ReleasedBy::Program && [17, 21].contains(&cause);
        let incoming = entry.call.direction == CallDirection::MobileTerminated;
        if refused && incoming && entry.call.answered_at.is_none() {
            self.user_busy(&entry.call.number, now);
        }
        let outgoing = entry.call.direction == CallDirection::MobileOriginated;
        let number = entry.call.number.unwrap_or_default();
        if outgoing && subscriber::who(&number) == Subscriber::CallsBack {
            let number = subscriber::DIRECTORY
                .iter()
                .find(|entry| entry.subscriber == Subscriber::CallsBack)
                .map_or("", |entry| entry.number);
            self.plan(now + CALL_BACK_AFTER, Planned::CallBack { number });
        }
    }

    fn end_all_calls(&mut self, cause: u8, now: Instant) {
        let serials: Vec<u64> = self.calls.live().iter().map(|call| call.serial).collect();
        for serial in serials {
            self.end_call(serial, cause, ReleasedBy::Network, now);
        }
    }

    fn forget_steps(&mut self, gone: u64) {
        self.timeline.forget(
            |planned| matches!(planned, Planned::CallStep { serial, .. } if *serial == gone),
        );
    }

    fn set_registration(&mut self, registration: Registration, now: Instant) {
        if registration == self.coverage.registration {
            return;
        }
        self.change_coverage(|coverage| coverage.registration = registration, now);
        self.events.push_back(NetworkEvent::Registration(registration));
        self.schedule_offer(now);
    }

    /// What follows for IMS and for the calls, too.
    fn change_coverage(&mut self, change: impl FnOnce(&mut Coverage), now: Instant) {
        let ims = self.ims();
        change(&mut self.coverage);
        if self.ims() != ims {
            self.events.push_back(NetworkEvent::Ims(!ims));
        }
        if !self.carries_calls() {
            self.end_all_calls(41, now);
        }
    }

    /// Registers after the given time, as after a PIN or a change of `+CFUN`.
    pub fn register_in(&mut self, after: Duration, registration: Registration, now: Instant) {
        self.timeline.forget(|planned| matches!(planned, Planned::Registration(_)));
        if after.is_zero() {
            self.set_registration(registration, now);
        } else {
            self.plan(now + after, Planned::Registration(registration));
        }
    }

    fn plan(&mut self, at: Instant, planned: Planned) {
        self.timeline.plan(at, planned);
    }

    /// Time passed: does everything that is due, in order.
    pub fn handle_timeout(&mut self, now: Instant) {
        while let Some((at, planned)) = self.timeline.due(now) {
            self.carry_out(planned, at);
        }
        self.offer_due(now);
    }

    fn carry_out(&mut self, planned: Planned, now: Instant) {
        match planned {
            Planned::CallStep { serial, step } => match step {
                CallStep::Alert => self.calls.set_stage(serial, CallStage::Alerting, now),
                CallStep::Answer => self.calls.set_stage(serial, CallStage::Active, now),
                CallStep::Release(cause) => {
                    self.end_call(serial, cause, ReleasedBy::Network, now);
                }
                CallStep::Divert => self.no_reply(serial, now),
            },
            Planned::CallBack { number } => {
                self.incoming_call(Some(number.to_owned()), false, now);
            }
            Planned::ServiceTimeout => self.service_code_timed_out(),
            Planned::Submit(submit) => self.take_submit(&submit.0, submit.1, now),
            Planned::Enqueue(coming) => self.enqueue(*coming, now),
            Planned::ServiceAnswer(mode, text) => {
                self.events.push_back(NetworkEvent::ServiceAnswer(mode, text));
            }
            Planned::Registration(registration) => self.set_registration(registration, now),
        }
    }

    /// The next thing the modem should know.
    pub fn poll_event(&mut self) -> Option<NetworkEvent> {
        match self.calls.next_change() {
            Some(change) => Some(NetworkEvent::Call(change)),
            None => self.events.pop_front(),
        }
    }

    /// When [`SimulatedNetwork::handle_timeout`] is due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.timeline.next().into_iter().chain(self.offer.at).min()
    }
}
