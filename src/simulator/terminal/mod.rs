//! The side of the modem that faces the program: typed characters, command lines, answers.

pub mod execute;
pub mod input;
pub mod output;
pub mod parser;
pub mod settings;

#[cfg(test)]
mod tests;
