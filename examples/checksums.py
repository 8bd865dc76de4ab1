"""Checksums and compressed sizes of a whole folder, once in Python and once in C.

    checksums.py [--no-times] [DIR]

Every file below DIR is read; its CRC-32 is computed by a loop in Python and by zlib's `crc32` called through cffi, and
the two must agree. zlib's `compress2` says how small the file gets. Without DIR the sources of the running Python's own
standard library are taken.
"""
import argparse
import os
import sys
import time

from cffi import FFI

N_SHOWN = 8         # rows of the table: the largest files
LEVEL = 6           # zlib's usual compression level
Z_OK = 0

ffi = FFI()
ffi.cdef("""
    unsigned long crc32(unsigned long crc, const unsigned char *data, unsigned int n);
    unsigned long compressBound(unsigned long n);
    int compress2(unsigned char *to, unsigned long *n_to, const unsigned char *from, unsigned long n_from, int level);
    const char *zlibVersion(void);
""")


def open_zlib():
    """The system's zlib."""
    for name in ("libz.so.1", "libz.1.dylib", "zlib1.dll"):
        try:
            return ffi.dlopen(name)
        except OSError:
            pass
    print("checksums.py: zlib is not installed; on Debian and Ubuntu: apt install zlib1g", file=sys.stderr)
    sys.exit(3)


def make_table():
    """CRC-32 of every byte: the polynomial 0xEDB88320, bit by bit (RFC 1952, section 8)."""
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xEDB88320 if byte & 1 else 0)
        table.append(byte)
    return table


def crc32_in_python(data, table):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def compressed_size(zlib, data):
    n = ffi.new("unsigned long *", zlib.compressBound(len(data)))
    room = ffi.new("unsigned char[]", n[0])
    status = zlib.compress2(room, n, data, len(data), LEVEL)
    if status != Z_OK:
        raise RuntimeError("compress2 says %d" % status)
    return n[0]


def files_below(folder):
    """(name, content) of every file below the folder, sorted by name."""
    if not os.path.isdir(folder):
        print("checksums.py: no such folder: %s" % folder, file=sys.stderr)
        sys.exit(2)
    paths = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        paths += [os.path.join(parent, name) for name in names]
    for path in sorted(paths):
        with open(path, "rb") as file:
            yield os.path.relpath(path, folder), file.read()


def library_files():
    """(name, content) of the standard library's sources: Haft carries them, CPython has them in a folder."""
    try:
        import haft
    except ImportError:
        folder = os.path.dirname(os.__file__)
        apart = ("site-packages", "test", "tests", "idlelib", "tkinter", "turtledemo")
        for name, data in files_below(folder):
            if name.endswith(".py") and not set(name.split(os.sep)) & set(apart):
                yield name, data
    else:
        yield from haft.stdlib_files()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", metavar="DIR", help="the folder to read (default: the standard library)")
    parser.add_argument("--no-times", action="store_true", help="leave out what differs from run to run")
    options = parser.parse_args()

    zlib = open_zlib()
    table = make_table()
    rows = []
    n_bytes = n_compressed = n_different = 0
    python_time = c_time = 0.0
    for name, data in files_below(options.folder) if options.folder else library_files():
        start = time.perf_counter()
        crc = crc32_in_python(data, table)
        middle = time.perf_counter()
        crc_of_c = zlib.crc32(0, data, len(data))
        end = time.perf_counter()
        python_time += middle - start
        c_time += end - middle
        if crc != crc_of_c:
            n_different += 1
            print("%s: %08x in Python, %08x in C" % (name, crc, crc_of_c), file=sys.stderr)
        small = compressed_size(zlib, data)
        rows.append((len(data), name, crc, small))
        n_bytes += len(data)
        n_compressed += small

    print("%-32s %10s %10s %9s" % ("largest files", "bytes", "compressed", "CRC-32"))
    for size, name, crc, small in sorted(rows, key=lambda row: (-row[0], row[1]))[:N_SHOWN]:
        print("%-32s %10d %10d  %08x" % (name, size, small, crc))
    print("%-32s %10d %10d" % ("all %d files" % len(rows), n_bytes, n_compressed))
    if n_bytes:
        print("compressed to %.1f %%" % (100 * n_compressed / n_bytes))
    print("Python and C %s" % ("DISAGREE on %d files" % n_different if n_different else "agree on every checksum"))
    if not options.no_times:
        print("zlib %s" % ffi.string(zlib.zlibVersion()).decode())
        print("CRC-32 in Python: %8.1f ms" % (python_time * 1e3))
        print("CRC-32 in C:      %8.1f ms" % (c_time * 1e3))
    sys.exit(1 if n_different else 0)


if __name__ == "__main__":
    main()
