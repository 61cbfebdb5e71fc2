//! A modem of a few lines, for manners that the simulated one does not have: it answers as a test
//! says, and otherwise like a plain modem whose list of calls can't be asked for.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// See the module. It serves one program after the other until the tests end.
pub struct FakeModem {
    pub port: String,
    lines: Arc<Mutex<Vec<String>>>,
}

impl FakeModem {
    /// `answer` gives the lines after a command line; `None`: as any modem.
    pub fn start(answer: impl Fn(&str) -> Option<Vec<&'static str>> + Send + 'static) -> FakeModem {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = format!("tcp://{}", listener.local_addr().unwrap());
        let lines = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&lines);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                serve(stream, &answer, &heard);
            }
        });
        FakeModem { port, lines }
    }

    /// Whether a command line that begins so has come, and how often.
    pub fn heard(&self, head: &str) -> usize {
        self.lines.lock().unwrap().iter().filter(|line| line.starts_with(head)).count()
    }
}

fn serve(
    mut stream: TcpStream,
    answer: &impl Fn(&str) -> Option<Vec<&'static str>>,
    heard: &Mutex<Vec<String>>,
) {
    let mut input = BufReader::new(stream.try_clone().unwrap());
    let mut line = Vec::new();
    while input.read_until(b'\r', &mut line).is_ok_and(|octets| octets > 0) {
        let command = String::from_utf8_lossy(&line).trim().to_owned();
        line.clear();
        if command.is_empty() {
            continue;
        }
        heard.lock().unwrap().push(command.clone());
        for told in answer(&command).unwrap_or_else(|| usual(&command)) {
            if stream.write_all(format!("\r\n{told}\r\n").as_bytes()).is_err() {
                return;
            }
        }
    }
}

fn usual(command: &str) -> Vec<&'static str> {
    match command {
        "AT+CGMI" => vec!["Acme", "OK"],
        "AT+CGMM" => vec!["Widget", "OK"],
        "AT+CGMR" => vec!["1.0", "OK"],
        "AT+CGSN" => vec!["490154203237518", "OK"],
        "AT+CIMI" => vec!["001010123456789", "OK"],
        "AT+CPIN?" => vec!["+CPIN: READY", "OK"],
        "AT+CREG?" => vec!["+CREG: 0,1", "OK"],
        "AT+CSQ" => vec!["+CSQ: 20,99", "OK"],
        "AT+COPS?" => vec!["+COPS: 0,0,\"Net\"", "OK"],
        // What it does not know, it refuses: the list of calls among it.
        "AT+CLCC" | "AT+CPAS" | "AT+CEER" => vec!["ERROR"],
        query if query.ends_with('?') => vec!["ERROR"],
        _ => vec!["OK"],
    }
}
