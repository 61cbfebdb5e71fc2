//! A text with `{name}` fields, one for each column of a list. `{{` and `}}` are braces; a brace
//! that opens no field is one too.

use super::cell;
use crate::phone::Table;

/// What a template consists of.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Piece<'a> {
    /// Taken as it is.
    Text(&'a str),
    /// A field by its name, and as it stands there.
    Field {
        /// Without braces and surrounding blanks.
        name: &'a str,
        /// With them.
        whole: &'a str,
    },
}

/// The names of a template's `{name}` fields that are no column of the table, each once, as they
/// stand there.
pub fn unknown_fields(template: &str, table: &Table) -> Vec<String> {
    let mut unknown: Vec<String> = Vec::new();
    for piece in Pieces(template) {
        if let Piece::Field { name, .. } = piece
            && column(table, name).is_none()
            && !unknown.iter().any(|known| known == name)
        {
            unknown.push(name.to_owned());
        }
    }
    unknown
}

/// The template filled in with one line; names of columns compare without case and surrounding
/// blanks. A field that is no column stays as it is, and so does every field if there is no such
/// line.
pub fn fill(template: &str, table: &Table, row: usize) -> String {
    let cells = table.rows.get(row).map_or(&[][..], Vec::as_slice);
    Template::new(template, table).fill(cells, usize::MAX).unwrap_or_default()
}

/// A template whose fields were looked up, to be filled in with many lines.
pub(super) struct Template<'a> {
    /// Each piece, and its column if it is a field that has one.
    pieces: Vec<(Piece<'a>, Option<usize>)>,
}

impl<'a> Template<'a> {
    /// Looks the fields up.
    pub(super) fn new(template: &'a str, table: &Table) -> Template<'a> {
        let found = |piece: &Piece<'_>| match piece {
            Piece::Field { name, .. } => column(table, name),
            Piece::Text(_) => None,
        };
        Template { pieces: Pieces(template).map(|piece| (piece.clone(), found(&piece))).collect() }
    }

    /// The text for one line; `None` if it would have more than `limit` octets.
    pub(super) fn fill(&self, cells: &[String], limit: usize) -> Option<String> {
        let mut text = String::new();
        for (piece, column) in &self.pieces {
            let part = match (piece, column.and_then(|column| cells.get(column))) {
                (Piece::Field { .. }, Some(cell)) => cell::plain(cell),
                (Piece::Field { whole, .. }, None) => whole,
                (Piece::Text(text), _) => text,
            };
            if text.len() + part.len() > limit {
                return None;
            }
            text.push_str(part);
        }
        Some(text)
    }
}

/// The column with this name, the first of several.
fn column(table: &Table, name: &str) -> Option<usize> {
    let same = |column: &String| column.trim().to_lowercase() == name.to_lowercase();
    table.columns.iter().position(same)
}

/// Cuts a template into pieces.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.0;
        let (piece, octets) = match rest.as_bytes() {
            [] => return None,
            [b'{', b'{', ..] | [b'}', b'}', ..] => (Piece::Text(&rest[..1]), 2),
            [b'{', ..] => match field(rest) {
                Some((name, octets)) => (Piece::Field { name, whole: &rest[..octets] }, octets),
                None => (Piece::Text(&rest[..1]), 1),
            },
            [b'}', ..] => (Piece::Text(&rest[..1]), 1),
            _ => {
                let end = rest.find(['{', '}']).unwrap_or(rest.len());
                (Piece::Text(&rest[..end]), end)
            }
        };
        self.0 = &rest[octets..];
        Some(piece)
    }
}

/// The name of the field that a text begins with, and its octets with the braces.
fn field(text: &str) -> Option<(&str, usize)> {
    let inside = &text[1..];
    let end = inside.find(['{', '}', '\n'])?;
    let name = inside[..end].trim();
    (inside.as_bytes()[end] == b'}' && !name.is_empty()).then_some((name, end + 2))
}
