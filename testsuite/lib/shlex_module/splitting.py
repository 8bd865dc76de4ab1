"""shlex and fnmatch."""
import shlex, fnmatch, re
print(shlex.split("a 'b c' \"d e\\\" f\" g\\ h # not comment"), shlex.split("a # c", comments=True), shlex.split(""), shlex.split("''"), shlex.split("a'b'c"), shlex.split("x\\\ny"), shlex.split("a\tb\nc"), shlex.split(r"a\b", posix=False), shlex.split("'q'", posix=False), shlex.quote("it's"), shlex.quote(""), shlex.quote("safe-1.txt"), shlex.join(["a b", "c"]), list(shlex.shlex("x=1; y", punctuation_chars=True)), list(shlex.shlex("a,b 'c d' # x")))
# expect: ['a', 'b c', 'd e" f', 'g h', '#', 'not', 'comment'] ['a'] [] [''] ['abc'] ['x\ny'] ['a', 'b', 'c'] ['a\\b'] ["'q'"] 'it'"'"'s' '' safe-1.txt 'a b' c ['x=1', ';', 'y'] ['a', ',', 'b', "'c d'"]
for bad in "'open", '"x', "a\\":
    try:
        shlex.split(bad)
    except ValueError as error:
        print(error)
# expect: No closing quotation
# expect: No closing quotation
# expect: No escaped character
print(fnmatch.fnmatch("a.txt", "*.txt"), fnmatch.fnmatchcase("A.TXT", "*.txt"), fnmatch.filter(["a.py", "b.txt", "c.pyc"], "*.py?"), fnmatch.filter(["a1", "b2", "c3"], "[ab]?"), fnmatch.filter(["a", "b", "-"], "[!a]"), fnmatch.fnmatch("a/b", "*"), fnmatch.fnmatch("[", "["), fnmatch.fnmatch("", "*"), bool(re.match(fnmatch.translate("*.p[xy]"), "z.py")), bool(re.match(fnmatch.translate("a?c"), "abcd")))
# expect: True False ['c.pyc'] ['a1', 'b2'] ['b', '-'] True True True True False
try:
    shlex.quote(5)
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
