//! Modems nobody has seen: each is odd in its own way, and each must become usable.

use super::rig::Rig;
use deskphone::modem::ModemEvent;
use std::time::Duration;

/// Connects, and gives the time until commands could be given.
fn time_to_ready(rig: &mut Rig) -> Option<Duration> {
    let start = rig.now;
    rig.link_up();
    for _ in 0..600 {
        if rig.modem.ready() {
            return Some(rig.now.since(start));
        }
        rig.run_for(Duration::from_millis(100));
    }
    None
}

/// It can place a call.
fn calls(rig: &mut Rig) {
    rig.begin();
    rig.answer("AT+CLCC", "+CLCC: 1,0,0,0,0,\"0100\",129 | OK");
    rig.user("dial 0100");
    rig.run_for(Duration::from_secs(4));
    rig.line("OK");
    rig.run_for(Duration::from_secs(4));
    let active = rig.transcript.iter().any(|line| line.ends_with("call 1 active 0100"));
    assert!(active, "{:#?}", rig.transcript);
}

#[test]
fn an_ordinary_modem_is_ready_within_a_fifth_of_a_second() {
    let mut rig = Rig::new();
    let time = time_to_ready(&mut rig).unwrap();
    assert!(time <= Duration::from_millis(200), "{time:?}");
    calls(&mut rig);
}

#[test]
fn a_modem_that_echoes_for_ever() {
    let mut rig = Rig::new();
    rig.answer("ATE0", "ERROR");
    rig.manners.echo = true;
    assert!(time_to_ready(&mut rig).is_some());
    calls(&mut rig);
}

#[test]
fn an_echo_that_comes_byte_by_byte() {
    let mut rig = Rig::new();
    rig.manners.echo = true;
    rig.manners.piece = 1;
    assert!(time_to_ready(&mut rig).is_some());
    calls(&mut rig);
}

#[test]
fn lines_that_end_with_cr_alone() {
    let mut rig = Rig::new();
    rig.manners.line = ("", "\r");
    assert!(time_to_ready(&mut rig).is_some());
    calls(&mut rig);
}

#[test]
fn a_bare_at_is_refused_while_other_commands_work() {
    let mut rig = Rig::new();
    rig.answer("AT", "ERROR");
    let time = time_to_ready(&mut rig).unwrap();
    assert!(time <= Duration::from_millis(200), "{time:?}");
    calls(&mut rig);
}

#[test]
fn a_bare_at_is_ignored_while_other_commands_work() {
    let mut rig = Rig::new();
    rig.answer("AT", "(silence)");
    assert!(time_to_ready(&mut rig).unwrap() < Duration::from_secs(4));
    calls(&mut rig);
}

#[test]
fn a_modem_that_refuses_everything_but_calls() {
    let mut rig = Rig::new();
    rig.answer("AT*", "ERROR");
    rig.answer("ATD*", "(by hand)");
    assert!(time_to_ready(&mut rig).is_some());
    rig.run_for(Duration::from_secs(30));
    rig.begin();
    rig.user("dial 0100");
    rig.line("OK");
    rig.run_for(Duration::from_secs(2));
    assert!(rig.transcript.iter().any(|line| line.ends_with("done 1")), "{:#?}", rig.transcript);
}

#[test]
fn a_modem_that_says_ok_to_everything() {
    let mut rig = Rig::new();
    rig.answer("AT*", "OK");
    rig.answer("ATD*", "(by hand)");
    assert!(time_to_ready(&mut rig).is_some());
    rig.run_for(Duration::from_secs(30));
    rig.begin();
    rig.user("dial 0100");
    rig.line("OK");
    rig.run_for(Duration::from_secs(20));
    rig.user("release 1");
    rig.run_for(Duration::from_secs(1));
    let last = rig.transcript.iter().rfind(|line| line.contains("call 1")).unwrap();
    assert!(last.contains("released, local"), "{:#?}", rig.transcript);
}

#[test]
fn a_modem_that_says_every_result_twice() {
    let mut rig = Rig::new();
    rig.manners.twice = true;
    rig.answer("AT+CGMI", "Acme | OK");
    rig.answer("AT+CGSN", "353879234252633 | OK");
    assert!(time_to_ready(&mut rig).unwrap() < Duration::from_secs(2));
    rig.run_for(Duration::from_secs(8));
    let identity = rig.events.iter().rev().find_map(|event| match event {
        ModemEvent::Identity(identity) => Some(identity.clone()),
        _ => None,
    });
    let identity = identity.unwrap();
    assert_eq!(identity.manufacturer, "Acme");
    assert_eq!(identity.imei, "353879234252633");
    rig.begin();
    rig.user("text 5/1 11000B91");
    rig.run_for(Duration::from_secs(1));
    assert_eq!(rig.written.last().map(String::as_str), Some("AT+CMGS=4"), "{:?}", rig.written);
    rig.raw(b"\r\n> ");
    rig.line("+CMGS: 7");
    rig.line("OK");
    rig.line("OK");
    rig.run_for(Duration::from_secs(1));
    let sent = rig.transcript.iter().any(|line| line.contains("sent 5/1"));
    assert!(sent, "{:#?}", rig.transcript);
}

#[test]
fn results_left_over_from_another_program_do_not_make_a_modem_slow() {
    let mut rig = Rig::new();
    rig.link_up();
    rig.line("OK");
    rig.run_for(Duration::from_millis(10));
    assert!(!rig.modem.ready());
    rig.run_for(Duration::from_secs(8));
    rig.written.clear();
    let before = rig.now;
    rig.user("console AT+CSQ");
    rig.user("console AT+CREG?");
    while rig.written.len() < 2 {
        rig.run_for(Duration::from_millis(1));
    }
    assert!(rig.now.since(before) < Duration::from_millis(10), "{:?}", rig.now.since(before));
}

#[test]
fn a_modem_that_takes_two_seconds_for_each_answer() {
    let mut rig = Rig::new();
    rig.manners.delay = Duration::from_secs(2);
    rig.answer("AT+CGMI", "Acme | OK");
    assert!(time_to_ready(&mut rig).is_some());
    rig.run_for(Duration::from_secs(120));
    rig.begin();
    rig.user("console AT+CSQ");
    rig.run_for(Duration::from_secs(10));
    let answer = "answer ok +CSQ: 17,99 | OK";
    assert!(rig.transcript.iter().any(|line| line.contains(answer)), "{:#?}", rig.transcript);
}

/// A modem that refuses PDU mode and can write every text in UCS-2.
fn in_text_mode() -> Rig {
    let mut rig = Rig::new();
    rig.answer("AT+CMGF=0", "+CMS ERROR: 303");
    rig.answer("AT+CMGF?", "+CMGF: 1 | OK");
    rig.answer("AT+CSCS?", "+CSCS: \"UCS2\" | OK");
    rig
}

#[test]
fn a_modem_without_pdu_mode_is_told_how_to_show_and_take_texts() {
    let mut rig = in_text_mode();
    rig.link_up();
    rig.run_for(Duration::from_secs(30));
    for line in ["AT+CSDH=1", "AT+CSCS=\"UCS2\"", "AT+CMGL=\"ALL\""] {
        assert!(rig.written.iter().any(|written| written == line), "{line}: {:?}", rig.written);
    }
    for line in ["AT+CSCS=\"GSM\"", "AT+CMGL=4"] {
        assert!(!rig.written.iter().any(|written| written == line), "{line}: {:?}", rig.written);
    }
}

#[test]
fn whether_there_is_a_pdu_mode_is_known_before_a_text_is_sent() {
    let mut rig = Rig::new();
    rig.answer("AT+CMGF*", "(silence)");
    rig.link_up();
    rig.run_for(Duration::from_secs(20));
    rig.answer("AT+CMGF=0", "OK");
    rig.written.clear();
    rig.user("text 5/1 11000B91");
    rig.run_for(Duration::from_secs(5));
    let at = |line: &str| rig.written.iter().position(|written| written == line);
    let (mode, text) = (at("AT+CMGF=0"), at("AT+CMGS=4"));
    assert!(mode.is_some() && mode < text, "{:?}", rig.written);
}

/// In text mode `AT+CMGS=4` sends to the number 4.
#[test]
fn an_ok_that_may_be_another_lines_is_no_proof_of_pdu_mode() {
    let mut rig = Rig::new();
    rig.answer("AT+CMGF=0", "OK");
    rig.answer("AT+CMGF?", "OK");
    let mut rig = rig.connected();
    rig.written.clear();
    rig.answer("AT+CMGF?", "+CMGF: 1 | OK");
    rig.user("text 5/1 11000B91");
    rig.run_for(Duration::from_secs(5));
    let at = |line: &str| rig.written.iter().position(|written| written == line);
    assert!(at("AT+CMGF?").is_some(), "{:?}", rig.written);
    assert_eq!(at("AT+CMGS=4"), None, "a text to the number 4: {:?}", rig.written);
}

#[test]
fn a_modem_that_refuses_pdu_mode_and_is_in_it_sends_texts() {
    let mut rig = Rig::new();
    rig.answer("AT+CMGF*", "ERROR");
    let mut rig = rig.connected();
    rig.user("text 5/1 11000B91");
    rig.run_for(Duration::from_secs(1));
    assert!(rig.written.iter().any(|line| line == "AT+CMGS=4"), "{:?}", rig.written);
}

#[test]
fn a_text_is_received_once_from_a_modem_that_only_says_that_it_changed_the_memory() {
    let pdu = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";
    let mut rig = Rig::new();
    rig.storing = false;
    rig.answer("AT+CPMS=?", "+CPMS: (\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\",\"ME\") | OK");
    rig.answer("AT+CMGL=4", &format!("+CMGL: 4,1,,30 | {pdu} | OK"));
    rig.link_up();
    rig.run_for(Duration::from_secs(5));
    let lists = rig.written.iter().filter(|line| *line == "AT+CMGL=4").count();
    assert_eq!(lists, 2, "{:?}", rig.written);
    assert_eq!(rig.received().len(), 1, "{:?}", rig.received());
}

#[test]
fn a_question_that_got_no_answer_does_not_hold_everything_up_again_at_once() {
    let mut rig = Rig::new();
    rig.answer("AT+COPS?", "(silence)");
    rig.link_up();
    rig.run_for(Duration::from_secs(60));
    let asked = rig.written.iter().filter(|line| *line == "AT+COPS?").count();
    assert_eq!(asked, 1, "{:?}", rig.written);
    rig.run_for(Duration::from_secs(60));
    assert!(rig.written.iter().filter(|line| *line == "AT+COPS?").count() > 1);
}

#[test]
fn every_second_command_of_the_set_up_gets_no_answer() {
    let mut rig = Rig::new();
    for line in ["ATX4", "AT+COLP=0", "AT+CGMI", "AT+CMGF=0", "AT+CCWA=1", "AT+CNMI*", "AT+CNUM"] {
        rig.answer(line, "(silence)");
    }
    assert!(time_to_ready(&mut rig).unwrap() < Duration::from_secs(15));
    calls(&mut rig);
}

#[test]
fn a_modem_left_at_a_prompt_by_another_program_is_freed_with_escape() {
    let mut rig = Rig::new();
    rig.answer("AT", "(silence)");
    rig.link_up();
    rig.run_for(Duration::from_millis(1500));
    assert!(rig.written.contains(&"ESC".to_owned()), "{:?}", rig.written);
}

#[test]
fn a_port_where_nothing_answers_is_silent_with_advice_and_is_tried_again() {
    let mut rig = Rig::new();
    rig.answer("AT*", "(silence)");
    rig.link_up();
    let early = rig.user("dial 0100");
    rig.run_for(Duration::from_secs(12));
    let text = rig.transcript.join("\n");
    assert!(text.contains("silent: Nothing answers at this port"), "{text}");
    assert!(text.contains(&format!("failed {}", early.0)), "{text}");
    // The modem is switched on.
    rig.answer("AT*", "OK");
    rig.run_for(Duration::from_secs(20));
    assert!(rig.modem.ready());
}

#[test]
fn a_port_that_only_repeats_and_a_satellite_port_are_named() {
    let mut rig = Rig::new();
    rig.answer("AT*", "(silence)");
    rig.manners.echo = true;
    rig.link_up();
    rig.run_for(Duration::from_secs(12));
    let text = rig.transcript.join("\n");
    assert!(text.contains("silent: This port only repeats"), "{text}");

    let mut rig = Rig::new();
    rig.answer("AT*", "(silence)");
    rig.link_up();
    for _ in 0..12 {
        rig.line("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47");
        rig.run_for(Duration::from_secs(1));
    }
    let text = rig.transcript.join("\n");
    assert!(text.contains("silent: This port sends satellite positions"), "{text}");
}

#[test]
fn the_notification_ladder_is_climbed_down_and_texts_are_looked_for_without_it() {
    let mut rig = Rig::new();
    rig.answer("AT+CNMI*", "+CMS ERROR: 303");
    rig.answer("AT+CNMI=1,1,0,0,0", "OK");
    let mut rig = rig.connected();
    rig.run_for(Duration::from_secs(40));
    assert!(!rig.written.iter().any(|line| line == "AT+CMGL=4"), "announced: {:?}", rig.written);

    let mut rig = Rig::new();
    rig.answer("AT+CNMI*", "+CMS ERROR: 303");
    let mut rig = rig.connected();
    rig.run_for(Duration::from_secs(61));
    let lists = rig.written.iter().filter(|line| *line == "AT+CMGL=4").count();
    assert!((3..=6).contains(&lists), "{lists}");
}

#[test]
fn the_memory_is_chosen_with_three_parameters_two_or_one() {
    let mut rig = Rig::new();
    rig.answer("AT+CPMS=\"*", "ERROR");
    rig.answer("AT+CPMS=\"SM\"", "+CPMS: 0,30 | OK");
    rig.link_up();
    rig.run_for(Duration::from_secs(5));
    let tried: Vec<&String> =
        rig.written.iter().filter(|line| line.starts_with("AT+CPMS=\"")).collect();
    assert_eq!(tried, ["AT+CPMS=\"SM\",\"SM\",\"SM\"", "AT+CPMS=\"SM\",\"SM\"", "AT+CPMS=\"SM\""]);
}

#[test]
fn a_sim_that_is_busy_is_asked_again_until_it_is_ready() {
    let mut rig = Rig::new();
    rig.answer("AT+CPIN?", "+CME ERROR: 14");
    assert!(time_to_ready(&mut rig).is_some());
    rig.run_for(Duration::from_secs(5));
    assert!(!rig.written.iter().any(|line| line == "AT+CMGL=4") || rig.modem.ready());
    rig.written.clear();
    rig.answer("AT+CPIN?", "+CPIN: READY | OK");
    rig.run_for(Duration::from_secs(5));
    assert!(rig.written.iter().any(|line| line == "AT+CMGL=4"), "{:?}", rig.written);
}

#[test]
fn stored_texts_are_read_at_connect_and_after_every_reconnection() {
    let pdu = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";
    let mut rig = Rig::new();
    rig.answer("AT+CMGL=4", &format!("+CMGL: 4,1,,30 | {pdu} | OK"));
    rig.answer("AT+CMGD=4", "(silence)");
    rig.link_up();
    rig.run_for(Duration::from_secs(5));
    assert_eq!(rig.received(), [format!("SM 4 {pdu}")]);
    // It was stored, but the link broke before it was deleted: it is not handed over again.
    rig.link_down();
    rig.answer("AT+CMGR=4", &format!("+CMGR: 1,,30 | {pdu} | OK"));
    rig.answer("AT+CMGD=4", "OK");
    rig.link_up();
    rig.run_for(Duration::from_secs(5));
    assert_eq!(rig.received().len(), 1, "{:#?}", rig.transcript);
    assert!(rig.transcript.iter().any(|line| line.ends_with("removed SM 4")));
}

#[test]
fn a_hang_up_goes_out_at_once_however_much_waits() {
    let mut rig = Rig::new().connected();
    rig.answer("AT+CLCC", "+CLCC: 1,0,0,0,0,\"0100\",129 | OK");
    rig.user("dial 0100");
    rig.line("OK");
    rig.run_for(Duration::from_millis(100));
    for text in 0..10 {
        rig.user(&format!("text {text}/1 11000B91"));
    }
    rig.user("refresh");
    rig.run_for(Duration::from_millis(20));
    rig.written.clear();
    rig.user("release 1");
    rig.line("ERROR");
    rig.run_for(Duration::from_millis(20));
    assert_eq!(rig.written.first().map(String::as_str), Some("AT+CHUP"));
}

#[test]
fn a_user_command_during_the_set_up_waits_for_one_command_only() {
    let mut rig = Rig::new();
    rig.manners.delay = Duration::from_millis(50);
    time_to_ready(&mut rig);
    rig.run_for(Duration::from_millis(75));
    rig.written.clear();
    let before = rig.now;
    rig.user("dial 0100");
    while !rig.written.iter().any(|line| line == "ATD0100;") {
        rig.run_for(Duration::from_millis(1));
    }
    assert!(rig.now.since(before) <= Duration::from_millis(60));
}

#[test]
fn nothing_changes_and_nothing_is_told() {
    let mut rig = Rig::new().connected();
    rig.run_for(Duration::from_secs(600));
    assert_eq!(rig.transcript, Vec::<String>::new());
    let events = rig.events.len();
    assert!(events == 0, "{:?}", rig.events);
}

#[test]
fn a_text_in_the_other_memory_is_found_although_nothing_announced_it() {
    let pdu = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";
    let mut rig = Rig::new();
    rig.answer("AT+CPMS=?", "+CPMS: (\"ME\",\"SM\"),(\"ME\",\"SM\"),(\"ME\",\"SM\") | OK");
    rig.answer("AT+CPMS?", "+CPMS: \"ME\",0,30,\"ME\",0,30,\"ME\",0,30 | OK");
    let mut rig = rig.connected();
    rig.written.clear();
    rig.run_for(Duration::from_secs(120));
    let lists = rig.written.iter().filter(|line| *line == "AT+CMGL=4").count();
    assert_eq!(lists, 0, "nothing has changed: {:?}", rig.written);
    // A text of class 2 came to the SIM, and its `+CMTI` was lost.
    rig.answer("AT+CPMS=\"SM\"", "+CPMS: 1,30,0,30,0,30 | OK");
    rig.answer("AT+CMGL=4", &format!("+CMGL: 1,0,,30 | {pdu} | OK"));
    rig.run_for(Duration::from_secs(75));
    assert_eq!(rig.received().len(), 1, "{:?}", rig.written);
}

#[test]
fn a_modem_that_ended_the_routing_during_the_set_up_is_told_to_announce_again() {
    let mut rig = Rig::new();
    rig.answer("AT+CNMI?", "+CNMI: 2,0,0,0,0 | OK");
    let mut rig = rig.connected();
    rig.written.clear();
    rig.run_for(Duration::from_secs(600));
    let told = rig.written.iter().filter(|line| line.starts_with("AT+CNMI=")).count();
    assert!((1..10).contains(&told), "told to {told} times, and not for ever");
}

#[test]
fn whatever_is_asked_every_now_and_then_is_told_apart_from_what_somebody_wanted() {
    for profile in ["", "Quectel", "Huawei"] {
        let mut rig = Rig::with_profile(profile);
        rig.answer("AT+CIREG?", "+CIREG: 2,1,1 | OK");
        rig.answer("AT+CNMI?", "+CNMI: 2,1,0,1,0 | OK");
        rig.answer("AT+CEREG?", "+CEREG: 2,1 | OK");
        rig.answer("AT+COPS?", "+COPS: 0,0,\"TestNet\",7 | OK");
        rig.answer("AT+CBC", "+CBC: 0,85 | OK");
        rig.answer("AT+QCFG=\"ims\"", "+QCFG: \"ims\",1,1 | OK");
        rig.answer("AT+CPMS=?", "+CPMS: (\"ME\",\"SM\"),(\"ME\",\"SM\"),(\"ME\",\"SM\") | OK");
        rig.answer("AT+CPMS?", "+CPMS: \"ME\",0,30,\"ME\",0,30,\"ME\",0,30 | OK");
        rig.link_up();
        rig.run_for(Duration::from_secs(30));
        let mut asked = rig.written.len();
        // An answer takes longer than a step: each command is seen while it is under way.
        for _ in 0..75_000 {
            rig.run_for(Duration::from_millis(2));
            for line in rig.written.iter().skip(asked) {
                assert!(rig.modem.purpose().routine, "{profile}: {line}");
            }
            asked = rig.written.len();
        }
        assert!(rig.written.len() > 40, "{profile}: {}", rig.written.len());
    }
}
