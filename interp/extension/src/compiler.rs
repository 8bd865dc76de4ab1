//! Runs the C compiler: sources in, one `NAME.hpy0.so` out.
//!
//! The crate `cc` finds the compiler and the options of the platform, as it does for Rust packages; `CC`, `CXX`, `CFLAGS`
//! and `CXXFLAGS` are obeyed. The module is linked in a temporary folder and looked into before it is put in its place, so
//! that a file with the right name is a module that loads.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::arguments::Request;
use crate::{headers, module_file};

/// The end of a module's file name: version 0 of the ABI.
pub const SUFFIX: &str = ".hpy0.so";

/// A module that was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Where it is.
    pub path: PathBuf,
    /// What the compiler said: warnings.
    pub messages: String,
}

/// Why there is no module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In one line.
    pub reason: String,
    /// What the compiler said.
    pub messages: String,
}

/// The language of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    C,
    Cpp,
}

impl Language {
    fn of(path: &Path) -> Option<Language> {
        match path.extension()?.to_str()? {
            "c" => Some(Language::C),
            "cc" | "cpp" | "cxx" | "c++" | "C" | "CPP" => Some(Language::Cpp),
            _ => None,
        }
    }

    fn compiler(self) -> &'static str {
        match self {
            Language::C => "C compiler",
            Language::Cpp => "C++ compiler",
        }
    }

    fn variable(self) -> &'static str {
        match self {
            Language::C => "CC",
            Language::Cpp => "CXX",
        }
    }
}

/// Compile and link.
pub fn build(request: &Request) -> Result<Built, Failure> {
    let mut session = Session { request, messages: String::new() };
    match session.build() {
        Ok(path) => Ok(Built { path, messages: session.messages }),
        Err(reason) => Err(Failure { reason, messages: session.messages }),
    }
}

struct Session<'a> {
    request: &'a Request,
    messages: String,
}

impl Session<'_> {
    fn build(&mut self) -> Result<PathBuf, String> {
        let sources = self.sources()?;
        let target = self.request.output.as_deref().map(Target::of).transpose()?;
        let include = headers::folder()?;
        let scratch = Scratch::new()?;
        let mut objects = Vec::new();
        for source in headers::runtime_sources() {
            let source = include.join(source);
            objects.push(self.compile(&source, Language::C, &include, &scratch)?);
        }
        for (source, language) in &sources {
            objects.push(self.compile(source, *language, &include, &scratch)?);
        }
        let cpp = sources.iter().any(|(_, language)| *language == Language::Cpp);
        let linked = scratch.0.join("linked.so");
        let language = if cpp { Language::Cpp } else { Language::C };
        self.link(language, &objects, &scratch, &linked)?;
        let target = checked_target(&linked, target)?;
        put(&linked, &target)?;
        Ok(target)
    }

    fn sources(&self) -> Result<Vec<(PathBuf, Language)>, String> {
        let one = |path: &PathBuf| {
            let language = Language::of(path).ok_or_else(|| {
                format!("{}: the name of a source ends in .c, .cc, .cpp or .cxx", path.display())
            })?;
            match std::fs::metadata(path) {
                Ok(file) if file.is_file() => Ok((path.clone(), language)),
                Ok(_) => Err(format!("{}: not a file", path.display())),
                Err(error) => Err(format!("{}: {}", path.display(), reason(&error))),
            }
        };
        self.request.sources.iter().map(one).collect()
    }

    fn compile(
        &mut self,
        source: &Path,
        language: Language,
        include: &Path,
        scratch: &Scratch,
    ) -> Result<PathBuf, String> {
        let object = scratch.object(source);
        let mut command = self.tool(language, scratch)?;
        command.args(["-fvisibility=hidden", "-DHPY_ABI_UNIVERSAL", "-c"]).arg(source);
        command.arg("-o").arg(&object);
        command.args(self.request.include.iter().map(|folder| joined("-I", folder.as_os_str())));
        // After the author's own folders: those may hold another version on purpose.
        command.arg(joined("-I", include.as_os_str()));
        if !self.request.debug {
            command.arg("-DNDEBUG");
        }
        command.args(self.request.defines.iter().map(|define| format!("-D{define}")));
        match (&self.request.standard, language) {
            (Some(standard), _) => drop(command.arg(format!("-std={standard}"))),
            // Definitions of functions and types are written with designated initialisers.
            (None, Language::Cpp) => drop(command.arg("-std=gnu++20")),
            (None, Language::C) => {}
        }
        command.args(&self.request.extra);
        let name = source.display().to_string();
        self.run(command, language, &format!("{name} does not compile"))?;
        Ok(object)
    }

    fn link(
        &mut self,
        language: Language,
        objects: &[PathBuf],
        scratch: &Scratch,
        output: &Path,
    ) -> Result<(), String> {
        let mut command = self.tool(language, scratch)?;
        command.arg("-shared").arg("-o").arg(output).args(objects);
        // A name that two modules of a process define means each one's own.
        if cfg!(target_os = "linux") {
            command.arg("-Wl,-Bsymbolic");
        }
        if cfg!(target_os = "linux") {
            // A function that nobody defines is an error now, not when the module is loaded.
            command.arg("-Wl,-z,defs");
        }
        let folders = self.request.library_folders.iter();
        command.args(folders.map(|folder| joined("-L", folder.as_os_str())));
        command.args(self.request.libraries.iter().map(|library| format!("-l{library}")));
        command.args(&self.request.extra).arg("-lm");
        self.run(command, language, "the module cannot be linked")
    }

    /// The compiler with the platform's options.
    fn tool(&self, language: Language, scratch: &Scratch) -> Result<Command, String> {
        let level = self.request.optimise.as_deref();
        let level = level.unwrap_or(if self.request.debug { "0" } else { "2" });
        let mut build = cc::Build::new();
        build
            .cargo_metadata(false)
            .cargo_warnings(false)
            .cpp(language == Language::Cpp)
            .target(env!("HAFT_TARGET"))
            .host(env!("HAFT_TARGET"))
            .out_dir(&scratch.0)
            .opt_level_str(level)
            .debug(self.request.debug)
            .pic(true)
            .warnings(false);
        let tool = build.try_get_compiler().map_err(|error| error.to_string())?;
        Ok(tool.to_command())
    }

    /// Run a command; what it prints is kept.
    fn run(
        &mut self,
        mut command: Command,
        language: Language,
        failure: &str,
    ) -> Result<(), String> {
        if self.request.verbose {
            writeln!(self.messages, "{}", shown(&command)).expect("a String takes any text");
        }
        let program = command.get_program().to_string_lossy().into_owned();
        let output = command.output().map_err(|error| {
            let variable = language.variable();
            let compiler = language.compiler();
            format!(
                "no {compiler}: cannot run `{program}` ({}); install one, or name it in {variable}",
                reason(&error)
            )
        })?;
        for text in [&output.stdout, &output.stderr] {
            self.messages.push_str(&String::from_utf8_lossy(text));
        }
        if output.status.success() { Ok(()) } else { Err(failure.to_owned()) }
    }
}

/// Where the module is to be, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    folder: PathBuf,
    name: String,
}

impl Target {
    fn of(output: &Path) -> Result<Target, String> {
        let file = output.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
        let name = file.strip_suffix(SUFFIX).or_else(|| file.strip_suffix(".so")).unwrap_or(&file);
        let letter = |c: char| c == '_' || c.is_ascii_alphanumeric();
        if name.is_empty()
            || !name.chars().all(letter)
            || name.starts_with(|c: char| c.is_ascii_digit())
        {
            return Err(format!("-o {}: `{name}` is not a module name", output.display()));
        }
        let folder = output.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        Ok(Target { folder, name: name.to_owned() })
    }
}

/// Is this a module, of the name that was asked for? Its path.
fn checked_target(linked: &Path, target: Option<Target>) -> Result<PathBuf, String> {
    let modules = module_file::read(linked)?.modules;
    let names: Vec<&str> = modules.iter().map(|module| module.name.as_str()).collect();
    if names.is_empty() {
        return Err("no module in it: write HPy_MODINIT(NAME, DEFINITION) in one source".to_owned());
    }
    let all = names.join("`, `");
    let target = match target {
        Some(target) if names.contains(&target.name.as_str()) => target,
        Some(target) => {
            return Err(format!(
                "HPy_MODINIT names the module `{all}`, but -o names it `{}`: they must be the same",
                target.name
            ));
        }
        None if names.len() == 1 => Target { folder: PathBuf::new(), name: names[0].to_owned() },
        None => return Err(format!("modules `{all}` in one file: choose its name with -o")),
    };
    Ok(target.folder.join(format!("{}{SUFFIX}", target.name)))
}

/// Copy a module to its place. A running program may have the old file mapped: a new one takes its name.
fn put(linked: &Path, target: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {}", target.display(), reason(&error));
    let draft = target.with_extension(format!("so.{}", haft_host::process::getpid()));
    std::fs::copy(linked, &draft).map_err(failed)?;
    std::fs::rename(&draft, target).map_err(failed)
}

/// A folder for objects that vanishes.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, String> {
        let pid = haft_host::process::getpid();
        for n in 0..1000 {
            let folder = std::env::temp_dir().join(format!("haft-build-{pid}-{n}"));
            match std::fs::create_dir(&folder) {
                Ok(()) => return Ok(Scratch(folder)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(format!("{}: {}", folder.display(), reason(&error))),
            }
        }
        Err("the folder for temporary files is full of ours".to_owned())
    }

    /// A name for the object of a source that no other source has.
    fn object(&self, source: &Path) -> PathBuf {
        let stem = source.file_stem().map(OsStr::to_string_lossy).unwrap_or_default();
        (0..u32::MAX)
            .map(|n| self.0.join(format!("{stem}.{n}.o")))
            .find(|path| !path.exists())
            .unwrap_or_default()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that cannot be removed is only rubbish.
        let _removed = std::fs::remove_dir_all(&self.0);
    }
}

fn joined(option: &str, value: &OsStr) -> OsString {
    let mut text = OsString::from(option);
    text.push(value);
    text
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The text of an error without its number.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        let name = |text: &str| Target::of(Path::new(text)).map(|target| target.name);
        for text in ["vec", "a/vec", "vec.so", "/x/vec.hpy0.so"] {
            assert_eq!(name(text), Ok("vec".to_owned()), "{text}");
        }
        for text in ["", "a.vec", "3d", "ve-c", "/"] {
            assert!(name(text).is_err(), "{text}");
        }
    }
}
