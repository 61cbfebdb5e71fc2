//! The parts pages are made of. A widget is a function or a small builder; its state belongs to
//! the caller.

pub mod at_right;
pub mod avatar;
pub mod bidi_field;
pub mod bubble;
mod bubble_state;
pub mod button;
pub mod calendar;
pub mod call_card;
pub mod call_deeds;
pub mod call_keys;
pub mod call_menu;
mod call_strip;
pub mod combo;
mod deed_button;
pub mod empty;
pub mod ended_card;
pub mod ended_strip;
pub mod facts;
pub mod field;
pub mod icon;
pub mod keypad;
pub mod label;
pub mod menu;
pub mod number_field;
pub mod progress;
pub mod redial_card;
pub mod row;
pub mod settled;
pub mod signal;
pub mod still;
pub mod text_area;
pub mod toast;
pub mod toggle;

pub use button::{Button, Kind, icon_button};
pub use icon::Icon;
