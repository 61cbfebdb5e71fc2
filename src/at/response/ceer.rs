//! `+CEER`: why the last call failed (3GPP TS 27.007 §6.10). The text is the maker's own, so this
//! takes what it can from every form known.

use super::after;

/// Numbers in one answer beyond this many are left out.
const MAX_NUMBERS: usize = 8;

/// What the modem said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ceer {
    /// As it stands behind the colon; empty if there is nothing.
    pub text: String,
    /// All whole numbers in it, in order.
    pub numbers: Vec<u32>,
    /// `<locationID>` of Cinterion's three numbers: 8 is the call control of the network.
    pub location: Option<u32>,
    /// The 24.008 cause, 1–127, where one can be told.
    pub cause: Option<u8>,
    /// A maker's own cause: 252 and 253 of Wavecom, 300 of Cinterion, and 900 added to the reasons
    /// of Cinterion's own call control (`9,10,0` is 910: not among the fixed numbers).
    pub maker_cause: Option<u16>,
    /// It speaks of data connections, not of a call.
    pub packets: bool,
}

/// Cinterion's own call control.
const OWN_CALL_CONTROL: u32 = 9;

/// Reads one line.
pub fn parse(line: &str) -> Option<Ceer> {
    let text = after(line, "+CEER")?;
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    // `-1` is no number of a cause: Quectel writes `0,-1` where there is none.
    let words = words.flat_map(|word| word.split('-').skip(usize::from(word.starts_with('-')) * 2));
    let numbers: Vec<u32> = words.filter_map(number_of).take(MAX_NUMBERS).collect();
    let packets = speaks_of_packets(text);
    let number = match numbers.as_slice() {
        _ if packets => None,
        [only] => Some(*only),
        // Cinterion: location, reason, release of a supplementary service. Only call control of the
        // network has reasons of 24.008.
        [_, reason] | [8, reason, _] => Some(*reason),
        // `0,0,5,16,normal call clearing`: the last number is the cause.
        [_, _, _, cause] => Some(*cause),
        _ => None,
    };
    let location = match numbers.as_slice() {
        [location, _, _] if !packets => Some(*location),
        _ => None,
    };
    let maker_cause = match numbers.as_slice() {
        _ if packets => None,
        [own @ (252 | 253)] => u16::try_from(*own).ok(),
        [OWN_CALL_CONTROL, 300, _] => Some(300),
        [OWN_CALL_CONTROL, own @ 10..=14, _] => u16::try_from(900 + own).ok(),
        _ => None,
    };
    let number = number.filter(|number| (1..=127).contains(number));
    let number = number.and_then(|number| u8::try_from(number).ok());
    // Words are looked at where the numbers are of another table.
    let cause = number.or_else(|| cause_of_words(text).filter(|_| !packets && location.is_none()));
    Some(Ceer { text: text.to_owned(), numbers, location, cause, maker_cause, packets })
}

/// `17`, or `CC17` as some modems write a cause of call control.
fn number_of(word: &str) -> Option<u32> {
    word.strip_prefix("CC").unwrap_or(word).parse().ok()
}

/// Causes of packet sessions are numbers of other tables.
fn speaks_of_packets(text: &str) -> bool {
    let layer = ["EMM", "ESM", "GMM", "EPS", "PDP", "PDN", "GPRS", "Deactivat", "5GMM", "5GSM"];
    layer.iter().any(|word| text.contains(word))
}

/// The name of a 24.008 cause (§10.5.4.11), for people.
pub fn cause_name(cause: u8) -> Option<&'static str> {
    CAUSES.iter().find(|(number, _)| *number == cause).map(|(_, name)| *name)
}

/// The cause that a text names. The longest name wins: `Call rejected` is in no other.
fn cause_of_words(text: &str) -> Option<u8> {
    let text = text.to_ascii_lowercase();
    let named = |(_, name): &&(u8, &str)| text.contains(&name.to_ascii_lowercase());
    let found = CAUSES.iter().chain(SPELLINGS).filter(named);
    found.max_by_key(|(_, name)| name.len()).map(|(number, _)| *number)
}

/// Other spellings of causes in modems' texts.
const SPELLINGS: &[(u8, &str)] = &[
    (1, "Unallocated"),
    (16, "Normal clearing"),
    (16, "Normal call clear"),
    (17, "Busy"),
    (18, "No user response"),
    (19, "No answer"),
    (21, "Rejected by user"),
    (27, "Destination out of service"),
    (34, "No circuit"),
    (38, "Network failure"),
    (1, "Unassigned/unallocated"),
    (8, "Operator barring"),
    (16, "Normal call release"),
    (17, "USER_BUSY"),
    (18, "NO_USER_RESPONDING"),
    (19, "NO_ANSWER"),
    (21, "CALL_REJECTED"),
    (27, "DESTINATION_OUT_OF_ORDER"),
    (28, "Incomplete number"),
    (34, "No channel available"),
    (34, "NO_CIRCUIT"),
    (57, "Bearer capability not authorised"),
    (68, "ACM limit"),
    (88, "Incompatible dest"),
    (102, "Timer expir"),
];

/// 3GPP TS 24.008 Table 10.5.123.
const CAUSES: [(u8, &str); 49] = [
    (1, "Unassigned number"),
    (3, "No route to destination"),
    (6, "Channel unacceptable"),
    (8, "Operator determined barring"),
    (16, "Normal call clearing"),
    (17, "User busy"),
    (18, "No user responding"),
    (19, "User alerting, no answer"),
    (21, "Call rejected"),
    (22, "Number changed"),
    (25, "Pre-emption"),
    (26, "Non selected user clearing"),
    (27, "Destination out of order"),
    (28, "Invalid number format"),
    (29, "Facility rejected"),
    (30, "Response to STATUS ENQUIRY"),
    (31, "Normal, unspecified"),
    (34, "No circuit/channel available"),
    (38, "Network out of order"),
    (41, "Temporary failure"),
    (42, "Switching equipment congestion"),
    (43, "Access information discarded"),
    (44, "Requested circuit/channel not available"),
    (47, "Resources unavailable, unspecified"),
    (49, "Quality of service unavailable"),
    (50, "Requested facility not subscribed"),
    (55, "Incoming calls barred within the CUG"),
    (57, "Bearer capability not authorized"),
    (58, "Bearer capability not presently available"),
    (63, "Service or option not available, unspecified"),
    (65, "Bearer service not implemented"),
    (68, "ACM equal to or greater than ACMmax"),
    (69, "Requested facility not implemented"),
    (70, "Only restricted digital information bearer capability is available"),
    (79, "Service or option not implemented, unspecified"),
    (81, "Invalid transaction identifier value"),
    (87, "User not member of CUG"),
    (88, "Incompatible destination"),
    (91, "Invalid transit network selection"),
    (95, "Semantically incorrect message"),
    (96, "Invalid mandatory information"),
    (97, "Message type non-existent or not implemented"),
    (98, "Message type not compatible with protocol state"),
    (99, "Information element non-existent or not implemented"),
    (100, "Conditional information element error"),
    (101, "Message not compatible with protocol state"),
    (102, "Recovery on timer expiry"),
    (111, "Protocol error, unspecified"),
    (127, "Interworking, unspecified"),
];
