"""Concrete paths on a temporary directory."""
import tempfile
from pathlib import Path
with tempfile.TemporaryDirectory() as root:
    r = Path(root)
    d = r / "sub" / "deep"
    d.mkdir(parents=True)
    f = d / "a.txt"
    print(f.exists(), f.write_text("héllo\nworld\n", encoding="utf-8"), f.read_text(encoding="utf-8").splitlines(), f.read_bytes()[:3], f.stat().st_size, f.is_file(), d.is_dir(), f.is_dir())
    # expect: False 12 ['héllo', 'world'] b'h\xc3\xa9' 13 True True False
    (d / "b.py").write_bytes(b"x = 1")
    (r / "c.py").touch()
    print(sorted(p.name for p in d.iterdir()), sorted(p.relative_to(r).as_posix() for p in r.rglob("*")), sorted(p.name for p in r.glob("**/*.py")), [p.name for p in r.glob("*.py")])
    # expect: ['a.txt', 'b.py'] ['c.py', 'sub', 'sub/deep', 'sub/deep/a.txt', 'sub/deep/b.py'] ['b.py', 'c.py'] ['c.py']
    with f.open("a") as h: h.write("more")
    print(f.read_text(encoding="utf-8").count("\n"), f.rename(d / "z.txt").name, f.exists(), (d / "z.txt").replace(r / "z").name)
    # expect: 2 z.txt False z
    for action in lambda: f.read_text(), lambda: d.mkdir(), lambda: (r / "c.py").mkdir(), lambda: r.rmdir(), lambda: f.unlink(), lambda: (r / "no" / "x").touch(), lambda: list(f.iterdir()), lambda: r.read_text():
        try:
            action()
        except OSError as error:
            print(type(error).__name__)
    # expect: FileNotFoundError
    # expect: FileExistsError
    # expect: FileExistsError
    # expect: OSError
    # expect: FileNotFoundError
    # expect: FileNotFoundError
    # expect: FileNotFoundError
    # expect: IsADirectoryError
    f.unlink(missing_ok=True)
    d.mkdir(exist_ok=True)
    link = r / "link"
    link.symlink_to(r / "z")
    print(link.is_symlink(), link.resolve() == (r / "z").resolve(), link.read_text(encoding="utf-8")[:5], link.samefile(r / "z"))
    # expect: True True héllo True
    (d / "b.py").unlink()
    d.rmdir()
    print([(p.relative_to(r).as_posix(), sorted(ds), sorted(fs)) for p, ds, fs in r.walk()])
    # expect: [('.', ['sub'], ['c.py', 'link', 'z']), ('sub', [], [])]
print(r.exists(), Path("a").is_absolute(), Path.cwd().is_absolute(), Path("~x").parts, Path("a/../b").parts)
# expect: False False True ('~x',) ('a', '..', 'b')
