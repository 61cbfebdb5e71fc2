//! What the network notes about a call: `+CSSI` when we set it up, `+CSSU` during it (3GPP TS
//! 27.007 §7.17, 22.081–22.091).

/// One note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallNotice {
    /// `+CSSU` rather than `+CSSI`.
    pub during: bool,
    /// `<code1>` or `<code2>`.
    pub code: u8,
    /// What it says, for people: one sentence without a full stop.
    pub words: &'static str,
    /// People want to know at once, rather than on looking into a call's details.
    pub tell: bool,
}

const fn setting_up(code: u8, words: &'static str, tell: bool) -> CallNotice {
    CallNotice { during: false, code, words, tell }
}

const fn during(code: u8, words: &'static str, tell: bool) -> CallNotice {
    CallNotice { during: true, code, words, tell }
}

const NOTICES: &[CallNotice] = &[
    setting_up(0, "Your own calls are all being forwarded", false),
    setting_up(1, "Some of your own calls are being forwarded", false),
    setting_up(2, "The call is forwarded to another number", true),
    setting_up(3, "The other side is in a call; yours waits", true),
    setting_up(4, "This is a call within a closed user group", false),
    setting_up(5, "Outgoing calls are barred", false),
    setting_up(6, "Incoming calls are barred on the other side", false),
    setting_up(7, "Your number stays hidden, although it was to be shown", true),
    setting_up(8, "The call is passed on to another number", true),
    during(0, "This call was forwarded to you", true),
    during(1, "This is a call within a closed user group", false),
    during(2, "The other side put you on hold", true),
    during(3, "The other side took you back from hold", true),
    during(4, "You are in a conference", true),
    during(5, "The held call was released", true),
    during(6, "The network checked call forwarding", false),
    during(7, "The call is being transferred; the other phone rings", true),
    during(8, "The call was transferred to somebody else", true),
    during(9, "This call was passed on to you", true),
    during(10, "Another incoming call was forwarded", true),
];

/// What `+CSSI: <code>` (`during` false) or `+CSSU: <code>` (`during` true) says.
pub fn notice_of(during: bool, code: u8) -> Option<&'static CallNotice> {
    NOTICES.iter().find(|notice| notice.during == during && notice.code == code)
}

/// `+CSSI: 5` says that calls are barred, `6` that the other side takes none.
pub fn bars_calls(during: bool, code: u8) -> bool {
    !during && matches!(code, 5 | 6)
}

/// `+CSSU: 2` says that the other side put the call on hold, `3` that it took it back.
pub fn holds(during: bool, code: u8) -> Option<bool> {
    match (during, code) {
        (true, 2) => Some(true),
        (true, 3) => Some(false),
        _ => None,
    }
}

/// `+CSSI: 0` says that all calls to this number are forwarded.
pub fn forwards_all(during: bool, code: u8) -> bool {
    !during && code == 0
}
