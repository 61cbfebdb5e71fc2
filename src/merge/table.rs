//! A CSV file as a table (RFC 4180 and what programs write instead): the separator is found out, a
//! first line without names is noticed, and lines of another length are made to fit and named.

use super::{MOST_COLUMNS, MOST_OCTETS, MOST_ROWS, MergeError, cell, decode};
use crate::phone::Table;
use csv::StringRecord;

/// Separators, in the order in which they win a tie.
const SEPARATORS: [u8; 4] = *b";,\t|";
/// So many lines, and so many octets of them, decide about the separator.
const SAMPLE: (usize, usize) = (50, 64 << 10);
/// Sentences about a file at most; the last says how many more there are.
const MOST_PROBLEMS: usize = 100;

/// Reads a CSV file: separator (comma, semicolon, tab, vertical bar) and encoding are found out.
///
/// The first line names the columns. If there is a telephone number in it, it is a line like any
/// other, and the columns are called `1`, `2`, `3`…; so is a column without a name.
pub fn read(name: &str, bytes: &[u8]) -> Result<Table, MergeError> {
    if bytes.len() > MOST_OCTETS {
        return Err(MergeError::TooLarge);
    }
    if decode::is_document(bytes) {
        return Err(MergeError::NotText);
    }
    let text = decode::text_of(bytes);
    let (declared, body) = declared_separator(&text);
    let separator = declared.unwrap_or_else(|| likely_separator(body));
    let mut lines = Lines::new(body, separator, usize::from(declared.is_some()) + 1);
    let (line, first) = lines.next().ok_or(MergeError::Empty)?;
    let mut reading = Reading::new(name, &first);
    if has_number(&first) {
        reading.columns_by_number(first.len());
        reading.row(line, &first);
    } else {
        reading.columns_by_name(&first);
    }
    for (line, record) in &mut lines {
        if reading.table.rows.len() == MOST_ROWS {
            reading.problem(format!(
                "Line {line} and those after it are left out: only {MOST_ROWS} are read"
            ));
            break;
        }
        reading.row(line, &record);
    }
    if let Some(line) = lines.unclosed() {
        reading.problem(format!(
            "The quotation mark in line {line} is never closed: everything after it is one field"
        ));
    }
    reading.finish()
}

/// `sep=;` in the first line, as Excel writes and reads it, and the rest of the file.
fn declared_separator(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let declared = first.trim_end_matches('\r').trim_matches('"');
    match declared.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator]
            if separator.is_ascii() && !matches!(separator, b'"' | b'\r') =>
        {
            (Some(*separator), rest)
        }
        _ => (None, text),
    }
}

/// The separator that cuts the first lines into the same number of fields, and into the most.
fn likely_separator(text: &str) -> u8 {
    let mut end = text.len().min(SAMPLE.1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let score = |separator: u8| {
        let mut fields = Lines::new(&text[..end], separator, 1).map(|(_, record)| record.len());
        let first = fields.next().unwrap_or(0);
        let (alike, all) = fields
            .take(SAMPLE.0)
            .fold((1, 1), |(alike, all), fields| (alike + usize::from(fields == first), all + 1));
        (first > 1, alike * 10 / all, first)
    };
    let best = SEPARATORS.map(|separator| (score(separator), separator)).into_iter();
    best.reduce(|best, next| if next.0 > best.0 { next } else { best }).map_or(b',', |best| best.1)
}

/// A line of names has no telephone number in it.
fn has_number(record: &StringRecord) -> bool {
    record.iter().any(cell::looks_like_number)
}

/// The lines of a file that have something in them, each with its number as an editor counts.
struct Lines<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    /// Up to this octet the lines are counted.
    counted: usize,
    line: usize,
    /// The last record goes over several lines.
    tall: bool,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, separator: u8, line: usize) -> Lines<'a> {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(separator).has_headers(false).flexible(true);
        Lines { text, reader: builder.from_reader(text.as_bytes()), counted: 0, line, tall: false }
    }

    /// The number of the line in which a record begins; empty lines before it count to it.
    fn line_of(&mut self, record: &StringRecord) -> usize {
        let octet =
            |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let begin =
            record.position().map_or(self.counted, octet).clamp(self.counted, self.text.len());
        let octets = self.text.as_bytes();
        let empty = octets[begin..].iter().take_while(|&&b| matches!(b, b'\r' | b'\n')).count();
        let end = begin + empty;
        let breaks = |octets: &[u8]| {
            // A carriage return alone ends a line too, as on old Macintoshes.
            let feeds = octets.iter().filter(|&&b| b == b'\n').count();
            let pairs = octets.windows(2).filter(|pair| *pair == b"\r\n").count();
            feeds + octets.iter().filter(|&&b| b == b'\r').count() - pairs
        };
        self.line += breaks(&octets[self.counted..end]);
        self.counted = end;
        self.line
    }
}

impl Lines<'_> {
    /// At the end: the line whose quotation mark is never closed, so that it took the rest of the
    /// file in.
    fn unclosed(&self) -> Option<usize> {
        let quotes = || self.text[self.counted..].bytes().filter(|&b| b == b'"').count();
        (self.tall && quotes() % 2 == 1).then_some(self.line)
    }
}

impl Iterator for Lines<'_> {
    type Item = (usize, StringRecord);

    fn next(&mut self) -> Option<(usize, StringRecord)> {
        let mut record = StringRecord::new();
        // A text in memory that is UTF-8 has no errors left to come across.
        while self.reader.read_record(&mut record).unwrap_or(false) {
            let line = self.line_of(&record);
            self.tall = record.iter().any(|field| field.contains('\n'));
            if record.iter().any(|field| !field.trim().is_empty()) {
                return Some((line, record));
            }
        }
        None
    }
}

/// A table under construction.
struct Reading {
    table: Table,
    /// Problems beyond those that are kept.
    more: usize,
}

impl Reading {
    fn new(name: &str, first: &StringRecord) -> Reading {
        let table = Table { name: name.to_owned(), ..Table::default() };
        let mut reading = Reading { table, more: 0 };
        if first.len() > MOST_COLUMNS {
            reading.problem(format!(
                "Only the first {MOST_COLUMNS} of {} columns are read",
                first.len()
            ));
        }
        reading
    }

    fn columns_by_number(&mut self, columns: usize) {
        self.table.columns = (1..=columns.min(MOST_COLUMNS)).map(|n| n.to_string()).collect();
    }

    fn columns_by_name(&mut self, names: &StringRecord) {
        for (at, name) in names.iter().take(MOST_COLUMNS).enumerate() {
            let name = cell::plain(name);
            let name = if name.is_empty() { (at + 1).to_string() } else { name.to_owned() };
            let same = |known: &String| known.to_lowercase() == name.to_lowercase();
            if self.table.columns.iter().any(same) {
                let name = cell::shortened(&name);
                self.problem(format!("Several columns are called “{name}”: the first one counts"));
            }
            self.table.columns.push(name);
        }
    }

    /// Takes a line in, made as long as there are columns.
    fn row(&mut self, line: usize, record: &StringRecord) {
        let columns = self.table.columns.len();
        let (fields, plural) = (record.len(), if record.len() == 1 { "" } else { "s" });
        let lost = record.iter().take(MOST_COLUMNS).skip(columns).any(|f| !f.trim().is_empty());
        if fields < columns {
            self.problem(format!(
                "Line {line} has {fields} field{plural} instead of {columns}: \
                 the missing ones are empty"
            ));
        } else if lost {
            self.problem(format!(
                "Line {line} has {fields} fields instead of {columns}: the last ones are left out"
            ));
        }
        let mut row: Vec<String> = record.iter().take(columns).map(str::to_owned).collect();
        row.resize(columns, String::new());
        self.table.rows.push(row);
    }

    fn problem(&mut self, sentence: String) {
        if self.table.problems.len() < MOST_PROBLEMS - 1 {
            self.table.problems.push(sentence);
        } else {
            self.more += 1;
        }
    }

    fn finish(mut self) -> Result<Table, MergeError> {
        if self.table.rows.is_empty() {
            return Err(MergeError::Empty);
        }
        if self.more > 0 {
            self.table.problems.push(format!("And {} more lines like these", self.more));
        }
        Ok(self.table)
    }
}
