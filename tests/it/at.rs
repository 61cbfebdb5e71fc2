//! AT text from outside: the corpus of real responses, and noise.

mod corpus;
mod foreign;
mod kinds;
mod noise;

use deskphone::at::{Frame, Framer, Hint};

/// What a modem sent → lines, as the driver gets them.
fn lines(raw: &str) -> Vec<String> {
    let mut framer = Framer::new();
    framer.push(raw.as_bytes());
    let mut lines = Vec::new();
    let mut take = |frame| match frame {
        Frame::Line(line) => lines.push(line),
        Frame::Prompt => panic!("a prompt that nobody expects"),
    };
    while let Some(frame) = framer.next(Hint::default()) {
        take(frame);
    }
    while let Some(frame) = framer.flush_partial() {
        take(frame);
    }
    lines
}

/// Runs everything that reads a line. What it returns does not matter here: it must return.
fn read_in_every_way(line: &str) {
    use deskphone::at::response::*;
    use deskphone::at::{FinalResult, Intermediate, Unsolicited, charset, explain};
    let one = || std::iter::once(line);
    let _ = (FinalResult::parse(line), FinalResult::parse_numeric(line));
    let _ = (Intermediate::parse(line), Unsolicited::parse(line).map(|urc| urc.pdu_follows()));
    let _ = (explain::explain(line, true), explain::explain(line, false));
    let _ = (cbc::parse(line), ccwa::parse(line), ccwa::parse_status(one()), ceer::parse(line));
    let _ = (cesq::parse(line).map(|cesq| cesq.level_dbm()), cind::parse_test(line));
    let _ = (clcc::parse(line), clcc::parse_slcc(line), clcc::parse_block(one()));
    let _ = (clip::parse(line), cmgl::parse(line), cmgl::parse_block(one()), cmgr::parse(line));
    let _ = (cmgs::parse(line), cnmi::parse(line), cnum::parse(line), cops::parse(line));
    let _ = (cops::parse_list(one()), cpin::parse(line), cpms::parse(line));
    let _ = (cpms::parse_test(line), creg::parse(line), csca::parse(line), csq::parse(line));
    let _ = (cusd::parse(line).and_then(|cusd| cusd.text()), pin_retries::parse(one()));
    let _ = (free_text::parse(one(), "+CGMI"), free_text::digits(one(), "+CGSN", 14));
    let _ = (charset::try_ucs2_hex(line), charset::Charset::Gsm.decode(line));
    let _ = charset::Charset::Ucs2.decode(line);
    let _ = (ccfc::parse(line), ccwa::parse_query(line), clck::parse(line));
    let _ = (clir::parse(line, "+CLIR"), cpbr::parse(line), cpbr::parse_test(line));
    let _ = (cpbr::parse_memory(line), cpbr::parse_memories(line));
    let _ = crsm::parse(line)
        .map(|crsm| (crsm::layout(&crsm.octets), crsm::emergency_codes(&crsm.octets)));
    let _ = (offers::call_hold(line), offers::voice_class(line), offers::voicemail(line));
    let _ = (offers::ims_registration(line), offers::emergency_numbers(line));
    let _ = cusd::parse(line).and_then(|cusd| cusd.packed_text());
}
