//! The country where numbers without `+` are at home: chosen by the user, else the SIM's, else the
//! system's.

use crate::number::region_of_mcc;

/// The three sources.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Region {
    chosen: String,
    sim: String,
    system: String,
}

impl Region {
    pub(super) fn new(chosen: &str, system: &str) -> Self {
        Region { chosen: chosen.to_owned(), sim: String::new(), system: system.to_owned() }
    }

    /// The one that counts; ISO 3166, empty if nobody knows.
    pub(super) fn in_force(&self) -> &str {
        [&self.chosen, &self.sim, &self.system]
            .into_iter()
            .find(|region| !region.is_empty())
            .map_or("", String::as_str)
    }

    /// The user chose; empty for "find out".
    pub(super) fn choose(&mut self, region: &str) {
        region.clone_into(&mut self.chosen);
    }

    /// The SIM told its IMSI, which begins with the country (ITU-T E.212).
    pub(super) fn set_imsi(&mut self, imsi: &str) {
        if let Some(region) = imsi.get(..3).and_then(region_of_mcc) {
            region.clone_into(&mut self.sim);
        }
    }
}

/// The country in a locale's name, `DE` in `de_DE.UTF-8` (POSIX, XBD §8.2).
pub(super) fn of_locale(name: &str) -> Option<String> {
    let name = name.split(['.', '@']).next()?;
    let (_, country) = name.split_once(['_', '-'])?;
    let letters = country.len() == 2 && country.chars().all(|c| c.is_ascii_alphabetic());
    letters.then(|| country.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_choice_goes_before_the_sim_and_the_sim_before_the_system() {
        let mut region = Region::new("", "DE");
        assert_eq!(region.in_force(), "DE");
        region.sim = "IR".to_owned();
        assert_eq!(region.in_force(), "IR");
        region.choose("GB");
        assert_eq!(region.in_force(), "GB");
        region.choose("");
        region.set_imsi("");
        region.set_imsi("é1");
        assert_eq!(region.in_force(), "IR");
    }

    #[test]
    fn locales_name_their_country() {
        assert_eq!(of_locale("de_DE.UTF-8").as_deref(), Some("DE"));
        assert_eq!(of_locale("fa_IR").as_deref(), Some("IR"));
        assert_eq!(of_locale("sr_RS@latin").as_deref(), Some("RS"));
        for none in ["C", "C.UTF-8", "POSIX", "", "en", "zh_Hans", "eo_001"] {
            assert_eq!(of_locale(none), None, "{none}");
        }
    }
}
