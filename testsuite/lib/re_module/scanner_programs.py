"""Small programs with regular expressions."""
import re
tokens = re.compile(r"\s*(?:(?P<num>\d+\.?\d*)|(?P<name>[A-Za-z_]\w*)|(?P<op>\*\*|[-+*/()=]))")
def scan(text):
    pos, out = 0, []
    while pos < len(text):
        m = tokens.match(text, pos)
        if not m: raise SyntaxError(f"bad character {text[pos]!r} at {pos}")
        out.append((m.lastgroup, m.group(m.lastgroup)))
        pos = m.end()
    return out
print(scan("x1 = 3.5*(y + 2)**2"))
# expect: [('name', 'x1'), ('op', '='), ('num', '3.5'), ('op', '*'), ('op', '('), ('name', 'y'), ('op', '+'), ('num', '2'), ('op', ')'), ('op', '**'), ('num', '2')]
try:
    scan("a ? b")
except SyntaxError as error:
    print(error)  # expect: bad character ' ' at 1
log = """10.0.0.1 - [10/Oct] "GET /a HTTP/1.1" 200 512
10.0.0.2 - [11/Oct] "POST /b?x=1 HTTP/1.0" 404 0
bad line"""
line = re.compile(r'(?P<ip>(?:\d{1,3}\.){3}\d{1,3}) - \[(?P<day>\d+)/(?P<month>\w{3})\] "(?P<verb>[A-Z]+) (?P<path>\S+) [^"]*" (?P<status>\d{3}) (?P<size>\d+)')
for l in log.splitlines():
    m = line.match(l)
    print({k: m[k] for k in ("ip", "verb", "path", "status")} if m else "no match")
# expect: {'ip': '10.0.0.1', 'verb': 'GET', 'path': '/a', 'status': '200'}
# expect: {'ip': '10.0.0.2', 'verb': 'POST', 'path': '/b?x=1', 'status': '404'}
# expect: no match
print(re.sub(r"\b(\w)(\w*)\b", lambda m: m[1].upper() + m[2].lower(), "hELLO big wORLD"))  # expect: Hello Big World
print(re.sub(r"(?<!^)(?=[A-Z])", "_", "someCamelCaseName").lower(), re.sub(r"_(\w)", lambda m: m[1].upper(), "snake_case_name"))
# expect: some_camel_case_name snakeCaseName
print(re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", "mail a.b+c@x-y.org, d@e.co.uk; bad@x"), re.sub(r"(\d)(?=(\d{3})+$)", r"\1,", "1234567"))
# expect: ['a.b+c@x-y.org', 'd@e.co.uk'] 1,234,567
template = "Dear {name}, you owe {amount:.2f} to {who}"
values = {"name": "Ada", "amount": 3.14159}
print(re.sub(r"\{(\w+)(?::([^}]*))?\}", lambda m: format(values[m[1]], m[2] or "") if m[1] in values else m[0], template))
# expect: Dear Ada, you owe 3.14 to {who}
print(bool(re.fullmatch(r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}", "192.168.1.255")), re.match(r"^(?=.*\d)(?=.*[a-z]).{4,}$", "ab1c") is not None, re.match(r"(x+x+)+y", "x" * 12) is None)
# expect: True True True
