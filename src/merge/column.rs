//! Which column of a list has the telephone numbers: by its name in many languages, and by what is
//! in it.

use super::cell;
use crate::phone::Table;

/// So many lines say what is in a column.
const SAMPLE: usize = 200;

/// Parts of names that speak of a mobile phone, where texts go.
const MOBILE: &[&str] = &[
    "mobil",
    "handy",
    "cell",
    "gsm",
    "sms",
    "msisdn",
    "natel",
    "portable",
    "móvil",
    "movil",
    "celular",
    "cellulare",
    "telemóvel",
    "komórk",
    "cep tel",
    "моб",
    "сотов",
    "κινητ",
    "נייד",
    "جوال",
    "موبايل",
    "محمول",
    "موبایل",
    "همراه",
    "मोबाइल",
    "มือถือ",
    "di động",
    "手机",
    "手機",
    "行動",
    "携帯",
    "휴대",
];
/// Parts of names that speak of a telephone.
const PHONE: &[&str] = &[
    "phone",
    "tel",
    "fon",
    "tél",
    "teléfono",
    "rufnummer",
    "recipient",
    "empfänger",
    "puhelin",
    "sími",
    "тел",
    "τηλ",
    "טלפון",
    "هاتف",
    "تلفن",
    "ٹیلی",
    "फ़ोन",
    "फोन",
    "โทร",
    "điện thoại",
    "电话",
    "電話",
    "전화",
];
/// Parts of names that speak of a number of whatever kind.
const NUMBER: &[&str] = &[
    "number",
    "nummer",
    "numéro",
    "número",
    "numero",
    "numer",
    "numara",
    "номер",
    "αριθμ",
    "מספר",
    "رقم",
    "شماره",
    "نمبر",
    "नंबर",
    "เบอร์",
    "số",
    "号码",
    "號碼",
    "番号",
    "번호",
];
/// Columns of numbers that no text reaches.
const NOT_FOR_TEXTS: &[&str] = &["fax", "факс", "فاكس", "فکس", "传真", "傳真"];

/// The column that looks like telephone numbers: by its name, and by what is in it. The leftmost of
/// equals.
pub fn number_column(table: &Table) -> Option<usize> {
    let scored = table.columns.iter().enumerate().filter_map(|(column, name)| {
        let score = by_name(name) + by_contents(table, column)?;
        (score > 0).then_some((column, score))
    });
    // The first of the best, as `max_by_key` would give the last.
    scored.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(column, _)| column)
}

/// What a column's name says, in points.
fn by_name(name: &str) -> i32 {
    let name = name.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match () {
        () if has(NOT_FOR_TEXTS) => -100,
        () if has(MOBILE) => 40,
        () if has(PHONE) => 30,
        () if NUMBER.contains(&name.as_str()) || name == "to" => 25,
        () if has(NUMBER) => 5,
        () => 0,
    }
}

/// What is in a column, in points up to 20; `None` if fewer than half of its cells could be
/// telephone numbers. A table without lines says nothing either way.
fn by_contents(table: &Table, column: usize) -> Option<i32> {
    let cells = table.rows.iter().take(SAMPLE).filter_map(|row| row.get(column));
    let cells: Vec<&String> = cells.filter(|cell| !cell.trim().is_empty()).collect();
    if cells.is_empty() {
        return table.rows.is_empty().then_some(0);
    }
    let numbers = cells.iter().filter(|cell| cell::looks_like_number(cell)).count();
    let begins = cells.iter().filter(|cell| cell::begins_like_number(cell)).count();
    let per_cell = |count: usize| (count * 10 / cells.len()) as i32;
    // The short numbers of a network are too short to be found by their looks.
    let short = cells.iter().all(|cell| cell::number(cell).is_ok());
    let named = by_name(&table.columns[column]) >= 25;
    if numbers * 2 >= cells.len() {
        Some(per_cell(numbers) + per_cell(begins))
    } else {
        (named && (short || numbers > 0)).then_some(0)
    }
}
