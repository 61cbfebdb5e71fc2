//! `+CMGR`: one stored message (3GPP TS 27.005 §3.4.3 text mode, §4.2 PDU mode).

use super::after;
use super::cmgl::MessageStatus;
use crate::at::Arguments;

/// The line before the PDU or the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CmgrHeader {
    /// `<stat>`.
    pub status: MessageStatus,
    /// `<length>`: octets of the TPDU without the SMSC; `None` in text mode.
    pub length: Option<u16>,
    /// The PDU, from a modem that puts it on the same line.
    pub pdu: Option<String>,
}

/// Reads one line, `+CMGR: 1,,147`; the PDU follows on the next.
pub fn parse(line: &str) -> Option<CmgrHeader> {
    let mut arguments = Arguments::new(after(line, "+CMGR")?);
    let status = MessageStatus::read(&mut arguments)?;
    let (length, pdu) = super::cmgl::length_and_pdu(arguments);
    Some(CmgrHeader { status, length, pdu })
}
