//! One JSON object on one line, its keys in the order they are written, absent ones left out.

use serde_json::Value;

/// A JSON object under construction.
#[derive(Clone, Debug, Default)]
pub struct JsonLine {
    members: String,
}

impl JsonLine {
    /// `{}`.
    pub fn new() -> Self {
        JsonLine::default()
    }

    /// An object whose first key says what kind of line it is.
    pub fn event(kind: &str) -> Self {
        JsonLine::new().text("event", kind)
    }

    /// A string, also when it is empty.
    pub fn text(self, key: &str, value: &str) -> Self {
        self.member(key, &Value::from(value).to_string())
    }

    /// A string, left out when there is none.
    pub fn some(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    /// A string, left out when there is none or it is empty.
    pub fn filled(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) if !value.is_empty() => self.text(key, value),
            _ => self,
        }
    }

    /// A whole number.
    pub fn number(self, key: &str, value: impl Into<i64>) -> Self {
        let value: i64 = value.into();
        self.member(key, &value.to_string())
    }

    /// A whole number, left out when there is none.
    pub fn known<N: Into<i64>>(self, key: &str, value: Option<N>) -> Self {
        match value {
            Some(value) => self.number(key, value),
            None => self,
        }
    }

    /// `true` or `false`.
    pub fn flag(self, key: &str, value: bool) -> Self {
        self.member(key, if value { "true" } else { "false" })
    }

    /// An object in the object, left out when there is none.
    pub fn object(self, key: &str, value: Option<JsonLine>) -> Self {
        match value {
            Some(value) => self.member(key, &value.finish()),
            None => self,
        }
    }

    /// A list of objects.
    pub fn objects(self, key: &str, values: impl Iterator<Item = JsonLine>) -> Self {
        let items: Vec<String> = values.map(JsonLine::finish).collect();
        self.member(key, &format!("[{}]", items.join(",")))
    }

    /// A list of numbers.
    pub fn numbers(self, key: &str, values: &[usize]) -> Self {
        self.member(key, &Value::from(values.to_vec()).to_string())
    }

    /// A list of pairs of numbers.
    pub fn pairs(self, key: &str, values: impl Iterator<Item = [usize; 2]>) -> Self {
        let items: Vec<String> = values.map(|[from, to]| format!("[{from},{to}]")).collect();
        self.member(key, &format!("[{}]", items.join(",")))
    }

    /// A list of strings, left out when it is empty.
    pub fn texts(self, key: &str, values: &[String]) -> Self {
        if values.is_empty() {
            return self;
        }
        self.member(key, &Value::from(values.to_vec()).to_string())
    }

    /// The line, without its end.
    pub fn finish(self) -> String {
        format!("{{{}}}", self.members)
    }

    fn member(mut self, key: &str, value: &str) -> Self {
        if !self.members.is_empty() {
            self.members.push(',');
        }
        self.members.push_str(&Value::from(key).to_string());
        self.members.push(':');
        self.members.push_str(value);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_and_absent_ones_are_left_out() {
        let line = JsonLine::event("call")
            .number("id", 7)
            .filled("name", None)
            .filled("cause", Some(""))
            .known("part", None::<u8>)
            .object("concat", Some(JsonLine::new().number("parts", 2)))
            .flag("ok", true)
            .texts("none", &[]);
        let expected = r#"{"event":"call","id":7,"concat":{"parts":2},"ok":true}"#;
        assert_eq!(line.finish(), expected);
    }

    #[test]
    fn any_text_stays_on_one_line_and_reads_back_the_same() {
        let text = "a\"b\\c\r\nd\u{0}\u{1b}\u{2028}سلام 😀";
        let line = JsonLine::new().text("text", text).finish();
        assert!(!line.contains(['\n', '\r', '\u{0}', '\u{1b}']));
        let back: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(back["text"], text);
    }
}
