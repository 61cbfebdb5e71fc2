//! What the driver adds to the time that the modem itself needs.

use super::world::World;
use deskphone::modem::{ModemCommand, Submission};
use deskphone::phone::MessageId;
use deskphone::simulator::fault::FaultPlan;
use deskphone::sms::{SubmitOptions, encode_submit};
use std::time::Duration;

const TEXTS: u32 = 100;

/// From a command line to its answer, and from Ctrl-Z to `+CMGS`.
const THINK: Duration = Duration::from_millis(20);
const SUBMIT: Duration = Duration::from_millis(1500);

/// Sends one text after the other, as the engine does, with a report for each if wanted; how long
/// that took.
fn time_of(persona: &str, status_report: bool) -> Duration {
    let mut world = World::new(1, persona, FaultPlan::none());
    world.simulator.set_latencies(THINK, SUBMIT);
    world.link_up();
    world.run_for(Duration::from_secs(60));
    let begin = world.now;
    for number in 1..=TEXTS {
        let options = SubmitOptions { status_report, ..SubmitOptions::default() };
        let segment = encode_submit("+15550100", "The same to all", &options).unwrap().remove(0);
        world.command(ModemCommand::Submit(Submission {
            message: MessageId(i64::from(number)),
            segment: 1,
            pdu: segment.pdu,
            tpdu_octets: segment.tpdu_octets,
            more_follow: number < TEXTS,
        }));
        let sent = |world: &World| world.simulator.network().texts_accepted().len();
        while sent(&world) < number as usize || !world.ledger.open().is_empty() {
            world.run_for(Duration::from_millis(1));
        }
    }
    world.now.since(begin)
}

#[test]
fn a_hundred_texts_take_hardly_longer_than_the_modem_itself_needs() {
    let needed = (THINK + SUBMIT) * TEXTS;
    for persona in ["generic", "huawei", "quectel", "textonly"] {
        for status_report in [false, true] {
            let time = time_of(persona, status_report);
            let more = time.as_secs_f64() / needed.as_secs_f64() - 1.0;
            println!("{persona}, reports {status_report}: {:.2} % longer", more * 100.0);
            assert!(
                (0.0..0.02).contains(&more),
                "{persona}, {status_report}: {time:?}, {needed:?}"
            );
        }
    }
}
