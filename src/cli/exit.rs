//! Exit codes, and how faults are told.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::phrase;
use crate::phrase::Language;
use crate::record::Fault;

/// What the process answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// A plan was found and audited, or the audited plan keeps every rule.
    Done = 0,
    /// No plan exists, or the audited plan breaks a rule.
    Refused = 1,
    /// Faults in the data or the arguments.
    Faults = 2,
    /// Gave up before an answer.
    GaveUp = 3,
    /// Our own solver's plan failed our audit: a bug.
    Bug = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Tells every fault on stderr.
pub(super) fn report(faults: &[Fault], language: Language) -> Exit {
    let mut text = String::new();
    for fault in faults {
        text += &fault.say(language);
        text.push('\n');
    }
    let count = faults.len();
    let total = phrase!("Tổng cộng {count} lỗi.", "Faults in all: {count}.");
    text += total.say(language);
    text.push('\n');
    let _ = io::stderr().write_all(text.as_bytes());
    Exit::Faults
}

/// Tells warnings on stderr.
pub(super) fn warn(warnings: &[Fault], language: Language) {
    let mut text = String::new();
    let word = phrase!("Lưu ý", "warning");
    for warning in warnings {
        text += &format!("{}: {}\n", word.say(language), warning.say(language));
    }
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Prints to stdout. A reader that has gone away (`| head`) is no fault.
///
/// # Errors
/// Stdout cannot be written for another reason, as a full disk.
pub(super) fn print(text: &str) -> Result<(), Vec<Fault>> {
    match io::stdout()
        .write_all(text.as_bytes())
        .and_then(|()| io::stdout().flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(vec![Fault::of(
            "stdout",
            phrase!("không ghi được: {error}", "cannot be written: {error}"),
            phrase!("hãy kiểm tra dung lượng đĩa", "check the disk's space"),
        )]),
        _ => Ok(()),
    }
}
