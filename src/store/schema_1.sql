-- Version 1. Times are Unix milliseconds, offsets quarters of an hour.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- preview … unread repeat what `messages` says, so that the list needs no grouping.
-- hidden: deleted by the user, kept only because a message in it still has to be recognised.
CREATE TABLE threads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL,
    match_key TEXT NOT NULL,
    preview TEXT NOT NULL DEFAULT '',
    last_direction INTEGER,
    last_delivery TEXT NOT NULL DEFAULT '',
    time INTEGER NOT NULL,
    time_offset INTEGER NOT NULL,
    unread INTEGER NOT NULL DEFAULT 0,
    draft TEXT NOT NULL DEFAULT '',
    hidden INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX threads_by_key ON threads (match_key);
CREATE INDEX threads_by_time ON threads (time, id);
CREATE INDEX threads_hidden ON threads (id) WHERE hidden = 1;

-- direction: 0 MO, 1 MT. done and segments: MT parts that are here, and that there are.
-- hidden: deleted by the user while the modem still has it.
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    thread INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    direction INTEGER NOT NULL,
    number TEXT NOT NULL,
    text TEXT NOT NULL,
    undecodable_pdu TEXT,
    time INTEGER NOT NULL,
    time_offset INTEGER NOT NULL,
    sent_at INTEGER,
    sent_at_offset INTEGER,
    delivery TEXT NOT NULL,
    done INTEGER NOT NULL,
    segments INTEGER NOT NULL,
    cause TEXT NOT NULL DEFAULT '',
    advice TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '',
    report_requested INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 1,
    owner TEXT NOT NULL DEFAULT '',
    hidden INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX messages_by_thread ON messages (thread, time, id);
CREATE INDEX messages_unread ON messages (thread) WHERE read = 0 AND hidden = 0;
CREATE INDEX messages_going_out ON messages (owner, id) WHERE delivery IN ('queued', 'sending');
CREATE INDEX messages_hidden ON messages (thread) WHERE hidden = 1;

-- Segments of MO messages.
CREATE TABLE segments (
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    pdu BLOB NOT NULL,
    tpdu_octets INTEGER NOT NULL,
    state TEXT NOT NULL,
    reference INTEGER,
    changed INTEGER NOT NULL,
    cause TEXT NOT NULL DEFAULT '',
    advice TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (message, segment)
) WITHOUT ROWID;
CREATE INDEX segments_by_reference ON segments (reference, message) WHERE reference IS NOT NULL;

-- Parts of MT messages: as received, until the message is complete and the modem's copy is gone.
CREATE TABLE parts (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    pdu BLOB NOT NULL,
    text TEXT NOT NULL,
    utf16 BLOB,
    reference INTEGER,
    wide INTEGER,
    total INTEGER NOT NULL,
    received INTEGER NOT NULL,
    memory TEXT,
    location INTEGER,
    on_modem INTEGER NOT NULL
);
CREATE INDEX parts_by_message ON parts (message, part);
CREATE INDEX parts_on_modem ON parts (memory, location) WHERE on_modem = 1;
CREATE INDEX parts_routed ON parts (received) WHERE memory IS NULL;
CREATE INDEX parts_by_reference ON parts (reference, wide, total, received)
    WHERE reference IS NOT NULL;

-- Delivery reports that came before the modem told the reference of their text.
CREATE TABLE early_reports (
    id INTEGER PRIMARY KEY,
    reference INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    status INTEGER NOT NULL,
    received INTEGER NOT NULL,
    cause TEXT NOT NULL,
    advice TEXT NOT NULL,
    evidence TEXT NOT NULL
);

-- remote: 0 known, 1 withheld, 2 not available.
CREATE TABLE calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    direction INTEGER NOT NULL,
    remote INTEGER NOT NULL,
    number TEXT NOT NULL,
    match_key TEXT,
    started INTEGER NOT NULL,
    started_offset INTEGER NOT NULL,
    talk_millis INTEGER,
    outcome TEXT NOT NULL,
    cause TEXT NOT NULL,
    advice TEXT NOT NULL,
    seen INTEGER NOT NULL
);
CREATE INDEX calls_by_key ON calls (match_key, started, id) WHERE match_key IS NOT NULL;
CREATE INDEX calls_by_time ON calls (started, id);
CREATE INDEX calls_missed ON calls (id) WHERE outcome = 'missed' AND seen = 0;

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    organization TEXT NOT NULL,
    note TEXT NOT NULL,
    favorite INTEGER NOT NULL
);
CREATE TABLE contact_numbers (
    contact INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (contact, position)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE messages_fts USING fts5 (
    text, content = 'messages', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER messages_added AFTER INSERT ON messages BEGIN
    INSERT INTO messages_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN
    INSERT INTO messages_fts (messages_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER messages_changed AFTER UPDATE OF text ON messages BEGIN
    INSERT INTO messages_fts (messages_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO messages_fts (rowid, text) VALUES (new.id, new.text);
END;
