//! Pages of what was said and called with a person.

use super::{StoreError, rows};
use crate::number::{self, PhoneNumber};
use crate::phone::{Answer, CallRecord, Page, TextMessage, TimelineItem};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Numbers of one person that count.
const NUMBERS_LIMIT: usize = 32;

/// Items of the same millisecond that are shown together at most.
const MOMENT_LIMIT: u32 = 5000;

/// Which way a page is taken from the time line, from a moment in Unix milliseconds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// What comes before it, the nearest first.
    Back(i64),
    /// What comes from it on, the nearest first.
    On(i64),
}

/// The texts and calls with a person.
struct Person<'a> {
    db: &'a Connection,
    numbers: &'a [PhoneNumber],
    region: &'a str,
    /// The threads with these numbers.
    threads: BTreeSet<i64>,
    /// Under which keys calls with these numbers are found.
    keys: BTreeSet<String>,
}

/// A page of a person's timeline, oldest first. It ends with whole milliseconds: items of the same
/// moment are never torn apart, so that it may have more items than asked for.
pub(super) fn page(
    db: &Connection,
    numbers: &[PhoneNumber],
    page: Page,
    limit: u32,
    region: &str,
) -> Result<Answer, StoreError> {
    let numbers = &numbers[..numbers.len().min(NUMBERS_LIMIT)];
    let person = Person::find(db, numbers, region)?;
    let (items, older, newer) = match page {
        Page::Newest => {
            let (items, older) = person.back(i64::MAX, limit)?;
            (items, older, false)
        }
        Page::Before(time) => {
            let (items, older) = person.back(time, limit)?;
            (items, older, person.any(Way::On(time))?)
        }
        Page::From(time) => {
            let (items, newer) = person.on(time, limit)?;
            (items, person.any(Way::Back(time))?, newer)
        }
        Page::Around(time) => {
            let (mut items, older) = person.back(time, limit.div_ceil(2))?;
            let (following, newer) = person.on(time, (limit / 2).max(1))?;
            items.extend(following);
            (items, older, newer)
        }
    };
    Ok(Answer::Timeline { items, older, newer })
}

impl<'a> Person<'a> {
    fn find(
        db: &'a Connection,
        numbers: &'a [PhoneNumber],
        region: &'a str,
    ) -> Result<Person<'a>, StoreError> {
        let mut threads = BTreeSet::new();
        let mut keys = BTreeSet::new();
        let mut statement = db
            .prepare_cached("SELECT id, number FROM threads WHERE match_key = ?1 AND hidden = 0")?;
        for number in numbers {
            let key = number::match_key(number.as_str());
            let mut candidates = statement.query([&key])?;
            while let Some(row) = candidates.next()? {
                let known = row.get_ref(1)?.as_str().unwrap_or_default();
                if number::same_number(known, number.as_str(), region) {
                    threads.insert(row.get(0)?);
                }
            }
            keys.insert(key);
        }
        Ok(Person { db, numbers, region, threads, keys })
    }

    /// The newest items before a moment, oldest first, and whether there are older ones.
    fn back(&self, before: i64, limit: u32) -> Result<(Vec<TimelineItem>, bool), StoreError> {
        let (mut items, more) = self.whole_moments(Way::Back(before), limit)?;
        items.reverse();
        Ok((items, more))
    }

    /// The oldest items from a moment on, oldest first, and whether there are newer ones.
    fn on(&self, from: i64, limit: u32) -> Result<(Vec<TimelineItem>, bool), StoreError> {
        self.whole_moments(Way::On(from), limit)
    }

    /// About `limit` items, the nearest first, and whether more of them follow.
    fn whole_moments(&self, way: Way, limit: u32) -> Result<(Vec<TimelineItem>, bool), StoreError> {
        let mut items = self.items(way, limit + 1)?;
        let wanted = limit as usize;
        if items.len() <= wanted {
            return Ok((items, false));
        }
        let last = items[wanted - 1].time().unix_millis;
        if items[wanted].time().unix_millis != last {
            items.truncate(wanted);
            return Ok((items, true));
        }
        // The last moment is cut: take all of it.
        items.retain(|item| item.time().unix_millis != last);
        let (at, beyond) = match way {
            Way::Back(_) => (Way::Back(last.saturating_add(1)), Way::Back(last)),
            Way::On(_) => (Way::On(last), Way::On(last.saturating_add(1))),
        };
        let mut moment = self.items(at, MOMENT_LIMIT)?;
        moment.retain(|item| item.time().unix_millis == last);
        items.extend(moment);
        Ok((items, self.any(beyond)?))
    }

    fn any(&self, way: Way) -> Result<bool, StoreError> {
        Ok(!self.items(way, 1)?.is_empty())
    }

    /// Texts and calls, the nearest first.
    fn items(&self, way: Way, limit: u32) -> Result<Vec<TimelineItem>, StoreError> {
        let mut items: Vec<TimelineItem> = Vec::new();
        for &thread in &self.threads {
            items.extend(texts(self.db, thread, way, limit)?.into_iter().map(TimelineItem::Text));
        }
        for key in &self.keys {
            items.extend(self.calls(key, way, limit)?.into_iter().map(TimelineItem::Call));
        }
        items.sort_by_key(order);
        if matches!(way, Way::Back(_)) {
            items.reverse();
        }
        items.truncate(limit as usize);
        Ok(items)
    }

    fn calls(&self, key: &str, way: Way, limit: u32) -> Result<Vec<CallRecord>, StoreError> {
        let (columns, (condition, order, from)) = (rows::CALL, terms(way));
        let sql = format!(
            "SELECT {columns} FROM calls WHERE match_key = ?1 AND started {condition} ?2
             ORDER BY started {order}, id {order}"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut candidates = statement.query(params![key, from])?;
        let mut found = Vec::new();
        while found.len() < limit as usize
            && let Some(row) = candidates.next()?
        {
            let record = rows::call(row)?;
            let known = record.remote.number().map_or("", |known| known.as_str());
            let theirs =
                |number: &PhoneNumber| number::same_number(known, number.as_str(), self.region);
            if self.numbers.iter().any(theirs) {
                found.push(record);
            }
        }
        Ok(found)
    }
}

/// Items of one moment have an order too: calls first, then by row.
fn order(item: &TimelineItem) -> (i64, u8, i64) {
    let (kind, id) = match item {
        TimelineItem::Call(record) => (0, record.id.0),
        TimelineItem::Text(message) => (1, message.id.0),
    };
    (item.time().unix_millis, kind, id)
}

/// The words of SQL for a way, and its moment.
fn terms(way: Way) -> (&'static str, &'static str, i64) {
    match way {
        Way::Back(before) => ("<", "DESC", before),
        Way::On(from) => (">=", "ASC", from),
    }
}

fn texts(
    db: &Connection,
    thread: i64,
    way: Way,
    limit: u32,
) -> Result<Vec<TextMessage>, StoreError> {
    let (columns, (condition, order, from)) = (rows::MESSAGE, terms(way));
    let sql = format!(
        "SELECT {columns} FROM messages WHERE thread = ?1 AND time {condition} ?2 AND hidden = 0
         ORDER BY time {order}, id {order} LIMIT ?3"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let texts = statement.query_map(params![thread, from, limit], rows::message)?;
    Ok(texts.collect::<rusqlite::Result<_>>()?)
}
