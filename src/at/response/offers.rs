//! What a modem says that it can do, and whether it is registered for calls over LTE: `+CHLD=?`,
//! `+FCLASS=?`, `+CIREG`, `+CSVM`, `+QCFG: "ims"` and the like.

use super::after;
use crate::at::Arguments;
use crate::at::charset::try_ucs2_hex;

/// The words of a list beyond this many are left out.
const MAX_WORDS: usize = 32;

/// What `AT+CHLD=?` lists (27.007 §7.13): `0`, `1`, `1x`, `2`, `2x`, `3`, `4`…
pub fn call_hold(line: &str) -> Option<Vec<String>> {
    // Some modems leave out the parentheses.
    let text = after(line, "+CHLD")?;
    let inner = text.strip_prefix('(').unwrap_or(text);
    let mut group = Arguments::new(inner.strip_suffix(')').unwrap_or(inner));
    let mut words = Vec::new();
    while !group.is_empty() && words.len() < MAX_WORDS {
        words.extend(group.filled_string().map(|word| word.trim().to_ascii_lowercase()));
    }
    (!words.is_empty()).then_some(words)
}

/// Whether `AT+FCLASS=?` lists 8, voice (V.253 §8.1). Modems answer with and without the command's
/// name, with and without parentheses.
pub fn voice_class(line: &str) -> Option<bool> {
    let line = line.trim();
    let text = after(line, "+FCLASS").unwrap_or(line);
    let list = text.starts_with(|c: char| c == '(' || c.is_ascii_digit());
    let inner = text.trim_start_matches('(').trim_end_matches(')');
    let plain = inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '.' | ' '));
    if !list || !plain {
        return None;
    }
    Some(Arguments::new(&format!("({inner})")).ranges()?.contains(8))
}

/// Whether the modem is registered for calls over LTE: `+CIREG: <n>,<reg_info>[,<ext_info>]` and
/// the report `+CIREGU: <reg_info>[,<ext_info>]` (27.007 §8.71). Bit 0 of `<ext_info>` is voice.
pub fn ims_registration(line: &str) -> Option<bool> {
    let mut arguments = match after(line, "+CIREGU") {
        Some(text) => Arguments::new(text),
        None => {
            let mut arguments = Arguments::new(after(line, "+CIREG")?);
            arguments.number::<u8>()?;
            arguments
        }
    };
    let registered: u8 = arguments.number()?;
    let voice = arguments.hex().is_none_or(|services| services & 1 == 1);
    (registered <= 1).then_some(registered == 1 && voice)
}

/// `+QCFG: "ims",<mode>,<state>` (Quectel): state 1 says that calls over LTE are ready.
pub fn quectel_ims(line: &str) -> Option<bool> {
    let mut arguments = Arguments::new(after(line, "+QCFG")?);
    let name = arguments.string()?;
    arguments.skip(1);
    let state: u8 = arguments.number().filter(|_| name.eq_ignore_ascii_case("ims"))?;
    Some(state == 1)
}

/// `+CVMOD: <mode>` (27.007 §10.1.37) and `+CEVDP: <mode>` (SIMCom): whether the modem was told to
/// place calls over circuits alone, so that LTE carries none.
pub fn circuits_only(line: &str) -> Option<bool> {
    let of = |name, only| {
        let mode: u8 = Arguments::new(after(line, name)?).number()?;
        Some(mode == only)
    };
    of("+CVMOD", 0).or_else(|| of("+CEVDP", 1))
}

/// The number in `+CSVM: <mode>,"<number>",<type>` (27.007 §8.33); `None` if there is none.
pub fn voicemail(line: &str) -> Option<String> {
    let mut arguments = Arguments::new(after(line, "+CSVM").filter(|text| !text.starts_with('('))?);
    let _mode: Option<u8> = arguments.number();
    let number = try_ucs2_hex(arguments.filled_string()?.trim());
    let dialable = |c: char| c.is_ascii_digit() || matches!(c, '+' | '*' | '#');
    let right = number.len() <= 40 && number.chars().all(dialable);
    right.then_some(number).filter(|number| number.bytes().any(|b| b.is_ascii_digit()))
}

/// Emergency numbers in `^ECCLIST:<no>,<category>,<with SIM>,<number>…` (Huawei), `+CEN1:
/// <reported>,<mcc>,<cat>,<number>` (27.007 §8.67) and the entries of the phonebook `EN`.
pub fn emergency_numbers(line: &str) -> Vec<String> {
    let lists = ["^ECCLIST", "+CEN", "+CEN1", "+CEN2", "+ECCLIST", "+CPBR"];
    let Some(text) = lists.iter().find_map(|name| after(line, name)) else { return Vec::new() };
    // The answer to a test command lists what may be, not what is.
    if text.starts_with('(') {
        return Vec::new();
    }
    let mut arguments = Arguments::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while !arguments.is_empty() && at < MAX_WORDS {
        at += 1;
        let Some(raw) = arguments.raw() else { break };
        let number = raw.trim_matches('"');
        let digits = (2..=6).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        // Unquoted numbers before the last place are indexes, categories and country codes.
        if digits && (raw.starts_with('"') || (at > 2 && arguments.is_empty())) {
            found.push(number.to_owned());
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_abilities() {
        let words = call_hold("+CHLD: (0,1,1x,2,2x,3)").unwrap();
        assert_eq!(words, ["0", "1", "1x", "2", "2x", "3"]);
        assert_eq!(call_hold("+CHLD: 0,1").unwrap(), ["0", "1"], "without parentheses");
        for (line, voice) in [
            ("+FCLASS: (0,1,8)", Some(true)),
            ("(0,1,8)", Some(true)),
            ("+FCLASS: 0,1,8", Some(true)),
            ("0,1,2.0,8", Some(true)),
            ("+FCLASS: (0-1)", Some(false)),
            ("0", Some(false)),
            ("OKAY", None),
            ("", None),
        ] {
            assert_eq!(voice_class(line), voice, "{line}");
        }
    }

    #[test]
    fn registration_for_calls_over_lte() {
        assert_eq!(ims_registration("+CIREG: 1,1"), Some(true));
        assert_eq!(ims_registration("+CIREG: 2,1,1"), Some(true));
        assert_eq!(ims_registration("+CIREG: 2,1,4"), Some(false), "texts only");
        assert_eq!(ims_registration("+CIREG: 0,0"), Some(false));
        assert_eq!(ims_registration("+CIREGU: 1"), Some(true));
        assert_eq!(ims_registration("+CIREG: (0-2)"), None);
        assert_eq!(quectel_ims("+QCFG: \"ims\",1,1"), Some(true));
        assert_eq!(quectel_ims("+QCFG: \"ims\",0,0"), Some(false));
        assert_eq!(quectel_ims("+QCFG: \"ims\",1"), None);
        assert_eq!(circuits_only("+CVMOD: 0"), Some(true));
        assert_eq!(circuits_only("+CEVDP: 3"), Some(false));
    }

    #[test]
    fn numbers_of_the_mailbox_and_for_emergencies() {
        assert_eq!(voicemail("+CSVM: 1,\"+491771234\",145").as_deref(), Some("+491771234"));
        assert_eq!(voicemail("+CSVM: 0,\"\",129"), None);
        assert_eq!(voicemail("+CSVM: 1,\"hello\",129"), None);
        assert_eq!(emergency_numbers("^ECCLIST:1,0,1,112"), ["112"]);
        assert_eq!(emergency_numbers("+CEN1: 1,262,31,110"), ["110"]);
        assert_eq!(emergency_numbers("+CPBR: 1,\"112\",129,\"SOS\""), ["112"]);
        assert!(emergency_numbers("+CEN: 1").is_empty());
        assert!(emergency_numbers("RING").is_empty());
    }
}
