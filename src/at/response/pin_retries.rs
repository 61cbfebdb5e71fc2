//! How many tries a PIN has left: `+CPINR` (3GPP TS 27.007 §8.65) and the makers' own `^CPIN`,
//! `+SPIC`, `+QPINC`, `+UPINCNT`, `#PCT`, `^SPIC`, `*EPIN`.

use super::after;
use crate::at::Arguments;

/// No card gives more tries than a PUK has (3GPP TS 31.101 §9.5). More are a modem's way to say
/// that it does not know: 255, mostly.
const MOST: u8 = 10;

/// Tries left, `None` where the modem does not tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PinRetries {
    /// SIM PIN.
    pub pin: Option<u8>,
    /// SIM PUK.
    pub puk: Option<u8>,
    /// SIM PIN2.
    pub pin2: Option<u8>,
    /// SIM PUK2.
    pub puk2: Option<u8>,
}

/// Reads all lines of an answer; `None` if none of them tells of tries.
pub fn parse<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<PinRetries> {
    let mut retries = PinRetries::default();
    for line in lines {
        if let Some(text) = after(line, "+CPINR") {
            by_name(Arguments::new(text), &mut retries);
        } else if let Some(text) = after(line, "+QPINC") {
            by_facility(Arguments::new(text), &mut retries);
        } else if let Some(text) = after(line, "^CPIN") {
            // Huawei: <code>,<tries of that code>,<PUK>,<PIN>,<PUK2>,<PIN2>; some firmware has the
            // first two only.
            let n = numbers(text);
            by_name(Arguments::new(text), &mut retries);
            if n[2..].iter().any(Option::is_some) {
                retries = PinRetries { puk: n[2], pin: n[3], puk2: n[4], pin2: n[5] };
            }
        } else if let Some(text) = after(line, "+UPINCNT") {
            // u-blox: PIN, PIN2, PUK, PUK2.
            let n = numbers(text);
            retries = PinRetries { pin: n[0], pin2: n[1], puk: n[2], puk2: n[3] };
        } else if let Some(text) = after(line, "+SPIC") {
            retries = simcom(numbers(text));
        } else if let Some(text) = after(line, "*EPIN") {
            // Ericsson: PIN, PUK, PIN2, PUK2.
            let n = numbers(text);
            retries = PinRetries { pin: n[0], puk: n[1], pin2: n[2], puk2: n[3] };
        } else if let Some(text) = after(line, "#PCT").or_else(|| after(line, "^SPIC")) {
            // Telit and Cinterion: of what the SIM asks for now.
            retries.pin = numbers(text)[0];
        }
    }
    for left in [&mut retries.pin, &mut retries.puk, &mut retries.pin2, &mut retries.puk2] {
        *left = left.filter(|left| *left <= MOST);
    }
    (retries != PinRetries::default()).then_some(retries)
}

/// The first six parameters, those that are numbers.
fn numbers(text: &str) -> [Option<u8>; 6] {
    let mut arguments = Arguments::new(text);
    std::array::from_fn(|_| arguments.number())
}

/// `SIM PIN,3[,3]`: one line for each code.
fn by_name(mut arguments: Arguments<'_>, retries: &mut PinRetries) {
    let name = arguments.string().unwrap_or_default().to_ascii_uppercase();
    let left = arguments.number();
    match name.trim() {
        "SIM PIN" => retries.pin = left,
        "SIM PUK" => retries.puk = left,
        "SIM PIN2" => retries.pin2 = left,
        "SIM PUK2" => retries.puk2 = left,
        _ => {}
    }
}

/// `"SC",<PIN>,<PUK>` and `"P2",<PIN2>,<PUK2>`.
fn by_facility(mut arguments: Arguments<'_>, retries: &mut PinRetries) {
    let facility = arguments.string().unwrap_or_default();
    let (pin, puk) = (arguments.number(), arguments.number());
    match facility.as_str() {
        "SC" => (retries.pin, retries.puk) = (pin, puk),
        "P2" => (retries.pin2, retries.puk2) = (pin, puk),
        _ => {}
    }
}

/// SIM7600 counts PIN, PUK, PIN2, PUK2; SIM800 PIN, PIN2, PUK, PUK2. A PUK begins with ten tries,
/// so more than three tell which.
fn simcom(n: [Option<u8>; 6]) -> PinRetries {
    let older = n[1].is_some_and(|n| n <= 3) && n[2].is_some_and(|n| n > 3);
    if older {
        PinRetries { pin: n[0], pin2: n[1], puk: n[2], puk2: n[3] }
    } else {
        PinRetries { pin: n[0], puk: n[1], pin2: n[2], puk2: n[3] }
    }
}
