//! Conversations: what can be asked of them, and carrying it out.

use super::action::{Action, Field, Page};
use super::layout::{Layout, Width};
use super::model::{Found, Pending};
use super::page::files::Purpose;
use super::timeline::{PAGE, Spot, Timeline};
use super::{App, links, text};
use crate::number::PhoneNumber;
use crate::phone::{
    Command, Direction, Export, ExportFormat, MessageCommand, MessageId, MessageKind, Page as Part,
    Query, Thread, ThreadFlags, ThreadId, TimelineItem,
};
use std::path::PathBuf;

/// Found texts asked for at once.
const SEARCH_LIMIT: u32 = 50;

/// Something asked of a conversation. It is named by any number of the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Talk {
    /// Open it at a text that was found.
    At(PhoneNumber, Spot),
    /// Its end.
    Newest,
    /// Older items of the open one.
    Older,
    /// Newer items of the open one.
    Newer,
    /// Pin, archive or mute it, or take that back.
    Flag(PhoneNumber, Flag, bool),
    /// All its texts were seen.
    Read(PhoneNumber),
    /// Its newest text was not.
    Unread(PhoneNumber),
    /// Delete it, with a chance to undo that.
    Delete(PhoneNumber),
    /// Delete a text, with a chance to undo that.
    DeleteText(MessageId),
    /// Write this text to somebody else.
    Forward(String),
    /// Ask for a file to write it to.
    Export(PhoneNumber, ExportFormat),
    /// The file was chosen.
    ExportTo(ExportFormat, PathBuf),
    /// A link in a text was clicked.
    Link(String),
    /// Open it: the address was seen in full.
    OpenLink(String),
    /// Show a text in a field where parts of it can be selected.
    Select(String),
    /// Older texts that were found.
    MoreFound,
}

/// What the user makes of a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flag {
    /// At the top.
    Pinned,
    /// Out of the list.
    Archived,
    /// Without notifications.
    Muted,
}

impl Flag {
    /// The flags with this one set or taken away.
    pub fn put(self, flags: ThreadFlags, on: bool) -> ThreadFlags {
        let mut flags = flags;
        match self {
            Flag::Pinned => flags.pinned = on,
            Flag::Archived => flags.archived = on,
            Flag::Muted => flags.muted = on,
        }
        flags
    }
}

impl App {
    /// Does what was asked of a conversation.
    pub(super) fn run_talk(&mut self, ctx: &egui::Context, talk: Talk) {
        match talk {
            Talk::At(number, spot) => self.converse(ctx, number, Some(spot)),
            Talk::Newest => self.turn_timeline(None),
            Talk::Older => {
                if let Some(page) = self.model.timeline.older_page() {
                    self.extend_timeline(page);
                }
            }
            Talk::Newer => {
                if let Some(page) = self.model.timeline.newer_page() {
                    self.extend_timeline(page);
                }
            }
            Talk::Flag(number, flag, on) => self.set_flag(&number, flag, on),
            Talk::Read(number) => self.for_threads(&number, |thread| {
                (thread.unread > 0).then_some(MessageCommand::MarkRead(thread.id))
            }),
            Talk::Unread(number) => {
                let thread = self.model.phone.threads_with(&number).first().map(|t| t.id);
                if let Some(thread) = thread {
                    self.kept_unread = Some(thread);
                    self.ask(MessageCommand::MarkUnread(thread));
                }
            }
            Talk::Delete(number) => self.delete_chat(&number),
            Talk::DeleteText(id) => {
                let on_sim = self.lies_on_sim(id);
                self.ask(MessageCommand::Delete(id));
                let undo = vec![Command::Message(MessageCommand::Undelete(id))];
                let line =
                    if on_sim { text::talk::DELETED_ON_SIM } else { text::talk::TEXT_DELETED };
                self.model.toast_with_undo(line, undo, self.clock.now());
            }
            Talk::Forward(words) => {
                self.show(Page::NewText);
                self.pages.conversation.forward(words, self.clock.now());
                self.focus(ctx, Field::To);
            }
            Talk::Export(number, format) => {
                let numbers = self.model.phone.numbers_with(&number);
                self.pages.conversation.exporting = numbers;
                self.pages.files.ask(Purpose::Chat(format), ctx);
            }
            Talk::ExportTo(format, path) => {
                let numbers = std::mem::take(&mut self.pages.conversation.exporting);
                if !numbers.is_empty() {
                    self.ask(MessageCommand::Export(Export { numbers, path, format }));
                }
            }
            Talk::Link(link) => match links::deception(&link) {
                Some(why) => self.pages.conversation.ask_about_link(link, why),
                None => ctx.open_url(egui::OpenUrl::new_tab(link)),
            },
            Talk::OpenLink(link) => ctx.open_url(egui::OpenUrl::new_tab(link)),
            Talk::Select(words) => self.pages.conversation.select(words),
            Talk::MoreFound => self.more_found(),
        }
    }

    /// The text was left on the SIM or in the modem, from where it goes as well when it is deleted.
    fn lies_on_sim(&self, id: MessageId) -> bool {
        let kept = !self.model.phone.settings.delete_from_modem;
        self.model.timeline.items.iter().any(|item| match item {
            TimelineItem::Text(text) if text.id == id => {
                let received = text.direction == Direction::MobileTerminated;
                received && (kept || text.kind == MessageKind::OnSim)
            }
            _ => false,
        })
    }

    fn ask(&mut self, command: MessageCommand) {
        self.send(Command::Message(command), Pending::Other);
    }

    fn for_threads(
        &mut self,
        number: &PhoneNumber,
        command: impl Fn(&Thread) -> Option<MessageCommand>,
    ) {
        let threads = self.model.phone.threads_with(number);
        let commands: Vec<_> = threads.into_iter().filter_map(command).collect();
        commands.into_iter().for_each(|command| self.ask(command));
    }

    fn set_flag(&mut self, number: &PhoneNumber, flag: Flag, on: bool) {
        self.for_threads(number, |thread| {
            let flags = flag.put(thread.flags, on);
            (flags != thread.flags).then_some(MessageCommand::SetFlags(thread.id, flags))
        });
        // Out of sight: where it went is told, with the way back.
        if (flag, on) != (Flag::Archived, true) {
            return;
        }
        let threads = self.model.phone.threads_with(number);
        let undo = |thread: &&Thread| {
            Command::Message(MessageCommand::SetFlags(thread.id, flag.put(thread.flags, false)))
        };
        let undo: Vec<Command> = threads.iter().map(undo).collect();
        self.model.toast_with_undo(text::talk::ARCHIVED_NOW, undo, self.clock.now());
    }

    fn delete_chat(&mut self, number: &PhoneNumber) {
        let threads = self.model.phone.threads_with(number);
        let ids: Vec<ThreadId> = threads.iter().map(|thread| thread.id).collect();
        if ids.is_empty() {
            return;
        }
        let open = matches!(&self.view.page, Page::Conversation(open)
            if self.model.timeline.numbers.contains(number) || open == number);
        if open {
            self.turn_to_lists();
        }
        ids.iter().for_each(|&id| self.ask(MessageCommand::DeleteThread(id)));
        let undo = |&id: &ThreadId| Command::Message(MessageCommand::UndeleteThread(id));
        let undo = ids.iter().map(undo).collect();
        self.model.toast_with_undo(text::talk::CHAT_DELETED, undo, self.clock.now());
    }

    fn turn_to_lists(&mut self) {
        self.show(Page::NewText);
        self.view.part = super::page::Part::Lists;
    }

    /// Opens the conversation with whoever has this number; texts go to this number.
    pub(super) fn converse(
        &mut self,
        ctx: &egui::Context,
        number: PhoneNumber,
        spot: Option<Spot>,
    ) {
        let numbers = self.model.phone.numbers_with(&number);
        let same = matches!(&self.view.page, Page::Conversation(_))
            && same_people(&self.model.timeline, &numbers);
        self.show(Page::Conversation(number.clone()));
        self.kept_unread = None;
        if same {
            self.pages.conversation.write_to(&number, self.clock.now(), &mut self.actions);
            if spot.is_some() {
                self.turn_timeline(spot);
            }
        } else {
            let threads = self.model.phone.threads_with(&number);
            let unread = if spot.is_some() { 0 } else { threads.iter().map(|t| t.unread).sum() };
            let draft = threads.iter().map(|thread| &thread.draft).find(|draft| !draft.is_empty());
            let draft = draft.cloned().unwrap_or_default();
            let page = spot.as_ref().map_or(Part::Newest, |spot| Part::Around(spot.time));
            // The first unread text is to be among them.
            let limit = PAGE.max((unread + PAGE / 2).min(4 * PAGE));
            let query = Query::Timeline { numbers: numbers.clone(), page, limit };
            let query = self.engine.query(query);
            self.model.timeline.open(numbers, unread, query);
            self.model.timeline.spot = spot;
            self.pages.conversation.open(&number, draft);
        }
        if Layout::of(ctx.content_rect().size()).width != Width::Narrow {
            self.focus(ctx, Field::Message);
        }
    }

    /// Shows another place of the open conversation: this text, or the end.
    fn turn_timeline(&mut self, spot: Option<Spot>) {
        let page = spot.as_ref().map_or(Part::Newest, |spot| Part::Around(spot.time));
        let numbers = self.model.timeline.numbers.clone();
        let query = self.engine.query(Query::Timeline { numbers, page, limit: PAGE });
        self.model.timeline.turn_to(spot, query);
    }

    fn extend_timeline(&mut self, page: Part) {
        let numbers = self.model.timeline.numbers.clone();
        let query = self.engine.query(Query::Timeline { numbers, page, limit: PAGE });
        self.model.timeline.asked(page, query);
    }

    /// A contact got or lost a number: the open conversation is with other numbers now.
    pub(super) fn follow_contacts(&mut self) {
        let Page::Conversation(number) = &self.view.page else { return };
        let numbers = self.model.phone.numbers_with(number);
        if !same_people(&self.model.timeline, &numbers) {
            self.model.timeline.numbers = numbers;
            self.turn_timeline(None);
        }
    }

    /// Texts of the open conversation count as seen when its end is on the screen.
    pub(super) fn mark_texts_seen(&mut self, page_in_sight: bool) {
        let Page::Conversation(number) = &self.view.page else { return };
        let timeline = &self.model.timeline;
        let at_end = self.pages.conversation.at_end() && !timeline.newer && !timeline.waits();
        if !page_in_sight || !at_end {
            return;
        }
        let threads = self.model.phone.threads_with(number);
        let unread: Vec<(ThreadId, u32)> = threads
            .iter()
            .filter(|thread| thread.unread > 0 && self.kept_unread != Some(thread.id))
            .map(|thread| (thread.id, thread.unread))
            .collect();
        self.marked.retain(|marked| unread.contains(marked));
        for marked in unread {
            if !self.marked.contains(&marked) {
                self.marked.push(marked);
                self.send_quietly(Command::Message(MessageCommand::MarkRead(marked.0)));
            }
        }
    }

    /// Looks for texts that contain this.
    pub(super) fn search(&mut self, text: String) {
        if text.trim().is_empty() {
            self.model.found = Found { text, ..Found::default() };
            return;
        }
        self.model.found.text.clone_from(&text);
        self.model.found.next = None;
        let query = Query::Search { text, before: None, limit: SEARCH_LIMIT };
        self.model.found.query = Some(self.engine.query(query));
    }

    fn more_found(&mut self) {
        let found = &mut self.model.found;
        let last = found.hits.last().map(|hit| hit.message.id);
        if !found.more || found.next.is_some() || found.query.is_some() || last.is_none() {
            return;
        }
        let query = Query::Search { text: found.text.clone(), before: last, limit: SEARCH_LIMIT };
        found.next = Some(self.engine.query(query));
    }
}

/// The open conversation is with these numbers, in whatever order.
fn same_people(timeline: &Timeline, numbers: &[PhoneNumber]) -> bool {
    timeline.numbers.len() == numbers.len()
        && numbers.iter().all(|number| timeline.numbers.contains(number))
}

impl From<Talk> for Action {
    fn from(talk: Talk) -> Self {
        Action::Talk(talk)
    }
}
