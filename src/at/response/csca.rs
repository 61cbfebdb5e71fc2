//! `+CSCA`: the number of the text centre (3GPP TS 27.005 §3.3.1).

use super::after;
use crate::at::{Arguments, charset};

/// The SMSC's address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Csca {
    /// `<sca>`; `None` if it is not set: texts can't be sent then.
    pub number: Option<String>,
    /// `<tosca>`.
    pub type_of_number: Option<u8>,
}

/// Reads one line, `+CSCA: "+491710760000",145`.
pub fn parse(line: &str) -> Option<Csca> {
    let mut arguments = Arguments::new(after(line, "+CSCA")?);
    let number = arguments.filled_string().map(|number| charset::try_ucs2_hex(&number));
    Some(Csca { number, type_of_number: arguments.number() })
}
