//! The list of conversations: by person, with pin, archive, mute and block, and what search finds.

use super::data::{self, ADA};
use super::fake::FakeEngine;
use super::rig::{NORMAL, Rig, window_with};
use deskphone::number::PhoneNumber;
use deskphone::phone::*;

const WORK: &str = "+441632960999";

/// Ada has two numbers, each with a thread.
fn two_numbers() -> Vec<Event> {
    let mut ada = Contact::new("Ada Lovelace").with_number(ADA, "Home").with_number(WORK, "Work");
    ada.id = ContactId(1);
    let Event::Threads(threads) = data::threads() else { unreachable!() };
    let mut threads = threads.to_vec();
    threads[1].number = PhoneNumber::new("01632 960999");
    threads[1].preview = "From the office".to_owned();
    let contacts = Event::Contacts(vec![ada].into());
    data::ready().into_iter().chain([contacts, Event::Threads(threads.into())]).collect()
}

fn chats(events: Vec<Event>) -> Rig {
    let engine = FakeEngine::default();
    engine.script.borrow_mut().timeline = data::conversation();
    let mut rig = window_with(NORMAL, engine, events);
    rig.click("Chats");
    rig
}

fn plain() -> Rig {
    chats(data::ready().into_iter().chain([data::contacts(), data::threads()]).collect())
}

fn flags(rig: &mut Rig, id: i64, flags: ThreadFlags) {
    let state = &rig.harness.state().model().phone;
    let thread = state.threads.iter().find(|thread| thread.id == ThreadId(id)).cloned();
    rig.tell(Event::Thread(Thread { flags, ..thread.expect("thread") }));
}

#[test]
fn all_numbers_of_a_contact_are_one_conversation() {
    let mut rig = chats(two_numbers());
    assert!(!rig.shows("From the office"), "the newest text of the person is shown");
    rig.click("Ada Lovelace, See you at the station then, 2 unread");
    let queries = rig.engine.script.borrow().queries.clone();
    let numbers = queries.iter().find_map(|(_, query)| match query {
        Query::Timeline { numbers, .. } => Some(numbers.clone()),
        _ => None,
    });
    assert_eq!(numbers, Some(vec![PhoneNumber::new(ADA), PhoneNumber::new(WORK)]));
    // A text from the other number lands here, too.
    rig.tell(Event::Message(data::text(70, "01632 960999", "At my desk", 1, data::received())));
    assert!(rig.shows("At my desk"));
}

#[test]
fn a_text_goes_to_the_number_used_last_or_to_the_one_chosen() {
    let mut rig = chats(two_numbers());
    rig.click("Ada Lovelace, See you at the station then, 2 unread");
    let sent_to = |rig: &mut Rig| {
        rig.type_into("Message", "Hello");
        rig.click("Send");
        let submitted = rig.engine.commands().into_iter().rev().find_map(|command| match command {
            Command::Message(MessageCommand::Submit(new)) => Some(new.to[0].as_str().to_owned()),
            _ => None,
        });
        submitted.expect("a text")
    };
    assert_eq!(sent_to(&mut rig), ADA);
    let asked = rig.engine.script.borrow().queries.len();
    rig.click("Texts go to 020 7946 0018");
    rig.click("+44 1632 960999 · Work");
    assert_eq!(sent_to(&mut rig), WORK);
    assert_eq!(rig.engine.script.borrow().queries.len(), asked, "the timeline is the same");
}

#[test]
fn both_threads_of_a_person_are_read_muted_and_deleted_together() {
    let mut rig = chats(two_numbers());
    rig.click_secondary("Ada Lovelace, See you at the station then, 2 unread");
    rig.click("Mute");
    let muted = ThreadFlags { muted: true, ..ThreadFlags::default() };
    let set = |id| Command::Message(MessageCommand::SetFlags(ThreadId(id), muted));
    let commands = rig.engine.commands();
    assert!(commands.contains(&set(1)) && commands.contains(&set(2)));
    rig.click_secondary("Ada Lovelace, See you at the station then, 2 unread");
    rig.click("Delete conversation");
    let commands = rig.engine.commands();
    for id in [1, 2] {
        let delete = Command::Message(MessageCommand::DeleteThread(ThreadId(id)));
        assert!(commands.contains(&delete));
    }
}

#[test]
fn a_contact_that_gets_a_number_takes_its_thread_in() {
    let mut rig = plain();
    assert!(rig.shows("BANK, Your code"));
    let mut ada = Contact::new("Ada Lovelace").with_number(ADA, "").with_number("+31205551234", "");
    ada.id = ContactId(1);
    rig.tell(Event::Contacts(vec![ada].into()));
    assert!(!rig.shows("Testing shows the presence of bugs"));
}

#[test]
fn pinned_conversations_come_first() {
    let mut rig = plain();
    let top = |rig: &Rig, name: &str| {
        rig.harness.query_all_by_label(name).next().map(|node| node.rect().top())
    };
    use egui_kittest::kittest::Queryable;
    let (ada, bank) = (
        "Ada Lovelace, See you at the station then",
        "BANK, Your code is 482913. Never share it., 2 unread",
    );
    assert!(top(&rig, ada) < top(&rig, bank));
    flags(&mut rig, 2, ThreadFlags { pinned: true, ..ThreadFlags::default() });
    assert!(top(&rig, bank) < top(&rig, ada));
}

#[test]
fn archived_and_blocked_conversations_have_lists_of_their_own() {
    let mut rig = plain();
    rig.click_secondary("Ada Lovelace, See you at the station then");
    rig.click("Archive");
    let archived = ThreadFlags { archived: true, ..ThreadFlags::default() };
    let command = Command::Message(MessageCommand::SetFlags(ThreadId(1), archived));
    assert!(rig.engine.commands().contains(&command));
    flags(&mut rig, 1, archived);
    flags(&mut rig, 2, ThreadFlags { blocked: true, ..ThreadFlags::default() });
    assert!(!rig.shows("See you at the station then") && !rig.shows("BANK, Your"));
    rig.click("Archived, 1");
    assert!(rig.shows("See you at the station then"));
    rig.click("Back to all chats");
    rig.click("Blocked, 1");
    rig.click_secondary("BANK, Your code is 482913. Never share it., 2 unread");
    rig.click("Unblock");
    let free = Command::Message(MessageCommand::SetFlags(ThreadId(2), ThreadFlags::default()));
    assert_eq!(rig.last(), free);
}

#[test]
fn a_conversation_marked_unread_stays_so_while_it_is_open() {
    let mut rig = plain();
    rig.click("Ada Lovelace, See you at the station then");
    rig.click("More about this conversation");
    rig.click("Mark as unread");
    assert_eq!(rig.last(), Command::Message(MessageCommand::MarkUnread(ThreadId(1))));
    let state = &rig.harness.state().model().phone;
    let thread = state.threads.iter().find(|thread| thread.id == ThreadId(1)).cloned();
    rig.tell(Event::Thread(Thread { unread: 1, ..thread.expect("thread") }));
    assert_eq!(rig.last(), Command::Message(MessageCommand::MarkUnread(ThreadId(1))));
}

#[test]
fn a_search_finds_people_calls_and_texts_and_leads_to_the_text() {
    use egui_kittest::kittest::Queryable;
    let engine = FakeEngine::default();
    let words = format!("{} a needle in it", "hay ".repeat(60));
    let hit = data::text(4, ADA, &words, 9_000, data::received());
    {
        let mut script = engine.script.borrow_mut();
        script.found = vec![hit.clone()];
        script.calls = data::history();
        script.timeline = (0..400)
            .map(|id| {
                let at = 20_000 - id * 50;
                TimelineItem::Text(data::text(
                    1_000 + id,
                    ADA,
                    &format!("line {id}"),
                    at,
                    data::received(),
                ))
            })
            .collect();
        let at = script.timeline.partition_point(|item| item.time() < hit.time);
        script.timeline.insert(at, TimelineItem::Text(hit));
    }
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    let mut rig = window_with(NORMAL, engine, events);
    rig.click("Chats");
    rig.type_into("Search", "alan");
    assert!(rig.shows("Alan Turing"), "a contact without a conversation");
    rig.click("Clear search");
    rig.type_into("Search", "needle");
    // The snippet shows the hit, far down in the text.
    rig.harness.get_by_label_contains("Ada Lovelace: …").click();
    rig.harness.run();
    let around = rig
        .engine
        .script
        .borrow()
        .queries
        .iter()
        .any(|(_, query)| matches!(query, Query::Timeline { page: Page::Around(_), .. }));
    assert!(around);
    let rect = rig.harness.get_by_label(words.trim()).rect();
    assert!(rect.top() > 60.0 && rect.bottom() < 720.0, "{rect:?} is in sight");
    // Its end is not in sight: the way there is.
    rig.click("Go to the newest");
    assert!(rig.shows("line 399"));
}

#[test]
fn calls_are_found_by_name() {
    let engine = FakeEngine::default();
    engine.script.borrow_mut().calls = data::history();
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    let mut rig = window_with(NORMAL, engine, events);
    rig.click("Chats");
    rig.type_into("Search", "demo");
    assert!(rig.shows("Calls"));
    assert!(rig.shows("Demo: answers"));
}

#[test]
fn blocking_a_conversation_puts_its_number_on_the_list() {
    let mut rig = plain();
    let listed = |rig: &Rig| rig.harness.state().model().phone.settings.block_list.clone();
    rig.click_secondary("Ada Lovelace, See you at the station then");
    rig.click("Block");
    assert_eq!(listed(&rig), [ADA]);
    // The engine keeps the conversation in step with the list.
    assert!(matches!(rig.last(), Command::SaveSettings(_)));
    flags(&mut rig, 1, ThreadFlags { blocked: true, ..ThreadFlags::default() });
    rig.click("Blocked, 1");
    rig.click_secondary("Ada Lovelace, See you at the station then");
    rig.click("Unblock");
    assert!(listed(&rig).is_empty());
    assert!(matches!(rig.last(), Command::SaveSettings(_)));
    // The newer of two toasts.
    rig.click_nth("Undo", 1);
    assert_eq!(listed(&rig), [ADA]);
}

#[test]
fn a_conversation_whose_last_text_was_deleted_is_out_of_the_list_until_that_is_undone() {
    let mut rig = window_with(
        NORMAL,
        FakeEngine::default(),
        data::ready().into_iter().chain([data::contacts(), data::threads()]),
    );
    rig.click("Chats");
    let row = "Ada Lovelace, See you at the station then";
    assert!(rig.shows(row));
    let Event::Threads(threads) = data::threads() else { unreachable!() };
    let whole = threads[0].clone();
    let empty = Thread {
        preview: String::new(),
        last_direction: None,
        last_delivery: String::new(),
        ..whole.clone()
    };
    rig.tell(Event::Thread(empty.clone()));
    assert!(!rig.shows("Ada Lovelace"));
    rig.tell(Event::Thread(Thread { draft: "But".to_owned(), ..empty }));
    assert!(rig.shows("Ada Lovelace"), "what was typed is kept");
    rig.tell(Event::Thread(whole));
    assert!(rig.shows(row));
}
