//! `deskphone text`, `outbox` and `messages`: what may stand behind them.

use super::{Connection, Style, seconds};
use crate::phone::ExportFormat;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// `deskphone text`.
#[derive(Args, Debug)]
pub struct TextArguments {
    /// Whom to text
    #[arg(required_unless_present = "csv", value_name = "NUMBER")]
    pub numbers: Vec<String>,
    #[command(flatten)]
    pub message: Message,
    /// Text everybody on a list: a CSV file whose first line names the columns. The text may
    /// have {fields}, one for each column
    #[arg(long, value_name = "FILE", conflicts_with = "numbers")]
    pub csv: Option<PathBuf>,
    /// The column with the telephone numbers, if it is not found by itself
    #[arg(long, value_name = "NAME", requires = "csv")]
    pub number_column: Option<String>,
    /// Print what would be sent, and send nothing
    #[arg(long)]
    pub preview: bool,
    #[command(flatten)]
    pub sending: Sending,
    #[command(flatten)]
    pub connection: Connection,
    #[command(flatten)]
    pub style: Style,
}

/// How a text is sent.
#[derive(Args, Debug, Default)]
pub struct Sending {
    /// Ask for a delivery report
    #[arg(long)]
    pub report: bool,
    /// Ask for a delivery report and wait for it this long before ending
    #[arg(long, value_name = "SECONDS", value_parser = seconds, conflicts_with = "no_wait")]
    pub wait_report: Option<Duration>,
    /// Send later: 2026-11-23 09:00, 09:00 (the next one), or +90m, +2h30m from now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// How long the network shall try to deliver, 5 minutes to 63 weeks: 90m, 12h, 3d, 2w
    #[arg(long, value_name = "DURATION")]
    pub validity: Option<String>,
    /// Shown at once on the other phone, and often not kept there (class 0)
    #[arg(long)]
    pub flash: bool,
    /// Another text centre than the SIM's
    #[arg(long, value_name = "NUMBER")]
    pub smsc: Option<String>,
    /// Store the text and end at once: the window or deskphone listen sends it. Needs no modem
    #[arg(long)]
    pub no_wait: bool,
    /// Give up at the first failure, also if it passes
    #[arg(long, conflicts_with = "no_wait")]
    pub no_retry: bool,
}

/// The text itself, from an argument or a file.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Message {
    /// The text, taken as it is
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,
    /// Read the text from a file; - is standard input
    #[arg(long, value_name = "FILE")]
    pub message_file: Option<PathBuf>,
}

/// `deskphone outbox`.
#[derive(Subcommand, Debug)]
pub enum OutboxTask {
    /// Print them, those that go out next first
    List(Style),
    /// Take texts back that were not sent yet
    #[command(after_help = "Exit status: 0 if every text was taken back, 1 if one could not be.")]
    Cancel {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        style: Style,
    },
    /// Send texts again that failed. The window or deskphone listen sends them
    #[command(after_help = "--all takes what failed. A text that may have been sent is repeated \
        only if its id is given, or with --doubtful: it may arrive twice. A text that was taken \
        back is sent, and one that waits for its time or for its next attempt is sent now, only \
        if its id is given.\n\n\
        Exit status: 0 if every text was put back into the queue, 1 if one could not be.")]
    Retry {
        #[command(flatten)]
        which: Which,
        /// With --all: also those that may have been sent
        #[arg(long, requires = "all")]
        doubtful: bool,
        #[command(flatten)]
        style: Style,
    },
}

/// Which texts.
#[derive(Args, Debug)]
pub struct Which {
    /// Ids, as outbox list prints them
    #[arg(value_name = "ID", required_unless_present = "all")]
    pub ids: Vec<i64>,
    /// All of them
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,
}

/// `deskphone messages`.
#[derive(Subcommand, Debug)]
pub enum MessagesTask {
    /// Print texts, oldest first
    List(List),
    /// Print the texts that have these words in them, newest first
    Search {
        /// Words or their beginnings, in any order
        #[arg(required = true, value_name = "WORD")]
        words: Vec<String>,
        /// At most so many texts
        #[arg(long, value_name = "N", default_value_t = 100,
            value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
        #[command(flatten)]
        style: Style,
    },
    /// Write texts and calls of conversations to a file, or print them
    Export {
        /// text for people, csv for spreadsheets, json for programs
        #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
        format: ExportStyle,
        /// Only the conversation with this number; may be given several times
        #[arg(long, value_name = "NUMBER")]
        with: Vec<String>,
        /// The file; standard output if none is given
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// `deskphone messages list`.
#[derive(Args, Debug)]
pub struct List {
    /// Only the conversation with this number; may be given several times
    #[arg(long, value_name = "NUMBER")]
    pub with: Vec<String>,
    /// Only the newest so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    #[command(flatten)]
    pub style: Style,
}

/// How conversations are written.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportStyle {
    /// For people
    Text,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

impl From<ExportStyle> for ExportFormat {
    fn from(style: ExportStyle) -> ExportFormat {
        match style {
            ExportStyle::Text => ExportFormat::Text,
            ExportStyle::Csv => ExportFormat::Csv,
            ExportStyle::Json => ExportFormat::Json,
        }
    }
}
