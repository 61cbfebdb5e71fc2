//! The forms of the makers' reports on calls: a table, from the makers' AT command manuals and
//! transcripts.

use crate::at::response::clcc::{CallDirection, CallStatus};

/// What stands in one place of a report.
#[derive(Clone, Copy, Debug)]
pub enum Field {
    /// This word, or it is another report.
    Word(&'static str),
    /// The call's index.
    Index,
    /// The same, where 0 stands for any call.
    IndexOrZero,
    /// `<dir>`: 0 we dialed, 1 we are called.
    Direction,
    /// The state, by the maker's count.
    State(&'static [State]),
    /// The kind of call: these are voice calls.
    Kind {
        /// Numbers of voice calls.
        voice: &'static [u8],
    },
    /// The other side's number.
    Number,
    /// How long it lasted, in seconds.
    Seconds,
    /// How long it lasted, as `hhmmss`.
    Clock,
    /// The maker's own number for the end.
    MakerStatus,
    /// Who ended it: 8 is call control.
    Process,
    /// The cause of 24.008.
    Cause,
    /// Of no interest here.
    Other,
}

/// One state in a maker's count.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// The maker's number.
    pub stat: i8,
    /// What it stands for.
    pub status: CallStatus,
    /// Who set the call up, where the number tells.
    pub direction: Option<CallDirection>,
    /// The cause of 24.008, where the number tells.
    pub cause: Option<u8>,
}

/// One kind of line.
#[derive(Debug)]
pub struct Form {
    /// What stands before the colon.
    pub name: &'static str,
    /// The line as the manual writes it.
    pub syntax: &'static str,
    /// What it says, for people.
    pub about: &'static str,
    /// Tells the dialects of one name apart by what stands behind the colon.
    pub fits: fn(&str) -> bool,
    /// The fields in their order.
    pub fields: &'static [Field],
    /// So many of them are always there.
    pub needed: usize,
    /// The state that the line itself stands for.
    pub says: Option<CallStatus>,
    /// Who set the call up, where the line itself tells.
    pub direction: Option<CallDirection>,
    /// The index is a count of its own, not the one of `+CLCC`.
    pub own_index: bool,
}

/// A report without a colon.
#[derive(Debug)]
pub struct Word {
    /// The whole line.
    pub line: &'static str,
    /// What it says, for people.
    pub about: &'static str,
}

const MO: Option<CallDirection> = Some(CallDirection::MobileOriginated);
const MT: Option<CallDirection> = Some(CallDirection::MobileTerminated);

const fn state(stat: i8, status: CallStatus) -> State {
    State { stat, status, direction: None, cause: None }
}

const fn directed(stat: i8, status: CallStatus, direction: Option<CallDirection>) -> State {
    State { stat, status, direction, cause: None }
}

/// As `<stat>` of `+CLCC` (27.007 §7.18), with 6 for the end.
const LISTED: &[State] = &[
    state(0, CallStatus::Active),
    state(1, CallStatus::Held),
    state(2, CallStatus::Dialing),
    state(3, CallStatus::Alerting),
    state(4, CallStatus::Incoming),
    state(5, CallStatus::Waiting),
    state(6, CallStatus::Released),
];

/// The same; −1 is the end.
const CCINFO: &[State] = &[
    state(-1, CallStatus::Released),
    state(0, CallStatus::Active),
    state(1, CallStatus::Held),
    state(2, CallStatus::Dialing),
    state(3, CallStatus::Alerting),
    state(4, CallStatus::Incoming),
    state(5, CallStatus::Waiting),
];

/// The same; 7 is “connected”, said once beside 0.
const CALLSTAT: &[State] = &[
    state(0, CallStatus::Active),
    state(1, CallStatus::Held),
    state(2, CallStatus::Dialing),
    state(3, CallStatus::Alerting),
    state(4, CallStatus::Incoming),
    state(5, CallStatus::Waiting),
    state(6, CallStatus::Released),
    state(7, CallStatus::Active),
];

/// The same; 6 terminating and 7 dropped are both the end.
const SLCC: &[State] = &[
    state(0, CallStatus::Active),
    state(1, CallStatus::Held),
    state(2, CallStatus::Dialing),
    state(3, CallStatus::Alerting),
    state(4, CallStatus::Incoming),
    state(5, CallStatus::Waiting),
    state(6, CallStatus::Released),
    state(7, CallStatus::Released),
];

/// Quectel's own count.
const COUNTED: &[State] = &[
    state(1, CallStatus::Held),
    state(2, CallStatus::Dialing),
    state(3, CallStatus::Active),
    state(4, CallStatus::Incoming),
    state(5, CallStatus::Waiting),
    state(6, CallStatus::Released),
    state(7, CallStatus::Alerting),
];

/// `<ccstatus>` of Ericsson and Telit: 7 busy, 8 retrieved. 9 is a name, no state.
const ERICSSON: &[State] = &[
    state(0, CallStatus::Released),
    directed(1, CallStatus::Dialing, MO),
    directed(2, CallStatus::Alerting, MO),
    state(3, CallStatus::Active),
    state(4, CallStatus::Held),
    directed(5, CallStatus::Waiting, MT),
    directed(6, CallStatus::Incoming, MT),
    State { stat: 7, status: CallStatus::Released, direction: None, cause: Some(17) },
    state(8, CallStatus::Active),
];

/// `<mode>` of `+CLCC`: voice, and voice alternating with data.
const MODES: Field = Field::Kind { voice: &[0, 3, 4, 5] };

/// `<type>` of Huawei: voice, and emergency.
const HUAWEI: Field = Field::Kind { voice: &[0, 9] };

/// `<calltype>` of Ericsson: 1 voice, 4 voice on the second line; simulated phones write 0, and
/// everything above 3 is a kind of voice.
const ERICSSON_TYPES: Field = Field::Kind { voice: &[0, 1, 4, 5, 6, 7, 128, 129, 130, 131] };

const FORM: Form = Form {
    name: "",
    syntax: "",
    about: "",
    fits: |_| true,
    fields: &[],
    needed: 1,
    says: None,
    direction: None,
    own_index: false,
};

/// Lines without a colon.
pub const WORDS: &[Word] = &[
    Word { line: "REMOTE CALL END", about: "the other side ended the call" },
    Word { line: "DISCONNECT", about: "the call is released" },
];

/// All forms. Of two with one name the first that fits counts.
pub static FORMS: &[Form] = &[
    Form {
        name: "^ORIG",
        syntax: "^ORIG:<index>,<type>",
        about: "we dial",
        fields: &[Field::Index, HUAWEI],
        says: Some(CallStatus::Dialing),
        direction: MO,
        ..FORM
    },
    Form {
        name: "^CONF",
        syntax: "^CONF:<index>",
        about: "the other phone rings",
        fields: &[Field::Index],
        says: Some(CallStatus::Alerting),
        direction: MO,
        ..FORM
    },
    Form {
        name: "^CONN",
        syntax: "^CONN:<index>,<type>",
        about: "answered by either side",
        fields: &[Field::Index, HUAWEI],
        says: Some(CallStatus::Active),
        ..FORM
    },
    Form {
        name: "^CEND",
        syntax: "^CEND:<index>,<seconds>,<end status>[,<cause>]",
        about: "released, with Huawei's end status and the cause",
        fields: &[Field::Index, Field::Seconds, Field::MakerStatus, Field::Cause],
        says: Some(CallStatus::Released),
        ..FORM
    },
    Form {
        name: "VOICE CALL",
        syntax: "VOICE CALL: BEGIN",
        about: "a way for the voice is open: answered, or the ringing tone is heard",
        fields: &[Field::Word("BEGIN")],
        says: Some(CallStatus::Active),
        ..FORM
    },
    Form {
        name: "VOICE CALL",
        syntax: "VOICE CALL: END",
        about: "released",
        fields: &[Field::Word("END")],
        says: Some(CallStatus::Released),
        ..FORM
    },
    Form {
        name: "VOICE CALL: END",
        syntax: "VOICE CALL: END: <hhmmss>",
        about: "released after so long",
        fields: &[Field::Clock],
        says: Some(CallStatus::Released),
        ..FORM
    },
    Form {
        name: "VOICE CALL:END",
        syntax: "VOICE CALL:END: <hhmmss>",
        about: "the same from modems that leave out the space",
        fields: &[Field::Clock],
        says: Some(CallStatus::Released),
        ..FORM
    },
    Form {
        name: "+QIND",
        syntax: "+QIND: \"ccinfo\",<index>,<dir>,<state>,<mode>,<mpty>,\"<number>\",<type>",
        about: "the call's state as +CLCC counts it; -1 is released",
        fields: &[
            Field::Word("ccinfo"),
            Field::Index,
            Field::Direction,
            Field::State(CCINFO),
            MODES,
            Field::Other,
            Field::Number,
        ],
        needed: 4,
        ..FORM
    },
    Form {
        name: "^DSCI",
        syntax: "^DSCI: <index>,<dir>,<state>,<mode>,<mpty>,\"<number>\",<type>[,,<cause>,…]",
        about: "the call's state as +CLCC counts it; 6 is released",
        fits: counts_as_listed,
        fields: &[
            Field::Index,
            Field::Direction,
            Field::State(LISTED),
            MODES,
            Field::Other,
            Field::Number,
            Field::Other,
            Field::Other,
            Field::Cause,
        ],
        needed: 3,
        ..FORM
    },
    Form {
        name: "^DSCI",
        syntax: "^DSCI: <index>,<dir>,<state>,<type>,<number>,<number type>[,<tone>]",
        about: "1 held, 2 dialing, 3 answered, 4 incoming, 5 waiting, 6 released, 7 alerting",
        fields: &[
            Field::Index,
            Field::Direction,
            Field::State(COUNTED),
            Field::Kind { voice: &[0] },
            Field::Number,
        ],
        needed: 3,
        ..FORM
    },
    Form {
        name: "+UCALLSTAT",
        syntax: "+UCALLSTAT: <index>,<state>",
        about: "the call's state as +CLCC counts it; 6 is released, 7 answered",
        fields: &[Field::Index, Field::State(CALLSTAT)],
        needed: 2,
        ..FORM
    },
    Form {
        name: "+XCALLSTAT",
        syntax: "+XCALLSTAT: <index>,<state>",
        about: "the call's state as +CLCC counts it; 6 is released, 7 answered",
        fields: &[Field::Index, Field::State(CALLSTAT)],
        needed: 2,
        ..FORM
    },
    Form {
        name: "#ECAM",
        syntax: "#ECAM: <index>,<state>,<type>,,,[\"<number>\",<number type>]",
        about: "0 released, 1 dialing, 2 alerting, 3 answered, 4 held, 5 waiting, 6 rings, 7 busy",
        fields: &[
            Field::IndexOrZero,
            Field::State(ERICSSON),
            Field::Kind { voice: &[1] },
            Field::Other,
            Field::Other,
            Field::Number,
        ],
        needed: 2,
        own_index: true,
        ..FORM
    },
    Form {
        name: "*ECAV",
        syntax: "*ECAV: <index>,<state>,<type>[,<process>,<cause>,\"<number>\",<number type>]",
        about: "states as #ECAM; the cause is 24.008's where the process is 8, call control",
        fields: &[
            Field::IndexOrZero,
            Field::State(ERICSSON),
            ERICSSON_TYPES,
            Field::Process,
            Field::Cause,
            Field::Number,
        ],
        needed: 2,
        own_index: true,
        ..FORM
    },
    Form {
        name: "^SLCC",
        syntax: "^SLCC: <index>,<dir>,<state>,<mode>,<mpty>,<reserved>,\"<number>\",<type>",
        about: "one row of the list of calls; an empty line closes it, what is missing is gone",
        fields: &[
            Field::Index,
            Field::Direction,
            Field::State(SLCC),
            MODES,
            Field::Other,
            Field::Other,
            Field::Number,
        ],
        needed: 3,
        ..FORM
    },
    Form {
        name: "+WIND",
        syntax: "+WIND: 5,<index>",
        about: "there is a call",
        fields: &[Field::Word("5"), Field::Index],
        needed: 2,
        own_index: true,
        ..FORM
    },
    Form {
        name: "+WIND",
        syntax: "+WIND: 6,<index>",
        about: "released",
        fields: &[Field::Word("6"), Field::Index],
        needed: 2,
        says: Some(CallStatus::Released),
        own_index: true,
        ..FORM
    },
    Form {
        name: "HANGUP",
        syntax: "HANGUP: <n>",
        about: "released",
        fields: &[Field::MakerStatus],
        says: Some(CallStatus::Released),
        ..FORM
    },
    Form {
        name: "+WORG",
        syntax: "+WORG: \"<number>\"",
        about: "we dial",
        fields: &[Field::Number],
        says: Some(CallStatus::Dialing),
        direction: MO,
        ..FORM
    },
    Form {
        name: "+WCNT",
        syntax: "+WCNT: <n>",
        about: "answered",
        fields: &[Field::Other],
        says: Some(CallStatus::Active),
        ..FORM
    },
    Form {
        name: "+WEND",
        syntax: "+WEND: <reason>",
        about: "released",
        fields: &[Field::MakerStatus],
        says: Some(CallStatus::Released),
        ..FORM
    },
];

/// The forms with this name.
pub fn form_of(name: &str) -> impl Iterator<Item = &'static Form> {
    FORMS.iter().filter(move |form| form.name == name)
}

/// `^DSCI` in the dialect that has `<mpty>` before a number, which mostly has quotes.
pub(in crate::at) fn counts_as_listed(text: &str) -> bool {
    let mut fields = text.split(',').map(str::trim);
    let (fifth, sixth, seventh) = (fields.nth(4), fields.next(), fields.next());
    let quoted = sixth.is_some_and(|text| text.starts_with('"'));
    let mpty = fifth.is_some_and(|text| text.len() == 1);
    let kind = seventh.and_then(|text| text.parse::<u8>().ok());
    quoted || (mpty && kind.is_some_and(|kind| kind > 127))
}
