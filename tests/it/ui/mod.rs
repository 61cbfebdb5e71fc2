//! The window, driven as a person or a screen reader drives it: by names, keys and clicks.

mod call;
mod composer;
mod console;
mod contacts;
mod conversation;
mod data;
mod dialer;
mod fake;
mod keyboard;
mod layout;
mod notify;
mod picker;
mod rig;
mod settings;
mod whole_app;
