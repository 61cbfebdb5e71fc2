//! Files of the SIM and what the SIM says of an access to them: `+CRSM`, `+CSIM` (27.007 §8.17,
//! §8.18).

use crate::at::Arguments;
use crate::at::response::after;

/// Files (3GPP TS 51.011 §10, 31.102 §4.2).
const FILES: [(u16, &str); 22] = [
    (0x2FE2, "number of the card (EF_ICCID)"),
    (0x6F05, "languages (EF_LP)"),
    (0x6F07, "subscriber number, the IMSI (EF_IMSI)"),
    (0x6F11, "voicemail flag (EF_CPHS_MWF)"),
    (0x6F17, "voicemail number (EF_CPHS_MBXN)"),
    (0x6F20, "key of the network (EF_Kc)"),
    (0x6F30, "list of preferred networks (EF_PLMNsel)"),
    (0x6F38, "table of services (EF_SST)"),
    (0x6F3A, "phone book (EF_ADN)"),
    (0x6F3B, "fixed numbers (EF_FDN)"),
    (0x6F3C, "texts (EF_SMS)"),
    (0x6F40, "own numbers (EF_MSISDN)"),
    (0x6F42, "settings of texts (EF_SMSP)"),
    (0x6F44, "numbers dialed last (EF_LND)"),
    (0x6F46, "name of the operator (EF_SPN)"),
    (0x6F78, "access classes (EF_ACC)"),
    (0x6F7B, "list of forbidden networks (EF_FPLMN)"),
    (0x6F7E, "place in the network (EF_LOCI)"),
    (0x6FAD, "administrative data (EF_AD)"),
    (0x6FB7, "emergency numbers (EF_ECC)"),
    (0x6FC7, "voicemail numbers (EF_MBDN)"),
    (0x6FCA, "state of what waits (EF_MWIS)"),
];

/// The words for a file; `None` if it is not known.
pub(in crate::at) fn name_of(file: u16) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == file).map(|(_, words)| *words)
}

/// `+CRSM=176,28599,0,0,15` (27.007 §8.18).
pub(super) fn command(arguments: &mut Arguments<'_>) -> Option<String> {
    let command: u16 = arguments.number()?;
    let file: Option<u16> = arguments.number();
    let file = match file {
        Some(file) => match name_of(file) {
            Some(words) => format!("the SIM's {words}"),
            None => format!("file {file:04X} of the SIM"),
        },
        None => "the SIM".to_owned(),
    };
    let record: Option<u16> = arguments.number();
    let record = record
        .filter(|number| *number > 0)
        .map_or("a record".to_owned(), |number| format!("record {number}"));
    Some(match command {
        176 | 203 => format!("Read {file}"),
        178 => format!("Read {record} of {file}"),
        192 => format!("Ask for the size and kind of {file}"),
        214 | 219 => format!("WRITE {file}"),
        220 => format!("WRITE {record} of {file}"),
        242 => "Ask for the state of the SIM".to_owned(),
        _ => return None,
    })
}

/// `+CRSM: 144,0,"…"`, `+CSIM: 4,"9000"`.
pub(super) fn answer(line: &str) -> Option<String> {
    if let Some(values) = after(line, "+CRSM") {
        let mut arguments = Arguments::new(values);
        let (sw1, sw2) = (arguments.number()?, arguments.number()?);
        let octets = arguments.filled_string().map_or(0, |hex| hex.trim().len() / 2);
        return Some(status(sw1, sw2, octets));
    }
    let mut arguments = Arguments::new(after(line, "+CSIM")?);
    arguments.skip(1);
    let hex = arguments.filled_string()?;
    let end = hex.len().checked_sub(4)?;
    let octet = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some(status(octet(end)?, octet(end + 2)?, end / 2))
}

/// Status words of the card: 3GPP TS 51.011 §9.4, ETSI TS 102 221 §10.2.1.
fn status(sw1: u8, sw2: u8, octets: usize) -> String {
    let words = match (sw1, sw2) {
        (0x90, 0) | (0x91, _) => {
            let more = if sw1 == 0x91 { ", and wants something itself" } else { "" };
            return match octets {
                0 => format!("The SIM did it{more}"),
                1 => format!("The SIM gave 1 octet{more}"),
                count => format!("The SIM gave {count} octets{more}"),
            };
        }
        (0x61 | 0x9F, count) => return format!("The SIM did it and has {count} octets to give"),
        (0x63, 0xC0..=0xCF) => {
            return match sw2 & 0xF {
                1 => "The SIM was given a wrong code: 1 try is left".to_owned(),
                left => format!("The SIM was given a wrong code: {left} tries are left"),
            };
        }
        (0x92, 0x40) => "could not: its memory is faulty",
        (0x92, _) => "did it, after tries that failed",
        (0x93, 0) => "is busy with its own program",
        (0x94, 0) => "refused: no file is chosen",
        (0x94, 0x02) => "refused: there is no such place in the file",
        (0x94, 0x04) => "has no such file, or nothing like it in there",
        (0x94, 0x08) => "refused: the file is of another kind",
        (0x98, 0x02) => "refused: it has no such code",
        (0x98, 0x04) => "refused: it wants its PIN or another right first",
        (0x98, 0x08) => "refused: its code is in another state",
        (0x98, 0x10) => "refused: the file is invalidated, or is not",
        (0x98, 0x40) => "refused: the code was wrong too often and is blocked",
        (0x98, 0x50) => "refused: the value can't grow any more",
        (0x67 | 0x6C, _) => "refused: the length is wrong",
        (0x69, 0x81) => "refused: the file is of another kind",
        (0x69, 0x82) => "refused: it wants its PIN or another right first",
        (0x69, 0x83) => "refused: the code was wrong too often and is blocked",
        (0x69, 0x84) => "refused: the file is invalidated",
        (0x6A, 0x82) => "has no such file",
        (0x6A, 0x83) => "has no such record",
        (0x6A | 0x6B, _) => "refused: a parameter is wrong",
        (0x6D, _) => "does not know this command",
        (0x6E, _) => "does not know this class of commands",
        (0x65 | 0x6F, _) => "could not, for a technical reason",
        (0x62 | 0x63, _) => "warns: not all of it may have worked",
        _ => return format!("The SIM answered with status {sw1:02X} {sw2:02X}, not known here"),
    };
    format!("The SIM {words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_sim_says_is_told_by_its_status_words() {
        // 3GPP TS 51.011 §9.4; ETSI TS 102 221 §10.2.1. 144 is 90, 148 is 94, 152 is 98.
        for (line, words) in [
            ("+CRSM: 144,0,\"00112233\"", "The SIM gave 4 octets"),
            ("+CRSM: 144,0", "The SIM did it"),
            ("+CRSM: 148,4", "The SIM has no such file, or nothing like it in there"),
            ("+CRSM: 152,4", "The SIM refused: it wants its PIN or another right first"),
            ("+CRSM: 152,64", "The SIM refused: the code was wrong too often and is blocked"),
            ("+CRSM: 106,130,\"\"", "The SIM has no such file"),
            ("+CRSM: 103,15", "The SIM refused: the length is wrong"),
            ("+CRSM: 1,2", "The SIM answered with status 01 02, not known here"),
            ("+CSIM: 4,\"63C1\"", "The SIM was given a wrong code: 1 try is left"),
            ("+CSIM: 8,\"00009000\"", "The SIM gave 2 octets"),
        ] {
            assert_eq!(answer(line).as_deref(), Some(words), "{line}");
        }
        for noise in ["+CSIM: 2,\"90\"", "+CSIM: 4,\"é00\"", "+CRSM: x", "OK"] {
            assert_eq!(answer(noise), None, "{noise}");
        }
    }
}
