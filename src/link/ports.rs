//! The ports of this computer as a person recognises them, the Demo modem last.

use crate::link::error::{LinkError, LinkErrorKind};
use crate::link::interfaces::{self, InterfaceClass};
use crate::phone::{LinkAddress, PortDescription, UsbIdentity};
use serialport::{SerialPortInfo, SerialPortType, UsbPortInfo};
use std::cmp::Ordering;

/// Ports listed at most.
const MOST_PORTS: usize = 256;
/// Ports named in a sentence at most.
const MOST_NAMED: usize = 6;

/// Every port there is now, in natural order, the Demo modem last. Takes about half a
/// millisecond on Linux.
pub fn list() -> Vec<PortDescription> {
    let mut ports = serial_ports();
    ports.push(demo());
    ports
}

fn serial_ports() -> Vec<PortDescription> {
    let mut found = system_ports();
    for name in unlisted_devices() {
        if !found.iter().any(|port| port.port_name == name) {
            found.push(SerialPortInfo { port_name: name, port_type: SerialPortType::Unknown });
        }
    }
    found.retain(|port| !hidden(&port.port_name));
    found.sort_by(|a, b| natural_order(&a.port_name, &b.port_name));
    found.dedup_by(|a, b| a.port_name == b.port_name);
    found.truncate(MOST_PORTS);
    found.iter().map(describe).collect()
}

fn system_ports() -> Vec<SerialPortInfo> {
    // The crate panics where this folder is missing, as it is in some containers.
    if cfg!(target_os = "linux") && !std::path::Path::new("/sys/class/tty").is_dir() {
        return Vec::new();
    }
    serialport::available_ports().unwrap_or_default()
}

/// Devices that speak AT and that the crate does not list: PCIe modems, Bluetooth.
fn unlisted_devices() -> Vec<String> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    let entries = std::fs::read_dir("/dev").into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let wanted = |name: &String| is_wwan_at(name) || name.starts_with("rfcomm");
    names.filter(wanted).map(|name| format!("/dev/{name}")).collect()
}

/// `wwan0at0`: the AT channel of a PCIe modem.
fn is_wwan_at(name: &str) -> bool {
    name.strip_prefix("wwan").is_some_and(|rest| rest.contains("at"))
}

/// macOS lists each port twice: `tty.` waits for a carrier when it is opened, `cu.` does not.
fn hidden(name: &str) -> bool {
    const SYSTEM_PORTS: [&str; 3] =
        ["cu.Bluetooth-Incoming-Port", "cu.debug-console", "cu.wlan-debug"];
    let name = short(name);
    cfg!(target_os = "macos") && (name.starts_with("tty.") || SYSTEM_PORTS.contains(&name))
}

fn demo() -> PortDescription {
    PortDescription {
        address: LinkAddress::Demo,
        title: "Demo modem (simulated)".to_owned(),
        detail: "A practice modem with its own little network, no hardware needed".to_owned(),
        usb: None,
        likely_modem: false,
        probe: None,
    }
}

/// The last part of a device name: `ttyUSB2`.
fn short(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn describe(port: &SerialPortInfo) -> PortDescription {
    let name = &port.port_name;
    let description = match &port.port_type {
        SerialPortType::UsbPort(usb) => {
            return describe_usb(name, usb, interface_class(short(name)));
        }
        SerialPortType::BluetoothPort => "Bluetooth port",
        _ if short(name).starts_with("rfcomm") => "Bluetooth port",
        _ if is_wwan_at(short(name)) => "Built-in modem",
        SerialPortType::PciPort | SerialPortType::Unknown => "Serial port",
    };
    PortDescription {
        address: LinkAddress::Serial(name.clone()),
        title: description.to_owned(),
        detail: short(name).to_owned(),
        usb: None,
        likely_modem: is_wwan_at(short(name)),
        probe: None,
    }
}

fn describe_usb(name: &str, usb: &UsbPortInfo, class: Option<InterfaceClass>) -> PortDescription {
    let (vendor, product) = (usb.vid, usb.pid);
    let maker = clean(usb.manufacturer.as_deref());
    let maker = maker.or_else(|| interfaces::maker(vendor).map(str::to_owned));
    let model = clean(usb.product.as_deref()).map(|model| without_port_name(&model, name));
    let role = interfaces::role(vendor, product, usb.interface, class);
    let mut detail = vec![short(name).to_owned()];
    detail.extend(maker.clone());
    detail.push(format!("{vendor:04x}:{product:04x}"));
    detail.extend(role.map(|role| role.words().to_owned()));
    PortDescription {
        address: LinkAddress::Serial(name.to_owned()),
        title: title(maker.as_deref(), model.as_deref()),
        detail: detail.join(" · "),
        usb: Some(UsbIdentity {
            vid: vendor,
            pid: product,
            serial: clean(usb.serial_number.as_deref()),
            interface: usb.interface,
        }),
        likely_modem: interfaces::likely_modem(vendor, product, usb.interface, class)
            || windows_name_says_modem(model.as_deref()),
        probe: None,
    }
}

fn title(maker: Option<&str>, model: Option<&str>) -> String {
    match (maker, model) {
        (Some(maker), Some(model)) if model.to_lowercase().contains(&maker.to_lowercase()) => {
            model.to_owned()
        }
        (Some(maker), Some(model)) => format!("{maker} {model}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "USB serial port".to_owned(),
    }
}

/// The text without control characters, underscores for spaces and outer spaces; `None` if nothing
/// is left.
fn clean(text: Option<&str>) -> Option<String> {
    let text: String = text?.chars().filter(|c| !c.is_control()).take(80).collect();
    let text = text.replace('_', " ").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Windows puts the port into the friendly name: `Quectel USB AT Port (COM5)`.
fn without_port_name(model: &str, port: &str) -> String {
    model.trim_end_matches(&format!("({port})")).trim().to_owned()
}

/// Windows drivers name the AT port: `Quectel USB AT Port`, `HUAWEI … PC UI Interface`.
fn windows_name_says_modem(model: Option<&str>) -> bool {
    model.is_some_and(|model| model.contains("AT Port") || model.contains("PC UI Interface"))
}

/// What the kernel knows of the USB interface behind a tty.
#[cfg(target_os = "linux")]
fn interface_class(tty: &str) -> Option<InterfaceClass> {
    // ttyACM's device is the interface itself, ttyUSB's is a port below it.
    ["device", "device/.."].iter().find_map(|below| {
        let folder = std::path::Path::new("/sys/class/tty").join(tty).join(below);
        let read = |file: &str| {
            let text = std::fs::read_to_string(folder.join(file)).ok()?;
            u8::from_str_radix(text.trim(), 16).ok()
        };
        Some((read("bInterfaceClass")?, read("bInterfaceSubClass")?, read("bInterfaceProtocol")?))
    })
}

#[cfg(not(target_os = "linux"))]
fn interface_class(_tty: &str) -> Option<InterfaceClass> {
    None
}

/// Orders names as people do: `ttyUSB2` before `ttyUSB10`.
pub(crate) fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (text_a, number_a, rest_a) = first_number(a);
        let (text_b, number_b, rest_b) = first_number(b);
        let order = text_a.cmp(text_b).then(number_a.cmp(&number_b));
        if order != Ordering::Equal || (rest_a.is_empty() && rest_b.is_empty()) {
            return order.then(rest_a.cmp(rest_b)).then(a.cmp(b));
        }
        (a, b) = (rest_a, rest_b);
    }
}

/// Cuts `ttyUSB10.2` into `ttyUSB`, 10 and `.2`.
fn first_number(text: &str) -> (&str, Option<u64>, &str) {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let digits = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
    let (number, rest) = text[start..].split_at(digits);
    (&text[..start], number.parse().ok(), rest)
}

/// True if the system lists this port now.
pub(crate) fn exists(name: &str) -> bool {
    serial_ports().iter().any(|port| is(port, name))
}

fn is(port: &PortDescription, name: &str) -> bool {
    matches!(&port.address, LinkAddress::Serial(known) if known.eq_ignore_ascii_case(name))
}

/// The error for a port that is not there.
pub(crate) fn not_found(name: &str) -> LinkError {
    let names: Vec<String> = serial_ports()
        .iter()
        .map(|port| short(&port.address.to_string()).to_owned())
        .take(MOST_NAMED)
        .collect();
    let advice = if names.is_empty() {
        "This computer has no serial port now: plug the modem in".to_owned()
    } else {
        format!("Ports there are: {}", names.join(", "))
    };
    LinkError::new(LinkErrorKind::NotFound, format!("There is no port {name}"), advice)
}

/// Where the port `name` is now, and what is plugged in there. With `wanted`, the same device is
/// looked for under any name, and another device that took the name over is not touched.
pub(crate) fn locate(
    name: &str,
    wanted: Option<&UsbIdentity>,
) -> Result<(String, Option<UsbIdentity>), LinkError> {
    choose(&serial_ports(), name, wanted).ok_or_else(|| not_found(name))
}

fn choose(
    ports: &[PortDescription],
    name: &str,
    wanted: Option<&UsbIdentity>,
) -> Option<(String, Option<UsbIdentity>)> {
    let at_name = ports.iter().find(|port| is(port, name));
    let Some(wanted) = wanted else {
        return Some((name.to_owned(), at_name.and_then(|port| port.usb.clone())));
    };
    let same = |port: &&PortDescription| port.usb.as_ref() == Some(wanted);
    let found = at_name.filter(same).or_else(|| ports.iter().find(same))?;
    Some((found.address.to_string(), found.usb.clone()))
}

#[cfg(test)]
mod tests;
