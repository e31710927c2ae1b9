//! Lines of `pg_hba.conf`: which, and where they are put. Text in, text out.

/// Begins the block in which the lines stand where files can't be included.
const BLOCK_BEGIN: &str = "# >>> xtelemdb provision: written by this command, changed by it only";
/// Ends it.
const BLOCK_END: &str = "# <<< xtelemdb provision";
/// The file of the lines where files can be included, beside `pg_hba.conf`.
pub const INCLUDED: &str = "pg_hba.conf.d/xtelemdb.conf";
/// What includes it.
const INCLUDE_LINE: &str = "include_if_exists pg_hba.conf.d/xtelemdb.conf   # written by xtelemdb provision";

/// The access lines: from this computer and from each network, with a password.
pub fn lines(database: &str, roles: [&str; 2], networks: &[String]) -> String {
    let here = ["127.0.0.1/32".to_owned(), "::1/128".to_owned()];
    let line = |network: &String| {
        let [writer, reader] = roles.map(word);
        format!("host    {}    {writer},{reader}    {network:<18}    scram-sha-256\n", word(database))
    };
    here.iter().chain(networks).map(line).collect()
}

/// The networks of lines that stand there already, but for this computer's own.
pub fn networks(text: &str) -> Vec<String> {
    // Counted from the end: names may hold blanks.
    let of_line = |line: &str| line.split_whitespace().nth_back(1).map(str::to_owned);
    let lines = text.lines().filter(|line| line.starts_with("host "));
    lines
        .filter_map(of_line)
        .filter(|network| !["127.0.0.1/32", "::1/128"].contains(&network.as_str()))
        .collect()
}

/// The lines between the markers of a file, if there are any.
pub fn block(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(BLOCK_BEGIN)?;
    rest.split_once(BLOCK_END).map(|(block, _)| block)
}

/// What stands in front of all other lines of `pg_hba.conf`, of which the first that fits counts: the line that
/// includes the file of ours, or ours themselves.
pub fn front(includes: bool, lines: &str) -> String {
    if includes { format!("{INCLUDE_LINE}\n") } else { format!("{BLOCK_BEGIN}\n{lines}{BLOCK_END}\n") }
}

/// A `pg_hba.conf` with this in front; nothing else changes, but for what an earlier run has put there.
pub fn with_front(text: &str, front: &str) -> String {
    format!("{front}{}", without(text))
}

/// What of a `pg_hba.conf` is not ours.
fn without(text: &str) -> String {
    let mut inside = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == BLOCK_BEGIN {
            inside = true;
        }
        if !inside && bare != INCLUDE_LINE {
            kept.push_str(line);
        }
        if bare == BLOCK_END {
            inside = false;
        }
    }
    // A block without an end is no block: somebody has edited it, and what stands behind must not vanish.
    if inside { text.to_owned() } else { kept }
}

/// A name as it may stand in a line: quoted unless it is an ordinary word.
fn word(name: &str) -> String {
    const KEYWORDS: [&str; 4] = ["all", "sameuser", "samerole", "replication"];
    let is_plain = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        && !KEYWORDS.contains(&name);
    if is_plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEBIAN: &str =
        "# comment\nlocal   all   postgres   peer\nhost    all   all   127.0.0.1/32   scram-sha-256";

    #[test]
    fn the_rest_stays_and_twice_is_once() {
        let lines = lines("xtelem", ["xtelem", "xsup"], &["192.168.0.0/24".into()]);
        assert_eq!(lines.lines().count(), 3);
        let (block_front, include_front) = (front(false, &lines), front(true, &lines));
        let once = with_front(DEBIAN, &block_front);
        assert!(once.ends_with(DEBIAN));
        assert_eq!(with_front(&once, &block_front), once);
        assert_eq!(networks(block(&once).unwrap()), ["192.168.0.0/24"]);
        // After the server was upgraded to a version that includes files.
        let included = with_front(&once, &include_front);
        assert_eq!(included, format!("{INCLUDE_LINE}\n{DEBIAN}"));
        assert_eq!(with_front(&included, &include_front), included);
        assert_eq!(with_front(&included, &block_front), once);
    }

    #[test]
    fn names_with_blanks_do_not_hide_networks() {
        let lines = lines("a b c", ["x y", "xsup"], &["192.168.0.0/24".into()]);
        assert_eq!(networks(&lines), ["192.168.0.0/24"]);
    }

    #[test]
    fn a_block_whose_end_was_lost_swallows_nothing() {
        let broken = format!("{BLOCK_BEGIN}\n{DEBIAN}");
        assert!(with_front(&broken, &front(false, "")).ends_with(DEBIAN));
    }

    #[test]
    fn odd_names_are_quoted() {
        assert_eq!(
            ["xtelem", "all", "a b", "x\"y", "a,b"].map(word),
            ["xtelem", "\"all\"", "\"a b\"", "\"x\"\"y\"", "\"a,b\""]
        );
    }
}
