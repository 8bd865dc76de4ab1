//! Texts that are wrong, and what is said about them: message, line, column, last line, last column.
//!
//! All rows are what CPython says, but for "duplicate parameter", whose wording is that of 3.14.
use haft_compiler::Mode::{self, Eval, Exec};
use haft_compiler::{ErrorKind, Options, compile};

/// Source, mode, message, and `(lineno, offset, end_lineno, end_offset)`.
type Row = (&'static str, Mode, &'static str, (u32, u32, u32, i32));

#[test]
fn messages_and_places() {
    let mut failures = Vec::new();
    for &(source, mode, message, place) in ROWS {
        match compile(source, &Options::new("f", mode)) {
            Ok(_) => failures.push(format!("{source:?} compiles")),
            Err(e) => {
                let found = (e.line, e.column, e.end_line, e.end_column);
                if e.message != message || found != place {
                    let found = format!("{:?} at {found:?}", e.message);
                    failures.push(format!("{source:?}: {found}, not {message:?} at {place:?}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn kinds() {
    let kind = |source: &str| compile(source, &Options::new("f", Exec)).map_err(|e| e.kind).err();
    assert_eq!(kind("if 1:\n\tx\n        y"), Some(ErrorKind::Tab));
    assert_eq!(kind("if 1:\nx"), Some(ErrorKind::Indentation));
    assert_eq!(kind("x y"), Some(ErrorKind::Syntax));
    assert_eq!(kind(&format!("{}x", "not ".repeat(200_000))), Some(ErrorKind::Recursion));
    assert_eq!(kind(&format!("x{}", " + x".repeat(20_000))), None);
    assert_eq!(kind(&format!("x{}", ".y".repeat(20_000))), None);
    assert_eq!(kind(&format!("{}x", "-".repeat(20_000))), None);
    assert_eq!(kind(&format!("{}1{}", "(".repeat(200), ")".repeat(200))), None);
    assert_eq!(kind(&format!("{}1{}", "(".repeat(201), ")".repeat(201))), Some(ErrorKind::Syntax));
}

#[test]
fn more_input_completes_it() {
    let incomplete = |source: &str| {
        let options = Options::new("f", Mode::Single);
        compile(source, &options).map_err(|e| e.incomplete)
    };
    for source in
        ["if x:", "def f():\n", "(1 +", "\"\"\"a", "@d", "x = [", "a \\", "try:\n  x\nexcept:"]
    {
        assert_eq!(incomplete(source).err(), Some(true), "{source:?}");
    }
    for source in ["x y", "x = )", "'a", "1 +", "return"] {
        assert_eq!(incomplete(source).err(), Some(false), "{source:?}");
    }
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("@a\n", Exec, "invalid syntax", (1, 0, 1, 0)),
    ("", Eval, "invalid syntax", (0, 0, 0, 0)),
    ("# c\n", Eval, "invalid syntax", (1, 0, 1, 0)),
    ("async", Exec, "invalid syntax", (1, 6, 1, 7)),
    ("x = \n", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("x =", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("a b", Eval, "invalid syntax", (1, 3, 1, 4)),
    ("a +\n\n", Eval, "invalid syntax", (1, 4, 1, 5)),
    ("if x:\n  pass\n @a\n", Exec, "unindent does not match any outer indentation level", (3, 4, 3, -1)),
    ("class A:\n  @a\n", Exec, "unexpected unindent", (2, 5, 2, -1)),
    ("def f(:\n pass", Exec, "invalid syntax", (1, 7, 1, 8)),
    ("x = 5\n  y = 6\n", Exec, "unexpected indent", (2, 2, 2, -1)),
    ("for x in 1\n pass", Exec, "expected ':'", (1, 11, 1, 12)),
    ("print 5", Exec, "Missing parentheses in call to 'print'. Did you mean print(...)?", (1, 1, 1, 8)),
    ("x = {'a' 'b': 1 'c': 2}", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 15, 1, 20)),
    ("foo(a, b for b in c)", Exec, "Generator expression must be parenthesized", (1, 8, 1, 20)),
    ("a = 1 +", Exec, "invalid syntax", (1, 8, 1, 9)),
    ("else:\n pass", Exec, "invalid syntax", (1, 1, 1, 5)),
    ("return", Exec, "'return' outside function", (1, 1, 1, 7)),
    ("x++", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("x = 1 2", Exec, "invalid syntax", (1, 7, 1, 8)),
    ("import", Exec, "Expected one or more names after 'import'", (1, 7, 1, 7)),
    ("from x import", Exec, "Expected one or more names after 'import'", (1, 14, 1, 14)),
    ("def", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("def f(x y): pass", Exec, "invalid syntax", (1, 9, 1, 10)),
    ("(a, b", Exec, "'(' was never closed", (1, 1, 1, 0)),
    ("[1,2\n3]", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 4, 2, 2)),
    ("lambda x y: 1", Exec, "invalid syntax", (1, 10, 1, 11)),
    ("'abc", Exec, "unterminated string literal (detected at line 1)", (1, 1, 1, 1)),
    ("while True print(1)", Exec, "invalid syntax", (1, 12, 1, 17)),
    ("if x == 1 print(2)", Exec, "invalid syntax", (1, 11, 1, 16)),
    ("a = b c", Exec, "invalid syntax", (1, 7, 1, 8)),
    ("try:\n  x\nfoo()", Exec, "expected 'except' or 'finally' block", (3, 1, 3, 4)),
    ("\"\\x1\"", Exec, "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape", (1, 1, 1, 6)),
    ("\"\\N{foo}\"", Exec, "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-6: unknown Unicode character name", (1, 1, 1, 10)),
    ("b'\\x1'", Exec, "(value error) invalid \\x escape at position 0", (1, 1, 1, 7)),
    ("x = $", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("None = 1", Exec, "cannot assign to None", (1, 1, 1, 5)),
    ("f(1)=2", Exec, "cannot assign to function call here. Maybe you meant '==' instead of '='?", (1, 1, 1, 5)),
    ("5 = x", Exec, "cannot assign to literal here. Maybe you meant '==' instead of '='?", (1, 1, 1, 2)),
    ("with open(x) as 5: pass", Exec, "cannot assign to literal", (1, 17, 1, 18)),
    ("for 5 in x: pass", Exec, "cannot assign to literal", (1, 5, 1, 6)),
    ("import a.b as c.d", Exec, "invalid syntax", (1, 16, 1, 17)),
    ("@", Exec, "invalid syntax", (1, 2, 1, 3)),
    ("1..", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("x = [1,2,3", Exec, "'[' was never closed", (1, 5, 1, 0)),
    ("def f():\nreturn 1", Exec, "expected an indented block after function definition on line 1", (2, 1, 2, 7)),
    ("a ? b", Exec, "invalid syntax", (1, 3, 1, 4)),
    ("if True:\n    x\n   y", Exec, "unindent does not match any outer indentation level", (3, 5, 3, -1)),
    ("if 1:\n\tx\n        y", Exec, "inconsistent use of tabs and spaces in indentation", (3, 1, 3, 0)),
    ("x = 0777", Exec, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", (1, 5, 1, 6)),
    ("1_", Exec, "invalid decimal literal", (1, 2, 1, 2)),
    ("0b2", Exec, "invalid digit '2' in binary literal", (1, 3, 1, 3)),
    ("f'{a b}'", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 4, 1, 7)),
    ("f'{}'", Exec, "f-string: valid expression required before '}'", (1, 4, 1, 5)),
    ("f'{a!x}'", Exec, "f-string: invalid conversion character 'x': expected 's', 'r', or 'a'", (1, 6, 1, 7)),
    ("del f()", Exec, "cannot delete function call", (1, 5, 1, 8)),
    ("a, b += 1", Exec, "'tuple' is an illegal expression for augmented assignment", (1, 1, 1, 5)),
    ("(yield) = 1", Exec, "cannot assign to yield expression here. Maybe you meant '==' instead of '='?", (1, 2, 1, 7)),
    ("continue", Exec, "'continue' not properly in loop", (1, 1, 1, 9)),
    ("x = yield", Exec, "'yield' outside function", (1, 5, 1, 10)),
    ("async def f(): yield from x", Exec, "'yield from' inside async function", (1, 16, 1, 28)),
    ("await x", Exec, "'await' outside function", (1, 1, 1, 8)),
    ("nonlocal x", Exec, "nonlocal declaration not allowed at module level", (1, 1, 1, 11)),
    ("def f(a,a): pass", Exec, "duplicate parameter 'a' in function definition", (1, 9, 1, 10)),
    ("def f(a=1,b): pass", Exec, "parameter without a default follows parameter with a default", (1, 11, 1, 12)),
    ("f(a=1,2)", Exec, "positional argument follows keyword argument", (1, 8, 1, 9)),
    ("f(a=1,a=2)", Exec, "keyword argument repeated: a", (1, 7, 1, 10)),
    ("class A: return", Exec, "'return' outside function", (1, 10, 1, 16)),
    ("x: int: str", Exec, "invalid syntax", (1, 7, 1, 8)),
    ("print \"hello\"", Exec, "Missing parentheses in call to 'print'. Did you mean print(...)?", (1, 1, 1, 14)),
    ("exec \"x\"", Exec, "Missing parentheses in call to 'exec'. Did you mean exec(...)?", (1, 1, 1, 9)),
    ("a = <> b", Exec, "invalid syntax", (1, 5, 1, 7)),
    ("raise x, y", Exec, "invalid syntax", (1, 8, 1, 9)),
    ("except: pass", Exec, "invalid syntax", (1, 1, 1, 7)),
    ("assert", Exec, "invalid syntax", (1, 7, 1, 8)),
    ("x = (1 2)", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 6, 1, 9)),
    ("d = {1 2}", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 6, 1, 9)),
    ("d = {1: 2, 3}", Exec, "':' expected after dictionary key", (1, 12, 1, 0)),
    ("a := 1", Exec, "invalid syntax", (1, 3, 1, 5)),
    ("def f(*): pass", Exec, "named arguments must follow bare *", (1, 7, 1, 8)),
    ("def f(*, **k): pass", Exec, "named arguments must follow bare *", (1, 7, 1, 8)),
    ("def f(a, *, b, *, c): pass", Exec, "* argument may appear only once", (1, 16, 1, 17)),
    ("def f():\n x=1\n global x", Exec, "name 'x' is assigned to before global declaration", (3, 2, 3, 10)),
    ("match x:\n case a: pass\n case b: pass", Exec, "name capture 'a' makes remaining patterns unreachable", (2, 7, 2, 8)),
    ("goto x", Exec, "invalid syntax", (1, 6, 1, 7)),
    ("x y z", Exec, "invalid syntax", (1, 3, 1, 4)),
    ("a.1", Exec, "invalid syntax", (1, 2, 1, 4)),
    ("a..b", Exec, "invalid syntax", (1, 3, 1, 4)),
    ("a.", Exec, "invalid syntax", (1, 3, 1, 4)),
    ("if", Exec, "invalid syntax", (1, 3, 1, 4)),
    ("if x", Exec, "expected ':'", (1, 5, 1, 6)),
    ("for", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("while", Exec, "invalid syntax", (1, 6, 1, 7)),
    ("with", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("class", Exec, "invalid syntax", (1, 6, 1, 7)),
    ("class A(", Exec, "'(' was never closed", (1, 8, 1, 0)),
    ("@x\ny=1", Exec, "invalid syntax", (2, 1, 2, 2)),
    ("async x", Exec, "invalid syntax", (1, 7, 1, 8)),
    ("elif x: pass", Exec, "invalid syntax", (1, 1, 1, 5)),
    ("finally: pass", Exec, "invalid syntax", (1, 1, 1, 8)),
    ("x = ]", Exec, "unmatched ']'", (1, 5, 1, 5)),
    ("x = )", Exec, "unmatched ')'", (1, 5, 1, 5)),
    ("x = (]", Exec, "closing parenthesis ']' does not match opening parenthesis '('", (1, 6, 1, 6)),
    ("{", Exec, "'{' was never closed", (1, 1, 1, 0)),
    ("\"\"\"abc", Exec, "unterminated triple-quoted string literal (detected at line 1)", (1, 1, 1, 1)),
    ("'''abc\n\n", Exec, "unterminated triple-quoted string literal (detected at line 2)", (1, 1, 1, 1)),
    ("f\"abc", Exec, "unterminated f-string literal (detected at line 1)", (1, 1, 1, 1)),
    ("f\"{a", Exec, "'{' was never closed", (1, 3, 1, 0)),
    ("type X = ", Exec, "invalid syntax", (1, 10, 1, 11)),
    ("from . import *\ndef f():\n from x import *", Exec, "import * only allowed at module level", (3, 16, 3, 17)),
    ("x = é€", Exec, "invalid character '€' (U+20AC)", (1, 6, 1, 6)),
    ("x = “a”", Exec, "invalid character '“' (U+201C)", (1, 5, 1, 5)),
    ("a b = c", Exec, "invalid syntax", (1, 3, 1, 4)),
    ("True = 1", Exec, "cannot assign to True", (1, 1, 1, 5)),
    ("def True(): pass", Exec, "invalid syntax", (1, 5, 1, 9)),
    ("class None: pass", Exec, "invalid syntax", (1, 7, 1, 11)),
    ("import None", Exec, "invalid syntax", (1, 8, 1, 12)),
    ("x.True", Exec, "invalid syntax", (1, 3, 1, 7)),
    ("f(True=1)", Exec, "cannot assign to True", (1, 3, 1, 8)),
    ("lambda True: 1", Exec, "invalid syntax", (1, 8, 1, 12)),
    ("for None in x: pass", Exec, "cannot assign to None", (1, 5, 1, 9)),
    ("with a as None: pass", Exec, "cannot assign to None", (1, 11, 1, 15)),
    ("global None", Exec, "invalid syntax", (1, 8, 1, 12)),
    ("def f(): nonlocal None", Exec, "invalid syntax", (1, 19, 1, 23)),
    ("try: pass\nexcept a as None: pass", Exec, "invalid syntax", (2, 13, 2, 17)),
    ("a if b", Exec, "expected 'else' after 'if' expression", (1, 1, 1, 7)),
    ("a if b else", Exec, "invalid syntax", (1, 12, 1, 13)),
    ("[x for x]", Exec, "'in' expected after for-loop variables", (1, 9, 1, 10)),
    ("[for x in y]", Exec, "invalid syntax", (1, 2, 1, 5)),
    ("[x for x in]", Exec, "invalid syntax", (1, 12, 1, 13)),
    ("{a:b for c}", Exec, "'in' expected after for-loop variables", (1, 11, 1, 12)),
    ("not = 1", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("a = not", Exec, "invalid syntax", (1, 8, 1, 9)),
    ("a and", Exec, "invalid syntax", (1, 6, 1, 7)),
    ("a or or b", Exec, "invalid syntax", (1, 6, 1, 8)),
    ("* a", Exec, "can't use starred expression here", (1, 1, 1, 4)),
    ("*a = b", Exec, "starred assignment target must be in a list or tuple", (1, 1, 1, 3)),
    ("a, *b, *c = d", Exec, "multiple starred expressions in assignment", (1, 1, 1, 10)),
    ("f(*)", Exec, "Invalid star expression", (1, 4, 1, 5)),
    ("f(**)", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("x = *a", Exec, "can't use starred expression here", (1, 5, 1, 7)),
    ("return *a", Exec, "'return' outside function", (1, 1, 1, 10)),
    ("def f(): return *a", Exec, "can't use starred expression here", (1, 17, 1, 19)),
    ("(*a)", Exec, "cannot use starred expression here", (1, 2, 1, 4)),
    ("a[*]", Exec, "Invalid star expression", (1, 4, 1, 5)),
    ("a[]", Exec, "invalid syntax", (1, 3, 1, 4)),
    ("a[1:2:3:4]", Exec, "invalid syntax", (1, 8, 1, 9)),
    ("a(", Exec, "'(' was never closed", (1, 2, 1, 0)),
    ("a(,)", Exec, "invalid syntax", (1, 3, 1, 4)),
    ("(,)", Exec, "invalid syntax", (1, 2, 1, 3)),
    ("[,]", Exec, "invalid syntax", (1, 2, 1, 3)),
    ("{,}", Exec, "invalid syntax", (1, 2, 1, 3)),
    ("a = ", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("a ==", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("a =+", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("a ===b", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("a =! b", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("!a", Exec, "invalid syntax", (1, 1, 1, 2)),
    ("a && b", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("a || b", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("i++", Exec, "invalid syntax", (1, 4, 1, 5)),
    ("int x = 5", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("function f() {}", Exec, "invalid syntax", (1, 10, 1, 11)),
    ("var x = 1", Exec, "invalid syntax", (1, 5, 1, 6)),
    ("if (x) { y }", Exec, "invalid syntax", (1, 8, 1, 9)),
    ("else if x: pass", Exec, "invalid syntax", (1, 1, 1, 5)),
    ("if x: pass\nelse if y: pass", Exec, "expected ':'", (2, 6, 2, 8)),
    ("switch x:\n pass", Exec, "invalid syntax", (1, 8, 1, 9)),
    ("do: pass", Exec, "invalid syntax", (1, 5, 1, 9)),
    ("print(1))", Exec, "unmatched ')'", (1, 9, 1, 9)),
    ("print((1)", Exec, "'(' was never closed", (1, 6, 1, 0)),
    ("print([1)", Exec, "closing parenthesis ')' does not match opening parenthesis '['", (1, 9, 1, 9)),
    ("x = {1:2", Exec, "'{' was never closed", (1, 5, 1, 0)),
    ("x = {'a':1, 'b' 2}", Exec, "':' expected after dictionary key", (1, 15, 1, 0)),
    ("x = {'a':1 'b':2}", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 10, 1, 15)),
    ("x = ['a' b]", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 6, 1, 11)),
    ("f(a b)", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 3, 1, 6)),
    ("f(a=b c)", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 5, 1, 8)),
    ("f(a, b c=d)", Exec, "invalid syntax. Perhaps you forgot a comma?", (1, 6, 1, 9)),
];
