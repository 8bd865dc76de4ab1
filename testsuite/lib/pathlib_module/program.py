"""A tree of files summarised with pathlib and os."""
import os, tempfile
from pathlib import Path
root = Path(tempfile.mkdtemp())
files = {"src/main.py": "print(1)\n# c\n", "src/util/a.py": "x = 1\n", "src/util/b.txt": "text", "docs/readme.md": "# T\n\nbody\n", "empty/.keep": "", "data.bin": "\x00\x01"}
for name, text in files.items():
    p = root / name
    p.parent.mkdir(parents=True, exist_ok=True)
    p.write_text(text)
def tree(p, depth=0):
    for c in sorted(p.iterdir()):
        print("  " * depth + c.name + ("/" if c.is_dir() else f" {c.stat().st_size}"))
        if c.is_dir(): tree(c, depth + 1)
tree(root)
# expect: data.bin 2
# expect: docs/
# expect:   readme.md 10
# expect: empty/
# expect:   .keep 0
# expect: src/
# expect:   main.py 13
# expect:   util/
# expect:     a.py 6
# expect:     b.txt 4
by_suffix = {}
for p in root.rglob("*"):
    if p.is_file(): by_suffix.setdefault(p.suffix, []).append(p.relative_to(root).as_posix())
print({k: sorted(v) for k, v in sorted(by_suffix.items())})
# expect: {'': ['empty/.keep'], '.bin': ['data.bin'], '.md': ['docs/readme.md'], '.py': ['src/main.py', 'src/util/a.py'], '.txt': ['src/util/b.txt']}
print(sum(len(p.read_text().splitlines()) for p in root.rglob("*.py")), max(root.rglob("*"), key=lambda p: len(p.parts)).parent.name)
# expect: 3 util
(root / "src/main.py").rename(root / "src/app.py")
for p in sorted(root.glob("src/**/*.txt")): p.unlink()
print(sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()))
# expect: ['data.bin', 'docs/readme.md', 'empty/.keep', 'src/app.py', 'src/util/a.py']
with (root / "log").open("a") as f:
    for i in range(3): print("line", i, file=f)
print((root / "log").read_text().split("\n"), (root / "log").stat().st_mode & 0o100, (root / "src").exists(follow_symlinks=True))
# expect: ['line 0', 'line 1', 'line 2', ''] 0 True
for p in sorted(root.rglob("*"), reverse=True):
    p.rmdir() if p.is_dir() else p.unlink()
print(list(root.iterdir()), root.rmdir(), root.exists())  # expect: [] None False
