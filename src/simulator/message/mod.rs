//! The simulator's own reading of 3GPP TS 23.040 and 23.038: only what a network and a modem need.
//!
//! The program has a complete codec in `sms`. This one is apart on purpose: a field that the codec
//! misunderstands must not come back from the simulated network misunderstood the same way.

pub mod alphabet;
pub mod segment;
pub mod tpdu;

#[cfg(test)]
mod tests;
