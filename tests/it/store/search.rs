//! Search: any script, as one types, with the hits marked.

use super::*;

fn receive(store: &mut Store, from: &str, words: &str, seconds: i64) -> TextMessage {
    let octets = format!("{from} {words} {seconds}");
    let got = store.receive_text(octets.as_bytes(), &text(from, words), None, at(seconds));
    got.unwrap().message
}

pub fn search(reader: &Reader, words: &str) -> Vec<String> {
    match reader.answer(&Query::Search { text: words.into(), before: None, limit: 3 }, "") {
        Answer::Found { hits, .. } => hits.into_iter().map(|hit| hit.message.text).collect(),
        other => panic!("{words:?}: {other:?}"),
    }
}

#[test]
fn search_finds_words_parts_of_words_and_any_script() {
    let mut store = Store::in_memory().unwrap();
    for (n, words) in (0..).zip([
        "Your code is 491-823",
        "See you at the café tomorrow",
        "سلام، حال شما چطور است؟",
        "明日の会議は三時です",
        "สวัสดีครับ",
        "Überraschung! 😀 100%",
        "cut\0here hidden",
        "see the CODE again",
    ]) {
        receive(&mut store, "+1555", words, n);
    }
    let reader = store.reader().unwrap();
    for (query, found) in [
        ("code", vec!["see the CODE again", "Your code is 491-823"]),
        ("code is", vec!["Your code is 491-823"]),
        ("cod", vec!["see the CODE again", "Your code is 491-823"]),
        ("CAFE", vec!["See you at the café tomorrow"]),
        ("morrow", vec!["See you at the café tomorrow"]),
        ("491-8", vec!["Your code is 491-823"]),
        // Digits are found whatever stands between them.
        ("9182", vec!["Your code is 491-823"]),
        ("491823", vec!["Your code is 491-823"]),
        ("9183", vec![]),
        ("سلام", vec!["سلام، حال شما چطور است؟"]),
        ("会議", vec!["明日の会議は三時です"]),
        ("สดี", vec!["สวัสดีครับ"]),
        ("😀", vec!["Überraschung! 😀 100%"]),
        ("%", vec!["Überraschung! 😀 100%"]),
        ("überr", vec!["Überraschung! 😀 100%"]),
        ("ubErr", vec!["Überraschung! 😀 100%"]),
        ("hidden", vec!["cut\0here hidden"]),
        ("", vec![]),
        ("  ", vec![]),
        ("code nowhere", vec![]),
    ] {
        assert_eq!(search(&reader, query), found, "{query:?}");
    }
    assert_eq!(search(&reader, "e").len(), 3);
}

#[test]
fn nothing_typed_into_the_search_is_an_error() {
    let mut store = Store::in_memory().unwrap();
    receive(&mut store, "+1555", "a \"quoted\" AND NEAR(b) OR c* text:col ^d - + {x} \\ '", 0);
    let reader = store.reader().unwrap();
    for query in [
        "\"",
        "\"\"",
        "a\"",
        "*",
        "a*",
        "AND",
        "OR OR",
        "NOT a",
        "NEAR(",
        "(",
        ")",
        "text:",
        "^",
        "-a",
        "+",
        "{a}",
        "'",
        "\\",
        "a;b",
        "\0",
        "a\0b",
        "--",
        "🏳️‍🌈",
        "Ⓐ",
        "\u{301}",
        ":",
        "%",
        "_",
        "[a",
    ] {
        search(&reader, query);
    }
    let alphabet: Vec<char> = "ab\"*()^:-+{}'\\ \0,ANDOR%_é😀\u{301}ع中".chars().collect();
    let mut state = 5u64;
    let mut found = 0;
    for _ in 0..3000 {
        let query: String = (0..12)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                alphabet[(state >> 33) as usize % alphabet.len()]
            })
            .collect();
        found += search(&reader, &query).len();
    }
    assert!(found < 3000);
    assert_eq!(search(&reader, &"a ".repeat(100_000)).len(), 1);
}

#[test]
fn deleted_texts_are_not_found() {
    let mut store = Store::in_memory().unwrap();
    let message = receive(&mut store, "+1555", "secret", 0);
    let reader = store.reader().unwrap();
    assert_eq!(search(&reader, "secret").len(), 1);
    store.delete_message(message.id, at(9)).unwrap();
    assert_eq!(search(&reader, "secret").len(), 0);
    let got = store.receive_text(b"z", &text("+1556", "secret"), Some(&place(1)), at(1)).unwrap();
    store.delete_thread(got.thread.id, at(9)).unwrap();
    assert_eq!(search(&reader, "secret").len(), 0);
    // A long text is found by its words once they are there.
    store.receive_text(b"1", &part("+1557", "late", 1, 2, 2), None, at(2)).unwrap();
    store.receive_text(b"2", &part("+1557", "early ", 1, 2, 1), None, at(3)).unwrap();
    assert_eq!(search(&reader, "early late"), ["early late"]);
    assert_eq!(search(&reader, "missing").len(), 0);
}

/// The texts found, with the marked pieces in brackets.
fn marked(reader: &Reader, words: &str) -> Vec<String> {
    let query = Query::Search { text: words.into(), before: None, limit: 10 };
    let Answer::Found { hits, .. } = reader.answer(&query, "") else { panic!("{words}") };
    let mark = |hit: deskphone::phone::SearchHit| {
        let mut text = hit.message.text.clone();
        assert!(hit.marks.is_sorted_by(|a, b| a.end <= b.start), "{:?}", hit.marks);
        for range in hit.marks.into_iter().rev() {
            assert!(!range.is_empty());
            text.insert(range.end, ']');
            text.insert(range.start, '[');
        }
        text
    };
    hits.into_iter().map(mark).collect()
}

#[test]
fn what_was_found_is_marked() {
    let mut store = Store::in_memory().unwrap();
    for (n, (words, query, expected)) in (0..).zip([
        ("The code, the CODES, decode", "code", "The [code], the [CODE]S, decode"),
        ("Crème brûlée", "creme bru", "[Crème] [brû]lée"),
        ("cre\u{301}me", "creme", "[cre\u{301}me]"),
        ("Straße, Ærø", "strasse aero", "[Straße], [Ærø]"),
        ("ИЖЕВСК ёлка", "иже елка", "[ИЖЕ]ВСК [ёлка]"),
        ("明日の会議は会議室で", "会議", "明日の[会議]は[会議]室で"),
        ("会話と議会", "会議", ""),
        ("明日の会", "会", "明日の[会]"),
        ("สวัสดีครับ", "ดีค", "สวัส[ดีค]รับ"),
        ("かな カナ", "カナ", "かな [カナ]"),
        ("ｶﾅ 半角", "カナ", "[ｶﾅ] 半角"),
        ("한국어 문자", "한국", "[한국]어 문자"),
        ("नमस्ते दुनिया", "नमस्ते", "[नमस्ते] दुनिया"),
        ("علي كتاب", "علی کتاب", "[علي] [كتاب]"),
        ("می\u{200C}شود", "میشود", "[می\u{200C}شود]"),
        ("سَلَامٌ", "سلام", "[سَلَامٌ]"),
        ("کد ۱۲۳۴۵", "12345", "کد [۱۲۳۴۵]"),
        ("Code: 491-823", "491823", "Code: [491-823]"),
        ("Ring +44 (7911) 123456 now", "07911123456", "Ring +44 ([7911) 123456] now"),
        ("Ring +44 (7911) 123456 now", "7911 123", "Ring +44 ([7911) 123]456 now"),
        ("order 20240917X", "0917", "order 2024[0917]X"),
        ("Total 1.299,00 €", "€", "Total 1.299,00 [€]"),
        ("ok 👍🏽 done", "👍", "ok [👍]🏽 done"),
        ("100% sure", "%", "100[%] sure"),
        ("ＦＵＬＬ width", "full", "[ＦＵＬＬ] width"),
        ("half of a word", "alf", "h[alf] of a word"),
        ("really?!", "?!", "really[?!]"),
        ("a b", "b a", "[a] [b]"),
        ("banana", "ban bana", "[bana]na"),
    ]) {
        let message = receive(&mut store, "+1555", words, n * 1000);
        let reader = store.reader().unwrap();
        let found = marked(&reader, query);
        let expected: Vec<String> =
            Some(expected.to_owned()).filter(|e| !e.is_empty()).into_iter().collect();
        assert_eq!(found, expected, "{query:?} in {words:?}");
        store.delete_message(message.id, at(0)).unwrap();
    }
}

#[test]
fn a_number_finds_the_texts_of_its_owner() {
    let mut store = Store::in_memory().unwrap();
    receive(&mut store, "+447911123456", "from them", 0);
    receive(&mut store, "+15550100", "call 07911 123456", 1);
    receive(&mut store, "07911123456", "in another spelling", 2);
    submit(&mut store, "+447911123456", "to them", 1, 3, &owner("us")).unwrap();
    receive(&mut store, "40404", "neither", 4);
    let reader = store.reader().unwrap();
    for (query, call) in [
        ("07911123456", "call [07911 123456]"),
        ("7911 123456", "call 0[7911 123456]"),
        ("+7911-123-456", "call 0[7911 123456]"),
    ] {
        let all = ["to them", "in another spelling", call, "from them"];
        assert_eq!(marked(&reader, query), all, "{query}");
    }
    assert_eq!(marked(&reader, "40404"), ["neither"]);
    assert_eq!(marked(&reader, "99999"), Vec::<String>::new());
}

#[test]
fn the_next_page_goes_on_where_the_last_one_ended() {
    let mut store = Store::in_memory().unwrap();
    for n in 0..25 {
        receive(
            &mut store,
            ["+447911123456", "+1555"][n % 2],
            &format!("word 7911123 {n}"),
            n as i64,
        );
        receive(&mut store, "+447911123456", &format!("other {n}"), n as i64);
    }
    let reader = store.reader().unwrap();
    for (query, count) in [("wor", 25), ("7911123", 50), ("ord", 25)] {
        let mut before = None;
        let mut ids = Vec::new();
        loop {
            let query = Query::Search { text: query.into(), before, limit: 7 };
            let Answer::Found { hits, more } = reader.answer(&query, "") else { panic!() };
            ids.extend(hits.iter().map(|hit| hit.message.id));
            before = ids.last().copied();
            if !more {
                break;
            }
            assert_eq!(hits.len(), 7);
        }
        assert_eq!(ids.len(), count, "{query}");
        assert!(ids.windows(2).all(|pair| pair[0] > pair[1]), "{query}");
    }
}

#[test]
fn texts_held_back_are_not_found_until_they_are_shown() {
    let mut store = Store::in_memory().unwrap();
    store.receive_text(b"1", &part("+1555", "early ", 1, 2, 1), None, at(0)).unwrap();
    let reader = store.reader().unwrap();
    assert_eq!(search(&reader, "early").len(), 0);
    store.show_incomplete(at(90)).unwrap();
    assert_eq!(search(&reader, "early").len(), 1);
    assert_eq!(search(&reader, "missing").len(), 1);
    let message = store.receive_text(b"2", &part("+1555", "late", 1, 2, 2), None, at(99)).unwrap();
    assert_eq!(search(&reader, "early late"), ["early late"]);
    assert_eq!(search(&reader, "missing").len(), 0);
    store.delete_thread(message.thread.id, at(100)).unwrap();
    assert_eq!(search(&reader, "early").len(), 0);
    store.undelete_thread(message.thread.id).unwrap();
    assert_eq!(search(&reader, "early").len(), 1);
}
