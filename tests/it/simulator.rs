//! The simulated modem by itself, driven by hand-written dialogues: `>` is typed, `<` is expected.
//!
//! The expected lines come from V.250, 3GPP TS 27.007 and 27.005 and the makers' manuals, not from
//! what the simulator happened to print.

mod calls;
mod card;
mod desk;
mod faults;
mod personas;
mod several;
mod texts;
