//! The model: what a phone *is*, in the words of 3GPP. No AT text, no PDUs, no SQL, no window.
//!
//! [`Command`] is what the user wants, [`Event`] what became true, [`PhoneState`] the sum of the
//! events.

pub mod batch;
pub mod call;
pub mod call_detail;
pub mod command;
pub mod contact;
pub mod diagnosis;
pub mod event;
pub mod link_state;
pub mod mmi;
pub mod network;
pub mod readiness;
pub mod service;
pub mod settings;
pub mod sim_card;
pub mod state;
pub mod text_message;

pub use batch::{Batch, BatchAction, BatchCounts, BatchId, NewBatch, Table};
pub use call::{
    Call, CallId, CallRecord, CallRecordId, CallState, Direction, Keys, Outcome, ReleaseCause,
    RemoteParty,
};
pub use call_detail::{CallDetail, Milestone, TRANSCRIPT_LINES, TranscriptLine};
pub use command::{
    CallCommand, CallerId, Command, ContactCommand, Dial, Export, ExportFormat, LinkCommand,
    MessageCommand, NewMessage, Page, Query, QueryId, RequestId, Secret, UNDO_FOR, UssdCommand,
};
pub use contact::{Contact, ContactId, ContactNumber};
pub use diagnosis::Diagnosis;
pub use event::{Answer, CommandError, Event, Notice, Redial, UssdStatus};
pub use link_state::{
    LinkAddress, LinkAddressError, LinkState, PortDescription, ProbeResult, UsbIdentity,
};
pub use mmi::Mmi;
pub use network::{
    Abilities, AccessTechnology, ModemIdentity, NetworkState, Registration, SignalQuality,
    SimState, VoiceCapability,
};
pub use readiness::{Lamp, Readiness, readiness, registration_told};
pub use service::{
    Barring, ForwardingReason, OwnNumber, Service, ServiceAction, ServiceClass, ServiceLine,
    ServiceRequest, ServiceState,
};
pub use settings::{BLOCK_LIST_LIMIT, REJECT_TEXTS_LIMIT, Settings, Theme};
pub use sim_card::{SimCommand, SimEntry, SimPhonebook};
pub use state::{Conversation, PhoneState};
pub use text_message::{
    Carrier, Delivery, Draft, MessageId, MessageKind, Retry, SearchHit, SegmentCount, SendOptions,
    Template, TemplateId, TextMessage, Thread, ThreadFlags, ThreadId, TimelineItem, WaitingKind,
    WaitingMark,
};
