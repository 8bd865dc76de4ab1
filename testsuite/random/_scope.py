"""What a generated program has at a place: its variables by kind, functions and classes."""

KINDS = ("int", "float", "str", "bool", "list", "tuple", "dict", "set", "mix")


class Function:
    """A function of the program: how it is called and what comes back."""

    def __init__(self, name, result):
        self.name, self.result = name, result
        self.positional = []  # (name, kind, has a default)
        self.star = False
        self.named = []  # keyword-only: (name, kind, has a default)
        self.keywords = False
        self.cost = 1
        self.yields = False

    def signature(self):
        return (tuple(self.positional), self.star, tuple(self.named), self.keywords, self.result)


class Class:
    """A class of the program."""

    def __init__(self, name, base):
        self.name, self.base = name, base
        self.attributes = dict(base.attributes) if base else {}
        self.methods = dict(base.methods) if base else {}
        self.readable = dict(base.readable) if base else {}
        self.writable = dict(base.writable) if base else {}
        self.operators = set(base.operators) if base else set()
        self.n_arguments = 2
        self.slots = False


class Scope:
    """The variables that a body may read; `own` are those it may also assign."""

    def __init__(self, outer=None, prefix="v"):
        self.outer, self.prefix = outer, prefix
        self.own = {}
        self.kind = {}
        self.instances = {}
        self.count = 0
        self.seen = {}
        self.generator = False
        self.function = outer is not None
        self.result = None

    def new(self, kind, name=None):
        if name is None:
            self.count += 1
            name = f"{self.prefix}{kind[0]}{self.count}"
        self.own.setdefault(kind, []).append(name)
        return name

    def names(self):
        """All that may be read and assigned now; for `keep`."""
        return [{kind: list(names) for kind, names in table.items()} for table in (self.own, self.seen)]

    def keep(self, names):
        self.own, self.seen = ({kind: list(row) for kind, row in table.items()} for table in names)

    def readable(self, kind):
        names = list(self.own.get(kind, ()))
        names += self.seen.get(kind, ())
        return names

    def assignable(self, kind):
        return self.own.get(kind, ())

    def local(self, kind):
        """Variables that nobody else sees."""
        return [name for name in self.own.get(kind, ()) if name.startswith(self.prefix)]

    def look_out(self, kind, names):
        """These variables of a scope around it may be read."""
        self.seen.setdefault(kind, []).extend(names)

    def new_instance(self, cls, name=None):
        if name is None:
            self.count += 1
            name = f"{self.prefix}o{self.count}"
        self.instances[name] = cls
        return name
