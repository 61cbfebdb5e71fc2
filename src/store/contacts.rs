//! The address book.

use super::{ImportCounts, Store, StoreError};
use crate::number::{self, PhoneNumber, PostDial};
use crate::phone::{Contact, ContactId, ContactNumber};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// Says in `meta` that the Demo modem's contacts were offered before.
const DEMO_SEEDED: &str = "demo_contacts_seeded";

impl Store {
    /// All contacts by name, without regard to case.
    pub fn contacts(&self) -> Result<Vec<Contact>, StoreError> {
        let mut contacts = load(&self.connection)?;
        contacts.sort_by_cached_key(|contact| (folded(&contact.name), contact.id));
        Ok(contacts)
    }

    /// Inserts (id [`ContactId::NEW`]) or updates a contact, and returns its id. A contact without
    /// a name gets its organization, number or address as one.
    pub fn save_contact(&mut self, contact: &Contact) -> Result<ContactId, StoreError> {
        let contact = named(contact)?;
        self.write(|db| {
            if contact.id == ContactId::NEW { insert(db, &contact) } else { update(db, &contact) }
        })
    }

    /// Deletes a contact.
    pub fn delete_contact(&mut self, id: ContactId) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("DELETE FROM contacts WHERE id = ?1", [id.0])?;
            Ok(())
        })
    }

    /// Adds what is new of some cards. A card with the name and a number of a known contact is
    /// merged into it: its other numbers are added, and what the contact lacks is filled in; what
    /// the user wrote is never replaced. Cards without a name, number or address are left out.
    pub fn import_contacts(&mut self, cards: &[Contact]) -> Result<ImportCounts, StoreError> {
        let region = self.region.clone();
        self.write(|db| import(db, cards, &region))
    }

    /// Imports the Demo modem's contacts, the first time only: a user who deletes them is rid of
    /// them.
    pub fn seed_demo_contacts(&mut self, contacts: &[Contact]) -> Result<ImportCounts, StoreError> {
        let region = self.region.clone();
        let known = "SELECT 1 FROM meta WHERE key = ?1";
        if self.connection.query_row(known, [DEMO_SEEDED], |_| Ok(())).optional()?.is_some() {
            return Ok(ImportCounts::default());
        }
        self.write(|db| {
            db.execute("INSERT OR IGNORE INTO meta (key, value) VALUES (?1, '1')", [DEMO_SEEDED])?;
            import(db, contacts, &region)
        })
    }
}

fn load(db: &Connection) -> Result<Vec<Contact>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, name, email, organization, note, favorite FROM contacts ORDER BY id",
    )?;
    let contacts = statement.query_map([], |row| {
        Ok(Contact {
            id: ContactId(row.get(0)?),
            name: row.get(1)?,
            numbers: Vec::new(),
            email: row.get(2)?,
            organization: row.get(3)?,
            note: row.get(4)?,
            favorite: row.get(5)?,
        })
    })?;
    let mut contacts: Vec<Contact> = contacts.collect::<rusqlite::Result<_>>()?;
    let mut statement = db.prepare_cached(
        "SELECT contact, number, label, tones FROM contact_numbers ORDER BY contact, position",
    )?;
    let mut numbers = statement.query([])?;
    while let Some(row) = numbers.next()? {
        let owner = ContactId(row.get(0)?);
        if let Ok(at) = contacts.binary_search_by_key(&owner, |contact| contact.id) {
            let number = PhoneNumber::new(&row.get::<_, String>(1)?);
            // What can't be read is none.
            let tones = PostDial::parse(row.get_ref(3)?.as_str().unwrap_or_default());
            let tones = tones.unwrap_or_default();
            contacts[at].numbers.push(ContactNumber { number, label: row.get(2)?, tones });
        }
    }
    Ok(contacts)
}

fn insert(db: &Connection, contact: &Contact) -> Result<ContactId, StoreError> {
    db.prepare_cached(
        "INSERT INTO contacts (name, email, organization, note, favorite)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        contact.name,
        contact.email,
        contact.organization,
        contact.note,
        contact.favorite
    ])?;
    let id = ContactId(db.last_insert_rowid());
    insert_numbers(db, id, &contact.numbers)?;
    Ok(id)
}

fn update(db: &Connection, contact: &Contact) -> Result<ContactId, StoreError> {
    let changed = db
        .prepare_cached(
            "UPDATE contacts SET name = ?2, email = ?3, organization = ?4, note = ?5, favorite = ?6
             WHERE id = ?1",
        )?
        .execute(params![
            contact.id.0,
            contact.name,
            contact.email,
            contact.organization,
            contact.note,
            contact.favorite
        ])?;
    if changed == 0 {
        return Err(StoreError::Missing("contact"));
    }
    db.prepare_cached("DELETE FROM contact_numbers WHERE contact = ?1")?.execute([contact.id.0])?;
    insert_numbers(db, contact.id, &contact.numbers)?;
    Ok(contact.id)
}

fn insert_numbers(
    db: &Connection,
    contact: ContactId,
    numbers: &[ContactNumber],
) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "INSERT INTO contact_numbers (contact, position, number, label, tones)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (number, position) in numbers.iter().zip(0i64..) {
        let ContactNumber { number, label, tones } = number;
        let row = params![contact.0, position, number.as_str(), label, tones.as_str()];
        statement.execute(row)?;
    }
    Ok(())
}

fn import(db: &Connection, cards: &[Contact], region: &str) -> Result<ImportCounts, StoreError> {
    let mut counts = ImportCounts::default();
    let mut book = Book::default();
    for contact in load(db)? {
        book.add(contact);
    }
    for card in cards {
        let Ok(mut card) = named(card) else { continue };
        match book.find(&card, region) {
            Some(at) => {
                let merged = merge(&book.contacts[at], &card, region);
                if merged == book.contacts[at] {
                    counts.unchanged += 1;
                } else {
                    update(db, &merged)?;
                    book.replace(at, merged);
                    counts.merged += 1;
                }
            }
            None => {
                card.id = insert(db, &card)?;
                book.add(card);
                counts.added += 1;
            }
        }
    }
    Ok(counts)
}

/// Namesakes compared at most for one number: a file of nothing but such must not take for ever.
const NAMESAKES_LIMIT: usize = 50;

/// The contacts during an import, found by name and number.
#[derive(Default)]
struct Book {
    contacts: Vec<Contact>,
    /// By name and [`number::match_key`]; the key is empty for contacts without numbers.
    by_number: BTreeMap<(String, String), Vec<usize>>,
    /// The first of each name.
    by_name: BTreeMap<String, usize>,
}

impl Book {
    fn add(&mut self, contact: Contact) {
        let at = self.contacts.len();
        self.by_name.entry(folded(&contact.name)).or_insert(at);
        self.contacts.push(contact);
        self.list(at);
    }

    fn replace(&mut self, at: usize, contact: Contact) {
        self.contacts[at] = contact;
        self.list(at);
    }

    fn list(&mut self, at: usize) {
        for key in keys(&self.contacts[at]) {
            let places = self.by_number.entry(key).or_default();
            if !places.contains(&at) && places.len() < NAMESAKES_LIMIT {
                places.push(at);
            }
        }
    }

    /// Two entries of one name are one person if they share a number, or one of them has none.
    fn find(&self, card: &Contact, region: &str) -> Option<usize> {
        let name = folded(&card.name);
        if card.numbers.is_empty() {
            return self.by_name.get(&name).copied();
        }
        let shares = |at: &usize| {
            card.numbers.iter().any(|number| has_number(&self.contacts[*at], number, region))
        };
        let places = keys(card).filter_map(|key| self.by_number.get(&key));
        places.flatten().copied().find(|at| shares(at)).or_else(|| {
            let numberless = self.by_number.get(&(name, String::new()))?;
            numberless.iter().copied().find(|&at| self.contacts[at].numbers.is_empty())
        })
    }
}

/// Under which keys of [`Book::by_number`] a contact is listed.
fn keys(contact: &Contact) -> impl Iterator<Item = (String, String)> {
    let name = folded(&contact.name);
    let mut keys: Vec<String> =
        contact.numbers.iter().map(|number| number::match_key(number.number.as_str())).collect();
    if keys.is_empty() {
        keys.push(String::new());
    }
    keys.into_iter().map(move |key| (name.clone(), key))
}

fn has_number(contact: &Contact, number: &ContactNumber, region: &str) -> bool {
    let wanted = number.number.as_str();
    contact.numbers.iter().any(|known| number::same_number(known.number.as_str(), wanted, region))
}

/// What the contact lacks is filled in: the tones behind a number it has.
fn take_tones(contact: &mut Contact, number: &ContactNumber, region: &str) {
    let wanted = number.number.as_str();
    let same = |n: &ContactNumber| number::same_number(n.number.as_str(), wanted, region);
    let has = contact.numbers.iter().any(|n| same(n) && !n.tones.is_empty());
    if !has && let Some(known) = contact.numbers.iter_mut().find(|n| same(n)) {
        known.tones.clone_from(&number.tones);
    }
}

fn merge(known: &Contact, card: &Contact, region: &str) -> Contact {
    let mut merged = known.clone();
    for number in &card.numbers {
        if !has_number(&merged, number, region) {
            merged.numbers.push(number.clone());
        } else if !number.tones.is_empty() {
            take_tones(&mut merged, number, region);
        }
    }
    let fill = |mine: &mut String, theirs: &str| {
        if mine.is_empty() {
            *mine = theirs.to_owned();
        }
    };
    fill(&mut merged.email, &card.email);
    fill(&mut merged.organization, &card.organization);
    fill(&mut merged.note, &card.note);
    merged
}

/// The contact with a name that is not empty.
fn named(contact: &Contact) -> Result<Contact, StoreError> {
    let mut contact = contact.clone();
    let number = contact.numbers.first().map_or("", |number| number.number.as_str());
    let names = [contact.name.trim(), contact.organization.trim(), number, contact.email.trim()];
    let name = names.into_iter().find(|name| !name.is_empty());
    contact.name = name.ok_or(StoreError::Refused("a contact needs a name"))?.to_owned();
    Ok(contact)
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}
