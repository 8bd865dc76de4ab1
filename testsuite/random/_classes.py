"""Classes, functions and generators of a program."""

from _scope import Class, Function, Scope
from _statements import SCALARS

KIND_OF_PARAMETER = ("int", "int", "int", "float", "str", "list", "tuple", "bool", "mix")
RESULTS = ("int", "int", "int", "float", "str", "bool", "list", "tuple")


class Definitions:
    """Needs what Statements needs."""

    def define_class(self, number):
        choice = self.choice
        base = choice.pick(self.classes) if self.classes and choice.chance(55) else None
        cls = Class(f"C{number}", base)
        inherits = f"({base.name})" if base else ""
        self.line(f"class {cls.name}{inherits}:")
        self.indent += 1
        fresh = {}
        for each in range(choice.between(1, 3)):
            fresh[f"{choice.pick('abxy')}{number}{each}"] = choice.pick(("int", "int", "float", "str", "list", "bool"))
        cls.slots = choice.chance(25) and (base is None or base.slots)
        if cls.slots:
            self.line(f"__slots__ = ({''.join(repr(name) + ', ' for name in fresh)})")
        if not cls.slots and choice.chance(30):
            # Outside of any `try`, so nothing that may raise.
            self.line(f"shared{number} = {choice.below(1009)}")
            cls.readable[f"shared{number}"] = "int"
            cls.writable[f"shared{number}"] = "int"
        if not cls.slots and choice.chance(20):
            self.line(f"typed{number} = Typed()")
            cls.readable[f"typed{number}"] = cls.writable[f"typed{number}"] = "int"
        if not cls.slots and choice.chance(15):
            self.line(f"lazy{number} = Lazy({choice.below(50)})")
            cls.readable[f"lazy{number}"] = "int"
        cls.attributes.update(fresh)
        cls.readable.update(fresh)
        cls.writable.update(fresh)
        self.constructor(cls, base, fresh)
        self.classes.append(cls)
        for each in range(choice.between(1, 4)):
            self.method(cls, f"m{number}{each}" if not cls.methods or choice.chance(60) else choice.pick(list(cls.methods)))
        if choice.chance(55):
            self.property(cls, number)
        for operator in ("__add__", "__radd__", "__getitem__", "__len__", "__call__", "__contains__", "__eq__", "__lt__", "__bool__", "__iter__"):
            if choice.chance(18):
                self.operator_method(cls, operator)
        if choice.chance(10):
            self.line("def __getattr__(self, name):")
            self.line(f"    if name.startswith('__'): raise AttributeError(name)")
            self.line(f"    return {choice.pick(['len(name)', '3', '-1'])}")
        self.indent -= 1
        self.line("")

    def constructor(self, cls, base, fresh):
        names = [f"p{each}" for each in range(cls.n_arguments)]
        self.line(f"def __init__(self, {names[0]}=1, {names[1]}=2.5):")
        scope = self.enter(None)
        scope.look_out("int", ["p0"])
        scope.look_out("float", ["p1"])
        self.indent += 1
        if base:
            self.line(self.choice.pick([f"super().__init__({names[0]}, {names[1]})", f"{base.name}.__init__(self, {names[0]})", "super().__init__()"]))
        for name, kind in fresh.items():
            self.line(f"self.{name} = {self.bounded(kind, 1)}")
        self.indent -= 1
        self.exit()

    def method(self, cls, name):
        # A method calls only those that came before its name did: else they would call each other for ever.
        known = cls.methods.get(name)
        self.below = self.rank.setdefault(name, len(self.rank))
        function = Function(name, known.result if known else self.choice.pick(RESULTS))
        if known:
            # An override takes what the one above it takes.
            function.positional, function.star = known.positional, known.star
            function.named, function.keywords = known.named, known.keywords
        else:
            self.parameters(function)
        how = self.choice.weighted([(8, ""), (1, "static"), (1, "class")]) if not known else ""
        if how:
            self.line(f"@{how}method")
        first = {"": ["self"], "static": [], "class": ["cls"]}[how]
        self.line(f"def {name}({', '.join(first + self.parameter_texts(function))}):")
        extra = {"self": cls} if how == "" else {}
        above = None
        if known and cls.base and name in cls.base.methods and how == "":
            above = f"super().{name}({self.forwarded(function)})"
        self.function_body(function, extra, above)
        self.below = 1000
        cls.methods[name] = function

    def forwarded(self, function):
        parts = [name for name, _, _ in function.positional]
        parts += ["*rest"] if function.star else []
        parts += [f"{name}={name}" for name, _, _ in function.named]
        return ", ".join(parts + (["**more"] if function.keywords else []))

    def property(self, cls, number):
        kind = self.choice.pick(("int", "int", "float", "str"))
        name = f"prop{number}"
        self.line("@property")
        self.line(f"def {name}(self):")
        scope = self.enter(kind)
        self.leaf_only = True
        scope.instances["self"] = cls
        self.indent += 1
        if self.choice.chance(25):
            self.line(f"if {self.bool_(1)}:")
            self.line(f"    return {self.bounded(kind, 1)}")
        self.line(f"return {self.bounded(kind, 1)}")
        self.indent -= 1
        self.leaf_only = False
        fitting = [a for a, k in cls.attributes.items() if k == kind]
        self.exit()
        cls.readable[name] = kind
        if fitting and self.choice.chance(60):
            self.line(f"@{name}.setter")
            self.line(f"def {name}(self, value):")
            self.line(f"    self.{self.choice.pick(fitting)} = value")
            cls.writable[name] = kind

    def operator_method(self, cls, operator):
        choice = self.choice
        heads = {
            "__add__": "other", "__radd__": "other", "__getitem__": "index", "__call__": "index=3", "__contains__": "index", "__eq__": "other", "__lt__": "other",
        }
        second = heads.get(operator)
        self.line(f"def {operator}(self{', ' + second if second else ''}):")
        scope = self.enter("int")
        self.leaf_only = True
        scope.instances["self"] = cls
        if second and "index" in second:
            scope.look_out("int", ["index"])
        self.indent += 1
        if operator in ("__add__", "__radd__", "__eq__", "__lt__"):
            self.line(f"if {choice.pick(['not isinstance(other, int)', 'isinstance(other, float)', f'isinstance(other, {cls.name})'])}:")
            self.line(f"    return {choice.pick(['NotImplemented', '11', 'False'])}")
            self.line("if not isinstance(other, int):")
            self.line("    other = 6")
            scope.look_out("int", ["other"])
        if operator == "__getitem__":
            self.line(f"if index > {choice.pick(['50', '5', '2**63'])}:")
            self.line(f"    raise {choice.pick(['IndexError(index)', 'Oops(index)'])}")
        if operator == "__iter__":
            self.line(f"for each in range({choice.below(6)}):")
            self.line(f"    yield {self.bounded('int', 1)}")
        elif operator == "__len__":
            self.line(f"return {self.int_(1)} & 7")
        elif operator in ("__eq__", "__lt__", "__bool__", "__contains__"):
            self.line(f"return {self.bool_(1)}")
        else:
            self.line(f"return {self.bounded('int', 1)}")
        self.indent -= 1
        if operator == "__eq__":
            self.line("__hash__ = object.__hash__")
        self.leaf_only = False
        self.exit()
        cls.operators.add(operator)

    # Functions

    def parameters(self, function):
        choice = self.choice
        for each in range(choice.below(4)):
            optional = (each > 0 and function.positional[-1][2]) or choice.chance(25)
            function.positional.append((f"p{each}", choice.pick(KIND_OF_PARAMETER), optional))
        function.star = choice.chance(15)
        for each in range(choice.weighted([(8, 0), (2, 1)])):
            function.named.append((f"k{each}", choice.pick(SCALARS), choice.chance(60)))
        function.keywords = choice.chance(10)

    def parameter_texts(self, function):
        texts = [name + (f"={self.constant(kind)}" if optional else "") for name, kind, optional in function.positional]
        if function.star:
            texts.append("*rest")
        elif function.named:
            texts.append("*")
        texts += [name + (f"={self.constant(kind)}" if optional else "") for name, kind, optional in function.named]
        return texts + (["**more"] if function.keywords else [])

    def constant(self, kind):
        return {
            "int": ["0", "3", "-1", "2**61"], "float": ["0.5", "-0.0"], "str": ["''", "'d'"], "list": ["()", "[]"], "tuple": ["()", "(8, 9)"],
            "bool": ["True", "False"], "mix": ["None", "1", "'m'", "2.0"],
        }[kind][self.choice.below(2)]

    def enter(self, result):
        """A fresh scope for a function's body."""
        self.saved.append((self.scope, self.cost, self.trips, self.loops, self.globals_named, self.shared))
        scope = Scope(self.module, "v")
        for kind in self.module.own:
            scope.look_out(kind, self.module.own[kind])
        scope.result = result
        self.scope, self.cost, self.trips, self.loops = scope, 0, 1, 0
        self.globals_named, self.shared = set(), set()
        return scope

    def exit(self):
        cost = self.cost
        self.scope, self.cost, self.trips, self.loops, self.globals_named, self.shared = self.saved.pop()
        return cost

    def function_body(self, function, instances, above=None):
        choice = self.choice
        scope = self.enter(function.result)
        scope.generator = function.yields
        scope.instances.update(instances)
        self.indent += 1
        for name, kind, _ in function.positional + function.named:
            scope.new(kind, name)
            if kind == "list":
                self.line(f"{name} = list({name})")
        if function.star:
            scope.look_out("tuple", ["rest"])
        if function.keywords:
            scope.look_out("dict", ["more"])
        self.declare_globals(scope)
        self.locals(scope)
        if above:
            self.line(f"{choice.pick(scope.assignable('mix'))} = {above}")
        self.indent -= 1
        self.body(function, scope)
        function.cost = self.exit() + 3

    def body(self, function, scope):
        choice = self.choice
        size = choice.between(1, 6)
        if function.yields:
            self.generator_body(function, size)
            return
        if choice.chance(15) and function.name.startswith("f") and function.positional[:1] and function.positional[0][1] == "int":
            self.recursion(function)
        self.block(size, choice.between(1, 3))
        self.indent += 1
        self.line(self.return_text(2))
        self.indent -= 1

    def recursion(self, function):
        """The function calls itself with a smaller number, a few levels deep."""
        self.indent += 1
        first = function.positional[0][0]
        self.line(f"{first} = int({first}) % {self.choice.between(3, 12)}")
        rest = [f"{name}={name}" for name, _, _ in function.positional[1:] + function.named]
        self.line(f"if {first} > 0:")
        names = self.scope.assignable("mix")
        self.line(f"    {self.choice.pick(names)} = {function.name}({', '.join([first + ' - 1', *rest])})")
        self.spend(12)
        self.trips *= 6
        self.indent -= 1

    def generator_body(self, function, size):
        choice = self.choice
        shape = choice.below(5)
        self.indent += 1
        got = choice.pick(self.scope.local("int"))
        if shape == 0:
            self.line(f"for got in range({choice.between(1, 12)}):")
            self.scope.look_out("int", ["got"])
            self.loop_block(8, size, 1)
            self.line(f"    yield {self.bounded('int', 1)}")
        elif shape == 1:
            self.line(f"counter = {choice.between(1, 14)}")
            self.line("while counter:")
            self.scope.look_out("int", ["counter"])
            self.loop_block(8, max(size - 2, 1), 1, ["counter -= 1"])
            self.line(f"    received = yield {self.bounded('int', 1)}")
            self.line("    if received is not None:")
            self.line(f"        {got} = received * 3 % 1009")
        elif shape == 2:
            self.line("try:")
            self.indent += 1
            self.line(f"for got in range({choice.between(1, 9)}):")
            self.scope.look_out("int", ["got"])
            self.loop_block(8, max(size - 2, 1), 1)
            self.line(f"    yield {self.bounded('int', 1)}")
            self.indent -= 1
            self.line(f"except {choice.pick(['Oops', 'GeneratorExit', 'ValueError', 'Exception'])}:")
            self.line(f"    {got} = {choice.below(9)}")
            if "GeneratorExit" in self.lines[-2]:
                self.line("    raise")
            self.line("finally:")
            self.line(f"    {got} = ({got} + 1) % 1000")
            self.line(f"yield {got}" if choice.chance(50) else f"return {got}")
        elif shape == 3:
            self.line(f"last = yield from {self.generator(1)}")
            self.line(f"yield {self.bounded('int', 1)}")
            self.line("return last")
        else:
            self.block_here(size, 2)
            self.line(f"yield {self.bounded('int', 1)}")
        self.indent -= 1

    def block_here(self, n, depth):
        self.indent -= 1
        self.block(n, depth)
        self.indent += 1

    def locals(self, scope):
        for kind in ("int", "int", "float", "str", "list", "mix", "bool", "dict", "vals"):
            if self.choice.chance(65) or kind in ("int", "mix"):
                value = "[1, 2.5]" if kind == "vals" else self.bounded(kind, 0)
                if kind == "list":
                    value = f"list({value})"
                self.line(f"{scope.new(kind)} = {value}")
        if self.classes and self.choice.chance(45):
            cls = self.choice.pick(self.classes)
            self.spend(6)
            self.line(f"{scope.new_instance(cls)} = {cls.name}({self.choice.pick(['', self.int_(0), '4, 0.5'])})")

    def declare_globals(self, scope):
        for kind in ("int", "float", "str"):
            names = self.global_names(kind)
            if names and self.choice.chance(18):
                name = self.choice.pick(names)
                self.line(f"global {name}")
                scope.own.setdefault(kind, []).append(name)
                self.globals_named.add(name)
                self.shared.add(name)

    def define_function(self, number):
        function = Function(f"f{number}", self.choice.pick(RESULTS))
        twins = [f for f in self.functions if not f.yields]
        if twins and self.choice.chance(25):
            twin = self.choice.pick(twins)
            function.positional, function.star, function.named = twin.positional, twin.star, twin.named
            function.keywords, function.result = twin.keywords, twin.result
        else:
            self.parameters(function)
            function.yields = self.choice.chance(30)
            if function.yields:
                function.result = "int"
        if self.choice.chance(8) and not function.yields:
            self.line("@counted")
        self.line(f"def {function.name}({', '.join(self.parameter_texts(function))}):")
        self.function_body(function, {})
        self.line("")
        self.functions.append(function)
        if self.choice.chance(15):
            self.other_namespace(function)

    def other_namespace(self, function):
        """The same code once more, with other globals."""
        twin = Function(f"{function.name}_too", function.result)
        twin.positional, twin.star, twin.named = function.positional, function.star, function.named
        twin.keywords, twin.yields, twin.cost = function.keywords, function.yields, function.cost
        changes = [f"{name}={self.bounded(kind, 0)}" for kind in ("int", "float", "str") for name in self.global_names(kind)[:2]]
        self.line(f"{twin.name} = getattr({function.name}, '__wrapped__', {function.name})")
        self.line(f"{twin.name} = type({twin.name})({twin.name}.__code__, dict(globals(), {', '.join(changes)}), '{twin.name}', {twin.name}.__defaults__)")
        self.line(f"{twin.name}.__kwdefaults__ = getattr({function.name}, '__wrapped__', {function.name}).__kwdefaults__")
        self.line("")
        self.functions.append(twin)
