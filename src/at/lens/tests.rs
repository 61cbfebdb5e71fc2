//! The lens against the tables of the specifications.

use super::*;

fn one(line: &str, sent: bool) -> Lens {
    let mut all = take_apart(line, sent);
    assert_eq!(all.len(), 1, "{line}");
    all.remove(0)
}

fn told(lens: &Lens) -> Vec<String> {
    let told = |field: &Field| format!("{}={} {}", field.name, field.value, field.meaning);
    lens.fields.iter().map(told).collect()
}

#[test]
fn a_row_of_the_call_list_is_taken_apart() {
    // 3GPP TS 27.007 §7.18.
    let lens = one("+CLCC: 1,0,3,0,0,\"+4930123456\",145", false);
    assert_eq!((lens.name.as_str(), lens.clause.as_str()), ("+CLCC", "3GPP TS 27.007 §7.18"));
    let expected = [
        "id=1 number of the call",
        "dir=0 set up: by us (MO)",
        "stat=3 state: alerting: it rings at the other end",
        "mode=0 kind: voice",
        "mpty=0 part of a conference: no",
        "number=+4930123456 telephone number",
        "type=145 type of number: international, with +",
    ];
    assert_eq!(told(&lens), expected);
}

#[test]
fn registration_is_told_apart_when_asked_for_and_when_by_itself() {
    // 27.007 §7.2: the answer begins with <n>, the report does not.
    let asked = one("+CREG: 2,5,\"1A2B\",\"01C3\",7", false);
    assert_eq!(asked.fields[1].meaning, "registration: registered, roaming");
    assert_eq!(asked.fields[4].meaning, "access technology: LTE");
    let told = one("+CREG: 5,\"1A2B\",\"01C3\",7", false);
    assert_eq!(told.fields[0].meaning, "registration: registered, roaming");
    assert_eq!(told.fields[3].meaning, "access technology: LTE");
    assert_eq!(one("+CREG: 1", false).fields[0].name, "stat");
}

#[test]
fn commands_of_one_line_are_taken_apart_one_by_one() {
    let lenses = take_apart("at+cmee=2;+clck=\"SC\",2;+vts=\";\"", true);
    let names: Vec<&str> = lenses.iter().map(|lens| lens.name.as_str()).collect();
    assert_eq!(names, ["+CMEE", "+CLCK", "+VTS"]);
    assert_eq!(lenses[0].fields[0].meaning, "reasons for errors: in words");
    assert_eq!(lenses[1].fields[1].meaning, "what to do: ask");
    assert_eq!(lenses[2].fields[0].value, ";");
}

#[test]
fn dialing_says_what_kind_of_call_it_is() {
    let voice = one("ATD+15550100I;", true);
    assert_eq!(told(&voice)[0], "dial string=+15550100 the number");
    assert_eq!(told(&voice)[1], "modifier=I hide our number in this call");
    assert_eq!(told(&voice)[2], ";=; a voice call");
    let data = one("ATD+15550100", true);
    assert!(data.fields[1].meaning.contains("DATA call"));
}

#[test]
fn classes_signal_and_causes_are_worked_out() {
    let forwarding = one("+CCFC: 1,5,\"+15550100\",145", false);
    assert_eq!(forwarding.fields[1].meaning, "for these calls: voice, fax");
    // 27.007 §8.5: 0 is −113 dBm, 31 is −51 dBm.
    assert_eq!(one("+CSQ: 31,99", false).fields[0].meaning, "signal: −51 dBm");
    assert_eq!(one("+CSQ: 99,99", false).fields[0].meaning, "signal: not known");
    let ended = one("^CEND:1,12,29,16", false);
    assert!(ended.fields[3].meaning.starts_with("cause: normal"), "{:?}", ended.fields[3]);
    assert!(one("+CME ERROR: 10", false).fields[0].meaning.contains("SIM not inserted"));
}

#[test]
fn each_form_of_a_report_has_its_own_names() {
    let meanings = |line: &str| -> String {
        let fields = one(line, false).fields;
        fields.into_iter().map(|field| field.meaning).collect::<Vec<_>>().join("|")
    };
    // Quectel's manuals: what is no call has neither a call's number nor its direction.
    assert_eq!(meanings("+QIND: \"csq\",17,99"), "signal||");
    assert!(meanings("+QIND: \"ccinfo\",1,0,3,0,0,\"1\",129").contains("state: alerting"));
    assert!(meanings("^DSCI: 1,0,3,0,10086,129").contains("state: answered|kind: voice"));
    assert!(meanings("^DSCI: 1,0,3,0,0,\"10086\",129").contains("state: alerting"));
    assert!(meanings("*ECAV: 1,0,1,8,16").contains("state: idle"));
    // Siemens: `8,21,0` is a rejected call, and not barring (cause 8).
    let ended = meanings("+CEER: 8,21,0");
    assert!(ended.contains("cause: call rejected") && !ended.contains("barring"), "{ended}");
    assert!(meanings("+CEER: 17").contains("user busy"));
    // Huawei's `<end_status>`, and 27.007 §7.17 with its number.
    assert!(meanings("^CEND:1,9,29").contains("how it ended: ended here"));
    let transferred = meanings("+CSSU: 8,,\"+15550100\",145");
    assert!(transferred.contains("our call was transferred|closed user group|telephone number"));
    assert!(meanings("+WIND: 6,1").starts_with("a call is over|number of the call"));
}

#[test]
fn empty_values_behind_the_last_known_one_are_not_shown() {
    let names = |line: &str| -> Vec<String> {
        one(line, false).fields.into_iter().map(|field| field.name).collect()
    };
    // 27.007 §7.9 has four; what is left out of them is shown as such.
    assert_eq!(names("+CDIP: \"123\",129,,,,"), ["number", "type", "subaddr", "satype"]);
    assert_eq!(names("+CDIP: \"123\",129,,,\"\",7").last().unwrap(), "#6");
}

#[test]
fn unknown_lines_and_noise_are_left_alone() {
    for line in ["", "OK", "hello", "+UNKNOWN: 1,2", "\u{1A}", "+CLCC", "\"\"\"", "AT", "AT;;;"] {
        assert!(take_apart(line, false).is_empty(), "{line}");
    }
    let unknown = one("AT+UNKNOWN=1,\"x\"", true);
    assert_eq!((unknown.what.as_str(), unknown.fields.len()), ("", 2));
    let many = format!("+CPMS: {}", "1,".repeat(10_000));
    assert!(one(&many, false).fields.len() <= MAX_FIELDS);
}

#[test]
fn the_forms_of_text_mode_are_told_from_those_of_pdu_mode() {
    let names = |line: &str, sent: bool| -> String {
        let lens = take_apart(line, sent);
        let names: Vec<&str> = lens[0].fields.iter().map(|field| field.name.as_str()).collect();
        names.join(" ")
    };
    // The examples of 27.005 §4.1 and §4.2, and what +CSDH=1 adds.
    let listed = "+CMGL: 1,\"REC UNREAD\",\"+31628870634\",,\"11/01/09,10:26:26+04\"";
    assert_eq!(names(listed, false), "index stat oa alpha scts");
    assert_eq!(names("+CMGL: 1,0,,24", false), "index stat alpha length");
    // 27.007 §8.12: what the test command answers is no entry.
    assert_eq!(names("+CPBR: (1-250),40,14", false), "indices nlength tlength");
    // 27.005 §3.2.2: chosen, the stores have no names in the answer.
    let chosen = "used1 total1 used2 total2 used3 total3";
    assert_eq!(names("+CPMS: 0,50,0,20,0,20", false), chosen);
    assert!(names("+CPMS: \"ME\",0,50,\"SM\",0,20", false).starts_with("mem1 used1 total1"));
    let read = "+CMGR: \"REC READ\",\"+98912\",,\"26/11/22,18:04:05+14\",145,4,0,0,\"+98\",145,5";
    assert_eq!(names(read, false), "stat oa alpha scts tooa fo pid dcs sca tosca length");
    assert_eq!(names("+CMGR: 1,,24", false), "stat alpha length");
    assert_eq!(names("+CMT: \"+98912\",,\"26/11/22,18:04:05+14\"", false), "oa alpha scts");
    assert_eq!(names("+CMT: ,24", false), "alpha length");
    assert_eq!(names("at+cmgs=\"+98912\",145", true), "da toda");
    assert_eq!(names("AT+CMGS=24", true), "length");
    let number = |line: &str| take_apart(line, true)[0].fields[0].value.clone();
    assert_eq!(number("ATDT\"+98912\";"), "+98912");
    // What it is goes without saying where the value is all there is.
    assert!(take_apart("AT+CFUN=1", true)[0].fields[0].meaning.starts_with("everything"));
}

#[test]
fn commands_are_completed_and_helped_with() {
    let names = |typed: &str| -> Vec<&str> {
        completions(typed).into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(names("AT+CLI"), ["+CLIP", "+CLIR"]);
    assert_eq!(names("at+cmee=2;+clc"), ["+CLCC", "+CLCCS", "+CLCK"]);
    assert!(names("AT+CLIP").is_empty() && names("AT+CLIP=").is_empty() && names("x").is_empty());
    let help = help("AT+CMUT=").unwrap();
    assert_eq!(help.fields[0].meaning, "microphone (0 on, 1 off)");
    assert_eq!(super::help("AT+NOTHING"), None);
}

#[test]
fn what_does_harm_is_asked_about_and_what_only_asks_is_not() {
    let harmful = [
        "AT+CFUN=0",
        "at+cfun=1,1",
        "AT+CLCK=\"SC\",1,\"1234\"",
        "AT+CPWD=\"SC\",\"1\",\"2\"",
        "AT&W",
        "AT+CMEE=2;&W",
        "ATE0&W",
        "ATE0D15550100",
        "AT^RESET",
        "AT+CMGD=1,4",
        "ATD+15550100",
        "AT S0=1",
        "AT+CCFC=0,3,\"+15550100\"",
        "AT+COPS=2",
    ];
    for line in harmful {
        assert!(danger(line).is_some(), "{line}");
    }
    let harmless = [
        "AT+CFUN?",
        "AT+CFUN=1",
        "AT+CLCK=\"SC\",2",
        "AT+CPWD=?",
        "AT+CMGD=1",
        "ATD+15550100;",
        "ATS0=0",
        "AT+CCFC=0,2",
        "AT+COPS=0",
        "AT+CSQ",
        "hello",
    ];
    for line in harmless {
        assert!(danger(line).is_none(), "{line}");
    }
}

#[test]
fn every_row_is_there_once_and_says_something() {
    let mut names: Vec<&str> = rows().map(|row| row.name).collect();
    assert!(names.len() > 100, "{}", names.len());
    names.sort_unstable();
    let before = names.len();
    names.dedup();
    assert_eq!(names.len(), before);
    assert!(rows().all(|row| !row.what.is_empty()));
}
