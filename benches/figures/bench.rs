//! What every row needs: the data, the program, and the server once it is asked for.

use crate::data::Data;
use crate::process::{Program, Run};
use crate::server::Server;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use xtelemdb::error::Result;

pub struct Bench {
    pub rounds: usize,
    pub data: Data,
    pub program: Program,
    target: PathBuf,
    server: OnceCell<Server>,
}

/// The database without a row, to be copied.
pub const EMPTY: &str = "empty";

impl Bench {
    pub fn new(rounds: usize, is_quick: bool) -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target = root.join("target/bench");
        let data = Data::new(&target, is_quick)?;
        let program = Program::new(&root.join("dist/xtelemdb"), &data.scratch()?)?;
        Ok(Self { rounds, data, program, target, server: OnceCell::new() })
    }

    /// The server, with the database [`EMPTY`] on it; started when it is first needed.
    pub fn server(&self) -> Result<&Server> {
        if let Some(server) = self.server.get() {
            return Ok(server);
        }
        let server = Server::start(&self.target)?;
        server.sql("postgres", &[&format!("CREATE DATABASE {EMPTY}")])?;
        self.program.run("setup", &server.overrides(EMPTY))?;
        Ok(self.server.get_or_init(|| server))
    }

    /// The version of the server, if there was need of one.
    pub fn server_version(&self) -> Option<String> {
        self.server.get().map(|server| server.version().to_owned())
    }

    /// Runs `inventory` of a folder.
    pub fn inventory(&self, database: &str, folder: &Path) -> Result<Run> {
        let mut arguments = self.server()?.overrides(database);
        arguments.push(format!("data_dirs={}", folder.display()));
        self.program.run("inventory", &arguments)
    }

    /// Runs `ingest`.
    pub fn ingest(&self, database: &str) -> Result<Run> {
        self.program.run("ingest", &self.server()?.overrides(database))
    }
}
