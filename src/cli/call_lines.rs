//! Lines that speak of calls: a live call's change of state, and a row of the history.

use crate::cli::json::JsonLine;
use crate::cli::output::{Line, cause_and_advice, date_and_time, party, time_of_day, visible};
use crate::clock::WallTime;
use crate::phone::{Call, CallDetail, CallRecord, CallState, Direction, RemoteParty};
use std::time::Duration;

/// A call that is new or changed, at `time`. `name` is the contact's.
pub fn call_line(call: &Call, name: Option<&str>, time: WallTime) -> Line {
    let number = call.remote.number().map(|number| number.as_str());
    let released = !call.state.live();
    let diagnosis = call.diagnosis.as_ref().filter(|_| released);
    let json = JsonLine::event("call")
        .number("id", call.id.0)
        .text("direction", direction_word(call.direction))
        .filled("number", number)
        .filled("name", name)
        .text("state", call.state.word())
        .text("time", &time.rfc3339())
        .filled("cause", diagnosis.map(|diagnosis| diagnosis.cause.as_str()))
        .filled("advice", diagnosis.map(|diagnosis| diagnosis.advice.as_str()))
        .texts("evidence", diagnosis.map_or(&[], |diagnosis| &diagnosis.evidence));
    let mut human = format!(
        "{}  {:<8}  {}",
        time_of_day(time),
        call.state.word(),
        remote_words(&call.remote, name)
    );
    if let Some(talk) = call.answered_at.filter(|_| released) {
        human += &format!("  after {}", duration_words(call.state_since.since(talk)));
    }
    if let Some(diagnosis) = diagnosis {
        human += &format!("  {}", cause_and_advice(&diagnosis.cause, &diagnosis.advice));
        // How an answered call ends needs no proof.
        if call.answered_at.is_none() && !diagnosis.evidence.is_empty() {
            human += &format!("  [{}]", visible(&diagnosis.evidence.join(", ")));
        }
    }
    Line { human, json }
}

/// A row of the history. `name` is the contact's.
pub fn record_line(record: &CallRecord, name: Option<&str>) -> Line {
    let number = record.remote.number().map(|number| number.as_str());
    let seconds = record.talk_time.map(|talk| talk.as_secs().min(i64::MAX as u64) as i64);
    let json = JsonLine::event("call")
        .number("id", record.id.0)
        .text("direction", direction_word(record.direction))
        .filled("number", number)
        .filled("name", name)
        .text("outcome", record.outcome.word())
        .text("time", &record.started.rfc3339())
        .known("duration", seconds)
        .filled("cause", Some(&record.cause))
        .filled("advice", Some(&record.advice));
    let talk = record.talk_time.map(duration_words).unwrap_or_default();
    let human = format!(
        "{}  {:<8}  {:<10}  {talk:>7}  {}  {}",
        date_and_time(record.started),
        direction_word(record.direction),
        record.outcome.word(),
        remote_words(&record.remote, name),
        cause_and_advice(&record.cause, &record.advice)
    );
    Line { human: human.trim_end().to_owned(), json }
}

/// A row of the history with everything that is kept of it.
pub fn detail_line(record: &CallRecord, detail: Option<&CallDetail>, name: Option<&str>) -> Line {
    let Line { mut human, mut json } = record_line(record, name);
    let Some(detail) = detail else { return Line { human, json } };
    let steps = detail.milestones.iter();
    let words: Vec<String> = steps
        .clone()
        .map(|step| format!("{} {:.1} s", step.state, step.at_ms as f64 / 1000.0))
        .collect();
    human += &format!("\n  {}", words.join(", "));
    let dbm = detail.signal.map(|signal| i64::from(signal.rssi_dbm()));
    let technology = detail.access_technology.map(|technology| technology.word());
    let about: Vec<String> = [
        (!detail.operator.is_empty()).then(|| visible(&detail.operator)),
        technology.map(str::to_owned),
        dbm.map(|dbm| format!("{dbm} dBm")),
        detail.cause.map(|cause| format!("cause {cause}")),
        (!detail.keys.is_empty()).then(|| format!("keys {}", visible(&detail.keys))),
        (!detail.blocked_by.is_empty())
            .then(|| format!("blocked by {}", visible(&detail.blocked_by))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !about.is_empty() {
        human += &format!("\n  {}", about.join(", "));
    }
    for line in &detail.transcript {
        let way = if line.sent { "->" } else { "<-" };
        let at = line.at_ms as f64 / 1000.0;
        human += &format!("\n  {at:>8.3} {way} {}", visible(&line.text));
    }
    json = json
        .objects(
            "steps",
            steps.map(|step| {
                JsonLine::new()
                    .text("state", &step.state)
                    .number("at_ms", i64::try_from(step.at_ms).unwrap_or(i64::MAX))
            }),
        )
        .filled("operator", Some(&detail.operator))
        .filled("technology", technology)
        .known("dbm", dbm)
        .known("cause_number", detail.cause)
        .filled("keys", Some(&detail.keys))
        .filled("blocked_by", Some(&detail.blocked_by))
        .texts("evidence", &detail.evidence)
        .objects(
            "transcript",
            detail.transcript.iter().map(|line| {
                JsonLine::new()
                    .number("at_ms", line.at_ms)
                    .flag("sent", line.sent)
                    .text("line", &line.text)
            }),
        );
    Line { human, json }
}

/// `outgoing` or `incoming`.
pub fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::MobileOriginated => "outgoing",
        Direction::MobileTerminated => "incoming",
    }
}

/// Whether two states of one call are the same line.
pub fn same_state(a: &Call, b: &Call) -> bool {
    match (&a.state, &b.state) {
        (CallState::Released(_), CallState::Released(_)) => true,
        (a, b) => a == b,
    }
}

fn remote_words(remote: &RemoteParty, name: Option<&str>) -> String {
    match remote {
        RemoteParty::Known(number) => party(number.as_str(), name),
        RemoteParty::Withheld => "withheld number".to_owned(),
        RemoteParty::NotAvailable => "unknown number".to_owned(),
    }
}

/// `0:07`, `12:03`, `1:00:09`.
fn duration_words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;
    use crate::number::PhoneNumber;
    use crate::phone::{CallId, Diagnosis, ReleaseCause};

    fn busy_call() -> Call {
        Call {
            id: CallId(3),
            direction: Direction::MobileOriginated,
            state: CallState::Released(ReleaseCause::Busy),
            remote: RemoteParty::Known(PhoneNumber::new("+15550101")),
            multiparty: false,
            held_by_other: false,
            keys: Default::default(),
            started_at: Instant::ZERO,
            state_since: Instant::from_secs(4),
            answered_at: None,
            diagnosis: Some(Diagnosis {
                cause: "The number is busy".to_owned(),
                advice: "Try again later".to_owned(),
                evidence: vec!["BUSY".to_owned()],
            }),
        }
    }

    #[test]
    fn a_released_call_says_why_and_what_to_do() {
        let time = WallTime::from_unix_seconds(1_793_383_445, 4);
        let line = call_line(&busy_call(), Some("Busy Bee"), time);
        assert_eq!(
            line.json.finish(),
            "{\"event\":\"call\",\"id\":3,\"direction\":\"outgoing\",\"number\":\"+15550101\",\
             \"name\":\"Busy Bee\",\"state\":\"released\",\"time\":\"2026-10-30T19:04:05+01:00\",\
             \"cause\":\"The number is busy\",\"advice\":\"Try again later\",\
             \"evidence\":[\"BUSY\"]}"
        );
        assert_eq!(
            line.human,
            "19:04:05  released  +15550101 Busy Bee  The number is busy: try again later  [BUSY]"
        );
    }

    #[test]
    fn a_live_call_has_no_cause_and_an_unknown_caller_no_number() {
        let call = Call {
            state: CallState::Incoming,
            direction: Direction::MobileTerminated,
            remote: RemoteParty::Withheld,
            ..busy_call()
        };
        let line = call_line(&call, None, WallTime::from_unix_seconds(0, 0));
        assert_eq!(
            line.json.finish(),
            "{\"event\":\"call\",\"id\":3,\"direction\":\"incoming\",\"state\":\"incoming\",\
             \"time\":\"1970-01-01T00:00:00Z\"}"
        );
        assert_eq!(line.human, "00:00:00  incoming  withheld number");
    }

    #[test]
    fn durations_read_like_a_clock() {
        assert_eq!(duration_words(Duration::from_secs(7)), "0:07");
        assert_eq!(duration_words(Duration::from_secs(723)), "12:03");
        assert_eq!(duration_words(Duration::from_secs(3609)), "1:00:09");
    }
}
