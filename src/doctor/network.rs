//! The way to the server: its name, its addresses, its port or socket.

use super::{Area, State};
use crate::config::Database;
use crate::{stop, threads};
use crossbeam_channel::{Receiver, bounded};
use std::io;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::time::{Duration, Instant};

pub(super) fn check(database: &Database) -> Area {
    let mut area = Area::new("network");
    if database.host.starts_with('/') {
        socket(&mut area, database);
    } else if let Some(addresses) = name(&mut area, database) {
        port(&mut area, database, addresses);
    }
    area
}

fn socket(area: &mut Area, database: &Database) {
    let path = Path::new(&database.host).join(format!(".s.PGSQL.{}", database.port));
    match std::os::unix::net::UnixStream::connect(&path) {
        Ok(_) => area.ok("socket", format!("{} answers", path.display())),
        Err(error) => area.fail(
            "socket",
            format!("{}: {error}", path.display()),
            "systemctl start postgresql, or, for a personal copy, xtelemdb personal start DIR",
        ),
    }
}

fn name(area: &mut Area, database: &Database) -> Option<Vec<SocketAddr>> {
    let Database { host, port, connect_timeout, .. } = database;
    let wanted = (host.clone(), *port);
    let resolved =
        within(*connect_timeout, move || wanted.to_socket_addrs().map(Iterator::collect::<Vec<_>>));
    let mend = "a line for it in /etc/hosts, or database.host=ADDRESS";
    match resolved {
        None => area.fail("name", format!("{host}: no answer for {} s", connect_timeout.as_secs_f64()), mend),
        Some(Err(error)) => area.fail("name", format!("{host}: {error}"), mend),
        Some(Ok(addresses)) if addresses.is_empty() => {
            area.fail("name", format!("{host} has no address"), mend);
        }
        Some(Ok(addresses)) => {
            let texts: Vec<String> = addresses.iter().map(|address| address.ip().to_string()).collect();
            area.ok("name", format!("{host} is {}", texts.join(", ")));
            return Some(addresses);
        }
    }
    None
}

/// One address that answers is enough: the client tries them all.
fn port(area: &mut Area, database: &Database, addresses: Vec<SocketAddr>) {
    let timeout = database.connect_timeout;
    let mut refusals = Vec::new();
    for address in addresses {
        let started = Instant::now();
        match within(timeout, move || TcpStream::connect_timeout(&address, timeout)) {
            Some(Ok(_)) => {
                let ms = started.elapsed().as_secs_f64() * 1e3;
                area.ok("port", format!("{address} answers after {ms:.1} ms"));
                return;
            }
            Some(Err(error)) => refusals.push(format!("{address}: {error}")),
            None => refusals.push(format!("{address}: no answer for {} s", timeout.as_secs_f64())),
        }
    }
    let mend = format!(
        "on {}: systemctl start postgresql; see listen_addresses in postgresql.conf, and the firewall",
        database.host
    );
    area.add(State::Fail, "port", refusals.join("; "), Some(mend));
}

/// What can't be interrupted runs in a thread that may be left alone.
fn within<T: Send + 'static>(
    bound: Duration,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Option<io::Result<T>> {
    let (answer, answered) = bounded(1);
    let spawned = threads::spawn("doctor-network", move || {
        // Whoever gave up waiting does not want it any more.
        let _ = answer.send(work());
        Ok(())
    });
    if let Err(error) = spawned {
        return Some(Err(io::Error::other(error)));
    }
    wait(&answered, bound)
}

fn wait<T>(answered: &Receiver<T>, bound: Duration) -> Option<T> {
    crossbeam_channel::select! {
        recv(answered) -> answer => answer.ok(),
        recv(stop::wake()) -> _ => None,
        default(bound) => None,
    }
}
