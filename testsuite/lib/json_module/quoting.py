# Strings are quoted and read back; bad ones are placed.
import json

for text in ('a"b\\', "\n\x01\x7f", "é€😀", "\ud800", "\u2028/"):
    for ascii_only in False, True:
        quoted = json.dumps(text, ensure_ascii=ascii_only)
        print(ascii(quoted), json.loads(quoted) == text)
# expect: '"a\\"b\\\\"' True
# expect: '"a\\"b\\\\"' True
# expect: '"\\n\\u0001\x7f"' True
# expect: '"\\n\\u0001\\u007f"' True
# expect: '"\xe9\u20ac\U0001f600"' True
# expect: '"\\u00e9\\u20ac\\ud83d\\ude00"' True
# expect: '"\ud800"' True
# expect: '"\\ud800"' True
# expect: '"\u2028/"' True
# expect: '"\\u2028/"' True
print(ascii(json.loads(r'"\ud83d\ude00 \ud83d \ude00 \/\b\f"')))  # expect: '\U0001f600 \ud83d \ude00 /\x08\x0c'
for document in ('"abc', '"a\n"', r'"\x"', r'"\u12g4"', '"\\', '["é", "\t"]', '{"a": "'):
    try:
        json.loads(document)
    except json.JSONDecodeError as error:
        print(error.msg, error.pos)
# expect: Unterminated string starting at 0
# expect: Invalid control character at 2
# expect: Invalid \escape 1
# expect: Invalid \uXXXX escape 2
# expect: Unterminated string starting at 0
# expect: Invalid control character at 7
# expect: Unterminated string starting at 6
