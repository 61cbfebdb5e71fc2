-- Version 5: what a text to send was written for, and long lists that are stored bit by bit.

-- carrier: '' a modem, else what is played in its place: 'demo', 'recording'. What waits in a file
-- of which the Demo modem was used last may have been written for it: it is held back until the
-- user says otherwise.
ALTER TABLE messages ADD COLUMN carrier TEXT NOT NULL DEFAULT '';
UPDATE messages SET carrier = 'demo'
    WHERE delivery IN ('scheduled', 'queued', 'sending', 'retrying')
        AND (SELECT value FROM settings WHERE key = 'last_address') = 'demo';
DROP INDEX messages_going_out;
CREATE INDEX messages_going_out ON messages (owner, carrier, delivery, batch, time, id)
    WHERE delivery IN ('scheduled', 'queued', 'sending', 'retrying');

-- removed: 2 while its texts are being stored, by `owner`.
ALTER TABLE batches ADD COLUMN owner TEXT NOT NULL DEFAULT '';
