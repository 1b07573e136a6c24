//! Codes that someone may have meant.

use super::Programme;

impl Programme {
    /// The codes of projects that differ least from `code`, at most three, the nearest first; none
    /// that is mostly another.
    #[must_use]
    pub fn near(&self, code: &str) -> Vec<&str> {
        let most = (code.chars().count() / 3).max(2);
        let codes = self.projects.iter().map(|project| project.code.as_str());
        let mut near: Vec<_> = codes
            .map(|own| (distance(&own.to_lowercase(), &code.to_lowercase()), own))
            .filter(|(distance, _)| *distance <= most)
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().take(3).map(|(_, own)| own).collect()
    }
}

/// How many letters must be put in, taken out or changed to make one text the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = above + 1;
        for (left, own) in other.iter().enumerate() {
            let changed = corner + usize::from(*own != letter);
            corner = row[left + 1];
            row[left + 1] = changed.min(corner + 1).min(row[left] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn letters_put_in_taken_out_and_changed_count_one_each() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "chè", 3),
            ("tea-line", "tea-lines", 1),
            ("tea-line", "tea-lane", 1),
            ("kitten", "sitting", 3),
            ("P017", "P071", 2),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }
}
