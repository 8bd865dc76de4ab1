"""Expressions by kind. Most are well typed: programs that only raise find nothing."""

INTS = ["0", "1", "2", "3", "5", "7", "-1", "-2", "10", "100", "255", "-129", "1000003"]
BIG_INTS = [
    "2147483647", "-2147483648", "4294967296", "1152921504606846975", "1152921504606846976",
    "2305843009213693951", "2305843009213693952", "-2305843009213693952", "-2305843009213693953",
    "4611686018427387903", "4611686018427387904", "9223372036854775807", "-9223372036854775808",
    "9223372036854775808", "18446744073709551615", "18446744073709551616", "10**20", "-10**25",
]
FLOATS = [
    "0.0", "-0.0", "1.0", "0.5", "-1.5", "2.25", "1e10", "3.141592653589793", "0.1", "-0.1", "7.0",
    "1e300", "-1e300", "5e-324", "1e-310", "math.inf", "-math.inf", "math.nan", "9007199254740993.0",
    "1e80", "1e-80", "4611686018427387904.0", "1e22",
]
STRINGS = ["''", "'a'", "'ab'", "'xyz'", "'A b'", "'12'", "'-7'", "'1.5'", "'é'", "'añb'", "'\\n'", "'日本'", "'😀z'"]
COMPARE = ["<", "<=", ">", ">=", "==", "!="]
KEYS = ["'a'", "'b'", "'k'", "1", "2", "0", "True", "1.0", "None", "(1, 2)"]


class Expressions:
    """Needs `choice`, `scope`, `functions`, `classes`, `trips`, `spend`, `single_sum`."""

    def expression(self, kind, depth=2):
        return getattr(self, kind + "_")(depth)

    def variable(self, kind):
        names = self.scope.readable(kind)
        return self.choice.pick(names) if names else None

    def instance(self, wanted=None):
        """A variable with an instance, and its class."""
        rows = [(name, cls) for name, cls in self.scope.instances.items() if wanted is None or wanted(cls)]
        return self.choice.pick(rows) if rows else None

    def attribute(self, kind, table="readable"):
        if self.leaf_only:
            table = "attributes"
        found = self.instance(lambda cls: kind in getattr(cls, table).values())
        if not found:
            return None
        name, cls = found
        return f"{name}.{self.choice.pick([a for a, k in getattr(cls, table).items() if k == kind])}"

    def call(self, kind, depth):
        """A call of a function or a method with this result, if one is cheap enough."""
        rows = [(f.name, f) for f in self.functions if f.result == kind and not f.yields]
        found = self.instance(lambda cls: any(m.result == kind for m in cls.methods.values()))
        if found and not self.leaf_only:
            name, cls = found
            rows += [(f"{name}.{m}", f) for m, f in cls.methods.items() if f.result == kind and self.rank.get(m, 0) < self.below]
        rows = [(name, f) for name, f in rows if self.affords(f.cost)]
        if not rows:
            return None
        name, function = self.choice.pick(rows)
        self.spend(function.cost)
        return f"{name}({self.arguments(function, depth)})"

    def arguments(self, function, depth):
        choice, parts, by_name = self.choice, [], []
        n_given, naming = 0, False
        for name, kind, optional in function.positional:
            if optional and choice.chance(40):
                naming = True
                continue
            value = self.expression(kind, depth - 1)
            if naming or (choice.chance(12) and not function.star):
                naming = True
                by_name.append(f"{name}={value}")
            else:
                parts.append(value)
                n_given += 1
        if function.star and not naming and choice.chance(60):
            for _ in range(choice.below(3)):
                parts.append(self.int_(depth - 1))
            if choice.chance(25):
                parts.append(f"*{self.tuple_(depth - 1)}")
        elif parts and choice.chance(8):
            parts = [f"*({', '.join(parts)},)"]
        for name, kind, optional in function.named:
            if not optional or choice.chance(50):
                by_name.append(f"{name}={self.expression(kind, depth - 1)}")
        if function.keywords and choice.chance(50):
            by_name.append(f"extra{choice.below(2)}={self.int_(depth - 1)}")
        if by_name and choice.chance(10):
            pairs = ", ".join(f"'{n}': {v}" for n, v in (item.split("=", 1) for item in by_name))
            by_name = [f"**{{{pairs}}}"]
        return ", ".join(parts + by_name)

    def condition(self, kind, depth):
        return f"({self.expression(kind, depth - 1)} if {self.bool_(depth - 1)} else {self.expression(kind, depth - 1)})"

    def leaf(self, kind, constants):
        name = self.variable(kind)
        if name and self.choice.chance(75):
            return name
        if self.choice.chance(35):
            attribute = self.attribute(kind)
            if attribute:
                return attribute
        return self.choice.pick(constants)

    def int_(self, depth):
        choice = self.choice
        if depth <= 0:
            return self.leaf("int", BIG_INTS if choice.chance(12) else INTS)
        a = lambda: self.int_(depth - 1)
        row = choice.below(46)
        if row < 12:
            return f"({a()} {choice.pick(['+', '-', '+', '-', '*', '&', '|', '^'])} {a()})"
        if row < 14:
            divisor = a() if choice.chance(15) else f"({a()} or {choice.pick(['3', '-7', '10'])})"
            return f"({a()} {choice.pick(['//', '%'])} {divisor})"
        if row < 16:
            return f"({a()} {choice.pick(['<<', '>>'])} ({a()} & {choice.pick(['7', '31', '63'])}))"
        if row < 18:
            return f"{choice.pick(['-', '~', '+', 'abs', 'int'])}({a()})"
        if row < 20:
            return f"{choice.pick(['min', 'max'])}({a()}, {a()})"
        if row < 23:
            return f"len({self.expression(choice.pick(['str', 'list', 'tuple', 'dict', 'set']), depth - 1)})"
        if row < 25:
            name = self.variable("list") or "[4, 5]"
            return f"({name}[{a()} % len({name})] if {name} else {a()})"
        if row < 26:
            name = self.variable("tuple") or "(4, 5)"
            return f"{name}[{choice.pick(['0', '-1', '1', a()])}]"
        if row < 28:
            return f"{self.dict_(0)}.get({self.key()}, {a()})"
        if row < 30:
            return f"sum({self.choice.pick([self.list_(depth - 1), self.tuple_(depth - 1), self.generator_expression(depth - 1)])})"
        if row < 32:
            return self.condition("int", depth)
        if row < 33:
            return f"(ord({self.str_(0)}[:1] or 'q') {choice.pick(['+', '-'])} {a()})"
        if row < 34:
            return f"divmod({a()}, {a()} or 1)[{choice.below(2)}]"
        if row < 35:
            return f"int({self.bool_(depth - 1)})"
        if row < 36:
            return f"({a()} & 15) ** ({a()} & 3)"
        if row < 37:
            return f"round({self.float_(0)} % 1000.0)"
        if row < 38:
            return f"next({self.generator(depth)}, {a()})"
        if row < 39:
            return f"(lambda q, r=1: q {choice.pick(['+', '-', '^'])} r)({a()})"
        if row < 40:
            return f"({a()} {choice.pick(['and', 'or'])} {a()})"
        if row < 44:
            return self.call("int", depth) or self.attribute("int") or a()
        return self.operator("int") or a()

    def operator(self, kind):
        """Something that an operator of a class of ours returns."""
        operator = self.choice.pick(["__add__", "__getitem__", "__len__", "__call__", "__radd__", "__contains__"])
        found = self.instance(lambda cls: operator in cls.operators)
        if not found or kind != "int" or self.leaf_only:
            return None
        name, depth = found[0], 0
        self.spend(4)
        return {
            "__add__": f"({name} + {self.int_(depth)})",
            "__radd__": f"({self.int_(depth)} + {name})",
            "__getitem__": f"{name}[{self.int_(depth)}]",
            "__len__": f"len({name})",
            "__call__": f"{name}({self.int_(depth)})",
            "__contains__": f"int({self.int_(depth)} in {name})",
        }[operator]

    def float_(self, depth):
        choice = self.choice
        if depth <= 0:
            return self.leaf("float", FLOATS)
        a = lambda: self.float_(depth - 1)
        row = choice.below(24)
        if row < 8:
            return f"({a()} {choice.pick(['+', '-', '*', '-', '+'])} {a()})"
        if row < 10:
            divisor = a() if choice.chance(20) else f"({a()} or {choice.pick(['0.5', '-3.0'])})"
            return f"({a()} {choice.pick(['/', '/', '//', '%'])} {divisor})"
        if row < 12:
            return f"({a()} {choice.pick(['+', '*', '-'])} {self.int_(0)} % 1000)"
        if row < 13:
            return f"{choice.pick(['-', 'abs', 'float'])}({a()})"
        if row < 14:
            return f"{choice.pick(['min', 'max'])}({a()}, {a()})"
        if row < 15:
            return f"math.sqrt(abs({a()}))"
        if row < 16:
            return f"round({a()}, {choice.below(4)})"
        if row < 17:
            return f"(({self.int_(depth - 1)}) % 100000 / {choice.pick(['7', '2', '-3', '10.0'])})"
        if row < 18:
            return f"float({self.int_(0)} % 1000003)"
        if row < 19:
            return self.condition("float", depth)
        if row < 20:
            return f"math.copysign({a()}, {a()})"
        if row < 22:
            return self.call("float", depth) or a()
        return self.attribute("float") or a()

    def str_(self, depth):
        choice = self.choice
        if depth <= 0:
            return self.leaf("str", STRINGS)
        a = lambda: self.str_(depth - 1)
        row = choice.below(27)
        if row < 5:
            return f"({a()} + {a()})[:20]"
        if row < 7:
            return f"{a()}[{self.slice(depth)}]"
        if row < 8:
            return f"({a()} * ({self.int_(depth - 1)} & 3))[:16]"
        if row < 9:
            return f"{a()}.{choice.pick(['upper()', 'lower()', 'title()', 'strip()', 'swapcase()'])}"
        if row < 14:
            return self.f_string(depth)
        if row < 16:
            return f"str({self.expression(choice.pick(['int', 'float', 'bool', 'str']), depth - 1)})[:20]"
        if row < 17:
            return f"{a()}.replace({self.str_(0)} or 'a', {self.str_(0)})[:20]"
        if row < 18:
            return f"chr(97 + {self.int_(depth - 1)} % 26)"
        if row < 19:
            return f"{choice.pick(['', ', ', '-'])!r}.join([str(q) for q in {self.list_(0)}])[:20]"
        if row < 20:
            return f"'%d:%s' % ({self.int_(depth - 1)} % 1000, {a()})"
        if row < 21:
            return f"repr({self.expression(choice.pick(['int', 'float', 'str', 'list', 'tuple']), 0)})[:20]"
        if row < 22:
            return self.condition("str", depth)
        if row < 23:
            name = self.variable("str") or "'pq'"
            return f"({name}[{self.int_(depth - 1)} % len({name})] if {name} else {a()})"
        if row < 24:
            return f"({a()} {choice.pick(['and', 'or'])} {a()})"
        return self.call("str", depth) or self.attribute("str") or a()

    def f_string(self, depth):
        choice, parts = self.choice, []
        for _ in range(choice.between(1, 3)):
            row = choice.below(6)
            if row == 0:
                parts.append(choice.pick(["a", "-", "{{x}}", " "]))
            elif row == 1:
                name = self.variable("int") or "17"
                parts.append("{" + name + choice.pick(["", "!r", ":d", ":>5", ":x", ":+", ":,", ":08b"]) + "}")
            elif row == 2:
                name = self.variable("float") or "1.5"
                parts.append("{" + name + choice.pick(["", "!r", ":.2f", ":>8.1f", ":e", ":g"]) + "}")
            elif row == 3:
                name = self.variable("str") or "math.pi"
                parts.append("{" + name + choice.pick(["", "!r", "!s", "!a"]) + "}")
            else:
                name = self.variable(choice.pick(["int", "bool", "mix"])) or "None"
                parts.append("{" + name + "}")
        return "f\"" + "".join(parts) + "\"[:24]"

    def bool_(self, depth):
        choice = self.choice
        if depth <= 0:
            name = self.variable("bool")
            if name and choice.chance(45):
                return name
            kind = choice.pick(["int", "int", "float", "str"])
            return f"({self.expression(kind, 0)} {choice.pick(COMPARE)} {self.expression(kind, 0)})"
        row = choice.below(24)
        kind = choice.pick(["int", "int", "int", "float", "str", "tuple", "list"])
        a = lambda: self.expression(kind, depth - 1)
        if row < 9:
            return f"({a()} {choice.pick(COMPARE)} {a()})"
        if row < 11:
            return f"({a()} {choice.pick(COMPARE)} {a()} {choice.pick(COMPARE)} {a()})"
        if row < 13:
            return f"(not {self.expression(choice.pick(['bool', 'int', 'str', 'list', 'float', 'mix']), depth - 1)})"
        if row < 15:
            return f"({self.bool_(depth - 1)} {choice.pick(['and', 'or'])} {self.bool_(depth - 1)})"
        if row < 16:
            return f"({self.int_(depth - 1)} {choice.pick(['in', 'not in'])} {self.expression(choice.pick(['list', 'tuple', 'set']), depth - 1)})"
        if row < 17:
            return f"({self.str_(0)} in {self.str_(depth - 1)})"
        if row < 18:
            return f"({self.key()} in {self.dict_(0)})"
        if row < 19:
            kinds = choice.pick(["int", "str", "float", "bool", "(int, float)", "type(None)", "(str, list)"])
            return f"isinstance({self.mix_(depth - 1)}, {kinds})"
        if row < 20:
            return f"({self.mix_(0)} is {choice.pick(['', 'not '])}{choice.pick(['None', 'True', 'None'])})"
        if row < 21:
            return f"{choice.pick(['any', 'all'])}(q {choice.pick(COMPARE)} {self.int_(0)} for q in {self.list_(0)})"
        if row < 22:
            return f"({self.mix_(0)} == {self.mix_(0)})"
        if row < 23 and self.scope.instances and not self.leaf_only:
            name = choice.pick(sorted(self.scope.instances))
            return f"isinstance({name}, {choice.pick(self.classes).name})" if choice.chance(60) else f"bool({name})"
        return self.call("bool", depth) or self.bool_(depth - 1)

    def slice(self, depth):
        a = lambda: self.choice.pick(["", "", "1", "-1", "2", "0", f"{self.int_(0)} % 5"])
        text = f"{a()}:{a()}"
        return text + self.choice.pick(["", "", "", ":2", ":-1", "::-1"[1:], ":1"])

    def list_(self, depth):
        choice = self.choice
        if depth <= 0:
            return self.leaf("list", ["[]", "[1]", "[1, 2, 3]", "[5, -4, 2, 9]", "[0, True]", "[7, 2**62, 3]"])
        row = choice.below(19)
        if row < 3:
            return "[" + ", ".join(self.int_(depth - 1) for _ in range(choice.below(4))) + "]"
        if row < 6:
            return self.comprehension("[", "]", depth)
        if row < 8:
            return f"{self.list_(depth - 1)}[{self.slice(depth)}]"
        if row < 10:
            return f"({self.list_(depth - 1)} + {self.list_(depth - 1)})[:9]"
        if row < 11:
            kind = choice.pick(["list", "tuple", "set"])
            # A set has no order of its own to keep.
            how = choice.pick(["", ", reverse=True"] + ([", key=lambda q: -q", ", key=lambda q: q % 3"] if kind != "set" else []))
            return f"sorted({self.expression(kind, depth - 1)}{how})"
        if row < 13:
            return f"list(range({choice.pick(['0', '1', '-2'])}, {self.int_(0)} % 8{choice.pick(['', ', 2', ', 3'])}))"
        if row < 14:
            return f"list({self.generator(depth)})"
        if row < 15:
            return f"[*{self.list_(depth - 1)}, {self.int_(depth - 1)}][:9]"
        if row < 16:
            return f"({self.list_(depth - 1)} * ({self.int_(0)} & 1))"
        if row < 17:
            return self.condition("list", depth)
        return self.call("list", depth) or self.attribute("list") or f"list(map(abs, {self.tuple_(depth - 1)}))"

    def comprehension(self, opening, closing, depth):
        choice = self.choice
        source = choice.pick([f"range({choice.between(1, 7)})", self.list_(0), self.tuple_(0), f"{self.generator(0)}"])
        saved = self.scope.own.get("int", [])
        self.scope.own["int"] = [*saved, "q", "q"]
        item = self.int_(1)
        test = f" if {self.bool_(1)}" if choice.chance(35) else ""
        more = ""
        if choice.chance(12):
            more = f" for r in range({choice.between(1, 3)})"
            item = f"({item} + r)"
        self.scope.own["int"] = saved
        self.spend(8)
        return f"{opening}{item} for q in {source}{test}{more}{closing}"

    def generator_expression(self, depth):
        return self.comprehension("(", ")", depth)

    def generator(self, depth):
        """Something that yields a few ints."""
        rows = [f for f in self.functions if f.yields and self.affords(f.cost)]
        if rows and self.choice.chance(60):
            function = self.choice.pick(rows)
            self.spend(function.cost)
            return f"{function.name}({self.arguments(function, min(depth, 1))})"
        if depth <= 0:
            return f"iter(range({self.choice.below(6)}))"
        return self.choice.pick([
            self.generator_expression(depth - 1), f"Countdown({self.int_(0)} % 7)", f"iter({self.list_(0)})",
            f"map(lambda q: q ^ 1, {self.list_(0)})", f"filter(None, {self.list_(0)})",
        ])

    def tuple_(self, depth):
        choice = self.choice
        if depth <= 0:
            return self.leaf("tuple", ["()", "(1,)", "(1, 2)", "(3, -1, 4)", "(2**61, 0)"])
        row = choice.below(9)
        if row < 4:
            return "(" + "".join(self.int_(depth - 1) + ", " for _ in range(choice.between(1, 3))) + ")"
        if row < 5:
            return f"tuple({self.list_(depth - 1)})"
        if row < 6:
            return f"({self.tuple_(depth - 1)} + {self.tuple_(depth - 1)})[:7]"
        if row < 7:
            return f"{self.tuple_(depth - 1)}[{self.slice(depth)}]"
        if row < 8:
            return self.condition("tuple", depth)
        return self.call("tuple", depth) or self.tuple_(depth - 1)

    def key(self):
        return self.choice.pick([self.choice.pick(KEYS), self.str_(0), f"{self.int_(0)} % 5", self.bool_(0)])

    def dict_(self, depth):
        choice = self.choice
        if depth <= 0:
            return self.leaf("dict", ["{}", "{'a': 1}", "{1: 2, 'b': 3}", "{0: 5, 1: 6, 2: 7}"])
        row = choice.below(8)
        if row < 3:
            return "{" + ", ".join(f"{self.key()}: {self.int_(depth - 1)}" for _ in range(choice.below(4))) + "}"
        if row < 5:
            return f"{{q % 5: {choice.pick(['q * q', 'q', '-q'])} for q in {self.list_(depth - 1)}}}"
        if row < 6:
            return f"{{**{self.dict_(0)}, {self.key()}: {self.int_(depth - 1)}}}"
        if row < 7:
            return f"dict(zip({self.tuple_(depth - 1)}, {self.list_(depth - 1)}))"
        return f"dict(a={self.int_(depth - 1)}, b={self.int_(depth - 1)})"

    def set_(self, depth):
        choice = self.choice
        if depth <= 0:
            return self.leaf("set", ["set()", "{1}", "{1, 2, 3}", "{0, 2**62, -5}"])
        row = choice.below(6)
        if row < 2:
            return "{" + ", ".join(self.int_(depth - 1) for _ in range(choice.between(1, 3))) + "}"
        if row < 4:
            return f"({self.set_(depth - 1)} {choice.pick(['|', '&', '-', '^'])} {self.set_(depth - 1)})"
        if row < 5:
            return f"set({self.list_(depth - 1)})"
        return f"{{q % 7 for q in {self.tuple_(depth - 1)}}}"

    def mix_(self, depth):
        """A value of some kind or other; bounded."""
        name = self.variable("mix")
        if name and self.choice.chance(55):
            return name
        kind = self.choice.pick(["int", "float", "str", "bool", "int", "none", "tuple", "list"])
        return "None" if kind == "none" else self.bounded(kind, depth)

    def bounded(self, kind, depth=2):
        """A value that may be kept: repeating it does not grow it for ever."""
        choice = self.choice
        value = self.expression(kind, depth)
        if kind == "int":
            if depth <= 0 and choice.chance(50):
                return value
            return choice.weighted([
                (5, f"{value} % {choice.pick(['7', '1009', '1000003', '-13', '4611686018427387847'])}"),
                (3, f"{value} & {choice.pick(['255', '0xffff', '0x7fffffff', '0x1fffffffffffffff', '0x3fffffffffffffff', '0xffffffffffffffff'])}"),
                (1, f"({value}) % 2305843009213693951 - 1152921504606846976"),
            ])
        if kind == "str":
            return f"{value}[:{choice.pick(['4', '12', '20'])}]"
        if kind in ("list", "tuple"):
            return f"{value}[:{choice.pick(['3', '8', '12'])}]"
        return value
