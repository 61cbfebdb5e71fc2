//! What people paste: lines of a log, with a time, an arrow, a name and quotation marks around what
//! went over the wire, and its line ends spelled out.

/// A line as it went over the wire, as far as that can be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pasted {
    /// The line.
    pub line: String,
    /// It went to the modem (true) or came from there; `None` if the log does not say.
    pub sent: Option<bool>,
}

/// Arrows and names in front of what was sent, or what came; longer ones first. Words need a colon
/// or the like behind them.
const WAYS: [(&str, bool); 29] = [
    ("--->", true),
    ("<---", false),
    ("-->", true),
    ("<--", false),
    ("==>", true),
    ("<==", false),
    (">>>", true),
    ("<<<", false),
    ("->", true),
    ("<-", false),
    ("=>", true),
    ("<=", false),
    (">>", true),
    ("<<", false),
    ("→", true),
    ("←", false),
    ("AT>", true),
    ("AT<", false),
    ("<", false),
    ("RECEIVED", false),
    ("RECV", false),
    ("READ", false),
    ("RX", false),
    ("SENDING", true),
    ("SENT", true),
    ("SEND", true),
    ("WRITE", true),
    ("WROTE", true),
    ("TX", true),
];

/// How logs spell what can't be seen, and what it is; the line ends become one.
const SPELLED: [(&str, &str); 12] = [
    ("<CR>", "\n"),
    ("<LF>", "\n"),
    ("<cr>", "\n"),
    ("<lf>", "\n"),
    ("\\r", "\n"),
    ("\\n", "\n"),
    ("^M", "\n"),
    ("\r", "\n"),
    ("^Z", "\u{1A}"),
    ("<Ctrl-Z>", "\u{1A}"),
    ("\\x1a", "\u{1A}"),
    ("<^Z>", "\u{1A}"),
];

/// The lines in a line of a log.
pub fn lines(text: &str) -> Vec<Pasted> {
    let (rest, sent) = bare(text);
    let mut spelled = rest.to_owned();
    for (name, meant) in SPELLED {
        spelled = spelled.replace(name, meant);
    }
    let lines = spelled.lines().map(|line| line.trim_matches([' ', '\u{1A}', '\t']));
    let lines = lines.map(|line| unquoted(line).to_owned()).filter(|line| !line.is_empty());
    lines.map(|line| Pasted { line, sent }).collect()
}

/// Without what the log wrote in front and around it.
fn bare(text: &str) -> (&str, Option<bool>) {
    let (mut rest, mut sent) = (text.trim(), None);
    // A log that quotes what passed writes what it likes before that.
    for (arrow, way) in [("--> '", true), ("<-- '", false), ("--> \"", true), ("<-- \"", false)] {
        if let Some((_, quoted)) = rest.split_once(arrow) {
            return (quoted.trim_end_matches(['\'', '"']), Some(way));
        }
    }
    while let Some((way, after)) = decoration(rest) {
        sent = way.or(sent);
        rest = after;
    }
    (unquoted(rest), sent)
}

/// One thing that a log writes in front of the line: which way it says, if any, and what follows.
fn decoration(rest: &str) -> Option<(Option<bool>, &str)> {
    let told = time(rest).or_else(|| way(rest)).or_else(|| name(rest));
    told.map(|(way, after)| (way, after.trim_start())).filter(|(_, after)| !after.is_empty())
}

/// `18:04:05.123`, `2026-11-22`, `[12.5]`.
fn time(rest: &str) -> Option<(Option<bool>, &str)> {
    let (word, after) = match rest.strip_prefix(['[', '(']) {
        Some(inside) => inside.split_once([']', ')'])?,
        None => rest.split_once([' ', '\t'])?,
    };
    let signs = |c: char| c.is_ascii_digit() || ":.,-/+TZ ".contains(c);
    let digits = word.chars().filter(char::is_ascii_digit).count();
    // Our own recordings count milliseconds: `497 > AT\r`.
    let parted = word.contains([':', '-', '/', '.']) || after.starts_with(['<', '>']);
    let counts = digits >= 2 || after.starts_with(['<', '>']);
    (word.chars().all(signs) && counts && digits > 0 && parted).then_some((None, after))
}

/// `->`, `TX:`, `[RX]`.
fn way(rest: &str) -> Option<(Option<bool>, &str)> {
    if let Some(after) = rest.strip_prefix('>').filter(|after| super::is_command(after.trim())) {
        return Some((Some(true), after));
    }
    WAYS.iter().find_map(|(mark, sent)| {
        let word = mark.ends_with(|c: char| c.is_ascii_alphabetic());
        let inside = rest.strip_prefix(['[', '(']).filter(|_| word).unwrap_or(rest);
        let (head, after) = inside.split_at_checked(mark.len())?;
        let ends = |c: char| matches!(c, ':' | '>' | '<' | ']' | ')' | '|' | '=');
        let fits = head.eq_ignore_ascii_case(mark)
            && (!word || after.starts_with(ends) || (mark.len() == 2 && after.starts_with(' ')));
        fits.then(|| (Some(*sent), if word { after.trim_start_matches(ends) } else { after }))
    })
}

/// `debug:`, `[modem0]`, `|`.
fn name(rest: &str) -> Option<(Option<bool>, &str)> {
    if let Some(inside) = rest.strip_prefix(['[', '(']) {
        return inside.split_once([']', ')']).map(|(_, after)| (None, after));
    }
    let (word, after) = rest.split_once([' ', '\t'])?;
    let punctuation = matches!(word, "|" | "-" | ":" | "•");
    let label = word.strip_suffix(':').is_some_and(|label| {
        label.starts_with(|c: char| c.is_ascii_alphabetic())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || "/._-[]".contains(c))
    });
    (punctuation || label).then_some((None, after))
}

/// Without one pair of quotation marks around all of it.
fn unquoted(text: &str) -> &str {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('`', '`')];
    let text = text.trim();
    let inside = PAIRS
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
        .filter(|inside| !inside.is_empty());
    inside.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> (String, Option<bool>) {
        let mut lines = lines(text);
        assert_eq!(lines.len(), 1, "{text}: {lines:?}");
        let Pasted { line, sent } = lines.remove(0);
        (line, sent)
    }

    #[test]
    fn what_logs_write_around_a_line_is_taken_away() {
        for text in [
            "AT+CSQ",
            "[12:03:04] AT+CSQ",
            "2026-11-22 18:04:05.123 AT+CSQ",
            "2026-11-22T18:04:05.123Z AT+CSQ",
            "[    2.512345] AT+CSQ",
            "\"AT+CSQ\"",
            "“AT+CSQ”",
            "AT+CSQ\\r\\n",
            "AT+CSQ<CR>",
            "AT+CSQ^M",
            "debug: AT+CSQ",
        ] {
            assert_eq!(only(text), ("AT+CSQ".to_owned(), None), "{text}");
        }
        for text in [
            "> AT+CSQ",
            ">> AT+CSQ",
            "-> AT+CSQ",
            "--> AT+CSQ",
            "TX: AT+CSQ",
            "tx AT+CSQ",
            "[TX] AT+CSQ",
            "Sent: AT+CSQ",
            "--> Sending: AT+CSQ",
            "18:04:05.123 --> AT+CSQ",
            "497 > AT+CSQ\\r",
            "0 > AT+CSQ\\r",
            "D/AT: AT> AT+CSQ",
            "[12:03:04] (ttyUSB2): --> 'AT+CSQ<CR>'",
            "ModemManager[812]: <debug> [modem0/ttyUSB2/at] --> 'AT+CSQ<CR>'",
        ] {
            assert_eq!(only(text), ("AT+CSQ".to_owned(), Some(true)), "{text}");
        }
        for text in ["< OK", "<- OK", "<< OK", "RX: OK", "12:00:01.123 <- OK", "[RX] OK"] {
            assert_eq!(only(text), ("OK".to_owned(), Some(false)), "{text}");
        }
    }

    #[test]
    fn a_line_of_a_log_may_hold_several_of_the_modem() {
        let text = "(ttyUSB2): <-- '<CR><LF>+CSQ: 20,99<CR><LF><CR><LF>OK<CR><LF>'";
        let told: Vec<String> = lines(text).into_iter().map(|pasted| pasted.line).collect();
        assert_eq!(told, ["+CSQ: 20,99", "OK"]);
    }

    #[test]
    fn a_line_without_decoration_keeps_all_of_it() {
        for text in ["+CCLK: \"26/11/22,18:04:05+14\"", "+COPS: (2,\"A\",,\"B\")", "12:03", "TX"] {
            assert_eq!(only(text).0, text);
        }
        assert!(lines("").is_empty() && lines("\"\"").len() < 2);
        for text in ["[", "(a", "<", ">", "-->", "'", "\u{202e}", "[12:00]", "→"] {
            assert!(lines(text).len() < 2, "{text}");
        }
    }
}
