//! A long text goes out with one SIM card: the recipient's phone joins parts of one number only. A
//! card that was changed after the first parts does not get the rest without the user's word.

use crate::clock::Instant;
use crate::engine::input::Moment;
use crate::engine::{Deferred, Engine};
use crate::phone::MessageId;
use crate::store::OutboxSegment;
use std::time::Duration;

/// The modem tells the card's IMSI some moments after it is ready, and some never do. A text that
/// is to be begun waits for it this long, one that was begun already longer.
const TO_BEGIN: Duration = Duration::from_secs(5);
const TO_GO_ON: Duration = Duration::from_secs(60);

/// The card in the modem.
#[derive(Debug, Default)]
pub(super) struct Card {
    /// Its fingerprint; `None` while its IMSI is not known.
    fingerprint: Option<u16>,
    /// Since when a text waits for that.
    waiting_since: Option<Instant>,
    /// The text that was begun, or went on, without: nothing speaks against the rest of it.
    unchecked: Option<MessageId>,
}

impl Card {
    /// A modem was just set up, perhaps with another card.
    pub(super) fn modem_ready(&mut self) {
        self.waiting_since = None;
        self.unchecked = None;
    }
}

/// 16 bits of the IMSI: two cards hardly ever share them, and a file that has them tells nobody's
/// identity, since thousands of subscribers of each network do. FNV-1a, the same in every version.
fn fingerprint(imsi: &str) -> Option<u16> {
    let hash = imsi
        .bytes()
        .fold(0x811C_9DC5_u32, |hash, octet| (hash ^ u32::from(octet)).wrapping_mul(0x0100_0193));
    let [a, b, c, d] = hash.to_be_bytes();
    (!imsi.is_empty()).then_some(u16::from_be_bytes([a ^ c, b ^ d]))
}

impl Engine {
    /// The modem has told the IMSI of its card, or that it is not known any more (empty).
    pub(in crate::engine) fn card_known(&mut self, imsi: &str) {
        let fingerprint = fingerprint(imsi);
        if fingerprint.is_none() && self.outbox.card.fingerprint.is_none() {
            return;
        }
        let card = Card { fingerprint, ..Card::default() };
        let before = std::mem::replace(&mut self.outbox.card, card);
        if before.waiting_since.is_some() {
            self.tasks.deferred.push(Deferred::SendTexts);
        }
    }

    /// Whether this segment may go out with the card in the modem now.
    pub(super) fn card_fits(&mut self, next: &OutboxSegment, moment: Moment) -> bool {
        if next.segments < 2 {
            return true;
        }
        let Some(card) = self.outbox.card.fingerprint else { return self.blindly(next, moment) };
        let kept = self.store.keep_to_card(next.message, card);
        let Some(held) = self.check(kept, "What became of a text could not be noted") else {
            self.try_later(moment);
            return false;
        };
        let Some(message) = held else { return true };
        let words = "A text was begun with another SIM card";
        self.notice(words, "Send it again to send all of it with this one", false);
        self.batches.changed(message.batch);
        self.publish_message(message);
        self.tasks.deferred.push(Deferred::SendTexts);
        false
    }

    /// The same while the card is not known: it is waited for once.
    fn blindly(&mut self, next: &OutboxSegment, moment: Moment) -> bool {
        let card = &mut self.outbox.card;
        if card.unchecked == Some(next.message) {
            return true;
        }
        let since = *card.waiting_since.get_or_insert(moment.now);
        let by = since + if next.segment == 1 { TO_BEGIN } else { TO_GO_ON };
        if by <= moment.now {
            card.unchecked = Some(next.message);
            return true;
        }
        self.outbox.try_again_at = Some(by);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_are_told_apart_by_little_of_their_imsi() {
        assert_eq!(fingerprint(""), None);
        assert_eq!(fingerprint("001010123456789"), fingerprint("001010123456789"));
        let of = |n: u32| fingerprint(&format!("00101{n:010}"));
        let differ = (0..1000).filter(|n| of(*n) != of(n + 1)).count();
        assert_eq!(differ, 1000, "cards that are neighbours");
    }
}
