//! Finding libraries and symbols.

use haft_cffi_core::{Library, library};

#[test]
fn bare_names_are_looked_for() {
    for name in ["m", "c", "libm.so.6"] {
        let library = Library::open(Some(name), Library::NOW).unwrap();
        let symbol = if name == "c" { "strlen" } else { "sin" };
        assert!(library.symbol(symbol).is_ok(), "{name}");
    }
    assert_eq!(library::find("no-such-library"), None);
}

#[test]
fn the_program_itself_has_libc() {
    let library = Library::open(None, 0).unwrap();
    assert_eq!(library.name(), "<None>");
    assert!(library.symbol("malloc").is_ok());
}

#[test]
fn failures_say_what_the_system_says() {
    let error = Library::open(Some("./no/such.so"), 0).unwrap_err();
    let start = "cannot load library './no/such.so': ./no/such.so: cannot open shared object file";
    assert!(error.message.starts_with(start), "{error}");
    assert!(error.message.contains(
        ".  Additionally, ctypes.util.find_library() did not manage to locate a library called './no/such.so'"
    ));
    let mut library = Library::open(None, 0).unwrap();
    let error = library.symbol("no_such_symbol").unwrap_err();
    assert!(error.message.starts_with("symbol 'no_such_symbol' not found in library '<None>': "));
    library.close().unwrap();
    library.close().unwrap();
    assert!(library.is_closed());
    assert_eq!(
        library.symbol("malloc").unwrap_err().message,
        "library '<None>' has already been closed"
    );
}
