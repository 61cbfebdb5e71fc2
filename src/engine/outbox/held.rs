//! Texts that were written for another modem than the one in use: what is for a real one waits
//! while the Demo modem or a recording stands in for it, and what was written for these does not go
//! out by a real one unless the user says so.

use crate::engine::{Deferred, Engine};
use crate::phone::{Carrier, Notice};

impl Engine {
    /// Says what is held back, once, and turns away what no modem may send.
    pub(super) fn mind_other_carriers(&mut self, carrier: Carrier) {
        if carrier == Carrier::Modem {
            return self.turn_away();
        }
        if self.outbox.held_told {
            return;
        }
        let held = self.store.held_back(&self.options.owner, carrier);
        let held = self.check(held, "The texts to send can't be read").unwrap_or(0);
        if held == 0 {
            return;
        }
        self.outbox.held_told = true;
        let (texts, they) = match held {
            1 => ("1 text is".to_owned(), "It goes"),
            _ => (format!("{held} texts are"), "They go"),
        };
        let held = match carrier {
            Carrier::Recording => Notice::HELD_FOR_RECORDING,
            Carrier::Demo | Carrier::Modem => Notice::HELD_FOR_DEMO,
        };
        let text = format!("{texts} {held}");
        self.notice(&text, &format!("{they} out when the modem is connected again"), false);
    }

    fn turn_away(&mut self) {
        let turned_away = self.store.turn_away(&self.options.owner);
        let turned_away = self.check(turned_away, "The texts to send can't be read");
        let turned_away = turned_away.unwrap_or_default();
        if turned_away.is_empty() {
            return;
        }
        // There may be more of them, of which no one has heard yet.
        self.tasks.deferred.push(Deferred::SendTexts);
        if !std::mem::replace(&mut self.outbox.held_told, true) {
            self.notice(Notice::TURNED_AWAY, "Send those again that shall really go out", false);
        }
        for message in &turned_away {
            self.batches.changed(message.batch);
        }
        self.publish_many(turned_away);
    }
}
