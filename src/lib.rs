#![doc = include_str!("ARCHITECTURE.md")]

// Pure: no I/O, no clock.
pub mod at;
pub mod clock;
pub mod merge;
pub mod modem;
pub mod number;
pub mod phone;
pub mod simulator;
pub mod sms;
pub mod vcard;

// Each owns one outside thing.
pub mod link;
pub mod store;

// What joins them, and what people see of it.
pub mod cli;
pub mod engine;
pub mod ui;
