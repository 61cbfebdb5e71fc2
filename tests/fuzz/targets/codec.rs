//! See `checks::codec`.

#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code)] // Each target uses one of them.
mod checks;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| checks::codec(octets));
