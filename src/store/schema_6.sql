-- Version 6: long texts keep to one SIM card.

-- card: a fingerprint of the card that the first part went out with, of 16 bits, from which no
-- subscriber can be found; NULL: not known; -1: the rest was held back since another card was there,
-- so that all of it has to be sent again.
ALTER TABLE messages ADD COLUMN card INTEGER;
