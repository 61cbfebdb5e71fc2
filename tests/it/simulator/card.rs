//! The SIM: codes and their tries, its phonebook, its files, emergencies without it.

use super::desk::{Desk, check};

#[test]
fn each_maker_counts_the_tries_in_its_own_way() {
    let mut desk = check(
        "locked",
        "> AT+CMEE=1;+CPINR
         < +CPINR: SIM PIN,3,3
         < +CPINR: SIM PUK,10,10
         < +CPINR: SIM PIN2,3,3
         < +CPINR: SIM PUK2,10,10
         < OK
         > AT+CPIN=\"9999\"
         < +CME ERROR: 16
         > AT+CPINR=\"SIM PIN\"
         < +CPINR: SIM PIN,2,3
         < OK
         > AT+SPIC
         < ERROR",
    );
    for _ in 0..2 {
        assert_eq!(desk.ask("AT+CPIN=\"9999\""), ["+CME ERROR: 16"]);
    }
    for left in (0..10).rev() {
        assert_eq!(desk.ask("AT+CPIN=\"00000000\",\"1234\""), ["+CME ERROR: 16"]);
        let line = format!("+CPINR: SIM PUK,{left},10");
        assert_eq!(desk.ask("AT+CPINR=\"SIM PUK\""), [line, "OK".into()]);
    }
    assert_eq!(desk.ask("AT+CPIN?"), ["+CME ERROR: 13"], "blocked for ever");
}

#[test]
fn fixed_dialing_needs_pin2_and_lets_only_its_numbers_through() {
    check(
        "generic",
        "> AT+CMEE=1;+CLCK=\"FD\",1,\"1234\"
         < +CME ERROR: 16
         > AT+CLCK=\"FD\",1,\"5678\"
         < OK
         > ATD+15550101;
         < +CME ERROR: 56
         > ATD112;
         < OK
         wait 2
         > ATH
         < OK
         > ATD+15550100;
         < OK
         > ATH
         < OK
         > AT+CPWD=\"P2\",\"5678\",\"8765\"
         < OK
         > AT+CLCK=\"FD\",0,\"8765\";+CLCK=\"FD\",2
         < +CLCK: 0
         < OK
         > AT+CPWD=\"SC\",\"1234\",\"4321\"
         < +CME ERROR: 3",
    );
}

#[test]
fn the_phonebook_is_written_read_searched_and_emptied() {
    let mut desk = check(
        "generic",
        "> AT+CMEE=1;+CPBS?
         < +CPBS: \"SM\",10,250
         < OK
         > AT+CPBW=?
         < +CPBW: (1-250),40,(129,145,161),24
         < OK
         > AT+CPBW=,\"4930123456\",145,\"Zoe\"
         < OK
         > AT+CPBR=11
         < +CPBR: 11,\"+4930123456\",145,\"Zoe\"
         < OK
         > AT+CPBF=\"zo\"
         < +CPBF: 11,\"+4930123456\",145,\"Zoe\"
         < OK
         > AT+CPBF=\"Xa\"
         < +CME ERROR: 22
         > AT+CSCS=\"UCS2\"
         < OK
         > AT+CPBW=200,\"5550107\",129,\"0415043204300020042F\"
         < OK
         > AT+CPBR=190,210
         < +CPBR: 200,\"5550107\",129,\"0415043204300020042F\"
         < OK
         > AT+CSCS=\"00470053004D\"
         < OK
         > AT+CPBW=11
         < OK
         > AT+CPBR=11
         < OK
         > AT+CPBW=251,\"1\"
         < +CME ERROR: 21
         > AT+CPBW=3,\"12\",129,\"A name that is too long for it\"
         < +CME ERROR: 24
         > AT+CPBW=3,\"12345678901234567890123456789012345678901\"
         < +CME ERROR: 26
         > AT+CPBW=3,\"Zoe\"
         < +CME ERROR: 27
         > AT+CPBS=\"EN\"
         < OK
         > AT+CPBR=1,5
         < +CPBR: 1,\"112\",129,\"\"
         < +CPBR: 2,\"911\",129,\"\"
         < +CPBR: 3,\"117\",129,\"Test emergency\"
         < OK
         > AT+CPBW=1
         < +CME ERROR: 3
         > AT+CPBS=\"ZZ\"
         < +CME ERROR: 3
         > AT+CPBS=\"SM\"
         < OK",
    );
    for _ in 0..239 {
        assert_eq!(desk.ask("AT+CPBW=,\"1\",129,\"x\""), ["OK"]);
    }
    assert_eq!(desk.ask("AT+CPBW=,\"1\",129,\"x\""), ["+CME ERROR: 20"], "full");
    desk.run("> ATD+15550100;\n< OK\n> ATH\n< OK\n> AT+CPBS=\"LD\";+CPBR=1\n< +CPBR: 1,\"+15550100\",145,\"\"\n< OK");
}

#[test]
fn emergency_numbers_are_in_the_sims_file_and_dialable_without_it() {
    // 51.011 §10.3.27: three octets each, digits swapped, filled with F.
    let mut desk = check(
        "generic",
        "> AT+CMEE=1;+CRSM=176,28599,0,0,15
         < +CRSM: 144,0,\"11F2FF19F1FF11F7FFFFFFFFFFFFFF\"
         < OK
         > AT+CRSM=178,28599,1,4,4
         < +CRSM: 148,8,\"\"
         < OK
         > AT+CSVM?
         < +CSVM: 1,\"+15550195\",145
         < OK
         > ATD+15550195;
         < OK
         wait 3
         > AT+CLCC
         < +CLCC: 1,0,0,0,0,\"+15550195\",145
         < OK
         > ATH
         < OK
         net sim absent
         > ATD5550100;
         < +CME ERROR: 10
         > ATD117;
         < +CME ERROR: 10
         > ATD118;
         < OK
         wait 2
         > ATH
         < OK
         net sim locked
         > ATD117;
         < OK
         > ATH
         < OK
         net sim ready
         wait 2
         net registration emergency-only
         > ATD911;
         < OK
         > ATH
         < OK
         > ATD5550100;
         < +CME ERROR: 32",
    );
    desk.run("net registration home\nnet network lost for 5\n> ATD112;\n< +CME ERROR: 30");
    let mut usim = Desk::new("quectel");
    let records =
        ["+CRSM: 144,0,\"11F2FF01\"", "+CRSM: 144,0,\"19F1FF01\"", "+CRSM: 144,0,\"11F7FF01\""];
    for (place, record) in (1..).zip(records) {
        assert_eq!(usim.ask(&format!("AT+CRSM=178,28599,{place},4,4")), [record, "OK"]);
    }
}

#[test]
fn service_codes_come_in_every_form_and_the_network_may_speak_first() {
    let mut desk = check(
        "generic",
        "> AT+CUSD=1
         < OK
         net ussd form ucs2
         net ussd notify Hi
         < +CUSD: 0,\"00480069\",72
         net ussd form octets
         net ussd notify Hi
         < +CUSD: 0,\"4869\",68
         net ussd form packed dcs 17
         net ussd notify Hi
         < +CUSD: 0,\"C834\",17
         net ussd form plain
         net ussd menu *123# Pick:\\n1 This #\\n2 That
         net ussd answer 1 Chosen
         > AT+CUSD=1,\"*123#\",15
         < OK
         < +CUSD: 1,\"Pick:
         < 1 This #
         < 2 That\",15
         > AT+CUSD=1,\"1\",15
         < OK
         < +CUSD: 0,\"Chosen\",15
         net ussd ask Rate us
         < +CUSD: 1,\"Rate us\",15
         wait 59
         wait 2
         < +CUSD: 5
         net ussd end
         < +CUSD: 2
         net ussd elsewhere
         < +CUSD: 3",
    );
    // Packed "Hi" by hand (23.038 §6.1.2.1): 0x48 | 0x69 << 7.
    assert_eq!(0x48u32 | 0x69 << 7, 0x34C8);
    desk.run("> AT+CUSD=1,\"*101#\"\n< OK\nwait 2\n<~ +CUSD: 1\n<~ 1\n<~ 2\n<~ 0\n> AT+CUSD=2\n< OK\nwait 70");
}
