"""Pure paths."""
from pathlib import PurePosixPath as P, PureWindowsPath as W
p = P("/usr/local/lib/python.tar.gz")
print(p, repr(p), p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parents[1], p.parts, p.root, p.anchor, p.drive, p.is_absolute(), p.as_posix(), p.as_uri())
# expect: /usr/local/lib/python.tar.gz PurePosixPath('/usr/local/lib/python.tar.gz') python.tar.gz python.tar .gz ['.tar', '.gz'] /usr/local/lib /usr/local ('/', 'usr', 'local', 'lib', 'python.tar.gz') / /  True /usr/local/lib/python.tar.gz file:///usr/local/lib/python.tar.gz
print(P("a") / "b" / "../c", "x" / P("y"), P("a", "/b", "c"), P("a//b/./c/"), P(""), P("."), P("/"), P("a") / "", P("a/b").joinpath("c", "d"), P("..") / "x", P("//a"), P("///a"))
# expect: a/b/../c x/y /b/c a/b/c . . / a a/b/c/d ../x //a /a
print(p.with_name("x.txt"), p.with_suffix(".zip"), p.with_stem("new"), P("a/b").relative_to("a"), P("/a/b").is_relative_to("/a"), P("a/b.py").match("*.py"), P("/a/b/c.py").match("b/*.py"), P("a") < P("b"), P("a/b") == P("a", "b"), hash(P("a")) == hash(P("a")), P("a/b").relative_to("a/c", walk_up=True), P("a/x/b").full_match("a/**/b"), sorted([P("b"), P("a/c"), P("a")]), str(P("a.b.c").with_suffix("")), P(".bashrc").suffix, P("a").with_suffix(".t"), list(P("a/b/c").parents))
# expect: /usr/local/lib/x.txt /usr/local/lib/python.tar.zip /usr/local/lib/new.gz b True True True True True True ../b True [PurePosixPath('a'), PurePosixPath('a/c'), PurePosixPath('b')] a.b  a.t [PurePosixPath('a/b'), PurePosixPath('a'), PurePosixPath('.')]
print(W("C:\\Users\\x.txt").parts, W("c:/a") == W("C:\\A"), W("C:/a/b").as_posix(), W("\\\\host\\share\\f").drive, W("a\\b").name, W("C:x").is_absolute())
# expect: ('C:\\', 'Users', 'x.txt') True C:/a/b \\host\share b False
for call in lambda: P("a").relative_to("b"), lambda: P("").with_name("x"), lambda: P("a").with_name("b/c"), lambda: P("a").with_suffix("txt"), lambda: P("a") / 5, lambda: P("a").as_uri(), lambda: P(5), lambda: P("a") < "b", lambda: P("a") < W("a"), lambda: P("a/b").parents[5]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: IndexError
