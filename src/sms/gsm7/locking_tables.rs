//! Locking shift tables of the national languages (3GPP TS 23.038 annex A.3), as differences from
//! the default alphabet.
//!
//! What a table leaves empty is a space. Code points are written as numbers, since many are marks
//! that would join their neighbours.

/// Runs of characters, each with the septet of its first.
pub(super) type Runs = &'static [(u8, &'static str)];

/// Where the table of a national language identifier (§6.2.1.2.4) differs from the default
/// alphabet; Spanish (2) has no such table.
pub(super) const fn differences(language: u8) -> Runs {
    match language {
        1 => TURKISH,
        3 => PORTUGUESE,
        4 => BENGALI,
        5 => GUJARATI,
        6 => HINDI,
        7 => KANNADA,
        8 => MALAYALAM,
        9 => ORIYA,
        10 => PUNJABI,
        11 => TAMIL,
        12 => TELUGU,
        13 => URDU,
        _ => &[],
    }
}

/// A.3.1, Turkish.
const TURKISH: Runs = &[(0x04, "€éùıòÇ\nĞğ"), (0x1C, "Şş"), (0x40, "İ"), (0x60, "ç")];

/// A.3.3, Portuguese.
const PORTUGUESE: Runs = &[
    (0x04, "êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|"),
    (0x1C, "ÂâÊ"),
    (0x24, "º"),
    (0x40, "Í"),
    (0x5B, "ÃÕÚÜ§~"),
    (0x7B, "ãõ`"),
];

/// A.3.4, Bengali and Assamese.
const BENGALI: Runs = &[
    (0x00, "\u{0981}\u{0982}\u{0983}\u{0985}\u{0986}\u{0987}\u{0988}\u{0989}\u{098A}"),
    (0x09, "\u{098B}\n\u{098C} \r \u{098F}\u{0990}  \u{0993}\u{0994}"),
    (0x15, "\u{0995}\u{0996}\u{0997}\u{0998}\u{0999}\u{099A}"),
    (0x1C, "\u{099B}\u{099C}\u{099D}\u{099E} !\u{099F}\u{09A0}\u{09A1}\u{09A2}\u{09A3}"),
    (0x27, "\u{09A4})(\u{09A5}\u{09A6},\u{09A7}.\u{09A8}"),
    (0x3C, " \u{09AA}\u{09AB}?\u{09AC}\u{09AD}\u{09AE}\u{09AF}\u{09B0} \u{09B2}   "),
    (0x4A, "\u{09B6}\u{09B7}\u{09B8}\u{09B9}\u{09BC}\u{09BD}\u{09BE}\u{09BF}\u{09C0}"),
    (0x53, "\u{09C1}\u{09C2}\u{09C3}\u{09C4}  \u{09C7}\u{09C8}  \u{09CB}\u{09CC}"),
    (0x5F, "\u{09CD}\u{09CE}"),
    (0x7B, "\u{09D7}\u{09DC}\u{09DD}\u{09F0}\u{09F1}"),
];

/// A.3.5, Gujarati.
const GUJARATI: Runs = &[
    (0x00, "\u{0A81}\u{0A82}\u{0A83}\u{0A85}\u{0A86}\u{0A87}\u{0A88}\u{0A89}\u{0A8A}"),
    (0x09, "\u{0A8B}\n\u{0A8C}\u{0A8D}\r \u{0A8F}\u{0A90}\u{0A91} \u{0A93}"),
    (0x14, "\u{0A94}\u{0A95}\u{0A96}\u{0A97}\u{0A98}\u{0A99}\u{0A9A}"),
    (0x1C, "\u{0A9B}\u{0A9C}\u{0A9D}\u{0A9E} !\u{0A9F}\u{0AA0}\u{0AA1}\u{0AA2}\u{0AA3}"),
    (0x27, "\u{0AA4})(\u{0AA5}\u{0AA6},\u{0AA7}.\u{0AA8}"),
    (0x3C, " \u{0AAA}\u{0AAB}?\u{0AAC}\u{0AAD}\u{0AAE}\u{0AAF}\u{0AB0} \u{0AB2}"),
    (0x47, "\u{0AB3} \u{0AB5}\u{0AB6}\u{0AB7}\u{0AB8}\u{0AB9}\u{0ABC}\u{0ABD}\u{0ABE}"),
    (0x51, "\u{0ABF}\u{0AC0}\u{0AC1}\u{0AC2}\u{0AC3}\u{0AC4}\u{0AC5} \u{0AC7}\u{0AC8}"),
    (0x5B, "\u{0AC9} \u{0ACB}\u{0ACC}\u{0ACD}\u{0AD0}"),
    (0x7B, "\u{0AE0}\u{0AE1}\u{0AE2}\u{0AE3}\u{0AF1}"),
];

/// A.3.6, Hindi.
const HINDI: Runs = &[
    (0x00, "\u{0901}\u{0902}\u{0903}\u{0905}\u{0906}\u{0907}\u{0908}\u{0909}\u{090A}"),
    (0x09, "\u{090B}\n\u{090C}\u{090D}\r\u{090E}\u{090F}\u{0910}\u{0911}"),
    (0x12, "\u{0912}\u{0913}\u{0914}\u{0915}\u{0916}\u{0917}\u{0918}\u{0919}\u{091A}"),
    (0x1C, "\u{091B}\u{091C}\u{091D}\u{091E} !\u{091F}\u{0920}\u{0921}\u{0922}\u{0923}"),
    (0x27, "\u{0924})(\u{0925}\u{0926},\u{0927}.\u{0928}"),
    (0x3C, "\u{0929}\u{092A}\u{092B}?\u{092C}\u{092D}\u{092E}\u{092F}\u{0930}\u{0931}"),
    (0x46, "\u{0932}\u{0933}\u{0934}\u{0935}\u{0936}\u{0937}\u{0938}\u{0939}\u{093C}"),
    (0x4F, "\u{093D}\u{093E}\u{093F}\u{0940}\u{0941}\u{0942}\u{0943}\u{0944}\u{0945}"),
    (0x58, "\u{0946}\u{0947}\u{0948}\u{0949}\u{094A}\u{094B}\u{094C}\u{094D}\u{0950}"),
    (0x7B, "\u{0972}\u{097B}\u{097C}\u{097E}\u{097F}"),
];

// Recent printings have U+0CAA at 0x24 as well as at 0x3D and lack U+0CA1, the letter between its
// neighbours there, which is what telephones send.
/// A.3.7, Kannada.
const KANNADA: Runs = &[
    (0x00, " \u{0C82}\u{0C83}\u{0C85}\u{0C86}\u{0C87}\u{0C88}\u{0C89}\u{0C8A}\u{0C8B}"),
    (0x0A, "\n\u{0C8C} \r\u{0C8E}\u{0C8F}\u{0C90} \u{0C92}\u{0C93}\u{0C94}"),
    (0x15, "\u{0C95}\u{0C96}\u{0C97}\u{0C98}\u{0C99}\u{0C9A}"),
    (0x1C, "\u{0C9B}\u{0C9C}\u{0C9D}\u{0C9E} !\u{0C9F}\u{0CA0}\u{0CA1}\u{0CA2}\u{0CA3}"),
    (0x27, "\u{0CA4})(\u{0CA5}\u{0CA6},\u{0CA7}.\u{0CA8}"),
    (0x3C, " \u{0CAA}\u{0CAB}?\u{0CAC}\u{0CAD}\u{0CAE}\u{0CAF}\u{0CB0}\u{0CB1}\u{0CB2}"),
    (0x47, "\u{0CB3} \u{0CB5}\u{0CB6}\u{0CB7}\u{0CB8}\u{0CB9}\u{0CBC}\u{0CBD}\u{0CBE}"),
    (0x51, "\u{0CBF}\u{0CC0}\u{0CC1}\u{0CC2}\u{0CC3}\u{0CC4} \u{0CC6}\u{0CC7}\u{0CC8} "),
    (0x5C, "\u{0CCA}\u{0CCB}\u{0CCC}\u{0CCD}\u{0CD5}"),
    (0x7B, "\u{0CD6}\u{0CE0}\u{0CE1}\u{0CE2}\u{0CE3}"),
];

/// A.3.8, Malayalam.
const MALAYALAM: Runs = &[
    (0x00, " \u{0D02}\u{0D03}\u{0D05}\u{0D06}\u{0D07}\u{0D08}\u{0D09}\u{0D0A}\u{0D0B}"),
    (0x0A, "\n\u{0D0C} \r\u{0D0E}\u{0D0F}\u{0D10} \u{0D12}\u{0D13}\u{0D14}"),
    (0x15, "\u{0D15}\u{0D16}\u{0D17}\u{0D18}\u{0D19}\u{0D1A}"),
    (0x1C, "\u{0D1B}\u{0D1C}\u{0D1D}\u{0D1E} !\u{0D1F}\u{0D20}\u{0D21}\u{0D22}\u{0D23}"),
    (0x27, "\u{0D24})(\u{0D25}\u{0D26},\u{0D27}.\u{0D28}"),
    (0x3C, " \u{0D2A}\u{0D2B}?\u{0D2C}\u{0D2D}\u{0D2E}\u{0D2F}\u{0D30}\u{0D31}\u{0D32}"),
    (0x47, "\u{0D33}\u{0D34}\u{0D35}\u{0D36}\u{0D37}\u{0D38}\u{0D39} \u{0D3D}\u{0D3E}"),
    (0x51, "\u{0D3F}\u{0D40}\u{0D41}\u{0D42}\u{0D43}\u{0D44} \u{0D46}\u{0D47}\u{0D48} "),
    (0x5C, "\u{0D4A}\u{0D4B}\u{0D4C}\u{0D4D}\u{0D57}"),
    (0x7B, "\u{0D60}\u{0D61}\u{0D62}\u{0D63}\u{0D79}"),
];

/// A.3.9, Oriya.
const ORIYA: Runs = &[
    (0x00, "\u{0B01}\u{0B02}\u{0B03}\u{0B05}\u{0B06}\u{0B07}\u{0B08}\u{0B09}\u{0B0A}"),
    (0x09, "\u{0B0B}\n\u{0B0C} \r \u{0B0F}\u{0B10}  \u{0B13}\u{0B14}"),
    (0x15, "\u{0B15}\u{0B16}\u{0B17}\u{0B18}\u{0B19}\u{0B1A}"),
    (0x1C, "\u{0B1B}\u{0B1C}\u{0B1D}\u{0B1E} !\u{0B1F}\u{0B20}\u{0B21}\u{0B22}\u{0B23}"),
    (0x27, "\u{0B24})(\u{0B25}\u{0B26},\u{0B27}.\u{0B28}"),
    (0x3C, " \u{0B2A}\u{0B2B}?\u{0B2C}\u{0B2D}\u{0B2E}\u{0B2F}\u{0B30} \u{0B32}"),
    (0x47, "\u{0B33} \u{0B35}\u{0B36}\u{0B37}\u{0B38}\u{0B39}\u{0B3C}\u{0B3D}\u{0B3E}"),
    (0x51, "\u{0B3F}\u{0B40}\u{0B41}\u{0B42}\u{0B43}\u{0B44}  \u{0B47}\u{0B48}  "),
    (0x5D, "\u{0B4B}\u{0B4C}\u{0B4D}\u{0B56}"),
    (0x7B, "\u{0B57}\u{0B60}\u{0B61}\u{0B62}\u{0B63}"),
];

/// A.3.10, Punjabi.
const PUNJABI: Runs = &[
    (0x00, "\u{0A01}\u{0A02}\u{0A03}\u{0A05}\u{0A06}\u{0A07}\u{0A08}\u{0A09}\u{0A0A} "),
    (0x0A, "\n  \r \u{0A0F}\u{0A10}  \u{0A13}\u{0A14}\u{0A15}\u{0A16}"),
    (0x17, "\u{0A17}\u{0A18}\u{0A19}\u{0A1A}"),
    (0x1C, "\u{0A1B}\u{0A1C}\u{0A1D}\u{0A1E} !\u{0A1F}\u{0A20}\u{0A21}\u{0A22}\u{0A23}"),
    (0x27, "\u{0A24})(\u{0A25}\u{0A26},\u{0A27}.\u{0A28}"),
    (0x3C, " \u{0A2A}\u{0A2B}?\u{0A2C}\u{0A2D}\u{0A2E}\u{0A2F}\u{0A30} \u{0A32}"),
    (0x47, "\u{0A33} \u{0A35}\u{0A36} \u{0A38}\u{0A39}\u{0A3C} \u{0A3E}\u{0A3F}"),
    (0x52, "\u{0A40}\u{0A41}\u{0A42}    \u{0A47}\u{0A48}  \u{0A4B}\u{0A4C}\u{0A4D}"),
    (0x60, "\u{0A51}"),
    (0x7B, "\u{0A70}\u{0A71}\u{0A72}\u{0A73}\u{0A74}"),
];

/// A.3.11, Tamil.
const TAMIL: Runs = &[
    (0x00, " \u{0B82}\u{0B83}\u{0B85}\u{0B86}\u{0B87}\u{0B88}\u{0B89}\u{0B8A} \n"),
    (0x0B, "  \r\u{0B8E}\u{0B8F}\u{0B90} \u{0B92}\u{0B93}\u{0B94}\u{0B95}   "),
    (0x19, "\u{0B99}\u{0B9A}"),
    (0x1C, " \u{0B9C} \u{0B9E} !\u{0B9F}   \u{0BA3}\u{0BA4})(  , .\u{0BA8}"),
    (0x3C, "\u{0BA9}\u{0BAA} ?  \u{0BAE}\u{0BAF}\u{0BB0}\u{0BB1}\u{0BB2}\u{0BB3}"),
    (0x48, "\u{0BB4}\u{0BB5}\u{0BB6}\u{0BB7}\u{0BB8}\u{0BB9}  \u{0BBE}\u{0BBF}\u{0BC0}"),
    (0x53, "\u{0BC1}\u{0BC2}   \u{0BC6}\u{0BC7}\u{0BC8} \u{0BCA}\u{0BCB}\u{0BCC}"),
    (0x5F, "\u{0BCD}\u{0BD0}"),
    (0x7B, "\u{0BD7}\u{0BF0}\u{0BF1}\u{0BF2}\u{0BF9}"),
];

/// A.3.12, Telugu.
const TELUGU: Runs = &[
    (0x00, "\u{0C01}\u{0C02}\u{0C03}\u{0C05}\u{0C06}\u{0C07}\u{0C08}\u{0C09}\u{0C0A}"),
    (0x09, "\u{0C0B}\n\u{0C0C} \r\u{0C0E}\u{0C0F}\u{0C10} \u{0C12}\u{0C13}"),
    (0x14, "\u{0C14}\u{0C15}\u{0C16}\u{0C17}\u{0C18}\u{0C19}\u{0C1A}"),
    (0x1C, "\u{0C1B}\u{0C1C}\u{0C1D}\u{0C1E} !\u{0C1F}\u{0C20}\u{0C21}\u{0C22}\u{0C23}"),
    (0x27, "\u{0C24})(\u{0C25}\u{0C26},\u{0C27}.\u{0C28}"),
    (0x3C, " \u{0C2A}\u{0C2B}?\u{0C2C}\u{0C2D}\u{0C2E}\u{0C2F}\u{0C30}\u{0C31}\u{0C32}"),
    (0x47, "\u{0C33} \u{0C35}\u{0C36}\u{0C37}\u{0C38}\u{0C39} \u{0C3D}\u{0C3E}\u{0C3F}"),
    (0x52, "\u{0C40}\u{0C41}\u{0C42}\u{0C43}\u{0C44} \u{0C46}\u{0C47}\u{0C48} \u{0C4A}"),
    (0x5D, "\u{0C4B}\u{0C4C}\u{0C4D}\u{0C55}"),
    (0x7B, "\u{0C56}\u{0C60}\u{0C61}\u{0C62}\u{0C63}"),
];

/// A.3.13, Urdu.
const URDU: Runs = &[
    (0x00, "\u{0627}\u{0622}\u{0628}\u{067B}\u{0680}\u{067E}\u{06A6}\u{062A}\u{06C2}"),
    (0x09, "\u{067F}\n\u{0679}\u{067D}\r\u{067A}\u{067C}\u{062B}\u{062C}"),
    (0x12, "\u{0681}\u{0684}\u{0683}\u{0685}\u{0686}\u{0687}\u{062D}\u{062E}\u{062F}"),
    (0x1C, "\u{068C}\u{0688}\u{0689}\u{068A} !\u{068F}\u{068D}\u{0630}\u{0631}\u{0691}"),
    (0x27, "\u{0693})(\u{0699}\u{0632},\u{0696}.\u{0698}"),
    (0x3C, "\u{069A}\u{0633}\u{0634}?\u{0635}\u{0636}\u{0637}\u{0638}\u{0639}\u{0641}"),
    (0x46, "\u{0642}\u{06A9}\u{06AA}\u{06AB}\u{06AF}\u{06B3}\u{06B1}\u{0644}\u{0645}"),
    (0x4F, "\u{0646}\u{06BA}\u{06BB}\u{06BC}\u{0648}\u{06C4}\u{06D5}\u{06C1}\u{06BE}"),
    (0x58, "\u{0621}\u{06CC}\u{06D0}\u{06D2}\u{064D}\u{0650}\u{064F}\u{0657}\u{0654}"),
    (0x7B, "\u{0655}\u{0651}\u{0653}\u{0656}\u{0670}"),
];
