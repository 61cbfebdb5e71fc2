//! Lines that speak of text messages.

use crate::cli::call_lines::direction_word;
use crate::cli::json::JsonLine;
use crate::cli::output::{Line, cause_and_advice, date_and_time, party, time_of_day, visible};
use crate::clock::WallTime;
use crate::phone::{Delivery, Diagnosis, Direction, MessageKind, SearchHit, TextMessage};

/// A text that is new or changed, at `time`. `name` is the contact's.
pub fn text_line(message: &TextMessage, name: Option<&str>, time: WallTime) -> Line {
    // The user knows the text that is being sent; what comes in is news.
    let news = message.direction == Direction::MobileTerminated || message.delivery.settled();
    let human = format!("{}  {}", time_of_day(time), words(message, name, news));
    Line { human, json: json(message, name, time) }
}

/// A text of the past.
pub fn stored_text_line(message: &TextMessage, name: Option<&str>) -> Line {
    let time = message.time;
    let human = format!(
        "{}  {:<8}  {}",
        date_and_time(time),
        direction_word(message.direction),
        words(message, name, true)
    );
    Line { human, json: json(message, name, time) }
}

/// The segment a line is about, counted from 1: the one on its way, or how many have come.
fn segment(delivery: &Delivery) -> Option<u8> {
    match delivery {
        Delivery::Sending(count) => Some(count.done.saturating_add(1).min(count.total)),
        Delivery::Received(count) => Some(count.done),
        _ => None,
    }
}

fn diagnosis(delivery: &Delivery) -> Option<&Diagnosis> {
    match delivery {
        Delivery::Failed(diagnosis) | Delivery::Unknown(diagnosis) => Some(diagnosis),
        Delivery::Retrying(retry) => Some(&retry.why),
        _ => None,
    }
}

/// A text that a search found. The words stand at `marks`.
pub fn found_line(hit: &SearchHit, name: Option<&str>) -> Line {
    let Line { human, json } = stored_text_line(&hit.message, name);
    let text = &hit.message.text;
    // Characters rather than octets: what most languages count.
    let place = |octet: usize| text.get(..octet).map_or(0, |before| before.chars().count());
    let marks = hit.marks.iter().map(|mark| [place(mark.start), place(mark.end)]);
    Line { human, json: json.pairs("marks", marks) }
}

fn json(message: &TextMessage, name: Option<&str>, time: WallTime) -> JsonLine {
    let diagnosis = diagnosis(&message.delivery);
    let rfc3339 = |time: Option<WallTime>| time.map(WallTime::rfc3339);
    let (at, next, attempts) = match &message.delivery {
        Delivery::Scheduled(at) => (Some(*at), None, None),
        Delivery::Retrying(retry) => (None, Some(retry.at), Some(retry.attempts)),
        _ => (None, None, None),
    };
    JsonLine::event("text")
        .number("id", message.id.0)
        .text("direction", direction_word(message.direction))
        .text("number", message.number.as_str())
        .filled("name", name)
        .filled("kind", kind(message))
        .text("text", &message.text)
        .text("state", message.delivery.word())
        .known("segment", segment(&message.delivery))
        .number("segments", message.segments)
        .known("delivered", Some(message.delivered_segments).filter(|&segments| segments > 0))
        .text("time", &time.rfc3339())
        .some("at", rfc3339(at).as_deref())
        .some("next_attempt", rfc3339(next).as_deref())
        .known("attempts", attempts)
        .some("sent_at", rfc3339(message.sent_at).as_deref())
        .known("batch", message.batch.map(|batch| batch.0))
        .some("pdu", message.undecodable_pdu.as_deref())
        .filled("cause", diagnosis.map(|diagnosis| diagnosis.cause.as_str()))
        .filled("advice", diagnosis.map(|diagnosis| diagnosis.advice.as_str()))
        .texts("evidence", diagnosis.map_or(&[], |diagnosis| &diagnosis.evidence))
}

/// What kind of text it is, unless it is one like any other.
fn kind(message: &TextMessage) -> Option<&'static str> {
    match message.kind {
        MessageKind::Text if message.options.flash => Some(MessageKind::Flash.word()),
        MessageKind::Text => None,
        other => Some(other.word()),
    }
}

/// `sending 2 of 3  +15550107 Echo`, and `with_text` what the text says.
fn words(message: &TextMessage, name: Option<&str>, with_text: bool) -> String {
    let mut state = message.delivery.word().to_owned();
    if let Some(segment) = segment(&message.delivery).filter(|_| message.segments > 1) {
        state += &format!(" {segment} of {}", message.segments);
    }
    match &message.delivery {
        Delivery::Scheduled(at) => state += &format!(" for {}", date_and_time(*at)),
        Delivery::Retrying(retry) => state += &format!(" at {}", time_of_day(retry.at)),
        Delivery::Sent if message.delivered_segments > 0 => {
            let (delivered, segments) = (message.delivered_segments, message.segments);
            state += &format!(", {delivered} of {segments} delivered");
        }
        _ => {}
    }
    let mut words = format!("{state:<9}  {}", party(message.number.as_str(), name));
    if let Some(kind) = kind(message) {
        words += &format!("  [{kind}]");
    }
    if let Some(diagnosis) = diagnosis(&message.delivery) {
        words += &format!("  {}", cause_and_advice(&diagnosis.cause, &diagnosis.advice));
        if !diagnosis.evidence.is_empty() {
            words += &format!("  [{}]", visible(&diagnosis.evidence.join(", ")));
        }
    }
    if with_text {
        words += &format!("  {}", visible(&message.text));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::PhoneNumber;
    use crate::phone::{MessageId, MessageKind, SegmentCount, SendOptions, ThreadId};

    fn long_text(delivery: Delivery) -> TextMessage {
        TextMessage {
            id: MessageId(5),
            thread: ThreadId(1),
            direction: Direction::MobileOriginated,
            number: PhoneNumber::new("+15550107"),
            kind: MessageKind::Text,
            text: "سلام\n\"x\"".to_owned(),
            undecodable_pdu: None,
            time: WallTime::from_unix_seconds(0, 0),
            sent_at: None,
            delivery,
            segments: 3,
            delivered_segments: 0,
            options: SendOptions::default(),
            batch: None,
            read: true,
        }
    }

    #[test]
    fn sending_names_the_segment_on_its_way() {
        let message = long_text(Delivery::Sending(SegmentCount { done: 1, total: 3 }));
        let line = text_line(&message, Some("Echo"), message.time);
        assert_eq!(
            line.json.finish(),
            "{\"event\":\"text\",\"id\":5,\"direction\":\"outgoing\",\"number\":\"+15550107\",\
             \"name\":\"Echo\",\"text\":\"سلام\\n\\\"x\\\"\",\"state\":\"sending\",\"segment\":2,\
             \"segments\":3,\"time\":\"1970-01-01T00:00:00Z\"}"
        );
        assert_eq!(line.human, "00:00:00  sending 2 of 3  +15550107 Echo");
        // In a list nobody knows what waits.
        let listed = stored_text_line(&message, Some("Echo")).human;
        assert!(listed.ends_with("sending 2 of 3  +15550107 Echo  سلام\\n\"x\""), "{listed}");
    }

    #[test]
    fn a_failed_text_says_why_and_has_no_segment() {
        let why = Diagnosis {
            cause: "The number does not take texts".to_owned(),
            advice: "Call it".to_owned(),
            evidence: vec!["+CMS ERROR: 1".to_owned()],
        };
        let message = long_text(Delivery::Failed(why));
        let line = text_line(&message, None, message.time);
        let json: serde_json::Value = serde_json::from_str(&line.json.finish()).unwrap();
        assert_eq!(json["cause"], "The number does not take texts");
        assert_eq!(json["advice"], "Call it");
        assert!(json.get("segment").is_none() && json.get("name").is_none());
        assert_eq!(
            line.human,
            "00:00:00  failed     +15550107  The number does not take texts: call it  \
             [+CMS ERROR: 1]  سلام\\n\"x\""
        );
    }
}
