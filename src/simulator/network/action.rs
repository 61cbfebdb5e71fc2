//! What a test, a script or a person can make happen in the network.

pub use super::call_action::CallAction;
pub use super::ussd::UssdAction;

use super::{CallStage, NetworkEvent, Registration, SimulatedNetwork, TextTrouble};
use crate::clock::Instant;
use crate::simulator::message::tpdu::Content;
use std::time::Duration;

/// Cause of a call that the other side ended as usual (24.008: normal call clearing).
const NORMAL_CLEARING: u8 = 16;

/// Something that happens outside of the modem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NetworkAction {
    /// Somebody calls; `None` withholds the number.
    IncomingCall {
        /// The caller.
        from: Option<String>,
    },
    /// Who is being called answers now.
    RemoteAnswers,
    /// The other side ends the call with this index, or the latest one: an answered call ends, an
    /// incoming one is given up, an outgoing one is rejected.
    RemoteReleases(Option<u8>),
    /// Somebody sends a text of any length.
    IncomingText {
        /// Number or alphanumeric sender.
        from: String,
        /// The text.
        text: String,
    },
    /// Somebody sends a text with a message class (0 shows at once and is not stored).
    IncomingClassText {
        /// Number or alphanumeric sender.
        from: String,
        /// The text.
        text: String,
        /// 0–3.
        class: u8,
    },
    /// The network takes none of the next texts of the phone: `+CMS ERROR: <cause>`.
    RefuseTexts {
        /// RP cause (24.011), TP-FCS (23.040) or a number of 27.005.
        cause: u16,
        /// So many.
        times: u32,
    },
    /// Somebody sends these octets as TPDU (without SMSC field), good or bad.
    IncomingTpdu(Vec<u8>),
    /// Somebody sends a text with this TP-PID: 0x41–0x47 replaces the last one of the same number,
    /// 0x40 is of type 0 (23.040 §9.2.3.9).
    IncomingPidText {
        /// Number or alphanumeric sender.
        from: String,
        /// The text.
        text: String,
        /// TP-PID.
        pid: u8,
    },
    /// Somebody sends 8-bit data to an application's port (23.040 §9.2.3.24.4): at most 133 octets.
    IncomingData {
        /// Number or alphanumeric sender.
        from: String,
        /// 9204 is a contact card, 2948 WAP push.
        port: u16,
        /// The octets.
        data: Vec<u8>,
    },
    /// The network says that so many voice mails wait.
    VoiceMails(u8),
    /// The next texts that the modem sends go wrong.
    TroubleTexts {
        /// How.
        trouble: TextTrouble,
        /// How many of them; 0: none goes wrong any more.
        times: u32,
    },
    /// The modem's memory for received texts is filled with drafts (true), or freed of them.
    Memory(bool),
    /// The registration changes.
    SetRegistration(Registration),
    /// The signal is fixed at this `<rssi>` (0–31, 99); `None` lets it vary again.
    SetSignal(Option<u8>),
    /// The phone loses the network for this long; calls end.
    DropNetwork(Duration),
    /// The modem restarts by itself, as after a brown-out: settings and calls are gone.
    RestartModem,
    /// The SIM is taken out, put in or locked.
    Sim(SimChange),
    /// More of calls, and services.
    Calls(CallAction),
    /// Service codes.
    Ussd(UssdAction),
}

/// A change of the SIM.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SimChange {
    /// In and unlocked.
    Ready,
    /// In, waiting for its PIN (1234).
    Locked,
    /// Taken out.
    Absent,
}

impl SimulatedNetwork {
    /// Makes it happen. Called by the modem, which then tells the program.
    pub(in crate::simulator) fn handle_action(&mut self, action: NetworkAction, now: Instant) {
        match action {
            NetworkAction::IncomingCall { from } => self.incoming_call(from, false, now),
            NetworkAction::Calls(action) => self.handle_call_action(action, now),
            NetworkAction::Ussd(action) => self.handle_ussd_action(action, now),
            NetworkAction::RemoteAnswers => {
                let ringing = [CallStage::Dialing, CallStage::Alerting];
                for serial in self.calls.all_in_stage(&ringing) {
                    self.connect(serial, now);
                }
            }
            NetworkAction::RemoteReleases(index) => self.remote_releases(index, now),
            NetworkAction::IncomingText { from, text } => {
                self.incoming_text(&from, &text, None, now);
            }
            NetworkAction::IncomingClassText { from, text, class } => {
                self.incoming_text(&from, &text, Some(class), now);
            }
            NetworkAction::RefuseTexts { cause, times } => self.texts.refuse(cause, times),
            NetworkAction::IncomingTpdu(tpdu) => self.incoming_tpdu(tpdu, now),
            NetworkAction::IncomingPidText { from, text, pid } => {
                self.incoming_pid_text(&from, &text, pid, now);
            }
            NetworkAction::IncomingData { from, port, data } => {
                let [high, low] = port.to_be_bytes();
                let mut user_data = vec![0x06, 0x05, 0x04, high, low, 0x00, 0x00];
                user_data.extend(data.iter().take(133));
                let length = user_data.len() as u8;
                let content = Content { pid: 0, dcs: 0x04, has_header: true, length, user_data };
                self.incoming_content(&from, content, now);
            }
            NetworkAction::VoiceMails(count) => self.voice_mails(count, now),
            NetworkAction::TroubleTexts { trouble, times } => self.trouble_texts(trouble, times),
            NetworkAction::Memory(full) => self.events.push_back(NetworkEvent::Memory(full)),
            NetworkAction::SetRegistration(registration) => {
                self.register_in(Duration::ZERO, registration, now);
            }
            NetworkAction::SetSignal(signal) => self.coverage.signal = signal,
            NetworkAction::DropNetwork(away) => {
                let before = self.coverage.registration;
                self.register_in(Duration::ZERO, Registration::Searching, now);
                if before != Registration::Searching {
                    self.coverage.lost_until = now + away;
                    self.register_in(away, before, now);
                }
            }
            NetworkAction::RestartModem => self.events.push_back(NetworkEvent::Restart),
            NetworkAction::Sim(change) => self.events.push_back(NetworkEvent::Sim(change)),
        }
    }

    fn remote_releases(&mut self, index: Option<u8>, now: Instant) {
        let chosen = match index {
            Some(index) => self.calls.live().iter().find(|call| call.index == index),
            None => self.calls.live().iter().max_by_key(|call| call.serial),
        };
        let Some(call) = chosen else { return };
        let rejected = matches!(call.stage, CallStage::Dialing | CallStage::Alerting);
        let cause = if rejected { 21 } else { NORMAL_CLEARING };
        self.end_call(call.serial, cause, super::ReleasedBy::Network, now);
    }

    /// The modem lost its power for a moment: its calls end, texts on their way are gone.
    pub(in crate::simulator) fn modem_restarts(&mut self, now: Instant) {
        self.end_all_calls(27, now);
        self.forget_submissions();
        self.cancel_service_code();
        self.settle(super::texts::Settlement::NotAcknowledged, now);
        self.memory_available(now);
    }
}
