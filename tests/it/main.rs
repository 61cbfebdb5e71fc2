//! All integration tests in one binary: the list of modules and nothing else.

mod at;
mod calls;
mod check;
mod cli;
mod dialects;
mod engine;
mod incoming_calls;
mod initialise;
mod link_faults;
mod messages;
mod number;
mod readme;
mod rig;
mod simulation;
mod simulator;
mod sms;
mod store;
mod tidy;
mod ui;
mod vcard;
