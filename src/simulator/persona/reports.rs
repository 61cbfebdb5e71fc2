//! What the makers' modems print about calls of their own accord, line by line. The forms are those
//! of their AT command manuals and of transcripts.

use super::CallReports;
use crate::simulator::SimulatedModem;
use crate::simulator::calls::{clcc_row, direction, stat};
use crate::simulator::command::type_of_number;
use crate::simulator::network::ReleasedBy;
use crate::simulator::network::call::{CallDirection, CallLogEntry, CallStage, LiveCall};

impl SimulatedModem {
    /// A setting that is kept by its name was switched on.
    fn reports_on(&self, setting: &str) -> bool {
        self.settings.kept.get(setting).is_some_and(|value| value.starts_with('1'))
    }

    /// A call is new or changed.
    pub(in crate::simulator) fn report_stage(&mut self, call: &LiveCall) {
        let index = call.index;
        let state = stat(call.stage);
        match self.persona.calls.reports {
            CallReports::Huawei if self.settings.reports.curc => match call.stage {
                CallStage::Dialing => self.unsolicited(&format!("^ORIG:{index},0")),
                CallStage::Alerting => self.unsolicited(&format!("^CONF:{index}")),
                CallStage::Active => self.unsolicited(&format!("^CONN:{index},0")),
                _ => {}
            },
            CallReports::Simcom => {
                if self.settings.reports.clcc {
                    self.unsolicited(&clcc_row(call, state));
                }
                if call.stage == CallStage::Active && !self.settings.reports.clcc {
                    self.unsolicited("VOICE CALL: BEGIN");
                }
            }
            CallReports::Quectel if self.settings.reports.ccinfo => {
                self.report_ccinfo(call, i32::from(state));
            }
            CallReports::Wavecom
                if matches!(call.stage, CallStage::Dialing | CallStage::Incoming) =>
            {
                self.unsolicited(&format!("+WIND: 5,{index}"));
            }
            CallReports::DsciCounted | CallReports::DsciListed if self.reports_on("^DSCI") => {
                self.report_dsci(call, None);
            }
            CallReports::Ublox if self.reports_on("+UCALLSTAT") => {
                self.unsolicited(&format!("+UCALLSTAT: {index},{state}"));
            }
            CallReports::Intel if self.reports_on("+XCALLSTAT") => {
                self.unsolicited(&format!("+XCALLSTAT: {index},{state}"));
                if call.stage == CallStage::Active {
                    self.unsolicited(&format!("+XCALLSTAT: {index},7"));
                }
            }
            CallReports::Telit if self.reports_on("#ECAM") => {
                let tail = match call.stage {
                    CallStage::Dialing => numbered(call),
                    _ => String::new(),
                };
                self.unsolicited(&format!("#ECAM: 0,{},1,,,{tail}", ericsson_state(call.stage)));
            }
            CallReports::Ericsson if self.reports_on("*ECAM") => {
                let tail = match call.stage {
                    CallStage::Dialing | CallStage::Incoming | CallStage::Waiting
                        if call.number.is_some() =>
                    {
                        format!(",,,{}", numbered(call))
                    }
                    _ => String::new(),
                };
                let state = ericsson_state(call.stage);
                self.unsolicited(&format!("*ECAV: {index},{state},1{tail}"));
            }
            CallReports::Cinterion if self.reports_on("^SLCC") => self.report_slcc(),
            _ => {}
        }
    }

    /// A call is gone.
    pub(in crate::simulator) fn report_release(&mut self, entry: &CallLogEntry) {
        let (call, cause) = (&entry.call, entry.cause);
        let index = call.index;
        let seconds = call.answered_at.map_or(0, |at| entry.ended_at.since(at).as_secs());
        match self.persona.calls.reports {
            CallReports::Huawei if self.settings.reports.curc => {
                // 29: ended here; 104: ended by the network, see the cause.
                let status = if entry.released_by == ReleasedBy::Program { 29 } else { 104 };
                self.unsolicited(&format!("^CEND:{index},{seconds},{status},{cause}"));
            }
            CallReports::Simcom => self.report_simcom_end(entry, seconds),
            CallReports::Quectel if self.settings.reports.ccinfo => self.report_ccinfo(call, -1),
            CallReports::Wavecom => self.unsolicited(&format!("+WIND: 6,{index}")),
            CallReports::DsciCounted | CallReports::DsciListed if self.reports_on("^DSCI") => {
                self.report_dsci(call, Some(cause));
            }
            CallReports::Ublox if self.reports_on("+UCALLSTAT") => {
                self.unsolicited(&format!("+UCALLSTAT: {index},6"));
            }
            CallReports::Intel if self.reports_on("+XCALLSTAT") => {
                self.unsolicited(&format!("+XCALLSTAT: {index},6"));
            }
            CallReports::Telit if self.reports_on("#ECAM") => {
                if cause == 17 && call.answered_at.is_none() {
                    self.unsolicited("#ECAM: 0,7,1,,,");
                }
                self.unsolicited("#ECAM: 0,0,1,,,");
            }
            CallReports::Ericsson if self.reports_on("*ECAM") => {
                self.unsolicited(&format!("*ECAV: {index},0,1,08,{cause:03}"));
            }
            CallReports::Cinterion if self.reports_on("^SLCC") => self.report_slcc(),
            CallReports::Zte
                if call.answered_at.is_some() && entry.released_by != ReleasedBy::Program =>
            {
                self.unsolicited("HANGUP: 1");
            }
            _ => {}
        }
    }

    fn report_simcom_end(&mut self, entry: &CallLogEntry, seconds: u64) {
        let call = &entry.call;
        if self.settings.reports.clcc {
            self.unsolicited(&clcc_row(call, 6));
        }
        if call.answered_at.is_some() {
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            let seconds = seconds % 60;
            self.unsolicited(&format!("VOICE CALL: END: {hours:02}{minutes:02}{seconds:02}"));
        } else if call.direction == CallDirection::MobileTerminated
            && entry.released_by == ReleasedBy::Network
        {
            let civil = self.network.wall_time(entry.ended_at).civil();
            let half = if civil.hour < 12 { "AM" } else { "PM" };
            let (hour, minute) = ((civil.hour + 11) % 12 + 1, civil.minute);
            let number = call.number.clone().unwrap_or_default();
            self.unsolicited(&format!("MISSED_CALL: {hour:02}:{minute:02}{half} {number}"));
        }
    }

    fn report_ccinfo(&mut self, call: &LiveCall, state: i32) {
        let (index, direction) = (call.index, direction(call));
        let (multiparty, tail) = (u8::from(call.multiparty), numbered(call));
        self.unsolicited(&format!(
            "+QIND: \"ccinfo\",{index},{direction},{state},0,{multiparty},{tail}"
        ));
    }

    /// `^DSCI`, in the dialect of the persona; `cause` if the call is gone.
    fn report_dsci(&mut self, call: &LiveCall, cause: Option<u8>) {
        let (index, direction) = (call.index, direction(call));
        if self.persona.calls.reports == CallReports::DsciListed {
            let state = if cause.is_some() { 6 } else { stat(call.stage) };
            let cause = cause.map(|cause| cause.to_string()).unwrap_or_default();
            let (multiparty, tail) = (u8::from(call.multiparty), numbered(call));
            return self.unsolicited(&format!(
                "^DSCI: {index},{direction},{state},0,{multiparty},{tail},,{cause},128,\"\",0"
            ));
        }
        let state = match call.stage {
            _ if cause.is_some() => 6,
            CallStage::Held => 1,
            CallStage::Dialing => 2,
            CallStage::Active => 3,
            CallStage::Incoming => 4,
            CallStage::Waiting => 5,
            CallStage::Alerting => 7,
        };
        let number = call.number.clone().unwrap_or_default();
        let kind = type_of_number(&number);
        self.unsolicited(&format!("^DSCI: {index},{direction},{state},0,{number},{kind},0"));
    }

    /// The whole list, closed by an empty line.
    fn report_slcc(&mut self) {
        let rows: Vec<String> = self
            .network
            .calls()
            .iter()
            .map(|call| {
                let (index, direction, state) = (call.index, direction(call), stat(call.stage));
                let multiparty = u8::from(call.multiparty);
                let tail = numbered(call);
                format!("^SLCC: {index},{direction},{state},0,{multiparty},0,{tail}")
            })
            .collect();
        for row in rows {
            self.unsolicited(&row);
        }
        self.unsolicited("^SLCC:");
    }
}

/// `"<number>",<type>`.
fn numbered(call: &LiveCall) -> String {
    let number = call.number.as_deref().unwrap_or_default();
    format!("\"{number}\",{}", type_of_number(number))
}

/// `<ccstatus>` of `#ECAM` and `*ECAV`.
fn ericsson_state(stage: CallStage) -> u8 {
    match stage {
        CallStage::Dialing => 1,
        CallStage::Alerting => 2,
        CallStage::Active => 3,
        CallStage::Held => 4,
        CallStage::Waiting => 5,
        CallStage::Incoming => 6,
    }
}
