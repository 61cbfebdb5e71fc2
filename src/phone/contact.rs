//! A person in the address book.

use crate::number::{PhoneNumber, PostDial, split_tones};

/// Row number of a contact. A contact not stored yet has `ContactId::NEW`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ContactId(pub i64);

impl ContactId {
    /// Says "insert" to the store.
    pub const NEW: ContactId = ContactId(0);
}

/// One number of a contact.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactNumber {
    /// The number as the user wrote it.
    pub number: PhoneNumber,
    /// `Mobile`, `Home`, `Work`…; free text, may be empty.
    pub label: String,
    /// What is sent as tones after the answer: an extension, a conference's code. May be empty; two
    /// numbers that differ only in it are the same subscriber.
    pub tones: PostDial,
}

impl ContactNumber {
    /// From what the user typed: `+49 30 1234567,,123#` is the number with tones after it.
    pub fn new(text: &str, label: &str) -> Self {
        let (number, tones) = split_tones(text);
        ContactNumber { number: PhoneNumber::new(number), label: label.to_owned(), tones }
    }

    /// The number with its tones, as [`ContactNumber::new`] reads it.
    pub fn dialed(&self) -> String {
        format!("{}{}", self.number, self.tones.as_str())
    }
}

/// A person or a business with numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// Row number, or [`ContactId::NEW`].
    pub id: ContactId,
    /// The name as displayed; not empty.
    pub name: String,
    /// The numbers, the preferred one first.
    pub numbers: Vec<ContactNumber>,
    /// E-mail address; may be empty.
    pub email: String,
    /// Company; may be empty.
    pub organization: String,
    /// Anything the user wrote; may be empty.
    pub note: String,
    /// Listed first.
    pub favorite: bool,
}

impl Contact {
    /// An empty contact to be filled in.
    pub fn new(name: &str) -> Self {
        Contact {
            id: ContactId::NEW,
            name: name.to_owned(),
            numbers: Vec::new(),
            email: String::new(),
            organization: String::new(),
            note: String::new(),
            favorite: false,
        }
    }

    /// The same contact with one number more, see [`ContactNumber::new`].
    pub fn with_number(mut self, number: &str, label: &str) -> Self {
        self.numbers.push(ContactNumber::new(number, label));
        self
    }
}
