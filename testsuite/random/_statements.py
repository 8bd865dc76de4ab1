"""Statements and blocks. A block's cost is kept: loops multiply it, and a call of what is too dear is not written."""

from _expressions import Expressions
from _scope import Scope

LIMIT = 5000  # cost of one function or scene
ERRORS = ["Oops(1)", "Worse(2, 'x')", "ValueError('v')", "KeyError('k')", "ZeroDivisionError()", "IndexError(3)", "TypeError('t')"]
CAUGHT = [
    "Oops", "Worse", "ValueError", "KeyError", "ArithmeticError", "LookupError", "(TypeError, AttributeError)", "Exception",
    "ZeroDivisionError", "Exception", "(Oops, IndexError)", "TypeError", "RuntimeError",
]
SCALARS = ("int", "int", "float", "str", "bool", "mix")


class Statements(Expressions):
    """Writes lines; needs what Expressions needs."""

    def line(self, text):
        self.lines.append("    " * self.indent + text)

    def spend(self, cost):
        self.cost += cost * self.trips

    def affords(self, cost):
        return self.cost + cost * self.trips <= LIMIT

    def block(self, n, depth):
        """`n` statements, indented. What they declare is mostly not used after them: it may be unbound there."""
        self.indent += 1
        before = len(self.lines)
        kept = self.scope.names() if self.choice.chance(97) else None
        for _ in range(n):
            self.statement(depth)
        if len(self.lines) == before:
            self.line("pass")
        if kept:
            self.scope.keep(kept)
        self.indent -= 1

    def guarded_block(self, n, depth):
        """Statements that are tried one by one, so that an error ends only one of them."""
        self.indent += 1
        for _ in range(n):
            if self.choice.chance(25):
                self.statement(depth)
                continue
            self.line("try:")
            if self.choice.chance(60):
                self.indent += 1
                self.choice.pick((self.for_, self.for_, self.while_, self.loop_with_event))(depth)
                self.output(0)
                self.indent -= 1
            else:
                self.block(1, depth)
            self.line("except Exception as error:")
            self.line("    where(error)")
        self.indent -= 1

    def loop_block(self, trips, n, depth, head=()):
        saved, self.trips = self.trips, self.trips * trips
        self.loops += 1
        self.indent += 1
        for text in head:
            self.line(text)
        if self.choice.chance(30):
            self.line("try:")
            self.block(n, depth)
            self.line(f"except {self.choice.pick(['Exception', 'Exception', 'NameError', 'Oops'])}:")
            self.line(f"    {self.choice.pick(['pass', 'continue', 'show(-1)'])}")
            self.indent -= 1
        else:
            self.indent -= 1
            self.block(n, depth)
        self.loops -= 1
        self.trips = saved

    def statement(self, depth):
        self.spend(1)
        rows = [
            (30, self.assign), (10, self.augmented), (6, self.collection), (6, self.unpack), (6, self.attribute_store),
            (4, self.output), (5, self.change), (4, self.mixed), (3, self.values), (2, self.delete),
        ]
        if depth > 0:
            rows += [
                (16, self.if_), (12, self.for_), (6, self.while_), (9, self.try_), (4, self.with_), (3, self.match_),
                (6, self.branchy), (3, self.closure), (3, self.generator_use), (3, self.loop_with_event),
            ]
        if self.loops:
            rows += [(5, self.jump)]
        if self.scope.function:
            rows += [(4, self.leave)]
        if self.with_cffi:
            rows += [(12, self.foreign)]
        rows += [(2, self.raise_)]
        self.choice.weighted(rows)(depth)

    # Simple statements

    def assign(self, depth):
        kind = self.choice.pick(("int", "int", "int", "float", "float", "str", "bool", "list", "tuple", "dict", "set"))
        value = self.bounded(kind)
        names = self.scope.assignable(kind)
        if names and self.choice.chance(80):
            self.line(f"{self.choice.pick(names)} = {value}")
        elif self.may_declare:
            self.line(f"{self.scope.new(kind)} = {value}")

    def augmented(self, depth):
        kind = self.choice.pick(("int", "int", "float", "str"))
        names = self.scope.assignable(kind)
        if not names:
            return
        name = self.choice.pick(names)
        if kind == "int":
            operator = self.choice.pick(["+=", "-=", "+=", "*=", "^=", "|=", "&=", "<<="])
            value = f"({self.int_(1)} & 7)" if operator == "<<=" else self.bounded("int", 1)
            self.line(f"{name} {operator} {value}")
            if self.choice.chance(50) and operator in ("+=", "-="):
                return
            limit = self.choice.pick(["2**40", "2**61", "2**64", "10**6", "2**100"])
            self.line(f"if not -{limit} < {name} < {limit}:")
            self.line(f"    {name} %= {self.choice.pick(['1009', '2**31', '-97', '2**61'])}")
        elif kind == "float":
            self.line(f"{name} {self.choice.pick(['+=', '-=', '*=', '+='])} {self.float_(1)}")
        else:
            self.line(f"{name} += {self.str_(1)}[:3]")
            self.line(f"if len({name}) > {self.choice.pick(['8', '30', '100'])}:")
            self.line(f"    {name} = {name}[{self.choice.pick(['-4:', ':3', '::5', '5:9'])}]")

    def collection(self, depth):
        kind = self.choice.pick(("list", "list", "list", "dict", "dict", "set"))
        name = self.variable(kind)
        if name is None:
            return
        choice, value = self.choice, self.bounded("int", 1)
        if kind == "list":
            self.line(choice.pick([
                f"{name}.append({value})", f"{name}.append({value})",
                f"{name}[{self.int_(0)} % len({name})] = {value}" if choice.chance(40)
                else f"if {name}: {name}[{self.int_(0)} % len({name})] = {value}",
                f"{name}.insert({self.int_(0)} % 4, {value})", f"{name}.extend({self.list_(1)}[:4])",
                f"if {name}: {name}.pop({choice.pick(['', '0', '-1'])})", f"{name}.reverse()", f"{name}.sort()",
                f"{name}[{self.slice(1)}] = {self.list_(1)}[:4]" if choice.chance(10) else f"{name}[1:2] = {self.tuple_(1)}[:3]",
                f"del {name}[{choice.pick(['2:', ':1', '::2', '-1:'])}]", f"{name} += [{value}]" if name in self.scope.assignable("list") else f"{name}.append({value})",
                f"{name}.clear()",
            ]))
            self.line(f"del {name}[10:]")
        elif kind == "dict":
            self.line(choice.pick([
                f"{name}[{self.key()}] = {value}", f"{name}[{self.key()}] = {value}", f"{name}.pop({self.key()}, None)",
                f"{name}[{self.key()}] = {name}.get({self.key()}, 0) + 1", f"{name}.setdefault({self.key()}, {value})",
                f"{name}.update({self.dict_(1)})", f"if len({name}) > 6: {name}.clear()", f"if {name}: {name}.popitem()",
                f"del {name}[{self.key()}]" if choice.chance(30) else f"{name}.pop({self.key()}, 0)",
            ]))
        else:
            self.line(choice.pick([
                f"{name}.add({value})", f"{name}.discard({value})", f"{name}.update({self.tuple_(1)})",
                f"if len({name}) > 8: {name}.clear()",
            ]))

    def unpack(self, depth):
        names, choice = list(self.scope.assignable("int")), self.choice
        if len(names) < 2:
            return
        a, b = choice.pick(names), choice.pick(names)
        self.line(choice.pick([
            f"{a}, {b} = {b}, {a}", f"{a}, {b} = {self.bounded('int', 1)}, {self.bounded('int', 1)}",
            f"({a}, {b}), _ = ({b}, {self.bounded('int', 1)}), None", f"{a}, *_ = {self.tuple_(1)} or (1,)",
            f"{a}, {b} = divmod({b}, {self.int_(1)} or 3)", f"[{a}, {b}] = sorted(({a}, {b}))",
            f"{a} = {b} = {self.bounded('int', 1)}", f"*_, {b} = {self.list_(1)} or [2]",
            f"{a}, {b} = {self.tuple_(1)}" if choice.chance(25) else f"{a}, {b} = ({self.tuple_(1)} + (1, 2))[:2]",
            f"{a}, {b} = 'xy'.index('y'), {a}", f"_, {a} = enumerate(({b}, {a}))" if choice.chance(20) else f"{a} = -{b}",
        ]))

    def attribute_store(self, depth):
        kind = self.choice.pick(("int", "int", "float", "str", "list", "bool"))
        target = self.attribute(kind, "writable")
        if not target:
            return
        if kind == "int" and self.choice.chance(50):
            self.line(f"{target} = ({target} {self.choice.pick(['+', '-', '^', '*'])} {self.int_(1)}) % {self.choice.pick(['1009', '2**61', '2**70'])}")
        elif kind == "float" and self.choice.chance(50):
            self.line(f"{target} += {self.float_(0)}")
        elif self.choice.chance(8):
            self.line(f"{target} = {self.mix_(1)}")
        else:
            self.line(f"{target} = {self.bounded(kind, 1)}")

    def output(self, depth):
        if self.trips > 60 and self.choice.chance(85):
            return
        kinds = ("int", "int", "float", "str", "list", "tuple", "dict", "set", "bool", "mix")
        values = [self.expression(self.choice.pick(kinds), 1) for _ in range(self.choice.between(1, 3))]
        if self.scope.instances and self.choice.chance(25):
            values.append(self.choice.pick(sorted(self.scope.instances)))
        self.spend(4)
        self.line(f"show({', '.join(values)})")

    def change(self, depth):
        """A variable of many kinds, changed by what it is."""
        names = self.scope.assignable("mix")
        if not names:
            return
        name, choice = self.choice.pick(names), self.choice
        row = choice.below(6)
        if row < 2:
            self.line(f"{name} = {self.mix_(1)}")
        elif row < 4:
            self.line("try:")
            operator = choice.pick(["+", "-", "*", "+"])
            # A str or tuple times a large number would fill the memory.
            others = ["1", "3"] if operator == "*" else [self.mix_(0), self.int_(0)]
            self.line(f"    {name} = {name} {operator} {choice.pick(['1', '0.5', name, *others])}")
            self.line(f"    {name} = {name} if {name} != {name} or isinstance({name}, (bool, float)) or not {name} else {name} % 10007 if isinstance({name}, int) else {name}[:9]")
            self.line(f"except {choice.pick(['TypeError', '(TypeError, ArithmeticError)', 'Exception'])}:")
            self.line(f"    {name} = {choice.pick(['0', '1.5', 'None', '(1,)', self.bounded('int', 1)])}")
        else:
            value = choice.pick([f"float({self.int_(0)} % 1009)", f"str({self.int_(0)} % 1009)", self.bounded("int", 1), self.float_(1)])
            self.line(f"if {self.bool_(1)}:")
            self.line(f"    {name} = {value}")

    def mixed(self, depth):
        """What depends on the kind of a mixed variable."""
        name, choice = self.variable("mix"), self.choice
        targets = self.scope.assignable("int")
        if name is None or not targets:
            return
        target = choice.pick(targets)
        self.line(choice.pick([
            f"{target} = {name} if isinstance({name}, int) else {target} + 1 & 0xffff",
            f"if {name}: {target} ^= {choice.below(9)}",
            f"if {name} is None: {target} = {choice.below(9)}",
            f"{target} = len({name}) if isinstance({name}, (str, tuple, list)) else {self.bounded('int', 1)}",
            f"if type({name}) is float and {name} > {self.float_(0)}: {target} -= 1",
            f"if {name} == {self.mix_(0)}: {target} = {self.bounded('int', 1)}",
            f"{target} = int({name} or 0) % 100003",
        ]))

    def values(self, depth):
        """A list of values of all kinds."""
        name = self.variable("vals")
        targets = self.scope.assignable("mix")
        if name is None:
            return
        choice = self.choice
        self.line(choice.pick([
            f"{name}.append({self.mix_(1)})", f"{name}.append({self.float_(1)})", f"{name}.append({self.int_(1)} % 2**65)",
            f"{name}[{self.int_(0)} % len({name})] = {self.mix_(1)}", f"if {name}: {name}[-1] = {self.float_(0)}",
            f"{name}[:] = [{self.float_(0)}, {self.float_(0)}]", f"{name}[:] = [{self.int_(0)} % 2**63, {choice.below(5)}]",
            f"{name}.clear()", f"if {name}: {name}[0] = None",
            f"{choice.pick(targets)} = {name}[{self.int_(0)} % len({name})] if {name} else None" if targets else "pass",
            f"for {choice.pick(targets)} in {name}: pass" if targets else "pass",
        ]))
        self.line(f"del {name}[6:]")

    def delete(self, depth):
        kind = self.choice.pick(("int", "float", "str"))
        names = self.scope.assignable(kind)
        if not names or not self.scope.function:
            return
        name = self.choice.pick(names)
        if name in self.shared:
            return
        self.line("try:")
        self.line(f"    if {self.bool_(1)}: del {name}")
        other = self.choice.pick(names)
        self.line(f"    {name} = {other if kind != 'str' else other + '[:9]'}")
        self.line("except NameError:")
        self.line(f"    {name} = {self.choice.pick({'int': ['3', '-4'], 'float': ['0.25'], 'str': [repr('gone')]}[kind])}")

    def raise_(self, depth):
        error = self.choice.pick(ERRORS)
        how = self.choice.pick([f"raise {error}", f"raise {error}", f"raise {error} from {self.choice.pick(['None', 'Oops(9)'])}"])
        self.line(f"if {self.bool_(1)}:")
        self.line(f"    {how}")

    def jump(self, depth):
        self.line(f"if {self.bool_(1)}:")
        self.line(f"    {self.choice.pick(['break', 'continue', 'continue'])}")

    def leave(self, depth):
        if self.loops == 0 and self.choice.chance(70):
            return
        self.line(f"if {self.bool_(1)}:")
        self.line("    " + self.return_text(1))

    def return_text(self, depth):
        if self.scope.generator:
            return self.choice.pick([f"yield {self.bounded('int', depth)}", f"yield {self.bounded('int', depth)}", f"return {self.choice.below(9)}"])
        return f"return {self.bounded(self.scope.result or 'int', depth)}"

    # Compound statements

    def if_(self, depth):
        self.line(f"if {self.bool_(2)}:")
        self.block(self.choice.between(1, 3), depth - 1)
        for _ in range(self.choice.weighted([(6, 0), (3, 1), (1, 2)])):
            self.line(f"elif {self.bool_(1)}:")
            self.block(self.choice.between(1, 2), depth - 1)
        if self.choice.chance(45):
            self.line("else:")
            self.block(self.choice.between(1, 2), depth - 1)

    def branchy(self, depth):
        """A loop with branches that nobody can predict, and bodies of all kinds."""
        choice = self.choice
        trips = next((trips for trips in (400, 200, 90, 40) if self.affords(trips * 7)), 0)
        targets = self.scope.assignable("int")
        if trips == 0 or not targets:
            return
        kept = self.scope.names()
        self.scope.count += 1
        bits = f"{self.scope.prefix}b{self.scope.count}"
        self.line(f"for {bits} in [n * n * {2 * choice.below(500) + 1} + n * {choice.below(99)} >> 3 & 1023 for n in range({trips})]:")
        self.own_name("int", bits)
        saved, self.trips = self.trips, self.trips * trips
        self.loops += 1
        self.indent += 1
        for number in range(choice.between(3, 7)):
            test = choice.pick([f"{bits} & {1 << number}", f"{bits} & {1 << number}", f"{bits} % {number + 3} == {choice.below(3)}", f"{bits} > {choice.below(1023)}"])
            self.line(f"if {test}:")
            self.branch_body(bits, targets, depth)
            for case in range(choice.weighted([(6, 0), (2, 1), (2, 4)])):
                self.line(f"elif {bits} % 5 == {case}:")
                self.branch_body(bits, targets, 0)
            if choice.chance(50):
                self.line("else:")
                self.branch_body(bits, targets, 0)
            if choice.chance(25):
                self.statement(0)
        for target in targets:
            self.line(f"if not -10**15 < {target} < 10**15: {target} %= 10007")
        self.indent -= 1
        self.loops -= 1
        self.trips = saved
        if choice.chance(95):
            self.scope.keep(kept)
        self.output(0)

    def branch_body(self, bits, targets, depth):
        choice, before = self.choice, len(self.lines)
        self.indent += 1
        for _ in range(choice.between(1, 2)):
            self.spend(1)
            target, row = choice.pick(targets), choice.below(10)
            if row < 3:
                self.line(choice.pick([
                    f"{target} += {bits}", f"{target} -= {choice.below(9)}", f"{target} = {target} * 3 & 0xffff", f"{target} ^= {bits} >> 2",
                    f"{target} = {target} // 2 + {bits}", f"{target} = {choice.pick(targets)} + 1",
                ]))
            elif row < 4 and self.variable("list"):
                name = self.variable("list")
                self.line(f"{name}.append({bits})")
                self.line(f"if len({name}) > 30: del {name}[9:]")
            elif row < 5 and self.attribute("int", "writable"):
                attribute = self.attribute("int", "writable")
                self.line(f"{attribute} = ({attribute} + {bits}) % 1009")
            elif row < 6:
                count = f"{bits}_"
                self.line(f"{count} = {bits} & {choice.pick(['1', '3', '7'])}")
                self.line(f"while {count} > 0:")
                self.line(f"    {count} -= 1")
                self.line(f"    {target} += {choice.pick([count, '1', bits])}")
            elif row < 7 and depth > 0:
                self.line(f"if {bits} & {choice.pick(['32', '64', '5'])}:")
                self.branch_body(bits, targets, depth - 1)
                if choice.chance(60):
                    self.line("else:")
                    self.branch_body(bits, targets, 0)
            elif row < 8:
                self.statement(0)
            elif row < 9 and choice.chance(40):
                self.line("continue")
            else:
                self.line(f"{target} = {self.bounded('int', 1)}")
        if len(self.lines) == before:
            self.line("pass")
        self.indent -= 1

    def trip_count(self):
        for trips in (self.choice.pick((60, 25, 14, 9)), 9, 5, 2):
            if self.affords(trips * 4):
                return trips
        return 0

    def for_(self, depth):
        trips, choice = self.trip_count(), self.choice
        if trips == 0:
            return
        kept, name = self.scope.names(), self.loop_name("int")
        kind = choice.below(12)
        if kind < 5:
            head = choice.pick([
                f"for {name} in range({trips}):", f"for {name} in range({trips}):", f"for {name} in range(1, {trips + 1}):",
                f"for {name} in range({trips * 2}, 0, -2):", f"for {name} in range({trips * 3}, {trips * 6}, 3):",
                f"for {name} in range(2**61 - {trips // 2}, 2**61 + {trips // 2}):",
            ])
        elif kind < 6:
            trips = min(trips, 12)
            head = f"for {name} in {self.list_(1)}[:12]:"
        elif kind < 7:
            other = self.loop_name("int")
            trips = min(trips, 10)
            head = choice.pick([
                f"for {name}, {other} in enumerate({self.tuple_(1)}[:9], {choice.below(3)}):",
                f"for {name}, {other} in zip(range({trips}), itertools.count({choice.below(5)}, 3)):",
                f"for {name}, {other} in zip(range({trips}), {self.list_(1)}):",
            ])
            self.own_name("int", other)
        elif kind < 8:
            head = f"for {name} in {self.generator(1)}:"
            trips = min(trips, 10)
        elif kind < 9:
            head = f"for {name} in {choice.pick(['Countdown', 'range'])}({trips}):"
        elif kind < 10:
            text = self.loop_name("str")
            trips = min(trips, 12)
            head = choice.pick([f"for {text} in {self.str_(1)}[:12]:", f"for {text} in ('a', 'b', {self.str_(0)}):"])
            self.own_name("str", text)
            name = None
        elif kind < 11:
            trips = min(trips, 8)
            head = f"for {name} in {choice.pick(['reversed', 'sorted', 'list', 'tuple'])}({self.list_(1)}[:8]):"
        else:
            trips = min(trips, 8)
            mix = self.loop_name("mix")
            head = f"for {mix}, {name} in {choice.pick(['', 'list'])}({self.dict_(1)}.items()):"
            self.own_name("mix", mix)
        if name:
            self.own_name("int", name)
        self.line(head)
        some = [self.variable(each) or "0" for each in ("int", "float", "str", "list", "mix")]
        now = name and trips > 8 and choice.chance(50)
        self.loop_block(trips, choice.between(1, 5), depth - 1, [f"if {name} % 17 == 8: show({', '.join(some)})"] if now else ())
        if choice.chance(95):
            self.scope.keep(kept)
        if choice.chance(15):
            self.line("else:")
            self.block(1, depth - 1)

    def loop_name(self, kind):
        if self.scope.assignable(kind) and self.choice.chance(15):
            return self.choice.pick(self.scope.assignable(kind))
        self.scope.count += 1
        return f"{self.scope.prefix}{kind[0]}{self.scope.count}"

    def own_name(self, kind, name):
        """A loop variable may be read in the loop; it may be unbound after it, which programs see as NameError."""
        if name not in self.scope.readable(kind):
            self.scope.look_out(kind, [name])

    def while_(self, depth):
        trips = self.trip_count()
        if trips == 0:
            return
        self.scope.count += 1
        name = f"{self.scope.prefix}w{self.scope.count}"
        start, step, test = self.choice.pick([
            (f"{trips}", "-= 1", "> 0"), (f"{trips}", "-= 1", ""), ("0", "+= 1", f"< {trips}"), ("0.0", "+= 0.5", f"< {trips / 2}"),
            (f"2**61 - {trips // 2}", "+= 1", f"< 2**61 + {trips // 2}"), (f"{trips}", "-= 1", "!= 0"), ("'x'", "+= 'y'", f"< 'x' + 'y' * {trips}"),
        ])
        self.line(f"{name} = {start}")
        more = f" and {self.bool_(1)}" if self.choice.chance(15) else ""
        self.line(f"while {name} {test}{more}:".replace("  ", " ").replace(" :", ":"))
        head = [f"{name} {step}"]
        if start == str(trips) or start == "0":
            self.own_name("int", name)
            if self.choice.chance(15):
                # The counter changes its kind half-way and still counts.
                head.append(f"if {name} == {trips // 2}: {name} = float({name})")
        self.loop_block(trips, self.choice.between(1, 4), depth - 1, head)
        if self.choice.chance(12):
            self.line("else:")
            self.block(1, depth - 1)

    def try_(self, depth):
        choice = self.choice
        self.line("try:")
        self.block(choice.between(1, 3), depth - 1)
        handlers = choice.weighted([(6, 1), (2, 2), (2, 0)])
        for _ in range(handlers):
            self.line(f"except {choice.pick(CAUGHT)} as error:" if choice.chance(40) else f"except {choice.pick(CAUGHT)}:")
            if self.lines[-1].endswith("as error:") and choice.chance(60) and (self.trips < 60 or choice.chance(15)):
                self.line("    where(error)")
                self.spend(6)
            self.block(choice.between(1, 2), depth - 1)
            if choice.chance(12):
                self.line("    raise")
        if handlers and choice.chance(20):
            self.line("else:")
            self.block(1, depth - 1)
        if not handlers or choice.chance(25):
            self.line("finally:")
            if self.scope.generator:
                # It may run when the generator is collected, which is at another time on each Python.
                self.line(f"    {self.choice.pick(self.scope.local('int'))} = {self.choice.below(9)}")
                return
            # No `return` or `break` out of a finally block: newer versions warn.
            loops, function = self.loops, self.scope.function
            self.loops, self.scope.function = 0, False
            self.block(choice.between(1, 2), 0)
            self.loops, self.scope.function = loops, function

    def with_(self, depth):
        if self.scope.generator:
            # Its end may be that of the generator's collection.
            return self.try_(depth)
        logs = self.scope.readable("list")
        log = f", {self.choice.pick(logs)}" if logs and self.choice.chance(60) else ""
        name = " as _" if self.choice.chance(30) else ""
        self.line(f"with Manager({self.choice.below(2)}{log}){name}:")
        self.block(self.choice.between(1, 3), depth - 1)

    def match_(self, depth):
        choice, kind = self.choice, self.choice.pick(("int", "tuple", "mix", "str", "dict"))
        self.line(f"match {self.expression(kind, 1)}:")
        patterns = {
            "int": ["0", "1 | 2", "-1", f"_ if {self.bool_(1)}"], "tuple": ["()", "(a0,)", "(a0, *_)", "(1, a0)"],
            "mix": ["None", "int(a0)", "str(a0)", "float()", "(a0, b0)", "True"], "str": ["'a'", "'ab' | ''", "'xyz'"],
            "dict": ["{'a': a0}", "{1: _, **rest}", "{}"],
        }[kind]
        self.indent += 1
        for pattern in patterns[:choice.between(1, len(patterns))]:
            self.line(f"case {pattern}:")
            self.block(1, depth - 1)
        self.line("case _:")
        self.block(1, 0)
        self.indent -= 1

    def closure(self, depth):
        """A function in a function: reads, and perhaps assigns, variables around it."""
        choice, outer = self.choice, self.scope
        if not self.may_declare or not outer.function or not self.affords(40):
            return
        self.scope.count += 1
        name = f"inner{self.scope.prefix}{self.scope.count}"
        kind = choice.pick(("int", "float", "str"))
        self.line(f"def {name}(m, n={self.expression(kind, 0)}):")
        inner = Scope(outer, f"{outer.prefix}n")
        inner.result = kind
        for each in ("int", "float", "str", "list", "dict", "mix", "bool"):
            inner.look_out(each, outer.readable(each))
        inner.instances = dict(outer.instances)
        inner.new("int", "m")
        inner.new(kind, "n")
        shared = [each for each in outer.assignable(kind) if each not in self.globals_named and len(each) > 1]
        if shared and choice.chance(60):
            taken = choice.pick(shared)
            self.shared.add(taken)
            self.line(f"    nonlocal {taken}")
            inner.own.setdefault(kind, []).append(taken)
        saved = self.scope, self.loops, self.trips
        self.scope, self.loops = inner, 0
        self.trips *= 3
        self.block(choice.between(1, 3), min(depth - 1, 1))
        self.indent += 1
        self.line(f"return {self.bounded(kind, 1)}")
        self.indent -= 1
        self.scope, self.loops, self.trips = saved
        targets = outer.assignable(kind)
        self.line("try:")
        self.line(f"    {choice.pick(targets) if targets else '_'} = {name}({self.int_(1)})")
        self.line("except (Oops, NameError, ValueError, LookupError):")
        self.line(f"    {name} = None")
        trips = self.trip_count()
        if targets and trips and choice.chance(50):
            self.line(f"if {name} is not None:")
            self.line(f"    for _ in range({min(trips, 14)}):")
            self.line(f"        {choice.pick(targets)} = {name}(_)")

    def generator_use(self, depth):
        """A generator driven by hand."""
        choice = self.choice
        rows = [f for f in self.functions if f.yields and self.affords(f.cost * 2 + 30)]
        targets = self.scope.assignable("int")
        if not rows or not targets:
            return
        function, target = choice.pick(rows), choice.pick(targets)
        self.spend(function.cost + 20)
        self.scope.count += 1
        name = f"{self.scope.prefix}g{self.scope.count}"
        self.line(f"{name} = {function.name}({self.arguments(function, 1)})")
        self.line("try:")
        self.line(f"    {target} = next({name})")
        self.line(f"    for {name}i in range({choice.between(3, 20)}):")
        self.line(f"        {target} = {name}.send({name}i) % 10007")
        row = choice.below(4)
        if row == 0:
            self.line(f"        if {name}i == {choice.between(2, 9)}: {name}.throw({choice.pick(ERRORS)})")
        elif row == 1:
            self.line(f"        if {self.bool_(1)}: {name}.close()")
        self.line("except StopIteration as stop:")
        self.line(f"    {target} = stop.value or 0")
        if choice.chance(70):
            self.line("except Exception as error:")
            self.line("    where(error)" if self.trips < 60 else "    pass")

    def loop_with_event(self, depth):
        """A loop in which something about the program itself changes half-way."""
        trips, choice = self.trip_count(), self.choice
        if trips < 9 or self.loops > 1:
            return
        self.scope.count += 1
        name = f"{self.scope.prefix}e{self.scope.count}"
        self.line(f"for {name} in range({trips}):")
        self.own_name("int", name)
        self.indent += 1
        self.line(f"if {name} == {choice.between(3, trips - 2)}:")
        self.indent += 1
        self.event()
        self.indent -= 2
        self.loop_block(trips, choice.between(2, 4), depth - 1)

    def event(self):
        """Something that compiled code may have counted on not to happen."""
        choice = self.choice
        rows = ["gc.collect()", "globals()['len'] = lambda q: 5", "globals().pop('len', None)", "globals().pop('abs', None)",
                "globals()['abs'] = lambda q: q", "globals()['range'] = globals().pop('range', range)"]
        for name in self.global_names("int")[:3]:
            rows += [f"globals()['{name}'] = {self.bounded('int', 1)}", f"globals()['{name}'] = {self.choice.pick(['1.5', '2**70', 'True', '-3'])}"]
        for name in self.global_names("float")[:2]:
            rows += [f"globals()['{name}'] = {choice.pick(['7', 'math.nan', '-0.0'])}"]
        for name, cls in list(self.scope.instances.items())[:4]:
            for attribute, kind in list(cls.attributes.items())[:3]:
                rows += [f"{name}.{attribute} = {self.mix_(1)}", f"{cls.name}.{attribute} = {self.bounded('int', 1)}"]
            rows += [f"{name}.fresh{choice.below(3)} = {self.int_(0)}", f"{cls.name}.fresh{choice.below(3)} = {choice.below(99)}",
                     f"{name}.__class__ = {choice.pick(self.classes).name}", f"{name}.__dict__.clear()"]
            for method, function in list(cls.methods.items())[:3]:
                value = self.bounded(function.result, 1) if function.result != "bool" else "True"
                rows += [f"{cls.name}.{method} = lambda self, *a, **k: {choice.pick([value, '(len(a), 1)[1]', '-5'])}",
                         f"{name}.{method} = lambda *a, **k: {choice.pick(['4', value])}", f"del {cls.name}.{method}"]
            if "__add__" in cls.operators:
                rows += [f"{cls.name}.__add__ = lambda self, other: {choice.below(99)}", f"{cls.name}.__radd__ = lambda self, other: NotImplemented"]
            if "__len__" in cls.operators:
                rows += [f"{cls.name}.__len__ = lambda self: {choice.below(4)}", f"{cls.name}.__bool__ = lambda self: {choice.pick(['True', 'False'])}"]
            if cls.base:
                rows += [f"{cls.base.name}.{m} = lambda self, *a, **k: {choice.below(50)}" for m in list(cls.base.methods)[:2]]
        plain = [f for f in self.functions if not f.yields]
        for function in plain[:5]:
            # The code of an earlier one: that of a later one might call this, for ever.
            twins = [f for f in plain[:plain.index(function)] if f.signature() == function.signature()]
            rows += [f"globals()['{function.name}'] = counted({function.name})", f"{function.name}.__defaults__ = ({', '.join(['3'] * sum(o for _, _, o in function.positional))})"
                     if function.positional else f"{function.name}.mark = 1"]
            rows += [f"{function.name}.__code__ = {choice.pick(twins).name}.__code__"] * 3 if twins else []
        many = choice.pick(rows)
        self.line("try:")
        self.line(f"    {many}")
        self.line("except (AttributeError, TypeError, ValueError):")
        self.line(f"    {choice.pick(['pass', 'show(0)'])}")
