"""json.loads."""
import json
print(json.loads('{"a": [1, -2.5e3, true, false, null, "\\u00e9\\n\\ud83d\\ude00"], "b": {}}'), json.loads("  5 "), json.loads('"x"'), json.loads("[]"), json.loads(b'[1]'), json.loads("NaN") != 0, json.loads("-Infinity"), json.loads("1E5"), json.loads("123456789012345678901234567890"), type(json.loads("-0")).__name__)
# expect: {'a': [1, -2500.0, True, False, None, 'é\n😀'], 'b': {}} 5 x [] [1] True -inf 100000.0 123456789012345678901234567890 int
print(json.loads('{"a": 1, "a": 2}'), json.loads('{"a": 1.10}', parse_float=str), json.loads("[1, 2]", parse_int=lambda s: int(s) * 10), json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)), json.loads('{"b": 1, "a": 2}', object_pairs_hook=list))
# expect: {'a': 2} {'a': '1.10'} [10, 20] ['a'] [('b', 1), ('a', 2)]
for text in "", "{", "[1,", "[1,]", "{'a': 1}", '{"a" 1}', '{"a": }', '{"a": 1,}', "[1 2]", "tru", "01", "1.", ".5", '"abc', '"\n"', '"\\x"', "[1] 2", "nul", '{"a": 1', "\ufeff1", '"\\u12"', "-", "+1", "{1: 2}":
    try:
        print(json.loads(text))
    except json.JSONDecodeError as error:
        print(repr(text), error)
# expect: '' Expecting value: line 1 column 1 (char 0)
# expect: '{' Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
# expect: '[1,' Expecting value: line 1 column 4 (char 3)
# expect: '[1,]' Illegal trailing comma before end of array: line 1 column 3 (char 2)
# expect: "{'a': 1}" Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
# expect: '{"a" 1}' Expecting ':' delimiter: line 1 column 6 (char 5)
# expect: '{"a": }' Expecting value: line 1 column 7 (char 6)
# expect: '{"a": 1,}' Illegal trailing comma before end of object: line 1 column 8 (char 7)
# expect: '[1 2]' Expecting ',' delimiter: line 1 column 4 (char 3)
# expect: 'tru' Expecting value: line 1 column 1 (char 0)
# expect: '01' Extra data: line 1 column 2 (char 1)
# expect: '1.' Extra data: line 1 column 2 (char 1)
# expect: '.5' Expecting value: line 1 column 1 (char 0)
# expect: '"abc' Unterminated string starting at: line 1 column 1 (char 0)
# expect: '"\n"' Invalid control character at: line 1 column 2 (char 1)
# expect: '"\\x"' Invalid \escape: line 1 column 2 (char 1)
# expect: '[1] 2' Extra data: line 1 column 5 (char 4)
# expect: 'nul' Expecting value: line 1 column 1 (char 0)
# expect: '{"a": 1' Expecting ',' delimiter: line 1 column 8 (char 7)
# expect: '\ufeff1' Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)
# expect: '"\\u12"' Invalid \uXXXX escape: line 1 column 3 (char 2)
# expect: '-' Expecting value: line 1 column 1 (char 0)
# expect: '+1' Expecting value: line 1 column 1 (char 0)
# expect: '{1: 2}' Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
try:
    json.loads('[\n  1,\n  x]')
except ValueError as error:
    print(error.msg, error.pos, error.lineno, error.colno, error.doc == '[\n  1,\n  x]')  # expect: Expecting value 9 3 3 True
for bad in 5, None:
    try:
        json.loads(bad)
    except TypeError as error:
        print(error)
# expect: the JSON object must be str, bytes or bytearray, not int
# expect: the JSON object must be str, bytes or bytearray, not NoneType
print(json.loads('"a\tb"', strict=False), json.JSONDecoder().raw_decode('[1, 2] tail'), json.loads(json.dumps([{"k": [None, {"x": "é"}]}])))
# expect: a	b ([1, 2], 6) [{'k': [None, {'x': 'é'}]}]
import io
f = io.StringIO()
json.dump({"x": [1, 2]}, f)
f.seek(0)
print(f.getvalue(), json.load(f))  # expect: {"x": [1, 2]} {'x': [1, 2]}
