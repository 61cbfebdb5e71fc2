//! TP-PI and the parameters it announces: TP-PID, TP-DCS, TP-UDL and TP-UD of the three kinds of
//! report (3GPP TS 23.040 §9.2.3.27).

use super::dcs::Dcs;
use super::error::DecodeError;
use super::reader::Reader;
use super::user_data::UserData;

/// TP-PID follows.
const PID: u8 = 0x01;
/// TP-DCS follows.
const DCS: u8 = 0x02;
/// TP-UDL and TP-UD follow.
const UDL: u8 = 0x04;
/// Another octet of TP-PI follows.
const EXTENSION: u8 = 0x80;
/// Octets of TP-PI after the first that are kept; none is defined so far.
const MAX_EXTENSION: usize = 4;

/// The optional parameters of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parameters {
    /// TP-PID (§9.2.3.9).
    pub pid: Option<u8>,
    /// TP-DCS (§9.2.3.10); without it TP-UD is in GSM 7-bit.
    pub dcs: Option<Dcs>,
    /// TP-UDL and TP-UD.
    pub user_data: Option<UserData>,
    /// Bits 7–3 of TP-PI, which have no meaning yet.
    reserved: u8,
    /// Further octets of TP-PI, none of which has a meaning yet.
    extension: [u8; MAX_EXTENSION],
    extension_octets: u8,
}

impl Parameters {
    /// None at all.
    pub fn none() -> Parameters {
        Parameters::default()
    }

    /// User data with its TP-DCS.
    pub fn with_user_data(user_data: UserData) -> Parameters {
        let dcs = Some(user_data.dcs());
        Parameters { dcs, user_data: Some(user_data), ..Parameters::default() }
    }

    /// TP-PI, its first octet.
    pub fn indicator(&self) -> u8 {
        let bit = |present: bool, bit| if present { bit } else { 0 };
        self.reserved
            | bit(self.pid.is_some(), PID)
            | bit(self.dcs.is_some(), DCS)
            | bit(self.user_data.is_some(), UDL)
    }

    /// Octets of TP-PI.
    pub(super) fn indicator_octets(&self) -> usize {
        1 + usize::from(self.extension_octets)
    }

    /// Reads TP-PI with its extensions; what it announces is read by [`Parameters::read_rest`].
    pub(super) fn read_indicator(reader: &mut Reader<'_>) -> Result<(u8, Parameters), DecodeError> {
        const FIELD: &str = "TP-PI";
        let first = reader.octet(FIELD)?;
        let mut parameters = Parameters { reserved: first & 0xF8, ..Parameters::default() };
        let mut octet = first;
        while octet & EXTENSION != 0 {
            octet = reader.octet(FIELD)?;
            let at = usize::from(parameters.extension_octets);
            let Some(slot) = parameters.extension.get_mut(at) else {
                return Err(reader.error(FIELD, "more octets than any indicator has"));
            };
            *slot = octet;
            parameters.extension_octets += 1;
        }
        Ok((first, parameters))
    }

    /// Reads what `indicator` announces.
    pub(super) fn read_rest(
        &mut self,
        indicator: u8,
        has_header: bool,
        reader: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        if indicator & PID != 0 {
            self.pid = Some(reader.octet("TP-PID")?);
        }
        if indicator & DCS != 0 {
            self.dcs = Some(Dcs::from(reader.octet("TP-DCS")?));
        }
        if indicator & UDL != 0 {
            let dcs = self.dcs.unwrap_or_default();
            self.user_data = Some(UserData::read(dcs, has_header, reader)?);
        }
        Ok(())
    }

    pub(super) fn write_indicator(&self, octets: &mut Vec<u8>) {
        octets.push(self.indicator());
        octets.extend_from_slice(&self.extension[..usize::from(self.extension_octets)]);
    }

    pub(super) fn write_rest(&self, octets: &mut Vec<u8>) {
        octets.extend(self.pid);
        octets.extend(self.dcs.map(u8::from));
        if let Some(data) = &self.user_data {
            data.write(octets);
        }
    }

    /// TP-UDHI of the first octet.
    pub(super) fn has_header(&self) -> bool {
        self.user_data.as_ref().is_some_and(UserData::has_header)
    }
}
