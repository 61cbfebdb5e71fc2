//! All integration tests in one binary: the list of modules and nothing else.

mod at;
mod calls;
mod check;
mod cli;
mod crash;
mod dialects;
mod engine;
mod fuzz_corpus;
mod incoming_calls;
mod initialise;
mod link_faults;
mod merge;
mod messages;
mod number;
mod readme;
mod receiving;
mod rig;
mod simulation;
mod simulator;
mod sms;
mod store;
mod text_mode;
mod tidy;
mod ui;
mod vcard;
