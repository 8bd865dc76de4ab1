//! Extension modules of tests: `NAME.c` is compiled with our headers to `NAME.hpy0.so`, once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context as _, Result, bail};

use crate::workspace;

/// One test compiles at a time: several modes want the same module.
static BUILDING: Mutex<()> = Mutex::new(());

/// The source of an extension module.
#[derive(Debug)]
pub(super) struct Extension {
    source: PathBuf,
}

impl Extension {
    /// That of a program: the C file with the same name.
    pub(super) fn beside(program: &Path) -> Self {
        Self { source: program.with_extension("c") }
    }

    /// Compiles it unless that was done since it or a header changed; the folder with the module.
    pub(super) fn build(&self) -> Result<PathBuf> {
        let folder = workspace::root().join("target/hpy");
        let name = self.source.file_stem().context("a source has a name")?.to_string_lossy();
        let module = folder.join(format!("{name}.hpy0.so"));
        let _one_at_a_time = BUILDING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if is_newer(&module, &self.source)? {
            return Ok(folder);
        }
        fs::create_dir_all(&folder)?;
        let output = Command::new("cc")
            .args([
                "-std=c11",
                "-O1",
                "-shared",
                "-fPIC",
                "-DHPY_ABI_UNIVERSAL",
                "-D_DEFAULT_SOURCE",
                "-I",
            ])
            .arg(workspace::root().join("headers"))
            .arg("-o")
            .arg(&module)
            .arg(&self.source)
            .output()
            .context("cannot run cc, which compiles the extension modules of tests")?;
        if !output.status.success() {
            bail!(
                "cc cannot compile {}:\n{}",
                self.source.display(),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(folder)
    }
}

/// Is the module newer than its source and every header?
fn is_newer(module: &Path, source: &Path) -> Result<bool> {
    let Ok(made) = fs::metadata(module).and_then(|data| data.modified()) else { return Ok(false) };
    let mut files = workspace::files_below(&workspace::root().join("headers"))?;
    files.push(source.to_owned());
    for file in files {
        let data =
            fs::metadata(&file).with_context(|| format!("cannot read {}", file.display()))?;
        if data.modified()? > made {
            return Ok(false);
        }
    }
    Ok(true)
}
