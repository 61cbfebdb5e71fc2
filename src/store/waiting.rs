//! What waits for the user at the network, one mark of each kind.

use super::{Store, StoreError, rows};
use crate::phone::{WaitingKind, WaitingMark};
use rusqlite::params;

impl Store {
    /// Keeps a mark in place of the last one of its kind; a count of 0 removes it.
    pub fn set_waiting(&mut self, mark: &WaitingMark) -> Result<(), StoreError> {
        if mark.count == Some(0) {
            return self.clear_waiting(mark.kind);
        }
        self.write(|db| {
            db.execute(
                "INSERT OR REPLACE INTO waiting (kind, count, number, time, time_offset)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    word(mark.kind),
                    mark.count,
                    mark.from.as_str(),
                    mark.time.unix_millis,
                    mark.time.utc_offset_quarters
                ],
            )?;
            Ok(())
        })
    }

    /// The user has dealt with it.
    pub fn clear_waiting(&mut self, kind: WaitingKind) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("DELETE FROM waiting WHERE kind = ?1", [word(kind)])?;
            Ok(())
        })
    }

    /// All marks, voice mail first.
    pub fn waiting(&self) -> Result<Vec<WaitingMark>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT kind, count, number, time, time_offset FROM waiting")?;
        let marks = statement.query_map([], |row| {
            Ok(WaitingMark {
                kind: kind(row.get_ref(0)?.as_str().unwrap_or_default()),
                count: row.get(1)?,
                from: rows::number(row, 2)?,
                time: rows::wall(row.get(3)?, row.get(4)?),
            })
        })?;
        let mut marks: Vec<WaitingMark> = marks.collect::<rusqlite::Result<_>>()?;
        marks.sort_by_key(|mark| mark.kind);
        Ok(marks)
    }
}

fn word(kind: WaitingKind) -> &'static str {
    match kind {
        WaitingKind::Voicemail => "voicemail",
        WaitingKind::Fax => "fax",
        WaitingKind::Email => "email",
        WaitingKind::Other => "other",
    }
}

fn kind(word: &str) -> WaitingKind {
    match word {
        "voicemail" => WaitingKind::Voicemail,
        "fax" => WaitingKind::Fax,
        "email" => WaitingKind::Email,
        _ => WaitingKind::Other,
    }
}
