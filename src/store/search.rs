//! Search: words by the full-text index, anything else (parts of words, scripts without spaces,
//! symbols) by looking through the texts.

use super::{StoreError, rows};
use crate::phone::TextMessage;
use rusqlite::{Connection, params};

/// Words of a query that count.
const TERM_LIMIT: usize = 16;

/// Characters of a query that count.
const QUERY_LIMIT: usize = 200;

/// The newest texts that are looked through without the index.
const SCAN_LIMIT: i64 = 200_000;

/// Texts that contain all the words, newest first.
pub(super) fn find(
    db: &Connection,
    query: &str,
    limit: u32,
) -> Result<Vec<TextMessage>, StoreError> {
    let query: String = query.chars().take(QUERY_LIMIT).collect();
    let terms: Vec<String> = query
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|term| !term.is_empty())
        .take(TERM_LIMIT)
        .map(str::to_lowercase)
        .collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    if terms.iter().all(|term| indexed(term)) {
        let found = by_index(db, &terms, limit)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    by_scan(db, &terms, limit)
}

/// Whether the index can find a term: it holds words, which begin and end where the script says.
fn indexed(term: &str) -> bool {
    term.chars().any(char::is_alphanumeric) && !term.chars().any(without_spaces)
}

/// Scripts whose words are not parted by spaces: Thai, Lao, Burmese, Khmer, kana, Han.
fn without_spaces(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9D | 0x20000..=0x3FFFF)
}

fn by_index(db: &Connection, terms: &[String], limit: u32) -> Result<Vec<TextMessage>, StoreError> {
    // Each term in quotes is a phrase to FTS5, whatever is in it; the star makes its last word a
    // prefix, as typing it goes on.
    let phrases: Vec<String> =
        terms.iter().map(|term| format!("\"{}\"*", term.replace('"', " "))).collect();
    let columns = rows::MESSAGE;
    let sql = format!(
        "SELECT {columns} FROM messages WHERE hidden = 0 AND id IN
             (SELECT rowid FROM messages_fts WHERE messages_fts MATCH ?1 ORDER BY rowid DESC
              LIMIT ?2)
         ORDER BY id DESC LIMIT ?3"
    );
    let mut statement = db.prepare_cached(&sql)?;
    // A few more than wanted, since deleted texts may be among them.
    let found = statement
        .query_map(params![phrases.join(" "), limit.saturating_add(50), limit], rows::message)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn by_scan(db: &Connection, terms: &[String], limit: u32) -> Result<Vec<TextMessage>, StoreError> {
    let sql = format!(
        "SELECT {} FROM messages WHERE hidden = 0 ORDER BY id DESC LIMIT ?1",
        rows::MESSAGE
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut texts = statement.query([SCAN_LIMIT])?;
    let mut found = Vec::new();
    let mut lower = String::new();
    while found.len() < limit as usize
        && let Some(row) = texts.next()?
    {
        let text = row.get_ref(4)?.as_str().unwrap_or_default();
        lower.clear();
        fold(text, &mut lower);
        if terms.iter().all(|term| lower.contains(term.as_str())) {
            found.push(rows::message(row)?);
        }
    }
    Ok(found)
}

/// Lower case; most texts are ASCII, where that is ten times faster.
fn fold(text: &str, lower: &mut String) {
    if text.is_ascii() {
        lower.push_str(text);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(text.chars().flat_map(char::to_lowercase));
    }
}
