//! Several calls at once, as 22.030 §6.5.5.1 and 22.084 have them, and what the other sides do.

use super::desk::{Desk, check};
use deskphone::simulator::network::{CallDirection, CallStage, Diversion, ReleasedBy};
use std::time::Duration;

/// Index, stage and membership in a conference of every call.
fn calls(desk: &Desk) -> Vec<(u8, CallStage, bool)> {
    let calls = desk.modem.network().calls().iter();
    calls.map(|call| (call.index, call.stage, call.multiparty)).collect()
}

/// A desk with a conference of so many others.
fn conference(members: u8) -> Desk {
    let mut desk = check("generic", "> AT+CMEE=1;+CCWA=1,1\n< OK");
    for member in 0..members {
        assert_eq!(desk.ask("ATD+15550100;"), ["OK"], "member {member}");
        desk.wait(Duration::from_secs(8));
        if member > 0 {
            assert_eq!(desk.ask("AT+CHLD=3"), ["OK"], "member {member}");
        }
    }
    desk
}

#[test]
fn seven_calls_are_a_full_conference_a_held_call_and_a_waiting_one() {
    let mut desk = conference(5);
    assert_eq!(desk.ask("ATD+15550107;"), ["OK"]);
    desk.wait(Duration::from_secs(8));
    assert_eq!(desk.ask("AT+CHLD=3"), ["+CME ERROR: 3"], "22.084 §1.1: five other parties");
    desk.run("net call from +15550108\n< +CCWA: \"+15550108\",145,1");
    let (active, held) = (CallStage::Active, CallStage::Held);
    let mut expected: Vec<_> = (1..=5).map(|index| (index, held, true)).collect();
    expected.extend([(6, active, false), (7, CallStage::Waiting, false)]);
    assert_eq!(calls(&desk), expected);
    // The waiting caller hears busy: no room for a second held set.
    assert_eq!(desk.ask("AT+CHLD=2"), ["+CME ERROR: 3"]);
    assert_eq!(desk.ask("AT+CHLD=0"), ["OK"]);
    assert_eq!(desk.modem.network().call_log().back().unwrap().cause, 17);
    assert_eq!(desk.ask("AT+CHLD=2"), ["OK"]);
    let mut swapped: Vec<_> = (1..=5).map(|index| (index, active, true)).collect();
    swapped.push((6, held, false));
    assert_eq!(calls(&desk), swapped);
    assert_eq!(desk.ask("AT+CHLD=23"), ["+CME ERROR: 3"], "no room for the others");
    assert_eq!(desk.ask("AT+CHLD=0"), ["OK"], "the held call ends");
    assert_eq!(desk.ask("AT+CHLD=23"), ["OK"], "private talk with the third");
    let private: Vec<_> =
        (1..=5).map(|i| if i == 3 { (i, active, false) } else { (i, held, true) }).collect();
    assert_eq!(calls(&desk), private);
    assert_eq!(desk.ask("AT+CHLD=1"), ["OK"], "it ends, the others are talked to");
    assert_eq!(calls(&desk).len(), 4);
    assert!(calls(&desk).iter().all(|call| call.1 == active && call.2));
    assert_eq!(desk.ask("ATH"), ["OK"]);
    assert!(calls(&desk).is_empty());
}

#[test]
fn one_waits_one_is_held_and_each_chld_does_what_it_says() {
    let mut desk = conference(1);
    assert_eq!(desk.ask("AT+CHLD=3"), ["+CME ERROR: 3"]);
    assert_eq!(desk.ask("AT+CHLD=4"), ["+CME ERROR: 3"]);
    assert_eq!(desk.ask("AT+CHLD=5"), ["+CME ERROR: 50"], "not offered");
    assert_eq!(desk.ask("AT+CHLD=13"), ["+CME ERROR: 3"], "no such call");
    desk.run("net call from withheld\n< +CCWA: \"\",128,1,,1");
    assert_eq!(desk.ask("AT+CHLD=1"), ["OK"], "the active one ends, the waiting one is taken");
    assert_eq!(calls(&desk), [(2, CallStage::Active, false)]);
    assert_eq!(desk.ask("AT+CHLD=2"), ["OK"]);
    assert_eq!(desk.ask("ATD+15550102;"), ["OK"], "with a held call");
    desk.wait(Duration::from_secs(2));
    let alerting = [(1, CallStage::Alerting, false), (2, CallStage::Held, false)];
    assert_eq!(calls(&desk), alerting);
    assert_eq!(desk.ask("ATD+15550100;"), ["+CME ERROR: 3"], "one is being set up");
    assert_eq!(desk.ask("AT+CHLD=2"), ["+CME ERROR: 3"], "the line is taken by it");
    assert_eq!(desk.ask("AT+CHLD=4"), ["OK"], "22.091: the other one may be alerting");
    assert!(calls(&desk).is_empty());
    let clara = Some("+15550102".to_owned());
    assert_eq!(desk.modem.network().transferred_calls().back(), Some(&[None, clara]));
    desk.run("wait 1\n> AT+CHLD=?\n< +CHLD: (0,1,1x,2,2x,3,4)\n< OK");
}

#[test]
fn a_ringing_call_can_be_deflected_and_the_modem_says_that_it_was() {
    let mut desk = check(
        "generic",
        "> AT+CMEE=1;+CSSN=1,1
         < OK
         > AT+CTFR=+15550107
         < +CME ERROR: 3
         net call from +15550106
         < RING
         > AT+CTFR=nobody
         < +CME ERROR: 50
         > AT+CTFR=+15550107,145
         < OK
         < +CSSI: 8
         wait 10",
    );
    let entry = desk.modem.network().call_log().back().unwrap();
    assert_eq!((entry.released_by, entry.call.answered_at), (ReleasedBy::Program, None));
    let diverted = desk.modem.network().diverted_calls().back().unwrap();
    assert_eq!((diverted.to.as_str(), diverted.reason), ("+15550107", None));
    desk.run("net call from +15550106\n< RING");
    assert_eq!(desk.ask("AT+CHLD=4*5550107"), ["OK"], "22.030 §6.5.5.1");
    assert_eq!(desk.modem.network().diverted_calls().len(), 2);
}

#[test]
fn what_the_others_do_is_told_only_when_asked_for() {
    check(
        "generic",
        "> ATD+15550100;
         < OK
         wait 8
         net hold
         net retrieve
         > AT+CSSN=0,1
         < OK
         net hold
         < +CSSU: 2
         net hold 1
         net retrieve
         < +CSSU: 3
         net conference
         < +CSSU: 4
         net drop 34
         < NO CARRIER
         > AT+CEER
         < +CEER: 34,\"No circuit/channel available\"
         < OK
         net call from +15550106 forwarded
         < +CSSU: 0
         < RING
         > AT+CHUP
         < OK",
    );
}

#[test]
fn forwarded_calls_go_where_they_are_forwarded_to() {
    let mut desk = check(
        "generic",
        "> AT+CMEE=1;+CSSN=1,1
         < OK
         > AT+CCFC=1,2
         < +CCFC: 0,7
         < OK
         > AT+CCFC=1,1
         < +CME ERROR: 3
         > AT+CCFC=1,3,\"15550107\",145,1
         < OK
         > AT+CCFC=1,2
         < +CCFC: 1,1,\"+15550107\",145
         < OK
         > AT+CCFC=2,3,\"+15550105\",145,,,,12
         < OK
         > AT+CCFC=2,2,,,5
         < +CCFC: 1,1,\"+15550105\",145,,,15
         < +CCFC: 1,4,\"+15550105\",145,,,15
         < OK
         net call from +15550106
         < RING
         > AT+CHLD=0
         < OK
         net call from +15550108
         < RING
         wait 3.5
         wait 0.6
         < RING
         wait 4
         < RING
         wait 4
         < RING
         wait 4
         < NO CARRIER
         > ATD+15550100;
         < OK
         < +CSSI: 1
         wait 8
         > AT+CCWA=,0
         < OK
         net call from +15550103
         < +CSSU: 10
         > ATH
         < OK
         > AT+CCFC=4,4
         < OK
         > AT+CCFC=0,3,\"+15550107\",145
         < OK
         net call from +15550103
         > AT+CCFC=4,2
         < +CME ERROR: 3
         wait 20",
    );
    let went: Vec<_> = desk
        .modem
        .network()
        .diverted_calls()
        .iter()
        .map(|c| (c.reason.unwrap(), c.to.as_str()))
        .collect();
    let expected = [
        (Diversion::Busy, "+15550107"),
        (Diversion::NoReply, "+15550105"),
        (Diversion::Busy, "+15550107"),
        (Diversion::Unconditional, "+15550107"),
    ];
    assert_eq!(went, expected, "refused, unanswered, busy, always");
    desk.run("> AT+CCFC=0,0\n< OK\n> AT+CCFC=0,2\n< +CCFC: 0,1,\"+15550107\",145\n< +CCFC: 0,2,\"+15550107\",145\n< +CCFC: 0,4,\"+15550107\",145\n< OK");
}

#[test]
fn barred_calls_do_not_get_through_either_way() {
    let desk = check(
        "generic",
        "> AT+CMEE=1;+CSSN=1,1
         < OK
         > AT+CLCK=\"AO\",2
         < +CLCK: 0,7
         < OK
         > AT+CLCK=\"AO\",1,\"1111\",1
         < +CME ERROR: 16
         > AT+CLCK=\"AO\",1,\"0000\",1
         < OK
         > AT+CLCK=\"AO\",2
         < +CLCK: 1,1
         < OK
         > ATD+15550100;
         < OK
         < +CSSI: 5
         wait 1
         < NO CARRIER
         > AT+CEER
         < +CEER: 29,\"Facility rejected\"
         < OK
         > ATD112;
         < OK
         wait 2
         > ATH
         < OK
         > AT+CPWD=\"AB\",\"0000\",\"4711\"
         < OK
         > AT+CLCK=\"OI\",1,\"4711\"
         < OK
         > AT+CLCK=\"AO\",2
         < +CLCK: 0,7
         < OK
         > ATD+4930123456;
         < OK
         < +CSSI: 5
         wait 1
         < NO CARRIER
         > AT+CLCK=\"AI\",1,\"4711\"
         < OK
         net call from +15550106
         wait 10
         > AT+CLCK=\"AB\",0,\"4711\"
         < OK
         net call from +15550106
         < RING
         > ATH
         < OK",
    );
    let log = desk.modem.network().call_log();
    let came = log.iter().filter(|entry| entry.call.direction == CallDirection::MobileTerminated);
    assert_eq!(came.count(), 1);
}

#[test]
fn the_own_number_is_hidden_as_the_call_or_the_setting_says() {
    // 27.007 §6.2, §7.7; 22.081 §3: I invokes the restriction, i suppresses it.
    let hidden = |clir: &str, dial: &str| {
        let mut desk = check("generic", &format!("> AT+CLIR={clir}\n< OK"));
        desk.run(&format!("> ATD{dial};\n< OK"));
        desk.modem.network().calls()[0].hidden
    };
    assert!(hidden("0", "+15550100I") && !hidden("0", "+15550100i") && !hidden("0", "+15550100"));
    assert!(hidden("1", "+15550100") && !hidden("1", "+15550100i"));
    assert!(hidden("0", "#31#+15550100") && !hidden("1", "*31#+15550100"));
    check("generic", "net clir 3\n> AT+CLIR?\n< +CLIR: 0,3\n< OK\n> AT+CLIR=3\n< ERROR");
}

#[test]
fn a_subscription_or_network_without_voice_fails_calls_at_once() {
    let mut desk = check(
        "quectel",
        "net voice off
         net call from +15550106
         > AT+CIREG=1
         < OK
         > ATD+15550100;
         < OK
         wait 1
         < NO CARRIER
         > AT+CEER
         < +CEER: 5,57
         < OK
         net voice on
         net ims off
         < +CIREGU: 0
         > AT+CIREG?
         < +CIREG: 1,0
         < OK
         > ATD+15550105;
         < OK
         wait 3",
    );
    assert_eq!(desk.modem.network().calls().len(), 1, "by falling back to an older network");
    desk.run(
        "> ATH
         < OK
         net fallback off
         net call from +15550106
         > ATD+15550105;
         < OK
         wait 1
         < NO CARRIER
         net dial fails 47 for 1
         net ims on
         < +CIREGU: 1
         > ATD+15550105;
         < OK
         wait 1
         < NO CARRIER
         > AT+CEER
         < +CEER: 5,47
         < OK
         > ATD+15550105;
         < OK
         wait 3",
    );
}
