"""A text adventure as a state machine driven by a script."""
class Room:
    def __init__(self, name, items=()): self.name, self.items, self.exits = name, list(items), {}
    def connect(self, direction, other, back):
        self.exits[direction] = other
        other.exits[back] = self
class Game:
    def __init__(self):
        hall, cave, vault = Room("hall", ["lamp"]), Room("cave", ["rock"]), Room("vault", ["gold"])
        hall.connect("north", cave, "south")
        cave.connect("east", vault, "west")
        self.room, self.bag, self.over, self.moves = hall, [], False, 0
    def do(self, line):
        verb, *args = line.split() or [""]
        handler = getattr(self, f"do_{verb}", None)
        if handler is None: return f"I do not know how to {verb!r}."
        try:
            return handler(*args)
        except TypeError:
            return f"{verb} what?"
    def do_go(self, direction):
        if direction not in self.room.exits: return "No way."
        target = self.room.exits[direction]
        if target.name == "cave" and "lamp" not in self.bag: return "Too dark."
        self.room, self.moves = target, self.moves + 1
        return self.do_look()
    def do_look(self):
        return f"You are in the {self.room.name}. " + (f"You see {', '.join(self.room.items)}." if self.room.items else "Nothing here.") + f" Exits: {' '.join(sorted(self.room.exits))}."
    def do_take(self, item):
        try:
            self.room.items.remove(item)
        except ValueError:
            return f"No {item} here."
        self.bag.append(item)
        if item == "gold":
            self.over = True
            return f"You win in {self.moves} moves!"
        return f"Taken: {item}."
    def do_drop(self, item):
        self.bag.remove(item)
        self.room.items.append(item)
        return "Dropped."
    def do_bag(self): return str(self.bag)
g = Game()
for line in ["look", "go north", "take lamp", "take lamp", "bag", "go", "go north", "dance", "go east", "drop lamp", "look", "take gold", "look"]:
    print(">", line)
    print(g.do(line))
    if g.over: break
# expect: > look
# expect: You are in the hall. You see lamp. Exits: north.
# expect: > go north
# expect: Too dark.
# expect: > take lamp
# expect: Taken: lamp.
# expect: > take lamp
# expect: No lamp here.
# expect: > bag
# expect: ['lamp']
# expect: > go
# expect: go what?
# expect: > go north
# expect: You are in the cave. You see rock. Exits: east south.
# expect: > dance
# expect: I do not know how to 'dance'.
# expect: > go east
# expect: You are in the vault. You see gold. Exits: west.
# expect: > drop lamp
# expect: Dropped.
# expect: > look
# expect: You are in the vault. You see gold, lamp. Exits: west.
# expect: > take gold
# expect: You win in 2 moves!
