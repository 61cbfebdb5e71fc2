//! The PIN in the system's keyring: given once, never as the last try, forgotten when refused.

use super::*;
use deskphone::engine::keyring::KeyringTask;
use deskphone::phone::{Secret, Settings, SimState};
use deskphone::simulator::network::action::SimChange;

fn secret(pin: &str) -> Secret {
    Secret(pin.to_owned())
}

fn remembers(rig: &mut Rig, remember_pin: bool) {
    let settings = Settings { remember_pin, ..rig.state.settings.clone() };
    rig.done(Command::SaveSettings(settings)).unwrap();
}

/// A rig whose SIM asks for its PIN; with the tries left that the modem tells.
fn locked(remember: bool) -> Rig {
    let mut rig = Rig::new();
    remembers(&mut rig, remember);
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::Sim(SimChange::Locked), now);
    rig
}

fn enter(pin: &str) -> Command {
    Command::EnterPin { code: secret(pin), new_pin: None, last_try: false }
}

fn asks(rig: &Rig) -> bool {
    matches!(rig.state.network.sim, SimState::PinRequired(Some(_)))
}

/// What is kept, whatever the modem is called.
fn kept(rig: &Rig) -> Vec<String> {
    let json = rig.keyring.secret.borrow().clone().map(|secret| secret.0).unwrap_or_default();
    let pins: std::collections::BTreeMap<String, String> =
        serde_json::from_str(&json).unwrap_or_default();
    pins.into_values().collect()
}

fn keep(rig: &Rig, pin: &str) {
    let modem = rig.state.identity.imei.clone();
    KeyringTask::Keep(format!("IMEI {modem}"), secret(pin)).run(&rig.keyring).unwrap();
}

fn pins_sent(rig: &Rig) -> usize {
    rig.written_since(0).matches("AT+CPIN=").count()
}

#[test]
fn a_pin_that_was_typed_is_kept_and_given_the_next_time() {
    let mut rig = locked(true);
    rig.connect();
    rig.until("the SIM to ask", asks);
    rig.done(enter("1234")).unwrap();
    rig.until("the SIM", |rig| rig.state.network.sim == SimState::Ready);
    rig.until("the PIN to be kept", |rig| kept(rig) == ["1234"]);
    rig.done(Command::Link(LinkCommand::Disconnect)).unwrap();
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::Sim(SimChange::Locked), now);
    rig.connect();
    rig.until("the SIM", |rig| rig.state.network.sim == SimState::Ready);
    assert_eq!(pins_sent(&rig), 2);
    let shown: Vec<String> = rig.trace().since(0).into_iter().map(|entry| entry.line).collect();
    assert!(!shown.iter().any(|line| line.contains("1234")), "{shown:?}");
    assert!(!rig.events.iter().any(|event| format!("{event:?}").contains("1234")));
}

#[test]
fn a_refused_pin_is_forgotten_and_not_given_twice() {
    let mut rig = locked(true);
    rig.connect();
    rig.until("the SIM to ask", asks);
    rig.until("the IMEI", |rig| !rig.state.identity.imei.is_empty());
    keep(&rig, "9999");
    rig.done(Command::Link(LinkCommand::Disconnect)).unwrap();
    rig.connect();
    rig.until("the notice", |rig| {
        rig.events.iter().any(|event| {
            matches!(event, Event::Notice(notice) if notice.text.contains("refused the PIN"))
        })
    });
    rig.run_for(Duration::from_secs(60));
    assert_eq!(kept(&rig), Vec::<String>::new());
    assert_eq!(pins_sent(&rig), 1);
    assert_eq!(rig.state.network.sim, SimState::PinRequired(Some(2)));
}

#[test]
fn the_last_try_is_the_users() {
    let mut rig = locked(false);
    rig.connect();
    rig.until("the SIM to ask", asks);
    for _ in 0..2 {
        rig.done(enter("9999")).unwrap_err();
    }
    rig.until("the last try", |rig| rig.state.network.sim == SimState::PinRequired(Some(1)));
    remembers(&mut rig, true);
    keep(&rig, "1234");
    rig.done(Command::Link(LinkCommand::Disconnect)).unwrap();
    rig.connect();
    rig.run_for(Duration::from_secs(60));
    assert_eq!(pins_sent(&rig), 2);
    assert_eq!(kept(&rig), ["1234"]);
}

#[test]
fn nothing_is_kept_that_the_user_does_not_want_kept() {
    let mut rig = locked(false);
    rig.connect();
    rig.until("the SIM to ask", asks);
    rig.done(enter("1234")).unwrap();
    rig.run_for(Duration::from_secs(5));
    assert!(rig.keyring_tasks.is_empty());
    remembers(&mut rig, true);
    keep(&rig, "1234");
    remembers(&mut rig, false);
    rig.run_for(Duration::from_secs(1));
    assert!(rig.keyring.secret.borrow().is_none());
}

#[test]
fn a_keyring_that_does_not_work_is_told_once_and_holds_nothing_up() {
    let mut rig = locked(true);
    rig.keyring.broken = Some("no such service".to_owned());
    rig.connect();
    rig.until("the SIM to ask", asks);
    rig.done(enter("1234")).unwrap();
    rig.until("the SIM", |rig| rig.state.network.sim == SimState::Ready);
    rig.run_for(Duration::from_secs(5));
    let told = rig
        .events
        .iter()
        .filter(|event| matches!(event, Event::Notice(notice) if notice.text.contains("keyring")));
    assert_eq!(told.count(), 1);
}
