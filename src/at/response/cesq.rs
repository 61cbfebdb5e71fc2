//! `+CESQ`: extended signal quality (3GPP TS 27.007 §8.69).

use super::after;
use crate::at::Arguments;

/// What the modem measures, in the specification's steps; `None` where it does not know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cesq {
    /// GSM: `<rxlev>` 0–63.
    pub rxlev: Option<u8>,
    /// GSM: `<ber>` 0–7.
    pub bit_error_rate: Option<u8>,
    /// UMTS: `<rscp>` 0–96.
    pub rscp: Option<u8>,
    /// UMTS: `<ecno>` 0–49.
    pub ecno: Option<u8>,
    /// LTE: `<rsrq>` 0–34.
    pub rsrq: Option<u8>,
    /// LTE: `<rsrp>` 0–97.
    pub rsrp: Option<u8>,
    /// 5G: `<ss_rsrp>` 0–126.
    pub ss_rsrp: Option<u8>,
}

impl Cesq {
    /// Signal level in dBm: RSRP of LTE or 5G if there is one, else RSCP, else RXLEV. The lower end
    /// of the step.
    pub fn level_dbm(&self) -> Option<i16> {
        let dbm = |step: u8, zero: i16| i16::from(step) + zero;
        let lte = self.rsrp.map(|step| dbm(step, -141));
        let nr = || self.ss_rsrp.map(|step| dbm(step, -157));
        let umts = || self.rscp.map(|step| dbm(step, -121));
        let gsm = || self.rxlev.map(|step| dbm(step, -111));
        lte.or_else(nr).or_else(umts).or_else(gsm)
    }
}

/// Reads one line, `+CESQ: 99,99,255,255,20,80`, which with 5G goes on: `,<ss_rsrq>,<ss_rsrp>,
/// <ss_sinr>`.
pub fn parse(line: &str) -> Option<Cesq> {
    let mut arguments = Arguments::new(after(line, "+CESQ")?);
    let rxlev: u32 = arguments.number()?;
    let mut step = |max: u32| {
        let value: Option<u32> = arguments.number();
        value.filter(|value| *value <= max).map(|value| value as u8)
    };
    Some(Cesq {
        rxlev: (rxlev <= 63).then_some(rxlev as u8),
        bit_error_rate: step(7),
        rscp: step(96),
        ecno: step(49),
        rsrq: step(34),
        rsrp: step(97),
        ss_rsrp: {
            step(126);
            step(126)
        },
    })
}
