"""SQL over a table of characters, with functions and row handlers written in Python.

    sqlite.py [--no-times]

The system's SQLite is opened with cffi; nothing of the sqlite3 module is used. A few thousand Unicode characters with
their names are loaded; one query calls back into Python for every row it examines (a user-defined function), another
hands its rows to a Python callback.
"""
import argparse
import sys
import time
import unicodedata

from cffi import FFI

SQLITE_OK, SQLITE_ROW, SQLITE_DONE = 0, 100, 101
SQLITE_UTF8, SQLITE_DETERMINISTIC = 1, 0x800

# Blocks that no version of Unicode will change any more.
BLOCKS = [
    ("Latin", 0x0020, 0x024F), ("Greek", 0x0370, 0x03FF), ("Cyrillic", 0x0400, 0x04FF), ("Hebrew", 0x05D0, 0x05EA),
    ("Arrows", 0x2190, 0x21FF), ("Mathematics", 0x2200, 0x22FF), ("Boxes", 0x2500, 0x259F), ("Braille", 0x2800, 0x28FF),
    ("Kana", 0x3041, 0x3096), ("Hangul", 0xAC00, 0xB3FF), ("Emoticons", 0x1F600, 0x1F64F),
]

ffi = FFI()
ffi.cdef("""
    typedef struct sqlite3 sqlite3;
    typedef struct sqlite3_stmt sqlite3_stmt;
    typedef struct sqlite3_context sqlite3_context;
    typedef struct sqlite3_value sqlite3_value;
    typedef long long sqlite3_int64;

    const char *sqlite3_libversion(void);
    int sqlite3_open(const char *filename, sqlite3 **db);
    int sqlite3_close(sqlite3 *db);
    const char *sqlite3_errmsg(sqlite3 *db);
    int sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *data, char **error);

    int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int n, sqlite3_stmt **statement, const char **rest);
    int sqlite3_bind_int64(sqlite3_stmt *statement, int index, sqlite3_int64 value);
    int sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *text, int n, void *destructor);
    int sqlite3_step(sqlite3_stmt *statement);
    int sqlite3_reset(sqlite3_stmt *statement);
    int sqlite3_finalize(sqlite3_stmt *statement);
    int sqlite3_column_count(sqlite3_stmt *statement);
    int sqlite3_column_type(sqlite3_stmt *statement, int column);
    sqlite3_int64 sqlite3_column_int64(sqlite3_stmt *statement, int column);
    const unsigned char *sqlite3_column_text(sqlite3_stmt *statement, int column);

    int sqlite3_create_function_v2(sqlite3 *db, const char *name, int n_args, int encoding, void *data,
        void (*call)(sqlite3_context *, int, sqlite3_value **), void *step, void *final, void *destroy);
    const unsigned char *sqlite3_value_text(sqlite3_value *value);
    void sqlite3_result_int64(sqlite3_context *context, sqlite3_int64 value);
    void sqlite3_result_text(sqlite3_context *context, const char *text, int n, void *destructor);
""")
SQLITE_TRANSIENT = ffi.cast("void *", -1)       # SQLite copies the text before the call returns
SQLITE_INTEGER = 1


def open_sqlite():
    """The system's SQLite."""
    for name in ("libsqlite3.so.0", "libsqlite3.dylib", "sqlite3.dll"):
        try:
            return ffi.dlopen(name)
        except OSError:
            pass
    print("sqlite.py: SQLite is not installed; on Debian and Ubuntu: apt install libsqlite3-0", file=sys.stderr)
    sys.exit(3)


def text_of(pointer):
    return ffi.string(ffi.cast("const char *", pointer)).decode()


class Database:
    """A database in memory."""

    def __init__(self, lib):
        self.lib = lib
        self.kept = []          # what C points to must live as long as the database
        handle = ffi.new("sqlite3 **")
        self.check(lib.sqlite3_open(b":memory:", handle), handle[0])
        self.handle = handle[0]

    def check(self, status, handle=None):
        if status not in (SQLITE_OK, SQLITE_ROW, SQLITE_DONE):
            raise RuntimeError(text_of(self.lib.sqlite3_errmsg(handle or self.handle)))
        return status

    def close(self):
        self.check(self.lib.sqlite3_close(self.handle))

    def prepare(self, sql):
        statement = ffi.new("sqlite3_stmt **")
        self.check(self.lib.sqlite3_prepare_v2(self.handle, sql.encode(), -1, statement, ffi.NULL))
        return statement[0]

    def insert(self, sql, rows):
        """Run the statement once per row of (int or str) values."""
        lib = self.lib
        statement = self.prepare(sql)
        for row in rows:
            for index, value in enumerate(row, 1):
                if isinstance(value, int):
                    lib.sqlite3_bind_int64(statement, index, value)
                else:
                    text = value.encode()
                    lib.sqlite3_bind_text(statement, index, text, len(text), SQLITE_TRANSIENT)
            self.check(lib.sqlite3_step(statement))
            lib.sqlite3_reset(statement)
        lib.sqlite3_finalize(statement)

    def query(self, sql):
        """The rows as tuples."""
        lib = self.lib
        statement = self.prepare(sql)
        columns = range(lib.sqlite3_column_count(statement))
        while self.check(lib.sqlite3_step(statement)) == SQLITE_ROW:
            row = []
            for column in columns:
                if lib.sqlite3_column_type(statement, column) == SQLITE_INTEGER:
                    row.append(lib.sqlite3_column_int64(statement, column))
                else:
                    row.append(text_of(lib.sqlite3_column_text(statement, column)))
            yield tuple(row)
        lib.sqlite3_finalize(statement)

    def each(self, sql, action):
        """Call action(*texts) for every row; an exception in it ends the query and comes out here."""
        raised = []

        @ffi.callback("int(void *, int, char **, char **)", error=1, onerror=lambda kind, value, tb: raised.append(value))
        def row(data, n, values, names):
            action(*[text_of(values[i]) for i in range(n)])
            return 0

        status = self.lib.sqlite3_exec(self.handle, sql.encode(), row, ffi.NULL, ffi.NULL)
        if raised:
            raise raised[0]
        self.check(status)

    def define(self, name, function):
        """Make function(text) -> int or str callable in SQL."""
        lib = self.lib

        @ffi.callback("void(sqlite3_context *, int, sqlite3_value **)")
        def call(context, n, values):
            result = function(text_of(lib.sqlite3_value_text(values[0])))
            if isinstance(result, int):
                lib.sqlite3_result_int64(context, result)
            else:
                text = result.encode()
                lib.sqlite3_result_text(context, text, len(text), SQLITE_TRANSIENT)

        self.kept.append(call)
        self.check(lib.sqlite3_create_function_v2(
            self.handle, name.encode(), 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, ffi.NULL, call, ffi.NULL, ffi.NULL, ffi.NULL))


def characters():
    """(code point, character, name, block) of every named character of the blocks."""
    for block, first, last in BLOCKS:
        for code in range(first, last + 1):
            name = unicodedata.name(chr(code), "")
            if name:
                yield code, chr(code), name, block


def longest_word(name):
    return max(name.replace("-", " ").split(), key=len)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-times", action="store_true", help="leave out what differs from run to run")
    options = parser.parse_args()

    db = Database(open_sqlite())
    start = time.perf_counter()
    db.each("CREATE TABLE chars (code INTEGER PRIMARY KEY, char TEXT, name TEXT, block TEXT)", print)
    db.each("BEGIN", print)
    db.insert("INSERT INTO chars VALUES (?, ?, ?, ?)", characters())
    db.each("COMMIT", print)
    loaded = time.perf_counter()

    print("characters by block:")
    for block, n, first in db.query("SELECT block, count(*), min(code) FROM chars GROUP BY block ORDER BY 2 DESC, 1"):
        print("  %-12s %5d  from U+%04X" % (block, n, first))

    db.define("n_words", lambda name: len(name.split()))
    db.define("longest_word", longest_word)
    print("names of the most words:")
    for n, code, name in db.query("SELECT n_words(name), code, name FROM chars ORDER BY 1 DESC, 2 LIMIT 5"):
        print("  %d  U+%04X %s" % (n, code, name))
    print("longest words:")
    for word, n in db.query("SELECT longest_word(name) AS word, count(*) FROM chars GROUP BY word "
                            "ORDER BY length(word) DESC, word LIMIT 5"):
        print("  %-20s %4d" % (word, n))

    print("arrows that point both ways:")
    db.each("SELECT printf('U+%04X', code), char, name FROM chars WHERE name LIKE 'LEFT RIGHT%' ORDER BY code LIMIT 6",
            lambda *row: print("  " + " ".join(row)))

    try:
        list(db.query("SELECT name FROM nowhere"))
    except RuntimeError as error:
        print("a wrong query:", error)
    done = time.perf_counter()
    if not options.no_times:
        print("SQLite %s" % text_of(db.lib.sqlite3_libversion()))
        print("loading: %.1f ms, queries: %.1f ms" % ((loaded - start) * 1e3, (done - loaded) * 1e3))
    db.close()


if __name__ == "__main__":
    main()
