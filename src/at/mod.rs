//! AT text: V.250, 3GPP TS 27.007 and 27.005. Knows the syntax, and nothing of what it means in
//! time: which call a `NO CARRIER` ends is the driver's business.
//!
//! - [`framer`] bytes → lines and prompts
//! - [`command_line`] the only way to build what goes on the wire
//! - [`result_code`] final and intermediate result codes, with the causes in words
//! - [`arguments`] a cursor over `1,"+49…",145,,`
//! - [`unsolicited`] one enum of everything a modem says without being asked
//! - [`response`] one file per information response
//! - [`charset`] the strings of `+CSCS`
//! - [`explain`] one sentence per line, for the console; [`lens`] what stands under it; [`mask`]
//!   what others may see of it

pub mod arguments;
pub mod charset;
pub mod command_line;
pub mod explain;
pub mod framer;
pub mod lens;
pub mod mask;
pub mod response;
pub mod result_code;
pub mod unsolicited;

pub use arguments::Arguments;
pub use charset::Charset;
pub use command_line::{Clir, CommandLine, CommandLineBuilder, CommandLineError};
pub use framer::{Frame, Framer, Hint};
pub use result_code::{CmeError, CmsError, FinalResult, Intermediate};
pub use unsolicited::Unsolicited;
