//! `deskphone pdu`: what may stand behind it.

use super::Style;
use clap::{Args, Subcommand, ValueEnum};

/// `deskphone pdu`.
#[derive(Subcommand, Debug)]
pub enum PduTask {
    /// Say what a PDU means, field by field
    #[command(after_help = "Without HEX, PDUs are read from standard input, one a line. A line \
        that is no PDU is reported on standard error, the others go on, and the exit status is 1.")]
    Decode(DecodeArguments),
    /// Make the PDUs of a text
    #[command(after_help = "Without --to and --message, JSON lines {\"to\",\"message\"} are read \
        from standard input. A line that can't be encoded is reported on standard error, the \
        others go on, and the exit status is 1.")]
    Encode(EncodeArguments),
}

/// `deskphone pdu decode`.
#[derive(Args, Debug)]
pub struct DecodeArguments {
    /// The PDU in hex, beginning with the SMSC octets
    pub hex: Option<String>,
    /// Where it goes, since some types of PDU share their number: to the phone (received) or
    /// from it (sent). Without it, what is most likely
    #[arg(long, value_enum, value_name = "WHERE")]
    pub direction: Option<ReadAs>,
    /// Octets of the TPDU, as +CMGR and +CMGS have them: says whether SMSC octets stand before it
    #[arg(long, value_name = "OCTETS")]
    pub length: Option<usize>,
    #[command(flatten)]
    pub style: Style,
}

/// Which way a PDU goes.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadAs {
    /// From the network: DELIVER, STATUS-REPORT, SUBMIT-REPORT
    ToPhone,
    /// To the network: SUBMIT, COMMAND, DELIVER-REPORT
    FromPhone,
}

/// `deskphone pdu encode`.
#[derive(Args, Debug)]
pub struct EncodeArguments {
    /// The recipient
    #[arg(long, value_name = "NUMBER", requires = "message")]
    pub to: Option<String>,
    /// The text, taken as it is
    #[arg(long, value_name = "TEXT", requires = "to", allow_hyphen_values = true)]
    pub message: Option<String>,
    /// Ask for a delivery report
    #[arg(long)]
    pub report: bool,
    /// Reference that ties the parts of the first long text together; the next has the next
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub reference: u16,
    /// 16 bits instead of 8 for that reference
    #[arg(long)]
    pub wide_reference: bool,
    /// Use the tables of national languages where they make fewer parts
    #[arg(long)]
    pub national: bool,
    /// Shown at once on the other phone (class 0)
    #[arg(long)]
    pub flash: bool,
    /// How long the network shall try to deliver, 5 minutes to 63 weeks: 90m, 12h, 3d, 2w
    #[arg(long, value_name = "DURATION")]
    pub validity: Option<String>,
    /// The text centre, instead of the SIM's
    #[arg(long, value_name = "NUMBER")]
    pub smsc: Option<String>,
    #[command(flatten)]
    pub style: Style,
}
