//! Lists for many texts: whatever octets a file has, reading it ends with a table that keeps its
//! promises, or with a reason.

use deskphone::merge::{self, MOST_COLUMNS, MOST_ROWS};

/// A small generator of pseudorandom numbers (xorshift64*), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

/// What lists are made of, and what breaks programs that read them.
const PIECES: &[&[u8]] = &[
    b",",
    b";",
    b"\t",
    b"|",
    b"\"",
    b"\"\"",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b" ",
    b"sep=;\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xff",
    b"\x80",
    b"name",
    b"number",
    b"{name}",
    b"+4915123456789",
    b"0151 2345678",
    b"=\"+49\"",
    b"'",
    b"4.91512E+11",
    b"E",
    b"1e",
    b"123456.0",
    "شماره".as_bytes(),
    "😀".as_bytes(),
    b"\xd8\x3d",
    b"a\0b\0",
    b"\0;\0",
    b"12/34-56",
    b"=",
    b"{",
    b"}",
];

fn random_file(random: &mut Random) -> Vec<u8> {
    let mut file = Vec::new();
    for _ in 0..random.below(60) {
        match random.below(8) {
            0 => file.push(random.next() as u8),
            _ => file.extend_from_slice(PIECES[random.below(PIECES.len())]),
        }
    }
    file
}

#[test]
fn any_octets_make_a_table_or_a_reason() {
    let (mut tables, mut texts) = (0, 0);
    for seed in 1..=20_000u64 {
        let mut random = Random(seed);
        let file = random_file(&mut random);
        let Ok(table) = merge::read("list.csv", &file) else { continue };
        tables += 1;
        assert!(!table.rows.is_empty() && table.rows.len() <= MOST_ROWS, "seed {seed}");
        assert!((1..=MOST_COLUMNS).contains(&table.columns.len()), "seed {seed}");
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "seed {seed}");
        assert!(table.columns.iter().all(|name| !name.is_empty()), "seed {seed}");
        let template = String::from_utf8_lossy(&random_file(&mut random)).into_owned();
        let column = merge::number_column(&table).unwrap_or(0);
        assert!(column < table.columns.len(), "seed {seed}");
        merge::unknown_fields(&template, &table);
        let merged = merge::merge(&template, &table, column);
        texts += merged.texts.len();
        // Each line is a text or a problem; a number that is there twice is both.
        let lines = merged.texts.len() + merged.problems.len();
        assert!(lines >= table.rows.len() && merged.texts.len() <= table.rows.len(), "seed {seed}");
        assert!(merged.texts.iter().all(|(_, text)| !text.trim().is_empty()), "seed {seed}");
        assert!(merged.problems.iter().all(|problem| problem.row < table.rows.len()));
    }
    assert!(tables > 8_000 && texts > 500, "{tables} tables, {texts} texts");
}

#[test]
fn what_is_written_by_the_rules_is_read_back() {
    // RFC 4180: a field with a separator, a quotation mark or a line end stands in quotation
    // marks, and a quotation mark in it is doubled.
    let quoted = |field: &str| format!("\"{}\"", field.replace('"', "\"\""));
    let words =
        ["a", "b;c", "d,e", "f\"g", "h\ni", "ü", "سلام", " j ", "'k", "", "{l}", "\"", "m\r\nn"];
    for seed in 1..=2_000u64 {
        let mut random = Random(seed);
        let separator = [",", ";", "\t", "|"][random.below(4)];
        let columns = 2 + random.below(5);
        let mut row = |first: &str| -> Vec<String> {
            let field = |_| words[random.below(words.len())].to_owned();
            std::iter::once(first.to_owned()).chain((1..columns).map(field)).collect()
        };
        let rows: Vec<Vec<String>> = (0..8).map(|_| row("x")).collect();
        let names: Vec<String> = (0..columns).map(|n| format!("c{n}")).collect();
        let line = |row: &Vec<String>| {
            row.iter().map(|f| quoted(f)).collect::<Vec<_>>().join(separator) + "\r\n"
        };
        let file: String = std::iter::once(&names).chain(&rows).map(line).collect();
        let table = merge::read("list.csv", file.as_bytes()).unwrap();
        assert_eq!((table.columns, table.rows), (names, rows), "seed {seed}");
        assert!(table.problems.is_empty(), "seed {seed}");
    }
}

#[test]
fn hostile_files_take_no_more_time_than_honest_ones() {
    let started = std::time::Instant::now();
    let size = 2 << 20;
    for unit in ["\"", ",", "\n", "\"\n", "a\r", "{", "+1555010,\n", "=\"", "\u{202e}", "\0"] {
        let file = unit.repeat(size / unit.len());
        let Ok(table) = merge::read("l", file.as_bytes()) else { continue };
        let column = merge::number_column(&table).unwrap_or(0);
        let template = "{a}{".repeat(1000);
        let merged = merge::merge(&template, &table, column);
        assert!(merged.texts.iter().map(|(_, text)| text.len()).sum::<usize>() <= 64 << 20);
    }
    // Far more than it takes, even where other work runs; an algorithm of the square of the size
    // would take hours.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
