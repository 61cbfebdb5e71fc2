//! Information responses, one file each (3GPP TS 27.007 and 27.005; the clause stands in the file).
//!
//! Every parser takes a line with its prefix (`+CSQ: 17,99`), or a block of such lines, and gives
//! `None` for anything that is not one. None of them panics, whatever the modem sends.

pub mod cbc;
pub mod ccfc;
pub mod ccwa;
pub mod ceer;
pub mod cesq;
pub mod cind;
pub mod clcc;
pub mod clck;
pub mod clip;
pub mod clir;
pub mod cmgl;
pub mod cmgr;
pub mod cmgs;
pub mod cnmi;
pub mod cnum;
pub mod cops;
pub mod cpbr;
pub mod cpin;
pub mod cpms;
pub mod creg;
pub mod crsm;
pub mod csca;
pub mod csq;
pub mod cusd;
pub mod free_text;
pub mod offers;
pub mod pin_retries;
pub mod text_mode;

/// Lines of a list response (`+CLCC`, `+CMGL`, `+COPS=?`) beyond this many are left out.
pub const MAX_ENTRIES: usize = 1024;

/// What follows `prefix` and its colon in `line`, trimmed: `after("+CSQ: 1,2", "+CSQ")` is `1,2`.
///
/// `prefix` is compared without regard to case; the colon must be there, spaces around it are free.
pub fn after<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let line = line.trim();
    let head = line.get(..prefix.len())?;
    if !head.eq_ignore_ascii_case(prefix) {
        return None;
    }
    Some(line.get(prefix.len()..)?.trim_start().strip_prefix(':')?.trim())
}

/// The name of an information response or a report, with its sign: `+CREG` of `+CREG: 1`; `None`
/// for a line that has no such form.
pub fn name_of(line: &str) -> Option<&str> {
    let line = line.trim();
    let (name, _) = line.split_once(':')?;
    let letters = name.strip_prefix(['+', '^', '*', '#', '$', '%'])?;
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ';
    let begins = letters.starts_with(|c: char| c.is_ascii_uppercase());
    (begins && letters.len() <= MAX_NAME && letters.bytes().all(plain)).then_some(name)
}

/// No command has a longer name.
const MAX_NAME: usize = 16;

#[cfg(test)]
mod tests;
