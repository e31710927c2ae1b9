//! A resolved configuration as a configuration file, with a note on where each value came from.

use super::keys::KEYS;
use super::{Resolved, Source};
use crate::report::escape;
use toml::Value;

impl Resolved {
    /// The keys that were set, with their values and where those came from.
    pub fn settings(&self) -> impl Iterator<Item = (&'static str, String, &Source)> {
        KEYS.iter().filter_map(|key| {
            let value = (key.get)(&self.config)?;
            Some((key.name, value.to_string(), self.sources.get(key.name)?))
        })
    }

    /// The configuration as TOML that `-c` reads back. There is never a password in it.
    pub fn to_toml(&self) -> String {
        let mut text = String::from("# The configuration, and where each value came from.\n");
        let mut table = "";
        for key in KEYS {
            let (below, name) = key.name.split_once('.').unwrap_or(("", key.name));
            if below != table {
                text.push_str(&format!("\n[{below}]\n"));
                table = below;
            }
            let source = self.sources.get(key.name).unwrap_or(&Source::Default);
            match (key.get)(&self.config) {
                Some(Value::Array(list)) => {
                    text.push_str(&format!("{name} = [  # {source}\n"));
                    for value in list {
                        text.push_str(&format!("    {},\n", shown(&value)));
                    }
                    text.push_str("]\n");
                }
                Some(value) => text.push_str(&format!("{name} = {}  # {source}\n", shown(&value))),
                None if *source == Source::Default => {
                    text.push_str(&format!("# {name}: not set  # {source}: {}\n", key.default));
                }
                None => text.push_str(&format!("# {name}: ignored  # {source}\n")),
            }
        }
        text
    }
}

/// A value as TOML, harmless for a terminal.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => escape::quoted(text),
        other => other.to_string(),
    }
}
