//! A file that a lane is to bring up to date, and what came of looking at it.

use crate::db::ledger::{Entry, TelemetryFile};
use crate::db::types::OriginDigest;
use crate::origin::{self, Kind};
use std::path::{Path, PathBuf};

/// A file for a lane, claimed by this process.
#[derive(Debug)]
pub struct Work {
    /// Its key.
    pub digest: OriginDigest,
    /// Its path as text, for messages.
    pub name: String,
    /// Where its bytes are read from.
    pub path: PathBuf,
    /// The device that wrote it.
    pub device: String,
    /// What its bytes are.
    pub kind: Kind,
    /// What the ledger says of it.
    pub entry: Option<Entry>,
    /// Of an `X.ndjson.gz` that the ledger does not know: what it says of `X.ndjson`, whose content it may go on with.
    pub forerunner: Option<Entry>,
    /// The `X.ndjson` of an `X.ndjson.gz` or the other way round: what is set aside of one is not set aside of both.
    pub twin: Option<OriginDigest>,
    /// The lock by which it is claimed.
    pub claim_key: i64,
}

impl Work {
    /// The work on a file of the inventory; none if its name says that it holds no telemetry.
    pub fn new(file: TelemetryFile, forerunner: Option<Entry>, twin: Option<OriginDigest>) -> Option<Self> {
        Some(Self {
            digest: file.digest,
            path: origin::text_to_path(&file.path),
            device: origin::device(&file.path).to_owned(),
            kind: origin::kind(&file.path)?,
            claim_key: file.claim_key(),
            entry: file.entry,
            forerunner,
            twin,
            name: file.path,
        })
    }
}

/// Why a file, or the rest of it, could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// It is gone from disk, and was not loaded in full before.
    Gone,
    /// It can't be opened or read.
    Unreadable,
    /// The ledger or the inventory changed under it while it was loaded.
    Overtaken,
}

impl Trouble {
    /// The stable name, as it stands in summaries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Unreadable => "unreadable",
            Self::Overtaken => "overtaken",
        }
    }
}

/// A file that a lane is done with.
#[derive(Debug)]
pub struct Finished {
    /// Its key.
    pub digest: OriginDigest,
    /// The lock by which it was claimed.
    pub claim_key: i64,
    /// What the ledger says of it now; none if nothing was committed.
    pub entry: Option<Entry>,
    /// Why it, or the rest of it, was not loaded.
    pub trouble: Option<Trouble>,
}

/// A file that could not even be opened.
#[derive(Debug)]
pub struct Unopened {
    /// The file.
    pub work: Work,
    /// Why, in a word and in words; none if nothing is lost with it.
    pub defect: Option<(Trouble, String)>,
}

/// Whether the content of a file stands in a compressed file beside it.
pub fn is_compressed_beside(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push(".gz");
    path.as_os_str().as_encoded_bytes().ends_with(b".ndjson") && Path::new(&name).exists()
}
