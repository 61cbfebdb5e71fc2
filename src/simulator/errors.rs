//! The words of error numbers and causes, as modems print them.

/// `+CME ERROR` with `+CMEE=2` (3GPP TS 27.007 §9.2.1).
pub fn cme_text(number: u16) -> &'static str {
    match number {
        0 => "phone failure",
        3 => "operation not allowed",
        4 => "operation not supported",
        10 => "SIM not inserted",
        11 => "SIM PIN required",
        12 => "SIM PUK required",
        13 => "SIM failure",
        16 => "incorrect password",
        17 => "SIM PIN2 required",
        18 => "SIM PUK2 required",
        20 => "memory full",
        21 => "invalid index",
        22 => "not found",
        24 => "text string too long",
        25 => "invalid characters in text string",
        26 => "dial string too long",
        27 => "invalid characters in dial string",
        30 => "no network service",
        32 => "network not allowed - emergency calls only",
        50 => "incorrect parameters",
        56 => "fixed dial number only allowed",
        _ => "unknown",
    }
}

/// `+CMS ERROR` in words (3GPP TS 27.005 §3.2.5; 24.011 Annex E for the causes below 128).
pub fn cms_text(number: u16) -> &'static str {
    match number {
        8 => "Operator determined barring",
        21 => "Short message transfer rejected",
        27 => "Destination out of service",
        38 => "Network out of order",
        41 => "Temporary failure",
        42 => "Congestion",
        47 => "Resources unavailable, unspecified",
        302 => "operation not allowed",
        303 => "operation not supported",
        304 => "invalid PDU mode parameter",
        305 => "invalid text mode parameter",
        310 => "SIM not inserted",
        311 => "SIM PIN required",
        316 => "SIM PUK required",
        321 => "Invalid memory index",
        322 => "SIM memory full",
        331 => "no network service",
        332 => "network timeout",
        340 => "no +CNMA acknowledgement expected",
        _ => "unknown error",
    }
}

/// A cause of 3GPP TS 24.008 §10.5.4.11 in words.
pub fn cause_text(cause: u8) -> &'static str {
    match cause {
        0 => "No cause information available",
        8 => "Operator determined barring",
        1 => "Unassigned (unallocated) number",
        16 => "Normal call clearing",
        17 => "User busy",
        18 => "No user responding",
        19 => "User alerting, no answer",
        21 => "Call rejected",
        27 => "Destination out of order",
        29 => "Facility rejected",
        34 => "No circuit/channel available",
        38 => "Network out of order",
        41 => "Temporary failure",
        42 => "Switching equipment congestion",
        47 => "Resources unavailable, unspecified",
        50 => "Requested facility not subscribed",
        57 => "Bearer capability not authorized",
        63 => "Service or option not available, unspecified",
        68 => "ACM equal to or greater than ACMmax",
        _ => "Normal, unspecified",
    }
}
