//! Finds the word that somebody probably meant.

/// The candidate nearest to `word`, if one is near enough to be worth suggesting.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    // Half of a short word and a third of a long one may be wrong.
    let most = (word.chars().count() / 3).max(2);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= most && *distance < candidate.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many characters have to be put in, taken out, changed or swapped with their neighbour.
pub fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.chars().take(LONGEST_WORD).collect();
    let to: Vec<char> = to.chars().take(LONGEST_WORD).collect();
    let mut before_last = vec![0; to.len() + 1];
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, from_char) in from.iter().enumerate() {
        let mut now = vec![row + 1; to.len() + 1];
        for (column, to_char) in to.iter().enumerate() {
            let changed = last[column] + usize::from(from_char != to_char);
            now[column + 1] = changed.min(last[column + 1] + 1).min(now[column] + 1);
            let swapped = row > 0 && column > 0 && from[row - 1] == *to_char && *from_char == to[column - 1];
            if swapped {
                now[column + 1] = now[column + 1].min(before_last[column - 1] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last[to.len()]
}

/// Characters that are compared: enough for any key, and no work for a line typed by accident.
const LONGEST_WORD: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (from, to, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("ingest", "ingset", 1),
            ("setpu", "setup", 1),
            ("dmp", "dump", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(from, to), expected, "{from} to {to}");
            assert_eq!(distance(to, from), expected, "{to} to {from}");
        }
    }

    #[test]
    fn only_what_is_near_is_suggested() {
        let words = ["setup", "inventory", "ingest", "dump"];
        assert_eq!(nearest("INGEST", words), Some("ingest"));
        assert_eq!(nearest("inventroy", words), Some("inventory"));
        assert_eq!(nearest("frobnicate", words), None);
        assert_eq!(nearest("x", words), None);
    }
}
