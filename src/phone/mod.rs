//! The model: what a phone *is*, in the words of 3GPP. No AT text, no PDUs, no SQL, no window.
//!
//! [`Command`] is what the user wants, [`Event`] what became true, [`PhoneState`] the sum of the
//! events.

pub mod batch;
pub mod call;
pub mod command;
pub mod contact;
pub mod diagnosis;
pub mod event;
pub mod link_state;
pub mod network;
pub mod settings;
pub mod state;
pub mod text_message;

pub use batch::{Batch, BatchAction, BatchCounts, BatchId, NewBatch, Table};
pub use call::{
    Call, CallId, CallRecord, CallRecordId, CallState, Direction, Outcome, ReleaseCause,
    RemoteParty,
};
pub use command::{
    CallCommand, Command, ContactCommand, Dial, Export, ExportFormat, LinkCommand, MessageCommand,
    NewMessage, Page, Query, QueryId, RequestId, Secret, UNDO_FOR, UssdCommand,
};
pub use contact::{Contact, ContactId, ContactNumber};
pub use diagnosis::Diagnosis;
pub use event::{Answer, CommandError, Event, Notice, UssdStatus};
pub use link_state::{
    LinkAddress, LinkAddressError, LinkState, PortDescription, ProbeResult, UsbIdentity,
};
pub use network::{
    AccessTechnology, ModemIdentity, NetworkState, Registration, SignalQuality, SimState,
};
pub use settings::{Settings, Theme};
pub use state::{Conversation, PhoneState};
pub use text_message::{
    Delivery, Draft, MessageId, MessageKind, Retry, SearchHit, SegmentCount, SendOptions, Template,
    TemplateId, TextMessage, Thread, ThreadFlags, ThreadId, TimelineItem, WaitingKind, WaitingMark,
};
