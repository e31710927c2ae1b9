//! The batch-job example: it starts the server, loads, and stops the server, also when its time is over.

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use support::postgres::server_programs;
use support::program::{Program, signal};
use support::until;
use xtelemdb::personal::Personal;

/// A personal database with the files of the demonstration, whose server is stopped.
struct Site {
    base: PathBuf,
    db: Option<Personal>,
}

impl Site {
    fn new(name: &str) -> Self {
        let base = std::env::temp_dir().join(format!("xb-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&base);
        fs::create_dir(&base).unwrap();
        fs::set_permissions(&base, fs::Permissions::from_mode(0o755)).unwrap();
        let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/demo/telem.tar.gz");
        let unpacked =
            Command::new("tar").arg("-xzf").arg(archive).arg("--no-same-owner").arg("-C").arg(&base).status();
        assert!(unpacked.unwrap().success());
        let db = xtelemdb::personal::init(&base.join("db"), Some(&server_programs().bin), "exao1");
        let db = db.unwrap_or_else(|e| panic!("{e}"));
        let conf = fs::read_to_string(db.config_file()).unwrap();
        let dirs = format!("\ndata_dirs = [\"{}\"]", base.join("telem").display());
        fs::write(db.config_file(), conf.replace("\ndata_dirs = []", &dirs)).unwrap();
        Program::new(&["setup", "-q", "-c", db.config_file().to_str().unwrap()]).run().expect_code(0);
        db.stop(None).unwrap();
        Self { base, db: Some(db) }
    }

    fn db(&self) -> &Personal {
        self.db.as_ref().expect("it is there until the end")
    }

    /// The job, with our program in its path.
    fn job(&self) -> Child {
        let program = Path::new(env!("CARGO_BIN_EXE_xtelemdb")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        Command::new("bash")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib/slurm/load-telemetry.sbatch"))
            .arg(self.db().dir())
            .env("PATH", path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(self.base.join("log")).unwrap())
            .spawn()
            .expect("bash starts")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.base.join("log")).unwrap()
    }

    fn rows(&self) -> i64 {
        self.db().start(None).unwrap();
        let mut client = self.db().connect("xtelem").unwrap();
        let rows = client.query_one("SELECT count(*) FROM public.telem", &[]).unwrap().get(0);
        drop(client);
        self.db().stop(None).unwrap();
        rows
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(db) = self.db.take() {
            let _ = db.remove(None);
        }
        let _ = fs::remove_dir_all(&self.base);
    }
}

#[test]
fn a_job_loads_everything_and_stops_the_server() {
    let site = Site::new("whole");
    let code = site.job().wait().unwrap().code();
    assert_eq!(code, Some(0), "{}", site.log());
    assert!(!site.db().status().unwrap().running);
    assert_eq!(site.rows(), 22_199);
}

#[test]
fn a_job_whose_time_is_over_stops_the_server_and_goes_on_next_time() {
    let site = Site::new("cut");
    // The second of the two commands waits for this lock.
    site.db().start(None).unwrap();
    let mut client = site.db().connect("xtelem").unwrap();
    let mut lock = client.transaction().unwrap();
    lock.batch_execute("LOCK TABLE public.telem IN ACCESS EXCLUSIVE MODE").unwrap();
    let mut job = site.job();
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    let mut watch = site.db().connect("postgres").unwrap();
    until("ingest waits", Duration::from_secs(60), || {
        watch.query_one(waits, &[]).unwrap().get::<_, i64>(0) > 0
    });
    signal(job.id(), "TERM");
    assert_eq!(job.wait().unwrap().code(), Some(130), "{}", site.log());
    assert!(!site.db().status().unwrap().running && !site.db().dir().join("running-on").exists());
    drop(lock);
    assert_eq!(site.rows(), 0);
    assert_eq!(site.job().wait().unwrap().code(), Some(0), "{}", site.log());
    assert_eq!(site.rows(), 22_199);
}
