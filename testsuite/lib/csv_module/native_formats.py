"""csv: dialect options beside each other, errors in their turn, records over several lines, limits."""
import csv, io


def read(lines, **options):
    reader = csv.reader(lines, **options)
    records = []
    try:
        for record in reader:
            records.append(record)
    except (csv.Error, ValueError) as error:
        records.append(str(error))
    return records, reader.line_num


def write(*rows, **options):
    file = io.StringIO(newline="")
    writer = csv.writer(file, **options)
    for row in rows:
        try:
            writer.writerow(row)
        except csv.Error as error:
            file.write(f"<{error}>")
    return file.getvalue()


# Marks beyond ASCII, of which two begin with the same byte.
print(read(["ß1é2ßé3\n", "ßaßßbß\r\n"], delimiter="é", quotechar="ß"))  # expect: ([['1é2', '3'], ['aßb']], 2)
print(read(["a€,b,c\n"], escapechar="€"), read(["è,é"], delimiter="é"))  # expect: ([['a,b', 'c']], 1) ([['è,', '']], 1)
print(repr(write(["é", "è", 'ß"'], delimiter="é", quotechar="ß", lineterminator="è\n")))  # expect: 'ßéßéßèßéßßß"ßè\n'

# A record over lines, a line that ends within quotes, ends of lines without and with "\r".
print(read(['1,"two\n', 'three\r\n', 'four",5\r\n', "6\r", "7"]))  # expect: ([['1', 'two\nthree\r\nfour', '5'], ['6'], ['7']], 5)
print(read(['1,"two\n', "three"]), read(['"x'], strict=True), read(['"x"y,z'], strict=True))  # expect: ([['1', 'two\nthree']], 2) (['unexpected end of data'], 1) (['\',\' expected after \'"\''], 1)
print(read(["a\rb"]))  # expect: (["new-line character seen in unquoted field - do you need to open the file with newline=''?"], 1)

# Numbers are made when their field ends: before anything wrong behind them is seen.
print(read(['1,2.5,"3"', "x,4\r5"], quoting=csv.QUOTE_NONNUMERIC))  # expect: ([[1.0, 2.5, '3'], "could not convert string to float: 'x'"], 2)
print(read(['bad,"a\n', 'b"'], quoting=csv.QUOTE_NONNUMERIC))  # expect: (["could not convert string to float: 'bad'"], 1)
print(read(['1,,"",x'], quoting=csv.QUOTE_NOTNULL), read(['1,,"","x"'], quoting=csv.QUOTE_STRINGS))  # expect: ([['1', None, '', 'x']], 1) ([[1.0, None, '', 'x']], 1)
print(read(["a, b,  \"c\", "], skipinitialspace=True), read(['a"b,"c"d']))  # expect: ([['a', 'b', 'c', '']], 1) ([['a"b', 'cd']], 1)
print(read(['a\\\nb', "c"], escapechar="\\"), read(['"a"b"'], quoting=csv.QUOTE_NONE))  # expect: ([['a\nbc']], 2) ([['"a"b"']], 1)

# What must be protected depends on the dialect.
print(repr(write([""], ["", ""], [None], [" "], [])))  # expect: '""\r\n,\r\n""\r\n \r\n\r\n'
print(repr(write([""], ["a", ""], delimiter=" ", skipinitialspace=True)))  # expect: '""\r\na ""\r\n'
print(repr(write([None], [""], quoting=csv.QUOTE_NOTNULL)))  # expect: '<single empty field record must be quoted>""\r\n'
print(repr(write(["a", None], delimiter=" ", skipinitialspace=True, quoting=csv.QUOTE_STRINGS)))  # expect: '<empty field must be quoted if delimiter is a space and skipinitialspace is true>'
print(repr(write(['q"q', "a,b", "c\\d"], doublequote=False, escapechar="\\")))  # expect: 'q\\"q,"a,b",c\\\\d\r\n'
print(repr(write(['q"q'], doublequote=False)), repr(write(["a\nb"], quoting=csv.QUOTE_NONE)))  # expect: '<need to escape, but no escapechar set>' '<need to escape, but no escapechar set>'


class Number(float):
    def __str__(self):
        return "number"


class Text(str):
    def __str__(self):
        return "other"


class Shown:
    def __str__(self):
        return "sh,own"


print(repr(write([Number(1), Text("text"), Shown(), 1j, True], quoting=csv.QUOTE_NONNUMERIC)))  # expect: 'number,"text","sh,own",1j,True\r\n'

# The limit counts characters of one field.
old = csv.field_size_limit(3)
print(old, csv.field_size_limit(), read(["ééé,abc"]), read(["ab,éééé"]), read(['"a\n', 'b\n', 'c"']))  # expect: 131072 3 ([['ééé', 'abc']], 1) (['field larger than field limit (3)'], 1) (['field larger than field limit (3)'], 2)
csv.field_size_limit(old)
for bad in 1.5, "x":
    try:
        csv.field_size_limit(bad)
    except TypeError as error:
        print(error)
# expect: limit must be an integer
# expect: limit must be an integer


# Iterables that read from the reader they belong to.
def lines():
    yield "1,2\n"
    yield f'"{next(inner)[0]}\n'
    yield 'b",c\n'


inner = csv.reader(["x", "y"])
print(list(csv.reader(lines())))  # expect: [['1', '2'], ['x\nb', 'c']]


file = io.StringIO()
writer = csv.writer(file, lineterminator="|")
print(writer.writerow("ab"), writer.dialect.lineterminator)  # expect: 4 |
for kind in csv.reader, type(csv.reader([])), type(csv.writer(file)):
    print(getattr(kind, "__module__"), kind.__name__)
# expect: _csv reader
# expect: _csv reader
# expect: _csv writer
