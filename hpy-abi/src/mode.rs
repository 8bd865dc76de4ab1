//! Modes: which context a module is loaded with, and the environment variable `HPY` that says so.

/// Which context a module gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// The host's own.
    #[default]
    Universal = 0,
    /// One that finds mistakes, see [`crate::debug`].
    Debug = 1,
    /// One that counts and times, see [`crate::trace`].
    Trace = 2,
}

impl Mode {
    /// All modes, by the names of their constants in the Python module `hpy.universal`.
    pub const CONSTANTS: &[(&str, Mode)] = &[
        ("MODE_UNIVERSAL", Mode::Universal),
        ("MODE_DEBUG", Mode::Debug),
        ("MODE_TRACE", Mode::Trace),
    ];

    /// The mode of that number.
    pub const fn of(number: i64) -> Option<Mode> {
        match number {
            0 => Some(Mode::Universal),
            1 => Some(Mode::Debug),
            2 => Some(Mode::Trace),
            _ => None,
        }
    }

    /// Its name in `HPY`.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Universal => "universal",
            Mode::Debug => "debug",
            Mode::Trace => "trace",
        }
    }

    /// The mode of that name, in letters of any case.
    pub fn named(name: &str) -> Option<Mode> {
        [Mode::Universal, Mode::Debug, Mode::Trace]
            .into_iter()
            .find(|mode| mode.name().eq_ignore_ascii_case(name))
    }

    /// The mode of a module by the value of `HPY`: a mode for all modules, or `name:mode,name:mode`, where modules that are
    /// not named are universal. The error is the message of a ValueError.
    pub fn of_module(value: &str, module: &str) -> Result<Mode, String> {
        let invalid = || {
            let shown: String = value.chars().take(50).collect();
            format!("invalid HPy mode: {shown}")
        };
        if !value.contains(':') {
            return Mode::named(value).ok_or_else(invalid);
        }
        let mut found = Mode::Universal;
        for entry in value.split(',') {
            let (name, mode) = entry.split_once(':').ok_or_else(invalid)?;
            let mode = Mode::named(mode.trim()).ok_or_else(invalid)?;
            if name.trim() == module {
                found = mode;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar() {
        for (value, module, mode) in [
            ("debug", "x", Some(Mode::Debug)),
            ("TRACE", "x", Some(Mode::Trace)),
            ("universal", "x", Some(Mode::Universal)),
            ("x:debug", "x", Some(Mode::Debug)),
            ("x:debug", "xy", Some(Mode::Universal)),
            ("y:trace,x:debug", "x", Some(Mode::Debug)),
            ("y:trace, x : debug", "x", Some(Mode::Debug)),
            ("a.b:trace", "a.b", Some(Mode::Trace)),
            ("", "x", None),
            ("debut", "x", None),
            ("x:debut", "x", None),
            ("x:debug,", "x", None),
        ] {
            assert_eq!(Mode::of_module(value, module).ok(), mode, "{value}");
        }
        assert_eq!(Mode::of_module("nothing", "x"), Err("invalid HPy mode: nothing".to_owned()));
    }
}
