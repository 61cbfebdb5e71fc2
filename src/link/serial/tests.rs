//! Tests of what opening a port says when it can't be opened.

use super::*;

fn failure(name: &str) -> LinkError {
    match open(name, 115_200, Duration::from_millis(10)) {
        Ok(_) => panic!("{name} should not open"),
        Err(error) => error,
    }
}

#[test]
fn what_is_no_port_is_told_in_words() {
    let missing = failure("/dev/ttyUSB-none");
    assert_eq!(missing.reason, "There is no port /dev/ttyUSB-none");
    assert_eq!(failure("/etc/hostname").reason, "/etc/hostname is not a serial port");
    assert_eq!(failure("/tmp").reason, "/tmp is not a serial port");
    assert_eq!(failure("/dev/null").reason, "/dev/null is not a serial port");
    assert!(!failure("").reason.is_empty());
}

#[test]
fn a_port_in_use_names_its_user() {
    let (_master, slave) = serialport::TTYPort::pair().unwrap();
    let name = slave.name().unwrap();
    drop(slave);
    let first = open(&name, 115_200, Duration::from_millis(10));
    assert!(first.is_ok());
    let busy = failure(&name);
    assert_eq!(busy.kind, LinkErrorKind::Busy);
    assert!(busy.reason.starts_with(&format!("{name} is in use")), "{}", busy.reason);
    drop(first);
    assert!(open(&name, 115_200, Duration::from_millis(10)).is_ok());
}
