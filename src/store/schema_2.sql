-- Version 2: how a text is sent, batches, deletion that can be undone, long texts held back until
-- they are whole, what waits at the network, templates, and an index that finds any script.

-- pinned, archived, muted, blocked: what the user has made of it.
-- hidden: 1 as before, 2 deleted at `deleted`, which can be undone for a while.
ALTER TABLE threads ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN deleted INTEGER;
ALTER TABLE threads ADD COLUMN deleted_draft TEXT NOT NULL DEFAULT '';
CREATE INDEX threads_deleted ON threads (deleted) WHERE deleted IS NOT NULL;

-- hidden: 1 as before; 2 deleted at `deleted`, which can be undone for a while; 3 a long text that
-- is held back until `due` because parts of it are missing.
-- due: MO: the time it was scheduled for, or of the next attempt; NULL when it has come.
-- smsc: MO: the centre to be used, if not the SIM's; MT: the centre it came from.
-- replaces: MT: 1-7, TP-PID 0x41-0x47. delivered: MO segments that were reported delivered.
ALTER TABLE messages ADD COLUMN kind TEXT NOT NULL DEFAULT 'text';
ALTER TABLE messages ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN flash INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN validity_seconds INTEGER;
ALTER TABLE messages ADD COLUMN smsc TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN send_at INTEGER;
ALTER TABLE messages ADD COLUMN send_at_offset INTEGER;
ALTER TABLE messages ADD COLUMN due INTEGER;
ALTER TABLE messages ADD COLUMN due_offset INTEGER;
ALTER TABLE messages ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN batch INTEGER;
ALTER TABLE messages ADD COLUMN replaces INTEGER;
ALTER TABLE messages ADD COLUMN deleted INTEGER;
UPDATE messages SET kind = 'unreadable' WHERE undecodable_pdu IS NOT NULL;
UPDATE messages SET delivered = (SELECT count(*) FROM segments
        WHERE message = messages.id AND state = 'delivered')
    WHERE direction = 0;

DROP INDEX messages_going_out;
CREATE INDEX messages_going_out ON messages (owner, delivery, batch, time, id)
    WHERE delivery IN ('scheduled', 'queued', 'sending', 'retrying');
CREATE INDEX messages_outbox ON messages (delivery, batch, time, id) WHERE delivery IN
    ('scheduled', 'queued', 'sending', 'retrying', 'failed', 'unknown');
CREATE INDEX messages_due ON messages (owner, due) WHERE due IS NOT NULL;
CREATE INDEX messages_held ON messages (due) WHERE hidden = 3;
CREATE INDEX messages_deleted ON messages (deleted) WHERE deleted IS NOT NULL;
CREATE INDEX messages_by_batch ON messages (batch, id, delivery) WHERE batch IS NOT NULL;
CREATE INDEX messages_replaceable ON messages (thread, replaces) WHERE replaces IS NOT NULL;
-- Texts with a number that is looked for, newest first.
CREATE INDEX messages_newest ON messages (thread, id);

-- data: octets of 8-bit data, joined before they are read. sent_at: TP-SCTS, which tells an old
-- text from a new one with the same reference.
ALTER TABLE parts ADD COLUMN data BLOB;
ALTER TABLE parts ADD COLUMN sent_at INTEGER;
UPDATE parts SET sent_at = (SELECT sent_at FROM messages WHERE id = parts.message);
CREATE INDEX parts_done ON parts (received) WHERE on_modem = 0;

-- removed: out of the list; its texts are in their conversations.
CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    created_offset INTEGER NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE waiting (
    kind TEXT PRIMARY KEY,
    count INTEGER,
    number TEXT NOT NULL,
    time INTEGER NOT NULL,
    time_offset INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE templates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    text TEXT NOT NULL
);

-- The program makes the words of each text (lower case, without marks, scripts without spaces cut
-- into pairs); the table keeps where they are and not what they were.
DROP TRIGGER messages_added;
DROP TRIGGER messages_deleted;
DROP TRIGGER messages_changed;
DROP TABLE messages_fts;
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '$%'", prefix = '1 2 3'
);
CREATE VIRTUAL TABLE search_words USING fts5vocab (search, instance);
CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN
    DELETE FROM search WHERE rowid = old.id;
END;
