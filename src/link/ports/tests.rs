//! Tests of the port list with made-up devices; the numbers are those of real ones.

use super::*;

fn usb(vid: u16, pid: u16, interface: u8, maker: &str, product: &str) -> UsbPortInfo {
    UsbPortInfo {
        vid,
        pid,
        serial_number: Some("0123456789ABCDEF".to_owned()),
        manufacturer: (!maker.is_empty()).then(|| maker.to_owned()),
        product: (!product.is_empty()).then(|| product.to_owned()),
        interface: Some(interface),
    }
}

fn at(name: &str, interface: u8) -> PortDescription {
    describe_usb(name, &usb(0x2c7c, 0x0125, interface, "Quectel", "EC25-E"), None)
}

#[test]
fn a_usb_modem_is_named_by_maker_product_and_role() {
    let port = at("/dev/ttyUSB2", 2);
    assert_eq!(port.title, "Quectel EC25-E");
    assert_eq!(port.detail, "ttyUSB2 · Quectel · 2c7c:0125 · AT port");
    assert!(port.likely_modem);
    let diagnostics = at("/dev/ttyUSB0", 0);
    assert!(!diagnostics.likely_modem);
    assert!(diagnostics.detail.ends_with("diagnostics port"));
}

#[test]
fn windows_and_nameless_devices_read_well_too() {
    let info = usb(0x2c7c, 0x0125, 2, "Quectel", "Quectel USB AT Port (COM10)");
    let port = describe_usb("COM10", &info, None);
    assert_eq!((port.title.as_str(), port.likely_modem), ("Quectel USB AT Port", true));
    let nameless = describe_usb("/dev/ttyUSB0", &usb(0x1a86, 0x7523, 0, "", ""), None);
    assert_eq!(nameless.title, "QinHeng");
    let rude = usb(1, 2, 0, "a\r\nb\u{1b}[2J", "__x__");
    assert_eq!(describe_usb("COM3", &rude, None).title, "ab[2J x");
}

#[test]
fn names_are_ordered_as_people_order_them() {
    let mut names = ["ttyUSB10", "ttyUSB2", "COM10", "COM9", "ttyUSB2.1", "ttyUSB2.0", "ttyS0", ""];
    names.sort_by(|a, b| natural_order(a, b));
    assert_eq!(
        names,
        ["", "COM9", "COM10", "ttyS0", "ttyUSB2", "ttyUSB2.0", "ttyUSB2.1", "ttyUSB10"]
    );
    assert_eq!(
        natural_order("a99999999999999999999", "a99999999999999999998"),
        Ordering::Greater,
        "numbers beyond 64 bits still have an order"
    );
}

#[test]
fn the_same_device_is_found_under_its_new_name() {
    let before = at("/dev/ttyUSB2", 2);
    let now = [at("/dev/ttyUSB5", 1), at("/dev/ttyUSB6", 2)];
    let found = choose(&now, "/dev/ttyUSB2", before.usb.as_ref()).unwrap();
    assert_eq!(found.0, "/dev/ttyUSB6");
    let other = [at("/dev/ttyUSB2", 0)];
    assert_eq!(choose(&other, "/dev/ttyUSB2", before.usb.as_ref()), None, "not that device");
    assert_eq!(choose(&[], "/dev/pts/5", None).unwrap(), ("/dev/pts/5".to_owned(), None));
}

#[test]
fn the_demo_modem_is_last_and_labelled() {
    let ports = list();
    let last = ports.last().unwrap();
    assert_eq!(
        (&last.address, last.title.as_str()),
        (&LinkAddress::Demo, "Demo modem (simulated)")
    );
    assert_eq!(ports.iter().filter(|port| port.address == LinkAddress::Demo).count(), 1);
}
