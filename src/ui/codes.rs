//! Service codes, the services of the network and the SIM: what was asked, what was answered, and
//! what was refused, so that each is told where it was asked for.

use super::App;
use super::action::{Action, Page};
use super::layout::{Layout, Width};
use super::model::Pending;
use super::page::Part;
use super::{safe_text, text};
use crate::number::DialString;
use crate::phone::{
    Command, Contact, ContactCommand, Diagnosis, Event, RequestId, Service, ServiceAction,
    SimCommand, SimEntry, UssdCommand, UssdStatus, mmi,
};
use std::collections::BTreeMap;

/// Lines of the dialogue kept.
const MAX_LINES: usize = 300;
/// Characters of one line kept; an answer of the network has 182 at most (23.038 §5).
const MAX_CHARS: usize = 4_000;

/// Characters of an answer on a toast.
const TOAST_CHARS: usize = 120;

/// Something asked of codes.
#[derive(Clone, PartialEq, Eq)]
pub enum Ask {
    /// Send what was typed on the page of codes.
    Typed(String),
    /// Open the page of codes.
    Open,
    /// The card of an answer is closed.
    Seen,
    /// Make contacts of these entries of the SIM, except those that are known.
    Contacts(Vec<SimEntry>),
}

/// A code may hold a PIN, so that it is never printed.
impl std::fmt::Debug for Ask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Ask::Typed(_) => "Typed(…)",
            Ask::Open => "Open",
            Ask::Seen => "Seen",
            Ask::Contacts(_) => "Contacts(…)",
        })
    }
}

/// A line of the dialogue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// What was sent; a PIN in it is masked.
    Sent(String),
    /// What the network, or the modem in its place, said.
    Network(String),
    /// How it ended, and what to do; the second may be empty.
    Over(String, String),
}

/// What a request was about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// A code, a reply or the end of the dialogue.
    Code,
    /// A service; `true`: to change it.
    Service(Service, bool),
    /// The SIM.
    Sim(SimDeed),
}

/// What is done with the SIM.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SimDeed {
    /// Another PIN.
    ChangePin,
    /// Ask for it at the start, or not.
    PinLock,
    /// Read the phonebook.
    Read,
    /// Write an entry.
    Write,
    /// Delete an entry.
    Delete,
}

/// What was asked and how it came out.
#[derive(Default)]
pub struct Codes {
    /// The dialogue, oldest first.
    pub lines: Vec<Line>,
    /// An answer has come that nobody has seen.
    pub unseen: bool,
    /// The last answer came by itself: no code was sent.
    pub unasked: bool,
    /// How many answers have come, which tells one question from the next.
    pub answers: u64,
    /// It has come since this was asked last.
    news: bool,
    /// A code or a reply was sent and has no answer yet.
    awaited: bool,
    asked: BTreeMap<RequestId, Asked>,
    refused: BTreeMap<Service, Diagnosis>,
    outcome: BTreeMap<SimDeed, Option<Diagnosis>>,
    /// The last status was told already.
    last: Option<UssdStatus>,
}

impl Asked {
    /// What a command asks; `None`: something else.
    pub fn of(command: &Command) -> Option<Asked> {
        Some(match command {
            Command::Ussd(_) => Asked::Code,
            Command::Service(wish) => {
                Asked::Service(wish.service, wish.action != ServiceAction::Query)
            }
            Command::Sim(command) => Asked::Sim(match command {
                SimCommand::ChangePin { .. } => SimDeed::ChangePin,
                SimCommand::SetPinLock { .. } => SimDeed::PinLock,
                SimCommand::ReadPhonebook => SimDeed::Read,
                SimCommand::WriteEntry(_) => SimDeed::Write,
                SimCommand::DeleteEntry(_) => SimDeed::Delete,
            }),
            _ => return None,
        })
    }
}

impl Codes {
    /// Takes one event in.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Ussd(status) => self.told(status),
            Event::Done { request } => match self.asked.remove(request) {
                Some(Asked::Service(service, _)) => {
                    self.refused.remove(&service);
                }
                Some(Asked::Sim(deed)) => {
                    self.outcome.insert(deed, None);
                }
                Some(Asked::Code) | None => {}
            },
            Event::Failed { request, diagnosis, .. } => match self.asked.remove(request) {
                Some(Asked::Service(service, _)) => {
                    self.refused.insert(service, diagnosis.clone());
                }
                Some(Asked::Sim(deed)) => {
                    self.outcome.insert(deed, Some(diagnosis.clone()));
                }
                Some(Asked::Code) => self.over(&diagnosis.cause, &diagnosis.advice),
                None => {}
            },
            Event::Link(link) if !link.ready() => {
                self.refused.clear();
                self.outcome.clear();
            }
            _ => {}
        }
    }

    /// A request has left.
    pub fn sent(&mut self, request: RequestId, asked: Asked) {
        match asked {
            Asked::Service(service, _) => {
                self.refused.remove(&service);
            }
            Asked::Sim(deed) => {
                self.outcome.remove(&deed);
            }
            Asked::Code => {}
        }
        self.asked.insert(request, asked);
    }

    /// A code or a reply was sent.
    pub fn said(&mut self, code: &str) {
        self.push(Line::Sent(masked(code)));
        self.last = None;
        self.awaited = true;
    }

    fn told(&mut self, status: &UssdStatus) {
        if self.last.as_ref() == Some(status) {
            return;
        }
        self.last = Some(status.clone());
        match status {
            // Another program, or the console, may have sent it.
            UssdStatus::Waiting => self.awaited = true,
            UssdStatus::Answer { text, .. } => {
                self.push(Line::Network(text.clone()));
                self.answers += 1;
                self.unasked = !std::mem::take(&mut self.awaited);
                (self.unseen, self.news) = (true, true);
            }
            UssdStatus::Ended(words) => {
                self.over(words, "");
                self.awaited = false;
                (self.unseen, self.news) = (true, true);
            }
        }
    }

    /// What the last answer is called.
    pub fn title(&self) -> &'static str {
        match self.lines.last() {
            // These words are ours.
            Some(Line::Over(..)) => text::codes::YOUR_CODE,
            _ if self.unasked => text::codes::UNASKED,
            _ => text::call::CODE_ANSWER,
        }
    }

    /// What came last.
    fn last_line(&self) -> &str {
        match self.lines.last() {
            Some(Line::Sent(text) | Line::Network(text) | Line::Over(text, _)) => text,
            None => "",
        }
    }

    /// The same end is told by the dialogue and by the request: with the advice, and once.
    fn over(&mut self, cause: &str, advice: &str) {
        if let Some(Line::Over(known, what)) = self.lines.last_mut()
            && known == cause
        {
            if what.is_empty() {
                *what = advice.to_owned();
            }
            return;
        }
        if !cause.is_empty() {
            self.push(Line::Over(cause.to_owned(), advice.to_owned()));
        }
    }

    fn push(&mut self, line: Line) {
        let cut = |text: String| text.chars().take(MAX_CHARS).collect();
        self.lines.push(match line {
            Line::Sent(text) => Line::Sent(cut(text)),
            Line::Network(text) => Line::Network(cut(text)),
            over @ Line::Over(..) => over,
        });
        let excess = self.lines.len().saturating_sub(MAX_LINES);
        self.lines.drain(..excess);
    }

    /// A request about this service is under way: to change it (`true`) or to ask.
    pub fn under_way(&self, service: Service) -> Option<bool> {
        let about = |asked: &Asked| match asked {
            Asked::Service(which, changing) if which.parts().contains(&service) => Some(*changing),
            _ => None,
        };
        self.asked.values().filter_map(about).max()
    }

    /// Why the last request about exactly this service was refused.
    pub fn refused(&self, service: Service) -> Option<&Diagnosis> {
        self.refused.get(&service)
    }

    /// This is being done with the SIM.
    pub fn sim_busy(&self, deed: SimDeed) -> bool {
        self.asked.values().any(|asked| *asked == Asked::Sim(deed))
    }

    /// How it came out: `None`: not asked, or not over; `Some(None)`: done.
    pub fn sim_outcome(&self, deed: SimDeed) -> Option<Option<&Diagnosis>> {
        self.outcome.get(&deed).map(Option::as_ref)
    }
}

/// A code as it may be shown: digits of one that holds a PIN or a password are not.
pub fn masked(code: &str) -> String {
    if !mmi::holds_secret(code) {
        return code.to_owned();
    }
    let mut parts = 0;
    let mut before = ' ';
    let mask = |c: char| {
        if c.is_ascii_digit() && !before.is_ascii_digit() {
            parts += 1;
        }
        before = c;
        if c.is_ascii_digit() && parts > 1 { '•' } else { c }
    };
    code.chars().map(mask).collect()
}

impl App {
    /// Asks the engine for something of the user's.
    pub(super) fn run_command(&mut self, command: Command) {
        let asked = Asked::of(&command);
        let pending = match &command {
            Command::EnterPin { .. } => {
                self.model.refused_pin = None;
                Pending::Pin
            }
            _ if asked.is_some() => Pending::Elsewhere,
            _ => Pending::Other,
        };
        let request = self.send(command, pending);
        if let Some(asked) = asked {
            self.model.codes.sent(request, asked);
        }
    }

    /// Sends a code or a reply, and shows the dialogue.
    pub(super) fn send_code(&mut self, code: &str) {
        self.model.codes.said(code);
        self.run_command(Command::Ussd(UssdCommand::Send(code.to_owned())));
        if self.view.page != Page::Codes || self.view.part != Part::Page {
            self.show(Page::Codes);
        }
    }

    /// Does what was asked of codes.
    pub(super) fn run_codes(&mut self, ctx: &egui::Context, ask: Ask) {
        match ask {
            Ask::Typed(code) => match DialString::parse(&code) {
                Ok(parsed) if parsed.is_service_code() => {
                    self.run(ctx, Action::DialTyped(parsed.as_str().to_owned()));
                }
                _ => self.pages.codes.refuse(&code),
            },
            Ask::Open => self.show(Page::Codes),
            Ask::Seen => self.model.codes.unseen = false,
            Ask::Contacts(entries) => self.keep_entries(&entries),
        }
    }

    /// Makes contacts of entries of the SIM: one of those that share a name. Known numbers stay as
    /// they are.
    fn keep_entries(&mut self, entries: &[SimEntry]) {
        let mut contacts: Vec<Contact> = Vec::new();
        let mut known = 0;
        for entry in entries {
            // The SIM writes pauses as `p`, waits as `w`.
            let number = entry.number.replace(['p', 'P'], ",").replace(['w', 'W'], ";");
            let name = entry.name.trim();
            let name = if name.is_empty() { &entry.number } else { name };
            let new = Contact::new(name).with_number(&number, text::sim::SIM_LABEL);
            let same = contacts.iter_mut().find(|contact| contact.name == name);
            if self.model.phone.contact_for(&new.numbers[0].number).is_some() {
                known += 1;
            } else if let Some(contact) = same {
                contact.numbers.extend(new.numbers);
            } else {
                contacts.push(new);
            }
        }
        let line = text::sim::copied(contacts.len(), known);
        for contact in contacts {
            self.send(Command::Contact(ContactCommand::Save(contact)), Pending::Other);
        }
        self.model.toast(&line, "", false, self.clock.now());
    }

    /// What is on the screen counts as seen.
    pub(super) fn follow_codes(&mut self, ctx: &egui::Context) {
        let layout = Layout::of(ctx.content_rect().size());
        let in_sight = layout.width != Width::Narrow || self.view.part == Part::Page;
        let news = std::mem::take(&mut self.model.codes.news);
        if in_sight && self.view.page == Page::Codes {
            self.model.codes.unseen = false;
        } else if news && self.model.codes.unseen && !self.view.call_in_sight(layout.width) {
            // The card that shows it is out of sight, too.
            let codes = &self.model.codes;
            let line = safe_text::line(codes.last_line(), TOAST_CHARS);
            let title = codes.title();
            self.model.toast_with_page(title, &line, Page::Codes, self.clock.now());
        }
    }
}

impl From<Ask> for Action {
    fn from(ask: Ask) -> Self {
        Action::Codes(ask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_and_passwords_are_not_shown() {
        // 3GPP TS 22.030 §6.6.2 and §6.5.4.
        assert_eq!(masked("**04*1234*4321*4321#"), "**04*••••*••••*••••#");
        assert_eq!(masked("*33*0000#"), "*33*••••#");
        assert_eq!(masked("**21*+442079460018#"), "**21*+442079460018#");
        assert_eq!(masked("*100*1#"), "*100*1#");
    }

    #[test]
    fn an_end_is_told_once_and_keeps_its_advice() {
        let mut codes = Codes::default();
        codes.said("*100#");
        codes.sent(RequestId(1), Asked::Code);
        let why = Diagnosis::new("The network did not answer", "Try again");
        codes.apply(&Event::Ussd(UssdStatus::Ended(why.cause.clone())));
        let error = crate::phone::CommandError::TimedOut;
        let failed = Event::Failed { request: RequestId(1), error, diagnosis: why };
        codes.apply(&failed);
        codes.apply(&failed);
        let over = Line::Over("The network did not answer".to_owned(), "Try again".to_owned());
        assert_eq!(codes.lines, [Line::Sent("*100#".to_owned()), over]);
    }

    #[test]
    fn a_request_for_all_of_a_kind_is_under_way_for_each() {
        let mut codes = Codes::default();
        let all = Service::Barring(crate::phone::Barring::AllIncoming);
        let one = Service::Barring(crate::phone::Barring::Incoming);
        codes.sent(RequestId(7), Asked::Service(all, true));
        assert_eq!(codes.under_way(one), Some(true));
        assert_eq!(codes.under_way(Service::Waiting), None);
        codes.apply(&Event::Done { request: RequestId(7) });
        assert_eq!(codes.under_way(one), None);
    }
}
