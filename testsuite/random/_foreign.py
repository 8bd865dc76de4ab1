"""Statements that call C and use its data."""


class Foreign:
    """Needs what Statements needs."""

    def foreign(self, depth):
        choice = self.choice
        self.spend(3)
        row = choice.below(10)
        if row < 4:
            self.foreign_call()
        elif row < 8:
            self.foreign_data()
        elif row < 9 and not self.loops:
            self.foreign_loop()
        else:
            self.foreign_error()

    def small(self):
        return f"{self.int_(1)} % {self.choice.pick(['1009', '65536', '2147483647'])}"

    def foreign_call(self):
        choice = self.choice
        kind = choice.pick(("int", "int", "float"))
        targets = self.scope.assignable(kind)
        if not targets:
            return
        target = choice.pick(targets)
        if kind == "float":
            value = choice.pick([f"C.fabs({self.float_(1)})", f"C.sqrt(abs({self.float_(1)}))", f"C.fabs({self.small()})", f"risky({self.float_(0)}, {self.small()})"])
        else:
            value = choice.pick([
                f"C.abs({self.small()})", f"C.abs({self.int_(1)})", f"C.labs({self.small()})", f"C.toupper({self.int_(0)} & 127)",
                f"C.strlen(b'abc'[{self.int_(0)} % 3:])", f"C.strlen({self.str_(0)}.encode().replace(b'\\0', b''))", f"twice({self.small()})",
                f"int(ffi.cast('{choice.pick(['int', 'short', 'unsigned char', 'signed char', 'unsigned', 'long long', 'uint64_t', 'bool'])}', {self.int_(1)}))",
                f"ffi.sizeof('{choice.pick(['int', 'struct pair', 'struct node', 'union word'])}')", "C.abs(True)",
            ])
        self.line(f"{target} = {value}")

    def foreign_data(self):
        choice = self.choice
        ints, floats = self.scope.assignable("int"), self.scope.assignable("float")
        if not ints or not floats:
            return
        i, f = choice.pick(ints), choice.pick(floats)
        rows = [
            f"cints[{self.int_(0)} % 8] = {self.small()}", f"{i} = cints[{self.int_(0)} % 8]", f"cints[{self.int_(0)} % 9 - 1] = {self.int_(0)} & 255",
            f"{i} = cints[{i} % 8] + cints[7 - {i} % 8]", f"cdoubles[{self.int_(0)} % 6] = {self.float_(1)}", f"{f} = cdoubles[{self.int_(0)} % 6]",
            f"cbytes[{self.int_(0)} % 16] = {self.int_(0)} & {choice.pick(['255', '511'])}", f"{i} = cbytes[{self.int_(0)} % 16]",
            f"cnode.wide = {self.int_(1)} % 2**63", f"{i} = cnode.wide % 10007", f"cnode.tag = {self.small()}", f"{i} = cnode.tag", f"cnode.small += 1",
            f"cnode.real = {self.float_(0)}", f"{f} = cnode.real", f"cnode.pair.a = {self.small()}", f"{i} = cnode.pair.a ^ 5", f"cnode.pair.b += {self.float_(0)}",
            f"{f} = cnode.pair.b", f"{i} = (cints + {choice.below(4)})[{self.int_(0)} % 4]", f"{i} = ffi.new('int *', {self.small()})[0]",
            f"cpair = ffi.new('struct pair *', [{self.small()}, {self.float_(0)}]); {i} = cpair.a; {f} = cpair.b",
            f"cpair = ffi.new('struct pair *'); cpair.a = {self.small()}; {i} = cpair.a - 1",
            f"cword.i = {self.small()}; {i} = cword.bytes[{choice.below(4)}]", f"cword.f = {self.float_(0)}; {i} = cword.i",
            f"{i} = sum(cints)", f"{i} = len(cints) + {choice.below(5)}", f"for {i} in cints: {f} += {i}", f"cints[1:4] = [{self.small()}, 2, 3]",
            f"{i} = (cints + 3) - cints", f"C.memset(cbytes, {self.int_(0)} & 255, {choice.below(16)})", f"C.qsort(cints, 8, 4, by_value)",
            f"cnode.next = cnode; {i} = cnode.next.next.tag", f"cnode.next = ffi.NULL; {i} = int(cnode.next == ffi.NULL)",
            f"{i} = ffi.cast('int *', cbytes)[{choice.below(4)}]", f"{i} = len(ffi.string(ffi.new('char[]', {self.str_(0)}.encode().replace(b'\\0', b'.'))))",
            f"{i} = C.strcmp({self.str_(0)}.encode().replace(b'\\0', b'.'), b'ab') > 0",
        ]
        self.line(choice.pick(rows))

    def foreign_loop(self):
        choice, trips = self.choice, self.trip_count()
        if not trips:
            return
        self.scope.count += 1
        name = f"{self.scope.prefix}c{self.scope.count}"
        self.line(f"for {name} in range({trips}):")
        self.own_name("int", name)
        saved, self.trips = self.trips, self.trips * trips
        self.loops += 1
        self.indent += 1
        for _ in range(choice.between(1, 4)):
            choice.pick([self.foreign_call, self.foreign_data, self.foreign_data])()
        self.indent -= 1
        self.block(choice.between(1, 2), 1)
        self.loops -= 1
        self.trips = saved

    def foreign_error(self):
        self.line("try:")
        self.line("    " + self.choice.pick([
            f"C.abs({self.mix_(1)})", f"C.strlen({self.mix_(0)})", f"cints[{self.int_(0)}] = {self.mix_(0)}", f"cnode.tag = {self.int_(1)}",
            f"cnode.small = {self.mix_(0)}", f"C.abs(2**40 + {self.int_(0)})", f"cnode.pair.b = {self.mix_(0)}", f"cdoubles[{self.int_(0)} % 7] = {self.mix_(0)}",
            f"cnode.missing = {self.int_(0)}", f"C.fabs({self.mix_(0)})",
        ]))
        self.line("except (TypeError, OverflowError, IndexError, AttributeError) as error:")
        self.line("    " + ("show(error)" if self.trips < 60 else "pass"))
