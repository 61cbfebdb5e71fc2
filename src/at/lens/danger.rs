//! Commands that do harm when they are sent without thought: what is asked before they are.

use super::{after_at, commands};

/// Why a command line is dangerous.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Danger {
    /// What it does, one sentence.
    pub what: &'static str,
    /// How to undo it, or what to do instead; may be empty.
    pub remedy: &'static str,
}

/// How a command is recognised.
enum Sign {
    /// Exactly this.
    Is(&'static str),
    /// This and anything.
    Begins(&'static str),
}
use Sign::{Begins, Is};

const RESTART: Danger = Danger {
    what: "This restarts the modem: calls end, and its port disappears for some seconds",
    remedy: "The program connects again by itself",
};
const OFF: Danger =
    Danger { what: "This switches the modem off", remedy: "It has to be plugged in again" };
const RADIO: Danger = Danger {
    what: "This switches the radio off: no calls and texts come or go",
    remedy: "AT+CFUN=1 switches it on again",
};
const LOCK: Danger = Danger {
    what: "This changes a lock of the SIM, the modem or the network",
    remedy: "Wrong passwords use up tries; the last one blocks the SIM",
};
const TRIES: Danger = Danger {
    what: "A wrong code uses up one of the SIM's few tries; the last one blocks it",
    remedy: "The PIN can be entered in the window, which counts the tries",
};
const STAYS: Danger = Danger {
    what: "This changes a setting that the modem keeps when it is switched off",
    remedy: "Note the old value first",
};
const IDENTITY: Danger = Danger {
    what: "This changes the modem's serial number (IMEI), which is forbidden in many countries",
    remedy: "",
};
const SPEED: Danger = Danger {
    what: "This changes the speed of the serial line: the modem may not be heard any more",
    remedy: "Choose the same speed in Settings afterwards",
};

const SIGNS: &[(Sign, Danger)] = &[
    (Is("+CFUN=0"), RADIO),
    (Is("+CFUN=4"), RADIO),
    (Is("+CFUN=7"), RADIO),
    (Is("+CFUN=1,1"), RESTART),
    (Is("+CFUN=6"), RESTART),
    (Is("+CFUN=15"), RESTART),
    (Is("+CFUN=16"), RESTART),
    (Begins("+CFUN=0,"), RADIO),
    (Begins("+CFUN=4,"), RADIO),
    (Begins("+CRESET"), RESTART),
    (Begins("^RESET"), RESTART),
    (Begins("^REBOOT"), RESTART),
    (Begins("#REBOOT"), RESTART),
    (Begins("#ENHRST="), RESTART),
    (Begins("!RESET"), RESTART),
    (Begins("+ZRST"), RESTART),
    (Begins("+CPOF"), OFF),
    (Begins("+QPOWD"), OFF),
    (Begins("+CPWROFF"), OFF),
    (Begins("#SHDN"), OFF),
    (Begins("^SMSO"), OFF),
    (Begins("+CPWD="), LOCK),
    (Begins("+CPIN="), TRIES),
    (Begins("+CPIN2="), TRIES),
    (Begins("^CPIN="), TRIES),
    (Begins("^CARDLOCK="), TRIES),
    (Begins("&W"), STAYS),
    (
        Begins("&F"),
        Danger {
            what: "This sets everything back to the factory's settings",
            remedy: "Connect again afterwards, so that the program sets the modem up anew",
        },
    ),
    (
        Begins("Z"),
        Danger {
            what: "This sets everything back to the stored settings",
            remedy: "Connect again afterwards, so that the program sets the modem up anew",
        },
    ),
    (Begins("+UFACTORY="), STAYS),
    (Begins("+QCFG="), STAYS),
    (Begins("+QMBNCFG="), STAYS),
    (Begins("+QPRTPARA="), STAYS),
    (Begins("+CNMP="), STAYS),
    (Begins("+CUSBPIDSWITCH="), STAYS),
    (Begins("^SYSCFG"), STAYS),
    (Begins("^U2DIAG="), STAYS),
    (Begins("^SETPORT="), STAYS),
    (Begins("^CURC=0"), STAYS),
    (Begins("^SCFG="), STAYS),
    (Begins("+ZCDRUN="), STAYS),
    (Begins("#USBCFG="), STAYS),
    (Begins("!USBCOMP="), STAYS),
    (Begins("!CUSTOM="), STAYS),
    (Begins("+CSAS"), STAYS),
    (Begins("+EGMR="), IDENTITY),
    (Begins("+SIMEI="), IDENTITY),
    (Begins("^CIMEI="), IDENTITY),
    (Begins("^PHYNUM="), IDENTITY),
    (Begins("+IPR="), SPEED),
    (
        Begins("+COPS=2"),
        Danger {
            what: "This leaves the network: no calls and texts until AT+COPS=0",
            remedy: "AT+COPS=0 registers again",
        },
    ),
    (
        Begins("+COPS=1"),
        Danger {
            what: "This ties the modem to one operator, which may refuse it",
            remedy: "AT+COPS=0 chooses by itself again",
        },
    ),
    (
        Begins("+CCFC="),
        Danger {
            what: "This changes or asks where your calls go",
            remedy: "The switches in Codes show how it stands",
        },
    ),
    (Begins("+CRSM=214"), Danger { what: "This writes to the SIM card", remedy: "" }),
    (Begins("+CRSM=220"), Danger { what: "This writes to the SIM card", remedy: "" }),
    (
        Begins("+CSIM="),
        Danger { what: "This hands anything to the SIM card, also what changes it", remedy: "" },
    ),
    (Begins("+CPBW="), Danger { what: "This changes the SIM's phonebook", remedy: "" }),
    (Begins("+CMGW"), Danger { what: "This uses up a place in the message memory", remedy: "" }),
    (
        Begins("+CSCA="),
        Danger {
            what: "This changes the number of the text centre on the SIM: with a wrong one no text \
               can be sent",
            remedy: "Note the old one first (AT+CSCA?)",
        },
    ),
];

/// What a command line would do that should be asked about; `None`: nothing that is known.
pub fn danger(line: &str) -> Option<Danger> {
    let body = after_at(line.trim())?;
    commands(body).into_iter().find_map(command_danger)
}

fn dial_danger(dialed: &str) -> Option<Danger> {
    if dialed.ends_with(';') {
        return None;
    }
    Some(Danger { what: "This places a data call", remedy: "A voice call ends with a semicolon" })
}

fn command_danger(command: &str) -> Option<Danger> {
    if let Some(dialed) = command.strip_prefix(['D', 'd']) {
        return dial_danger(dialed.trim());
    }
    let bare: String = command.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.to_ascii_uppercase();
    if bare.ends_with("=?") {
        return None;
    }
    if let Some(values) = bare.strip_prefix("+CLCK=") {
        let asks = values.split(',').nth(1).is_none_or(|mode| mode == "2");
        return (!asks).then_some(LOCK);
    }
    if let Some(values) = bare.strip_prefix("+CMGD=") {
        let many = values.split(',').nth(1).is_some_and(|flag| flag != "0");
        return many.then_some(Danger {
            what: "This deletes many messages from the modem at once, also unread ones",
            remedy: "Texts that came into the program stay there",
        });
    }
    if let Some(values) = bare.strip_prefix("+CCFC=")
        && values.split(',').nth(1) == Some("2")
    {
        return None;
    }
    if bare.strip_prefix("S0=").is_some_and(|rings| rings != "0") {
        return Some(Danger {
            what: "The modem would answer calls by itself",
            remedy: "ATS0=0 switches that off",
        });
    }
    let fits = |sign: &Sign| match sign {
        Is(whole) => bare == *whole,
        Begins(head) => bare.starts_with(head),
    };
    SIGNS.iter().find(|(sign, _)| fits(sign)).map(|(_, danger)| *danger)
}
