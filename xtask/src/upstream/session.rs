//! Runs one driver until every test has a result, in as many processes as that takes.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::report::Report;
use crate::process::{self, End};
use crate::workspace;

/// A test that writes nothing into the report for this long hangs.
const PATIENCE: Duration = Duration::from_mins(2);

/// Processes after which a unit is given up: something is wrong with more than single tests.
const MAX_PROCESSES: usize = 40;

/// One driver with its arguments.
#[derive(Debug)]
pub(super) struct Session {
    /// The interpreter under test.
    pub(super) subject: PathBuf,
    /// The driver script and its arguments.
    pub(super) args: Vec<String>,
    /// The folder it runs in.
    pub(super) cwd: PathBuf,
    /// Folders put before the interpreter's own library.
    pub(super) python_path: Vec<PathBuf>,
}

impl Session {
    /// Runs it to the end.
    pub(super) fn run(&self) -> Result<Report> {
        let folder = workspace::target().join("upstream");
        fs::create_dir_all(&folder)?;
        let log = folder.join(format!("report-{}.txt", std::process::id()));
        let skip = folder.join(format!("skip-{}.txt", std::process::id()));
        let mut report = Report::default();
        for _ in 0..MAX_PROCESSES {
            fs::write(&log, "")?;
            fs::write(
                &skip,
                report.results().map(|(id, _)| format!("{id}\n")).collect::<String>(),
            )?;
            let end = self.run_process(&log, &skip)?;
            report.read(&fs::read_to_string(&log)?);
            if report.is_done() {
                break;
            }
            report.crashed(&how(end));
            if report.cannot_load() {
                break;
            }
        }
        fs::remove_file(&log).ok();
        fs::remove_file(&skip).ok();
        Ok(report)
    }

    /// One process; it is killed when its report does not grow.
    fn run_process(&self, log: &Path, skip: &Path) -> Result<End> {
        let path = std::env::join_paths(&self.python_path)?;
        let output = fs::File::create(log.with_extension("out"))?;
        let mut child = Command::new(&self.subject)
            .args(&self.args)
            .current_dir(&self.cwd)
            .env("PYTHONPATH", path)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("UPSTREAM_REPORT", log)
            .env("UPSTREAM_SKIP", skip)
            .env("UPSTREAM_CACHE", workspace::target().join("upstream/modules"))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", self.subject.display()))?;
        let (mut size, mut grown) = (0, Instant::now());
        process::wait_until(&mut child, || {
            let now = fs::metadata(log).map_or(0, |metadata| metadata.len());
            if now != size {
                (size, grown) = (now, Instant::now());
            }
            grown.elapsed() > PATIENCE
        })
    }
}

/// The end of a process in words.
fn how(end: End) -> String {
    match end {
        End::TimedOut => format!("no progress in {} s", PATIENCE.as_secs()),
        End::Code(code) if end.is_crash() => format!("signal {}", code - 128),
        End::Code(code) => format!("exit code {code}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Counts;
    use super::*;

    /// A driver of three tests, the second of which takes the process down.
    const DRIVER: &str = r#"
        for name in a b c; do
            grep -qx $name "$UPSTREAM_SKIP" && continue
            echo "start $name" >> "$UPSTREAM_REPORT"
            [ $name = b ] && kill -SEGV $$
            echo "passed $name" >> "$UPSTREAM_REPORT"
        done
        echo done >> "$UPSTREAM_REPORT""#;

    #[test]
    fn a_crash_costs_one_test() {
        let session = Session {
            subject: "/bin/sh".into(),
            args: vec!["-c".to_owned(), DRIVER.to_owned()],
            cwd: std::env::temp_dir(),
            python_path: Vec::new(),
        };
        let report = session.run().unwrap();
        assert_eq!(report.counts(), Counts { passed: 2, crashed: 1, ..Counts::default() });
        assert_eq!(report.note("b"), "  (signal 11)");
    }
}
