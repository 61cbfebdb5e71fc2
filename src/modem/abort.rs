//! Which commands can be broken off while they run, so that a call can be ended or help be called
//! at once.

/// A command that is running can be broken off by any character (V.250 §5.6.1), if it is one of
/// those that may take long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Abort {
    /// It can't, or is over soon.
    Never,
    /// It can, and is lost.
    Lost,
    /// It can, and is asked again afterwards: it changes nothing.
    AskAgain,
}

/// Commands that speak with the network, so that they may take a minute. 27.007 §7 says of each
/// that it should be abortable.
const LONG: [&str; 4] = ["AT+COPS=", "AT+CUSD=", "AT+CCFC=", "AT+CCWA="];

/// Facilities of the network (27.007 §7.4), which alone make `+CLCK` and its kind take long.
const OF_THE_NETWORK: [&str; 8] = ["AO", "OI", "OX", "AI", "IR", "AB", "AG", "AC"];

/// Locks or unlocks one of them.
fn bars(line: &str) -> bool {
    let facility = line.strip_prefix("AT+CLCK=\"").and_then(|rest| rest.get(..2));
    facility.is_some_and(|facility| OF_THE_NETWORK.contains(&facility))
}

impl Abort {
    /// By the command line.
    pub fn of(line: &str) -> Abort {
        // `<mode>` 2 asks how a service stands (27.007 §7.4, §7.11, §7.12).
        let asks = line.split(',').nth(1) == Some("2")
            && ["AT+CCFC=", "AT+CCWA=", "AT+CLCK="].iter().any(|head| line.starts_with(head));
        // Settings of the set-up, which are as good the second time.
        let setting = matches!(line, "AT+CUSD=1" | "AT+CCWA=1" | "AT+COPS=3,0");
        if asks || setting || matches!(line, "AT+COPS=?" | "AT+CLIR?" | "AT+CLIP?" | "AT+COLP?") {
            Abort::AskAgain
        } else if bars(line) || LONG.iter().any(|head| line.starts_with(head)) {
            Abort::Lost
        } else {
            Abort::Never
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_with_the_network_can_be_broken_off() {
        // 27.007 §7.3, §7.4, §7.11, §7.15.
        assert_eq!(Abort::of("AT+CLCK=\"AO\",1,\"1234\",1"), Abort::Lost);
        assert_eq!(Abort::of("AT+CLCK=\"AO\",2"), Abort::AskAgain);
        assert_eq!(Abort::of("AT+CCFC=0,3,\"0100\""), Abort::Lost);
        assert_eq!(Abort::of("AT+COPS=?"), Abort::AskAgain);
        // The card answers at once, and half a change of it would be worse than a moment's wait.
        assert_eq!(Abort::of("AT+CLCK=\"SC\",1,\"1234\""), Abort::Never);
        assert_eq!(Abort::of("AT+CHLD=2"), Abort::Never);
    }
}
