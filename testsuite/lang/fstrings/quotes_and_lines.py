"""Any token may stand inside a field: same quotes, backslashes, comments, line breaks."""
names = ["a", "b"]
print(f"{", ".join(names)}", f'{'x'}', f"{"\n".join(names)!r}")  # expect: a, b x 'a\nb'
print(f"{f"{f"{1 + 1}"}"}", f"{"{}".format(5)}", f"{'\\'}")  # expect: 2 5 \
print(f"{
    names[0]  # a comment
    + names[1]
}")  # expect: ab
print(f"{names[0]:{"<" + "4"}}|", f"{ {"k": "v"}["k"] }")  # expect: a   | v
print(f'''{
    1
    + 2
:>{
    5
}}''')  # expect:     3
print(f"{'a'
}b")  # expect: ab
