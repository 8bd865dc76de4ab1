"""open() in all modes."""
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "f.txt")
with open(path, "w", encoding="utf-8") as f:
    print(f.write("première\n"), f.writelines(["two\n", "three"]), f.tell(), f.mode, f.name == path, f.encoding, f.closed, f.readable())
    # expect: 9 None 19 w True utf-8 False False
print(f.closed)  # expect: True
with open(path, encoding="utf-8") as f:
    print(f.readline(), next(f), f.read(2), f.read(), f.read(), f.seek(0), f.readlines(), sep="|")
    # expect: première
    # expect: |two
    # expect: |th|ree||0|['première\n', 'two\n', 'three']
with open(path, "rb") as f: print(f.read(8), f.seek(-3, os.SEEK_END), f.read(), f.fileno() > 2)  # expect: b'premi\xc3\xa8r' 16 b'ree' True
with open(path, "r+") as f:
    f.write("P"); f.seek(0, 2); f.write("!")
with open(path, "a+") as f:
    f.write("\nlast"); f.seek(0)
    print(len(f.readlines()))  # expect: 4
with open(path, "ab") as f: f.write(b"\xff\n")
print(open(path, encoding="utf-8", errors="replace").read()[-2] == "\ufffd", open(path, encoding="latin-1").readlines()[-1])
# expect: True lastÿ
# expect:
for line in open(path, "rb"): last = line
print(last)  # expect: b'last\xff\n'
with open(path, "wb", buffering=0) as f: print(f.write(b"raw"), type(f).__name__)  # expect: 3 FileIO
with open(path, "x" if not os.path.exists(path) else "r") as f: print(f.read())  # expect: raw
for args in (path, "x"), ("/no/such/file",), (path, "q"), (path, "rw"), (path, "rb", -1, "utf-8"), (path, "b"), (path + "\0",), (None,), (path, "w", 0), (path, "rU"), (os.path.dirname(path),):
    try:
        open(*args)
        print("opened")
    except Exception as error:
        print(type(error).__name__)
# expect: FileExistsError
# expect: FileNotFoundError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: ValueError
# expect: ValueError
# expect: IsADirectoryError
f = open(path)
try:
    f.write("x")
except OSError as error:
    print(type(error).__name__, error)  # expect: UnsupportedOperation not writable
f.close(); f.close()
try:
    f.read()
except ValueError as error:
    print(error)  # expect: I/O operation on closed file.
with open(path, "w", newline="\r\n") as f: f.write("a\nb\n")
print(open(path, "rb").read(), open(path, newline="").read().encode(), open(path).read().encode(), os.path.getsize(path))
# expect: b'a\r\nb\r\n' b'a\r\nb\r\n' b'a\nb\n' 6
fd = os.open(path, os.O_RDONLY)
print(os.read(fd, 3), os.lseek(fd, 0, 0), os.fdopen(fd).read())
# expect: b'a\r\n' 0 a
# expect: b
# expect:
