//! Search as the user types: the newest texts that have all the words, from the index; and where
//! the index has nothing (parts of words, signs), from a look through the newest texts.

use super::marks::{Term, Wanted};
use super::{StoreError, rows};
use crate::phone::{MessageId, SearchHit, TextMessage};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BinaryHeap;

/// The newest texts that are looked through where the index has nothing.
const SCAN_LIMIT: i64 = 2000;

/// Texts that the index names and that turn out not to have what is looked for.
const MISS_LIMIT: usize = 1500;

/// Texts asked of the index at a time.
const CHUNK: i64 = 120;

/// The index has a list of its own for the beginnings of words up to this length.
const SHORT_PREFIX: usize = 3;

/// A longer beginning is looked up as the words that begin so, if they are not more than this.
const EXPANSION_LIMIT: usize = 40;

/// The newest conversations whose number has the digits that are looked for, as many as a page can
/// have and more.
const SENDER_LIMIT: usize = 200;

/// Texts with all the words, the newest first, and whether there are more.
pub(super) fn find(
    db: &Connection,
    query: &str,
    before: Option<MessageId>,
    limit: u32,
) -> Result<(Vec<SearchHit>, bool), StoreError> {
    let wanted = Wanted::read(query);
    if wanted.literals.is_empty() {
        return Ok((Vec::new(), false));
    }
    let before = before.map_or(i64::MAX, |id| id.0);
    let limit = limit as usize;
    let mut hits = by_index(db, &wanted, before, limit + 1)?;
    if hits.is_empty() {
        hits = by_scan(db, &wanted, before, limit + 1)?;
    }
    let more = hits.len() > limit;
    hits.truncate(limit);
    Ok((hits, more))
}

fn by_index(
    db: &Connection,
    wanted: &Wanted,
    before: i64,
    limit: usize,
) -> Result<Vec<SearchHit>, StoreError> {
    let mut words = InIndex { expression: expression(db, wanted)?, before, chunk: Vec::new() };
    let mut senders = BySender::new(db, wanted, before)?;
    let mut hits = Vec::new();
    let (mut word, mut sender) = (words.next(db)?, senders.next(db)?);
    let mut misses = 0;
    while hits.len() < limit && misses < MISS_LIMIT {
        let Some(id) = word.max(sender) else { break };
        let has_number = sender == Some(id);
        if word == Some(id) {
            word = words.next(db)?;
        }
        if has_number {
            sender = senders.next(db)?;
        }
        let Some(message) = visible(db, id)? else {
            misses += 1;
            continue;
        };
        match wanted.marks(&message.text) {
            Some(marks) => hits.push(SearchHit { message, marks }),
            None if has_number => hits.push(SearchHit { message, marks: Vec::new() }),
            None => misses += 1,
        }
    }
    Ok(hits)
}

fn visible(db: &Connection, id: i64) -> Result<Option<TextMessage>, StoreError> {
    let (columns, visible) = (rows::MESSAGE, rows::VISIBLE);
    let sql = format!("SELECT {columns} FROM messages WHERE id = ?1 AND {visible}");
    Ok(db.prepare_cached(&sql)?.query_row([id], rows::message).optional()?)
}

/// The rows that the index names, the newest first.
struct InIndex {
    /// In the language of FTS5; `None` finds nothing.
    expression: Option<String>,
    before: i64,
    /// What was asked already, the oldest first.
    chunk: Vec<i64>,
}

impl InIndex {
    fn next(&mut self, db: &Connection) -> Result<Option<i64>, StoreError> {
        if let Some(id) = self.chunk.pop() {
            return Ok(Some(id));
        }
        let Some(expression) = &self.expression else { return Ok(None) };
        let mut statement = db.prepare_cached(
            "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid < ?2
             ORDER BY rowid DESC LIMIT ?3",
        )?;
        let found =
            statement.query_map(params![expression, self.before, CHUNK], |row| row.get(0))?;
        self.chunk = found.collect::<rusqlite::Result<_>>()?;
        match self.chunk.last() {
            Some(&oldest) => self.before = oldest,
            None => self.expression = None,
        }
        self.chunk.reverse();
        Ok(self.chunk.pop())
    }
}

/// All terms together; for a number, its digits as one word too.
fn expression(db: &Connection, wanted: &Wanted) -> Result<Option<String>, StoreError> {
    let mut all: Vec<String> = Vec::new();
    for term in &wanted.terms {
        match term {
            Term::Word(word) => all.push(prefix(db, word)?),
            Term::Symbol(symbol) => all.push(format!("\"{symbol}\"")),
            Term::Run(run) if run.len() == 1 => all.push(format!("\"{}\" *", run[0])),
            Term::Run(run) => {
                all.extend(run.windows(2).map(|pair| format!("\"{}{}\"", pair[0], pair[1])));
            }
        }
    }
    if all.is_empty() {
        return Ok(None);
    }
    let all = all.join(" AND ");
    Ok(Some(match &wanted.digits {
        Some(digits) => format!("({all}) OR {}", prefix(db, digits)?),
        None => all,
    }))
}

/// Words that begin so. The words are letters and digits only, so that nothing needs escaping.
fn prefix(db: &Connection, word: &str) -> Result<String, StoreError> {
    let plain = format!("\"{word}\" *");
    if word.chars().count() <= SHORT_PREFIX {
        return Ok(plain);
    }
    let mut words: Vec<String> = Vec::new();
    let mut from = word.to_owned();
    let mut next = db.prepare_cached("SELECT term FROM search_words WHERE term >= ?1 LIMIT 1")?;
    while let Some(found) = next
        .query_row([&from], |row| row.get::<_, String>(0))
        .optional()?
        .filter(|found| found.starts_with(word))
    {
        if words.len() == EXPANSION_LIMIT {
            return Ok(plain);
        }
        // No word has control characters: this is the next one, however many texts have this one.
        from = format!("{found}\u{1}");
        words.push(format!("\"{found}\""));
    }
    if words.is_empty() { Ok(plain) } else { Ok(format!("({})", words.join(" OR "))) }
}

/// The rows of conversations whose number has the digits, the newest first.
struct BySender {
    /// The newest row of each conversation that is left, with the conversation.
    heads: BinaryHeap<(i64, i64)>,
}

impl BySender {
    fn new(db: &Connection, wanted: &Wanted, before: i64) -> Result<BySender, StoreError> {
        let mut by_sender = BySender { heads: BinaryHeap::new() };
        let Some(digits) = &wanted.digits else { return Ok(by_sender) };
        let mut threads = Vec::new();
        let mut statement = db
            .prepare_cached("SELECT id, number FROM threads WHERE hidden = 0 ORDER BY time DESC")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()?
            && threads.len() < SENDER_LIMIT
        {
            let number = row.get_ref(1)?.as_str().unwrap_or_default();
            let known: String = number.chars().filter(char::is_ascii_digit).collect();
            if known.contains(digits.as_str()) {
                threads.push(row.get(0)?);
            }
        }
        for thread in threads {
            by_sender.push(db, thread, before)?;
        }
        Ok(by_sender)
    }

    fn push(&mut self, db: &Connection, thread: i64, before: i64) -> Result<(), StoreError> {
        let id = db
            .prepare_cached(
                "SELECT id FROM messages WHERE thread = ?1 AND id < ?2 ORDER BY id DESC LIMIT 1",
            )?
            .query_row([thread, before], |row| row.get(0))
            .optional()?;
        if let Some(id) = id {
            self.heads.push((id, thread));
        }
        Ok(())
    }

    fn next(&mut self, db: &Connection) -> Result<Option<i64>, StoreError> {
        let Some((id, thread)) = self.heads.pop() else { return Ok(None) };
        self.push(db, thread, id)?;
        Ok(Some(id))
    }
}

fn by_scan(
    db: &Connection,
    wanted: &Wanted,
    before: i64,
    limit: usize,
) -> Result<Vec<SearchHit>, StoreError> {
    let (columns, visible) = (rows::MESSAGE, rows::VISIBLE);
    let sql = format!(
        "SELECT {columns} FROM messages WHERE id < ?1 AND {visible} ORDER BY id DESC LIMIT ?2"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut texts = statement.query([before, SCAN_LIMIT])?;
    let mut hits = Vec::new();
    while hits.len() < limit
        && let Some(row) = texts.next()?
    {
        let text = row.get_ref(4)?.as_str().unwrap_or_default();
        if let Some(marks) = wanted.literal_marks(text) {
            hits.push(SearchHit { message: rows::message(row)?, marks });
        }
    }
    Ok(hits)
}
