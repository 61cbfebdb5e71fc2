//! The driver against a scripted modem on a virtual clock: what goes in is scripted, what comes out
//! is written into a transcript. Nothing moves time but [`Rig::run_until`].

use deskphone::clock::Instant;
use deskphone::modem::{
    Afterwards, Fate, Modem, ModemCommand, ModemEvent, Options, Receipt, StorageLocation,
    Submission,
};
use deskphone::number::{DialString, DtmfTones, parse_with_tones};
use deskphone::phone::{
    Call, CallId, CallState, CallerId, Dial, MessageId, ReleaseCause, RemoteParty, RequestId,
    Secret, SimCommand, SimEntry, UssdCommand, UssdStatus,
};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// How a scripted modem behaves on the wire.
#[derive(Clone, Debug)]
pub struct Manners {
    /// It repeats every character it is sent, `ATE0` or not.
    pub echo: bool,
    /// What stands before and behind a line.
    pub line: (&'static str, &'static str),
    /// How it asks for a text.
    pub prompt: &'static str,
    /// How long it thinks before an answer of its own.
    pub delay: Duration,
    /// Every answer ends with its last line twice.
    pub twice: bool,
    /// Bytes come in pieces of this size, a millisecond apart; 0: all at once.
    pub piece: usize,
}

impl Default for Manners {
    fn default() -> Self {
        Manners {
            echo: false,
            line: ("\r\n", "\r\n"),
            prompt: "\r\n> ",
            delay: Duration::from_millis(5),
            twice: false,
            piece: 0,
        }
    }
}

/// Driver, scripted modem, clock, transcript.
pub struct Rig {
    pub modem: Modem,
    pub now: Instant,
    pub manners: Manners,
    /// What the modem answers by itself, the newest first; such exchanges are not in the
    /// transcript. A line that ends with `*` stands for all that begin so.
    answers: VecDeque<(String, Vec<String>)>,
    wire: BTreeMap<(Instant, u64), Vec<u8>>,
    last_arrival: Instant,
    sent: u64,
    typed: Vec<u8>,
    /// Receipts are given back at once, as if the store took everything.
    pub storing: bool,
    /// What becomes of the modem's copy then.
    pub afterwards: Afterwards,
    pub receipts: Vec<Receipt>,
    pub transcript: Vec<String>,
    /// All that the driver wrote, line by line.
    pub written: Vec<String>,
    pub events: Vec<ModemEvent>,
    last_request: u64,
    shown_calls: BTreeMap<CallId, (&'static str, String)>,
    zero: Instant,
    /// Bytes of the modem that arrived since the transcript began, and how many do before the cable
    /// is pulled.
    arrived: usize,
    cut: Option<usize>,
}

impl Rig {
    /// A modem that answers `OK` to every command but those that place, take and end calls or send
    /// texts, and has no link yet.
    pub fn new() -> Self {
        Rig::with_profile("")
    }

    /// The same with a profile chosen by name.
    pub fn with_profile(profile: &str) -> Self {
        Rig::with_options(profile, true)
    }

    /// The same, and whether texts are deleted from the modem once they are stored.
    pub fn with_options(profile: &str, delete_received: bool) -> Self {
        let options = Options { profile: profile.to_owned(), delete_received };
        let mut rig = Rig {
            modem: Modem::new(options),
            now: Instant::ZERO,
            manners: Manners::default(),
            answers: VecDeque::new(),
            wire: BTreeMap::new(),
            last_arrival: Instant::ZERO,
            sent: 0,
            typed: Vec::new(),
            storing: true,
            afterwards: Afterwards::Free,
            receipts: Vec::new(),
            transcript: Vec::new(),
            written: Vec::new(),
            events: Vec::new(),
            last_request: 0,
            shown_calls: BTreeMap::new(),
            zero: Instant::ZERO,
            arrived: 0,
            cut: None,
        };
        rig.answer("AT*", "OK");
        for by_hand in ["ATD*", "ATA", "ATH", "AT+CHUP", "AT+CHLD*", "AT+CMGS*", "AT+VTS*"] {
            rig.answer(by_hand, "(by hand)");
        }
        rig.answer("AT+VTS=?", "+VTS: (0-9,*,#,A,B,C,D) | OK");
        rig.answer("AT+CHLD=?", "+CHLD: (0,1,1x,2,2x,3,4) | OK");
        for by_hand in ["AT+CTFR=\"*", "AT+CMUT=0", "AT+CMUT=1", "AT+COPS=?"] {
            rig.answer(by_hand, "(by hand)");
        }
        rig.answer("AT+CUSD*", "(by hand)");
        rig.answer("AT+CUSD=1", "OK");
        rig.answer("AT+CMEE?", "+CMEE: 2 | OK");
        rig.answer("AT+CMGF?", "+CMGF: 0 | OK");
        rig.answer("AT+CPIN?", "+CPIN: READY | OK");
        rig.answer("AT+CREG?", "+CREG: 2,1 | OK");
        rig.answer("AT+CSQ", "+CSQ: 17,99 | OK");
        rig.answer("AT+CPAS", "+CPAS: 0 | OK");
        rig.answer("AT+CEER", "ERROR");
        rig.answer("AT+CPMS=?", "+CPMS: (\"SM\"),(\"SM\"),(\"SM\") | OK");
        rig.answer("AT+CPMS?", "+CPMS: \"SM\",0,30,\"SM\",0,30,\"SM\",0,30 | OK");
        rig.answer("AT+CPMS=\"*", "+CPMS: 0,30,0,30,0,30 | OK");
        rig
    }

    /// From now on the modem answers this line so: lines with ` | ` between them, `(silence)`, or
    /// `(by hand)`: the story does.
    pub fn answer(&mut self, line: &str, answer: &str) {
        let lines = answer.split(" | ").map(str::to_owned).collect();
        self.answers.push_front((line.to_owned(), lines));
    }

    /// Connects and waits until the set-up is over; then the transcript begins at zero.
    pub fn connected(mut self) -> Self {
        self.link_up();
        self.run_for(Duration::from_secs(8));
        assert!(self.modem.ready(), "not ready: {:#?}", self.written);
        self.begin();
        self
    }

    /// The transcript begins now, at zero.
    pub fn begin(&mut self) {
        self.zero = self.now;
        self.transcript.clear();
        self.written.clear();
        self.events.clear();
    }

    pub fn link_up(&mut self) {
        self.modem.handle_link_up(self.now);
        self.drain();
    }

    pub fn link_down(&mut self) {
        self.wire.clear();
        self.modem.handle_link_down(self.now);
        self.drain();
    }

    /// The modem sends a line by itself.
    ///
    /// `\n` in it is a line break of the line's own.
    pub fn line(&mut self, line: &str) {
        let line = line.replace("\\n", "\r\n");
        let (before, behind) = self.manners.line;
        self.raw(format!("{before}{line}{behind}").as_bytes());
    }

    /// The modem sends bytes by itself.
    pub fn raw(&mut self, bytes: &[u8]) {
        if self.manners.piece == 0 {
            self.modem.handle_bytes(bytes, self.now);
            self.drain();
        } else {
            self.schedule(bytes, Duration::ZERO);
            self.deliver_due();
        }
    }

    /// The cable is pulled after so many more bytes of the modem (which sends byte by byte), or
    /// never. Nothing that is sent later arrives.
    pub fn pull_after(&mut self, bytes: Option<usize>) {
        self.arrived = 0;
        self.cut = bytes;
    }

    /// So many bytes of the modem have arrived since.
    pub fn arrived(&self) -> usize {
        self.arrived
    }

    /// Lets time pass.
    pub fn run_for(&mut self, duration: Duration) {
        self.run_until(self.now + duration);
    }

    /// Lets time pass up to this moment, and everything that is due happen.
    pub fn run_until(&mut self, end: Instant) {
        let mut steps = 0u32;
        loop {
            let arrival = self.wire.keys().next().map(|key| key.0);
            let due = [arrival, self.modem.poll_timeout()].into_iter().flatten().min();
            let Some(next) = due.filter(|next| *next <= end) else { break };
            assert!(next >= self.now || arrival == Some(next), "a deadline in the past");
            self.now = self.now.max(next);
            steps += 1;
            assert!(steps < 1_000_000, "it fires for ever");
            self.deliver_due();
            if self.modem.poll_timeout().is_some_and(|due| due <= self.now) {
                self.modem.handle_timeout(self.now);
                self.drain();
            }
        }
        self.now = self.now.max(end);
    }

    fn deliver_due(&mut self) {
        while let Some(entry) = self.wire.first_entry()
            && entry.key().0 <= self.now
        {
            let bytes = entry.remove();
            self.arrived += bytes.len();
            self.modem.handle_bytes(&bytes, self.now);
            self.drain();
            if self.cut.is_some_and(|cut| self.arrived > cut) {
                self.wire.clear();
                self.modem.handle_link_down(self.now);
                self.drain();
            }
        }
    }

    /// Gives the driver a command in words; see [`parse_command`].
    pub fn user(&mut self, words: &str) -> RequestId {
        self.last_request += 1;
        let request = RequestId(self.last_request);
        self.modem.handle_command(request, parse_command(words), self.now);
        self.drain();
        request
    }

    fn drain(&mut self) {
        loop {
            let mut quiet = true;
            while let Some(transmit) = self.modem.poll_transmit() {
                quiet = false;
                self.take_bytes(&transmit.bytes);
            }
            while let Some(event) = self.modem.poll_event() {
                quiet = false;
                self.take_event(event);
            }
            if quiet {
                break;
            }
        }
        let due = self.modem.poll_timeout();
        assert!(due.is_none_or(|due| due >= self.now), "a deadline in the past: {due:?}");
    }

    fn take_event(&mut self, event: ModemEvent) {
        if let Some(words) = self.describe(&event) {
            self.write("event", &words);
        }
        match event {
            ModemEvent::Received { receipt, .. }
            | ModemEvent::ReceivedPlain { receipt, .. }
            | ModemEvent::ReceivedReport { receipt, .. } => match self.storing {
                true => self.modem.handle_stored(receipt, self.afterwards, self.now),
                false => self.receipts.push(receipt),
            },
            event => self.events.push(event),
        }
    }

    /// The texts that were handed over so far, as place and hex.
    pub fn received(&self) -> Vec<String> {
        let texts = self.transcript.iter().filter_map(|line| line.split_once("event  received "));
        texts.map(|(_, text)| text.to_owned()).collect()
    }

    fn take_bytes(&mut self, bytes: &[u8]) {
        if self.manners.echo {
            self.schedule(bytes, Duration::ZERO);
        }
        for &byte in bytes {
            match byte {
                b'\r' => {
                    let line = String::from_utf8(std::mem::take(&mut self.typed)).unwrap();
                    self.take_line(&line);
                }
                0x1A => {
                    let pdu = String::from_utf8(std::mem::take(&mut self.typed)).unwrap();
                    self.written.push(format!("{pdu}^Z"));
                    self.write("->", &format!("{pdu}^Z"));
                }
                0x1B => {
                    self.typed.clear();
                    self.written.push("ESC".to_owned());
                    self.write("->", "ESC");
                }
                _ => self.typed.push(byte),
            }
        }
        if self.typed == b"+++" {
            self.typed.clear();
            self.write("->", "+++");
        }
    }

    fn take_line(&mut self, line: &str) {
        self.written.push(line.to_owned());
        let known = self.answers.iter().find(|(pattern, _)| match pattern.strip_suffix('*') {
            Some(head) => line.starts_with(head),
            None => line == pattern,
        });
        let lines = known.map(|(_, lines)| lines.clone()).unwrap_or_default();
        match lines.first().map(String::as_str) {
            Some("(by hand)") | None => {
                let shown = if line.is_empty() { "CR" } else { line };
                self.write("->", shown);
            }
            Some("(silence)") => {}
            Some(_) => {
                let (before, behind) = self.manners.line;
                let delay = self.manners.delay;
                let again = lines.last().filter(|_| self.manners.twice);
                let text: String = lines
                    .iter()
                    .chain(again)
                    .map(|line| format!("{before}{}{behind}", line.replace("\\n", "\r\n")))
                    .collect();
                self.schedule(text.as_bytes(), delay);
            }
        }
    }

    fn schedule(&mut self, bytes: &[u8], delay: Duration) {
        let size = if self.manners.piece == 0 { bytes.len().max(1) } else { self.manners.piece };
        let mut at = (self.now + delay).max(self.last_arrival);
        for piece in bytes.chunks(size) {
            self.sent += 1;
            self.wire.insert((at, self.sent), piece.to_vec());
            self.last_arrival = at;
            if self.manners.piece > 0 {
                at = at + Duration::from_millis(1);
            }
        }
    }

    /// Adds a line to the transcript.
    pub fn write(&mut self, who: &str, what: &str) {
        let millis = self.now.since(self.zero).as_millis();
        let time = format!("{}.{:03}", millis / 1000, millis % 1000);
        self.transcript.push(format!("{time:>8} {who:<6} {what}"));
    }

    fn describe(&mut self, event: &ModemEvent) -> Option<String> {
        Some(match event {
            ModemEvent::Initialising => "initialising".to_owned(),
            ModemEvent::Ready => "ready".to_owned(),
            ModemEvent::Silent(diagnosis) => format!("silent: {}", diagnosis.cause),
            ModemEvent::Identity(_) | ModemEvent::Network(_) => return None,
            ModemEvent::Call(call) => self.describe_call(call),
            ModemEvent::Received { pdu, receipt } => {
                let pdu = pdu.as_ref().map_or_else(|raw| format!("raw {raw}"), |pdu| hex(pdu));
                format!("received {} {pdu}", place(receipt.location()))
            }
            ModemEvent::ReceivedPlain { message, receipt } => {
                let place = place(receipt.location());
                format!("received {place} from {}: {:?}", message.from, message.text)
            }
            ModemEvent::ReceivedReport { report, receipt } => {
                let place = place(receipt.location());
                format!("received {place} report of {} {:#04X}", report.reference, report.status)
            }
            ModemEvent::Removed(location) => format!("removed {}", place(Some(location))),
            ModemEvent::SegmentHandedOver { message, segment } => {
                format!("handed over {}/{segment}", message.0)
            }
            ModemEvent::SegmentSent { message, segment, reference } => {
                let reference = reference.map_or("none".to_owned(), |r| r.to_string());
                format!("sent {}/{segment} reference {reference}", message.0)
            }
            ModemEvent::SegmentFailed { message, segment, diagnosis, fate, .. } => {
                let fate = match fate {
                    Fate::NotSent => "not sent",
                    Fate::MaybeSent => "maybe sent",
                };
                format!("{fate} {}/{segment}: {}", message.0, diagnosis.cause)
            }
            ModemEvent::Ussd(UssdStatus::Waiting) => "ussd waiting".to_owned(),
            ModemEvent::Ussd(UssdStatus::Answer { text, reply_expected }) => {
                let text = text.replace('\n', "\\n");
                format!("ussd \"{text}\"{}", if *reply_expected { ", asks" } else { "" })
            }
            ModemEvent::Ussd(UssdStatus::Ended(why)) => format!("ussd ended: {why}"),
            ModemEvent::Notice(notice) => format!("notice: {}", notice.text),
            ModemEvent::ConsoleAnswer { lines, ok, .. } => {
                format!("answer {} {}", if *ok { "ok" } else { "not ok" }, lines.join(" | "))
            }
            ModemEvent::Muted(on) => format!("microphone {}", if *on { "off" } else { "on" }),
            ModemEvent::Service(state) => format!("service {}", state.words()),
            ModemEvent::SimPhonebook(book) => {
                let entries = book.entries.iter();
                let words = entries.map(|e| format!("{} {} {:?}", e.index, e.number, e.name));
                let words: Vec<String> = words.collect();
                format!("phonebook of {}: {}", book.capacity, words.join(", "))
            }
            ModemEvent::Done { request } => format!("done {}", request.0),
            ModemEvent::Failed { request, diagnosis, .. } => {
                format!("failed {}: {}", request.0, diagnosis.cause)
            }
        })
    }

    fn describe_call(&mut self, call: &Call) -> String {
        let who = match &call.remote {
            RemoteParty::Known(number) => number.to_string(),
            RemoteParty::Withheld => "withheld".to_owned(),
            RemoteParty::NotAvailable => "unknown".to_owned(),
        };
        let word = call.state.word();
        self.shown_calls.insert(call.id, (word, who.clone()));
        match &call.state {
            CallState::Released(cause) => {
                let words = call.diagnosis.as_ref().map_or("", |d| d.cause.as_str());
                format!("call {} released, {}: {words}", call.id.0, cause_word(cause))
            }
            _ => format!("call {} {word} {who}{}", call.id.0, describe_more(call)),
        }
    }
}

/// What a call has beside its state: `, held by the other side`, `, in a conference`, `, sent 12#`, `, to send ,34`, `, asks`.
fn describe_more(call: &Call) -> String {
    let mut words = String::new();
    if call.held_by_other {
        words += ", held by the other side";
    }
    if call.multiparty {
        words.push_str(", in a conference");
    }
    for (what, keys) in [("sent", &call.keys.sent), ("to send", &call.keys.pending)] {
        if !keys.is_empty() {
            words.push_str(&format!(", {what} {keys}"));
        }
    }
    if call.keys.asks {
        words.push_str(", asks");
    }
    words
}

fn cause_word(cause: &ReleaseCause) -> String {
    match cause {
        ReleaseCause::Refused(Some(cause)) => format!("refused {cause}"),
        other => format!("{other:?}").split('(').next().unwrap_or("").to_lowercase(),
    }
}

fn place(location: Option<&StorageLocation>) -> String {
    location.map_or("directly".to_owned(), |at| format!("{} {}", at.memory, at.index))
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}

/// A command in words: `dial +49…,,12#` (`hide`, `show`, `try`: hiding or showing the own number,
/// although it can't succeed), `answer`, `take` (and end the active call), `reject`, `release 1`,
/// `swap`, `merge`, `private 2`, `transfer`, `deflect 0100`, `mute`, `unmute`,
/// `tones 12#`, `go on 1`,
/// `drop 1`,
/// `text 5/1 0011AB` (message, segment, PDU without SMSC octets),
/// `first 5/1 0011AB` (more follow), `ussd *100#`, `ussd cancel`,
/// `service *#21#`, `sim read`, `console AT+CSQ`, `pin 1234`, `lastpin 1234`, `puk 12345678 1234`,
/// `refresh`.
pub fn parse_command(words: &str) -> ModemCommand {
    let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
    match verb {
        "dial" | "hide" | "show" | "try" => {
            let (number, post_dial) = parse_with_tones(rest).expect("a number");
            let caller_id = match verb {
                "hide" => CallerId::Hide,
                "show" => CallerId::Show,
                _ => CallerId::Default,
            };
            let anyway = verb == "try";
            ModemCommand::Dial(Dial { number, caller_id, post_dial, anyway })
        }
        "take" => ModemCommand::AnswerAndEnd,
        "merge" => ModemCommand::Merge,
        "private" => ModemCommand::Private(call_id(rest)),
        "transfer" => ModemCommand::Transfer,
        "deflect" => {
            let (call, to) = rest.split_once(' ').expect("a call and a number");
            let to = DialString::parse(to).expect("a number");
            ModemCommand::Deflect(call_id(call), to)
        }
        "mute" => ModemCommand::Mute(true),
        "unmute" => ModemCommand::Mute(false),
        "go" => ModemCommand::ContinueDial(call_id(rest.trim_start_matches("on "))),
        "drop" => ModemCommand::DropPostDial(call_id(rest)),
        "answer" => ModemCommand::Answer,
        "reject" => ModemCommand::Reject,
        "release" => ModemCommand::Release(call_id(rest)),
        "swap" => ModemCommand::SwapHeldAndActive,
        "tones" => ModemCommand::SendDtmf(DtmfTones::parse(rest).expect("tones")),
        "text" | "first" => {
            let (place, pdu) = rest.split_once(' ').expect("a place and a PDU");
            let (message, segment) = place.split_once('/').expect("message/segment");
            let tpdu = octets(pdu);
            let mut pdu = vec![0];
            pdu.extend_from_slice(&tpdu);
            ModemCommand::Submit(Submission {
                message: MessageId(message.parse().expect("a number")),
                segment: segment.parse().expect("a number"),
                tpdu_octets: tpdu.len(),
                more_follow: verb == "first",
                pdu,
            })
        }
        "ussd" if rest == "cancel" => ModemCommand::Ussd(UssdCommand::Cancel),
        "ussd" => ModemCommand::Ussd(UssdCommand::Send(rest.to_owned())),
        "console" => ModemCommand::Console(rest.to_owned()),
        "pin" | "lastpin" => {
            let last_try = verb == "lastpin";
            ModemCommand::EnterPin { code: Secret(rest.to_owned()), new_pin: None, last_try }
        }
        "puk" => {
            let (puk, pin) = rest.split_once(' ').expect("a PUK and a PIN");
            let (code, new_pin) = (Secret(puk.to_owned()), Some(Secret(pin.to_owned())));
            ModemCommand::EnterPin { code, new_pin, last_try: false }
        }
        "service" => match deskphone::phone::mmi::read(rest) {
            Some(deskphone::phone::Mmi::Service(wish)) => ModemCommand::Service(wish),
            other => panic!("no service: {other:?}"),
        },
        "sim" => ModemCommand::Sim(parse_sim(rest)),
        "refresh" => ModemCommand::Refresh,
        other => panic!("no such command: {other}"),
    }
}

/// `read`, `write 3 0301 Erika`, `delete 3`, `pin 1234 5678`, `lock on 1234 last`.
fn parse_sim(words: &str) -> SimCommand {
    let words: Vec<&str> = words.splitn(4, ' ').collect();
    let secret = |at: usize| Secret(words[at].to_owned());
    match words[0] {
        "read" => SimCommand::ReadPhonebook,
        "write" => SimCommand::WriteEntry(SimEntry {
            index: words[1].parse().expect("a place"),
            number: words[2].to_owned(),
            name: words[3].to_owned(),
        }),
        "delete" => SimCommand::DeleteEntry(words[1].parse().expect("a place")),
        "pin" => SimCommand::ChangePin {
            old: secret(1),
            new: secret(2),
            last_try: words.get(3) == Some(&"last"),
        },
        "lock" => SimCommand::SetPinLock {
            on: words[1] == "on",
            pin: secret(2),
            last_try: words.get(3) == Some(&"last"),
        },
        other => panic!("no such command: {other}"),
    }
}

fn call_id(text: &str) -> CallId {
    CallId(text.parse().expect("a call's number"))
}

fn octets(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
