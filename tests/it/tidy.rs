//! Rules of the house as tests: who may import whom, what pure code may not touch, how large things may be.
//! Each failure names the place, the rule and what to do instead.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const PURE: &[&str] = &["clock", "number", "at", "sms", "phone", "vcard", "modem", "simulator"];

/// Files over the ceiling of 500 lines (600 for tests). This list may only shrink.
const LONG_FILES: &[&str] = &[];

/// Functions over the ceiling of 70 lines, as `file: name`. This list may only shrink.
const LONG_FUNCTIONS: &[&str] = &[];

struct Source {
    path: String,
    module: String,
    text: String,
}

impl Source {
    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// The lines outside `#[cfg(test)] mod … { }` at the end of the file, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = ["#[cfg(test)]\nmod tests {", "#[cfg(all(test, unix))]\nmod tests {"];
        let end = tests.iter().filter_map(|start| self.text.find(start)).min();
        let end = end.unwrap_or(self.text.len());
        self.text[..end].lines().enumerate().map(|(at, line)| (at + 1, line))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
    found.sort();
}

fn sources(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    files_below(&root().join(folder), &mut paths);
    let rust = paths.into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    rust.map(|path| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let module = name.split('/').nth(1).unwrap_or("").trim_end_matches(".rs").to_owned();
        Source { text: fs::read_to_string(&path).unwrap(), path: name, module }
    })
    .collect()
}

fn report(rule: &str, problems: Vec<String>) {
    assert!(problems.is_empty(), "{rule}:\n  {}", problems.join("\n  "));
}

/// The table "Who may know whom" of ARCHITECTURE.md.
fn allowed_imports() -> BTreeMap<String, Vec<String>> {
    let page = fs::read_to_string(root().join("src/ARCHITECTURE.md")).unwrap();
    let table =
        page.split("| module | may import |").nth(1).expect("the table is in ARCHITECTURE.md");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let names = cells[1].split(',').map(|name| name.trim().to_owned());
        let names = names.filter(|name| name != "–").collect();
        (cells[0].trim_matches('`').to_owned(), names)
    })
    .collect()
}

/// Modules named by `crate::x` or `deskphone::x` in a line, also in `use crate::{a, b::c}`.
fn imported(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for prefix in ["crate::", "deskphone::"] {
        for (at, _) in text.match_indices(prefix) {
            let rest = &text[at + prefix.len()..];
            let group = rest.strip_prefix('{').and_then(|rest| rest.split("};").next());
            let items = match group {
                Some(group) => split_top_level(group),
                None => vec![rest.to_owned()],
            };
            for item in items {
                let name: String =
                    item.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                names.push(name);
            }
        }
    }
    names
}

/// `a, b::{c, d}` → `a`, `b::{c, d}`.
fn split_top_level(group: &str) -> Vec<String> {
    let (mut depth, mut items) = (0, vec![String::new()]);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        items.last_mut().unwrap().push(c);
    }
    items
}

#[test]
fn imports_follow_the_table_in_architecture_md() {
    let allowed = allowed_imports();
    let mut problems = Vec::new();
    for source in sources("src").iter().filter(|source| source.module != "lib") {
        let Some(may) = allowed.get(&source.module) else {
            problems
                .push(format!("{}: module `{}` is not in the table", source.path, source.module));
            continue;
        };
        let code: String = source
            .code()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(_, line)| format!("{line}\n"))
            .collect();
        for name in imported(&code) {
            let is_module = allowed.contains_key(&name);
            if is_module && name != source.module && !may.contains(&name) && !source.is_test() {
                problems
                    .push(format!("{}: `{}` may not import `{name}`", source.path, source.module));
            }
        }
    }
    problems.dedup();
    report(
        "An import that src/ARCHITECTURE.md does not allow; move the code, or argue for a new arrow there",
        problems,
    );
}

#[test]
fn pure_modules_touch_nothing_outside() {
    let banned = [
        ("std::fs", "hand the bytes in"),
        ("std::net", "belongs in link"),
        ("std::thread", "belongs in link or engine"),
        ("io::stdin", "belongs in cli"),
        ("Instant::now", "take `now` as a parameter"),
        ("SystemTime", "take a WallTime as a parameter"),
        ("println!", "return the text"),
        ("HashMap", "use BTreeMap: its order is the same in every run"),
        ("HashSet", "use BTreeSet: its order is the same in every run"),
        ("static mut", "pass it in"),
        ("OnceLock", "pass it in"),
        ("LazyLock", "pass it in"),
    ];
    let mut problems = Vec::new();
    for source in
        sources("src").iter().filter(|s| PURE.contains(&s.module.as_str()) && !s.is_test())
    {
        // The one place that asks the operating system's clock.
        let system_clock =
            source.text.find("pub struct SystemClock").filter(|_| source.module == "clock");
        let mut offset = 0;
        for (number, line) in source.code() {
            offset += line.len() + 1;
            if line.trim_start().starts_with("//") || system_clock.is_some_and(|at| offset > at) {
                continue;
            }
            for (word, instead) in banned {
                if line.contains(word) {
                    problems.push(format!("{}:{number}: `{word}`: {instead}", source.path));
                }
            }
        }
    }
    report("Pure modules do no I/O and read no clock", problems);
}

#[test]
fn no_code_sleeps_panics_or_is_left_unfinished() {
    // Put together here, so that this file does not find itself.
    let banned = [
        (concat!("thread::", "sleep"), "wait on a channel with a deadline"),
        (concat!("dbg", "!("), "remove it"),
        (concat!("todo", "!("), "write it"),
        (concat!("unimplemented", "!("), "write it"),
        (concat!(".unw", "rap()"), "handle it, or `expect` with the reason why it can't happen"),
        (concat!("FIX", "ME"), "fix it"),
        (concat!("XX", "X"), "say what is meant"),
    ];
    let mut problems = Vec::new();
    for source in sources("src").iter().filter(|source| !source.is_test()) {
        for (number, line) in source.code() {
            for (word, instead) in banned {
                if line.contains(word) {
                    problems.push(format!("{}:{number}: `{word}`: {instead}", source.path));
                }
            }
        }
    }
    report("Left over", problems);
}

#[test]
fn files_and_lines_have_a_human_size_and_say_what_they_are_for() {
    let mut problems = Vec::new();
    for source in sources("src").iter().chain(&sources("tests")).chain(&sources("benches")) {
        if !source.text.starts_with("//!") && !source.text.starts_with("#![doc") {
            problems.push(format!("{}: begins without `//!` and a purpose", source.path));
        }
        let lines = source.text.lines().count();
        // Stories are read one at a time, so a file of them may be a little longer.
        let most = if source.path.starts_with("tests/") { 600 } else { 500 };
        if lines > most && !LONG_FILES.contains(&source.path.as_str()) {
            problems
                .push(format!("{}: {lines} lines, {most} at most; cut it by concern", source.path));
        }
        for (number, line) in source.text.lines().enumerate() {
            if line.chars().count() > 100 && !line.contains("http") && !line.contains("\\\n") {
                let data = line.trim_start().starts_with('"') || line.contains("r#\"");
                if !data && !source.path.starts_with("tests/") {
                    problems.push(format!("{}:{}: over 100 columns", source.path, number + 1));
                }
            }
        }
    }
    report("Sizes", problems);
}

#[test]
fn functions_fit_a_screen() {
    let mut problems = Vec::new();
    for source in sources("src").iter().filter(|source| !source.is_test()) {
        let mut open: Option<(usize, String, String)> = None;
        for (number, line) in source.code() {
            let indent: String = line.chars().take_while(|c| *c == ' ').collect();
            let rest = line.trim_start();
            let starts = [
                "fn ",
                "pub fn ",
                "pub(crate) fn ",
                "pub(super) fn ",
                "const fn ",
                "pub const fn ",
            ]
            .iter()
            .any(|prefix| rest.starts_with(prefix));
            if starts && !rest.ends_with(';') && !rest.ends_with('}') {
                let name =
                    rest.split("fn ").nth(1).unwrap_or("").split(['(', '<']).next().unwrap_or("");
                open = Some((number, indent, name.to_owned()));
            } else if let Some((start, open_indent, name)) = &open
                && line == format!("{open_indent}}}")
            {
                let lines = number - start + 1;
                let key = format!("{}: {name}", source.path);
                if lines > 70 && !LONG_FUNCTIONS.contains(&key.as_str()) {
                    problems.push(format!(
                        "{}:{start}: `{name}` has {lines} lines, 70 at most",
                        source.path
                    ));
                }
                open = None;
            }
        }
    }
    report("Functions over a screen; let the parent branch and the children compute", problems);
}

#[test]
fn specification_code_cites_the_specification_and_vectors_their_origin() {
    let mut problems = Vec::new();
    for source in sources("src").iter().filter(|source| !source.is_test()) {
        let cites =
            source.path.starts_with("src/at/response/") || source.path.starts_with("src/sms/");
        let named = ["23.040", "23.038", "27.005", "27.007", "V.250", "24.011", "24.008"];
        if cites && !named.iter().any(|name| source.text.contains(name)) {
            problems.push(format!("{}: names no clause of a specification", source.path));
        }
    }
    let mut vectors = Vec::new();
    if root().join("tests/vectors").is_dir() {
        files_below(&root().join("tests/vectors"), &mut vectors);
    }
    for path in vectors {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).to_lowercase();
        let head: String = text.lines().take(8).collect();
        if !["origin", "source", "written for", "taken from"].iter().any(|word| head.contains(word))
        {
            problems
                .push(format!("{}: does not say its origin in its first lines", path.display()));
        }
    }
    report("Where does it come from?", problems);
}

#[test]
fn every_source_file_is_compiled() {
    let all = sources("src");
    let mut problems = Vec::new();
    for source in &all {
        let path = Path::new(&source.path);
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        if ["lib", "main"].contains(&stem.as_str()) {
            continue;
        }
        let (name, folder) = if stem == "mod" {
            let folder = path.parent().unwrap();
            (folder.file_name().unwrap().to_string_lossy().into_owned(), folder.parent().unwrap())
        } else {
            (stem, path.parent().unwrap())
        };
        let declared = all.iter().any(|other| {
            let other_path = Path::new(&other.path);
            let parent_module =
                other_path.parent() == Some(folder) || other_path.with_extension("") == folder;
            parent_module
                && other.text.lines().any(|l| {
                    let l = l.trim_end();
                    l.ends_with(&format!("mod {name};")) || l == format!("#[path = \"{name}.rs\"]")
                })
        });
        if !declared {
            problems.push(format!("{}: no `mod {name};` beside it", source.path));
        }
    }
    report("Files that nothing compiles", problems);
}
