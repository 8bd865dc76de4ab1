# Positions in text files: what `tell` gives `seek` takes back, in the middle of what a decoder has read as well.
import io

TEXTS = {"utf-8": "añ日😀\nzwei\r\ndrei\n", "utf-16": "añ日😀\nzwei\n", "utf-8-sig": "añ\nb\n", "utf-7": "a日ñ-b\ncd\n", "latin-1": "añb\nc\n"}
for encoding, text in TEXTS.items():
    raw = io.BytesIO(text.encode(encoding))
    file = io.TextIOWrapper(raw, encoding=encoding, newline="")
    places, rest = [], []
    while True:
        places.append(file.tell())
        if not file.read(1):
            break
    good = 0
    for place in reversed(places):
        file.seek(place)
        rest.append(file.read())
    good = all(text.endswith(part) for part in rest) and rest[-1] == text and rest[0] == ""
    print(encoding, len(places) == len(text) + 1, good)
# expect: utf-8 True True
# expect: utf-16 True True
# expect: utf-8-sig True True
# expect: utf-7 True True
# expect: latin-1 True True
file = io.TextIOWrapper(io.BytesIO(b"a\r\nb\r\nc"), encoding="ascii", newline=None)
print(file.read(2), file.tell() > 0)
# expect: a
# expect:  True
try:
    file.seek(1 << 170)
except (OverflowError, ValueError, OSError) as error:
    print(type(error).__name__)  # expect: OverflowError
