//! From the properties of one card to a contact.

use crate::phone::{Contact, ContactNumber};
use calcard::common::{IanaString, IanaType};
use calcard::vcard::{
    VCard, VCardEntry, VCardKind, VCardParameterName, VCardParameterValue, VCardProperty,
    VCardValue,
};

/// Numbers of one contact at most.
const NUMBER_LIMIT: usize = 50;

/// Characters of a name, label, address or number at most.
const LINE_LIMIT: usize = 300;

/// Characters of a note at most.
const NOTE_LIMIT: usize = 20_000;

/// A card that lists other cards is no contact.
pub(super) fn is_group(card: &VCard) -> bool {
    card.property(&VCardProperty::Kind)
        .is_some_and(|kind| kind.values.contains(&VCardValue::Kind(VCardKind::Group)))
}

/// The contact; `None` if the card has neither a name nor a number nor an address.
pub(super) fn contact(card: &VCard) -> Option<Contact> {
    let numbers = numbers(card);
    let email = preferred(card, &VCardProperty::Email).map(|text| line(&text)).unwrap_or_default();
    let organization = first(card, &VCardProperty::Org).map(|text| line(&text)).unwrap_or_default();
    let number = numbers.first().map(|number| number.number.as_str().to_owned());
    let names = [
        first(card, &VCardProperty::Fn).map(|text| line(&text)),
        structured_name(card),
        first(card, &VCardProperty::Nickname).map(|text| line(&text)),
        Some(organization.clone()),
        number,
        Some(email.clone()),
    ];
    let name = names.into_iter().flatten().find(|name| !name.is_empty())?;
    let note = first(card, &VCardProperty::Note).unwrap_or_default();
    Some(Contact {
        numbers,
        email,
        organization,
        note: block(&note),
        favorite: favorite(card),
        ..Contact::new(&name)
    })
}

/// One telephone number and its rank: smaller is preferred.
fn numbers(card: &VCard) -> Vec<ContactNumber> {
    let mut ranked: Vec<(u32, ContactNumber)> = Vec::new();
    for entry in card.entries.iter().filter(|entry| entry.name == VCardProperty::Tel) {
        let Some(text) = text_of(entry) else { continue };
        let number = dialed(entry, &line(&text));
        let number = ContactNumber::new(&number, &label(card, entry));
        let known = |(_, known): &(u32, ContactNumber)| {
            known.number == number.number && known.tones == number.tones
        };
        if number.number.as_str().is_empty() || ranked.iter().any(known) {
            continue;
        }
        ranked.push((rank(entry), number));
        if ranked.len() == NUMBER_LIMIT {
            break;
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, number)| number).collect()
}

/// The number with the tones after it. `tel:+1-555-0100;postd=pp22;ext=5` → `+1-555-0100pp22`:
/// the parameter is that of RFC 3601 §3.4 and 2806 §2.2; others have no place here. Where a value
/// is given that is no link, programs write the tones right behind the number, and a `;` or `,` in
/// it is not always escaped.
fn dialed(entry: &VCardEntry, text: &str) -> String {
    let Some((scheme, rest)) = text.trim().split_once(':') else { return whole(entry, text) };
    if !scheme.eq_ignore_ascii_case("tel") {
        return text.to_owned();
    }
    let mut parts = rest.split(';');
    let number = parts.next().unwrap_or(rest).trim();
    let tones = parts.find_map(|part| {
        let (name, tones) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("postd").then(|| tones.trim())
    });
    format!("{number}{}", tones.unwrap_or_default())
}

/// A value that was cut at its semicolons, together again.
fn whole(entry: &VCardEntry, first: &str) -> String {
    let rest = entry.values.iter().skip(1).filter_map(VCardValue::as_text).map(line);
    rest.fold(first.to_owned(), |joined, part| format!("{joined};{part}"))
}

/// 4.0 ranks from 1 to 100, older versions only say "preferred".
fn rank(entry: &VCardEntry) -> u32 {
    let pref = entry.params.iter().find_map(|param| match (&param.name, &param.value) {
        (VCardParameterName::Pref, VCardParameterValue::Integer(rank)) => Some(*rank),
        (VCardParameterName::Pref, _) => Some(1),
        _ => None,
    });
    let preferred = words(entry).iter().any(|word| word == "pref");
    pref.unwrap_or(if preferred { 1 } else { 1000 })
}

/// All type words, in lower case, whether written `TYPE=CELL`, `TYPE="voice,cell"` or `;CELL`.
fn words(entry: &VCardEntry) -> Vec<String> {
    let mut words = Vec::new();
    for param in &entry.params {
        match (&param.name, &param.value) {
            (VCardParameterName::Type, value) => {
                let text = match value.as_type() {
                    Some(IanaType::Iana(word)) => word.as_str(),
                    Some(IanaType::Other(word)) => word,
                    None => continue,
                };
                words.extend(text.split(',').map(|word| word.trim().to_lowercase()));
            }
            (VCardParameterName::Other(word), VCardParameterValue::Null) => {
                words.push(word.to_lowercase());
            }
            _ => {}
        }
    }
    words
}

/// Words for a number: the group's own label as Apple writes it, else the type.
fn label(card: &VCard, entry: &VCardEntry) -> String {
    if let Some(group) = &entry.group {
        let own = card.entries.iter().find(|other| {
            let named = matches!(&other.name, VCardProperty::Other(name)
                if name.eq_ignore_ascii_case("X-ABLABEL"));
            named && other.group.as_ref().is_some_and(|other| other.eq_ignore_ascii_case(group))
        });
        if let Some(own) = own.and_then(text_of) {
            // Apple's own words are wrapped: `_$!<Mobile>!$_`.
            let own = own.trim().trim_start_matches("_$!<").trim_end_matches(">!$_").to_owned();
            if !own.is_empty() {
                return line(&own);
            }
        }
    }
    let words = words(entry);
    let has = |word: &str| words.iter().any(|known| known == word);
    let fax = if has("fax") { "fax" } else { "" };
    let labels = [
        ("pager", "Pager"),
        ("cell", "Mobile"),
        ("mobile", "Mobile"),
        ("iphone", "iPhone"),
        ("home", "Home"),
        ("work", "Work"),
        ("main", "Main"),
    ];
    let place = labels.iter().find(|(word, _)| has(word)).map_or("", |(_, label)| label);
    match (place, fax) {
        ("", "") => String::new(),
        ("", _) => "Fax".to_owned(),
        (place, "") => place.to_owned(),
        (place, fax) => format!("{place} {fax}"),
    }
}

/// Family; given; further; prefixes; suffixes → in the order of speech.
fn structured_name(card: &VCard) -> Option<String> {
    let entry = card.property(&VCardProperty::N)?;
    let part = |at: usize| match entry.values.get(at) {
        Some(VCardValue::Component(parts)) => parts.join(" "),
        Some(value) => value.as_text().unwrap_or_default().to_owned(),
        None => String::new(),
    };
    let name = [3, 1, 2, 0, 4].map(part).join(" ");
    Some(line(&name))
}

/// Marks that programs leave: Google's `starred`, Apple's and our own `Favorites`.
fn favorite(card: &VCard) -> bool {
    let starred = |word: &str| {
        ["starred", "favorite", "favorites", "favourites"]
            .iter()
            .any(|known| word.trim().eq_ignore_ascii_case(known))
    };
    card.entries.iter().any(|entry| match &entry.name {
        VCardProperty::Categories => {
            entry.values.iter().filter_map(VCardValue::as_text).any(starred)
        }
        VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-FAVORITE") => {
            text_of(entry).is_some_and(|text| matches!(text.trim(), "1" | "TRUE" | "true"))
        }
        _ => false,
    })
}

/// The best-ranked property of a kind.
fn preferred(card: &VCard, property: &VCardProperty) -> Option<String> {
    let entries = card.entries.iter().filter(|entry| entry.name == *property);
    entries
        .filter(|entry| text_of(entry).is_some())
        .min_by_key(|entry| rank(entry))
        .and_then(text_of)
}

fn first(card: &VCard, property: &VCardProperty) -> Option<String> {
    card.entries.iter().filter(|entry| entry.name == *property).find_map(text_of)
}

/// The first text of a property that is not blank.
fn text_of(entry: &VCardEntry) -> Option<String> {
    let text = entry.values.first()?.as_text()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// One line without control characters.
fn line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LINE_LIMIT).collect()
}

/// Lines ended by LF, without other control characters.
fn block(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| !c.is_control() || *c == '\n' || *c == '\t';
    text.chars().filter(kept).take(NOTE_LIMIT).collect::<String>().trim().to_owned()
}
