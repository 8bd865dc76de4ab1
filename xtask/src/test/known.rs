//! Lists of known failures: what is wrong today, by test, with the reason.
//!
//! A line is `ID  # REASON`. A listed test still runs: if it passes the entry must go, and that is an error, so that a
//! list only ever tells the truth.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// A known-failures file.
#[derive(Debug, Default)]
pub(crate) struct Known {
    path: PathBuf,
    reasons: BTreeMap<String, String>,
}

/// What a result means once the list is taken into account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Passed, and nobody said it would not.
    Fine,
    /// Failed, as listed.
    KnownFailure,
    /// Failed, and is not listed.
    NewFailure,
    /// Passed, although listed: the entry is out of date.
    Healed,
}

impl Known {
    /// Reads a list; a file that does not exist is an empty list.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let mut known = Self { path: path.to_path_buf(), reasons: BTreeMap::new() };
        if !path.exists() {
            return Ok(known);
        }
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        for (place, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let entry = line.split_once("  # ").map(|(id, reason)| (id.trim(), reason.trim()));
            let Some((id, reason)) =
                entry.filter(|(id, reason)| !id.is_empty() && !reason.is_empty())
            else {
                bail!("{}:{}: an entry is `ID  # REASON`", path.display(), place + 1);
            };
            if known.reasons.insert(id.to_owned(), reason.to_owned()).is_some() {
                bail!("{}:{}: {id} is listed twice", path.display(), place + 1);
            }
        }
        Ok(known)
    }

    /// Weighs one result.
    pub(crate) fn judge(&self, id: &str, passed: bool) -> Verdict {
        // What is listed as it is need not be listed for each mode: `mode::suite/path` is `suite::path` run in another way.
        let plain = id.split_once("::").map(|(_, rest)| rest.replacen('/', "::", 1));
        if plain.is_some_and(|plain| self.reasons.contains_key(&plain)) {
            return if passed { Verdict::Fine } else { Verdict::KnownFailure };
        }
        match (passed, self.reasons.contains_key(id)) {
            (true, false) => Verdict::Fine,
            (false, true) => Verdict::KnownFailure,
            (false, false) => Verdict::NewFailure,
            (true, true) => Verdict::Healed,
        }
    }

    /// The list's file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// All listed ids, sorted.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.reasons.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Known> {
        let path =
            std::env::temp_dir().join(format!("known-{}-{}.txt", std::process::id(), text.len()));
        fs::write(&path, text).unwrap();
        let known = Known::read(&path);
        fs::remove_file(&path).unwrap();
        known
    }

    #[test]
    fn verdicts() {
        let known = read("# a list\n\nlang::a.py  # not yet\n").unwrap();
        assert_eq!(known.judge("lang::a.py", false), Verdict::KnownFailure);
        assert_eq!(known.judge("lang::a.py", true), Verdict::Healed);
        assert_eq!(known.judge("lang::b.py", false), Verdict::NewFailure);
        assert_eq!(known.judge("lang::b.py", true), Verdict::Fine);
    }

    #[test]
    fn malformed_lists() {
        for text in ["lang::a.py\n", "lang::a.py  # \n", "a  # x\na  # yy\n", "  # reason only\n"] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
