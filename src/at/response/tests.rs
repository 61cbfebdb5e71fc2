//! Lines as the specifications' examples and the makers' manuals have them.

use super::*;

#[test]
fn a_prefix_is_compared_whole() {
    assert_eq!(after("+CSQ: 17,99", "+CSQ"), Some("17,99"));
    assert_eq!(after(" +csq:17,99 ", "+CSQ"), Some("17,99"));
    assert_eq!(after("+CSQX: 17", "+CSQ"), None);
    assert_eq!(after("+CSQ 17", "+CSQ"), None);
    assert_eq!(after("ÄÖ", "+C"), None, "no cut within a character");
}

#[test]
fn a_call_is_read_with_all_its_parameters_and_with_the_least() {
    let call = clcc::parse("+CLCC: 1,0,3,0,0,\"+4930123456\",145,\"Alice\",,0").unwrap();
    assert_eq!(call.direction, clcc::CallDirection::MobileOriginated);
    assert_eq!(call.status, clcc::CallStatus::Alerting);
    assert_eq!(call.number.as_deref(), Some("+4930123456"));
    assert_eq!((call.type_of_number, call.cli_validity), (Some(145), Some(0)));
    assert_eq!(call.name.as_deref(), Some("Alice"));
    let call = clcc::parse("+CLCC: 2,1,4,0,1").unwrap();
    assert_eq!((call.index, call.number.clone(), call.multiparty), (2, None, true));
    // LTE modems list their data bearer; SIMCom ends a call with 6.
    assert!(!clcc::parse("+CLCC: 1,1,0,1,0,\"\",128").unwrap().is_voice());
    let ended = clcc::parse("+CLCC: 1,0,6,0,0,\"10086\",129").unwrap();
    assert_eq!(ended.status, clcc::CallStatus::Released);
    for bad in ["+CLCC: (0-1)", "+CLCC:", "+CLCC: 1,7,0", "+CLCC: 1,0,99,0,0", "+CLCC: 300,0,0,0,0"]
    {
        assert_eq!(clcc::parse(bad), None, "{bad}");
    }
}

#[test]
fn registration_is_read_in_its_two_forms() {
    let report = creg::parse("+CREG: 2,1,\"CE00\",\"01CEAD8F\",7").unwrap();
    assert_eq!((report.n, report.stat), (Some(2), 1));
    assert_eq!((report.area_code, report.cell_id), (Some(0xCE00), Some(0x01CE_AD8F)));
    assert_eq!(report.access_technology, Some(7));
    let report = creg::parse("+CREG: 5,\"0502\",\"0404736D\",2").unwrap();
    assert_eq!((report.n, report.stat, report.access_technology), (None, 5, Some(2)));
    assert_eq!(creg::parse("+CREG: 0,1").map(|r| (r.n, r.stat)), Some((Some(0), 1)));
    assert_eq!(creg::parse("+CREG: 1").map(|r| (r.n, r.stat)), Some((None, 1)));
    // at-messages-parser, a Huawei modem without service.
    assert_eq!(creg::parse("+CREG: 2,00,0").map(|r| (r.n, r.stat)), Some((None, 2)));
    assert_eq!(creg::parse("+CREG: 2,01,\"00C3\"").map(|r| (r.n, r.stat)), Some((Some(2), 1)));
    assert_eq!(creg::parse("+CEREG: 4").map(|r| r.kind), Some(creg::RegistrationKind::Cereg));
    for bad in ["+CREG:", "+CREG: (0-2)", "+CREG: x", "+CGREGX: 1"] {
        assert_eq!(creg::parse(bad), None, "{bad}");
    }
}

#[test]
fn the_operator_is_read_with_and_without_registration() {
    let current = cops::parse("+COPS: 0,0,\"vodafone ES\",7").unwrap();
    assert_eq!(current.operator.as_deref(), Some("vodafone ES"));
    assert_eq!((current.format, current.access_technology), (Some(0), Some(7)));
    let none = cops::parse("+COPS: 0").unwrap();
    assert_eq!((none.mode, none.operator, none.access_technology), (0, None, None));
    let hex = cops::parse("+COPS: 0,0,\"004D006F007600690073007400610072\"").unwrap();
    assert_eq!(hex.operator.as_deref(), Some("Movistar"));
    let number = cops::parse("+COPS: 0,2,\"21401\",2").unwrap();
    assert_eq!(number.operator.as_deref(), Some("21401"));
}

#[test]
fn the_list_of_iridium_is_one_operator() {
    let line = "+COPS:(002),\"IRIDIUM\",\"IRIDIUM\",\"90103\",,(000-001),(000-002)";
    let list = cops::parse_list([line]);
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].availability, cops::Availability::Current);
    assert_eq!(list[0].numeric.as_deref(), Some("90103"));
    assert!(cops::parse_list(["+COPS: (0,1,2,3),(1,2,3,4)", "OK"]).is_empty());
}

#[test]
fn signal_is_read_and_nonsense_is_unknown() {
    let csq = |line| csq::parse(line).map(|csq| (csq.rssi, csq.bit_error_rate));
    assert_eq!(csq("+CSQ: 17,99"), Some((Some(17), None)));
    assert_eq!(csq("+CSQ: 99,99"), Some((None, None)));
    assert_eq!(csq("+CSQ: 31,0"), Some((Some(31), Some(0))));
    assert_eq!(csq("+CSQ: 123,456"), Some((Some(10), None)));
    assert_eq!(csq("+CSQ: 255"), Some((None, None)));
    assert_eq!(csq("+CSQ: (0-31,99),(0-7,99)"), None);
    // 27.007 §8.69: RSRP 80 is −61 dBm and below −60; RSCP 95 −26; RXLEV 10 −101.
    let level = |line| cesq::parse(line).and_then(|cesq| cesq.level_dbm());
    assert_eq!(level("+CESQ: 99,99,255,255,20,80"), Some(-61));
    assert_eq!(level("+CESQ: 99,99,95,40,255,255"), Some(-26));
    assert_eq!(level("+CESQ: 10,6,255,255,255,255"), Some(-101));
    assert_eq!(level("+CESQ: 99,99,255,255,255,255"), None);
}

#[test]
fn the_sim_says_what_it_waits_for() {
    use cpin::PinState::*;
    assert_eq!(cpin::parse("+CPIN: READY"), Some(Ready));
    assert_eq!(cpin::parse("+CPIN:\"SIM PIN\""), Some(SimPin));
    assert_eq!(cpin::parse("+CPIN: SIM PUK"), Some(SimPuk));
    // A module for satellite phones, HTDM1310E.
    assert_eq!(cpin::parse("+CPIN: READY, left times = 3"), Some(Ready));
    assert_eq!(cpin::parse("+CPIN: SIM PIN, left times = 3"), Some(SimPin));
    assert_eq!(cpin::parse("+CPIN: PH-NET PIN"), Some(Other("PH-NET PIN".to_owned())));
    assert_eq!(cpin::parse("+CPIN: NOT INSERTED"), Some(NotReady));
    assert_eq!(cpin::parse("+CPIN:"), None);
    let long = format!("+CPIN: {}", "long ".repeat(100));
    let Some(Other(word)) = cpin::parse(&long) else { panic!("another lock") };
    assert!(word.len() <= 40);
}

#[test]
fn tries_of_the_pin_are_read_in_every_makers_way() {
    let read = |lines: &[&str]| {
        let retries = pin_retries::parse(lines.iter().copied()).unwrap();
        (retries.pin, retries.puk, retries.pin2, retries.puk2)
    };
    let all = (Some(3), Some(10), Some(2), Some(9));
    assert_eq!(read(&["^CPIN: SIM PIN,3,10,3,9,2"]), all, "Huawei");
    assert_eq!(read(&["+SPIC: 3,10,2,9"]), all, "SIM7600");
    assert_eq!(read(&["+SPIC: 3,2,10,9"]), all, "SIM800");
    assert_eq!(read(&["+UPINCNT: 3,2,10,9"]), all, "u-blox");
    assert_eq!(read(&["+QPINC: \"SC\",3,10", "+QPINC: \"P2\",2,9"]), all, "Quectel");
    let lines = ["+CPINR: SIM PIN,3", "+CPINR: SIM PUK,10", "+CPINR: SIM PIN2,2,3"];
    assert_eq!(read(&lines), (Some(3), Some(10), Some(2), None), "27.007 §8.65");
    assert_eq!(read(&["^CPIN: READY,,10,3,10,3"]).0, Some(3), "an empty field is passed over");
    assert_eq!(pin_retries::parse(["+CPIN: READY", "OK"]), None);
    // A card gives three tries for a PIN and ten for a PUK (31.101 §9.5): 255 says nothing.
    assert_eq!(read(&["+CPINR: SIM PIN,255,3", "+CPINR: SIM PUK,10,10"]).0, None);
    assert_eq!(pin_retries::parse(["+CPINR: SIM PIN,255,3"]), None);
    assert_eq!(read(&["+SPIC: 3,10,99,11"]), (Some(3), Some(10), None, None));
}

#[test]
fn stored_messages_have_headers_of_several_kinds() {
    let header = |line| cmgr::parse(line).map(|header| (header.status, header.length));
    use cmgl::MessageStatus::*;
    assert_eq!(header("+CMGR: 1,,147"), Some((ReceivedRead, Some(147))));
    assert_eq!(header("+CMGR: 0,\"\",50"), Some((ReceivedUnread, Some(50))), "Telit");
    assert_eq!(header("+CMGR: 0,50"), Some((ReceivedUnread, Some(50))));
    let text = "+CMGR: \"REC READ\",\"+49301234\",,\"22/01/01,10:00:00+04\"";
    assert_eq!(header(text), Some((ReceivedRead, None)), "text mode");
    assert_eq!(header("+CMGR:"), None);
    let lines =
        ["noise", "+CMGL: 17,3,35", "0791", "+CMGL: 3,0,\"Al, ice\",36", "OK", "+CMGL: 4,1,,9"];
    let block = cmgl::parse_block(lines);
    let bodies: Vec<_> = block.iter().map(|m| (m.header.index, m.body.as_str())).collect();
    assert_eq!(bodies, [(17, "0791"), (3, "OK"), (4, "")]);
    assert_eq!(block[1].header.length, Some(36));
    assert_eq!(block[0].header.status, StoredSent);
}

#[test]
fn message_storages_are_read_in_all_forms() {
    let storages = cpms::parse("+CPMS: \"SM\",3,30,\"ME\",1,255,\"MT\",0,99").unwrap();
    let names: Vec<_> = storages.iter().filter_map(|s| s.memory.as_deref()).collect();
    assert_eq!(names, ["SM", "ME", "MT"]);
    assert_eq!((storages[1].used, storages[1].total), (1, 255));
    let set = cpms::parse("+CPMS: 3,30,3,30,3,30").unwrap();
    assert_eq!((set.len(), set[0].memory.as_deref(), set[0].used), (3, None, 3));
    assert_eq!(cpms::parse("+CPMS: \"SM\",3,30").map(|s| s.len()), Some(1));
    let test = |line| cpms::parse_test(line).unwrap();
    let all = vec![vec!["ME", "MT"], vec!["ME"], vec!["SM"]];
    assert_eq!(test("+CPMS: (\"ME\",\"MT\"),\"ME\",(\"SM\")"), all);
    assert_eq!(test("+CPMS:     (  \"ME\"  ,  \"MT\"  )   ,  \"ME\" ,   (  \"SM\"  )"), all);
    assert_eq!(test("+CPMS: \"ME\",\"MT\",\"SM\""), [["ME"], ["MT"], ["SM"]]);
    let none: [&[&str]; 3] = [&[], &[], &[]];
    assert_eq!(test("+CPMS: (),,(  )"), none);
    // Wavecom has one more pair of parentheses, Thuraya none.
    let wavecom = vec![vec!["SM", "BM", "SR"], vec!["SM"]];
    assert_eq!(test("+CPMS: ((\"SM\",\"BM\",\"SR\"),(\"SM\"))"), wavecom);
    assert_eq!(test("+CPMS: (\"SM\",\"ME\"),(\"SM\")"), [vec!["SM", "ME"], vec!["SM"]]);
    let row = "\"MT\",\"SM\",\"BM\",\"ME\",\"SR\"";
    let thuraya = [["MT", "SM", "BM", "ME", "SR"]; 3];
    assert_eq!(test(&format!("+CPMS: {row}, {row}, {row} ")), thuraya);
    assert_eq!(cpms::parse_test("+CPMS: \"SM\",3,30"), None);
    assert_eq!(cpms::parse("+CPMS: (\"SM\"),(\"SM\")"), None);
}

#[test]
fn ways_of_telling_of_messages_are_read() {
    let ranges = cnmi::parse("+CNMI: (0-3),(0,1),(0,2,3),(0,2),(1)").unwrap();
    assert!(ranges.mode.contains(2) && !ranges.mt.contains(2));
    assert!(ranges.ds.contains(2) && !ranges.ds.contains(1));
    assert_eq!(ranges.bfr.bounds(), Some((1, 1)));
    assert_eq!(cnmi::parse("+CNMI: (0,1,2)").unwrap().ds.bounds(), None);
}

#[test]
fn the_rest_of_the_answers() {
    assert_eq!(cmgs::parse("+CMGS: 23"), Some(cmgs::Cmgs { reference: Some(23) }));
    assert_eq!(cmgs::parse("+CMGS:"), Some(cmgs::Cmgs { reference: None }));
    assert_eq!(cmgs::parse("+CMGS: 255,\"07\"").unwrap().reference, Some(255));
    let centre = csca::parse("+CSCA: \"+491710760000\",145").unwrap();
    assert_eq!(centre.number.as_deref(), Some("+491710760000"));
    assert_eq!(csca::parse("+CSCA: \"\",129").unwrap().number, None);
    let battery = |line| cbc::parse(line).map(|cbc| (cbc.status, cbc.percent, cbc.millivolts));
    assert_eq!(battery("+CBC: 0,85"), Some((Some(0), Some(85), None)));
    assert_eq!(battery("+CBC: 0,85,4012"), Some((Some(0), Some(85), Some(4012))));
    assert_eq!(battery("+CBC: 3.950V"), Some((None, None, Some(3950))));
    assert_eq!(battery("+CBC: 3800mV"), Some((None, None, Some(3800))));
    let own = cnum::parse("+CNUM: ,\"+34600000002\",145").unwrap();
    assert_eq!((own.number.as_str(), own.name), ("+34600000002", None));
    assert_eq!(cnum::parse("+CNUM: \"\",\"\",129"), None);
    let hidden = clip::parse("+CLIP: \"\",128,,,,1").unwrap();
    assert_eq!((hidden.number, hidden.cli_validity), (None, Some(1)));
    let named = clip::parse("+CLIP: \"+49301234\",145,\"\",0,\"Alice\",0").unwrap();
    assert_eq!(named.name.as_deref(), Some("Alice"));
    assert_eq!(clip::parse("+CLIP: 1,1"), None, "the answer to AT+CLIP?");
    let waiting = ccwa::parse("+CCWA: \"+49301234\",145,1,\"Bob\",0").unwrap();
    assert_eq!((waiting.class, waiting.name.as_deref()), (Some(1), Some("Bob")));
    assert_eq!(ccwa::parse("+CCWA: 1,1"), None, "the answer to a query");
}

#[test]
fn free_text_is_read_with_and_without_its_prefix() {
    let maker = |lines: &[&str]| free_text::parse(lines.iter().copied(), "+CGMI");
    assert_eq!(maker(&["AT+CGMI", "Quectel", "OK"]).as_deref(), Some("Quectel"));
    assert_eq!(maker(&["", "+CGMI: \"huawei\""]).as_deref(), Some("huawei"));
    assert_eq!(maker(&["ATEL"]).as_deref(), Some("ATEL"), "a maker, not an echo");
    assert_eq!(maker(&["", " "]), None);
    assert_eq!(maker(&["+NITZ: 1,2", "Simcom"]).as_deref(), Some("Simcom"), "a report between");
    assert_eq!(maker(&["+GMI: Telit"]).as_deref(), Some("Telit"), "the older name");
    assert_eq!(maker(&["AT+CGMI", "Manufacturer: ZTE"]).as_deref(), Some("Manufacturer: ZTE"));
    let imei = |line| free_text::digits([line], "+CGSN", 14);
    assert_eq!(imei("+CGSN: \"490154203237518\"").as_deref(), Some("490154203237518"));
    assert_eq!(imei("IMEI 490154203237518").as_deref(), Some("490154203237518"));
    assert_eq!(imei("12345"), None);
    let lines = ["Model: X", "IMEI: 490154203237518"];
    assert_eq!(free_text::digits(lines, "+CGSN", 14).as_deref(), Some("490154203237518"));
}

#[test]
fn the_cause_of_the_end_is_found_in_every_form() {
    let cause = |line| ceer::parse(line).unwrap().cause;
    assert_eq!(cause("+CEER: 8,21,0"), Some(21), "Cinterion: call control, rejected");
    assert_eq!(ceer::parse("+CEER: 8,21,0").unwrap().location, Some(8));
    assert_eq!(cause("+CEER: Error 17"), Some(17), "Wavecom");
    assert_eq!(cause("+CEER: Cause:34"), Some(34), "SIM800");
    assert_eq!(cause("+CEER: 5,16"), Some(16), "Qualcomm");
    assert_eq!(cause("+CEER: Normal call clearing"), Some(16));
    assert_eq!(cause("+CEER: \"User busy\""), Some(17));
    assert_eq!(cause("+CEER: \"Client ended call\""), None);
    assert_eq!(cause("+CEER: \"EMM reject\",19,\"ESM failure\""), None, "no cause of a call");
    assert_eq!(cause("+CEER: NO_SUITABLE_CELLS_IN_TRACKING_AREA"), None);
    assert_eq!(cause("+CEER: 252"), None, "Wavecom's own: barred");
    assert_eq!(ceer::parse("+CEER: 252").unwrap().numbers, [252]);
    let own = |line| ceer::parse(line).unwrap().maker_cause;
    assert_eq!(own("+CEER: Error 252"), Some(252), "Wavecom: outgoing calls are barred");
    assert_eq!(own("+CEER: 9,10,0"), Some(910), "Cinterion: not among the fixed numbers");
    assert_eq!((own("+CEER: 4,10,0"), cause("+CEER: 4,10,0")), (None, None), "mobility management");
    // u-blox: kind, cause and words. Telit and Qualcomm: words. The rest as transcripts have it.
    assert_eq!(cause("+CEER: \"CC setup error\",31,\"Normal, unspecified\""), Some(31));
    assert_eq!(cause("+CEER: \"Normal call clearing\",16,\"\""), Some(16));
    assert_eq!(cause("+CEER: 0,0,5,16,normal call clearing"), Some(16));
    assert_eq!(cause("+CEER: \"16 Normal call clearing\""), Some(16));
    assert_eq!(cause("+CEER: \"0 Unknown\""), None);
    assert_eq!(cause("+CEER: 17, CM_USER_BUSY"), Some(17));
    assert_eq!(cause("+CEER: 0,NONE"), None);
    assert_eq!(cause("+CEER: User alerting, no answer"), Some(19));
    assert_eq!(cause("+CEER: Unassigned/unallocated number"), Some(1));
    assert_eq!(cause("+CEER: Operator determined barring"), Some(8));
    assert_eq!(cause("+CEER: Network out of order"), Some(38));
    assert_eq!(cause("+CEER: Release cause: CC21"), Some(21));
    assert_eq!(cause("+CEER: EMM_CAUSE_ESM_FAILURE"), None, "no cause of a call");
    let data = "+CEER: Deactivate Cause: SM34 (Service option temporarily out of order)";
    assert_eq!(cause(data), None, "no cause of a call");
    assert_eq!(cause("+CEER:"), None);
    assert_eq!(ceer::cause_name(17), Some("User busy"));
}

#[test]
fn texts_of_services_are_read_and_decoded() {
    use cusd::UssdState;
    let parse = |line: &str| cusd::parse(line).map(|cusd| (cusd.state, cusd.text(), cusd.dcs));
    let text = |text: &str| Some(text.to_owned());
    let plain = parse("+CUSD: 0,\"Balance: 5,20 EUR\",15");
    assert_eq!(plain, Some((UssdState::Done, text("Balance: 5,20 EUR"), Some(15))));
    let quoted = parse("+CUSD: 1,\"Say \"hi\", 1\n2\",15");
    assert_eq!(quoted, Some((UssdState::ReplyExpected, text("Say \"hi\", 1\n2"), Some(15))));
    assert_eq!(parse("+CUSD: 2"), Some((UssdState::Terminated, None, None)));
    assert_eq!(parse("+CUSD: 4,,"), Some((UssdState::NotSupported, text(""), None)));
    // UCS-2 as DCS 72 says; the same where it says 15.
    let hex = "04110430043B0430043D0441";
    assert_eq!(parse(&format!("+CUSD: 0,\"{hex}\",72")).unwrap().1, text("Баланс"));
    assert_eq!(parse(&format!("+CUSD: 0,\"{hex}\",15")).unwrap().1, text("Баланс"));
    // Packed septets: the example of 23.038 Annex, "hellohello" is E8329BFD4697D9EC37.
    assert_eq!(parse("+CUSD: 0,\"E8329BFD4697D9EC37\",15").unwrap().1, text("hellohello"));
    assert_eq!(parse("+CUSD: 0,\"989121234567\",15").unwrap().1, text("989121234567"));
    assert_eq!(parse("+CUSD: (0-2)"), None);
}

#[test]
fn of_two_rows_with_one_index_the_later_counts() {
    use clcc::CallStatus;
    let rows = |lines: &[&str]| {
        let rows = clcc::parse_block(lines.iter().copied());
        rows.iter().map(|row| (row.index, row.status)).collect::<Vec<_>>()
    };
    let ringing = "+CLCC: 1,0,3,0,0,\"0100\",129";
    let answered = "+CLCC: 1,0,0,0,0,\"0100\",129,\"\"";
    let gone = "+CLCC: 1,0,6,0,0,\"0100\",129,\"\"";
    let other = "+CLCC: 2,1,5,0,0,\"0200\",129";
    assert_eq!(rows(&[ringing, answered]), [(1, CallStatus::Active)]);
    assert_eq!(rows(&[ringing, other, gone]), [(2, CallStatus::Waiting)]);
    assert_eq!(rows(&[gone]), []);
}
