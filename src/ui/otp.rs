//! The code in a text that brings one: `482913` of "Your code is 482913".

use std::ops::Range;

/// Only so much of a text is looked at, in octets.
const LOOKED_AT: usize = 1_000;
/// A code stands at most so far from the word that names it, in octets.
const NEAR: usize = 120;
/// How long a code is.
const LENGTH: Range<usize> = 4..9;

/// Words of languages that put spaces between them; a word that begins like this counts.
const BEGINNINGS: &[&str] = &[
    "code",
    "otp",
    "passcode",
    "password",
    "passwort",
    "verif",
    "kod",
    "código",
    "codigo",
    "codice",
    "kode",
    "mot de passe",
    "hasło",
    "şifre",
    "parola",
    "пароль",
    "код",
    "רמז",
    "קוד",
    "סיסמ",
    "κωδικ",
    "lozinka",
    "heslo",
    "wachtwoord",
    "salasana",
    "lösenord",
];
/// Words that count only whole, being parts of many others.
const WHOLE: &[&str] = &["pin", "tan", "mtan", "2fa", "tac", "mã"];
/// Words of languages that join them.
const ANYWHERE: &[&str] = &[
    "رمز",
    "کد",
    "كود",
    "الكود",
    "کلمه عبور",
    "گذرواژه",
    "验证码",
    "驗證碼",
    "校验码",
    "动态密码",
    "認証",
    "コード",
    "暗証番号",
    "인증",
    "코드",
    "비밀번호",
    "รหัส",
    "ओटीपी",
    "कोड",
    "কোড",
];
/// A number after one of these is something else.
const NOT_AFTER: &[&str] = &[
    "card",
    "account",
    "acct",
    "ending",
    "konto",
    "karte",
    "compte",
    "carte",
    "کارت",
    "حساب",
    "حسابك",
    "بطاقة",
    "карта",
    "карты",
    "счет",
    "счёт",
];

/// The ASCII digit of a decimal digit as Arabic, Persian, Devanagari, Thai and full-width texts
/// write it.
pub fn ascii_digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{9e6}'..='\u{9ef}' => 0x9e6,
        '\u{e50}'..='\u{e59}' => 0xe50,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// The code in a text that names one, as ASCII, ready to be pasted.
pub fn code(text: &str) -> Option<String> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let names = names(text);
    if names.is_empty() {
        return None;
    }
    let candidates = candidates(text);
    let distance = |range: &Range<usize>| {
        let apart = |name: &Range<usize>| {
            // What follows its name is more likely meant than what stands before it.
            if name.start <= range.start {
                range.start.saturating_sub(name.end)
            } else {
                name.start.saturating_sub(range.end) + 8
            }
        };
        names.iter().map(apart).min().unwrap_or(usize::MAX)
    };
    let near = candidates.into_iter().map(|(range, code)| (distance(&range), code));
    near.filter(|(distance, _)| *distance <= NEAR).min_by_key(|(at, _)| *at).map(|(_, code)| code)
}

/// Places of the words that name a code.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (range, word) in words(text) {
        let lower = word.to_lowercase();
        let begins = BEGINNINGS.iter().any(|name| lower.starts_with(name));
        if begins || WHOLE.contains(&lower.as_str()) {
            found.push(range);
        }
    }
    for name in ANYWHERE {
        found.extend(text.match_indices(name).map(|(at, name)| at..at + name.len()));
    }
    found
}

/// Runs of letters and digits.
fn words(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from..at, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push((from..text.len(), &text[from..]));
    }
    words
}

/// What looks like a code, with its place.
fn candidates(text: &str) -> Vec<(Range<usize>, String)> {
    let words = words(text);
    let mut found = Vec::new();
    for (index, (range, word)) in words.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &words[before]);
        let next = words.get(index + 1);
        let not = |(_, before): &(Range<usize>, &str)| {
            NOT_AFTER.contains(&before.to_lowercase().as_str())
        };
        if before.is_some_and(not) || goes_back(text, range.start) {
            continue;
        }
        let half = |word: &str| {
            let digits = digits(word)?;
            (digits.len() == 3).then_some(digits)
        };
        // "123-456" and "123 456".
        if let Some((second, rest)) = next
            && matches!(&text[range.end..second.start], "-" | " ")
            && let (Some(one), Some(two)) = (half(word), half(rest))
            && !goes_on(text, second.end)
        {
            found.push((range.start..second.end, one + &two));
            continue;
        }
        if goes_on(text, range.end) {
            continue;
        }
        let code = digits(word).or_else(|| letters_and_digits(word));
        if let Some(code) = code.filter(|code| LENGTH.contains(&code.len())) {
            found.push((range.clone(), code));
        }
    }
    found
}

/// What begins here belongs to an amount, a date, a time, a link or a longer number.
fn goes_back(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let (one, two) = (before.next(), before.next());
    match one {
        Some('.' | ',' | ':' | '٫' | '٬') => two.and_then(ascii_digit).is_some(),
        Some('*' | '#' | '+' | '$' | '€' | '£' | '@' | '=' | '/') => true,
        // "G-123456" is one.
        Some('-') => two.is_some_and(|c| c != 'G' && !c.is_whitespace()),
        _ => false,
    }
}

/// What ends here goes on as one of those.
fn goes_on(text: &str, end: usize) -> bool {
    let mut after = text[end..].chars();
    let (one, two) = (after.next(), after.next());
    match one {
        Some('.' | ',' | ':' | '٫' | '٬' | '-') => two.and_then(ascii_digit).is_some(),
        Some('*' | '/' | '%' | '€' | '$') => true,
        _ => false,
    }
}

fn digits(word: &str) -> Option<String> {
    word.chars().map(ascii_digit).collect()
}

/// `7XK2P9`: capitals and digits, some of each.
fn letters_and_digits(word: &str) -> Option<String> {
    let fits = word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let both =
        word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| !b.is_ascii_digit());
    (fits && both && word.len() >= 5).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_banks_and_services_write_them() {
        for (text, expected) in [
            ("Your code is 482913. Never share it.", "482913"),
            ("G-123456 is your Google verification code.", "123456"),
            ("123-456 is your login code", "123456"),
            ("Your OTP: 7XK2P9", "7XK2P9"),
            ("mTAN 88213456 für Überweisung 1.250,00 EUR auf Konto 12345678", "88213456"),
            ("Ваш код: 4821", "4821"),
            ("Пароль 55123 для входа", "55123"),
            ("کد شما ۱۲۳۴۵ است", "12345"),
            ("رمز التحقق 482913 من البنك", "482913"),
            ("验证码：839201，请勿泄露", "839201"),
            ("認証コードは 5521 です", "5521"),
            ("Use 5521 as your PIN on 22/11/2026 at 16:45", "5521"),
            ("인증번호 [482911]", "482911"),
        ] {
            assert_eq!(code(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "See you at 1845",
            "1234 people came",
            "Your card ending 4821 was used, code of the shop unknown",
            "The code of conduct",
            "Spinning costs 1200",
            "Your password expires on 22/11/2026",
            "Pay 1,250.75 with the code",
            "",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_looked_at_only_in_part() {
        let text = format!("{} code 123456", "ü".repeat(100_000));
        assert_eq!(code(&text), None);
    }
}
