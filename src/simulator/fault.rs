//! Seeded faults: on the bytes between two machines ([`FaultyWire`]), and in the modem itself
//! ([`ModemFaults`]).

use super::random::Random;
use crate::clock::Instant;
use std::collections::VecDeque;
use std::time::Duration;

/// Most bytes on a wire; what comes on top is lost, as on a port whose driver overruns.
const MAX_IN_FLIGHT: usize = 1024 * 1024;

/// What can happen to bytes on their way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WireFaults {
    /// Largest chunk that arrives at once; 0: as sent.
    pub max_chunk: usize,
    /// Longest delay of a chunk, in milliseconds.
    pub max_delay_millis: u64,
    /// Bytes lost, in a million.
    pub lost_per_million: u32,
    /// Bytes with one bit wrong, in a million.
    pub garbled_per_million: u32,
    /// Bytes followed by a stray NUL, CR or LF, in a million.
    pub stray_per_million: u32,
}

impl WireFaults {
    /// Bytes are lost, changed or added.
    pub fn spoils(&self) -> bool {
        self.lost_per_million > 0 || self.garbled_per_million > 0 || self.stray_per_million > 0
    }
}

/// What a modem can do wrong.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ModemFaults {
    /// Results that come late, in a thousand.
    pub late_result_per_mille: u32,
    /// How late, in milliseconds: least and most.
    pub late_by_millis: (u64, u64),
    /// Results that never come.
    pub missing_result_per_mille: u32,
    /// `NO CARRIER` and the like that come late (by the same time).
    pub late_release_per_mille: u32,
    /// Unsolicited lines that come between the lines of an answer.
    pub inside_answer_per_mille: u32,
    /// Lines followed by a blank one.
    pub blank_line_per_mille: u32,
    /// `+CMTI` told twice.
    pub twice_told_per_mille: u32,
}

/// What goes wrong, and until when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FaultPlan {
    /// On the wire.
    pub wire: WireFaults,
    /// In the modem.
    pub modem: ModemFaults,
    /// The link is gone from the first moment to the second: what is in flight or sent then is
    /// lost.
    pub link_losses: Vec<(Instant, Instant)>,
    /// From then on nothing goes wrong any more.
    pub stop_after: Option<Instant>,
}

impl FaultPlan {
    /// Nothing goes wrong.
    pub fn none() -> Self {
        FaultPlan::default()
    }

    /// Bytes come in pieces and late, but all of them: what every real port does.
    pub fn shredded() -> Self {
        let wire = WireFaults { max_chunk: 7, max_delay_millis: 30, ..WireFaults::default() };
        FaultPlan { wire, ..FaultPlan::default() }
    }

    /// A mixture drawn from `random`: about half of the kinds of faults, each at a rate of its own,
    /// up to `until`; with `link_losses`, up to two of those too.
    pub fn random(random: &mut Random, until: Instant, link_losses: bool) -> Self {
        let mut rate = |most: u64| {
            let chosen = random.chance(500);
            let rate = random.below(most) as u32;
            if chosen { rate } else { 0 }
        };
        let wire = WireFaults {
            max_chunk: rate(24) as usize,
            max_delay_millis: u64::from(rate(80)),
            lost_per_million: rate(2000),
            garbled_per_million: rate(2000),
            stray_per_million: rate(4000),
        };
        let modem = ModemFaults {
            late_result_per_mille: rate(60),
            late_by_millis: (50, 4000),
            missing_result_per_mille: rate(20),
            late_release_per_mille: rate(300),
            inside_answer_per_mille: rate(500),
            blank_line_per_mille: rate(200),
            twice_told_per_mille: rate(200),
        };
        let mut plan = FaultPlan { wire, modem, stop_after: Some(until), ..FaultPlan::default() };
        if link_losses {
            let end = until.elapsed().as_millis() as u64;
            for _ in 0..random.below(3) {
                let from = random.below(end.max(1));
                let to = (from + random.between((200, 15_000))).min(end);
                plan.link_losses.push((Instant::from_millis(from), Instant::from_millis(to)));
            }
            plan.link_losses.sort();
        }
        plan
    }

    /// Faults still happen.
    pub fn active(&self, now: Instant) -> bool {
        self.stop_after.is_none_or(|end| now < end)
    }

    /// The link is gone now.
    pub fn link_is_lost(&self, now: Instant) -> bool {
        self.link_losses.iter().any(|(from, to)| (*from..*to).contains(&now))
    }

    /// When the link is next lost or comes back.
    pub fn next_link_change(&self, now: Instant) -> Option<Instant> {
        let moments = self.link_losses.iter().flat_map(|(from, to)| [*from, *to]);
        moments.filter(|moment| *moment > now).min()
    }
}

/// One direction of a byte stream: in order, but with faults.
#[derive(Clone, Debug)]
pub struct FaultyWire {
    random: Random,
    plan: FaultPlan,
    in_flight: VecDeque<(Instant, Vec<u8>)>,
    bytes_in_flight: usize,
}

impl FaultyWire {
    /// A wire with faults of its own; give the two directions different seeds.
    pub fn new(seed: u64, plan: FaultPlan) -> Self {
        FaultyWire {
            random: Random::new(seed),
            plan,
            in_flight: VecDeque::new(),
            bytes_in_flight: 0,
        }
    }

    /// Bytes go in at one end.
    pub fn push(&mut self, bytes: &[u8], now: Instant) {
        if self.plan.link_is_lost(now) {
            return;
        }
        let spoils = self.plan.active(now) && self.plan.wire.spoils();
        let bytes = if spoils { self.spoil(bytes) } else { bytes.to_vec() };
        let mut rest = bytes.as_slice();
        while !rest.is_empty() && self.bytes_in_flight < MAX_IN_FLIGHT {
            let (chunk, tail) = rest.split_at(self.chunk_length(rest.len(), now));
            let earliest = self.in_flight.back().map_or(now, |(at, _)| (*at).max(now));
            let most = self.plan.wire.max_delay_millis;
            let late = if self.plan.active(now) { self.random.below(most + 1) } else { 0 };
            let at = earliest.max(now + Duration::from_millis(late));
            self.bytes_in_flight += chunk.len();
            self.in_flight.push_back((at, chunk.to_vec()));
            rest = tail;
        }
    }

    fn chunk_length(&mut self, available: usize, now: Instant) -> usize {
        match self.plan.wire.max_chunk {
            0 => available,
            _ if !self.plan.active(now) => available,
            most => (self.random.below(most as u64) as usize + 1).min(available),
        }
    }

    fn spoil(&mut self, bytes: &[u8]) -> Vec<u8> {
        let faults = self.plan.wire.clone();
        let mut spoiled = Vec::with_capacity(bytes.len());
        for byte in bytes {
            let dice = self.random.below(1_000_000) as u32;
            if dice < faults.lost_per_million {
                continue;
            }
            if dice < faults.lost_per_million.saturating_add(faults.garbled_per_million) {
                spoiled.push(byte ^ 1 << self.random.below(8));
            } else {
                spoiled.push(*byte);
            }
            if (self.random.below(1_000_000) as u32) < faults.stray_per_million {
                spoiled.push(b"\0\r\n"[self.random.below(3) as usize]);
            }
        }
        spoiled
    }

    /// The next chunk that has arrived at the other end.
    pub fn pop(&mut self, now: Instant) -> Option<Vec<u8>> {
        if self.plan.link_is_lost(now) {
            self.clear();
            return None;
        }
        if self.in_flight.front()?.0 > now {
            return None;
        }
        let (_, chunk) = self.in_flight.pop_front()?;
        self.bytes_in_flight -= chunk.len();
        Some(chunk)
    }

    /// When the next chunk arrives.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.in_flight.front().map(|(at, _)| *at)
    }

    /// Everything in flight is lost.
    pub fn clear(&mut self) {
        self.in_flight.clear();
        self.bytes_in_flight = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(plan: FaultPlan, seed: u64, bytes: &[u8]) -> (Vec<u8>, usize) {
        let mut wire = FaultyWire::new(seed, plan);
        wire.push(bytes, Instant::ZERO);
        let (mut arrived, mut chunks) = (Vec::new(), 0);
        while let Some(at) = wire.poll_timeout() {
            while let Some(chunk) = wire.pop(at) {
                arrived.extend(chunk);
                chunks += 1;
            }
        }
        (arrived, chunks)
    }

    #[test]
    fn without_faults_bytes_arrive_at_once_and_whole() {
        assert_eq!(carried(FaultPlan::none(), 1, b"AT+CSQ\r"), (b"AT+CSQ\r".to_vec(), 1));
    }

    #[test]
    fn a_shredded_stream_loses_nothing_and_keeps_its_order() {
        let text: Vec<u8> = (0..=255).cycle().take(5000).collect();
        let (arrived, chunks) = carried(FaultPlan::shredded(), 2, &text);
        assert_eq!(arrived, text);
        assert!(chunks > 700, "{chunks} chunks of at most 7 bytes");
    }

    #[test]
    fn lost_garbled_and_stray_bytes_come_at_about_their_rates_until_the_plan_ends() {
        let wire = WireFaults { lost_per_million: 100_000, ..WireFaults::default() };
        let plan = FaultPlan { wire, ..FaultPlan::none() };
        let (arrived, _) = carried(plan.clone(), 3, &[b'x'; 10_000]);
        assert!((8_500..9_500).contains(&arrived.len()), "{}", arrived.len());
        let ended = FaultPlan { stop_after: Some(Instant::ZERO), ..plan };
        assert_eq!(carried(ended, 3, &[b'x'; 10_000]).0.len(), 10_000);
    }

    #[test]
    fn a_lost_link_carries_nothing() {
        let (from, to) = (Instant::from_secs(1), Instant::from_secs(2));
        let plan = FaultPlan { link_losses: vec![(from, to)], ..FaultPlan::none() };
        assert_eq!(plan.next_link_change(Instant::ZERO), Some(from));
        assert_eq!(plan.next_link_change(from), Some(to));
        let mut wire = FaultyWire::new(1, plan);
        wire.push(b"a", Instant::ZERO);
        wire.push(b"b", from);
        assert_eq!(wire.pop(from), None, "in flight when the link went");
        wire.push(b"c", to);
        assert_eq!(wire.pop(to), Some(b"c".to_vec()));
    }
}
