"""codecs: lookup, incremental coding, readers and writers."""
import codecs, io
print(codecs.lookup("UTF8").name, codecs.lookup("latin1").name, codecs.encode("abc", "rot13"), codecs.decode("nop", "rot_13"), codecs.encode(b"hi", "hex"), codecs.decode(b"6869", "hex"), codecs.encode(b"a" * 20, "zlib")[:2], codecs.escape_decode(b"a\\n")[0] if hasattr(codecs, "escape_decode") else "", codecs.BOM_UTF8)
# expect: utf-8 iso8859-1 nop abc b'6869' b'hi' b'x\x9c' b'a\n' b'\xef\xbb\xbf'
d = codecs.getincrementaldecoder("utf-8")()
print([d.decode(bytes([b])) for b in "é😀".encode()], repr(d.decode(b"", final=True)))  # expect: ['', 'é', '', '', '', '😀'] ''
e = codecs.getincrementalencoder("utf-16")()
print(e.encode("a"), e.encode("b"))  # expect: b'\xff\xfea\x00' b'b\x00'
try:
    d.decode(b"\xe2", final=True)
except UnicodeDecodeError as error:
    print(error.reason)  # expect: unexpected end of data
r = codecs.getreader("utf-8")(io.BytesIO("é\nz".encode()))
print(repr(r.read()))  # expect: 'é\nz'
w = io.BytesIO()
codecs.getwriter("utf-16-be")(w).write("hi")
print(w.getvalue(), list(codecs.iterdecode([b"\xc3", b"\xa9"], "utf-8")), list(codecs.iterencode(["a", "é"], "utf-8")))
# expect: b'\x00h\x00i' ['é'] [b'a', b'\xc3\xa9']
codecs.register_error("stars", lambda err: ("*" * (err.end - err.start), err.end))
print("aéüb".encode("ascii", "stars"), b"a\xff\xfeb".decode("ascii", "stars"), codecs.lookup_error("ignore").__name__)
# expect: b'a**b' a**b ignore_errors
for call in lambda: codecs.lookup("nope"), lambda: codecs.lookup_error("nope"), lambda: "a".encode("hex"), lambda: b"a".decode("rot13"), lambda: codecs.encode("é", "ascii"), lambda: codecs.decode(b"zz", "hex"):
    try:
        call()
    except Exception as error:
        print(type(error).__name__)
# expect: LookupError
# expect: LookupError
# expect: LookupError
# expect: LookupError
# expect: UnicodeEncodeError
# expect: Error
def bad(err): return 5
codecs.register_error("bad", bad)
try:
    "é".encode("ascii", "bad")
except TypeError as error:
    print(error)  # expect: encoding error handler must return (str/bytes, int) tuple
