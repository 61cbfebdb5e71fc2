//! Final results as errors for programs and words for people.

use crate::at::FinalResult;
use crate::phone::{CommandError, Diagnosis};

/// A final result as the modem writes it.
pub(super) fn result_words(result: &FinalResult) -> String {
    match result {
        FinalResult::Ok => "OK".to_owned(),
        FinalResult::Error => "ERROR".to_owned(),
        FinalResult::NoCarrier => "NO CARRIER".to_owned(),
        FinalResult::Busy => "BUSY".to_owned(),
        FinalResult::NoAnswer => "NO ANSWER".to_owned(),
        FinalResult::NoDialtone => "NO DIALTONE".to_owned(),
        FinalResult::Connect(None) => "CONNECT".to_owned(),
        FinalResult::Connect(Some(text)) => format!("CONNECT {text}"),
        FinalResult::CmeError(error) => format!("+CME ERROR: {}", error.text),
        FinalResult::CmsError(error) => format!("+CMS ERROR: {}", error.text),
        FinalResult::Aborted => "ABORTED".to_owned(),
        FinalResult::NumberBlocked { for_a_while: true } => "DELAYED".to_owned(),
        FinalResult::NumberBlocked { .. } => "BLACKLISTED".to_owned(),
        FinalResult::NotSupported(text) => text.clone(),
    }
}

/// A final result as an error for programs and words for people.
pub(super) fn refusal(result: &FinalResult, what: &str) -> (CommandError, Diagnosis) {
    let words = result_words(result);
    let (error, cause, advice) = match result {
        FinalResult::CmeError(error) => {
            let (cause, advice) = error.words();
            let kind = match error.number {
                Some(4) => CommandError::NotSupported,
                Some(number) => CommandError::Equipment(number),
                None => CommandError::Refused(words.clone()),
            };
            (kind, cause, advice)
        }
        FinalResult::CmsError(error) => {
            let (cause, advice) = error.words();
            let kind = match error.number {
                Some(number) => CommandError::Message(number),
                None => CommandError::Refused(words.clone()),
            };
            (kind, cause, advice)
        }
        FinalResult::NumberBlocked { for_a_while: true } => (
            CommandError::Refused(words.clone()),
            "The modem blocks this number for a while, since calls to it failed",
            "Wait some minutes; restarting the modem lifts it",
        ),
        FinalResult::NumberBlocked { for_a_while: false } => (
            CommandError::Refused(words.clone()),
            "The modem blocks this number, since calls to it failed",
            "Restarting the modem lifts it",
        ),
        FinalResult::NotSupported(_) => (CommandError::NotSupported, what, ""),
        _ => (CommandError::Refused(words.clone()), what, "Try again"),
    };
    (error, Diagnosis::new(cause, advice).with_evidence([words]))
}

/// The same for a service of the network: the errors that only say that it failed say less than the
/// words for what was asked.
pub(super) fn service_refusal(result: &FinalResult, what: &str) -> (CommandError, Diagnosis) {
    let (error, diagnosis) = refusal(result, what);
    let vague = match result {
        FinalResult::CmeError(error) => matches!(error.number, None | Some(0 | 3 | 4 | 100)),
        _ => false,
    };
    if !vague {
        return (error, diagnosis);
    }
    let advice = "The network or the modem does not allow it now";
    (error, Diagnosis::new(what, advice).with_evidence(diagnosis.evidence))
}

/// What an error of 27.007 §9.2 means as the answer to a number: the error, and what to do about a
/// number with a + in front and about any other.
struct FormRow {
    error: u16,
    cause: &'static str,
    with_plus: &'static str,
    without: &'static str,
}

const CHARACTERS: &str = "The modem does not take all characters of this number";
const FORM: &str = "The modem does not take a number in this form";
const NO_PLUS: &str =
    "Call it without the +: with 00 (011 in North America) in its place, or as within the country";
const DIGITS: &str = "Call it with digits alone";
const CHECK: &str = "Check the number, and call it as it is called within the country";

const FORMS: [FormRow; 5] = [
    // Of texts, and some modems say it of numbers.
    FormRow { error: 25, cause: CHARACTERS, with_plus: NO_PLUS, without: DIGITS },
    FormRow { error: 27, cause: CHARACTERS, with_plus: NO_PLUS, without: DIGITS },
    FormRow { error: 50, cause: FORM, with_plus: NO_PLUS, without: CHECK },
    FormRow { error: 59, cause: FORM, with_plus: NO_PLUS, without: CHECK },
    FormRow { error: 260, cause: FORM, with_plus: NO_PLUS, without: CHECK },
];

/// The words for an error that speaks of the number's form.
fn of_form(result: &FinalResult, number: &str) -> Option<Diagnosis> {
    let FinalResult::CmeError(error) = result else { return None };
    let row = FORMS.iter().find(|row| error.number == Some(row.error))?;
    let advice = if number.starts_with('+') { row.with_plus } else { row.without };
    Some(Diagnosis::new(row.cause, advice))
}

/// Why a call to this number could not be placed, without the line itself; `None` for the errors
/// that only say that something failed.
pub(super) fn says_why(result: &FinalResult, number: &str) -> Option<Diagnosis> {
    if let Some(of_form) = of_form(result, number) {
        return Some(of_form);
    }
    let says = match result {
        FinalResult::CmeError(cme) => !matches!(cme.number, None | Some(0 | 3 | 4 | 100)),
        other => matches!(other, FinalResult::NumberBlocked { .. }),
    };
    let (_, diagnosis) = refusal(result, "The modem refused to dial");
    says.then(|| Diagnosis { evidence: Vec::new(), ..diagnosis })
}

/// The words for a command that got no answer.
pub(super) fn no_answer() -> (CommandError, Diagnosis) {
    let diagnosis = Diagnosis::new(
        "The modem did not answer in time",
        "Try again; unplug the modem and plug it in again if it stays so",
    );
    (CommandError::TimedOut, diagnosis)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Errors of 27.007 §9.2 that modems answer to `ATD+…;` and to numbers in general.
    #[test]
    fn an_error_that_speaks_of_the_numbers_form_says_how_to_write_it() {
        for line in [
            "+CME ERROR: 50",
            "+CME ERROR: Incorrect parameters",
            "+CME ERROR: invalid characters in dial string",
            "+CME ERROR: 25",
            "+CME ERROR: 260",
        ] {
            let result = FinalResult::parse(line).unwrap();
            let why = |number| says_why(&result, number).unwrap();
            assert!(why("+4930123456").advice.contains("00 (011"), "{line}");
            assert!(!why("030123456").advice.contains('+'), "{line}");
            assert!(!why("030123456").cause.contains("text"), "{line}");
        }
        let too_long = FinalResult::parse("+CME ERROR: 26").unwrap();
        assert_eq!(says_why(&too_long, "+49").unwrap().cause, "The number is too long");
    }
}
