//! "Did you mean": the nearest of some names, as CPython measures it (`Python/suggestions.c`).

/// Cost of an insertion or deletion, and of a substitution; a change of case costs `CASE`.
const MOVE: usize = 2;
const CASE: usize = 1;
/// Names longer than this are not compared.
const MAX_LEN: usize = 40;
/// More candidates than this are not compared.
const MAX_CANDIDATES: usize = 750;

fn substitution(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).map(|n| n * MOVE).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) * MOVE;
        for (j, &y) in b.iter().enumerate() {
            let best = (diagonal + substitution(x, y)).min(row[j] + MOVE).min(row[j + 1] + MOVE);
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    row[b.len()]
}

/// The candidate nearest to `name`, if one is near enough.
pub fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let len = name.chars().count();
    if len > MAX_LEN {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.take(MAX_CANDIDATES).filter(|c| *c != name && c.len() <= MAX_LEN) {
        let most = (len + candidate.chars().count() + 3) * MOVE / 6;
        let found = distance(name, candidate);
        if found <= most && best.is_none_or(|(known, _)| found < known) {
            best = Some((found, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.to_string())
}
