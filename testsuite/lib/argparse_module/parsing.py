"""argparse: positionals, options, subcommands, errors."""
import argparse
p = argparse.ArgumentParser(prog="tool", description="d", exit_on_error=False)
p.add_argument("file")
p.add_argument("rest", nargs="*", type=int)
p.add_argument("-v", "--verbose", action="count", default=0)
p.add_argument("--level", type=int, choices=[1, 2, 3], default=1)
p.add_argument("--no-cache", dest="cache", action="store_false")
p.add_argument("-I", action="append", default=None)
p.add_argument("--pair", nargs=2, metavar=("A", "B"))
p.add_argument("--mode", choices=["fast", "slow"], const="fast", nargs="?")
p.add_argument("--color", action=argparse.BooleanOptionalAction)
n = p.parse_args(["f.txt", "1", "2", "-vv", "--level=3", "-Ia", "-I", "b", "--pair", "x", "y", "--no-color"])
print(n)  # expect: Namespace(file='f.txt', rest=[1, 2], verbose=2, level=3, cache=True, I=['a', 'b'], pair=['x', 'y'], mode=None, color=False)
print(vars(p.parse_args(["f", "--mode"])))
# expect: {'file': 'f', 'rest': [], 'verbose': 0, 'level': 1, 'cache': True, 'I': None, 'pair': None, 'mode': 'fast', 'color': None}
print(p.parse_known_args(["f", "--unknown=5"]), p.get_default("level"))
# expect: (Namespace(file='f', rest=[], verbose=0, level=1, cache=True, I=None, pair=None, mode=None, color=None), ['--unknown=5']) 1
def attempt(*args):
    try:
        print(p.parse_args(args))
    except argparse.ArgumentError as error:
        print("ArgumentError", error.argument_name)
    except SystemExit as error:
        print("exit", error.code)
attempt("f", "--level", "9")  # expect: ArgumentError --level
attempt("f", "--level", "x")  # expect: ArgumentError --level
attempt("f", "--pair", "1")  # expect: ArgumentError --pair
attempt("f", "--verb")  # expect: Namespace(file='f', rest=[], verbose=1, level=1, cache=True, I=None, pair=None, mode=None, color=None)
g = argparse.ArgumentParser(prog="git")
sub = g.add_subparsers(dest="cmd", required=True)
add = sub.add_parser("add", aliases=["a"])
add.add_argument("paths", nargs="+")
add.set_defaults(func=lambda a: f"adding {a.paths}")
log = sub.add_parser("log")
log.add_argument("-n", type=int, default=10)
x = g.parse_args(["add", "a.txt", "b.txt"])
print(x.func(x), x.cmd, g.parse_args(["log", "-n", "3"]))  # expect: adding ['a.txt', 'b.txt'] add Namespace(cmd='log', n=3)
m = argparse.ArgumentParser(prog="m")
e = m.add_mutually_exclusive_group()
e.add_argument("--a", action="store_true")
e.add_argument("--b", action="store_const", const=5)
print(m.parse_args(["--b"]), m.parse_args([]))  # expect: Namespace(a=False, b=5) Namespace(a=False, b=None)
ns = argparse.Namespace(x=1)
print(ns, ns == argparse.Namespace(x=1), "x" in ns)  # expect: Namespace(x=1) True True
