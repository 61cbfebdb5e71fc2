//! Which of a modem's several USB interfaces does what: data collected from the makers' documents,
//! the udev rules of ModemManager and oFono (facts, not text).

/// What a port of a USB modem is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// AT commands.
    At,
    /// A second AT port, meant for dial-up data.
    Modem,
    /// The maker's diagnostics. Never to be written to.
    Diagnostics,
    /// Positions, or call audio.
    NmeaOrAudio,
    /// Call audio.
    Audio,
}

impl Role {
    /// How the port list calls it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Role::At => "AT port",
            Role::Modem => "modem port (data)",
            Role::Diagnostics => "diagnostics port",
            Role::NmeaOrAudio => "GPS or audio port",
            Role::Audio => "audio port",
        }
    }
}

/// Vendor, products (none listed: all of them), and the role of each interface by number.
struct Row {
    vendor: u16,
    products: &'static [u16],
    interfaces: &'static [(u8, Role)],
}

use Role::{At, Audio, Diagnostics, Modem, NmeaOrAudio};

/// The first row that fits counts.
const ROWS: &[Row] = &[
    Row {
        vendor: 0x2c7c,
        products: &[0x0128],
        interfaces: &[(3, Diagnostics), (4, NmeaOrAudio), (2, At)],
    },
    Row {
        vendor: 0x2c7c, // Quectel
        products: &[0x0125, 0x0121, 0x0306, 0x0191, 0x0195, 0x0296, 0x0512, 0x0800],
        interfaces: &[(0, Diagnostics), (1, NmeaOrAudio), (2, At), (3, Modem)],
    },
    Row {
        vendor: 0x1e0e, // SIMCom SIM7100, 7500, 7600
        products: &[0x9001],
        interfaces: &[(0, Diagnostics), (1, NmeaOrAudio), (2, At), (3, Modem), (4, Audio)],
    },
    Row { vendor: 0x1e0e, products: &[0x9011], interfaces: &[(4, At), (5, Modem)] },
    Row {
        vendor: 0x1e0e, // SIMCom SIM7070, 7080
        products: &[0x9205, 0x9206],
        interfaces: &[(0, Diagnostics), (1, NmeaOrAudio), (2, At), (3, Modem), (5, Modem)],
    },
    Row {
        vendor: 0x1199, // Sierra Wireless
        products: &[0x68c0, 0x9071, 0x9079, 0x9091],
        interfaces: &[(0, Diagnostics), (2, NmeaOrAudio), (3, At)],
    },
    Row {
        vendor: 0x1bc7, // Telit
        products: &[0x1003, 0x1006],
        interfaces: &[(0, At), (2, Modem), (3, Modem)],
    },
    Row {
        vendor: 0x1bc7,
        products: &[0x1040, 0x1060],
        interfaces: &[(0, Diagnostics), (3, NmeaOrAudio), (4, At), (5, Modem)],
    },
    Row {
        vendor: 0x1bc7,
        products: &[0x1031, 0x1033],
        interfaces: &[(0, Diagnostics), (1, At), (2, Modem)],
    },
    Row {
        vendor: 0x05c6, // u-blox with Qualcomm's number
        products: &[0x908b],
        interfaces: &[(0, Diagnostics), (1, At), (2, Modem)],
    },
    Row {
        vendor: 0x1e2d, // Cinterion
        products: &[0x005b, 0x0069],
        interfaces: &[(0, At), (2, Modem), (4, NmeaOrAudio), (6, Diagnostics), (8, Diagnostics)],
    },
    Row {
        vendor: 0x2cb7, // Fibocom
        products: &[0x0104],
        interfaces: &[(0, Diagnostics), (1, At), (2, Modem)],
    },
];

/// Makers of modems: their devices are worth asking although the product is in no row.
const MODEM_MAKERS: &[(u16, &str)] = &[
    (0x2c7c, "Quectel"),
    (0x1e0e, "SIMCom"),
    (0x12d1, "Huawei"),
    (0x1199, "Sierra Wireless"),
    (0x1bc7, "Telit"),
    (0x1546, "u-blox"),
    (0x1e2d, "Cinterion"),
    (0x2cb7, "Fibocom"),
    (0x19d2, "ZTE"),
    (0x1410, "Novatel Wireless"),
    (0x0af0, "Option"),
    (0x1c9e, "Longcheer"),
    (0x1bbb, "Alcatel"),
    (0x2dee, "MeiG"),
];

/// Makers of plain serial adapters, where anything may be plugged in behind.
const ADAPTER_MAKERS: &[(u16, &str)] =
    &[(0x0403, "FTDI"), (0x1a86, "QinHeng"), (0x10c4, "Silicon Labs"), (0x067b, "Prolific")];

/// Class, subclass and protocol of a USB interface.
pub(crate) type InterfaceClass = (u8, u8, u8);

/// Huawei numbers its interfaces as it likes and tells by subclass and protocol what they are.
fn huawei_role(class: InterfaceClass) -> Option<Role> {
    match class {
        (255, 1 | 2, 2) | (255, 2 | 3, 18) | (255, 1, 50) => Some(At),
        (255, 1..=3, 1) | (255, 1, 49) => Some(Modem),
        (255, 1 | 2, 3) | (255, 1, 51) => Some(Diagnostics),
        (255, 1, 5 | 20) | (255, 6, 20) => Some(NmeaOrAudio),
        _ => None,
    }
}

/// What is known of one interface.
pub(crate) fn role(
    vendor: u16,
    product: u16,
    interface: Option<u8>,
    class: Option<InterfaceClass>,
) -> Option<Role> {
    if vendor == 0x12d1 {
        return class.and_then(huawei_role);
    }
    let fits = |row: &&Row| row.vendor == vendor && row.products.contains(&product);
    let row = ROWS.iter().find(fits)?;
    let (_, role) = row.interfaces.iter().find(|(number, _)| Some(*number) == interface)?;
    Some(*role)
}

/// Known or likely to answer AT commands, so that asking it does no harm.
pub(crate) fn likely_modem(
    vendor: u16,
    product: u16,
    interface: Option<u8>,
    class: Option<InterfaceClass>,
) -> bool {
    // 05c6:9008 is Qualcomm's emergency download mode, where bytes can do harm.
    if (vendor, product) == (0x05c6, 0x9008) {
        return false;
    }
    if let Some(role) = role(vendor, product, interface, class) {
        return role == At;
    }
    let in_table = ROWS.iter().any(|row| row.vendor == vendor && row.products.contains(&product));
    let maker = MODEM_MAKERS.iter().any(|(known, _)| *known == vendor);
    // Interface 0 of an unknown modem is most often its diagnostics.
    maker && !in_table && interface != Some(0)
}

/// The maker by USB vendor number, for devices that don't say.
pub(crate) fn maker(vendor: u16) -> Option<&'static str> {
    let all = MODEM_MAKERS.iter().chain(ADAPTER_MAKERS);
    all.clone().find(|(known, _)| *known == vendor).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the makers' port tables: Quectel EC2x, SIMCom SIM7600, Telit LE910, Huawei.
    #[test]
    fn the_at_port_is_found_among_several() {
        assert_eq!(role(0x2c7c, 0x0125, Some(2), None), Some(At));
        assert_eq!(role(0x2c7c, 0x0125, Some(0), None), Some(Diagnostics));
        assert_eq!(role(0x1e0e, 0x9001, Some(4), None), Some(Audio));
        assert_eq!(role(0x1bc7, 0x1003, Some(0), None), Some(At));
        assert_eq!(role(0x12d1, 0x1001, Some(0), Some((255, 2, 18))), Some(At));
        assert_eq!(role(0x12d1, 0x1001, Some(0), Some((255, 1, 1))), Some(Modem));
        assert_eq!(role(0x0403, 0x6001, Some(0), None), None);
    }

    #[test]
    fn only_ports_that_may_be_asked_are_likely() {
        assert!(likely_modem(0x2c7c, 0x0125, Some(2), None));
        assert!(!likely_modem(0x2c7c, 0x0125, Some(0), None));
        assert!(!likely_modem(0x05c6, 0x9008, Some(0), None), "emergency download mode");
        assert!(likely_modem(0x19d2, 0x0016, Some(2), None), "a ZTE in no row");
        assert!(!likely_modem(0x1a86, 0x7523, Some(0), None), "a bare adapter");
    }
}
