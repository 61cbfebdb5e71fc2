//! Standard input taken line by line: a bad line is reported with its number, the others go on.

use crate::cli::error::{CliError, FAILED, complain};
use crate::cli::output::Output;
use std::io::{BufRead, BufReader, Read};
use std::process::ExitCode;

/// Longer lines are no PDU and no text that could be sent.
const LONGEST_LINE: u64 = 1 << 20;

/// Gives each line that is not blank to `work`, which prints to `output`. What was printed is
/// flushed whenever no further line is at hand, so that a program can also talk to this one line
/// for line.
pub fn each_line(
    input: impl Read,
    output: &mut Output,
    mut work: impl FnMut(&str, &mut Output) -> Result<(), CliError>,
) -> Result<ExitCode, CliError> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut line = Vec::new();
    let mut status = ExitCode::SUCCESS;
    for number in 1u64.. {
        if input.buffer().is_empty() {
            output.flush()?;
        }
        line.clear();
        let read = (&mut input).take(LONGEST_LINE).read_until(b'\n', &mut line);
        let octets = read.map_err(|error| {
            CliError::new(format!("standard input can't be read ({error})"), "")
        })?;
        if octets == 0 {
            break;
        }
        let done = if octets as u64 == LONGEST_LINE && !line.ends_with(b"\n") {
            input.skip_until(b'\n').ok();
            Err(CliError::new("it is longer than a mebibyte", ""))
        } else {
            match std::str::from_utf8(&line).map(str::trim) {
                Ok("") => Ok(()),
                Ok(text) => work(text, output),
                Err(_) => Err(CliError::new("it is not UTF-8", "")),
            }
        };
        match done {
            Ok(()) => {}
            Err(CliError::NobodyReads) => return Err(CliError::NobodyReads),
            Err(error) => {
                complain(&format!("line {number}: {error}"));
                status = ExitCode::from(FAILED);
            }
        }
    }
    output.flush()?;
    Ok(status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::rig_for_tests::Kept;

    fn upper(input: &[u8]) -> (String, bool) {
        let kept = Kept::default();
        let mut output = kept.output(false);
        let status = each_line(input, &mut output, |line, output| match line {
            "bad" => Err(CliError::new("bad", "")),
            line => output.text(&line.to_uppercase()),
        });
        (kept.text(), status == Ok(ExitCode::SUCCESS))
    }

    #[test]
    fn a_bad_line_does_not_stop_the_others() {
        assert_eq!(upper(b"a\r\n\n bad \nb"), ("A\nB\n".to_owned(), false));
        assert_eq!(upper(b"a\n\xff\xfe\nb\n"), ("A\nB\n".to_owned(), false));
        assert_eq!(upper(b""), (String::new(), true));
    }

    #[test]
    fn an_endless_line_is_skipped_not_kept() {
        let mut input = vec![b'x'; 3 << 20];
        input.extend_from_slice(b"\nok\n");
        assert_eq!(upper(&input), ("OK\n".to_owned(), false));
    }
}
