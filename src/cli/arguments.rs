//! What may stand on the command line: options and subcommands, with the help a user reads.

mod calls;
mod pdu;
mod texts;

pub use calls::{
    CallArguments, CallsTask, CodeArguments, ExplainArguments, InSim, SimTask, Switch,
};
pub use pdu::{DecodeArguments, EncodeArguments, PduTask, ReadAs};
pub use texts::{
    ExportStyle, List, Message, MessagesTask, OutboxTask, Sending, TextArguments, Which,
};

use crate::phone::LinkAddress;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::time::Duration;

/// Longest time an option in seconds may ask for: one year.
const LONGEST_SECONDS: f64 = 365.0 * 86_400.0;

/// The whole command line.
#[derive(Parser, Debug)]
#[command(
    name = "deskphone",
    version,
    about = "A desktop phone: calls and texts through a GSM or LTE modem",
    long_about = "A desktop phone: calls and texts through a GSM or LTE modem.\n\n\
        Without a subcommand the window opens, connected to PORT if one is given. PORT is a \
        serial device (/dev/ttyUSB2, COM10), tcp://HOST:PORT, or demo for the built-in \
        simulated modem.",
    after_help = "Try it without a modem: deskphone call 15550100 --port demo --hang-up-after 2",
    disable_help_subcommand = true
)]
pub struct Arguments {
    /// Which modem, for the window and for every subcommand that needs one.
    #[command(flatten)]
    pub connection: Connection,
    /// Folder for texts, contacts, history and settings, instead of the system's usual place
    #[arg(long, value_name = "DIR", global = true, help_heading = "Data")]
    pub data_dir: Option<PathBuf>,
    /// What to do; nothing opens the window.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// Which modem.
#[derive(Args, Clone, Debug, Default)]
pub struct Connection {
    /// Where the modem is: /dev/ttyUSB2, COM10, tcp://HOST:PORT, demo, or replay:FILE for what was
    /// recorded
    #[arg(long, value_name = "PORT", help_heading = "Modem")]
    pub port: Option<LinkAddress>,
    /// Speed of a serial port in bits per second [default: 115200]
    #[arg(long, value_parser = clap::value_parser!(u32).range(50..=12_000_000),
        help_heading = "Modem")]
    pub baud: Option<u32>,
    /// Write the AT traffic to this file; numbers and texts in it are masked unless the settings
    /// say otherwise, PINs always
    #[arg(long, value_name = "FILE", help_heading = "Modem")]
    pub record: Option<PathBuf>,
}

impl Connection {
    /// This one, with `general` (given before the subcommand) where it says nothing.
    pub fn or(self, general: &Connection) -> Connection {
        Connection {
            port: self.port.or_else(|| general.port.clone()),
            baud: self.baud.or(general.baud),
            record: self.record.or_else(|| general.record.clone()),
        }
    }
}

/// How to print.
#[derive(Args, Clone, Copy, Debug)]
pub struct Style {
    /// Print one JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// The subcommands.
#[derive(Subcommand, Debug)]
pub enum Task {
    /// List the ports a modem may be at
    Ports(Style),
    /// Say who the modem is, and its SIM, operator, registration and signal
    Info(InfoArguments),
    /// Place a call and follow it to its end
    #[command(after_help = "Exit status: 0 if the call was answered, 2 if the network or the \
        modem refused it or nobody answered, 1 for anything else (no port, no SIM card, Ctrl-C…). \
        Ctrl-C hangs up first.\n\n\
        Example: deskphone call +49301234567 --port /dev/ttyUSB2 --hang-up-after 30")]
    Call(CallArguments),
    /// Send a service code, such as '*100#', and print what comes back
    #[command(
        after_help = "Put the code in quotation marks: * and # mean something to shells.\n\n\
        Exit status: 0 if there was an answer, 2 if the network or the modem refused the code or \
        the network did not answer, 1 for anything else.\n\n\
        Example: deskphone code '*100#' --reply 1 --port /dev/ttyUSB2"
    )]
    Code(CodeArguments),
    /// Send a text to one or several numbers, or a text of its own to everybody on a list
    #[command(after_help = "Exit status: 0 only when the network took every part of every text, \
        2 when the network or the modem refused one, 1 for anything else. Ctrl-C takes back \
        what was not handed over yet; a text that waits for its time (--at) stays, and is sent \
        by the window or by deskphone listen.\n\n\
        A modem that looks for a network is given half a minute, one that the network refuses \
        five seconds: then the reason is told, with 1, and nothing is kept. To leave a text until \
        there is a network, store it with --no-wait.\n\n\
        Examples:\n  \
        deskphone text +49301234567 --message 'Hello' --port /dev/ttyUSB2\n  \
        deskphone text --csv people.csv --message 'Hi {name}' --preview")]
    Text(TextArguments),
    /// Texts that wait to be sent, failed, or may have been sent
    #[command(subcommand)]
    Outbox(OutboxTask),
    /// Print calls, texts, delivery reports and registration as they come; send what waits
    Listen(ListenArguments),
    /// Send one raw AT command line and print the answer
    #[command(after_help = "Exit status: 0 if the modem answered OK, 1 otherwise.\n\n\
        Example: deskphone at AT+CSQ --port /dev/ttyUSB2")]
    At(AtArguments),
    /// Say what a line of AT traffic means, without a modem
    Explain(ExplainArguments),
    /// The SIM card's phonebook and PIN
    #[command(subcommand)]
    Sim(SimTask),
    /// Decode and encode text-message PDUs, without a modem
    #[command(subcommand)]
    Pdu(PduTask),
    /// Texts sent and received
    #[command(subcommand)]
    Messages(MessagesTask),
    /// The history of calls
    #[command(subcommand)]
    Calls(CallsTask),
    /// The address book
    #[command(subcommand)]
    Contacts(ContactsTask),
    /// Serve a simulated modem that any AT program can use
    #[command(after_help = "Each line printed is one place to connect to, in the form that \
        --port takes. Ends on Ctrl-C. What may stand in a script is in the README.\n\n\
        Example: deskphone simulate --tcp 127.0.0.1:2000 --persona quectel")]
    Simulate(SimulateArguments),
}

/// `deskphone info`.
#[derive(Args, Debug)]
pub struct InfoArguments {
    #[command(flatten)]
    pub connection: Connection,
    #[command(flatten)]
    pub style: Style,
}

/// `deskphone listen`.
#[derive(Args, Debug)]
pub struct ListenArguments {
    #[command(flatten)]
    pub connection: Connection,
    /// Answer every incoming call
    #[arg(long)]
    pub answer: bool,
    /// End after this time; without it, on Ctrl-C
    #[arg(long = "for", value_name = "SECONDS", value_parser = seconds)]
    pub duration: Option<Duration>,
    #[command(flatten)]
    pub style: Style,
}

/// `deskphone at`.
#[derive(Args, Debug)]
pub struct AtArguments {
    /// The command line as the modem gets it: AT+CSQ
    #[arg(allow_hyphen_values = true)]
    pub command: String,
    #[command(flatten)]
    pub connection: Connection,
}

/// `deskphone contacts`.
#[derive(Subcommand, Debug)]
pub enum ContactsTask {
    /// Print all contacts by name
    List(Style),
    /// Add the contacts of a vCard file (2.1, 3.0 or 4.0)
    Import {
        /// The .vcf file
        file: PathBuf,
    },
    /// Write all contacts to a vCard file
    Export {
        /// The .vcf file
        file: PathBuf,
    },
}

/// `deskphone simulate`.
#[derive(Args, Debug)]
pub struct SimulateArguments {
    /// Serve on a pseudo-terminal (Linux and macOS; the default there)
    #[arg(long)]
    pub pty: bool,
    /// Serve on a pseudo-terminal with a name of your own: a symbolic link, removed at the end
    #[arg(long, value_name = "PATH")]
    pub link: Option<PathBuf>,
    /// Serve on a TCP port: 127.0.0.1:2000, or port 0 for a free one
    #[arg(long, value_name = "ADDR")]
    pub tcp: Option<String>,
    /// Which modem to be: generic, huawei, simcom, quectel, wavecom, stubborn, agreeable, locked,
    /// quectel-dsci, quectel-uc, u-blox, telit, cinterion, ericsson, zte, intel, emptylist,
    /// textonly, textplain
    #[arg(long, value_name = "NAME", default_value = "generic")]
    pub persona: String,
    /// Seed of everything random
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// What the network shall do by itself, and when
    #[arg(long, value_name = "FILE")]
    pub script: Option<PathBuf>,
}

/// Reads a time in seconds, with or without a fraction.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 =
        text.parse().map_err(|_| "give a number of seconds, for example 30".to_owned())?;
    if !(0.0..=LONGEST_SECONDS).contains(&seconds) {
        return Err("give a time between 0 seconds and one year".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_port_may_stand_before_or_after_the_subcommand() {
        for line in [
            ["deskphone", "--port", "demo", "call", "123"],
            ["deskphone", "call", "123", "--port", "demo"],
        ] {
            let arguments = Arguments::try_parse_from(line).unwrap();
            let Some(Task::Call(call)) = arguments.task else { panic!("{line:?}") };
            let connection = call.connection.or(&arguments.connection);
            assert_eq!(connection.port, Some(LinkAddress::Demo), "{line:?}");
        }
    }

    #[test]
    fn a_message_may_begin_with_hyphens_and_is_not_trimmed() {
        let line = ["deskphone", "text", "1", "2", "--message", "--port x ", "--port", "demo"];
        let arguments = Arguments::try_parse_from(line).unwrap();
        let Some(Task::Text(text)) = arguments.task else { panic!() };
        assert_eq!(text.message.message.as_deref(), Some("--port x "));
        assert_eq!(text.numbers, ["1", "2"]);
    }

    #[test]
    fn times_are_finite_and_not_negative() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        assert_eq!(seconds("30"), Ok(Duration::from_secs(30)));
        for bad in ["", "-1", "inf", "NaN", "1e300", "abc", "5s"] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
    }
}
