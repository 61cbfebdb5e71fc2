//! Which modem gets which profile, and whether the tables can be read.

use super::*;
use crate::at::unsolicited::CallReport;

#[test]
fn modems_are_known_by_their_identification() {
    // Answers to +CGMI and +CGMM as the makers' manuals and transcripts give them.
    for (manufacturer, model, profile) in [
        ("huawei", "E173", "Huawei"),
        ("Huawei Technologies Co., Ltd.", "ME909s-120", "Huawei"),
        ("Quectel", "EC25", "Quectel"),
        ("Quectel_Ltd", "Quectel_M95", "Quectel"),
        ("SIMCOM INCORPORATED", "SIM7600E-H", "SIMCom"),
        ("SIMCOM_Ltd", "SIMCOM_SIM800L", "SIMCom"),
        ("INCORPORATED", "A7670E-FASE", "SIMCom"),
        ("u-blox", "SARA-U201", "u-blox"),
        ("Telit", "HE910", "Telit"),
        ("Cinterion", "BGS2-W", "Cinterion"),
        ("SIEMENS", "TC35i", "Cinterion"),
        ("ZTE CORPORATION", "K3565-Z", "ZTE"),
        ("ZTE INCORPORATED", "MF180", "ZTE"),
        ("Ericsson", "F3507g", "Ericsson"),
        ("Sony Ericsson", "AAC-1052031-BV", "Ericsson"),
        ("WAVECOM MODEM", "MULTIBAND  900E  1800", "Wavecom"),
        ("Infineon Technologies", "XMM6260", "Intel"),
        ("Sierra Wireless, Incorporated", "MC7304", "Sierra"),
        ("INCORPORATED", "A7670C-LANS", "SIMCom"),
        ("SIMCOM INCORPORATED", "SIMCOM_SIM5320E", "SIMCom"),
        ("SIMCOM INCORPORATED", "A7682E", "SIMCom"),
        ("Gemalto M2M", "ELS61-E", "Cinterion"),
        ("THALES", "PLS63-W", "Cinterion"),
        ("Telit Cinterion", "LE910C4-EU", "Telit"),
        ("Manufacturer: INCORPORATED", "Model: A7670E-FASE", "SIMCom"),
        // A phone is none of a module's maker because its model has letters in common.
        ("SAMSUNG", "SM-A766B", "generic"),
        // Makers whose modems keep to the specification.
        ("Fibocom Wireless Inc.", "FM350-GL", "generic"),
        ("AirM2M", "AirM2M_780EP_V1010_LTE_AT", "generic"),
        ("AI-THINKER", "A9G", "generic"),
        ("GosuncnWelink", "ME3630", "generic"),
        ("MEIGLINK", "SLM750", "generic"),
        ("Neoway", "N58", "generic"),
        ("Option N.V.", "GTM671WFS", "generic"),
        ("Novatel Wireless Incorporated", "MC998D", "generic"),
        ("Nokia", "Nokia 3110c", "generic"),
        ("Android Model AT Interpreter", "Android Model AT Interpreter", "generic"),
        ("Acme", "Phone", "generic"),
        ("", "", "generic"),
    ] {
        assert_eq!(by_identification(manufacturer, model).name, profile, "{manufacturer} {model}");
    }
}

#[test]
fn a_profile_can_be_chosen_by_name_and_an_unknown_name_is_generic() {
    assert_eq!(by_name("huawei").name, "Huawei");
    assert_eq!(by_name("no such modem").name, "generic");
    let mut names: Vec<&str> = profile_names().collect();
    assert_eq!(names[0], "generic");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), PROFILES.len(), "no name twice");
}

#[test]
fn every_report_that_a_profile_names_is_read() {
    for profile in PROFILES {
        for name in profile.reports {
            let forms: Vec<_> = FORMS.iter().filter(|form| form.name == *name).collect();
            // A word without a colon is a report by itself.
            let word = CallReport::parse(name).is_some();
            assert!(word || !forms.is_empty(), "{} {name}", profile.name);
        }
    }
}

#[test]
fn a_profile_is_a_table_for_people() {
    let rows = profile_table("Huawei");
    let has = |heading: &str, text: &str| {
        rows.iter().any(|(head, words)| head == heading && words.contains(text))
    };
    assert!(has("Set-up", "AT^CURC=1"));
    assert!(has("Reports", "^CEND:<index>,<seconds>,<end status>[,<cause>]"));
    assert!(has("Hang up", "AT+CHUP, else ATH"));
    assert!(has("Tones", "AT^DTMF=<index>,5"));
    assert!(has("Quirk", "E1550"));
    assert!(has("OK to ATD", "on its way"));
    for profile in PROFILES {
        let rows = profile_table(profile.name);
        assert!(rows.len() >= 9, "{}", profile.name);
        for (heading, text) in rows {
            assert!(!heading.is_empty() && !text.is_empty(), "{} {heading}", profile.name);
            assert!(!text.ends_with('.'), "{text}");
        }
    }
}
