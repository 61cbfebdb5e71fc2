//! Typed characters: echo, editing, the end of a command line, the text after a prompt
//! (V.250 §5.2, 3GPP TS 27.005 §3.5.1).

use super::execute::{Prompt, Wait, Work};
use super::parser;
use crate::clock::Instant;
use crate::simulator::SimulatedModem;
use crate::simulator::persona::Echo;
use std::collections::VecDeque;
use std::time::Duration;

/// Longest command line; a longer one is answered with `ERROR`.
const MAX_LINE: usize = 1024;

/// Longest text after a prompt, in typed characters.
const MAX_BODY: usize = 2048;

/// Most characters kept while a command line is obeyed; more are lost.
const MAX_TYPED_AHEAD: usize = 4096;

/// Characters this soon after the end of an abortable command line do not abort it (V.250 §5.6.1).
const ABORT_GUARD: Duration = Duration::from_millis(125);

/// Unsolicited lines do not break into a line being typed, until nothing came for so long.
const TYPING_PAUSE: Duration = Duration::from_millis(500);

const LINE_FEED: u8 = 10;
const CTRL_Z: u8 = 26;
const ESCAPE: u8 = 27;

/// What has been typed and not obeyed yet.
#[derive(Debug, Default)]
pub struct Input {
    line: Vec<u8>,
    too_long: bool,
    /// The last command line, for `A/`.
    last_body: String,
    typed_ahead: VecDeque<u8>,
    /// When the last character of `line` was typed.
    typed_at: Instant,
    /// Times that characters came while a command line was being obeyed.
    pub overlaps: u64,
    /// The present command line has been counted in `overlaps`.
    counted: bool,
}

impl SimulatedModem {
    /// One typed character.
    pub(in crate::simulator) fn type_byte(&mut self, byte: u8, now: Instant) {
        match &self.work {
            Work::Idle => self.type_in_line(byte, now),
            Work::Busy(execution) if matches!(execution.wait, Wait::Prompt(_)) => {
                self.type_in_prompt(byte, now);
            }
            Work::Busy(_) => self.type_while_busy(byte, now),
        }
    }

    /// Characters that waited for the end of the last command line.
    pub(in crate::simulator) fn type_what_waited(&mut self, now: Instant) {
        self.input.counted = false;
        while self.work.takes_characters() {
            let Some(byte) = self.input.typed_ahead.pop_front() else { break };
            self.type_byte(byte, now);
        }
    }

    /// Until when unsolicited lines wait for the end of the line being typed.
    pub(in crate::simulator) fn typing_until(&self) -> Option<Instant> {
        let typing = self.persona.manners.unsolicited_wait && !self.input.line.is_empty();
        typing.then(|| self.input.typed_at + TYPING_PAUSE)
    }

    /// Forgets what has been typed: the modem restarts.
    pub(in crate::simulator) fn forget_input(&mut self) {
        let overlaps = self.input.overlaps;
        self.input = Input { overlaps, ..Input::default() };
    }

    fn echo(&mut self, byte: u8) {
        let on = match self.persona.manners.echo {
            Echo::Always => true,
            Echo::Never => false,
            Echo::On | Echo::Off => self.settings.echo,
        };
        if on {
            self.output.push(&[byte]);
        }
    }

    fn type_in_line(&mut self, byte: u8, now: Instant) {
        let end = self.settings.register(3);
        let back = self.settings.register(5);
        if byte == LINE_FEED || byte == 0 {
            return;
        }
        self.input.typed_at = now;
        self.echo(byte);
        if byte == end {
            let line = std::mem::take(&mut self.input.line);
            let too_long = std::mem::take(&mut self.input.too_long);
            self.end_of_line(&line, too_long, now);
        } else if byte == back {
            self.input.line.pop();
        } else if byte == ESCAPE || byte == CTRL_Z {
            // What a program sends to leave a prompt that it is not sure of.
            self.input.line.clear();
        } else if self.input.line.len() < MAX_LINE {
            self.input.line.push(byte);
            let line = &self.input.line;
            if line.len() == 2 && line.eq_ignore_ascii_case(b"A/") {
                self.input.line.clear();
                let body = self.input.last_body.clone();
                self.begin_execution(body, now);
            }
        } else {
            self.input.too_long = true;
        }
    }

    fn end_of_line(&mut self, line: &[u8], too_long: bool, now: Instant) {
        let text: String = line.iter().map(|byte| char::from(*byte)).collect();
        let Some(body) = parser::body_of(&text) else { return };
        if too_long {
            self.print("ERROR");
            return;
        }
        let body = body.to_owned();
        self.input.last_body.clone_from(&body);
        self.begin_execution(body, now);
    }

    fn type_in_prompt(&mut self, byte: u8, now: Instant) {
        if byte == CTRL_Z || byte == ESCAPE {
            self.end_prompt(byte == CTRL_Z, now);
            return;
        }
        self.echo(byte);
        let back = self.settings.register(5);
        let line_break = self.settings.register(3);
        let Work::Busy(execution) = &mut self.work else { return };
        let Wait::Prompt(Prompt { text_mode, body, .. }) = &mut execution.wait else { return };
        if *text_mode && byte == back {
            body.pop();
        } else if *text_mode && byte == line_break {
            body.push(LINE_FEED);
            let prompt = self.persona.manners.prompt;
            self.output.push(prompt.as_bytes());
        } else if body.len() < MAX_BODY && (*text_mode || !byte.is_ascii_whitespace()) {
            body.push(byte);
        }
    }

    fn type_while_busy(&mut self, byte: u8, now: Instant) {
        let Work::Busy(execution) = &self.work else { return };
        if byte == LINE_FEED {
            return;
        }
        let (abortable, since) = (execution.wait.abortable(), execution.since);
        if abortable && self.persona.manners.typing_aborts_dial {
            if now.since(since) >= ABORT_GUARD {
                self.abort_execution(now);
            }
            return;
        }
        if !self.input.counted {
            self.input.counted = true;
            self.input.overlaps += 1;
        }
        if self.input.typed_ahead.len() < MAX_TYPED_AHEAD {
            self.input.typed_ahead.push_back(byte);
        }
    }
}
