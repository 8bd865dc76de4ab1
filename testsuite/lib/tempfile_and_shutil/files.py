"""tempfile, shutil and os file functions."""
import os, shutil, tempfile
root = tempfile.mkdtemp(prefix="pre_", suffix="_suf")
base = os.path.basename(root)
print(base.startswith("pre_"), base.endswith("_suf"), os.path.isdir(root))  # expect: True True True
j = lambda *p: os.path.join(root, *p)
os.makedirs(j("a", "b"))
with open(j("a", "f.txt"), "w") as f: f.write("data")
shutil.copy(j("a", "f.txt"), j("a", "b", "g.txt"))
print(sorted(os.listdir(j("a"))), os.path.getsize(j("a", "f.txt")), os.stat(j("a", "f.txt")).st_size, os.path.exists(j("nope")))
# expect: ['b', 'f.txt'] 4 4 False
shutil.copytree(j("a"), j("c"))
print([(os.path.relpath(d, root), sorted(ds), sorted(fs)) for d, ds, fs in sorted(os.walk(root))])
# expect: [('.', ['a', 'c'], []), ('a', ['b'], ['f.txt']), ('a/b', [], ['g.txt']), ('c', ['b'], ['f.txt']), ('c/b', [], ['g.txt'])]
os.rename(j("c"), j("d"))
shutil.move(j("d", "f.txt"), j("moved"))
print(sorted(os.listdir(root)), sorted(e.name for e in os.scandir(root) if e.is_file()), open(j("moved")).read())
# expect: ['a', 'd', 'moved'] ['moved'] data
with tempfile.NamedTemporaryFile("w+", delete=True) as t:
    t.write("x\ny\n"); t.seek(0)
    print(t.readlines(), os.path.exists(t.name))  # expect: ['x\n', 'y\n'] True
print(os.path.exists(t.name))  # expect: False
with tempfile.TemporaryFile() as t:
    t.write(b"bytes"); t.seek(2)
    print(t.read(), t.tell())  # expect: b'tes' 5
s = tempfile.SpooledTemporaryFile(max_size=10, mode="w+")
s.write("hi"); s.seek(0); print(s.read())  # expect: hi
for action in lambda: os.rmdir(root), lambda: os.remove(j("nope")), lambda: os.mkdir(j("a")), lambda: open(j("a")), lambda: os.listdir(j("moved")), lambda: open(j("x", "y"), "w"), lambda: os.rename(j("q"), j("r")):
    try:
        action()
    except OSError as error:
        print(type(error).__name__, error.errno, error.strerror, error.filename.startswith(root))
# expect: OSError 39 Directory not empty True
# expect: FileNotFoundError 2 No such file or directory True
# expect: FileExistsError 17 File exists True
# expect: IsADirectoryError 21 Is a directory True
# expect: NotADirectoryError 20 Not a directory True
# expect: FileNotFoundError 2 No such file or directory True
# expect: FileNotFoundError 2 No such file or directory True
shutil.rmtree(root)
print(os.path.exists(root), os.path.splitext("a/b.tar.gz"), os.path.split("/a/b/"), os.path.normpath("a/./b/../c//d"), os.path.join("a", "/b", "c"), os.path.commonpath(["/a/b", "/a/c"]), os.path.commonprefix(["abc", "abd"]), os.path.dirname("/x/y"), os.path.isabs("a"), repr(os.path.basename("a/")))
# expect: False ('a/b.tar', '.gz') ('/a/b', '') a/c/d /b/c /a ab /x False ''
