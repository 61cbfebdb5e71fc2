//! The modem's message memories (3GPP TS 27.005 §3.2.2): places with an index and a status.

use super::persona::Memory;

/// `<stat>` of a stored message (27.005 §3.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Status {
    /// Received, not read.
    Unread = 0,
    /// Received and read.
    Read = 1,
    /// Written here, not sent.
    Unsent = 2,
    /// Written here and sent.
    Sent = 3,
}

impl Status {
    /// The word of text mode.
    pub fn word(self) -> &'static str {
        match self {
            Status::Unread => "REC UNREAD",
            Status::Read => "REC READ",
            Status::Unsent => "STO UNSENT",
            Status::Sent => "STO SENT",
        }
    }
}

/// A message in a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredMessage {
    /// Its status.
    pub status: Status,
    /// The TPDU without SMSC field.
    pub tpdu: Vec<u8>,
    /// The network's serial, for messages received from it.
    pub serial: Option<u64>,
}

/// One memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shelf {
    /// Name, size and numbering.
    pub memory: Memory,
    places: Vec<Option<StoredMessage>>,
}

impl Shelf {
    /// Places in use.
    pub fn used(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// Every message with its index.
    pub fn messages(&self) -> impl Iterator<Item = (u16, &StoredMessage)> {
        let first = self.memory.first_index;
        let numbered = self.places.iter().zip(first..);
        numbered.filter_map(|(place, index)| Some((index, place.as_ref()?)))
    }

    /// The place with this index, if there is such a place.
    pub fn place(&mut self, index: u16) -> Option<&mut Option<StoredMessage>> {
        let number = index.checked_sub(self.memory.first_index)?;
        self.places.get_mut(usize::from(number))
    }

    /// Puts a message into the first free place; its index, or none when full.
    pub fn store(&mut self, message: StoredMessage) -> Option<u16> {
        let free = self.places.iter().position(Option::is_none)?;
        self.places[free] = Some(message);
        Some(self.memory.first_index + free as u16)
    }
}

/// All memories and which of them is used for what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Storage {
    shelves: Vec<Shelf>,
    /// `<mem1>` to read and delete, `<mem2>` to write, `<mem3>` to receive: places in `shelves`.
    selected: [usize; 3],
}

impl Storage {
    /// Empty memories; the first is selected for everything.
    pub fn new(memories: &[Memory]) -> Self {
        let shelf = |memory: &Memory| Shelf {
            memory: *memory,
            places: vec![None; usize::from(memory.capacity)],
        };
        Storage { shelves: memories.iter().map(shelf).collect(), selected: [0; 3] }
    }

    /// The memories.
    pub fn shelves(&self) -> &[Shelf] {
        &self.shelves
    }

    /// The memory selected for a use: 0 read, 1 write, 2 receive.
    pub fn selected(&self, using: usize) -> &Shelf {
        &self.shelves[self.selected[using]]
    }

    /// The same, to change it.
    pub fn selected_mut(&mut self, using: usize) -> &mut Shelf {
        &mut self.shelves[self.selected[using]]
    }

    /// The memory with this name.
    pub fn named_mut(&mut self, name: &str) -> Option<&mut Shelf> {
        self.shelves.iter_mut().find(|shelf| shelf.memory.name == name)
    }

    /// Selects a memory for a use; false if there is none of that name. Reports can be read from
    /// `SR` but nothing else can be kept there.
    pub fn select(&mut self, using: usize, name: &str) -> bool {
        let found = self.shelves.iter().position(|shelf| shelf.memory.name == name);
        match found {
            Some(place) if using == 0 || name != "SR" => {
                self.selected[using] = place;
                true
            }
            _ => false,
        }
    }
}
