"""Syntax of import statements."""
for source in "import a.b as c", "from . import x", "from .a.b import (x, y as z,)", "import a, b as c", "from ... import q", "from .... import q":
    compile(source, "i", "exec")
    print("ok:", source)
# expect: ok: import a.b as c
# expect: ok: from . import x
# expect: ok: from .a.b import (x, y as z,)
# expect: ok: import a, b as c
# expect: ok: from ... import q
# expect: ok: from .... import q
for source in "from a import", "import", "from a import (x", "import a.b.", "from a import x,", "import a as b.c", "from a import ()", "import *", "def f(): from a import *", "from a import *, b", "from __future__ import nope", "x = 1\nfrom __future__ import annotations", "class C: from a import *":
    try:
        compile(source, "i", "exec")
        print("compiled:", source)
    except SyntaxError as error:
        print(type(error).__name__, "|", source.replace("\n", ";"))
# expect: SyntaxError | from a import
# expect: SyntaxError | import
# expect: SyntaxError | from a import (x
# expect: SyntaxError | import a.b.
# expect: SyntaxError | from a import x,
# expect: SyntaxError | import a as b.c
# expect: SyntaxError | from a import ()
# expect: SyntaxError | import *
# expect: SyntaxError | def f(): from a import *
# expect: SyntaxError | from a import *, b
# expect: SyntaxError | from __future__ import nope
# expect: SyntaxError | x = 1;from __future__ import annotations
# expect: SyntaxError | class C: from a import *
try:
    exec("from os import *; print(path is not None)")  # expect: True
finally:
    print("star import in exec")  # expect: star import in exec
