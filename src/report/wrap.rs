//! Text broken into lines between words.

/// The lines of a text: the first has room for `first` characters, each other one for `rest`. A word that is longer than its
/// line stays whole, to be copied.
pub fn lines(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut length, mut room) = (String::new(), 0, first);
    for (number, word) in text.split(' ').enumerate() {
        let width = word.chars().count();
        if number > 0 && length + 1 + width > room {
            lines.push(std::mem::take(&mut line));
            (length, room) = (0, rest);
        } else if number > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += width;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_words_stay_whole() {
        assert_eq!(lines("", 5, 5), [""]);
        assert_eq!(lines("ab cd ef", 5, 5), ["ab cd", "ef"]);
        assert_eq!(lines("ab cd ef gh", 2, 8), ["ab", "cd ef gh"]);
        assert_eq!(lines("a longer-than-that b", 3, 3), ["a", "longer-than-that", "b"]);
        assert_eq!(lines("ä é", 3, 3), ["ä é"], "characters are counted, not bytes");
    }
}
