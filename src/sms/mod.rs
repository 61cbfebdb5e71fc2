//! The text-message codec: 3GPP TS 23.040 (TPDUs), 23.038 (alphabets) and the PDU mode of 27.005.
//!
//! This page is the façade the rest of the program uses; the modules hold the fields of the
//! specification one by one. What is received goes through [`decode_incoming`], what is sent
//! through [`encode_submit`]; [`Pdu`] and [`Tpdu`] are there for who wants every field, and
//! [`explain`] takes a PDU apart in words.

mod address;
mod census;
mod command;
mod dcs;
mod deliver;
mod deliver_report;
mod error;
pub mod explain;
mod failure_cause;
pub mod gsm7;
mod hex;
mod incoming;
mod indication;
mod outgoing;
mod parameters;
mod pdu;
mod pid;
mod plain;
mod plain_letters;
mod plan;
mod reader;
mod scts;
mod segment;
mod shape;
mod status;
mod status_report;
mod submit;
mod submit_report;
mod tpdu;
mod ucs2;
mod user_data;
mod user_data_header;
mod validity_period;

#[cfg(test)]
mod tests;

pub use address::{Address, TypeOfNumber};
pub use command::{CommandType, SmsCommand};
pub use dcs::{Coding, Dcs, MessageWaiting};
pub use deliver::SmsDeliver;
pub use deliver_report::SmsDeliverReport;
pub use error::{DecodeError, EncodeError};
pub use failure_cause::FailureCause;
pub use hex::{from_hex, to_hex, to_hex_into};
pub use incoming::{
    Concat, Incoming, IncomingReport, IncomingText, decode_incoming, decode_incoming_with_length,
};
pub use indication::{Indication, WaitingKind};
pub use outgoing::{
    Alphabet, EncodedSegment, Encoding, PlainText, SegmentInfo, SubmitOptions, count_segments,
    encode_submit, forcing_clusters, plain_text,
};
pub use parameters::Parameters;
pub use pdu::Pdu;
pub use pid::Pid;
pub use scts::Timestamp;
pub use status::{Outcome, Status};
pub use status_report::SmsStatusReport;
pub use submit::SmsSubmit;
pub use submit_report::SmsSubmitReport;
pub use tpdu::{Tpdu, Way};
pub use ucs2::join as join_utf16;
pub use user_data::UserData;
pub use user_data_header::{InformationElement, Ports, SpecialIndication, UserDataHeader};
pub use validity_period::{EnhancedPeriod, ValidityPeriod};
