"""Laws of split, join, partition, replace, find and slicing checked over many strings."""
import itertools
n = 0
for k in range(6):
    for t in itertools.product("ab,", repeat=k):
        s = "".join(t)
        assert ",".join(s.split(",")) == s
        assert len(s.split(",")) == s.count(",") + 1
        assert "".join(s.partition(",")) == s == "".join(s.rpartition(","))
        assert s.replace(",", "") == "".join(c for c in s if c != ",")
        assert s.find("ab") == (s.index("ab") if "ab" in s else -1)
        assert s[::-1][::-1] == s and s[:2] + s[2:] == s and s.upper().lower() == s
        assert s.split(",", 1)[0] == s.partition(",")[0] and s.rsplit(",", 1)[-1] == s.rpartition(",")[2]
        assert s.startswith("a") == (s[:1] == "a") and s.endswith("b") == (s[-1:] == "b")
        assert s.strip("a") == s.lstrip("a").rstrip("a") and s.center(9).strip() == s
        assert len(s.ljust(7, "-")) == max(7, len(s)) and s.zfill(3)[-len(s) or 3:] in (s, "000")
        assert sorted(s) == sorted(reversed(s)) and s.count("") == len(s) + 1
        assert s.encode().decode() == s and eval(repr(s)) == s and f"{s!s:>3}".strip() == s
        assert s.translate({97: "b", 98: "a"}).translate({97: "b", 98: "a"}) == s
        assert s.removeprefix("a") == (s[1:] if s[:1] == "a" else s) and s.splitlines() == ([s] if s else [])
        n += 1
print(n)  # expect: 364
for s in "x y  z", "\ta\n b ", "", "   ", "é 日 😀":
    print(s.split(), " ".join(s.split()), s.split(" "), len(s), s.strip() == s.lstrip().rstrip())
# expect: ['x', 'y', 'z'] x y z ['x', 'y', '', 'z'] 6 True
# expect: ['a', 'b'] a b ['\ta\n', 'b', ''] 6 True
# expect: []  [''] 0 True
# expect: []  ['', '', '', ''] 3 True
# expect: ['é', '日', '😀'] é 日 😀 ['é', '日', '😀'] 5 True
for s in "a\nb", "a\n", "\n\n", "a\r\nb\rc", "":
    print(s.splitlines(), s.splitlines(True), "".join(s.splitlines(True)) == s, s.split("\n"))
# expect: ['a', 'b'] ['a\n', 'b'] True ['a', 'b']
# expect: ['a'] ['a\n'] True ['a', '']
# expect: ['', ''] ['\n', '\n'] True ['', '', '']
# expect: ['a', 'b', 'c'] ['a\r\n', 'b\r', 'c'] True ['a\r', 'b\rc']
# expect: [] [] True ['']
