"""Implicit concatenation and triple quotes."""
print("a" "b" 'c' """d""")  # expect: abcd
print("a" r"\b" f"{1}" "c")  # expect: a\b1c
print(("x"
       "y"  # comment between
       "z"))  # expect: xyz
text = """line 1
line 2 "quoted" ''
line 3\
 continued"""
print(text.count("\n"), repr(text))  # expect: 2 'line 1\nline 2 "quoted" \'\'\nline 3 continued'
print(repr(''''a'''), repr("""a\"""" ""))  # expect: "'a" 'a"'
print("a" "b".upper())  # expect: AB
print("ab" "" if True else "kept")  # expect: ab
print(b"a" b"\x01" rb"\x01")  # expect: b'a\x01\\x01'
try:
    eval("'a' b'b'")
except SyntaxError as error:
    print(error.msg)  # expect: cannot mix bytes and nonbytes literals
