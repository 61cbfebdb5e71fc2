//! A person in the address book.

use crate::number::PhoneNumber;

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

    /// The same contact with one number more.
    pub fn with_number(mut self, number: &str, label: &str) -> Self {
        self.numbers
            .push(ContactNumber { number: PhoneNumber::new(number), label: label.to_owned() });
        self
    }
}
