"""A template engine compiled to Python source."""
import re
class Template:
    def __init__(self, text):
        lines, depth = ["def render(ctx):", "    out = []"], 1
        for part in re.split(r"(\{\{.*?\}\}|\{%.*?%\})", text):
            pad = "    " * depth
            if part.startswith("{{"):
                expr, *filters = part[2:-2].strip().split("|")
                code = f"eval({expr!r}, dict(ctx))"
                for f in filters: code = f"FILTERS[{f!r}]({code})"
                lines.append(f"{pad}out.append(str({code}))")
            elif part.startswith("{%"):
                words = part[2:-2].split(None, 1)
                if words[0] == "end":
                    depth -= 1
                    if depth < 1: raise SyntaxError("unexpected end")
                elif words[0] == "else":
                    lines.append("    " * (depth - 1) + "else:")
                    lines.append(pad + "pass")
                elif words[0] == "if":
                    lines += [f"{pad}if eval({words[1].strip()!r}, dict(ctx)):", pad + "    pass"]
                    depth += 1
                elif words[0] == "for":
                    name, seq = words[1].strip().split(" in ")
                    lines += [f"{pad}for _i, _v in enumerate(eval({seq!r}, dict(ctx))):", f"{pad}    ctx = {{**ctx, {name!r}: _v, 'index': _i}}"]
                    depth += 1
                else: raise SyntaxError(f"unknown tag {words[0]}")
            elif part: lines.append(f"{pad}out.append({part!r})")
        if depth != 1: raise SyntaxError("missing end")
        lines.append("    return ''.join(out)")
        ns = {"FILTERS": {"upper": lambda v: str(v).upper(), "len": len, "rev": lambda v: v[::-1]}}
        exec("\n".join(lines), ns)
        self._render = ns["render"]
    def render(self, **ctx): return self._render(ctx)
print(Template("Hello {{ name|upper }}! {{ 1 + 2 }} {{ name|rev|upper }} {{ name|len }}").render(name="ada"))  # expect: Hello ADA! 3 ADA 3
print(Template("{% for x in xs %}{{ index }}:{% if x > 1 %}big {{ x }}{% else %}small{% end %};{% end %}").render(xs=[1, 2, 3]))
# expect: 0:small;1:big 2;2:big 3;
print(Template("{% for r in rows %}[{% for c in r %}{{ c }},{% end %}]{% end %}").render(rows=[[1, 2], [], [3]]))  # expect: [1,2,][][3,]
for bad in "{% for x in y %}", "{% end %}", "{% nope %}":
    try:
        Template(bad)
    except SyntaxError as error:
        print(error)
# expect: missing end
# expect: unexpected end
# expect: unknown tag nope
for t, ctx in ("{{ missing }}", {}), ("{{ 1/0 }}", {}), ("{{ x|nope }}", {"x": 1}):
    try:
        Template(t).render(**ctx)
    except Exception as error:
        print(type(error).__name__, error)
# expect: NameError name 'missing' is not defined
# expect: ZeroDivisionError division by zero
# expect: KeyError 'nope'
