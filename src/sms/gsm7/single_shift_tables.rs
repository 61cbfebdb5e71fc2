//! Single shift tables of the national languages (3GPP TS 23.038 annex A.2): what follows an
//! escape.
//!
//! Every table has the characters of the extension table, too; those
//! are not repeated here.

use super::locking_tables::Runs;

/// What the table of a national language identifier (§6.2.1.2.4) has beyond the extension table;
/// two lists of runs.
pub(super) const fn additions(language: u8) -> [Runs; 2] {
    match language {
        1 => [TURKISH, &[]],
        2 => [SPANISH, &[]],
        3 => [PORTUGUESE, &[]],
        4 => [BENGALI, COMMON],
        5 => [GUJARATI, COMMON],
        6 => [HINDI, COMMON],
        7 => [KANNADA, COMMON],
        8 => [MALAYALAM, COMMON],
        9 => [ORIYA, COMMON],
        10 => [PUNJABI, COMMON],
        11 => [TAMIL, COMMON],
        12 => [TELUGU, COMMON],
        13 => [URDU, COMMON],
        _ => [&[], &[]],
    }
}

/// A.2.4–A.2.13 share these.
const COMMON: Runs =
    &[(0x00, "@£$¥¿\"¤%&'\u{0C}*+"), (0x0E, "-/<=>¡^¡_#*"), (0x41, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")];

/// A.2.1, Turkish.
const TURKISH: Runs =
    &[(0x47, "Ğ"), (0x49, "İ"), (0x53, "Ş"), (0x63, "ç"), (0x67, "ğ"), (0x69, "ı"), (0x73, "ş")];

/// A.2.2, Spanish.
const SPANISH: Runs = &[
    (0x09, "ç"),
    (0x41, "Á"),
    (0x49, "Í"),
    (0x4F, "Ó"),
    (0x55, "Ú"),
    (0x61, "á"),
    (0x69, "í"),
    (0x6F, "ó"),
    (0x75, "ú"),
];

/// A.2.3, Portuguese.
const PORTUGUESE: Runs = &[
    (0x05, "ê"),
    (0x09, "ç\u{0C}Ôô"),
    (0x0E, "Áá"),
    (0x12, "ΦΓ^ΩΠΨΣΘ"),
    (0x1F, "Ê"),
    (0x41, "À"),
    (0x49, "Í"),
    (0x4F, "Ó"),
    (0x55, "Ú"),
    (0x5B, "ÃÕ"),
    (0x61, "Â"),
    (0x69, "í"),
    (0x6F, "ó"),
    (0x75, "ú"),
    (0x7B, "ãõ"),
    (0x7F, "â"),
];

/// A.2.4, Bengali and Assamese.
const BENGALI: Runs = &[
    (0x19, "\u{09E6}\u{09E7}"),
    (0x1C, "\u{09E8}\u{09E9}\u{09EA}\u{09EB}\u{09EC}\u{09ED}\u{09EE}\u{09EF}\u{09DF}"),
    (0x25, "\u{09E0}\u{09E1}\u{09E2}"),
    (0x2A, "\u{09E3}\u{09F2}\u{09F3}\u{09F4}\u{09F5}"),
    (0x30, "\u{09F6}\u{09F7}\u{09F8}\u{09F9}\u{09FA}"),
];

/// A.2.5, Gujarati.
const GUJARATI: Runs = &[
    (0x19, "\u{0964}\u{0965}"),
    (0x1C, "\u{0AE6}\u{0AE7}\u{0AE8}\u{0AE9}\u{0AEA}\u{0AEB}\u{0AEC}\u{0AED}\u{0AEE}"),
    (0x25, "\u{0AEF}"),
];

/// A.2.6, Hindi.
const HINDI: Runs = &[
    (0x19, "\u{0964}\u{0965}"),
    (0x1C, "\u{0966}\u{0967}\u{0968}\u{0969}\u{096A}\u{096B}\u{096C}\u{096D}\u{096E}"),
    (0x25, "\u{096F}\u{0951}\u{0952}"),
    (0x2A, "\u{0953}\u{0954}\u{0958}\u{0959}\u{095A}"),
    (0x30, "\u{095B}\u{095C}\u{095D}\u{095E}\u{095F}\u{0960}\u{0961}\u{0962}\u{0963}"),
    (0x39, "\u{0970}\u{0971}"),
];

/// A.2.7, Kannada.
const KANNADA: Runs = &[
    (0x19, "\u{0964}\u{0965}"),
    (0x1C, "\u{0CE6}\u{0CE7}\u{0CE8}\u{0CE9}\u{0CEA}\u{0CEB}\u{0CEC}\u{0CED}\u{0CEE}"),
    (0x25, "\u{0CEF}\u{0CDE}\u{0CF1}"),
    (0x2A, "\u{0CF2}"),
];

/// A.2.8, Malayalam.
const MALAYALAM: Runs = &[
    (0x19, "\u{0964}\u{0965}"),
    (0x1C, "\u{0D66}\u{0D67}\u{0D68}\u{0D69}\u{0D6A}\u{0D6B}\u{0D6C}\u{0D6D}\u{0D6E}"),
    (0x25, "\u{0D6F}\u{0D70}\u{0D71}"),
    (0x2A, "\u{0D72}\u{0D73}\u{0D74}\u{0D75}\u{0D7A}"),
    (0x30, "\u{0D7B}\u{0D7C}\u{0D7D}\u{0D7E}\u{0D7F}"),
];

/// A.2.9, Oriya.
const ORIYA: Runs = &[
    (0x19, "\u{0964}\u{0965}"),
    (0x1C, "\u{0B66}\u{0B67}\u{0B68}\u{0B69}\u{0B6A}\u{0B6B}\u{0B6C}\u{0B6D}\u{0B6E}"),
    (0x25, "\u{0B6F}\u{0B5C}\u{0B5D}"),
    (0x2A, "\u{0B5F}\u{0B70}\u{0B71}"),
];

/// A.2.10, Punjabi.
const PUNJABI: Runs = &[
    (0x19, "\u{0964}\u{0965}"),
    (0x1C, "\u{0A66}\u{0A67}\u{0A68}\u{0A69}\u{0A6A}\u{0A6B}\u{0A6C}\u{0A6D}\u{0A6E}"),
    (0x25, "\u{0A6F}\u{0A59}\u{0A5A}"),
    (0x2A, "\u{0A5B}\u{0A5C}\u{0A5E}\u{0A75}"),
];

/// A.2.11, Tamil.
const TAMIL: Runs = &[
    (0x19, "\u{0964}\u{0965}"),
    (0x1C, "\u{0BE6}\u{0BE7}\u{0BE8}\u{0BE9}\u{0BEA}\u{0BEB}\u{0BEC}\u{0BED}\u{0BEE}"),
    (0x25, "\u{0BEF}\u{0BF3}\u{0BF4}"),
    (0x2A, "\u{0BF5}\u{0BF6}\u{0BF7}\u{0BF8}\u{0BFA}"),
];

/// A.2.12, Telugu.
const TELUGU: Runs = &[
    (0x1C, "\u{0C66}\u{0C67}\u{0C68}\u{0C69}\u{0C6A}\u{0C6B}\u{0C6C}\u{0C6D}\u{0C6E}"),
    (0x25, "\u{0C6F}\u{0C58}\u{0C59}"),
    (0x2A, "\u{0C78}\u{0C79}\u{0C7A}\u{0C7B}\u{0C7C}"),
    (0x30, "\u{0C7D}\u{0C7E}\u{0C7F}"),
];

/// A.2.13, Urdu.
const URDU: Runs = &[
    (0x19, "\u{0600}\u{0601}"),
    (0x1C, "\u{06F0}\u{06F1}\u{06F2}\u{06F3}\u{06F4}\u{06F5}\u{06F6}\u{06F7}\u{06F8}"),
    (0x25, "\u{06F9}\u{060C}\u{060D}"),
    (0x2A, "\u{060E}\u{060F}\u{0610}\u{0611}\u{0612}"),
    (0x30, "\u{0613}\u{0614}\u{061B}\u{061F}\u{0640}\u{0652}\u{0658}\u{066B}\u{066C}"),
    (0x39, "\u{0672}\u{0673}\u{06CD}"),
    (0x3F, "\u{06D4}"),
];
