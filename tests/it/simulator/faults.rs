//! Faults that the simulated modem itself can have, and their end.

use super::desk::Desk;
use deskphone::clock::Instant;
use deskphone::simulator::NetworkAction;
use deskphone::simulator::fault::{FaultPlan, FaultyWire, ModemFaults};
use std::time::Duration;

fn desk_with(modem: ModemFaults, stop_after: Option<Instant>) -> Desk {
    let mut desk = Desk::new("generic");
    desk.modem.set_faults(FaultPlan { modem, stop_after, ..FaultPlan::none() });
    desk
}

#[test]
fn results_can_be_late_or_missing_until_the_plan_ends() {
    let late = ModemFaults {
        late_result_per_mille: 1000,
        late_by_millis: (3000, 3000),
        ..ModemFaults::default()
    };
    let mut desk = desk_with(late, None);
    let began = desk.now;
    assert_eq!(desk.ask("AT+CPAS"), ["+CPAS: 0", "OK"]);
    assert!(desk.now.since(began) >= Duration::from_secs(3));
    let missing = ModemFaults { missing_result_per_mille: 1000, ..ModemFaults::default() };
    let mut desk = desk_with(missing, Some(Instant::from_secs(10)));
    desk.type_line("AT+CPAS");
    desk.wait(Duration::from_secs(15));
    assert!(desk.lines.is_empty());
    assert_eq!(desk.ask("AT+CPAS"), ["+CPAS: 0", "OK"], "after the plan's end");
}

#[test]
fn unsolicited_lines_can_break_into_an_answer_and_texts_be_told_twice() {
    let faults = ModemFaults {
        inside_answer_per_mille: 1000,
        twice_told_per_mille: 1000,
        ..ModemFaults::default()
    };
    let mut desk = desk_with(faults, None);
    desk.run(
        "> AT+CNMI=2,1\n< OK\nnet text from +15550100 Tea\n< +CMTI: \"SM\",1\n< +CMTI: \"SM\",1",
    );
    // The call comes while the modem thinks about `+CPAS;+CSQ`.
    desk.type_line("AT+CREG?;+CPAS");
    desk.act(NetworkAction::IncomingCall { from: None });
    let answer: Vec<String> = (0..4).filter_map(|_| desk.next_line()).collect();
    assert_eq!(answer, ["+CREG: 0,1", "RING", "+CPAS: 3", "OK"]);
}

#[test]
fn a_dialogue_over_shredded_wires_is_the_same_dialogue() {
    let mut desk = Desk::new("generic");
    let mut there = FaultyWire::new(1, FaultPlan::shredded());
    let mut back = FaultyWire::new(2, FaultPlan::shredded());
    let (mut now, mut heard) = (desk.now, Vec::new());
    there.push(b"AT+CREG?;+CPAS\r", now);
    while let Some(at) = [there.poll_timeout(), back.poll_timeout(), desk.modem.poll_timeout()]
        .into_iter()
        .flatten()
        .min()
    {
        now = now.max(at);
        while let Some(bytes) = there.pop(now) {
            desk.modem.handle_bytes(&bytes, now);
        }
        desk.modem.handle_timeout(now);
        while let Some(bytes) = desk.modem.poll_transmit() {
            back.push(&bytes, now);
        }
        while let Some(bytes) = back.pop(now) {
            heard.extend(bytes);
        }
    }
    assert_eq!(String::from_utf8(heard).unwrap(), "\r\n+CREG: 0,1\r\n\r\n+CPAS: 0\r\n\r\nOK\r\n");
}
