//! Chance from a seed: the same seed gives the same life on every machine.

/// A splitmix64 generator (Steele, Lea, Flood 2014): one word of state, no weak seeds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// A generator of its own for `seed`.
    pub fn new(seed: u64) -> Self {
        Random { state: seed }
    }

    /// A second generator that does not disturb this one's later values more than one draw does.
    pub fn fork(&mut self) -> Self {
        Random { state: self.next() }
    }

    /// The next 64 bits.
    #[allow(clippy::should_implement_trait)] // It never ends, so it is no iterator.
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound` − 1; 0 if `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The bias of a remainder is below 2⁻⁴⁰ for the small bounds used here.
        if bound == 0 { 0 } else { self.next() % bound }
    }

    /// A number from `range.0` to `range.1`, both included.
    pub fn between(&mut self, range: (u64, u64)) -> u64 {
        range.0 + self.below(range.1.saturating_sub(range.0) + 1)
    }

    /// True in `per_mille` of a thousand cases.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        per_mille > 0 && self.below(1000) < u64::from(per_mille)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_values_are_those_of_the_published_generator() {
        // First outputs of splitmix64 for seed 1234567, as printed by the reference C code on
        // Rosetta Code (“Pseudo-random numbers/Splitmix64”).
        let mut random = Random::new(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
        assert_eq!(random.next(), 9_817_491_932_198_370_423);
    }

    #[test]
    fn ranges_are_kept() {
        let mut random = Random::new(7);
        for _ in 0..1000 {
            assert!((3..=5).contains(&random.between((3, 5))));
            assert!(random.below(2) < 2);
        }
        assert!(!random.chance(0));
        assert!(random.chance(1000));
        assert_eq!(random.below(0), 0);
    }
}
