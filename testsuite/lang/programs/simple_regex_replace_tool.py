"""A stream editor: s/, d, p commands with addresses over lines."""
import re
def sed(script, lines):
    cmds = []
    for part in script.split(";"):
        m = re.fullmatch(r"\s*(?:(\d+|\$|/[^/]*/)(?:,(\d+|\$|/[^/]*/))?)?(!)?\s*(s([/|])(.*?)\5(.*?)\5([gip\d]*)|[dpq=]|y/(\w+)/(\w+)/|[ai]\s*(.*))\s*", part)
        if not m: raise SyntaxError(part)
        cmds.append([*m.groups(), False])
    out, n = [], len(lines)
    def hit(a, i, line): return a == str(i) or a == "$" and i == n or a.startswith("/") and re.search(a[1:-1], line)
    for i, line in enumerate(lines, 1):
        after, keep = [], True
        for c in cmds:
            a, b, neg, cmd, _, old, new, flags, ya, yb, txt, active = c
            if a is None: on = True
            elif b is None: on = bool(hit(a, i, line))
            else:
                if not active and hit(a, i, line): c[-1] = on = True
                elif active: on = True; c[-1] = not hit(b, i, line)
                else: on = False
            if on == bool(neg): continue
            match cmd[0]:
                case "s":
                    f = re.I if "i" in flags else 0
                    num = re.search(r"\d+", flags)
                    if num:
                        k = [0]
                        def nth(m): k[0] += 1; return m.expand(new) if k[0] == int(num[0]) else m[0]
                        line = re.sub(old, nth, line, flags=f)
                    else: line = re.sub(old, new, line, count=0 if "g" in flags else 1, flags=f)
                case "d": keep = False; break
                case "p": out.append(line)
                case "=": out.append(str(i))
                case "y": line = line.translate(str.maketrans(ya, yb))
                case "a": after.append(txt)
                case "i": out.append(txt)
                case "q": return out + [line]
        if keep: out.append(line)
        out += after
    return out
text = ["one fish", "two fish", "red fish", "blue fish fish"]
for s in ["s/fish/cat/", "s/fish/cat/g", "2d", "2,3d", "/red/,$d", "2q", "$p", "s/(\\w+) (\\w+)/\\2 \\1/", "1!d", "/TWO/s/x/y/;s/FISH/cow/i", "y/aeiou/AEIOU/", "2a added;1i first", "s/fish/X/2", "/o/!s/f/F/", "=;d"]:
    print(s, sed(s, text))
# expect: s/fish/cat/ ['one cat', 'two cat', 'red cat', 'blue cat fish']
# expect: s/fish/cat/g ['one cat', 'two cat', 'red cat', 'blue cat cat']
# expect: 2d ['one fish', 'red fish', 'blue fish fish']
# expect: 2,3d ['one fish', 'blue fish fish']
# expect: /red/,$d ['one fish', 'two fish']
# expect: 2q ['one fish', 'two fish']
# expect: $p ['one fish', 'two fish', 'red fish', 'blue fish fish', 'blue fish fish']
# expect: s/(\w+) (\w+)/\2 \1/ ['fish one', 'fish two', 'fish red', 'fish blue fish']
# expect: 1!d ['one fish']
# expect: /TWO/s/x/y/;s/FISH/cow/i ['one cow', 'two cow', 'red cow', 'blue cow fish']
# expect: y/aeiou/AEIOU/ ['OnE fIsh', 'twO fIsh', 'rEd fIsh', 'blUE fIsh fIsh']
# expect: 2a added;1i first ['first', 'one fish', 'two fish', 'added', 'red fish', 'blue fish fish']
# expect: s/fish/X/2 ['one fish', 'two fish', 'red fish', 'blue fish X']
# expect: /o/!s/f/F/ ['one fish', 'two fish', 'red Fish', 'blue Fish fish']
# expect: =;d ['1', '2', '3', '4']
for bad in "x", "s/a/b", "5":
    try: sed(bad, text)
    except SyntaxError as e: print("SyntaxError", e)
# expect: SyntaxError x
# expect: SyntaxError s/a/b
# expect: SyntaxError 5
