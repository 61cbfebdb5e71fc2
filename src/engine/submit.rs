//! New texts: checked, cut into segments, and stored all at once or not at all.

use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::engine::messages::MANY;
use crate::engine::storing::{AT_ONCE, outgoing};
use crate::modem::ModemCommand;
use crate::number::{DialString, PhoneNumber, match_key, same_number};
use crate::phone::{
    CallId, CommandError, Delivery, Diagnosis, Event, NewBatch, NewMessage, RequestId, SendOptions,
    TextMessage, Thread,
};
use crate::sms::{self, EncodeError, Encoding, SubmitOptions};
use crate::store::{OutgoingSegment, OutgoingText, StoreError};
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

/// Recipients of one text at most.
const MOST_RECIPIENTS: usize = 100;
/// Texts of one list at most.
const MOST_TEXTS: usize = 10_000;
/// What TP-VP can say (23.040 §9.2.3.12.1).
const SHORTEST_VALIDITY: Duration = Duration::from_secs(5 * 60);
const LONGEST_VALIDITY: Duration = Duration::from_secs(63 * 7 * 24 * 3600);
/// Letters of a text that name a batch.
const NAME_LENGTH: usize = 40;
/// Digits of an address at most (23.040 §9.1.2.5).
const MOST_DIGITS: usize = 20;

/// The segments of a text for one recipient, ready to be stored.
pub(super) type Encoded = Vec<OutgoingSegment>;

impl Engine {
    /// One text to one or several.
    pub(super) fn submit(&mut self, request: RequestId, message: &NewMessage, moment: Moment) {
        let recipients = match self.recipients(message) {
            Ok(recipients) => recipients,
            Err(error) => return self.submit_failed(request, error),
        };
        let texts: Vec<(PhoneNumber, &str)> =
            recipients.into_iter().map(|to| (to, message.text.as_str())).collect();
        let name: String = message.text.trim().chars().take(NAME_LENGTH).collect();
        let name = name.lines().next().unwrap_or_default().to_owned();
        self.store_texts(request, &name, &texts, &message.options, moment);
    }

    /// A text for each line of a list.
    pub(super) fn submit_batch(&mut self, request: RequestId, batch: &NewBatch, moment: Moment) {
        if batch.texts.is_empty() {
            return self.bad_input(request, "The list has no texts", "Choose another file");
        }
        if batch.texts.len() > MOST_TEXTS {
            let cause = format!("A list can have at most {MOST_TEXTS} texts");
            return self.bad_input(request, &cause, "Send it in several goes");
        }
        if batch.texts.len() > AT_ONCE {
            return self.submit_list(request, batch);
        }
        let texts: Vec<(PhoneNumber, &str)> =
            batch.texts.iter().map(|(to, text)| (to.to_number(), text.as_str())).collect();
        self.store_texts(request, &batch.name, &texts, &batch.options, moment);
    }

    /// A list that takes a while to store.
    fn submit_list(&mut self, request: RequestId, batch: &NewBatch) {
        match self.may_keep().and_then(|()| self.effective(&batch.options)) {
            Ok(options) => {
                let texts = batch.texts.iter().map(|(to, text)| (to.to_number(), text.clone()));
                self.store_list(request, &batch.name, texts.collect(), options);
            }
            Err(error) => self.submit_failed(request, error),
        }
    }

    fn may_keep(&self) -> Result<(), SubmitError> {
        let Some(reason) = &self.options.volatile else { return Ok(()) };
        let cause = format!("The text can't be kept, so it is not sent: {reason}");
        Err(SubmitError::Volatile(cause))
    }

    fn store_texts(
        &mut self,
        request: RequestId,
        name: &str,
        texts: &[(PhoneNumber, &str)],
        options: &SendOptions,
        moment: Moment,
    ) {
        match self.try_store(name, texts, options, moment) {
            Ok(()) => self.done(request),
            Err(error) => self.submit_failed(request, error),
        }
    }

    /// The texts are in the outbox, and told; or nothing happened.
    fn try_store(
        &mut self,
        name: &str,
        texts: &[(PhoneNumber, &str)],
        options: &SendOptions,
        moment: Moment,
    ) -> Result<(), SubmitError> {
        self.may_keep()?;
        let stored = self.effective(options).and_then(|options| {
            let mut references = References::default();
            let encoded = self.encode(texts, 0..texts.len(), &options, &mut references)?;
            let outgoing = outgoing(texts, &encoded, &options);
            Ok(self.store_outgoing(name, &outgoing, moment)?)
        });
        let (messages, threads) = stored?;
        let waits = |text: &TextMessage| matches!(text.delivery, Delivery::Scheduled(_));
        let scheduled = messages.iter().all(waits);
        self.publish_all(messages, threads);
        self.agenda.stale();
        if !scheduled {
            self.outbox_filled();
        }
        Ok(())
    }

    /// Rejects this call, if it still rings, and sends its caller a text, which is safe on the disk
    /// before the call is gone. Nothing happens if the text can't be sent.
    pub(super) fn reject_with_text(
        &mut self,
        request: RequestId,
        call: CallId,
        text: String,
        moment: Moment,
    ) {
        let Some(live) = self.calls.ringing().filter(|live| live.call.id == call) else {
            return self.not_now(request, "This call doesn't ring any more");
        };
        let to = live.call.remote.number().map(|number| DialString::parse(number.as_str()));
        let Some(Ok(to)) = to.filter(|_| self.linkage.why_no_link().is_none()) else {
            let cause = "The caller's number is not known, so no text can be sent";
            let diagnosis = Diagnosis::new(cause, "Reject the call without a text");
            return self.failed(request, CommandError::NotAllowedNow, diagnosis);
        };
        let status_report = self.settings.delivery_reports;
        let options = SendOptions { status_report, ..SendOptions::default() };
        match self.try_store("", &[(to.to_number(), &text)], &options, moment) {
            Ok(()) => self.hand_to_modem(request, ModemCommand::Reject, moment),
            Err(error) => self.submit_failed(request, error),
        }
    }

    /// In one transaction; several texts make a batch.
    fn store_outgoing(
        &mut self,
        name: &str,
        texts: &[OutgoingText<'_>],
        moment: Moment,
    ) -> Result<(Vec<TextMessage>, Vec<Thread>), StoreError> {
        let owner = &self.options.owner;
        if let [text] = texts {
            let (message, thread) = self.store.submit(text, moment.wall, owner)?;
            return Ok((vec![message], vec![thread]));
        }
        let (batch, messages, threads) =
            self.store.submit_batch(name, texts, moment.wall, owner)?;
        self.out.events.push(Event::Batch(batch));
        Ok((messages, threads))
    }

    /// Tells many texts that changed; a great many conversations at once.
    fn publish_all(&mut self, messages: Vec<TextMessage>, threads: Vec<Thread>) {
        self.out.events.extend(messages.into_iter().map(Event::Message));
        if threads.len() > MANY {
            self.publish_threads();
        } else {
            self.out.events.extend(threads.into_iter().map(Event::Thread));
        }
    }

    /// To whom, everybody once.
    fn recipients(&self, message: &NewMessage) -> Result<Vec<PhoneNumber>, SubmitError> {
        let mut recipients: Vec<PhoneNumber> = Vec::new();
        for number in message.to.iter().map(|to| to.to_number()) {
            let known = |to: &PhoneNumber| same_number(to.as_str(), number.as_str(), self.region());
            if !recipients.iter().any(known) {
                recipients.push(number);
            }
        }
        if recipients.is_empty() {
            return Err(SubmitError::input("The text has no recipient", "Type a number first"));
        }
        if recipients.len() > MOST_RECIPIENTS {
            let cause = format!("A text can have at most {MOST_RECIPIENTS} recipients");
            return Err(SubmitError::Input(cause, "Send it in several goes"));
        }
        Ok(recipients)
    }

    /// The options, with the settings where they say nothing.
    fn effective(&self, options: &SendOptions) -> Result<SendOptions, SubmitError> {
        let range = SHORTEST_VALIDITY..=LONGEST_VALIDITY;
        if options.validity.is_some_and(|validity| !range.contains(&validity)) {
            let cause = "The centre can try for 5 minutes at least and 63 weeks at most";
            return Err(SubmitError::input(cause, "Choose a time in between"));
        }
        let minutes = u64::from(self.settings.validity_minutes);
        let usual = (minutes > 0)
            .then(|| Duration::from_secs(minutes * 60).clamp(SHORTEST_VALIDITY, LONGEST_VALIDITY));
        let usual_centre = match self.settings.smsc.trim() {
            "" => None,
            number => Some(DialString::parse(number).map_err(|_| {
                let cause = format!("The text centre's number {number} is no telephone number");
                SubmitError::Input(cause, "Correct it in the settings")
            })?),
        };
        let smsc = options.smsc.clone().or(usual_centre);
        if let Some(smsc) = &smsc {
            let digits = smsc.as_str().strip_prefix('+').unwrap_or(smsc.as_str());
            let good = (1..=MOST_DIGITS).contains(&digits.len())
                && digits.bytes().all(|byte| byte.is_ascii_digit());
            if !good {
                let cause = format!("The text centre's number {} is not one", smsc.as_str());
                return Err(SubmitError::Input(cause, "Type digits, with + for a country code"));
            }
        }
        let validity = options.validity.or(usual);
        let carrier = self.linkage.carrier().unwrap_or(options.carrier);
        Ok(SendOptions { validity, smsc, carrier, ..options.clone() })
    }

    /// Some of the texts cut into segments.
    pub(super) fn encode<T: AsRef<str>>(
        &mut self,
        texts: &[(PhoneNumber, T)],
        some: Range<usize>,
        options: &SendOptions,
        references: &mut References,
    ) -> Result<Vec<Encoded>, SubmitError> {
        let encoding = Encoding {
            national_tables: self.settings.national_alphabets,
            wide_reference: self.settings.wide_references,
        };
        let submit = SubmitOptions {
            status_report: options.status_report,
            concat_reference: 0,
            encoding,
            flash: options.flash,
            validity: options.validity,
            smsc: options.smsc.as_ref().map_or_else(String::new, |smsc| smsc.as_str().to_owned()),
        };
        let mut encoded = Vec::with_capacity(some.len());
        for (at, (to, text)) in texts.iter().enumerate().take(some.end).skip(some.start) {
            let text = text.as_ref();
            let mut submit = submit.clone();
            if sms::count_segments(text, encoding).segments > 1 {
                let nth = references.nth_to(to);
                if nth == references.known.len() {
                    let wide = encoding.wide_reference;
                    references.known.push(self.store.next_concat_reference(wide)?);
                }
                submit.concat_reference = references.known[nth];
            }
            let segments = sms::encode_submit(to.as_str(), text, &submit);
            let segments = segments.map_err(|error| SubmitError::of(error, at, texts.len()))?;
            let segments = segments.into_iter().map(|segment| OutgoingSegment {
                pdu: segment.pdu,
                tpdu_octets: segment.tpdu_octets,
            });
            encoded.push(segments.collect());
        }
        Ok(encoded)
    }

    pub(super) fn submit_failed(&mut self, request: RequestId, error: SubmitError) {
        match error {
            SubmitError::Input(cause, advice) => self.bad_input(request, &cause, advice),
            SubmitError::Store(error) => self.storage_failed(request, &error),
            SubmitError::Volatile(cause) => {
                self.failed(request, CommandError::Storage, Diagnosis::new(&cause, ""));
            }
        }
    }
}

/// Concatenation references (23.040 §9.2.3.24.1): they tell apart the long texts to one recipient,
/// so that a list to ten thousand people needs one.
#[derive(Debug, Default)]
pub(super) struct References {
    known: Vec<u16>,
    long_texts: BTreeMap<String, usize>,
}

impl References {
    /// How many long texts this recipient got before.
    fn nth_to(&mut self, to: &PhoneNumber) -> usize {
        let count = self.long_texts.entry(match_key(to.as_str())).or_default();
        *count += 1;
        *count - 1
    }
}

/// Why texts are not stored.
pub(super) enum SubmitError {
    Input(String, &'static str),
    Store(StoreError),
    /// Nothing can be kept.
    Volatile(String),
}

impl SubmitError {
    fn input(cause: &str, advice: &'static str) -> Self {
        SubmitError::Input(cause.to_owned(), advice)
    }

    /// With the text's place in the list, if there is one.
    fn of(error: EncodeError, at: usize, texts: usize) -> Self {
        let advice = match &error {
            EncodeError::TooLong(_) => "Send it in several texts",
            EncodeError::BadAddress(_) => "Type a telephone number",
            EncodeError::BadCentre(_) => "Type the number of a text centre",
            EncodeError::Empty => "Type a text first",
        };
        let words = error.to_string();
        if texts > 1 {
            return SubmitError::Input(format!("Text {} of {texts}: {words}", at + 1), advice);
        }
        let mut letters = words.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        SubmitError::Input(first + letters.as_str(), advice)
    }
}

impl From<StoreError> for SubmitError {
    fn from(error: StoreError) -> Self {
        SubmitError::Store(error)
    }
}
