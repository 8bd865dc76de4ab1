"""Circular imports."""
import sys, os, tempfile, textwrap
root = tempfile.mkdtemp()
sys.path.insert(0, root)
def write(path, text):
    with open(os.path.join(root, path), "w") as f:
        f.write(textwrap.dedent(text))
write("ca.py", """
    print("a starts")
    import cb
    value = "a"
    def use(): return cb.value
    print("a ends")
""")
write("cb.py", """
    print("b starts")
    import ca
    print("has value:", hasattr(ca, "value"))
    value = "b"
    def use(): return ca.value
    print("b ends")
""")
import ca, cb
# expect: a starts
# expect: b starts
# expect: has value: False
# expect: b ends
# expect: a ends
print(ca.use(), cb.use())  # expect: b a
write("cc.py", "from cd import thing\nother = 1\n")
write("cd.py", "from cc import other\nthing = 2\n")
try:
    import cc
except ImportError as error:
    print(str(error).split(" (most")[0])  # expect: cannot import name 'other' from partially initialized module 'cc'
print("cc" in sys.modules, "cd" in sys.modules)  # expect: False False
write("ce.py", "import cf\nlate = cf.early\nx = 1\n")
write("cf.py", "import ce\nearly = 1\ntry:\n    ce.x\nexcept AttributeError as e:\n    print(type(e).__name__)\n")
import ce  # expect: AttributeError
print(ce.late)  # expect: 1
