//! The window, driven as a person or a screen reader drives it: by names, keys and clicks.

mod call;
mod chats;
mod composer;
mod console;
mod contacts;
mod conversation;
mod data;
mod dialer;
mod fake;
mod flash;
mod keyboard;
mod layout;
mod list;
mod long;
mod notify;
mod outbox;
mod picker;
mod rig;
mod sending;
mod settings;
mod texts;
mod whole_app;
