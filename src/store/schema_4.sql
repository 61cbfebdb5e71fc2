-- Version 4: what is kept of each call beside its line in the history, and tones behind the numbers
-- of contacts.

-- Lists are JSON. milestones: [[milliseconds, "state"], …]; evidence: ["line", …];
-- transcript: [[milliseconds, sent (0 or 1), "line"], …], NULL once there are enough newer ones.
CREATE TABLE call_details (
    call INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
    milestones TEXT NOT NULL,
    cause INTEGER,
    evidence TEXT NOT NULL,
    rssi INTEGER,
    registration TEXT NOT NULL,
    access_technology TEXT NOT NULL,
    operator TEXT NOT NULL,
    keys TEXT NOT NULL,
    blocked_by TEXT NOT NULL,
    transcript TEXT
);
CREATE INDEX call_transcripts ON call_details (call) WHERE transcript IS NOT NULL;

ALTER TABLE contact_numbers ADD COLUMN tones TEXT NOT NULL DEFAULT '';

-- Calls from these are refused: whether there are any is asked at every ring.
CREATE INDEX threads_blocked ON threads (match_key) WHERE blocked = 1;
