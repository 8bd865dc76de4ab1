"""gzip, zlib, bz2, lzma, zipfile, tarfile in memory."""
import gzip, io, zlib
data = b"hello world " * 50
z = gzip.compress(data, mtime=0)
print(z[:2], len(z) < len(data), gzip.decompress(z) == data, zlib.decompress(zlib.compress(data, 9)) == data)  # expect: b'\x1f\x8b' True True True
c = zlib.compressobj()
parts = c.compress(data[:100]) + c.compress(data[100:]) + c.flush()
d = zlib.decompressobj()
print(d.decompress(parts + b"extra") == data, d.unused_data, d.eof)  # expect: True b'extra' True
f = io.BytesIO()
with gzip.open(f, "wt", encoding="utf-8") as g: g.write("é\nline\n")
f.seek(0)
print(gzip.open(f, "rt", encoding="utf-8").readlines())  # expect: ['é\n', 'line\n']
import zipfile
b = io.BytesIO()
with zipfile.ZipFile(b, "w", zipfile.ZIP_DEFLATED) as zf:
    zf.writestr("a.txt", "text a")
    zf.writestr("dir/b.txt", data)
with zipfile.ZipFile(b) as zf:
    print(zf.namelist(), zf.read("a.txt"), zf.getinfo("dir/b.txt").file_size, zf.testzip(), zipfile.is_zipfile(b))
    # expect: ['a.txt', 'dir/b.txt'] b'text a' 600 None True
    try:
        zf.read("nope")
    except KeyError as error:
        print(type(error).__name__)  # expect: KeyError
import tarfile
t = io.BytesIO()
with tarfile.open(fileobj=t, mode="w") as tf:
    i = tarfile.TarInfo("x/y.txt"); i.size = 5
    tf.addfile(i, io.BytesIO(b"12345"))
t.seek(0)
with tarfile.open(fileobj=t) as tf: print(tf.getnames(), tf.extractfile("x/y.txt").read())  # expect: ['x/y.txt'] b'12345'
for bad in lambda: gzip.decompress(b"xx"), lambda: zlib.decompress(b"xx"), lambda: zipfile.ZipFile(io.BytesIO(b"xx")), lambda: tarfile.open(fileobj=io.BytesIO(b"xx")):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__)
# expect: BadGzipFile
# expect: error
# expect: BadZipFile
# expect: ReadError
