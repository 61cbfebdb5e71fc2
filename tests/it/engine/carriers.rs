//! What is written for a modem goes out by a modem, and what is written for the Demo modem or a
//! recording does not, unless the user says so.

use super::*;
use deskphone::phone::{Carrier, LinkAddress, MessageId, NewBatch};

const ADA: &str = "+15550100";

fn real() -> LinkAddress {
    LinkAddress::Serial("/dev/sim".to_owned())
}

fn use_modem(rig: &mut Rig, address: LinkAddress) {
    rig.send(Command::Link(LinkCommand::Connect(address.clone())));
    let ready = LinkState::Ready(address);
    rig.until("the modem to be ready", |rig| rig.state.link == ready);
    rig.run_for(Duration::from_secs(20));
}

fn accepted(rig: &Rig) -> usize {
    rig.modem.network().texts_accepted().len()
}

fn notices(rig: &Rig, words: &str) -> usize {
    let says = |event: &&Event| matches!(event, Event::Notice(n) if n.text.contains(words));
    rig.events.iter().filter(says).count()
}

fn only(rig: &Rig) -> &TextMessage {
    let sent = messages(rig, Direction::MobileOriginated);
    assert_eq!(sent.len(), 1);
    sent[0]
}

fn ask(rig: &mut Rig, command: fn(MessageId) -> MessageCommand) {
    let id = only(rig).id;
    rig.done(Command::Message(command(id))).unwrap();
    rig.run_for(Duration::from_secs(20));
}

#[test]
fn texts_for_a_modem_are_held_back_while_the_demo_modem_is_open() {
    for (played, words) in [
        (LinkAddress::Demo, "held back while the demo modem is open"),
        (LinkAddress::Replay("/tmp/x.txt".into()), "held back while a recording is played"),
    ] {
        let mut rig = Rig::new();
        rig.done(text(&[ADA], "For a modem")).unwrap();
        use_modem(&mut rig, played.clone());
        assert_eq!((accepted(&rig), &only(&rig).delivery), (0, &Delivery::Queued));
        assert_eq!((notices(&rig, words), notices(&rig, "1 text is")), (1, 1));
        // What is written for the one that is open goes to it.
        rig.done(text(&["+15550101"], "For what is open")).unwrap();
        rig.run_for(Duration::from_secs(20));
        assert_eq!(accepted(&rig), 1, "{played:?}");
        rig.run_for(Duration::from_secs(600));
        assert_eq!(accepted(&rig), 1);
        use_modem(&mut rig, real());
        let taken: Vec<_> =
            rig.modem.network().texts_accepted().iter().map(|text| text.text.clone()).collect();
        assert_eq!(taken[1..], [Some("For a modem".to_owned())]);
    }
}

#[test]
fn scheduled_texts_and_lists_for_a_modem_are_held_back_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    let number = |n: u32| DialString::parse(&format!("+1555{n:07}")).unwrap();
    let texts = (0..5).map(|n| (number(n), "Hi".to_owned())).collect();
    let options = SendOptions::default();
    let batch = NewBatch { name: "list".to_owned(), texts, options: options.clone() };
    rig.done(Command::Message(MessageCommand::SubmitBatch(batch))).unwrap();
    let at = Some(rig.wall().plus(Duration::from_secs(120)));
    let new = NewMessage {
        to: vec![number(9)],
        text: "Later".to_owned(),
        options: SendOptions { at, ..options },
    };
    rig.done(Command::Message(MessageCommand::Submit(new))).unwrap();
    use_modem(&mut rig, LinkAddress::Demo);
    rig.run_for(Duration::from_secs(300));
    // Also after a restart: it is noted with the text.
    rig.crash(folder.path());
    use_modem(&mut rig, LinkAddress::Demo);
    rig.run_for(Duration::from_secs(60));
    // Once when the scheduled one joined the others, and once after the restart.
    assert_eq!((accepted(&rig), notices(&rig, "6 texts are held back")), (0, 2));
    use_modem(&mut rig, real());
    rig.run_for(Duration::from_secs(30));
    assert_eq!(accepted(&rig), 6);
}

#[test]
fn a_text_for_the_demo_modem_does_not_go_out_by_a_real_one_unless_the_user_says_so() {
    let mut rig = Rig::new();
    use_modem(&mut rig, LinkAddress::Demo);
    let long = "Ten chars ".repeat(40);
    rig.send(text(&[ADA], &long));
    rig.until("the first part", |rig| accepted(rig) == 1);
    let now = rig.now();
    // 47: resources unavailable (24.011 annex E-2), which passes.
    rig.modem.handle_action(NetworkAction::RefuseTexts { cause: 47, times: 1 }, now);
    rig.until("a failure", |rig| matches!(only(rig).delivery, Delivery::Retrying(_)));
    use_modem(&mut rig, real());
    rig.run_for(Duration::from_secs(60));
    let parts = accepted(&rig);
    assert!(parts < 3, "the rest does not go out by itself");
    assert_eq!(only(&rig).options.carrier, Carrier::Demo);
    let Delivery::Failed(why) = &only(&rig).delivery else { panic!("{:?}", only(&rig)) };
    assert_eq!(why.cause, "It was written for the demo modem");
    assert_eq!(why.advice, "Send it again if it shall really go out");
    assert_eq!(notices(&rig, "written for the demo modem"), 1);
    ask(&mut rig, MessageCommand::Retry);
    let parts: Vec<_> = rig
        .modem
        .network()
        .texts_accepted()
        .iter()
        .skip(parts)
        .map(|text| text.concatenation.map(|(_, _, part)| part))
        .collect();
    assert_eq!(parts, [Some(1), Some(2), Some(3)], "the whole of it");
    assert_eq!(only(&rig).options.carrier, Carrier::Modem);
}

#[test]
fn what_a_modem_could_not_send_is_not_given_to_the_demo_modem_when_it_is_tried_again() {
    let mut rig = Rig::connected();
    let now = rig.now();
    // 21: rejected by the network (24.011 annex E-2).
    rig.modem.handle_action(NetworkAction::RefuseTexts { cause: 21, times: 1 }, now);
    rig.done(text(&[ADA], "Once")).unwrap();
    rig.run_for(Duration::from_secs(10));
    assert!(matches!(only(&rig).delivery, Delivery::Failed(_)));
    use_modem(&mut rig, LinkAddress::Demo);
    ask(&mut rig, MessageCommand::Retry);
    assert_eq!((accepted(&rig), &only(&rig).delivery), (0, &Delivery::Queued));
    assert_eq!(notices(&rig, "1 text is held back"), 1);
    use_modem(&mut rig, real());
    assert_eq!((accepted(&rig), &only(&rig).delivery), (1, &Delivery::Delivered));
}
