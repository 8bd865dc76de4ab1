"""pdb, with commands from a file."""
# modes: no its imports take minutes where every allocation collects
import io
import os
import pdb

COMMANDS = """step
next
break 39
continue
args
next
p total
up
p i
down
return
step
clear 1
tbreak 48
continue
p values
jump 45
next
p i
continue
"""

def run(function):
    out = io.StringIO()
    debugger = pdb.Pdb(stdin=io.StringIO(COMMANDS), stdout=out, nosigint=True, readrc=False)
    debugger.use_rawinput = False
    debugger.prompt = ""
    debugger.runcall(function)
    print(out.getvalue().replace(os.path.dirname(os.path.abspath(__file__)) + os.sep, ""), end="")


def add(a, b):
    total = a + b
    return total


def main():
    # The line of the next statement is 45.
    values = []
    for i in range(3):
        values.append(add(i, 1))
    return values


run(main)
print("done")
# expect: > debugger.py(45)main()
# expect: -> values = []
# expect: > debugger.py(46)main()
# expect: -> for i in range(3):
# expect: > debugger.py(47)main()
# expect: -> values.append(add(i, 1))
# expect: Breakpoint 1 at debugger.py:39
# expect: > debugger.py(39)add()
# expect: -> total = a + b
# expect: a = 0
# expect: b = 1
# expect: > debugger.py(40)add()
# expect: -> return total
# expect: 1
# expect: > debugger.py(47)main()
# expect: -> values.append(add(i, 1))
# expect: 0
# expect: > debugger.py(40)add()
# expect: -> return total
# expect: --Return--
# expect: > debugger.py(40)add()->1
# expect: -> return total
# expect: > debugger.py(46)main()
# expect: -> for i in range(3):
# expect: Deleted breakpoint 1 at debugger.py:39
# expect: Breakpoint 2 at debugger.py:48
# expect: Deleted breakpoint 2 at debugger.py:48
# expect: > debugger.py(48)main()
# expect: -> return values
# expect: [1, 2, 3]
# expect: > debugger.py(45)main()
# expect: -> values = []
# expect: > debugger.py(46)main()
# expect: -> for i in range(3):
# expect: 2
# expect: done
