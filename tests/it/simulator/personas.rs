//! What makes one simulated modem differ from another.

use super::desk::{Desk, check, options};
use deskphone::clock::Instant;
use deskphone::simulator::network::CallStage;
use deskphone::simulator::{NetworkAction, Random, SimulatedModem, demo_contacts, persona};
use std::time::Duration;

#[test]
fn a_huawei_stick_tells_every_step_of_a_call() {
    check(
        "huawei",
        "> AT+CGMI
         < huawei
         < OK
         > ATD+15550100;
         < OK
         < ^ORIG:1,0
         < ^CONF:1
         < ^CONN:1,0
         > AT+CLCC
         < +CLCC: 1,0,0,0,0,\"+15550100\",145,\"\"
         < OK
         net hang up
         < ^CEND:1,0,104,16
         < NO CARRIER
         > AT+CEER
         < +CEER: Normal call clearing
         < OK
         > AT^CVOICE?;^CURC=0
         < ^CVOICE:0,8000,16,20
         < OK
         > ATD+15550101;
         < OK
         wait 3
         < BUSY
         net call from +15550100
         < RING
         net hang up
         wait 60",
    );
    let mut desk = Desk::new("huawei");
    desk.wait(Duration::from_secs(120));
    assert!(desk.lines.len() >= 4, "chatter: {:?}", desk.lines);
    assert!(desk.lines.iter().all(|line| line.starts_with('^')), "{:?}", desk.lines);
}

#[test]
fn a_simcom_module_speaks_of_voice_calls() {
    check(
        "simcom",
        "> AT+CMGR=5
         < +CMS ERROR: Invalid memory index
         > AT+CPCMREG=1
         < ERROR
         > ATD+15550105;
         < OK
         wait 2
         < VOICE CALL: BEGIN
         > AT+CPCMREG=1
         < OK
         wait 9
         < VOICE CALL: END: 000008
         < NO CARRIER
         > AT+CLIP=0;+CLCC=1
         < OK
         net call from 07712345678
         < +CLCC: 1,1,4,0,0,\"07712345678\",129
         < RING
         net hang up
         < +CLCC: 1,1,6,0,0,\"07712345678\",129
         < MISSED_CALL: 07:00PM 07712345678
         < NO CARRIER",
    );
}

#[test]
fn a_quectel_module_lists_its_data_bearer_and_reports_calls_when_asked() {
    check(
        "quectel",
        "> AT+CLCC
         < +CLCC: 1,1,0,1,0,\"\",128
         < OK
         > AT+QINDCFG=\"ccinfo\",1
         < OK
         > ATD+15550103;
         < +QIND: \"ccinfo\",2,0,2,0,0,\"+15550103\",145
         < OK
         wait 2
         < +QIND: \"ccinfo\",2,0,3,0,0,\"+15550103\",145
         > AT+CLCC
         < +CLCC: 1,1,0,1,0,\"\",128
         < +CLCC: 2,0,3,0,0,\"+15550103\",145
         < OK
         wait 4
         < +QIND: \"ccinfo\",2,0,-1,0,0,\"+15550103\",145
         < NO CARRIER
         > AT+CEER
         < +CEER: 5,21
         < OK
         > AT+CFUN=1,1
         < OK
         wait 2.5
         < RDY
         < +CFUN: 1
         < +CPIN: READY
         < +QUSIM: 1
         < +QIND: SMS DONE",
    );
}

#[test]
fn a_stubborn_modem_always_echoes_ends_lines_with_cr_and_refuses() {
    let mut modem = SimulatedModem::new(options("stubborn")).unwrap();
    let mut now = Instant::ZERO;
    let mut type_bytes = |bytes: &[u8]| {
        modem.handle_bytes(bytes, now);
        now = now + Duration::from_secs(2);
        modem.handle_timeout(now);
        let mut printed = Vec::new();
        while let Some(bytes) = modem.poll_transmit() {
            printed.extend(bytes);
        }
        String::from_utf8(printed).unwrap()
    };
    assert_eq!(type_bytes(b"AT\r"), "AT\r\rERROR\r");
    assert_eq!(type_bytes(b"ATE0\r"), "ATE0\r\rOK\r");
    for refused in ["+CLCC", "+CNMI=2,1", "+CMEE=1", "+CHUP"] {
        assert_eq!(
            type_bytes(format!("AT{refused}\r").as_bytes()),
            format!("AT{refused}\r\rERROR\r")
        );
    }
    assert_eq!(type_bytes(b"AT+CGMI\r"), "AT+CGMI\r\r+CGMI: Mule\r\rOK\r");
    assert_eq!(type_bytes(b"AT+CMGS=20\r"), "AT+CMGS=20\r\r>", "a prompt without its space");
    let sent = type_bytes(b"00010008915155107000000AE8329BFD4697D9EC37\x1a");
    assert_eq!(sent, "00010008915155107000000AE8329BFD4697D9EC37\r+CMGS: 1\r\rOK\r");
    // Echo's answer is there although nothing tells.
    assert!(type_bytes(b"AT+CMGL=4\r").contains("+CMGL: 1,0,,26\r"));
}

#[test]
fn an_agreeable_modem_says_ok_to_what_it_does_not_know_and_nothing_to_at() {
    let mut desk = check(
        "agreeable",
        "> AT+FOO=1\n< OK\n> AT+BAR?\n< OK\n> ATD5550100;\n< OK\n> AT+CLCC\n< OK",
    );
    desk.type_line("AT");
    desk.wait(Duration::from_secs(5));
    assert!(desk.lines.is_empty());
}

#[test]
fn a_locked_sim_wants_its_pin_and_after_three_wrong_ones_its_puk() {
    let mut desk = check(
        "locked",
        "> AT+CMEE=1;+CREG=1;+CPIN?
         < +CPIN: SIM PIN
         < OK
         > AT+CIMI
         < +CME ERROR: 11
         > ATD5550100;
         < +CME ERROR: 11
         > AT+CMGL=4
         < +CMS ERROR: 311
         > AT+CPIN=\"1234\"
         < OK
         wait 2
         < +CREG: 1
         net sim locked
         < +CREG: 2
         > AT+CPIN=1111
         < +CME ERROR: 16
         > AT+CPIN=2222
         < +CME ERROR: 16
         > AT+CPIN=3333
         < +CME ERROR: 16
         > AT+CPIN?
         < +CPIN: SIM PUK
         < OK
         > AT+CPIN=1234
         < +CME ERROR: 12
         > AT+CPIN=\"12345678\",\"4321\"
         < OK
         wait 2
         < +CREG: 1
         > AT+CLCK=\"SC\",2;+CLCK=\"SC\",0,\"4321\";+CLCK=\"SC\",2
         < +CLCK: 1
         < +CLCK: 0
         < OK
         net sim absent
         < +CREG: 2
         > AT+CPIN?
         < +CME ERROR: 10",
    );
    assert_eq!(desk.ask("AT+CMGL=4"), ["+CMS ERROR: 310"]);
}

#[test]
fn every_persona_takes_a_call_and_a_text_from_one_subscriber_to_the_end() {
    for name in persona::names() {
        let mut desk = Desk::new(name);
        desk.ask("AT+CPIN=1234");
        desk.wait(Duration::from_secs(4));
        desk.lines.clear();
        desk.type_line("ATD+15550100;");
        desk.wait(Duration::from_secs(10));
        let taken = desk.lines.iter().any(|line| ["OK", "CONNECT"].contains(&line.as_str()));
        assert!(taken, "{name}: {:?}", desk.lines);
        assert_eq!(desk.modem.network().calls()[0].stage, CallStage::Active, "{name}");
        desk.type_line("ATH");
        desk.wait(Duration::from_secs(10));
        assert!(desk.modem.network().calls().is_empty(), "{name}");
        desk.type_line("AT+CMGF=0");
        desk.act(NetworkAction::IncomingText { from: "+15550100".into(), text: "Tea".into() });
        desk.wait(Duration::from_secs(10));
        let memory = desk.modem.persona().texts.memories[0];
        assert_eq!(desk.modem.stored_messages(memory.name).len(), 1, "{name}");
        desk.lines.clear();
        let text_mode = desk.modem.persona().texts.text_mode_only;
        desk.type_line(if text_mode { "AT+CMGL=\"ALL\"" } else { "AT+CMGL=4" });
        desk.wait(Duration::from_secs(2));
        let first = match text_mode {
            true => format!("+CMGL: {},\"REC UNREAD\",\"+15550100\"", memory.first_index),
            false => format!("+CMGL: {},0,,20", memory.first_index),
        };
        let listed = desk.lines.iter().any(|line| line.starts_with(&first));
        assert!(listed, "{name}: {:?}", desk.lines);
        assert_eq!(desk.modem.overlapping_commands(), 0, "{name}");
    }
    let unknown = SimulatedModem::new(options("nokia")).unwrap_err();
    assert!(unknown.starts_with("there is no simulated modem “nokia”; there are generic, huawei"));
}

#[test]
fn the_same_seed_lives_the_same_life() {
    let life = |seed: u64| {
        let mut options = options("huawei");
        options.seed = seed;
        let mut modem = SimulatedModem::new(options).unwrap();
        let mut printed = Vec::new();
        modem.handle_bytes(b"ATD+15550106;\r", Instant::ZERO);
        while let Some(at) = modem.poll_timeout().filter(|at| *at < Instant::from_secs(90)) {
            modem.handle_timeout(at);
            while let Some(bytes) = modem.poll_transmit() {
                printed.push((at, bytes));
            }
        }
        printed
    };
    assert_eq!(life(5), life(5));
    assert_ne!(life(5), life(6));
}

/// Bytes that programs in trouble may send: command lines, pieces of them, noise.
fn babble(random: &mut Random) -> Vec<u8> {
    let pieces: [&[u8]; 26] = [
        b"AT",
        b"\r",
        b"\r",
        b"\r",
        b"\n",
        b"\x1a",
        b"\x1b",
        b"D5550100;",
        b"+CMGS=20\r",
        b"H",
        b"A",
        b"+CLCC",
        b"+CHLD=2",
        b"=?",
        b"?",
        b"+CMGL=4",
        b";",
        b"\"",
        b",",
        b"0001000891515510",
        b"A/",
        b"+CUSD=1,\"*101#\"",
        b"+CFUN=1,1",
        b"+CMGF=1",
        b"+COPS=?",
        b"S3=13",
    ];
    let mut bytes = Vec::new();
    for _ in 0..random.below(12) {
        match random.below(8) {
            0 => bytes.push(random.next() as u8),
            1 => {
                bytes.extend(std::iter::repeat_n(random.next() as u8, random.below(3000) as usize))
            }
            _ => bytes.extend(pieces[random.below(pieces.len() as u64) as usize]),
        }
    }
    bytes
}

#[test]
fn babble_neither_panics_nor_hangs_nor_grows() {
    for seed in 0..64u64 {
        let names = persona::names();
        let mut options = options(names[seed as usize % names.len()]);
        options.seed = seed;
        let mut modem = SimulatedModem::new(options).unwrap();
        let mut random = Random::new(seed);
        let mut now = Instant::ZERO;
        for _ in 0..200 {
            modem.handle_bytes(&babble(&mut random), now);
            if random.chance(100) {
                let text = "x".repeat(random.below(400) as usize);
                modem.handle_action(NetworkAction::IncomingText { from: "A".into(), text }, now);
            }
            if random.chance(100) {
                modem.handle_action(NetworkAction::IncomingCall { from: None }, now);
            }
            let later = now + Duration::from_millis(random.below(3000));
            let mut wakes = 0;
            while let Some(at) = modem.poll_timeout().filter(|at| *at <= later) {
                assert!(at >= now, "seed {seed}: a deadline in the past");
                now = at;
                modem.handle_timeout(now);
                wakes += 1;
                assert!(wakes < 2000, "seed {seed}: it wakes all the time");
            }
            now = later;
            modem.handle_timeout(now);
            let mut printed = 0;
            while let Some(bytes) = modem.poll_transmit() {
                printed += bytes.len();
            }
            assert!(printed < 600_000, "seed {seed}: {printed} bytes at once");
            assert!(modem.network().calls().len() <= 7);
        }
    }
}

#[test]
fn the_demo_contacts_are_the_ten_subscribers() {
    let contacts = demo_contacts();
    let numbers: Vec<&str> = contacts.iter().map(|(_, number, _)| *number).collect();
    let expected: Vec<String> = (0..10).map(|n| format!("+1555010{n}")).collect();
    assert_eq!(numbers, expected);
    assert!(contacts.iter().all(|(name, _, note)| !name.is_empty() && !note.is_empty()));
}
