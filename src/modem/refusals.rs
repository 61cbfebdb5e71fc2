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

/// Why a call could not be placed, without the line itself; `None` for the errors that only say
/// that something failed.
pub(super) fn says_why(result: &FinalResult) -> Option<Diagnosis> {
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
