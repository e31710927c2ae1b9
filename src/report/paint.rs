//! Colour, and the one decision on it: on a terminal, unless `$NO_COLOR` is set.

use std::io::IsTerminal;

/// What a text is painted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// As it is.
    Plain,
    /// What is well.
    Good,
    /// What somebody should know.
    Attention,
    /// What does not work.
    Bad,
    /// What matters least.
    Faint,
    /// A heading.
    Bold,
}

/// Whether what is written to this stream is to be painted.
pub fn is_wanted(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

impl Paint {
    /// What switches it on, and what switches it off again; nothing unless it is wanted.
    pub fn codes(self, is_wanted: bool) -> (&'static str, &'static str) {
        let on = match self {
            _ if !is_wanted => "",
            Self::Plain => "",
            Self::Good => "\x1b[32m",
            Self::Attention => "\x1b[33m",
            Self::Bad => "\x1b[1;31m",
            Self::Faint => "\x1b[2m",
            Self::Bold => "\x1b[1m",
        };
        (on, if on.is_empty() { "" } else { "\x1b[0m" })
    }

    /// A text, painted if that is wanted.
    pub fn text(self, text: &str, is_wanted: bool) -> String {
        let (on, off) = self.codes(is_wanted);
        format!("{on}{text}{off}")
    }
}
