//! The tables, and how an older file becomes a newer one.

use super::{StoreError, index};
use rusqlite::{Connection, TransactionBehavior};

/// `user_version` of a file that this program writes.
pub(super) const VERSION: i64 = 6;

/// `application_id`: "Dphn".
const APPLICATION: i64 = 0x4470_686E;

/// One script for each version, in order; a published one never changes.
const MIGRATIONS: [&str; VERSION as usize] = [
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
    include_str!("schema_6.sql"),
];

/// Creates or migrates the tables; refuses files of newer versions and of other programs.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    if version(connection)? == VERSION {
        return Ok(());
    }
    // Another program may be migrating the same file: look again under the lock.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > VERSION {
        return Err(StoreError::NewerVersion { found, known: VERSION });
    }
    if found == 0 && tables(&transaction)? > 0 {
        return Err(StoreError::Damaged("it is a database of another program".to_owned()));
    }
    for (script, to) in MIGRATIONS.iter().zip(1..).skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(script)?;
        transaction.pragma_update(None, "user_version", to)?;
    }
    if found == 1 {
        index::fill(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn tables(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?)
}
