//! Texts of a modem without PDU mode (3GPP TS 27.005 §3): what it shows → a PDU where it tells
//! enough, else the bare text; and a PDU → the commands and characters that make it send the same.

use super::text_body::is_hex;
use super::types::PlainMessage;
use crate::at::charset::try_ucs2_hex;
use crate::at::response::text_mode::{TextHeader, timestamp};
use crate::at::{Charset, CommandLine, CommandLineError, FinalResult};
use crate::clock::WallTime;
use crate::sms::{
    Address, Coding, Dcs, IncomingReport, Pdu, SmsDeliver, SmsSubmit, Timestamp, Tpdu, UserData,
    UserDataHeader, from_hex, to_hex,
};

/// `<toda>` of an international number (27.005 §3.1).
const INTERNATIONAL: u8 = 145;

/// What came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shown {
    /// The modem told everything: the PDU as it was.
    Pdu(Vec<u8>),
    /// Only what a person reads.
    Plain(PlainMessage),
    /// A status report.
    Report(IncomingReport),
}

/// What a header and the text below it say.
pub(super) fn shown(header: &TextHeader, body: &str, charset: Charset) -> Shown {
    let charset = charset_of(header, body).unwrap_or(charset);
    if let Some(report) = &header.report {
        return Shown::Report(IncomingReport {
            reference: report.reference,
            recipient: number(&header.address, header.type_of_address, charset),
            status: report.status,
            sent_at: wall_time(&header.scts),
            discharged_at: wall_time(&report.discharged),
        });
    }
    match rebuild(header, body, charset) {
        Some(pdu) => Shown::Pdu(pdu),
        None => Shown::Plain(PlainMessage {
            from: number(&header.address, header.type_of_address, charset),
            sent_at: wall_time(&header.scts),
            text: text(body, charset),
        }),
    }
}

/// Four digits for each character prove UCS-2, whatever the modem said that it had set.
fn charset_of(header: &TextHeader, body: &str) -> Option<Charset> {
    let length = header.length.filter(|length| *length > 0)?;
    let seven_bit = header.octets.is_some_and(|[first, _, dcs]| {
        first & 0x40 == 0 && Dcs::from(dcs).coding() == Coding::Gsm7
    });
    (seven_bit && is_hex(body) && body.len() == 4 * length).then_some(Charset::Ucs2)
}

/// The same text is known by this again, however it is asked for.
pub(super) fn key(header: &TextHeader, body: &str) -> String {
    let report = header.report.as_ref();
    let report = report.map(|report| format!("{} {}", report.reference, report.status));
    format!("{}\n{}\n{}\n{body}", header.address, header.scts, report.unwrap_or_default())
}

/// Characters are missing: a line was damaged on its way.
pub(super) fn damaged(header: &TextHeader, body: &str, charset: Charset) -> bool {
    let Some(length) = header.length.filter(|_| header.report.is_none()) else { return false };
    let count = body.chars().count();
    match charset {
        Charset::Ucs2 => !matches!(count, n if n == 4 * length || n == 2 * length),
        _ => count < length,
    }
}

/// A text for people. UCS-2 texts come in hex in every character set (27.005 §3.1 `<data>`).
fn text(body: &str, charset: Charset) -> String {
    match charset {
        Charset::Ucs2 => charset.decode(body),
        _ => try_ucs2_hex(&charset.decode(body)),
    }
}

fn number(address: &str, type_of_address: Option<u8>, charset: Charset) -> String {
    // Not every modem writes numbers in UCS-2 then, and all digits of a number are hex.
    let address = match charset {
        Charset::Gsm => charset.decode(address),
        Charset::Ucs2 | Charset::Ira => try_ucs2_hex(address),
    };
    let digits = address.bytes().all(|byte| byte.is_ascii_digit());
    match type_of_address == Some(INTERNATIONAL) && digits && !address.is_empty() {
        true => format!("+{address}"),
        false => address,
    }
}

fn wall_time(text: &str) -> Option<WallTime> {
    Timestamp::from(timestamp(text)?).wall_time()
}

/// SMS-DELIVER out of everything that `+CSDH=1` tells (23.040 §9.2.2.1).
fn rebuild(header: &TextHeader, body: &str, charset: Charset) -> Option<Vec<u8>> {
    let [first, pid, dcs] = header.octets.or_else(|| guessed(body))?;
    if first & 0x03 != 0 {
        return None;
    }
    let sender = number(&header.address, header.type_of_address, charset);
    let sender = Address::from_sender(&sender).ok()?;
    let dcs = Dcs::from(dcs);
    let empty = UserData::from_data(Dcs::DATA8, &[], &[])?;
    let mut deliver = SmsDeliver::new(sender, WallTime::default(), empty);
    deliver.pid = pid;
    deliver.scts = Timestamp::from(timestamp(&header.scts)?);
    let smsc = number(&header.smsc, Some(INTERNATIONAL), charset);
    let mut pdu = Pdu::from(Tpdu::Deliver(deliver));
    pdu.smsc = Address::from_number(&smsc).ok();
    let encoded = pdu.encode();
    let mut pdu = encoded.pdu;
    let begin = pdu.len().checked_sub(encoded.tpdu_octets)?;
    // TP-DCS stands before the seven octets of the time and TP-UDL.
    let at = pdu.len().checked_sub(9)?;
    *pdu.get_mut(begin)? = first;
    *pdu.get_mut(at)? = dcs.into();
    pdu.pop();
    let (length, octets) = user_data(header, first & 0x40 != 0, dcs, body, charset)?;
    pdu.push(length);
    pdu.extend(octets);
    Some(pdu)
}

/// First octet, TP-PID and TP-DCS of a text with a user-data header, from a modem that doesn't tell
/// them: hex that begins like such a header and has only elements that texts have (23.040
/// §9.2.3.24). Ports mean data; anything else is UCS-2 if it can be, or else packed septets.
fn guessed(body: &str) -> Option<[u8; 3]> {
    let octets = from_hex(body).ok()?;
    let (&length, rest) = octets.split_first()?;
    let (header, rest) = rest.split_at_checked(usize::from(length))?;
    let header = UserDataHeader::new(header);
    let known = |element: u8| matches!(element, 0x00 | 0x01 | 0x04 | 0x05 | 0x08 | 0x24 | 0x25);
    let sure = header.elements().next().is_some()
        && header.elements().all(|element| known(element.identifier));
    let rest = to_hex(rest);
    let dcs = match header.ports() {
        Some(_) => 0x04,
        None if try_ucs2_hex(&rest) != rest => 0x08,
        None => 0x00,
    };
    sure.then_some([0x44, 0, dcs])
}

/// TP-UDL and TP-UD.
fn user_data(
    header: &TextHeader,
    has_header: bool,
    dcs: Dcs,
    body: &str,
    charset: Charset,
) -> Option<(u8, Vec<u8>)> {
    if dcs.coding() == Coding::Gsm7 && !has_header {
        let data = UserData::from_text(dcs, &[], &charset.decode(body))?;
        return Some((data.length(), data.octets().to_vec()));
    }
    let octets = from_hex(body).ok().filter(|octets| octets.len() <= 140)?;
    let told = header.length.filter(|septets| (septets * 7).div_ceil(8) == octets.len());
    let length = match dcs.coding() {
        Coding::Gsm7 => told.unwrap_or(octets.len() * 8 / 7),
        _ => octets.len(),
    };
    Some((u8::try_from(length).ok()?, octets))
}

/// What makes the modem send the text of an SMS-SUBMIT.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Typed {
    /// `AT+CSMP=…`
    pub parameters: CommandLine,
    /// `AT+CMGS="…",…`
    pub command: CommandLine,
    /// What is typed at the prompt, without Ctrl-Z. It holds no control character but CR.
    pub text: Vec<u8>,
}

/// Why a text can't be sent in text mode.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum NotTyped {
    /// It is none.
    #[error("The text can't be sent")]
    NoText,
    /// `+CSCA` would change the SIM card for good.
    #[error("This modem can't send through another text centre")]
    OtherCentre,
    /// Only TP-VP of one octet can be given as `<vp>`.
    #[error("This modem can't send a text with this validity period")]
    Validity,
    /// Letters that go only in hex, and then don't fit.
    #[error("This modem can't send a text of this length with these characters")]
    TooLong,
}

impl From<CommandLineError> for NotTyped {
    fn from(_: CommandLineError) -> Self {
        NotTyped::NoText
    }
}

/// Reads an SMS-SUBMIT and says how to type it.
pub(super) fn typed(pdu: &[u8], charset: Charset) -> Result<Typed, NotTyped> {
    let decoded = Pdu::decode(pdu).map_err(|_| NotTyped::NoText)?;
    let Tpdu::Submit(submit) = &decoded.tpdu else { return Err(NotTyped::NoText) };
    if decoded.smsc.is_some_and(|smsc| !smsc.is_empty()) {
        return Err(NotTyped::OtherCentre);
    }
    let smsc = pdu.first().map_or(0, |count| usize::from(*count) + 1);
    let first = pdu.get(smsc).copied().unwrap_or(0x11);
    let validity = match first >> 3 & 3 {
        // Not used, so the usual value does.
        0 => 167,
        2 => relative_validity(submit).ok_or(NotTyped::Validity)?,
        _ => return Err(NotTyped::Validity),
    };
    let (dcs, text) = characters(&submit.user_data, charset)?;
    let parameters = CommandLine::set("+CSMP").number(first).number(validity);
    let to = submit.destination_address.to_string();
    let shown = match charset {
        Charset::Ucs2 => utf16_hex(&to),
        _ => to,
    };
    let kind = submit.destination_address.type_of_address();
    Ok(Typed {
        parameters: parameters.number(submit.pid).number(dcs).build()?,
        command: CommandLine::set("+CMGS").string(&shown).number(kind).build()?,
        text,
    })
}

/// TP-VP of the relative form stands before TP-UDL (23.040 §9.2.2.2).
fn relative_validity(submit: &SmsSubmit) -> Option<u8> {
    let encoded = Pdu::from(Tpdu::Submit(submit.clone())).encode().pdu;
    let behind = submit.user_data.octets().len() + 2;
    encoded.get(encoded.len().checked_sub(behind)?).copied()
}

/// TP-DCS and what is typed. Whatever a modem might take for something else goes in hex.
fn characters(data: &UserData, charset: Charset) -> Result<(u8, Vec<u8>), NotTyped> {
    let dcs = data.dcs();
    if dcs.coding() != Coding::Gsm7 || data.has_header() {
        return Ok((dcs.into(), to_hex(data.octets()).into_bytes()));
    }
    let text = data.text();
    if charset == Charset::Ucs2 {
        return Ok((dcs.into(), utf16_hex(&text).into_bytes()));
    }
    if text.lines().all(is_plain) && text.chars().all(|c| c == '\n' || is_common(c)) {
        return Ok((dcs.into(), text.replace('\n', "\r").into_bytes()));
    }
    let wide = match dcs.class() {
        Some(class) => Dcs::UCS2.with_class(class),
        None => Dcs::UCS2,
    };
    let data = UserData::from_text(wide, &[], &text).ok_or(NotTyped::TooLong)?;
    Ok((wide.into(), to_hex(data.octets()).into_bytes()))
}

/// The same octet in IRA, in Latin-1 and in the GSM alphabet.
fn is_common(c: char) -> bool {
    c.is_ascii_alphanumeric() || " !\"#%&'()*+,-./:;<=>?".contains(c)
}

/// Echoed, it can't be taken for a word of the modem, and the modem can't take it for hex.
fn is_plain(line: &str) -> bool {
    !line.starts_with(['+', '>']) && FinalResult::parse(line).is_none() && !is_hex(line)
}

/// Four digits a UTF-16 unit, as `+CSCS="UCS2"` has it.
pub(super) fn utf16_hex(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::{Incoming, SubmitOptions, decode_incoming, encode_submit};

    const LONG: &str = "+CMGR: \"REC UNREAD\",\"+491701\",,\"26/11/22,18:04:05+04\",145";

    fn read(header: &str, body: &str, charset: Charset) -> Shown {
        shown(&TextHeader::parse(header).unwrap(), body, charset)
    }

    #[test]
    fn what_is_told_in_full_becomes_the_pdu_it_was() {
        let header = format!("{LONG},4,0,16,\"+491702\",145,5");
        let Shown::Pdu(pdu) = read(&header, "Hello", Charset::Ira) else { panic!("no PDU") };
        let Ok(Incoming::Text(text)) = decode_incoming(&pdu) else { panic!("no text") };
        assert_eq!((text.from.as_str(), text.text.as_str()), ("+491701", "Hello"));
        assert_eq!(text.class, Some(0));
        assert_eq!(text.sent_at.unwrap().rfc3339(), "2026-11-22T18:04:05+01:00");
    }

    #[test]
    fn a_segment_of_a_long_text_keeps_its_place() {
        // Reference 7, part 1 of 2, then UCS-2 "Hi".
        let header = format!("{LONG},68,0,8,\"+491702\",145,10");
        let pdu = read(&header, "0500030702010048" /* "H" */, Charset::Ira);
        let Shown::Pdu(pdu) = pdu else { panic!("no PDU") };
        let Ok(Incoming::Text(text)) = decode_incoming(&pdu) else { panic!("no text") };
        let concat = text.concat.unwrap();
        assert_eq!((concat.reference, concat.parts, concat.part), (7, 2, 1));
        assert_eq!(text.text, "H");
    }

    #[test]
    fn without_the_details_the_text_alone_is_told() {
        let header = "+CMGR: \"REC READ\",\"002B0034\",,\"26/11/22,18:04:05+04\"";
        let Shown::Plain(plain) = read(header, "00480069", Charset::Ucs2) else { panic!() };
        assert_eq!((plain.from.as_str(), plain.text.as_str()), ("+4", "Hi"));
        assert!(plain.sent_at.is_some());
    }

    #[test]
    fn a_pdu_is_typed_with_its_parameters() {
        let options = SubmitOptions { status_report: true, ..SubmitOptions::default() };
        let pdu = encode_submit("+15550100", "Hello", &options).unwrap().remove(0).pdu;
        let ira = typed(&pdu, Charset::Ira).unwrap();
        assert_eq!(ira.command.as_str(), "AT+CMGS=\"+15550100\",145");
        assert_eq!(ira.text, b"Hello");
        assert!(ira.parameters.as_str().ends_with(",0,0"), "{:?}", ira.parameters);
        let ucs2 = typed(&pdu, Charset::Ucs2).unwrap();
        assert_eq!(ucs2.text, b"00480065006C006C006F");
        assert!(ucs2.command.as_str().starts_with("AT+CMGS=\"002B0031"), "{:?}", ucs2.command);
    }

    #[test]
    fn text_of_the_user_never_ends_the_entry_or_looks_like_an_answer() {
        for text in ["OK", "+CMGS: 5", "Price: 5 €", "a\u{1A}b\u{1B}c", "Ξ", "1234"] {
            let pdus = encode_submit("+15550100", text, &SubmitOptions::default());
            let Ok(pdus) = pdus else { continue };
            for charset in [Charset::Ira, Charset::Ucs2] {
                let typed = typed(&pdus[0].pdu, charset).unwrap();
                let hex = typed.text.iter().all(u8::is_ascii_hexdigit);
                assert!(hex, "{text:?} in {charset:?}: {:?}", typed.text);
            }
        }
    }
}
