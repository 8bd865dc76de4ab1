"""difflib."""
import difflib
a, b = "one\ntwo\nthree\nfour\n".splitlines(True), "one\ntoo\nthree\nfive\nsix\n".splitlines(True)
print(*[l.rstrip() for l in difflib.unified_diff(a, b, "a", "b", lineterm="\n")], sep="\n")
# expect: --- a
# expect: +++ b
# expect: @@ -1,4 +1,5 @@
# expect:  one
# expect: -two
# expect: +too
# expect:  three
# expect: -four
# expect: +five
# expect: +six
print(*[repr(l) for l in difflib.ndiff(["ab\n", "c\n"], ["aB\n", "c\n"])], sep="\n")
# expect: '- ab\n'
# expect: '+ aB\n'
# expect: '  c\n'
s = difflib.SequenceMatcher(None, "abxcd", "abcd")
print(s.ratio(), s.quick_ratio(), [tuple(m) for m in s.get_matching_blocks()], s.get_opcodes(), s.find_longest_match(0, 5, 0, 4), difflib.SequenceMatcher(lambda c: c == " ", "a b", "ab").ratio())
# expect: 0.8888888888888888 0.8888888888888888 [(0, 0, 2), (3, 2, 2), (5, 4, 0)] [('equal', 0, 2, 0, 2), ('delete', 2, 3, 2, 2), ('equal', 3, 5, 2, 4)] Match(a=0, b=0, size=2) 0.8
print(difflib.get_close_matches("appel", ["ape", "apple", "peach"]), difflib.get_close_matches("x", ["y"]), difflib.get_close_matches("wheel", ["when", "well", "heel"], n=1, cutoff=0.5), list(difflib.restore(difflib.ndiff(["a\n"], ["b\n"]), 2)))
# expect: ['apple', 'ape'] [] ['heel'] ['b\n']
print(len(list(difflib.context_diff(a, b))), "".join(difflib.unified_diff(a, a)), difflib.IS_CHARACTER_JUNK(" "))  # expect: 14  True
