"""Writes a random program: `generate.py SEED`. The same seed gives the same program on every Python.

The programs terminate, print much and use little of the library: what they find is in the interpreter, the recorder, the
optimiser and the back end. Each prints the same on CPython and on Haft in every mode; `cargo xtask stress` compares.
"""

import sys

from _choice import Choice
from _classes import Definitions
from _foreign import Foreign
from _prelude import CFFI, PRELUDE
from _scope import Scope
from _statements import Statements

GLOBALS = ("int", "int", "int", "float", "float", "str", "list", "dict", "mix", "set", "tuple", "bool")


class Program(Definitions, Foreign, Statements):
    """One program."""

    def __init__(self, seed):
        self.choice = Choice(seed)
        self.seed = seed
        self.with_cffi = seed % 8 == 7
        self.lines, self.indent = [], 0
        self.functions, self.classes, self.saved = [], [], []
        self.module = self.scope = Scope(None, "g")
        self.cost, self.trips, self.loops = 0, 1, 0
        self.may_declare = True
        # Bodies of properties and operators call nothing of their own class.
        self.leaf_only = False
        self.rank, self.below = {}, 1000
        self.globals_named, self.shared = set(), set()

    def global_names(self, kind):
        return list(self.module.own.get(kind, ()))

    def write(self):
        head = [f"# needs: cffi"] if self.with_cffi else []
        with_cffi, self.with_cffi = self.with_cffi, False
        for kind in GLOBALS:
            value = self.bounded(kind, 0)
            self.line(f"{self.module.new(kind)} = {value}")
        if with_cffi:
            for text in ("cints = ffi.new('int[8]', [5, -3, 8, 0, 1, 2, 9, 7])", "cdoubles = ffi.new('double[6]')", "cbytes = ffi.new('unsigned char[16]')",
                         "cnode = ffi.new('struct node *')", "cword = ffi.new('union word *')"):
                self.line(text)
        self.line("")
        for number in range(self.choice.between(1, 3)):
            self.define_class(number)
            for each in range(self.choice.between(1, 2)):
                self.define_function(len(self.functions))
        self.with_cffi = with_cffi
        for number in range(self.choice.between(2, 4)):
            self.scene(number)
        self.line(f"show({', '.join(name for names in self.module.own.values() for name in names)})")
        return "\n".join([f"# Made by testsuite/random/generate.py {self.seed}", *head, PRELUDE, *([CFFI] if with_cffi else []), *self.lines]) + "\n"

    def scene(self, number):
        """A function, or a piece of the module, that runs a few times."""
        if self.choice.chance(25):
            self.module_scene()
            return
        name = f"scene{number}"
        self.line(f"def {name}():")
        scope = self.enter(self.choice.pick(("int", "str", "float")))
        self.indent += 1
        self.declare_globals(scope)
        self.locals(scope)
        for cls in self.classes[:2]:
            self.line(f"{scope.new_instance(cls)} = {cls.name}({self.choice.pick(['', '3', '5, -0.5'])})")
        self.indent -= 1
        self.guarded_block(self.choice.between(3, 8), 3)
        self.indent += 1
        self.line(f"show({', '.join(name for names in scope.own.values() for name in names)})")
        self.line(f"return {self.bounded(scope.result, 2)}")
        self.indent -= 1
        self.exit()
        self.line("")
        self.line(f"for repeat in range({self.choice.between(1, 3)}):")
        self.line("    try:")
        self.line(f"        show({name}())")
        self.line("    except Exception as error:")
        self.line("        where(error)")
        self.line("")

    def module_scene(self):
        cost, self.cost, self.may_declare = self.cost, 0, False
        for cls in self.classes[:1]:
            self.line(f"{self.module.new_instance(cls)} = {cls.name}()")
        self.line("try:")
        self.block(self.choice.between(2, 5), 3)
        self.line("except Exception as error:")
        self.line("    where(error)")
        self.line("")
        self.cost, self.may_declare = cost, True


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(Program(int(sys.argv[1])).write())
