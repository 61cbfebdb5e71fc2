//! Lines from other people's programs, simulators, manuals and logs, and what those read from them:
//! public sources, each named as far as it names itself. They are no part of the corpus.

use super::lines;
use deskphone::at::response::clcc::{CallDirection, CallStatus};
use deskphone::at::response::*;
use deskphone::at::{FinalResult, Intermediate, Unsolicited};

/// Where it was seen, the line, what its source makes of it.
type Row<T> = (&'static str, &'static str, T);

fn each<T: PartialEq + std::fmt::Debug>(rows: &[Row<T>], read: impl Fn(&str) -> T) {
    for (origin, line, expected) in rows {
        assert_eq!(read(line), *expected, "{origin}: {line:?}");
    }
}

/// A line as the driver gets it.
fn urc(line: &str) -> Option<Unsolicited> {
    let framed = lines(line);
    assert_eq!(framed.len(), 1, "{line:?} is one line: {framed:?}");
    Unsolicited::parse(&framed[0])
}

/// `1 MT incoming 13022100000`, in whichever dialect; with what ended it.
fn call(line: &str) -> String {
    let report = match urc(line) {
        Some(Unsolicited::Call(report)) => report,
        Some(Unsolicited::Clcc(row)) => {
            let direction = Some(row.direction);
            let voice = row.is_voice();
            return words(Some(row.index), direction, Some(row.status), row.number, voice);
        }
        other => return format!("{other:?}"),
    };
    let end = match (report.cause, report.duration_s) {
        (Some(cause), _) => format!(" cause {cause}"),
        (None, Some(seconds)) => format!(" {seconds} s"),
        (None, None) => String::new(),
    };
    words(report.index, report.direction, report.status, report.number, report.voice) + &end
}

fn words(
    index: Option<u8>,
    direction: Option<CallDirection>,
    status: Option<CallStatus>,
    number: Option<String>,
    voice: bool,
) -> String {
    let direction = match direction {
        Some(CallDirection::MobileOriginated) => "MO",
        Some(CallDirection::MobileTerminated) => "MT",
        None => "?",
    };
    let index = index.map_or("-".to_owned(), |index| index.to_string());
    let status = status.map_or("?", CallStatus::word);
    let number = number.map(|number| format!(" {number}")).unwrap_or_default();
    format!("{index} {direction} {status}{number}{}", if voice { "" } else { " data" })
}

#[test]
fn makers_reports_on_calls() {
    let rows = [
        (
            "a 4G agent's tests in Go",
            "^DSCI: 1,1,4,0,13022100000,129,0",
            "1 MT incoming 13022100000",
        ),
        (
            "a 4G agent's tests in Go",
            "^DSCI: 1,1,6,0,13022100000,129,0",
            "1 MT released 13022100000",
        ),
        ("a 4G agent's tests in Go", "^DSCI: 1,1,4,1,data,129,0", "1 MT incoming data data"),
        ("h2_quectel driver", "^DSCI: 1 , 0 , 3 , 0 , 10086 , 129 , 0", "1 MO active 10086"),
        (
            "a response parser in C++",
            "^DSCI: 1,1,4,0,0,\"13693607335\",161,,,0,\"\",0",
            "1 MT incoming 13693607335",
        ),
        (
            "a TD-SCDMA module test",
            "^DSCI: 1,0,6,0,0,\"13611112222\",129,,17,128,\"\",255",
            "1 MO released 13611112222 cause 17",
        ),
        (
            "a Quectel call handler",
            "+QIND: \"ccinfo\",2,1,-1,0,0,\"+372132123\",145,\"Ilja\"",
            "2 MT released +372132123",
        ),
        (
            "ivy's tests",
            "+QIND: \"ccinfo\",4,1,4,0,0,\"0955452980\",128",
            "4 MT incoming 0955452980",
        ),
        (
            "a Sony Ericsson dialer",
            "*ECAV: 1,1,1,,,\"33660223101\",145",
            "1 MO dialing 33660223101",
        ),
        ("a Sony Ericsson dialer", "*ECAV: 1,0,1,08,016", "1 ? released cause 16"),
        ("hfp_parse_ecav of a channel driver", "*ECAV: 1,7,1", "1 ? released cause 17"),
        ("ST-Ericsson AT white-box tests", "*ECAV: 0,3,1,,", "- ? active"),
        ("a SARA phone's tests", "+UCALLSTAT: 1, 7", "1 ? active"),
        ("a SARA phone's tests", "+UCALLSTAT: 1,6,1", "1 ? released"),
        ("iOS baseband simulator", "+XCALLSTAT: 2,3", "2 ? alerting"),
        ("iOS baseband simulator", "+XCALLSTAT: 2,6", "2 ? released"),
        ("Telit adapter's tests", "#ECAM: 0,7,1,,,", "- ? released cause 17"),
        ("Telit adapter's tests", "#ECAM: 0,8,1,,,", "- ? active"),
        ("an alarm dialer", "^CEND: 1,9,67,16", "1 ? released cause 16"),
        ("a driver for HSPA sticks", "^CEND:1,0,255,255", "1 ? released 0 s"),
        ("an EVDO module test", "^CEND:1,82,29", "1 ? released 82 s"),
        ("notes on a data call", "^ORIG: 1,2", "1 MO dialing data"),
        // The SIM5x15 manual and py_sim7600: hours, minutes, seconds.
        ("py_sim7600 tests", "VOICE CALL:END: 000017", "- ? released 17 s"),
        ("SIM7600 manual, ATH", "VOICE CALL: END: 000211", "- ? released 131 s"),
        ("SIM7600 manual, ATH", "VOICE CALL:END:010000", "- ? released 3600 s"),
        ("a count of seconds is no such time", "VOICE CALL: END: 000060", "- ? released 60 s"),
    ];
    each(&rows.map(|(origin, line, says)| (origin, line, says.to_owned())), call);
}

#[test]
fn rows_of_the_list_of_calls() {
    let rows = [
        ("py_sim7600 tests", "+CLCC: 1,0,0,0,0,\"10011\",129,\"sm\"", "1 MO active 10011"),
        ("py_sim7600 tests", "+CLCC: 1,1,4,0,0", "1 MT incoming"),
        (
            "Android ATResponseParserTest",
            "+CLCC: 1,0,2,0,0,\"+18005551212,145",
            "1 MO dialing +18005551212",
        ),
        ("Android Cuttlefish modem tests", "+CLCC: 2,0,1,0,0,222,129", "2 MO held 222"),
        ("GSMTC35 tests", "+CLCC: 1,1,5,0,0,\"+33601020304\",145", "1 MT waiting +33601020304"),
        ("GSMTC35 tests", "+CLCC: INVALID_LIST,A,B,C,D", "None"),
        ("cellular call tests", "+CLCC: 1,1,0,1,0,\"\",128", "1 MT active data"),
        ("cellular call tests", "+CLCC: 3,1,9,0,0", "None"),
        ("cellular call tests", "+CLCC: 3,9,4,0,0", "None"),
        ("a minicom log", "+CLCC: 4,1,6,0,0,\"08020866256\",128", "4 MT released 08020866256"),
        (
            "a modem in lower case",
            "+clcc: 1,1,4,0,0,\"12025550123\",145",
            "1 MT incoming 12025550123",
        ),
    ];
    each(&rows.map(|(origin, line, says)| (origin, line, says.to_owned())), call);
    // ST-Ericsson AT white-box tests: alpha and priority are empty, the validity is not.
    let told = |line| clcc::parse(line).and_then(|row| row.cli_validity);
    assert_eq!(told("+CLCC: 1,0,0,0,0,\"+4646143000\",145,,,0"), Some(0));
    assert_eq!(told("+CLCC: 2,1,4,0,0,\"046143099\",129,,,1"), Some(1));
}

#[test]
fn who_calls_and_what_is_a_setting() {
    let number = |line: &str| match urc(line) {
        Some(Unsolicited::Clip(clip)) => clip.number.or(Some("withheld".to_owned())),
        Some(Unsolicited::Ccwa(ccwa)) => ccwa.number.or(Some("withheld".to_owned())),
        Some(other) => Some(format!("{other:?}")),
        None => None,
    };
    let rows = [
        ("caller_id tests", "+CLIP:\"2345640362\",129", Some("2345640362")),
        ("caller_id tests", "+CLIP: \"\",128,,,,1", Some("withheld")),
        ("a SIM7600 reader", "+CLIP: +79991234567,4,0,0,\"\",0", Some("+79991234567")),
        ("URC tests in C", "+CLIP: \"+420777123456\",145,\"\",,\"TEL1\",0", Some("+420777123456")),
        ("a modem in lower case", "+clip: \"12025550123\",145", Some("12025550123")),
        ("TelephoneWarp", "+CCWA: \"88888\",161,1,,0,\"\",0", Some("88888")),
        // Answers to `AT+CLIP?`, right and wrong ones: nobody calls.
        ("MuditaOS, Response CLIP", "+CLIP: 1,1", None),
        ("MuditaOS, Response CLIP", "+CLIP: 1,99", None),
        ("MuditaOS, Response CLIP", "+CLIP: 77,1", None),
        ("MuditaOS, Response CLIP", "+CLIP: 1,1,3", None),
        ("MuditaOS, Response CLIP", "+CLIP: 0", None),
        ("MuditaOS, Response CCWA", "+CCWA: 0,255", None),
    ];
    each(&rows.map(|(origin, line, says)| (origin, line, says.map(str::to_owned))), number);
    // The answer to `AT+COLP?` is nobody who answered.
    assert_eq!(Intermediate::parse("+COLP: 0,1"), None);
    let answered = Intermediate::parse("+COLP: \"18127870064\",129,\"\",0,\"\"");
    assert_eq!(answered, Some(Intermediate::ConnectedNumber("18127870064".to_owned())));
    for (line, code) in [("+CSSU: 2,,\"+4612345678\",145", 2), ("+CSSU: 4,1,\"+37499123456\"", 4)] {
        assert_eq!(urc(line), Some(Unsolicited::Cssu(code)), "{line}");
    }
    assert_eq!(urc("+CSSI: 4,3"), Some(Unsolicited::Cssi(4)));
}

#[test]
fn why_a_call_ended() {
    let rows = [
        ("Go voice tests", "+CEER: Operator determined barring", Some(8)),
        ("Go voice tests", "+CEER: Unassigned/unallocated number", Some(1)),
        ("Go voice tests", "+CEER: User alerting, no answer", Some(19)),
        ("Go voice tests", "+CEER: Unknown vendor reason", None),
        ("a MediaTek simulator", "+CEER: 17, CM_USER_BUSY", Some(17)),
        ("iOS baseband simulator", "+CEER: CC,16", Some(16)),
        ("SIM800 example", "+CEER: Cause:18", Some(18)),
        ("an AT command list", "+CEER: 0,0,5,16,normal call clearing", Some(16)),
        ("A7672 field notes", "+CEER: \"0 Unknown\"", None),
        ("FM350 notes", "+CEER: 0,NONE", None),
        // Quectel's way to say that there is none: it is not cause 1, a number that nobody has.
        ("QDC507 tests", "+CEER: 0,-1", None),
        ("a call page in C#", "+CEER: 0,25", Some(25)),
        ("a tester's table", "+CEER: No cause information available", None),
        ("atcmd tests", "+CEER: EMM cause 33, requested service option not subscribed", None),
        ("a tracker's manual", "+CEER: EMM_CAUSE_ESM_FAILURE", None),
    ];
    each(&rows, |line| ceer::parse(line).expect("a report").cause);
}

#[test]
fn results_with_numbers_words_or_both() {
    let cms = |line: &str| match FinalResult::parse(line) {
        Some(FinalResult::CmsError(error)) => error.number,
        Some(FinalResult::CmeError(error)) => error.number.map(|number| number + 10_000),
        _ => None,
    };
    let rows = [
        ("MessagingToolkit tests", "CMS ERROR: 321 Invalid message index", Some(321)),
        ("MessagingToolkit tests", "+CMS ERROR: 321 Invalid message index", Some(321)),
        ("u-blox MDM tests", "+CMS ERROR: invalid memory index", Some(321)),
        ("line classifier tests", "+CMS ERROR:  42 ", Some(42)),
        ("a terminal's firmware", "+CME ERROR:50", Some(10_050)),
        ("line classifier tests", "+CME ERROR: SIM not inserted", Some(10_010)),
        // A number has an end: this is none of 27.007's.
        ("a word that begins with a digit", "+CME ERROR: 3GPP failure", None),
    ];
    each(&rows, cms);
}

#[test]
fn what_the_sim_says() {
    use cpin::PinState::*;
    let rows = [
        ("Android Cuttlefish modem tests", "+CPIN: ABSENT", Some(NotReady)),
        ("openLuat AT server", "+CPIN: SIM not inserted", Some(NotReady)),
        ("lwcell, UniSoc answers", "+CPIN: SIM NOT INSERTED", Some(NotReady)),
        ("a Neoway N58 profile", "+CPIN: NO SIM", Some(NotReady)),
        ("ML307 handler", "+CPIN: SIM REMOVED", Some(NotReady)),
        ("AtCpin URC tests", "+CPIN: NOT INSERTED", Some(NotReady)),
        ("a GSM library", "+CPIN: SIM FAILURE", Some(Failure)),
        ("Android emulator", "+CPIN: RESTRICTED", Some(Other("RESTRICTED".to_owned()))),
        ("HeboTech.ATLib tests", "+CPIN: SIM PIN2", Some(SimPin2)),
    ];
    each(&rows, cpin::parse);
    let tries = |line: &str| {
        let told = pin_retries::parse([line]).unwrap_or_default();
        [told.pin, told.puk, told.pin2, told.puk2]
    };
    let rows = [
        (
            "at-messages-parser",
            "^CPIN: SIM PIN,3,10,3,10,3",
            [Some(3), Some(10), Some(3), Some(10)],
        ),
        ("at-messages-parser", "^CPIN: READY,,10,3,10,3", [Some(3), Some(10), Some(3), Some(10)]),
        ("a PIN reader for Huawei", "^CPIN: SIM PIN,3", [Some(3), None, None, None]),
        ("a PIN reader for Huawei", "^CPIN: SIM PUK,9", [None, Some(9), None, None]),
        ("py_sim7600 tests", "+SPIC: 3,10,0,10", [Some(3), Some(10), Some(0), Some(10)]),
        ("Android Cuttlefish modem tests", "+SPIC: 1", [Some(1), None, None, None]),
        ("Android Cuttlefish modem tests", "+CPINR: \"SIM PIN\",2,3", [Some(2), None, None, None]),
        ("a router's SIM page", "+CPINR: SIM PUK, 10,10", [None, Some(10), None, None]),
        ("BG95ESP32", "+QPINC: \"P2\",3,4", [None, None, Some(3), Some(4)]),
        ("Siemens x55 plugin of gsmd", "^SPIC: 3,10", [Some(3), None, None, None]),
    ];
    each(&rows, tries);
}

#[test]
fn registration_in_every_spelling() {
    let told = |line: &str| match urc(line) {
        Some(Unsolicited::Registration(report)) => {
            Some((report.stat, report.area_code, report.cell_id, report.access_technology))
        }
        _ => None,
    };
    let rows = [
        ("Android ATResponseParserTest", "+CREG: 0, 1,", Some((1, None, None, None))),
        ("modems of ZTE", "+CREG:1,1", Some((1, None, None, None))),
        ("a modem in lower case", "+creg: 5", Some((5, None, None, None))),
        (
            "gammu, at-creg/huawei",
            "+CREG: 2,1,4CA,81DE445",
            Some((1, Some(0x4CA), Some(0x81D_E445), None)),
        ),
        (
            "gammu, at-creg/telit",
            "+CREG: 0,1,\"5E25\",\"605F\",2",
            Some((1, Some(0x5E25), Some(0x605F), Some(2))),
        ),
        (
            "iOS baseband simulator",
            "+CREG: 1,1ABF,53F1",
            Some((1, Some(0x1ABF), Some(0x53F1), None)),
        ),
        (
            "callstack's tests",
            "+CEREG: 2, 1, \"ABCD\", \"12345678\", 7, ,",
            Some((1, Some(0xABCD), Some(0x1234_5678), Some(7))),
        ),
        (
            "nRF lte_lc tests",
            "+CEREG: 5,\"0A0B\",\"01020304\",9,0,0,\"11100000\",\"00011111\"",
            Some((5, Some(0x0A0B), Some(0x0102_0304), Some(9))),
        ),
        (
            "a MicroPython driver",
            "+CEREG: 4,5,\"C350\",\"0001766A\",9,\"00\",,,\"00000001\",\"00001100\"",
            Some((5, Some(0xC350), Some(0x1766A), Some(9))),
        ),
        (
            "ubxlib, LARA-R6",
            "+CEREG: 4,5,,,,,,,\"00000000\",\"01100000\"",
            Some((5, None, None, None)),
        ),
        (
            "a modem log",
            "+CEREG: 11,\"7010\",\"06b80a01\",7",
            Some((11, Some(0x7010), Some(0x06B8_0A01), Some(7))),
        ),
        (
            "a registration log",
            "+CEREG: 3,3,\"124A\",\"02ED0202\",7,0,0",
            Some((3, Some(0x124A), Some(0x02ED_0202), Some(7))),
        ),
        (
            "a dial log",
            "+C5GREG: 1,\"6301D\",\"065472283\",11,9,01.000000",
            Some((1, Some(0x6301D), Some(0x0_6547_2283), Some(11))),
        ),
    ];
    each(&rows, told);
}

#[test]
fn answers_of_services() {
    let text = |line: &str| match urc(line) {
        Some(Unsolicited::Cusd(cusd)) => cusd.text().unwrap_or_default(),
        other => panic!("{line:?}: {other:?}"),
    };
    let rows = [
        (
            "gammu, at-ussd/03",
            "+CUSD: 1,\"Bitte w{hlen Sie: 1 Konto\"",
            "Bitte wählen Sie: 1 Konto",
        ),
        (
            "gammu, at-ussd/02-E160",
            "+CUSD: 0,\"49B41C74ACD3D16171D90D32FBE52072BA0C72CA5DB45CAC76C3CD6CB41B2D060389\
             CB74F9FE4C07D55C371CA85897BF1B\",15",
            "Ihr Guthaben für die Nr.4915783647410 beträgt 5.78 Euro",
        ),
        // Data coding 17: the language in two septets, then UCS-2; behind it what was in memory.
        (
            "gammu, at-ussd/issue377-HE910-D",
            "+CUSD: 2,\"613906310635064A062F06430020003100300037002E003900330020062F002E0644\
             0000FFFF60B16260EEEE\",17",
            "رصيدك 107.93 د.ل",
        ),
        ("a USSD page's tests", "+CUSD: 2,\"04110430043b0430043d0441\",17", "Баланс"),
        ("RouterOS manual", "+CUSD: 0,\"EBB79B1E0685E9ECF4BADE9E03\", 0", "konta atlikums"),
        // `AT+CSCS=\"GSM\"`: the octets of the alphabet themselves.
        (
            "totem's tests",
            "+CUSD: 1,\"Num\u{5}ro du b\u{5}n\u{5}ficiaire:\",15",
            "Numéro du bénéficiaire:",
        ),
        (
            "totem's tests",
            "+CUSD: 1,\"Ecrire a support\0orange.cm\",15",
            "Ecrire a support@orange.cm",
        ),
        ("totem's tests", "+CUSD: 1,\"Solde 5\u{1B}e \u{7F} payer\",15", "Solde 5€ à payer"),
        (
            "totem's tests",
            "+CUSD: 1,\"Menu\r1. Send\r2. Cash out\",15",
            "Menu\n1. Send\n2. Cash out",
        ),
        (
            "totem's tests",
            "+CUSD: 1,\"a STE \"LA PAIX\" SARL\n1. Oui\",15",
            "a STE \"LA PAIX\" SARL\n1. Oui",
        ),
        ("totem's tests", "+CUSD: 1,\"237677123456\",15", "237677123456"),
        ("totem's tests", "+CUSD: 1,\"CAFE\",15", "CAFE"),
        ("gmodem", "+CUSD: 2,\"Balance:259,17r,Limit:0,01r \", 15", "Balance:259,17r,Limit:0,01r "),
        ("brackets that are brackets", "+CUSD: 1,\"yes|No [1] {x} a~1\",15", "yes|No [1] {x} a~1"),
    ];
    each(&rows.map(|(origin, line, says)| (origin, line, says.to_owned())), text);
    // One octet a character, though other strings are in UCS-2 (gammu, at-ussd/H-issue).
    let line = "+CUSD: 1,\"536973612070756C73612052702E333030302E416B746966\",0";
    let told = cusd::parse(line).and_then(|cusd| cusd.ucs2_text());
    assert_eq!(told.as_deref(), Some("Sisa pulsa Rp.3000.Aktif"));
}

#[test]
fn settings_of_services() {
    let forwarding = |line: &str| {
        let told = ccfc::parse(line)?;
        Some((told.active, told.class, told.number, told.seconds))
    };
    let number = |number: &str| Some(number.to_owned());
    let rows = [
        (
            "GSMTC35 tests",
            "+CCFC: 1,2,+33601020304,145",
            Some((true, 2, number("+33601020304"), None)),
        ),
        (
            "MuditaOS, Response CCFC",
            "+CCFC: 1,1,\"+48111222333\",145,,,",
            Some((true, 1, number("+48111222333"), None)),
        ),
        (
            "gammu, at-ccfc/complete",
            "+CCFC:1,7,\"+420800123456\",129,\"\",128,0",
            Some((true, 7, number("+420800123456"), Some(0))),
        ),
        (
            "AT voice tests",
            "+CCFC: 1,1,\"+37499123456\",145,\"\",128,20",
            Some((true, 1, number("+37499123456"), Some(20))),
        ),
        ("MMI console tests", "+CCFC: 0,16,\"\",129,,,", Some((false, 16, None, None))),
        // Without its class the rest would slip: the type must not become the number.
        ("MuditaOS, Response CCFC", "+CCFC: 1,\"+48111222333\",145,,,", None),
    ];
    each(&rows, forwarding);
    let clir = |line: &str| clir::parse(line, "+CLIR").map(|told| (told.setting, told.network));
    let rows = [
        ("MuditaOS, Response CLIR", "+CLIR: 2,4", Some((2, 4))),
        ("Marvell's ATC", "+CLIR: 1, 4", Some((1, 4))),
        ("MuditaOS, Response CLIR", "+CLIR: 6,4", None),
        ("MuditaOS, Response CLIR", "+CLIR: 1,99", None),
        ("MuditaOS, Response CLIR", "+CLIR: 1,4,6", None),
    ];
    each(&rows, clir);
    let mailbox = |line: &str| offers::voicemail(line);
    let rows = [
        ("py_sim7600 tests", "+CSVM: 1,\"13697252277\",129", number("13697252277")),
        ("Spreadtrum's ATC", "+CSVM: (0-1),20,(129,145)", None),
        ("Cinterion tests", "+CSVM: 0,\"\",128", None),
    ];
    each(&rows, mailbox);
    assert!(
        offers::emergency_numbers("+CPBR: (1-250),50,14,,,,40,20").is_empty(),
        "a test command"
    );
    let bare = offers::call_hold("+CHLD: 0,1,1x,2,2x,3").unwrap_or_default();
    assert_eq!(bare, ["0", "1", "1x", "2", "2x", "3"]);
}

#[test]
fn phonebook_own_numbers_and_the_text_centre() {
    let entry = |line: &str| {
        let framed = lines(line);
        cpbr::parse(&framed[0]).map(|told| (told.index, told.number, told.text))
    };
    let told = |index, number: &str, text: &str| Some((index, number.to_owned(), text.to_owned()));
    let rows = [
        (
            "gammu, at-parser.c",
            "+CPBR: 1,,\"+31234657899\",145,\"Mama GSM\",\"2007/11/02,09:27\"",
            told(1, "+31234657899", "Mama GSM"),
        ),
        (
            "gammu, at-getmemory/with-date-time",
            "+CPBR: 1,\"+60122256476\",145,\"\",\"08/07/04\",\"17:24:55\"",
            told(1, "+60122256476", ""),
        ),
        ("gammu, at-getmemory/ucs2", "+CPBR: 6,\"\",,\"00530074\"", told(6, "", "00530074")),
    ];
    each(&rows, entry);
    let own = |line: &str| cnum::parse(line).map(|own| own.number);
    let rows = [
        ("an SMS gateway in Java", "+CNUM: ,\"+41797373717\",145", Some("+41797373717".to_owned())),
        (
            "RVM modem tests",
            "+CNUM: \"OK hat\",\"+905321234567\",145",
            Some("+905321234567".to_owned()),
        ),
        ("RVM modem tests", "+CNUM: \"\",\"\",145", None),
    ];
    each(&rows, own);
    let centre = |line: &str| csca::parse(line).and_then(|told| told.number);
    let rows = [
        (
            "gammu, at-smsc/01",
            "+CSCA: 002B00390037003200350034003100320030003000330032,145",
            Some("+97254120032".to_owned()),
        ),
        ("gammu, at-smsc/03", "+CSCA: \"6281100000\",145", Some("6281100000".to_owned())),
    ];
    each(&rows, centre);
}

#[test]
fn texts_and_where_they_are() {
    let kind = |line: &str| match urc(line) {
        Some(Unsolicited::Cmti { memory, index }) => format!("stored {memory} {index:?}"),
        Some(Unsolicited::Cmt { length } | Unsolicited::Cds { length }) => format!("{length:?}"),
        other => format!("{other:?}"),
    };
    let rows = [
        ("callstack's tests", "+CMTI: \"SM\", 3", "stored SM Some(3)"),
        ("a modem in lower case", "+cmti: \"ME\",4", "stored ME Some(4)"),
        ("an SMS gateway in Go", "+CMT:\"alpha\",5", "Some(5)"),
        ("an SMS gateway in Go", "+CMT: , 23", "Some(23)"),
        ("callstack's tests", "+CMT: \"+15551234567\",\"\",\"2024/01/15,10:30:00+00\"", "None"),
        ("gammu, incoming-sms.c", "+CDS:25", "Some(25)"),
    ];
    each(&rows.map(|(origin, line, says)| (origin, line, says.to_owned())), kind);
    // A fake modem that leaves out <alpha>, and a module with a blank in its time.
    let header =
        text_mode::TextHeader::parse("+CMGL: 1,\"REC READ\",\"+12345\",\"22/07/16,12:00:00+00\"");
    assert_eq!(header.unwrap().scts, "22/07/16,12:00:00+00", "CelerFake");
    let blank = "+CMGR: \"REC READ\",\"+8613592683720\",,\"2017/01/09 19:35:38+32\"";
    let header = text_mode::TextHeader::parse(blank).unwrap();
    assert_eq!(text_mode::timestamp(&header.scts).map(|octets| octets[0]), Some(0x71));
    assert_eq!(cmgr::parse(blank).unwrap().pdu, None, "a time is no PDU");
    let stored = Some(Unsolicited::Cmti { memory: String::new(), index: Some(2) });
    assert_eq!(urc("+CMTI: ,2"), stored, "chan_quectel");
    // A Quectel EC200's driver.
    let full = Some(Unsolicited::MessageMemoryFull("SM".to_owned()));
    assert_eq!(urc("+QIND: \"SMSFULL\",\"SM\""), full);
    // gammu, atgen/get-sms.c, and a ZTE MF710M.
    let memories = cpms::parse_test("+CPMS: (\"ME\",\"SM\",\"SR\"),(\"ME\",\"SM\")").unwrap();
    assert_eq!(memories, [vec!["ME", "SM", "SR"], vec!["ME", "SM"]]);
    let spaced = cpms::parse("+CPMS: \"ME\", 0, 50, \"ME\", 0, 50, \"ME\", 0, 50").unwrap();
    assert_eq!((spaced.len(), spaced[2].total), (3, 50));
    let cnmi = cnmi::parse("+CNMI: (2),(0-1,3),(0,2),(0-1),(0)").unwrap();
    assert!(
        cnmi.mode.contains(2) && !cnmi.mode.contains(1) && cnmi.mt.contains(3),
        "gammu, at-cnmi/01"
    );
}

#[test]
fn signal_supply_and_operators() {
    let supply = |line: &str| cbc::parse(line).and_then(|told| told.millivolts);
    let rows = [
        ("HeboTech.ATLib, SIM5320", "+CBC: 0,100,4.232V", Some(4232)),
        ("SIM800 manual", "+CBC: 0,85,4012", Some(4012)),
        ("SIM7600 manual", "+CBC: 3.950V", Some(3950)),
    ];
    each(&rows, supply);
    let level = |line: &str| cesq::parse(line).and_then(|told| told.level_dbm());
    let rows = [
        ("a dialer in C", "+CESQ: 99, 99, 255, 255, 26, 64, 255, 255, 255", Some(-77)),
        // 27.007 §8.69: <ss_rsrp> 61 is from −96 to −95 dBm.
        ("Fibocom shell tests", "+CESQ: 99,99,255,255,255,255,64,61,80", Some(-96)),
    ];
    each(&rows, level);
    let names = |line: &str| -> Vec<String> {
        let list = cops::parse_list([line]);
        list.into_iter().filter_map(|operator| operator.numeric).collect()
    };
    let rows = [
        (
            "MuditaOS, Response COPS",
            "+COPS: (2,\"PLAY\",\"PLAY\",\"26006\",2),(1,\"T-Mobile\",\"TM\",\"26002\",0),,(0-4)",
            vec!["26006".to_owned(), "26002".to_owned()],
        ),
        ("MuditaOS, Response COPS", "+COPS: (2,\"PLAY\",\"PLAY\")", vec![]),
        (
            "SIM800 log",
            "+COPS: (2,\"Si.mobil\",\"\",\"29340\"),,(0,1,4),(0,1,2)",
            vec!["29340".to_owned()],
        ),
        ("CelerFake", "+COPS: (0,0,\"DTRI Network\")", vec![]),
    ];
    each(&rows, names);
    let told = cops::parse("+COPS: 0,0,\"Tele2@\",7").and_then(|told| told.operator);
    assert_eq!(told.as_deref(), Some("Tele2"), "chan_quectel");
    let ims = |line: &str| offers::quectel_ims(line).or(offers::ims_registration(line));
    let rows = [
        ("QDC507 tests", "+QCFG: \"ims\",2,0", Some(false)),
        ("notes on an EP06", "+QCFG: \"ims\",1,1", Some(true)),
        ("Huawei AT unit tests", "+CIREGU: 1,5", Some(true)),
        ("A7672 field notes", "+CIREG: 2,1,15", Some(true)),
    ];
    each(&rows, ims);
}

#[test]
fn what_only_looks_like_one_of_them() {
    for (origin, line) in [
        ("URC tests in C", "$GPGGA,132321,5043.789,N,01510.609,E,1,06,1.6,553,M"),
        ("at-messages-parser", "+WTF: iam not a known message"),
        ("at-messages-parser", "123456789012345"),
        ("MuditaOS, +CUSD", "+CSUD:1,\"test msg\",15"),
        ("HeboTech.ATLib, SIM5320", "+CP READY"),
        ("an Air780 log", "+E_UTRAN Service"),
        ("a Neoway N58 profile", "$MYGPSPOS: $GPRMC,,V,,,,,,,,,,N*53"),
        ("MessagingToolkit tests", "Invalid message index"),
    ] {
        assert_eq!(urc(line), None, "{origin}: {line}");
        assert_eq!(FinalResult::parse(line), None, "{origin}: {line}");
    }
}
