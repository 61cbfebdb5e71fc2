//! The README is part of the product: its pictures exist, its commands work, its lists are whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

#[test]
fn pictures_and_linked_files_exist() {
    let page = readme();
    let mut seen = 0;
    for (at, _) in page.match_indices("](") {
        let target = page[at + 2..].split(')').next().unwrap();
        if target.starts_with("http") || target.starts_with('#') {
            continue;
        }
        assert!(root().join(target).is_file(), "the README links {target}, which is not there");
        seen += 1;
    }
    assert!(seen >= 3, "the README shows its pictures and links its map");
}

#[test]
fn every_command_it_names_is_understood() {
    let page = readme();
    let mut names = BTreeSet::new();
    for line in page.lines().filter(|line| line.trim_start().starts_with("deskphone ")) {
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let Some(first) = words.first().filter(|w| w.chars().all(|c| c.is_ascii_lowercase()))
        else {
            continue;
        };
        names.insert((*first).to_owned());
    }
    for name in
        ["ports", "info", "call", "text", "outbox", "listen", "at", "pdu", "messages", "simulate"]
    {
        assert!(names.contains(name), "the README does not show `deskphone {name}`");
    }
    for name in &names {
        let output =
            Command::new(env!("CARGO_BIN_EXE_deskphone")).args([name, "--help"]).output().unwrap();
        assert!(output.status.success(), "`deskphone {name} --help` fails");
    }
}

#[test]
fn every_dependency_is_named_with_its_purpose() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let page = readme();
    let mut section = "";
    let mut checked = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.contains("dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
        {
            let row = format!("| `{}` |", name.trim());
            assert!(page.contains(&row), "README.md has no row for the library `{name}`");
            checked += 1;
        }
    }
    assert!(checked > 10);
}

#[test]
fn its_sections_come_in_the_order_a_newcomer_needs() {
    let page = readme();
    let order = [
        "# Deskphone",
        "## Try it without a modem",
        "## What it does",
        "## Connect a real modem",
        "## Command line",
        "## Privacy",
        "## How it is built",
        "## Contribute",
        "## Licence",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|h| page.find(&format!("{h}\n"))).collect();
    for (heading, place) in order.iter().zip(&places) {
        assert!(place.is_some(), "the README has no section “{heading}”");
    }
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "sections out of order: {order:?}");
}
