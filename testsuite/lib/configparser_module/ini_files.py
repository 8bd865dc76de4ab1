"""configparser, tomllib, zlib-free text formats."""
import configparser, tomllib, io
c = configparser.ConfigParser()
c.read_string("""
[DEFAULT]
base = /home
retries: 3
[server]
host = %(base)s/srv
port = 8080
debug = yes
multi = a
  b
; comment
[empty]
""")
s = c["server"]
print(c.sections(), s["host"], s.getint("port"), s.getboolean("debug"), s["multi"], s.get("nope"), s.get("nope", "d"), c.get("server", "retries"), c.has_option("empty", "base"), list(c["empty"]), "server" in c, s["HOST"], c.getfloat("server", "port"))
# expect: ['server', 'empty'] /home/srv 8080 True a
# expect: b None d 3 True ['base', 'retries'] True /home/srv 8080.0
c["new"] = {"k": "v"}
c.set("new", "x", "1")
c.remove_section("empty")
out = io.StringIO()
c.write(out)
print(out.getvalue().strip().split("\n"))
# expect: ['[DEFAULT]', 'base = /home', 'retries = 3', '', '[server]', 'host = %(base)s/srv', 'port = 8080', 'debug = yes', 'multi = a', '\tb', '', '[new]', 'k = v', 'x = 1']
for call in lambda: c.get("zz", "a"), lambda: c.get("server", "zz"), lambda: c["zz"], lambda: s.getint("host"), lambda: c.set("new", "y", 5), lambda: c.add_section("new"), lambda: configparser.ConfigParser().read_string("no section"), lambda: configparser.ConfigParser().read_string("[a]\n[a]"), lambda: c.set("new", "p", "%(q"), lambda: configparser.ConfigParser().read_string("[a]\nx=1\nx=2"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: NoSectionError
# expect: NoOptionError
# expect: KeyError
# expect: ValueError
# expect: TypeError
# expect: DuplicateSectionError
# expect: MissingSectionHeaderError
# expect: DuplicateSectionError
# expect: ValueError
# expect: DuplicateOptionError
t = tomllib.loads("""
title = "x"
n = 1_000
f = 1.5
b = true
d = 2024-01-02
l = [1, 2, [3]]
[a.b]
k = 'raw\\n'
[[items]]
id = 1
[[items]]
id = 2
""")
print(t)
# expect: {'title': 'x', 'n': 1000, 'f': 1.5, 'b': True, 'd': datetime.date(2024, 1, 2), 'l': [1, 2, [3]], 'a': {'b': {'k': 'raw\\n'}}, 'items': [{'id': 1}, {'id': 2}]}
for bad in "a = ", "a = 1\na = 2", "[a]\n[a]", "= 1", "a = 'x":
    try:
        tomllib.loads(bad)
    except tomllib.TOMLDecodeError as error:
        print(type(error).__name__)
# expect: TOMLDecodeError
# expect: TOMLDecodeError
# expect: TOMLDecodeError
# expect: TOMLDecodeError
# expect: TOMLDecodeError
