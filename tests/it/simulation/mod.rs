//! Random lives of a phone: driver against simulated modem on one virtual clock, under seeded faults.
//!
//! `SEED=151 cargo test simulation` replays one life and prints it; `SEEDS=200000` runs more,
//! `FIRST=20000` begins there, and `SURVEY=1` goes on after a failure and names each in a line.

mod history;
mod ledger;
mod life;
mod pace;
mod user;
mod world;

use deskphone::clock::Instant;
use deskphone::phone::{Call, CallState};
use deskphone::simulator::Random;
use deskphone::simulator::fault::FaultPlan;
use deskphone::simulator::network::{
    CallDirection, LiveCall, NetworkAction, TextKind, TextTrouble,
};
use deskphone::simulator::persona::{self, Clcc, DialResult};
use deskphone::sms::{Incoming, decode_incoming};
use ledger::SegmentFate;
use life::Life;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use world::World;

/// How long a life lasts, and how long the peace after it in which everything must come right.
const LIFE: Instant = Instant::from_secs(50);
const PEACE: Duration = Duration::from_secs(150);

/// The same for most of those in which the modem answers everything: nothing takes longer.
const SHORT_PEACE: Duration = Duration::from_secs(50);

/// The same where the answer is the result of `ATD`, and may be lost: a call for help is left alone
/// while the other phone may ring.
const LONG_PEACE: Duration = Duration::from_secs(300);

/// Every persona but the one that waits for its PIN.
fn personas() -> Vec<&'static str> {
    persona::names().into_iter().filter(|name| *name != "locked").collect()
}

/// Seeds to run: as many as `SEEDS` says from `FIRST` on, or the one in `SEED`.
fn seeds(usual: u64) -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    match number("SEED") {
        Some(seed) => seed..seed + 1,
        None => {
            let first = number("FIRST").unwrap_or(0);
            first..first + number("SEEDS").unwrap_or(usual)
        }
    }
}

/// Every failure is named, in a line.
fn surveys() -> bool {
    std::env::var_os("SURVEY").is_some()
}

/// What all lives together held, so that a simulation in which nothing happens can't pass.
#[derive(Default)]
struct Sums {
    answered: AtomicU64,
    sent: AtomicU64,
    received: AtomicU64,
    most_calls: AtomicUsize,
    most_members: AtomicUsize,
}

impl Sums {
    fn add(&self, world: &World) {
        let ledger = &world.ledger;
        let answered = ledger.calls.values().filter(|call| call.answered_at.is_some()).count();
        let sent = ledger.segments.values().filter(|(_, fate)| *fate == SegmentFate::Sent).count();
        for (sum, count) in
            [(&self.answered, answered), (&self.sent, sent), (&self.received, ledger.kept.len())]
        {
            sum.fetch_add(count as u64, Ordering::Relaxed);
        }
        self.most_calls.fetch_max(ledger.most_calls.0, Ordering::Relaxed);
        self.most_members.fetch_max(ledger.most_calls.1, Ordering::Relaxed);
    }

    /// On the average at least one of each in two lives.
    fn check(&self, lives: u64) {
        let sums = [&self.answered, &self.sent, &self.received];
        let sums = sums.map(|sum| sum.load(Ordering::Relaxed));
        let most = [&self.most_calls, &self.most_members].map(|most| most.load(Ordering::Relaxed));
        println!(
            "{lives} lives: {sums:?} calls answered, texts sent, texts received; at most {most:?} \
             calls at once, members of a conference"
        );
        // As many as 22.030 §6.5.5.1 and 22.084 §1.1 allow.
        assert!(lives < 5000 || most >= [7, 5], "too few calls at once: {most:?}");
        assert!(
            lives < 100 || sums.iter().all(|sum| *sum > lives / 2),
            "too little happens: {sums:?}"
        );
    }
}

/// Runs `life` for every seed, on all cores; the lowest failing seed's message is shown.
fn for_each_seed(seeds: std::ops::Range<u64>, life: impl Fn(u64, &Sums) + Sync) {
    let sums = Sums::default();
    let lives = seeds.end - seeds.start;
    let life = |seed| life(seed, &sums);
    let workers = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    let failures: Vec<(u64, String)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                let mine = seeds.clone().skip(worker as usize).step_by(workers as usize);
                let life = &life;
                scope.spawn(move || {
                    let mut failures = mine.into_iter().filter_map(|seed| failure(seed, life));
                    let few = if surveys() { usize::MAX } else { 1 };
                    failures.by_ref().take(few).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    if surveys() {
        failures.iter().for_each(|(_, message)| println!("{message}"));
    }
    if let Some((seed, message)) = failures.into_iter().min() {
        panic!("{message}\nreplay it with SEED={seed}");
    }
    sums.check(lives);
}

fn failure(seed: u64, life: &(impl Fn(u64) + Sync)) -> Option<(u64, String)> {
    let live = || std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| life(seed))).err();
    let mut panic = live()?;
    if !surveys() {
        // Once more, with a transcript.
        world::RECORDS.set(true);
        panic = live().unwrap_or(panic);
        world::RECORDS.set(false);
    }
    let words = panic.downcast_ref::<String>().cloned();
    let words = words.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    Some((seed, format!("seed {seed}: {}", words.unwrap_or_default())))
}

/// Shredded and delayed bytes, codes between any two lines, late results, the cable pulled: nothing
/// is lost, nothing doubled.
#[test]
fn no_call_and_no_text_is_lost_or_doubled_while_bytes_are_shredded_and_cables_pulled() {
    for_each_seed(seeds(40_000), |seed, sums| {
        let mut world = live(seed, rough(seed));
        check_calls(&world, true);
        if world.tells_all() && !world.cable_is_pulled {
            check_history(&world);
        }
        check_texts_out(&world, true);
        check_texts_in(&world);
        check_outcomes(&mut world);
        sums.add(&world);
    });
}

/// Lost and garbled bytes on top: no panic, no hang, one outcome a command, no phantom, no text
/// sent twice.
#[test]
fn lost_and_garbled_bytes_do_not_hang_it_or_leave_phantoms() {
    for_each_seed(seeds(10_000), |seed, sums| {
        let mut world = live(seed, lossy(seed));
        check_calls(&world, false);
        check_texts_out(&world, false);
        check_outcomes(&mut world);
        sums.add(&world);
    });
}

/// Any faults that leave every byte right and in order: what a sound cable and a real modem do.
fn rough(seed: u64) -> FaultPlan {
    let mut plan = lossy(seed);
    plan.wire.lost_per_million = 0;
    plan.wire.garbled_per_million = 0;
    plan.wire.stray_per_million = 0;
    if !(seed / 7).is_multiple_of(3) {
        // Most modems answer at once; only then is all that they tell exact.
        plan.modem.late_result_per_mille = 0;
        plan.modem.missing_result_per_mille = 0;
    }
    plan
}

/// Any faults.
fn lossy(seed: u64) -> FaultPlan {
    FaultPlan::random(&mut Random::new(seed ^ 0x6661_756C), LIFE, false)
}

/// One life, and the peace after it.
fn live(seed: u64, plan: FaultPlan) -> World {
    let personas = personas();
    let persona = personas[(seed % personas.len() as u64) as usize];
    let mut world = World::new(seed, persona, plan);
    Life::new(seed).live_until(&mut world, LIFE);
    if !world.linked {
        world.link_up();
    }
    world.act(NetworkAction::TroubleTexts { trouble: TextTrouble::Lost, times: 0 });
    world.act(NetworkAction::Memory(false));
    let plain = world.simulator.persona().texts.text_mode_only;
    let answers = world.every_answer_comes && world.every_byte_arrives && !plain;
    let late = world.simulator.persona().calls.dial_result != DialResult::AtOnce;
    world.run_until(
        LIFE + match (answers, late) {
            (false, true) => LONG_PEACE,
            (false, false) => PEACE,
            (true, _) if seed.is_multiple_of(5) => PEACE,
            (true, _) => SHORT_PEACE,
        },
    );
    let for_help = |call: &Call| call.remote.number().is_some_and(|to| to.as_str() == "112");
    if world.modem.calls().iter().any(|call| for_help(call) && call.state == CallState::Dialing) {
        // Whether this modem says `OK` at the answer is not known.
        world.run_until(LIFE + LONG_PEACE);
    }
    if !world.ledger.ready {
        world.fail("the modem is not ready after a long peace");
    }
    world
}

fn check_history(world: &World) {
    if let Err(why) = history::check_history(world) {
        world.fail(&why);
    }
}

fn check_outcomes(world: &mut World) {
    let open = world.ledger.open().len();
    if open > 0 {
        let first = world.ledger.open()[0].clone();
        world.fail(&format!("{open} commands have no outcome, the first is {first}"));
    }
}

/// Our calls are the network's calls. A modem without a list of calls can't tell who answered, or
/// which of several calls is over; its own reports can, while none is lost and there is one call.
fn check_calls(world: &World, exact: bool) {
    let reports = world.simulator.persona().calls.clcc == Clcc::Empty
        && !history::several_at_once(world.simulator.network());
    // Such a modem is deaf while it dials; whoever else calls then may never be heard of again.
    let deaf = world.simulator.persona().calls.dial_result == DialResult::ConnectWhenAnswered
        && !world.every_answer_comes;
    let told = exact && reports && !world.cable_is_pulled;
    if deaf || !(world.lists_calls || told) {
        return;
    }
    let truth = world.simulator.network().calls();
    let ours = world.ledger.live_calls();
    let same = |exact| {
        ours.len() == truth.len()
            && truth.iter().all(|call| ours.iter().any(|our| same_call(call, our, exact)))
    };
    let why = format!("the network has the calls {truth:?}\nwe show {ours:?}");
    // A number that a wrong byte made out of none stays: no list says that there is none.
    if !same(exact && world.lists_calls) {
        world.fail(&why);
    }
}

/// Without a list the number of a call that rang before it was told stays unknown. Where bytes are
/// lost on their way to the modem it dials another number than the one that is shown.
fn same_call(truth: &LiveCall, ours: &deskphone::phone::Call, exact: bool) -> bool {
    let number = ours.remote.number().map(|number| number.as_str());
    history::same_direction(truth.direction, ours.direction)
        && history::stage_of(&ours.state) == Some(truth.stage)
        && ours.multiparty == truth.multiparty
        && (number == truth.number.as_deref() || (!exact && perhaps_same(number, truth)))
}

fn perhaps_same(ours: Option<&str>, truth: &LiveCall) -> bool {
    let (Some(ours), Some(theirs)) = (ours, truth.number.as_deref()) else { return true };
    let (ours, theirs) = (ours.trim_start_matches('+'), theirs.trim_start_matches('+'));
    truth.direction == CallDirection::MobileOriginated
        && (ours.starts_with(theirs) || ours.ends_with(theirs))
}

/// What we say of a text is what the network says: sent is taken once, not sent is not taken, and
/// nothing is taken twice.
fn check_texts_out(world: &World, exact: bool) {
    let accepted = world.simulator.network().texts_accepted();
    for (message, (pdu, fate)) in &world.ledger.segments {
        // The SMSC field (its length is the first octet) is not part of the TPDU.
        let tpdu = &pdu[1 + usize::from(pdu[0])..];
        let taken = accepted.iter().filter(|text| same_but_reference(&text.tpdu, tpdu)).count();
        let right = match fate {
            SegmentFate::Sent => taken == 1 || (!exact && taken == 0),
            SegmentFate::NotSent => taken == 0 || (!exact && taken == 1),
            SegmentFate::MaybeSent => taken <= 1,
            SegmentFate::Waiting | SegmentFate::HandedOver => false,
        };
        if !right {
            world.fail(&format!(
                "text {} is {fate:?}, the network took it {taken} times",
                message.0
            ));
        }
    }
}

/// TP-MR, the second octet, is the modem's to fill in (23.040 §9.2.3.6).
fn same_but_reference(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.first() == b.first() && a.get(2..) == b.get(2..)
}

/// The text of a TPDU that stands alone.
fn words_of(tpdu: &[u8]) -> Option<Vec<u8>> {
    match decode_incoming(&[&[0], tpdu].concat()) {
        Ok(Incoming::Text(text)) if text.concat.is_none() => Some(text.text.into_bytes()),
        _ => None,
    }
}

/// Every text that the network handed to the modem is kept exactly once.
fn check_texts_in(world: &World) {
    let mut handed: Vec<(u64, &[u8])> = Vec::new();
    for text in world.simulator.network().texts_delivered_to_modem() {
        // Nobody reads what comes directly while the cable is out, unless it waits for `+CNMA`,
        // which a modem must be told first.
        let in_vain = text.class == Some(0) && world.cable_is_pulled;
        if text.kind == TextKind::Deliver
            && !in_vain
            && !handed.iter().any(|(serial, _)| *serial == text.serial)
        {
            handed.push((text.serial, &text.tpdu));
        }
    }
    for (serial, tpdu) in &handed {
        // Without the longer headers only the words of a text are told.
        let words = words_of(tpdu).filter(|_| world.simulator.persona().name == "textplain");
        // A report that came among its lines may stand beside it.
        let holds =
            |kept: &[u8], words: &[u8]| kept.split(|byte| *byte == b'\n').any(|l| l == words);
        let is_kept = |kept: &[u8]| {
            kept.ends_with(tpdu) || words.as_deref().is_some_and(|words| holds(kept, words))
        };
        let kept = world.ledger.kept.iter().filter(|kept| is_kept(&kept.pdu)).count();
        // Two long texts of one second can draw the same reference: then two PDUs are the same.
        let twins = handed.iter().filter(|(_, other)| other == tpdu).count();
        if kept != twins {
            world.fail(&format!("the text with serial {serial} is kept {kept} times"));
        }
    }
    // In text mode a report may come among the lines of a text.
    let plain = world.simulator.persona().texts.text_mode_only;
    if world.ledger.unreadable > 0 && !plain {
        world.fail("a text was handed over that is not even hex");
    }
}
