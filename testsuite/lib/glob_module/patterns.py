"""glob."""
import glob, os, tempfile
root = tempfile.mkdtemp()
for p in "a.py", "b.txt", ".hidden", "sub/c.py", "sub/deep/d.py", "sub/e[1].txt", "x1", "x2", "xa":
    full = os.path.join(root, p)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    open(full, "w").close()
def g(pattern, **kw): return sorted(glob.glob(pattern, root_dir=root, **kw))
print(g("*"), g("*.py"), g("**/*.py", recursive=True), g("**", recursive=True), g("*/"), g("x[0-9]"), g("x[!0-9]"), g(".*"), g("*", include_hidden=True), g("sub/*.txt"), g("sub/e[[]1].txt"), g("nope*"), g("s?b"), g("**/d.py"), g("*/*/*"))
# expect: ['a.py', 'b.txt', 'sub', 'x1', 'x2', 'xa'] ['a.py'] ['a.py', 'sub/c.py', 'sub/deep/d.py'] ['a.py', 'b.txt', 'sub', 'sub/c.py', 'sub/deep', 'sub/deep/d.py', 'sub/e[1].txt', 'x1', 'x2', 'xa'] ['sub/'] ['x1', 'x2'] ['xa'] ['.hidden'] ['.hidden', 'a.py', 'b.txt', 'sub', 'x1', 'x2', 'xa'] ['sub/e[1].txt'] ['sub/e[1].txt'] [] ['sub'] [] ['sub/deep/d.py']
print(glob.escape("a[1]*?"), [os.path.basename(p) for p in glob.iglob(os.path.join(root, "b.*"))], glob.has_magic("a*"), glob.has_magic("a"), glob.glob(os.path.join(root, "a.py")) == [os.path.join(root, "a.py")])
# expect: a[[]1][*][?] ['b.txt'] True False True
print(bool(__import__("re").match(glob.translate("**/*.py", recursive=True), "a/b/c.py")), bool(__import__("re").match(glob.translate("*.py"), "a/c.py")))
# expect: True False
