//! The built program, started as a script starts it, and what it left.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// No subcommand in here takes longer, on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(100);

/// What a run of the program left.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The JSON lines.
    pub fn json(&self) -> Vec<Value> {
        let read =
            |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        self.stdout.lines().map(read).collect()
    }

    /// The value of `key` in each JSON line that has it as a text.
    pub fn words(&self, key: &str) -> Vec<String> {
        self.json().iter().filter_map(|line| line[key].as_str().map(str::to_owned)).collect()
    }

    #[track_caller]
    pub fn expect(self, status: i32) -> Run {
        assert_eq!(self.status, Some(status), "{self:#?}");
        self
    }
}

/// A running program, ended when dropped.
pub struct Program {
    pub child: Child,
    lines: Receiver<String>,
    stderr: thread::JoinHandle<String>,
    pub seen: String,
}

impl Program {
    pub fn start(data: &Path, arguments: &[&str], input: &[u8]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_deskphone"))
            .args(arguments)
            .arg("--data-dir")
            .arg(data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
        // A program that does not read its input closes it.
        thread::spawn(move || drop(stdin.write_all(&input)));
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            stdout.lines().map_while(Result::ok).try_for_each(|l| sender.send(l))
        });
        let mut stderr = child.stderr.take().unwrap();
        let stderr = thread::spawn(move || {
            let mut bytes = Vec::new();
            stderr.read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Program { child, lines, stderr, seen: String::new() }
    }

    /// Waits for a line that holds `word`.
    #[track_caller]
    pub fn line_with(&mut self, word: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    self.seen += &format!("{line}\n");
                    if line.contains(word) {
                        return line;
                    }
                }
                Err(_) => panic!("no line with {word} in:\n{}", self.seen),
            }
        }
    }

    /// Waits for the end.
    #[track_caller]
    pub fn end(mut self) -> Run {
        let deadline = Instant::now() + PATIENCE;
        // The output ends with the program.
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => self.seen += &format!("{line}\n"),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    panic!("it did not end; so far:\n{}", self.seen);
                }
            }
        }
        let status = self.child.wait().unwrap().code();
        Run { status, stdout: self.seen, stderr: self.stderr.join().unwrap() }
    }

    /// As the keyboard or the system asks a program to end.
    #[cfg(unix)]
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
    }
}

pub fn run(data: &TempDir, arguments: &[&str]) -> Run {
    Program::start(data.path(), arguments, b"").end()
}

pub fn run_with_input(arguments: &[&str], input: &[u8]) -> Run {
    let data = tempfile::tempdir().unwrap();
    Program::start(data.path(), arguments, input).end()
}

/// A simulated modem in a program of its own; dropped, it ends.
pub struct Simulator {
    pub program: Option<Program>,
    pub port: String,
    pub data: TempDir,
}

impl Simulator {
    pub fn start(arguments: &[&str]) -> Simulator {
        let data = tempfile::tempdir().unwrap();
        let mut program = Program::start(data.path(), &[&["simulate"], arguments].concat(), b"");
        let port = program.line_with("").trim().to_owned();
        Simulator { program: Some(program), port, data }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        if let Some(mut program) = self.program.take() {
            let _ = program.child.kill();
            let _ = program.child.wait();
        }
    }
}
