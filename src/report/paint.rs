//! Colour for text on stdout: on a terminal, unless `$NO_COLOR` is set.

use std::io::{self, IsTerminal};

/// Paints, or does not.
#[derive(Clone, Copy)]
pub struct Paint {
    on: bool,
}

/// For what is printed on stdout.
pub fn stdout() -> Paint {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Paint { on: io::stdout().is_terminal() && !unwanted }
}

impl Paint {
    /// For what is well.
    pub fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    /// For what somebody should know.
    pub fn yellow(self, text: &str) -> String {
        self.with("33", text)
    }

    /// For what does not work.
    pub fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    /// For headings.
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}
