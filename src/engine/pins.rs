//! The SIM's PIN from the system's keyring, if the user wants it kept there: given once for each
//! connection, never as the last try, and forgotten when the SIM refuses it. It is never on the
//! disk otherwise.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::input::{Action, Job, Moment};
use crate::engine::keyring::KeyringTask;
use crate::modem::ModemCommand;
use crate::phone::{
    CommandError, Diagnosis, LinkAddress, ModemIdentity, RequestId, Secret, SimCommand, SimState,
};
use std::collections::VecDeque;
use std::time::Duration;

/// Tries that must be left for one of them to be spent on a PIN that nobody typed.
const TRIES_NEEDED: u8 = 2;
/// A modem that was set up has so long to tell its IMEI; one that does not is known by its name.
const IMEI_PATIENCE: Duration = Duration::from_secs(10);
/// Tasks that wait for a keyring that does not answer.
const MOST_TASKS: usize = 16;

/// What is under way with PINs.
#[derive(Debug, Default)]
pub(super) struct Pins {
    /// What tells this modem from others; empty until that is known.
    modem: String,
    /// Its name and port, for one without IMEI, and from when on that has to do.
    name: String,
    name_from: Option<Instant>,
    /// A PIN that the SIM took before the modem was known.
    unkept: Option<Secret>,
    /// The keyring was asked since the link was opened; the SIM was given the answer.
    asked: bool,
    used: bool,
    /// The SIM has this one from the keyring, and has not answered.
    given: Option<RequestId>,
    /// The user's own, to be kept once the SIM took it.
    typed: Option<(RequestId, Secret)>,
    /// The keyring does one thing at a time, in this order.
    busy: bool,
    waiting: VecDeque<KeyringTask>,
    /// That the keyring can't be used was told.
    trouble_told: bool,
}

impl Pins {
    /// Another connection: perhaps another SIM.
    pub(super) fn link_opened(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let (busy, trouble_told) = (self.busy, self.trouble_told);
        *self = Pins { waiting, busy, trouble_told, ..Pins::default() };
    }

    /// The set-up is through.
    pub(super) fn modem_ready(&mut self, now: Instant) {
        if self.modem.is_empty() {
            self.name_from = Some(now + IMEI_PATIENCE);
        }
    }

    /// When the modem's name has to do.
    pub(super) fn due(&self) -> Option<Instant> {
        self.name_from
    }
}

impl Engine {
    /// The modem said who it is: by its IMEI, else by its name and port.
    pub(super) fn modem_known(&mut self, identity: &ModemIdentity) {
        let address = self.linkage.state.address().map(LinkAddress::to_string);
        self.pins.name = format!("{} at {}", identity.display_name(), address.unwrap_or_default());
        let imei = identity.imei.trim();
        if !imei.is_empty() && self.pins.modem.is_empty() {
            self.pins.modem = format!("IMEI {imei}");
            self.pins.name_from = None;
            self.keep_unkept();
        }
        self.sim_asks();
    }

    /// A modem that has told no IMEI by now has none.
    pub(super) fn pins_due(&mut self, moment: Moment) {
        if self.pins.name_from.take_if(|from| *from <= moment.now).is_some() {
            self.pins.modem.clone_from(&self.pins.name);
            self.keep_unkept();
            self.sim_asks();
        }
    }

    fn keep_unkept(&mut self) {
        if let Some(pin) = self.pins.unkept.take() {
            self.keyring(KeyringTask::Keep(self.pins.modem.clone(), pin));
        }
    }

    /// The SIM may ask for its PIN: the keyring is asked, once.
    pub(super) fn sim_asks(&mut self) {
        let known = !self.pins.modem.is_empty() && !self.pins.asked;
        if self.settings.remember_pin && known && self.tries_are_left() {
            self.pins.asked = true;
            self.keyring(KeyringTask::Get(self.pins.modem.clone()));
        }
    }

    /// Surely: where the modem doesn't tell, this may be the last one.
    fn tries_are_left(&self) -> bool {
        let SimState::PinRequired(Some(tries)) = self.network.sim else { return false };
        tries >= TRIES_NEEDED && !self.network.tries_at_most
    }

    /// The user gives the SIM its PIN.
    pub(super) fn pin_typed(&mut self, request: RequestId, pin: &Secret) {
        if self.settings.remember_pin {
            self.pins.typed = Some((request, pin.clone()));
        }
    }

    /// The user changes the PIN, or whether there is one.
    pub(super) fn sim_command(&mut self, request: RequestId, command: SimCommand, moment: Moment) {
        match &command {
            SimCommand::ChangePin { new, .. } => self.pin_typed(request, new),
            SimCommand::SetPinLock { on: true, pin, .. } => self.pin_typed(request, pin),
            _ => {}
        }
        self.hand_to_modem(request, ModemCommand::Sim(command), moment);
    }

    /// The driver is through with a request: perhaps a PIN.
    pub(super) fn pin_over(&mut self, request: RequestId, failure: Option<&CommandError>) {
        if let Some((_, pin)) = self.pins.typed.take_if(|(typed, _)| *typed == request)
            && failure.is_none()
        {
            self.pins.unkept = Some(pin);
            if !self.pins.modem.is_empty() {
                self.keep_unkept();
            }
        }
        let given = self.pins.given.take_if(|given| *given == request).is_some();
        let refused =
            matches!(failure, Some(CommandError::Equipment(_) | CommandError::Refused(_)));
        if given && refused {
            self.keyring(KeyringTask::Forget(self.pins.modem.clone()));
            let text = "The SIM card refused the PIN from the keyring";
            self.notice(text, "It was deleted there; enter the right one", true);
        }
    }

    /// The user wants PINs kept no more.
    pub(super) fn forget_pins(&mut self) {
        self.pins.waiting.clear();
        self.pins.typed = None;
        self.pins.unkept = None;
        self.keyring(KeyringTask::ForgetAll);
    }

    fn keyring(&mut self, task: KeyringTask) {
        if self.pins.waiting.len() < MOST_TASKS {
            self.pins.waiting.push_back(task);
        }
        self.next_keyring_task();
    }

    fn next_keyring_task(&mut self) {
        if !self.pins.busy
            && let Some(task) = self.pins.waiting.pop_front()
        {
            self.pins.busy = true;
            self.out.actions.push(Action::Job(Job::Keyring(task)));
        }
    }

    /// The keyring has answered.
    pub(super) fn keyring_done(
        &mut self,
        task: &KeyringTask,
        result: Result<Option<Secret>, String>,
        moment: Moment,
    ) {
        self.pins.busy = false;
        self.next_keyring_task();
        match (task, result) {
            (KeyringTask::Get(modem), Ok(Some(pin))) if *modem == self.pins.modem => {
                self.give_pin(pin, moment);
            }
            (_, Ok(_)) => self.pins.trouble_told = false,
            (_, Err(reason)) => self.keyring_fails(task, &reason),
        }
    }

    /// Once, if the SIM still asks and enough tries are left.
    fn give_pin(&mut self, pin: Secret, moment: Moment) {
        let wanted = self.settings.remember_pin && self.tries_are_left() && !self.pins.used;
        if !wanted || self.pins.typed.is_some() || self.linkage.why_no_link().is_some() {
            return;
        }
        self.pins.used = true;
        let request = self.internal_request();
        self.pins.given = Some(request);
        let command = ModemCommand::EnterPin { code: pin, new_pin: None, last_try: false };
        self.seat.modem.handle_command(request, command, moment.now);
    }

    fn keyring_fails(&mut self, task: &KeyringTask, reason: &str) {
        if std::mem::replace(&mut self.pins.trouble_told, true) {
            return;
        }
        let words = match task {
            KeyringTask::Get(_) => "The PIN could not be read from the system's keyring",
            KeyringTask::Keep(..) => "The PIN could not be kept in the system's keyring",
            _ => "The PIN could not be deleted from the system's keyring",
        };
        let why = Diagnosis::new(words, reason);
        self.notice(&why.cause, &why.advice, true);
    }
}
