//! Messages as text mode shows them: `+CMGR`, `+CMGL`, `+CMT` and `+CDS` with `+CMGF=1` (3GPP TS
//! 27.005 §3.4.1–§3.4.3). With `+CSDH=1` the headers say more.

use super::after;
use super::cmgl::MessageStatus;
use crate::at::Arguments;

/// The line before a text, or the whole of a status report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TextHeader {
    /// `<index>` of `+CMGL`.
    pub index: Option<u16>,
    /// `<stat>` of a stored message.
    pub status: Option<MessageStatus>,
    /// `<oa>` or `<da>`, in the character set of `+CSCS`.
    pub address: String,
    /// `<tooa>` or `<toda>`.
    pub type_of_address: Option<u8>,
    /// `<scts>` as it stands.
    pub scts: String,
    /// `<fo>`, `<pid>`, `<dcs>`: told with `+CSDH=1`, but not in a list.
    pub octets: Option<[u8; 3]>,
    /// `<sca>`, in the character set of `+CSCS`.
    pub smsc: String,
    /// `<length>`: characters, or octets of data; `None` without `+CSDH=1`.
    pub length: Option<usize>,
    /// It is a status report, complete in its header.
    pub report: Option<ReportFields>,
}

/// `<fo>,<mr>,[<ra>],[<tora>],<scts>,<dt>,<st>` of an SMS-STATUS-REPORT.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReportFields {
    /// `<mr>`: TP-MR of the text it speaks of.
    pub reference: u8,
    /// `<dt>`: when it was delivered or given up, as it stands.
    pub discharged: String,
    /// `<st>`: TP-ST.
    pub status: u8,
}

impl TextHeader {
    /// Reads `+CMGR: …`, `+CMGL: …`, `+CMT: …` or `+CDS: …` of text mode; `None` for anything
    /// else, a header of PDU mode among it.
    pub fn parse(line: &str) -> Option<TextHeader> {
        let (text, listed, stored) = if let Some(text) = after(line, "+CMGL") {
            (text, true, true)
        } else if let Some(text) = after(line, "+CMGR") {
            (text, false, true)
        } else {
            (after(line, "+CMT").or_else(|| after(line, "+CDS"))?, false, false)
        };
        let mut arguments = Arguments::new(text);
        let index = if listed { Some(arguments.number()?) } else { None };
        let status = match stored {
            true => Some(MessageStatus::read(&mut arguments)?),
            false => None,
        };
        let header = TextHeader { index, status, ..TextHeader::default() };
        let fields = fields(arguments);
        let is_number = |at: usize| {
            fields.get(at).is_some_and(|field: &Field| !field.quoted && field.byte().is_some())
        };
        match is_number(0) && is_number(1) && fields.len() > 2 {
            true => header.of_report(&fields),
            false => header.of_text(&fields, listed),
        }
    }

    /// `<oa>,[<alpha>],<scts>[,<tooa>,<fo>,<pid>,<dcs>,<sca>,<tosca>,<length>]`; a list has
    /// `[,<tooa>,<length>]` behind the time.
    fn of_text(self, fields: &[Field], listed: bool) -> Option<TextHeader> {
        let text = |at: usize| fields.get(at).map(|field| field.text.clone()).unwrap_or_default();
        let byte = |at: usize| fields.get(at).and_then(Field::byte);
        // A header of PDU mode has two fields, the second a number.
        if fields.len() < 3 && fields.first().is_none_or(|field| !field.quoted) {
            return None;
        }
        let octets = match (listed, byte(4), byte(5), byte(6)) {
            (false, Some(first), Some(pid), Some(dcs)) => Some([first, pid, dcs]),
            _ => None,
        };
        let length = if listed { fields.get(4) } else { fields.get(9) };
        // Simulated modems leave out `<alpha>` with its comma.
        let time = if fields.len() == 2 { 1 } else { 2 };
        Some(TextHeader {
            address: text(0),
            scts: if time == 1 && timestamp(&text(1)).is_none() {
                String::new()
            } else {
                text(time)
            },
            type_of_address: byte(3),
            octets,
            smsc: if listed { String::new() } else { text(7) },
            length: length.and_then(|field| field.text.trim().parse().ok()),
            ..self
        })
    }

    fn of_report(self, fields: &[Field]) -> Option<TextHeader> {
        let text = |at: usize| fields.get(at).map(|field| field.text.clone()).unwrap_or_default();
        // Some modems leave <ra> and <tora> out altogether.
        let at = if fields.len() >= 7 { 4 } else { fields.len().checked_sub(3)? };
        let report = ReportFields {
            reference: fields.get(1)?.byte()?,
            discharged: text(at + 1),
            status: fields.get(at + 2)?.byte()?,
        };
        let address = if at == 4 { text(2) } else { String::new() };
        Some(TextHeader { address, scts: text(at), report: Some(report), ..self })
    }
}

/// One field of a header.
#[derive(Debug)]
struct Field {
    text: String,
    quoted: bool,
}

impl Field {
    fn byte(&self) -> Option<u8> {
        self.text.trim().parse().ok()
    }
}

/// No header has more fields.
const MAX_FIELDS: usize = 16;

/// A time without its quotes is cut by its comma; it is put together again.
fn fields(mut arguments: Arguments<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    while fields.len() < MAX_FIELDS {
        let before = arguments.clone();
        let Some(raw) = arguments.raw() else { break };
        let text = before.clone().string().unwrap_or_default();
        let is_time = raw.contains(':') && !raw.starts_with('"');
        match fields.last_mut() {
            Some(last) if is_time && last.text.matches('/').count() == 2 => {
                last.text.push(',');
                last.text.push_str(&text);
            }
            _ => fields.push(Field { text, quoted: raw.starts_with('"') }),
        }
    }
    fields
}

/// `yy/MM/dd,hh:mm:ss±zz` (27.005 §3.1) as the seven octets of TP-SCTS (23.040 §9.2.3.11). A year
/// of four digits is cut, and a missing zone is UTC.
pub fn timestamp(text: &str) -> Option<[u8; 7]> {
    let (date, time) = text.trim().split_once([',', ' '])?;
    let (clock, zone, west) = match time.rfind(['+', '-']) {
        Some(at) => (time.get(..at)?, time.get(at + 1..)?, time.get(at..=at)? == "-"),
        None => (time, "0", false),
    };
    let mut octets = [0u8; 7];
    let numbers = date.split('/').chain(clock.split(':')).chain([zone]);
    let mut count = 0;
    for (octet, number) in octets.iter_mut().zip(numbers) {
        let value = number.trim().parse::<u16>().ok()? % 100;
        *octet = (((value % 10) << 4) | (value / 10)) as u8;
        count += 1;
    }
    if west {
        octets[6] |= 0x08;
    }
    (count == 7).then_some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_of_27005_are_read() {
        // The forms of 27.005 §3.4.1, §3.4.2 and §3.4.3, with and without +CSDH=1.
        let plain =
            TextHeader::parse("+CMGR: \"REC READ\",\"+4917\",,\"26/11/22,18:04:05+04\"").unwrap();
        assert_eq!(plain.status, Some(MessageStatus::ReceivedRead));
        assert_eq!((plain.address.as_str(), plain.length), ("+4917", None));
        let long = "+CMGR: \"REC UNREAD\",\"+4917\",,\"26/11/22,18:04:05+04\",145,4,0,8,\
                    \"+4916\",145,10";
        let long = TextHeader::parse(long).unwrap();
        assert_eq!((long.octets, long.length), (Some([4, 0, 8]), Some(10)));
        assert_eq!((long.smsc.as_str(), long.type_of_address), ("+4916", Some(145)));
        let listed =
            TextHeader::parse("+CMGL: 3,\"REC READ\",\"BANK\",,\"26/11/22,18:04:05+04\",208,5");
        let listed = listed.unwrap();
        assert_eq!((listed.index, listed.length, listed.octets), (Some(3), Some(5), None));
        let routed = TextHeader::parse("+CMT: \"+4917\",,\"26/11/22,18:04:05+04\"").unwrap();
        assert_eq!((routed.address.as_str(), routed.status), ("+4917", None));
        let bare = TextHeader::parse("+CMT: \"+4917\",,26/11/22,18:04:05+04,145").unwrap();
        assert_eq!((bare.scts.as_str(), bare.type_of_address), ("26/11/22,18:04:05+04", Some(145)));
    }

    #[test]
    fn a_report_is_complete_in_its_header() {
        let line = "+CDS: 6,23,\"+4917\",145,\"26/11/22,18:04:05+04\",\"26/11/22,18:04:09+04\",0";
        let header = TextHeader::parse(line).unwrap();
        let report = header.report.unwrap();
        assert_eq!((report.reference, report.status), (23, 0));
        assert_eq!(header.address, "+4917");
        assert_eq!(report.discharged, "26/11/22,18:04:09+04");
        let stored = TextHeader::parse(&line.replace("+CDS: ", "+CMGL: 4,\"REC READ\","));
        let stored = stored.unwrap();
        assert_eq!(
            (stored.index, stored.report.map(|report| report.reference)),
            (Some(4), Some(23))
        );
        let short = "+CDS: 6,23,\"26/11/22,18:04:05+04\",\"26/11/22,18:04:09+04\",48";
        assert_eq!(TextHeader::parse(short).unwrap().report.unwrap().status, 48);
    }

    #[test]
    fn headers_of_pdu_mode_are_none_of_text_mode() {
        for line in ["+CMT: ,30", "+CDS: 25", "+CMT: \"Ada\"", "+CMGR: 1,,30", "+CMGL: 1,0,,30"] {
            let header = TextHeader::parse(line);
            assert!(header.is_none() || line.contains("Ada"), "{line}: {header:?}");
        }
    }

    #[test]
    fn whatever_is_cut_off_or_changed_nothing_panics() {
        let line =
            "+CMGR: \"REC UNREAD\",\"+4917é\",,\"26/11/22,18:04:05+04\",145,4,0,8,\"+4916\",145,10";
        let characters: Vec<char> = line.chars().collect();
        let mut read = 0;
        for at in 0..characters.len() {
            for other in ['"', ',', '€', '9', '+', ' '] {
                let mut changed = characters.clone();
                changed[at] = other;
                let changed: String = changed.into_iter().collect();
                let cut: String = characters[..at].iter().collect();
                for line in [changed, cut] {
                    let header = TextHeader::parse(&line);
                    read += usize::from(header.is_some_and(|h| timestamp(&h.scts).is_some()));
                }
            }
        }
        assert!(read > characters.len(), "{read}");
    }

    #[test]
    fn a_time_becomes_the_octets_of_23040() {
        // 23.040 §9.2.3.11: each octet has its tens in the low half; bit 3 of the last is the sign.
        let octets = [0x62, 0x11, 0x22, 0x81, 0x40, 0x50, 0x40];
        assert_eq!(timestamp("26/11/22,18:04:05+04"), Some(octets));
        assert_eq!(timestamp("2026/11/22,18:04:05+04"), Some(octets));
        let west = timestamp("26/11/22,18:04:05-20").unwrap();
        assert_eq!(west[6], 0x02 | 0x08);
        assert_eq!(timestamp("26/11/22,18:04:05").map(|o| o[6]), Some(0));
        for bad in ["", "26/11", "26/11/22,18:04", "a/b/c,d:e:f"] {
            assert_eq!(timestamp(bad), None, "{bad}");
        }
    }
}
