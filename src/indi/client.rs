//! INDI's XML, incoming: a stream of elements from clients that may be broken. Holds a bounded number of bytes.

use crate::limits::INDI_ELEMENT_BYTES;
use memchr::memchr_iter;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What a client wants to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Of which device; of all if there is none.
    pub device: Option<String>,
    /// Which property; all if there is none.
    pub name: Option<String>,
}

/// Takes bytes and gives queries. Everything else that INDI knows is passed over, as is everything that it does not.
#[derive(Default)]
pub(super) struct Inbox {
    held: Vec<u8>,
}

/// What begins an element of INDI that stands by itself. None of them is ever inside another one, and no attribute
/// holds a `<`: where one of them begins, whatever came before it has ended or was broken.
const COMMANDS: [&str; 20] = [
    "getProperties",
    "enableBLOB",
    "delProperty",
    "message",
    "pingRequest",
    "pingReply",
    "newTextVector",
    "newNumberVector",
    "newSwitchVector",
    "newBLOBVector",
    "defTextVector",
    "defNumberVector",
    "defSwitchVector",
    "defLightVector",
    "defBLOBVector",
    "setTextVector",
    "setNumberVector",
    "setSwitchVector",
    "setLightVector",
    "setBLOBVector",
];

/// Longer than the longest of [`COMMANDS`] with its `<` and one character behind it.
const COMMAND_BYTES: usize = 20;

/// An element at the front of some bytes.
#[derive(Debug, PartialEq)]
enum Front {
    /// It is whole and this long; of what it says a query is kept.
    Whole(usize, Option<Query>),
    /// Its end has not come yet, or never will.
    Unfinished,
    /// It is no XML.
    Broken,
}

impl Inbox {
    /// Takes bytes as they come, and gives the queries that are complete now.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Query> {
        self.held.extend_from_slice(bytes);
        // Only this ends an element. (What is held grows by one reading beyond the limit at most.)
        if !bytes.contains(&b'>') && self.held.len() < INDI_ELEMENT_BYTES {
            return Vec::new();
        }
        let mut queries = Vec::new();
        let mut at = 0;
        while let Some(start) = next_command(&self.held, at) {
            at = start;
            let next = next_command(&self.held, start + 1);
            let element = &self.held[start..next.unwrap_or(self.held.len())];
            match (front(element), next) {
                (Front::Whole(length, query), _) => {
                    queries.extend(query);
                    at += length;
                }
                (Front::Unfinished, None) if element.len() < INDI_ELEMENT_BYTES => break,
                (Front::Unfinished | Front::Broken, _) => at += 1,
            }
        }
        self.forget(at);
        queries
    }

    /// Forgets what stands before `at`, and what behind it begins no command.
    fn forget(&mut self, at: usize) {
        let keep = match next_command(&self.held, at) {
            Some(start) => start,
            // The start of a command may stand at the end.
            None => {
                let near_end = self.held.len().saturating_sub(COMMAND_BYTES).max(at);
                let start = memchr_iter(b'<', &self.held[near_end..]).next();
                start.map_or(self.held.len(), |start| near_end + start)
            }
        };
        self.held.drain(..keep);
    }

    #[cfg(test)]
    pub fn held_bytes(&self) -> usize {
        self.held.len()
    }
}

/// Where the first command at or behind `from` begins.
fn next_command(bytes: &[u8], from: usize) -> Option<usize> {
    let is_command = |start: &usize| {
        let behind = &bytes[start + 1..];
        let length = behind.iter().take(COMMAND_BYTES).position(|byte| !byte.is_ascii_alphabetic());
        length.is_some_and(|length| COMMANDS.iter().any(|name| name.as_bytes() == &behind[..length]))
    };
    memchr_iter(b'<', bytes.get(from..)?).map(|at| from + at).find(is_command)
}

/// Reads one element with everything inside it.
fn front(bytes: &[u8]) -> Front {
    let mut reader = Reader::from_reader(bytes);
    let mut depth = 0_usize;
    let mut query = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                if depth == 0 {
                    match query_of(&start) {
                        Ok(found) => query = found,
                        Err(()) => return Front::Broken,
                    }
                }
                depth += 1;
            }
            Ok(Event::Empty(start)) if depth == 0 => match query_of(&start) {
                Ok(found) => {
                    query = found;
                    break;
                }
                Err(()) => return Front::Broken,
            },
            Ok(Event::End(_)) if depth == 1 => break,
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) | Err(quick_xml::Error::Syntax(_)) => return Front::Unfinished,
            Ok(_) => {}
            Err(_) => return Front::Broken,
        }
    }
    match usize::try_from(reader.buffer_position()) {
        Ok(length) if (1..=bytes.len()).contains(&length) => Front::Whole(length, query),
        _ => Front::Broken,
    }
}

/// The query that an element is, if it is one; an error if its attributes are broken.
fn query_of(start: &BytesStart<'_>) -> Result<Option<Query>, ()> {
    let mut query = Query::default();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| ())?;
        let value = || attribute.unescape_value().map(|value| Some(value.into_owned())).map_err(|_| ());
        match attribute.key.as_ref() {
            b"device" => query.device = value()?,
            b"name" => query.name = value()?,
            _ => {}
        }
    }
    Ok((start.name().as_ref() == b"getProperties").then_some(query))
}
