"""csv."""
import csv, io
rows = list(csv.reader(io.StringIO('a,b,c\n1,"x, y",3\n"q ""quoted""",,"line\nbreak"\n\n')))
print(rows)  # expect: [['a', 'b', 'c'], ['1', 'x, y', '3'], ['q "quoted"', '', 'line\nbreak'], []]
print(list(csv.reader(["a;b", "'x;y';z"], delimiter=";", quotechar="'")), list(csv.reader(["a\tb"], "excel-tab")), list(csv.reader(["a, b"], skipinitialspace=True)), list(csv.reader(['1,"a"'], quoting=csv.QUOTE_NONNUMERIC)), list(csv.reader(["a\\,b"], escapechar="\\")))
# expect: [['a', 'b'], ['x;y', 'z']] [['a', 'b']] [['a', 'b']] [[1.0, 'a']] [['a,b']]
d = csv.DictReader(io.StringIO("name,age\nAda,36\nBob\nCy,1,extra\n"), restkey="rest", restval="?")
print(d.fieldnames, list(d), d.line_num)
# expect: ['name', 'age'] [{'name': 'Ada', 'age': '36'}, {'name': 'Bob', 'age': '?'}, {'name': 'Cy', 'age': '1', 'rest': ['extra']}] 4
def w(rows, **kw):
    f = io.StringIO()
    csv.writer(f, **kw).writerows(rows)
    return f.getvalue()
print(repr(w([["a", 1, None, 2.5, 'q"', "x,y", "l\nb", ""]])), repr(w([["a", 1]], quoting=csv.QUOTE_ALL)), repr(w([["a", 1]], quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")), repr(w([["a,b"]], quoting=csv.QUOTE_NONE, escapechar="\\")), repr(w([["a'b"]], quotechar="'")), repr(w([[""], []])), repr(w([["x", None]], quoting=csv.QUOTE_NOTNULL)))
# expect: 'a,1,,2.5,"q""","x,y","l\nb",\r\n' '"a","1"\r\n' '"a",1\n' 'a\\,b\r\n' "'a''b'\r\n" '""\r\n\r\n' '"x",\r\n'
f = io.StringIO()
dw = csv.DictWriter(f, ["a", "b"], extrasaction="ignore", restval="-")
dw.writeheader(); dw.writerow({"a": 1, "z": 2}); dw.writerows([{"b": 3}])
print(f.getvalue().split("\r\n"))  # expect: ['a,b', '1,-', '-,3', '']
for call in lambda: w([["a,b"]], quoting=csv.QUOTE_NONE), lambda: csv.DictWriter(io.StringIO(), ["a"]).writerow({"z": 1}), lambda: list(csv.reader(['"a'], strict=True)), lambda: csv.writer(io.StringIO(), delimiter="ab"), lambda: w([5]), lambda: csv.reader([], "nope"), lambda: csv.writer(5), lambda: list(csv.reader([b"a"])), lambda: list(csv.reader(['"a"b'], strict=True)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: Error
# expect: ValueError
# expect: Error
# expect: TypeError
# expect: Error
# expect: Error
# expect: TypeError
# expect: Error
# expect: Error
print(csv.list_dialects(), csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter, csv.Sniffer().has_header("name,age\nA,1\nB,2\n"), csv.field_size_limit())
# expect: ['excel', 'excel-tab', 'unix'] ; True 131072
