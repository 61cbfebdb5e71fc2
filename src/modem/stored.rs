//! Which received PDUs the modem still keeps, so that none is handed over twice and none that took
//! another's place is deleted unread.

use super::types::StorageLocation;
use std::collections::BTreeMap;

/// More places than this are not kept in mind: what lies there may be handed over again.
const MAX_PLACES: usize = 16_384;

/// A modem that refused so many deletions in a row is not asked for more until the next session.
const MAX_REFUSED: u32 = 60;

/// What lies at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// The PDU as the modem wrote it.
    pub pdu: String,
    /// Which of the texts that lay there it is; none is zero.
    pub serial: u32,
    /// When it was read last, as counted by readings and deletions.
    seen: u32,
    /// It is safe: it may be deleted.
    pub safe: bool,
    /// It stays where it is for ever (class 2 belongs to the SIM).
    pub keep: bool,
    /// The user has deleted it.
    pub unwanted: bool,
    /// A `+CMGD` was sent and not answered: it may be gone, and something else in its place.
    pub doubtful: bool,
    /// Times that the modem refused to delete it.
    pub refused: u8,
}

impl Place {
    fn new(pdu: &str, serial: u32) -> Self {
        let pdu = pdu.to_owned();
        let (safe, keep, unwanted, doubtful) = (false, false, false, false);
        Place { pdu, serial, seen: serial, safe, keep, unwanted, doubtful, refused: 0 }
    }
}

/// The places whose PDU was handed over and not removed since.
#[derive(Debug, Default)]
pub(super) struct Stored {
    places: BTreeMap<StorageLocation, Place>,
    /// What was deleted last from each place.
    deleted: BTreeMap<StorageLocation, String>,
    /// Deletions refused in a row.
    refused_in_a_row: u32,
    /// Its places move up after a deletion.
    moves: bool,
    /// Readings and deletions counted so far.
    serial: u32,
    /// The last deletion.
    last_deletion: u32,
    /// A place was read again after another was deleted, and was the same: its places stay.
    places_stay: bool,
}

impl Stored {
    /// A PDU was read at a place. True if it is news and must be handed over.
    pub fn read(&mut self, location: &StorageLocation, pdu: &str) -> bool {
        self.serial += 1;
        let serial = self.serial;
        if let Some(known) = self.places.get_mut(location) {
            if known.pdu == pdu {
                known.doubtful = false;
                known.seen = serial;
                return false;
            }
            *known = Place::new(pdu, serial);
            return true;
        }
        if self.places.len() < MAX_PLACES {
            self.places.insert(location.clone(), Place::new(pdu, serial));
        }
        true
    }

    /// The text that lies there is still this one.
    pub fn holds(&self, location: &StorageLocation, serial: u32) -> bool {
        self.places.get(location).is_some_and(|place| place.serial == serial)
    }

    /// A list shows what was deleted. In the same place: the modem only says that it deletes. In
    /// another one: its places have moved up after a deletion, and another text was deleted than
    /// the one that was meant. Either way it was handed over before.
    pub fn came_back(&mut self, location: &StorageLocation, pdu: &str) -> bool {
        if self.places.contains_key(location) || self.places.len() >= MAX_PLACES {
            return false;
        }
        let same_place = self.deleted.get(location).is_some_and(|deleted| deleted == pdu);
        let from = match same_place {
            true => Some(location),
            false => self
                .deleted
                .iter()
                .find(|(place, deleted)| place.memory == location.memory && *deleted == pdu)
                .map(|(place, _)| place),
        };
        let Some(from) = from.cloned() else { return false };
        self.deleted.remove(&from);
        self.moves |= !same_place;
        self.serial += 1;
        let place = Place::new(pdu, self.serial);
        let place = Place { safe: true, keep: same_place, doubtful: true, ..place };
        self.places.insert(location.clone(), place);
        true
    }

    /// Another memory has the same at the same place: the modem says that it has changed the memory
    /// and has not.
    pub fn mirrored(&self, location: &StorageLocation, pdu: &str) -> bool {
        self.places.iter().any(|(other, place)| {
            other.index == location.index && other.memory != location.memory && place.pdu == pdu
        })
    }

    /// What was handed over from there.
    pub fn get(&self, location: &StorageLocation) -> Option<&Place> {
        self.places.get(location)
    }

    /// The PDU is in the store.
    pub fn safe(&mut self, location: &StorageLocation) {
        if let Some(place) = self.places.get_mut(location) {
            place.safe = true;
        }
    }

    /// It is in the store, and it stays in the modem too.
    pub fn keep(&mut self, location: &StorageLocation) {
        if let Some(place) = self.places.get_mut(location) {
            place.safe = true;
            place.keep = true;
        }
    }

    /// The user has deleted it: it goes, even if it was to stay. Somebody else may have put another
    /// text there since it was read.
    pub fn unwanted(&mut self, location: &StorageLocation) {
        if let Some(place) = self.places.get_mut(location) {
            let asked = std::mem::replace(&mut place.unwanted, true);
            place.safe = true;
            place.keep &= asked;
            place.doubtful = true;
        }
    }

    /// A `+CMGD` got no answer.
    pub fn doubt(&mut self, location: &StorageLocation) {
        if let Some(place) = self.places.get_mut(location) {
            place.doubtful = true;
        }
    }

    /// The modem has refused to delete it.
    pub fn refused(&mut self, location: &StorageLocation) {
        if let Some(place) = self.places.get_mut(location) {
            place.refused = place.refused.saturating_add(1);
            self.refused_in_a_row = self.refused_in_a_row.saturating_add(1);
        }
    }

    /// The modem refuses to delete anything.
    pub fn refuses(&self) -> bool {
        self.refused_in_a_row >= MAX_REFUSED
    }

    /// What lies there may be another text by now: it is read before it is deleted. In some modems
    /// the texts move up when one is deleted: until one is found in its place after that, each is
    /// read.
    pub fn in_doubt(&self, location: &StorageLocation) -> bool {
        let may_have_moved = |place: &Place| !self.places_stay && place.seen < self.last_deletion;
        self.moves
            || self
                .places
                .get(location)
                .is_some_and(|place| place.doubtful || may_have_moved(place))
    }

    /// It was read again before its deletion, and is the same.
    pub fn found_again(&mut self, location: &StorageLocation) {
        let moved = |place: &Place| place.seen < self.last_deletion;
        self.places_stay |= self.places.get(location).is_some_and(moved);
    }

    /// It stays where it is, whatever becomes of it here.
    pub fn stays(&mut self, location: &StorageLocation) {
        if let Some(place) = self.places.get_mut(location) {
            place.keep = true;
        }
    }

    /// The place is free.
    pub fn removed(&mut self, location: &StorageLocation) {
        self.refused_in_a_row = 0;
        self.serial += 1;
        self.last_deletion = self.serial;
        let Some(place) = self.places.remove(location) else { return };
        if self.deleted.len() < MAX_PLACES || self.deleted.contains_key(location) {
            self.deleted.insert(location.clone(), place.pdu);
        }
    }

    /// A new session: what nobody has confirmed will be handed over again, and what could not be
    /// deleted may have made room for something else.
    pub fn new_session(&mut self) {
        self.refused_in_a_row = 0;
        self.places_stay = false;
        self.places.retain(|_, place| place.safe);
        for place in self.places.values_mut() {
            place.doubtful = true;
            place.refused = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(index: u16) -> StorageLocation {
        StorageLocation { memory: "SM".to_owned(), index }
    }

    #[test]
    fn a_pdu_is_news_once_and_another_at_the_same_place_is_news_again() {
        let mut stored = Stored::default();
        assert!(stored.read(&place(1), "AA"));
        assert!(!stored.read(&place(1), "AA"));
        assert!(stored.read(&place(1), "BB"));
        stored.removed(&place(1));
        assert!(stored.read(&place(1), "BB"));
    }

    #[test]
    fn what_is_said_of_one_text_does_not_hold_for_the_next_in_its_place() {
        let mut stored = Stored::default();
        let serial = |stored: &Stored| stored.get(&place(1)).map_or(0, |place| place.serial);
        stored.read(&place(1), "AA");
        let first = serial(&stored);
        assert!(stored.holds(&place(1), first));
        stored.read(&place(1), "AA");
        assert!(stored.holds(&place(1), first), "it was only read again");
        stored.read(&place(1), "BB");
        assert!(!stored.holds(&place(1), first));
        let second = serial(&stored);
        stored.removed(&place(1));
        assert!(!stored.holds(&place(1), second));
        stored.read(&place(1), "BB");
        assert!(!stored.holds(&place(1), second), "the network sent the same again");
    }

    #[test]
    fn the_same_place_under_another_name_is_seen() {
        let mut stored = Stored::default();
        stored.read(&place(1), "AA");
        let mirror = |index| StorageLocation { memory: "ME".to_owned(), index };
        assert!(stored.mirrored(&mirror(1), "AA"));
        assert!(!stored.mirrored(&mirror(1), "BB"));
        assert!(!stored.mirrored(&mirror(2), "AA"), "the network may send a text twice");
        assert!(!stored.mirrored(&place(1), "AA"));
        stored.removed(&place(1));
        assert!(!stored.mirrored(&mirror(1), "AA"));
    }

    #[test]
    fn a_new_session_hands_over_again_what_nobody_confirmed_and_doubts_the_rest() {
        let mut stored = Stored::default();
        stored.read(&place(1), "AA");
        stored.read(&place(2), "BB");
        stored.safe(&place(2));
        stored.new_session();
        assert_eq!(stored.get(&place(1)), None);
        assert!(stored.get(&place(2)).is_some_and(|place| place.safe && place.doubtful));
        assert!(!stored.read(&place(2), "BB"));
    }

    #[test]
    fn what_comes_back_after_its_deletion_is_known() {
        let mut stored = Stored::default();
        for (index, pdu) in [(1, "AA"), (2, "BB"), (3, "CC")] {
            assert!(stored.read(&place(index), pdu));
            stored.safe(&place(index));
        }
        // The modem moves "BB" up and then deletes "CC" in place of it.
        stored.removed(&place(1));
        stored.removed(&place(2));
        stored.removed(&place(3));
        assert!(stored.came_back(&place(1), "BB"));
        assert!(stored.get(&place(1)).is_some_and(|place| place.safe && !place.keep));
        // This one can't be deleted.
        assert!(stored.came_back(&place(3), "CC"));
        assert!(stored.get(&place(3)).is_some_and(|place| place.safe && place.keep));
        assert!(!stored.came_back(&place(4), "DD"));
        assert!(!stored.came_back(&place(5), "BB"), "once for each deletion");
        let elsewhere = StorageLocation { memory: "ME".to_owned(), index: 1 };
        assert!(!stored.came_back(&elsewhere, "AA"));
    }

    #[test]
    fn a_modem_that_refuses_every_deletion_is_believed_until_one_succeeds() {
        let mut stored = Stored::default();
        for index in 0..100 {
            stored.read(&place(index), "AA");
            assert_eq!(stored.refuses(), u32::from(index) >= MAX_REFUSED);
            stored.refused(&place(index));
        }
        stored.removed(&place(1));
        assert!(!stored.refuses());
    }

    #[test]
    fn after_a_deletion_one_place_is_read_again_before_the_others_are_trusted() {
        let mut stored = Stored::default();
        for (index, pdu) in [(1, "AA"), (2, "BB"), (3, "CC")] {
            stored.read(&place(index), pdu);
            stored.safe(&place(index));
        }
        assert!(!stored.in_doubt(&place(1)));
        stored.removed(&place(1));
        assert!(stored.in_doubt(&place(2)) && stored.in_doubt(&place(3)));
        stored.found_again(&place(2));
        assert!(!stored.in_doubt(&place(2)) && !stored.in_doubt(&place(3)));
        stored.removed(&place(2));
        stored.read(&place(2), "DD");
        assert!(!stored.in_doubt(&place(2)), "read after the last deletion");
        stored.new_session();
        stored.read(&place(3), "CC");
        assert!(!stored.in_doubt(&place(3)));
        stored.read(&place(4), "EE");
        stored.removed(&place(3));
        assert!(stored.in_doubt(&place(4)));
    }

    #[test]
    fn where_places_move_up_nothing_is_deleted_unread() {
        let mut stored = Stored::default();
        for (index, pdu) in [(1, "AA"), (2, "BB"), (3, "CC")] {
            stored.read(&place(index), pdu);
            stored.safe(&place(index));
        }
        assert!(!stored.in_doubt(&place(3)));
        stored.removed(&place(1));
        stored.removed(&place(2));
        assert!(stored.came_back(&place(1), "BB"));
        assert!(stored.in_doubt(&place(3)));
    }

    #[test]
    fn a_modem_with_endless_places_does_not_make_us_grow() {
        let mut stored = Stored::default();
        for index in 0..=u16::MAX {
            stored.read(&place(index), "AA");
        }
        assert_eq!(stored.places.len(), MAX_PLACES);
    }
}
