//! What can be done with a call: from its state, the other calls, and what the modem offers. The
//! cards only lay it out.

use super::button::Kind;
use super::icon::{Icon, icons};
use crate::phone::{Abilities, Call, CallCommand, CallId, CallState, Command};
use crate::ui::action::Action;
use crate::ui::calling::Ask;
use crate::ui::text::call as words;

/// Remote parties of a conference (3GPP TS 22.084 §1.3.6).
const CONFERENCE_ROOM: usize = 5;

/// What has a card of its own.
#[derive(Clone, PartialEq, Debug)]
pub enum Card<'a> {
    /// One call.
    One(&'a Call),
    /// The members of a conference, two at least.
    Conference(Vec<&'a Call>),
}

impl<'a> Card<'a> {
    /// The first, or only, call.
    pub fn first(&self) -> &'a Call {
        match self {
            Card::One(call) => call,
            Card::Conference(calls) => calls[0],
        }
    }

    /// All its calls.
    pub fn calls(&self) -> &[&'a Call] {
        match self {
            Card::One(call) => std::slice::from_ref(call),
            Card::Conference(calls) => calls,
        }
    }

    /// Several that talk with each other.
    pub fn is_conference(&self) -> bool {
        matches!(self, Card::Conference(_))
    }

    /// A call that rings here: incoming or waiting.
    pub fn rings(&self) -> bool {
        rings(self.first())
    }
}

/// A call that rings here: incoming or waiting.
pub fn rings(call: &Call) -> bool {
    matches!(call.state, CallState::Incoming | CallState::Waiting)
}

/// The cards in the order in which the calls began, those on hold after all others; a conference
/// stands where its first member does.
pub fn cards(calls: &[Call]) -> Vec<Card<'_>> {
    let mut cards: Vec<Card<'_>> = Vec::new();
    for call in calls {
        let joined = |other: &Call| other.multiparty && other.state == call.state;
        let member = call.multiparty && matches!(call.state, CallState::Active | CallState::Held);
        let place = cards.iter().position(|card| member && joined(card.first()));
        match place {
            Some(at) => {
                let mut members = cards[at].calls().to_vec();
                members.push(call);
                cards[at] = Card::Conference(members);
            }
            None => cards.push(Card::One(call)),
        }
    }
    cards.sort_by_key(|card| card.first().state == CallState::Held);
    cards
}

/// One thing that can be done.
#[derive(Clone, Debug)]
pub struct Deed {
    /// On the button.
    pub word: &'static str,
    /// For assistive technology where the word alone does not say it.
    pub name: String,
    /// Before the word, or alone.
    pub icon: Icon,
    /// How it looks.
    pub kind: Kind,
    /// It is switched on.
    pub chosen: bool,
    /// Why it can't be done now.
    pub disabled: Option<&'static str>,
    /// On hover.
    pub tip: &'static str,
    /// What it does.
    pub actions: Vec<Action>,
}

impl Deed {
    fn new(word: &'static str, icon: Icon, action: impl Into<Action>) -> Self {
        Deed {
            word,
            name: word.to_owned(),
            icon,
            kind: Kind::Plain,
            chosen: false,
            disabled: None,
            tip: "",
            actions: vec![action.into()],
        }
    }

    fn kind(self, kind: Kind) -> Self {
        Deed { kind, ..self }
    }

    fn tip(self, tip: &'static str) -> Self {
        Deed { tip, ..self }
    }
}

impl From<CallCommand> for Action {
    fn from(command: CallCommand) -> Self {
        Action::Command(Command::Call(command))
    }
}

/// What is known beside the card itself.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// All calls.
    pub calls: &'a [Call],
    /// What the modem offers.
    pub abilities: Abilities,
    /// The microphone is off.
    pub muted: bool,
}

impl Around<'_> {
    fn count(&self, state: &CallState) -> usize {
        self.calls.iter().filter(|call| call.state == *state).count()
    }

    fn has(&self, state: &CallState) -> bool {
        self.count(state) > 0
    }

    fn dials(&self) -> bool {
        self.has(&CallState::Dialing) || self.has(&CallState::Alerting)
    }
}

/// Answering, the main way first.
pub fn answers(around: &Around<'_>) -> Vec<Deed> {
    let answer = Deed::new(words::ANSWER, icons::ICON_CALL, CallCommand::Answer).tip("Ctrl+Enter");
    if !around.has(&CallState::Active) {
        return vec![answer.kind(Kind::Call)];
    }
    let end = Deed::new(words::ANSWER_AND_END, icons::ICON_CALL, CallCommand::AnswerAndEnd);
    if !around.abilities.hold {
        return vec![end.kind(Kind::Call)];
    }
    let (word, name) = (words::ANSWER_AND_HOLD, words::ANSWER_AND_HOLD.to_owned());
    vec![Deed { word, name, ..answer.kind(Kind::Call) }, end]
}

/// Rejecting it.
pub fn reject() -> Deed {
    let reject = Deed::new(words::REJECT, icons::ICON_CALL_END, CallCommand::Reject);
    reject.kind(Kind::Danger).tip("Esc twice")
}

/// What can be done with a call that does not ring, but for hanging up. What can't be done yet is
/// there too, so that nothing moves when the call is answered. `who` names the call.
pub fn talking(card: &Card<'_>, around: &Around<'_>, who: &str) -> Vec<Deed> {
    let offers = around.abilities;
    let state = &card.first().state;
    let active = *state == CallState::Active;
    let mut deeds = Vec::new();
    if offers.hold {
        deeds.push(hold(state, around, who));
    }
    // The microphone belongs to the call that is talked in.
    if offers.mute && !(*state == CallState::Held && around.has(&CallState::Active)) {
        let disabled = (!active).then_some(words::NOT_TALKING);
        deeds.push(Deed { disabled, ..mute(around.muted) });
    }
    if active && offers.merge && around.has(&CallState::Held) {
        let held = around.count(&CallState::Held);
        let full = around.count(&CallState::Active) + held > CONFERENCE_ROOM;
        let merge = Deed::new(words::MERGE, icons::ICON_CALL_MERGE, CallCommand::Merge);
        deeds.push(Deed { disabled: full.then_some(words::MERGE_FULL), ..merge });
    }
    deeds
}

/// Putting a call on hold, taking it back, or changing between two.
fn hold(state: &CallState, around: &Around<'_>, who: &str) -> Deed {
    let swap = CallCommand::SwapHeldAndActive;
    match state {
        CallState::Active if around.has(&CallState::Held) => {
            Deed::new(words::SWAP, icons::ICON_SWAP_CALLS, swap)
        }
        CallState::Held if around.has(&CallState::Active) => {
            let deed = Deed::new(words::SWAP, icons::ICON_SWAP_CALLS, swap);
            Deed { name: words::swap_to(who), ..deed }
        }
        CallState::Held => {
            let disabled = around.dials().then_some(words::NOT_WHILE_DIALING);
            Deed { disabled, ..Deed::new(words::RESUME, icons::ICON_PLAY_ARROW, swap) }
        }
        state => {
            let disabled = (*state != CallState::Active).then_some(words::NOT_TALKING);
            Deed { disabled, ..Deed::new(words::HOLD, icons::ICON_PAUSE, swap) }
        }
    }
}

fn mute(muted: bool) -> Deed {
    let (word, icon) =
        if muted { (words::UNMUTE, icons::ICON_MIC_OFF) } else { (words::MUTE, icons::ICON_MIC) };
    Deed { chosen: muted, ..Deed::new(word, icon, CallCommand::Mute(!muted)) }.tip("Ctrl+M")
}

/// Ending it. `who` names the call where there are several.
pub fn hang_up(card: &Card<'_>, around: &Around<'_>, who: &str) -> Deed {
    let word = match card {
        Card::One(_) => words::HANG_UP,
        Card::Conference(_) => words::HANG_UP_ALL,
    };
    let several = around.calls.len() > 1 && matches!(card, Card::One(_));
    let name = if several { format!("{word} {who}") } else { word.to_owned() };
    let release = |call: &&Call| CallCommand::Release(call.id).into();
    let actions = card.calls().iter().map(release).collect();
    let deed = Deed::new(word, icons::ICON_CALL_END, CallCommand::Release(card.first().id));
    // The shortcut ends the call that is talked in, or the only one.
    let held = card.first().state == CallState::Held;
    let tip = if held && around.calls.len() > card.calls().len() { "" } else { "Ctrl+Shift+H" };
    Deed { name, actions, ..deed.kind(Kind::Danger).tip(tip) }
}

/// How hanging up looks; what it does is in [`hang_up`].
pub fn plain_hang_up() -> Deed {
    let deed = Deed::new(words::HANG_UP, icons::ICON_CALL_END, CallCommand::Release(CallId(0)));
    Deed { actions: Vec::new(), ..deed.kind(Kind::Danger) }
}

/// The rarer things, for a menu.
pub fn rarer(card: &Card<'_>, around: &Around<'_>) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let state = &card.first().state;
    let other = around.has(&CallState::Held);
    // 3GPP TS 22.091: the held call is connected with one that is active, or rings over there.
    let connects = matches!(state, CallState::Active | CallState::Alerting) && other;
    if around.abilities.transfer && connects {
        let icon = icons::ICON_PHONE_FORWARDED;
        deeds.push(Deed::new(words::TRANSFER, icon, CallCommand::Transfer));
    }
    deeds
}

/// Talking with one member alone, and dropping one, where the modem offers it.
pub fn member(
    card: &Card<'_>,
    id: CallId,
    who: &str,
    around: &Around<'_>,
) -> (Option<Deed>, Option<Deed>) {
    let offers = around.abilities;
    let active = card.first().state == CallState::Active;
    let private = (offers.private && active).then(|| {
        let icon = icons::ICON_RECORD_VOICE_OVER;
        let deed = Deed::new(words::CONFERENCE, icon, CallCommand::Private(id));
        // The others are put on hold, where there is room for one call or conference.
        let disabled = around.has(&CallState::Held).then_some(words::PRIVATE_NEEDS_ROOM);
        Deed { name: words::private_with(who), disabled, ..deed }
    });
    let drop = offers.release_one.then(|| {
        let icon = icons::ICON_CALL_END;
        let deed = Deed::new(words::HANG_UP, icon, CallCommand::Release(id));
        Deed { name: words::drop_one(who), ..deed.kind(Kind::QuietDanger) }
    });
    (private, drop)
}

/// Bringing the keys into sight, from a strip.
pub fn keypad() -> Deed {
    Deed::new(words::KEYPAD, icons::ICON_DIALPAD, Ask::Keypad)
}

#[cfg(test)]
#[path = "call_deeds_tests.rs"]
mod tests;
