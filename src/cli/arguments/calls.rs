//! The options of what concerns calls, codes and the SIM card.

use super::{Connection, Style, seconds};
use clap::{Args, Subcommand};
use std::time::Duration;

/// `deskphone call`.
#[derive(Args, Debug)]
pub struct CallArguments {
    /// Whom to call, in any common spelling: +98 912 123 4567; tones to send after the answer may
    /// follow, with a comma for each pause of three seconds: 0301234567,,123#
    pub number: String,
    #[command(flatten)]
    pub connection: Connection,
    /// Hang up this long after the answer; if the modem doesn't tell of it, after that is said
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub hang_up_after: Option<Duration>,
    /// Tones to send after the answer: 0-9 * # A-D
    #[arg(long, value_name = "DIGITS")]
    pub dtmf: Option<String>,
    /// Hide the own number in this call
    #[arg(long, conflicts_with = "show_number")]
    pub hide_number: bool,
    /// Show the own number in this call
    #[arg(long)]
    pub show_number: bool,
    /// Try it even if it can't succeed as far as the modem says
    #[arg(long)]
    pub anyway: bool,
    /// Yes, this is an emergency call; without it such a number is not dialed
    #[arg(long)]
    pub emergency: bool,
    #[command(flatten)]
    pub style: Style,
}

/// `deskphone code`.
#[derive(Args, Debug)]
pub struct CodeArguments {
    /// The code: '*100#', '*#06#', '**21*+49301234567#'
    pub code: String,
    /// What to reply when the network asks; may be given several times
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub reply: Vec<String>,
    #[command(flatten)]
    pub connection: Connection,
    #[command(flatten)]
    pub style: Style,
}

/// `deskphone calls`.
#[derive(Subcommand, Debug)]
pub enum CallsTask {
    /// Print the history, oldest first
    List(Style),
    /// Print what is known of one call: its steps, its end, the AT lines
    Show {
        /// The call's id, as list --json has it; the newest call if not given
        id: Option<i64>,
        #[command(flatten)]
        style: Style,
    },
}

/// `deskphone sim`.
#[derive(Subcommand, Debug)]
pub enum SimTask {
    /// Print the phonebook of the SIM card
    Phonebook(InSim),
    /// Copy the phonebook of the SIM card to the contacts; what is known already is not doubled
    Copy(InSim),
    /// Write an entry to the phonebook of the SIM card
    Add {
        /// The name
        name: String,
        /// The number
        number: String,
        #[command(flatten)]
        sim: InSim,
    },
    /// Empty a place of the phonebook of the SIM card
    Remove {
        /// The place, as phonebook prints it
        place: u16,
        #[command(flatten)]
        sim: InSim,
    },
    /// Unlock the SIM card; the PIN is read from standard input
    Unlock {
        /// Use the last try
        #[arg(long)]
        last_try: bool,
        #[command(flatten)]
        sim: InSim,
    },
    /// Change the PIN; the old and the new one are read from standard input, a line each
    ChangePin {
        /// Use the last try
        #[arg(long)]
        last_try: bool,
        #[command(flatten)]
        sim: InSim,
    },
    /// Ask for the PIN at every start (on), or no more (off); the PIN is read from standard input
    PinLock {
        /// on or off
        #[arg(value_enum, hide_possible_values = true)]
        lock: Switch,
        /// Use the last try
        #[arg(long)]
        last_try: bool,
        #[command(flatten)]
        sim: InSim,
    },
}

/// Which modem's SIM card, and how to print.
#[derive(Args, Debug)]
pub struct InSim {
    #[command(flatten)]
    pub connection: Connection,
    #[command(flatten)]
    pub style: Style,
}

/// `deskphone explain`.
#[derive(Args, Debug)]
pub struct ExplainArguments {
    /// A line of AT traffic, as sent or received; without it, lines are read from standard input
    #[arg(allow_hyphen_values = true)]
    pub line: Option<String>,
    #[command(flatten)]
    pub style: Style,
}

/// `on` or `off`.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}
