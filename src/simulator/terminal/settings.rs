//! What the program has set in the modem.

use crate::simulator::persona::{Echo, Persona};
use std::collections::BTreeMap;

/// Everything that `ATZ` and `AT&F` put back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// `E`
    pub echo: bool,
    /// `Q`
    pub quiet: bool,
    /// `V`
    pub verbose: bool,
    /// `X`
    pub result_level: u32,
    /// `S`
    pub registers: BTreeMap<u8, u8>,
    /// `+CMEE`
    pub cmee: u8,
    /// `+COPS=3,<format>`
    pub operator_format: u8,
    /// Which lines come unasked.
    pub reports: Reports,
    /// Texts.
    pub texts: TextSettings,
    /// Settings that are only kept and read back: `+CVHU`, `+CMMS`…
    pub kept: BTreeMap<String, String>,
}

/// Which lines come unasked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reports {
    /// `+CREG`, `+CGREG`, `+CEREG`.
    pub registration: [u8; 3],
    /// `+CLIP`
    pub clip: bool,
    /// `+COLP`
    pub colp: bool,
    /// `+CRC`
    pub cring: bool,
    /// `+CCWA`
    pub ccwa: bool,
    /// `+CUSD`
    pub cusd: bool,
    /// `+CNMI`
    pub cnmi: [u8; 5],
    /// `^CURC`
    pub curc: bool,
    /// `+QINDCFG="ccinfo"`
    pub ccinfo: bool,
    /// `+CLCC=1`
    pub clcc: bool,
}

/// Texts (3GPP TS 27.005 §3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextSettings {
    /// `+CMGF`: text mode.
    pub text_mode: bool,
    /// `+CSMS`: 1 wants `+CNMA`.
    pub service: u8,
    /// `+CSCS`
    pub charset: String,
    /// `+CSMP`: first octet, validity period, protocol identifier, data coding scheme.
    pub parameters: [u8; 4],
    /// `+CSDH`
    pub show_header: bool,
    /// `+CSCA`
    pub smsc: String,
}

impl Settings {
    /// As after power-on.
    pub fn of(persona: &Persona) -> Self {
        let registers = [(0, 0), (3, 13), (4, 10), (5, 8), (7, 60), (8, 2), (10, 15)];
        Settings {
            echo: matches!(persona.manners.echo, Echo::On | Echo::Always),
            quiet: false,
            verbose: true,
            result_level: 4,
            registers: registers.into_iter().collect(),
            cmee: persona.manners.cmee,
            operator_format: 0,
            reports: Reports {
                cnmi: persona.texts.cnmi_at_start,
                curc: true,
                ..Reports::default()
            },
            texts: TextSettings {
                text_mode: persona.texts.cmgf == 1,
                service: 0,
                charset: "IRA".to_owned(),
                parameters: [17, 167, 0, 0],
                show_header: false,
                smsc: super::super::network::subscriber::SMSC_NUMBER.to_owned(),
            },
            kept: BTreeMap::new(),
        }
    }

    /// `S` register or 0.
    pub fn register(&self, number: u8) -> u8 {
        self.registers.get(&number).copied().unwrap_or(0)
    }
}
