//! The phonebooks of SIM and modem (3GPP TS 27.007 §8.11–§8.14): `SM`, `ME`, `FD` to write in,
//! `EN`, `ON`, `LD` and the lists of calls to read.

use super::network::subscriber::{DIRECTORY, OWN_NUMBER, SIM_EMERGENCY_NUMBER};
use std::collections::BTreeMap;

/// Entries of the lists of calls.
const LIST_LENGTH: u16 = 10;

/// One entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// As dialed; `+` in front if it is international.
    pub number: String,
    /// In Unicode.
    pub name: String,
}

/// One phonebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Book {
    /// `SM` and so on.
    pub name: &'static str,
    /// Places, from 1.
    pub capacity: u16,
    /// The program may write in it.
    pub writable: bool,
    entries: BTreeMap<u16, Entry>,
}

impl Book {
    fn new(name: &'static str, capacity: u16, entries: &[(&str, &str)]) -> Book {
        let entries = entries
            .iter()
            .map(|(number, name)| Entry { number: (*number).to_owned(), name: (*name).to_owned() });
        let writable = ["SM", "ME", "FD", "ON"].contains(&name);
        Book { name, capacity, writable, entries: (1..=capacity).zip(entries).collect() }
    }

    /// The entries by place.
    pub fn entries(&self) -> &BTreeMap<u16, Entry> {
        &self.entries
    }

    /// Writes into a place, or the first free one; its number. None if it is full.
    pub fn write(&mut self, place: Option<u16>, entry: Entry) -> Option<u16> {
        let free = || (1..=self.capacity).find(|place| !self.entries.contains_key(place));
        let place = place.or_else(free)?;
        self.entries.insert(place, entry);
        Some(place)
    }

    /// Empties a place.
    pub fn delete(&mut self, place: u16) {
        self.entries.remove(&place);
    }

    /// Puts a number in front of a list of calls.
    fn push_front(&mut self, number: &str) {
        let old = std::mem::take(&mut self.entries);
        let first = Entry { number: number.to_owned(), name: String::new() };
        let others = old.into_values().filter(|entry| entry.number != number);
        self.entries = (1..=self.capacity).zip(std::iter::once(first).chain(others)).collect();
    }
}

/// All phonebooks, and which is chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phonebook {
    books: Vec<Book>,
    chosen: usize,
}

impl Phonebook {
    /// Those of a SIM with so many places, and of a modem with so many (0: none).
    pub fn new((sim, modem): (u16, u16)) -> Self {
        let people: Vec<_> = DIRECTORY.iter().map(|entry| (entry.number, entry.name)).collect();
        let emergencies = [("112", ""), ("911", ""), (SIM_EMERGENCY_NUMBER, "Test emergency")];
        let mut books = vec![Book::new("SM", sim, &people)];
        if modem > 0 {
            books.push(Book::new("ME", modem, &[]));
        }
        books.extend([
            Book::new("FD", 10, &people[..1]),
            Book::new("EN", 5, &emergencies),
            Book::new("ON", 2, &[(OWN_NUMBER, "Own number")]),
            Book::new("LD", LIST_LENGTH, &[]),
            Book::new("RC", LIST_LENGTH, &[]),
            Book::new("MC", LIST_LENGTH, &[]),
        ]);
        Phonebook { books, chosen: 0 }
    }

    /// The names of all.
    pub fn names(&self) -> Vec<&'static str> {
        self.books.iter().map(|book| book.name).collect()
    }

    /// Chooses one; false if there is none of that name.
    pub fn choose(&mut self, name: &str) -> bool {
        let place = self.books.iter().position(|book| book.name == name);
        self.chosen = place.unwrap_or(self.chosen);
        place.is_some()
    }

    /// Power went off and on: the SIM's is chosen.
    pub fn restart(&mut self) {
        self.chosen = 0;
    }

    /// The chosen one.
    pub fn book(&self) -> &Book {
        &self.books[self.chosen]
    }

    /// The same to write in.
    pub fn book_mut(&mut self) -> &mut Book {
        &mut self.books[self.chosen]
    }

    /// The book of this name.
    pub fn named(&self, name: &str) -> Option<&Book> {
        self.books.iter().find(|book| book.name == name)
    }

    fn push(&mut self, name: &str, number: &str) {
        self.books.iter_mut().filter(|book| book.name == name).for_each(|b| b.push_front(number));
    }

    /// The program dialed this number.
    pub fn dialed(&mut self, number: &str) {
        self.push("LD", number);
    }

    /// Somebody called; answered or missed.
    pub fn called(&mut self, number: &str, answered: bool) {
        self.push(if answered { "RC" } else { "MC" }, number);
    }

    /// Fixed dialing allows this number: it begins with one in `FD`.
    pub fn may_dial(&self, number: &str) -> bool {
        self.named("FD").is_some_and(|book| {
            book.entries.values().any(|entry| number.starts_with(&entry.number))
        })
    }
}
