//! One short sentence for a line of AT traffic, for the console: a newcomer can read along.

mod given;
mod received;
mod sent;
pub(in crate::at) mod sim_file;
mod told;

/// What a line means, as one sentence without a full stop; `None` for a line that we have no words
/// for. `direction_sent`: we sent it, rather than the modem.
pub fn explain(line: &str, direction_sent: bool) -> Option<String> {
    let line = line.trim().trim_end_matches('\u{1A}');
    if line.is_empty() {
        return None;
    }
    if is_pdu(line) {
        return Some("A text message as a PDU".to_owned());
    }
    if direction_sent { sent::explain(line) } else { received::explain(line) }
}

/// Octets in hexadecimal digits, as many as the shortest PDU has.
fn is_pdu(line: &str) -> bool {
    line.len() >= 16 && line.len().is_multiple_of(2) && line.bytes().all(|b| b.is_ascii_hexdigit())
        // An IMEI, an IMSI and the number of a SIM card are digits too, but fewer.
        && (line.len() > 22 || line.bytes().any(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests;
