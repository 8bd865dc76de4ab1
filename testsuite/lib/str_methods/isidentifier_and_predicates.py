"""Character classes over scripts."""
samples = ["a", "Z", "é", "ß", "ª", "日", "٠", "²", "½", "Ⅷ", "_", "-", " ", "\u00a0", "\u2028", "\u200b", "😀", "ǅ", "ʰ", "\u0301", "\x85", "\x1f", "十"]
for c in samples:
    print(ascii(c), "".join(str(int(getattr(c, m)())) for m in ("isalpha", "isdecimal", "isdigit", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isprintable", "isidentifier", "isascii")))
# expect: 'a' 100010010111
# expect: 'Z' 100010101111
# expect: '\xe9' 100010010110
# expect: '\xdf' 100010010110
# expect: '\xaa' 100010010110
# expect: '\u65e5' 100010000110
# expect: '\u0660' 011110000100
# expect: '\xb2' 001110000100
# expect: '\xbd' 000110000100
# expect: '\u2167' 000110101110
# expect: '_' 000000000111
# expect: '-' 000000000101
# expect: ' ' 000001000101
# expect: '\xa0' 000001000000
# expect: '\u2028' 000001000000
# expect: '\u200b' 000000000000
# expect: '\U0001f600' 000000000100
# expect: '\u01c5' 100010001110
# expect: '\u02b0' 100010010110
# expect: '\u0301' 000000000100
# expect: '\x85' 000001000000
# expect: '\x1f' 000001000001
# expect: '\u5341' 100110000110
import unicodedata as u
print(u.name("é"), u.category("A"), u.numeric("½"), u.decimal("٣"), u.digit("²"), u.normalize("NFD", "é").encode(), u.normalize("NFC", "e\u0301") == "é", u.normalize("NFKC", "ﬁ²"), u.lookup("SNOWMAN"), u.bidirectional("א"), u.combining("\u0301"), u.east_asian_width("日"), u.mirrored("("), u.decomposition("é"), u.is_normalized("NFC", "é"), u.name("\x00", "none"), u.numeric("a", -1))
# expect: LATIN SMALL LETTER E WITH ACUTE Lu 0.5 3 2 b'e\xcc\x81' True fi2 ☃ R 230 W 1 0065 0301 True none -1
for call in lambda: u.name("\x00"), lambda: u.lookup("NOPE"), lambda: u.numeric("a"), lambda: u.normalize("X", "a"):
    try:
        call()
    except (ValueError, KeyError, TypeError) as error:
        print(type(error).__name__, error)
# expect: ValueError no such name
# expect: KeyError "undefined character name 'NOPE'"
# expect: ValueError not a numeric character
# expect: ValueError invalid normalization form
