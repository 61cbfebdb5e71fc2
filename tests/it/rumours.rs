//! What a modem says by itself is a hint: where its list of calls tells, the calls are those of the
//! list in the end, whatever was said meanwhile, of whom, how often and in which dialect.

use super::rig::Rig;
use deskphone::modem::profile_names;
use deskphone::phone::CallState;
use deskphone::simulator::Random;
use std::time::Duration;

/// Every maker's reports of calls (see the profiles); `#` is one of the numbers there are.
const RUMOURS: [&str; 66] = [
    "RING",
    "RING 1",
    "+CRING: VOICE",
    "+CRING: ASYNC",
    "+CLIP: \"#\",129",
    "+CLIP: \"\",128,,,,1",
    "+CLIP: \"#\",129,,,,2",
    "+CCWA: \"#\",129,1",
    "+CCWA: \"\",128,1,,1",
    "+COLP: \"#\",129",
    "+CSSI: 2",
    "+CSSI: 5",
    "+CSSU: 2",
    "+CSSU: 5",
    "+CSSU: 10",
    "NO CARRIER",
    "BUSY",
    "NO ANSWER",
    "CONNECT",
    "^ORIG:1,0",
    "^ORIG:2,0",
    "^CONF:1",
    "^CONN:1,0",
    "^CONN:2,0",
    "^CEND:1,5,104,16",
    "^CEND:2,0,67,17",
    "^CEND: 1,,101,17,0",
    "VOICE CALL: BEGIN",
    "VOICE CALL: END",
    "VOICE CALL: END: 000041",
    "MISSED_CALL: 11:01AM #",
    "REMOTE CALL END",
    "+CLCC: 1,0,6,0,0,\"#\",129",
    "+CLCC: 2,1,4,0,0,\"#\",129",
    "+QIND: \"ccinfo\",1,0,-1,0,0,\"#\",129",
    "+QIND: \"ccinfo\",2,1,4,0,0,\"#\",129",
    "+QIND: \"ccinfo\",1,0,1,0,0,\"#\",129",
    "^DSCI: 1,0,6,0,#,129",
    "^DSCI: 1,0,3,0,#,129",
    "^DSCI: 2,1,4,0,0,\"#\",129",
    "^DSCI: 1,0,6,0,0,\"#\",129",
    "+UCALLSTAT: 1,6",
    "+UCALLSTAT: 1,7",
    "+UCALLSTAT: 2,4",
    "#ECAM: 0,0,1,,,",
    "#ECAM: 1,3,1,,,",
    "#ECAM: 2,6,1,,,\"#\",129",
    "#ECAM: 0,7,1,,,",
    "*ECAV: 1,0,1,8,16,\"#\",129",
    "*ECAV: 2,6,1",
    "*ECAV: 1,3,1",
    "^SLCC: 1,0,0,0,0,0,\"#\",129",
    "^SLCC: 2,1,4,0,0,0,\"#\",129",
    "^SLCC: ",
    "+WIND: 5,1",
    "+WIND: 6,1",
    "+WIND: 2",
    "HANGUP: 3",
    "+XCALLSTAT: 1,6",
    "+XCALLSTAT: 2,4",
    "+WORG: \"#\"",
    "+WEND: 3",
    "+CIEV: \"call\",0",
    "+CIEV: \"callsetup\",1",
    "+QIND: \"ring\"",
    "+CPAS: 4",
];

/// Says some of them, now and then without their ends.
fn whisper(rig: &mut Rig, random: &mut Random) {
    for _ in 0..random.below(30) {
        let rumour = RUMOURS[random.below(RUMOURS.len() as u64) as usize];
        let number = ["0100", "0200", "0300", "+15550100"][random.below(4) as usize];
        let line = rumour.replace('#', number);
        let whole = random.chance(900);
        let cut = random.below(line.len() as u64) as usize;
        rig.line(if whole { &line } else { line.get(..cut).unwrap_or(&line) });
        rig.run_for(Duration::from_millis(random.below(1200)));
    }
}

fn states(rig: &Rig) -> Vec<CallState> {
    rig.modem.calls().iter().map(|call| call.state.clone()).collect()
}

#[test]
fn the_list_outlives_every_rumour() {
    let seeds: u64 = std::env::var("RUMOURS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    for profile in profile_names() {
        for seed in 0..seeds {
            let mut random = Random::new(seed);
            let mut rig = Rig::with_profile(profile);
            rig.answer("ATD*", "OK");
            rig.answer("AT+CHUP", "OK");
            rig.answer("ATH", "OK");
            let mut rig = rig.connected();
            let name = format!("{profile}, seed {seed}");
            let active = "+CLCC: 1,0,0,0,0,\"0100\",129 | OK";
            rig.answer("AT+CLCC", active);
            rig.answer("AT+CPAS", "+CPAS: 4 | OK");
            rig.line("RING");
            rig.run_for(Duration::from_secs(60));
            assert_eq!(states(&rig), [CallState::Active], "{name}");
            let id = rig.modem.calls()[0].id;
            whisper(&mut rig, &mut random);
            rig.run_for(Duration::from_secs(60));
            assert_eq!(states(&rig), [CallState::Active], "{name}: {:#?}", rig.transcript);
            assert_eq!(rig.modem.calls()[0].id, id, "{name}: {:#?}", rig.transcript);
            rig.answer("AT+CLCC", "OK");
            rig.answer("AT+CPAS", "+CPAS: 0 | OK");
            whisper(&mut rig, &mut random);
            rig.run_for(Duration::from_secs(60));
            assert_eq!(states(&rig), [], "{name}: {:#?}", rig.transcript);
            whisper(&mut rig, &mut random);
            rig.run_for(Duration::from_secs(60));
            assert_eq!(states(&rig), [], "{name}: {:#?}", rig.transcript);
            // The next call is one.
            rig.answer("AT+CLCC", "+CLCC: 1,0,2,0,0,\"0200\",129 | OK");
            rig.answer("AT+CPAS", "+CPAS: 4 | OK");
            rig.user("dial 0200");
            rig.run_for(Duration::from_secs(5));
            rig.answer("AT+CLCC", "+CLCC: 1,0,0,0,0,\"0200\",129 | OK");
            rig.run_for(Duration::from_secs(5));
            whisper(&mut rig, &mut random);
            rig.run_for(Duration::from_secs(60));
            assert_eq!(states(&rig), [CallState::Active], "{name}: {:#?}", rig.transcript);
        }
    }
}

#[test]
fn where_nothing_but_rumours_tells_the_user_can_end_every_call_and_dial_for_help() {
    let seeds: u64 = std::env::var("RUMOURS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    for profile in profile_names() {
        for seed in 0..seeds {
            let mut random = Random::new(seed);
            let mut rig = Rig::with_profile(profile);
            for (line, answer) in [
                ("AT+CLCC", if random.chance(500) { "OK" } else { "ERROR" }),
                ("AT+CPAS", "+CPAS: 4 | OK"),
                ("ATD*", "OK"),
                ("AT+CHUP", if random.chance(800) { "OK" } else { "ERROR" }),
                ("ATH", if random.chance(800) { "OK" } else { "ERROR" }),
                ("AT+CHLD=0", "OK"),
                ("AT+CHLD=1*", "OK"),
                ("AT+CHLD=2*", "OK"),
            ] {
                rig.answer(line, answer);
            }
            let mut rig = rig.connected();
            let name = format!("{profile}, seed {seed}");
            if random.chance(500) {
                rig.user("dial 0100");
                rig.run_for(Duration::from_secs(1));
            }
            whisper(&mut rig, &mut random);
            for _ in 0..8 {
                let ids: Vec<u32> = rig.modem.calls().iter().map(|call| call.id.0).collect();
                for id in ids {
                    rig.user(&format!("release {id}"));
                    rig.run_for(Duration::from_secs(5));
                }
                rig.run_for(Duration::from_secs(25));
            }
            assert_eq!(states(&rig), [], "{name}: {:#?}", rig.transcript);
            rig.begin();
            rig.user("dial 112");
            rig.run_for(Duration::from_secs(10));
            assert!(rig.written.iter().any(|line| line == "ATD112;"), "{name}");
        }
    }
}
