//! The program's pure modules as a library of their own, for the fuzzer.

#[path = "../../src/at/mod.rs"]
pub mod at;
#[path = "../../src/clock.rs"]
pub mod clock;
#[path = "../../src/merge/mod.rs"]
pub mod merge;
#[path = "../../src/modem/mod.rs"]
pub mod modem;
#[path = "../../src/number/mod.rs"]
pub mod number;
#[path = "../../src/phone/mod.rs"]
pub mod phone;
#[path = "../../src/sms/mod.rs"]
pub mod sms;
#[path = "../../src/vcard/mod.rs"]
pub mod vcard;
