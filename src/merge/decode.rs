//! The octets of a file as text. Spreadsheets write UTF-8 with and without a byte-order mark,
//! UTF-16 (“Unicode text”), and the code page of western Windows.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// So many octets decide whether a file without a byte-order mark is UTF-16.
const SAMPLE: usize = 4096;

/// The text of a file, without its byte-order mark. Never fails: what is nothing else is
/// Windows-1252, in which every octet is a character.
pub(super) fn text_of(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decoded(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => decoded(UTF_8, bytes),
        Err(_) => decoded(WINDOWS_1252, bytes),
    }
}

/// How files begin that are no lists, although they may hold one: ZIP archives (`.xlsx`, `.ods`,
/// `.numbers`), the older `.xls`, PDF, and databases. No list begins so.
pub(super) fn is_document(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 4] =
        [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"SQLite format 3\0"];
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// In UTF-16 every separator and line end has a zero octet, always in the same half of the unit;
/// a text in any other encoding has no zero octets.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // One in thirty-two, so that a stray zero in another file decides nothing.
    if (even + odd) * 32 < sample.len() || even == odd {
        return None;
    }
    Some(if even > odd { UTF_16BE } else { UTF_16LE })
}
