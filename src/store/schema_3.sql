-- Version 3: a text is known again by its octets and the time stamp in them.

CREATE INDEX parts_by_time ON parts (sent_at) WHERE reference IS NULL AND sent_at IS NOT NULL;
