# modes: no it imports much
"""pyexpat: events, namespaces, declarations, and where a document is wrong."""
import xml.etree.ElementTree as ET
from xml.parsers import expat
for document in "<a>", "<a></b>", "", "<a b=c/>", "<a b='1' b='2'/>", "<a>&x;</a>", "<a/><b/>", "<a>\x01</a>", "x", "<a", "<a><b></a>", "<a>&#0;</a>", "<a x:y='1'/>", "<!-- -- --><a/>", "<a/><?xml version='1.0'?>", "<a>]]></a>", "<a><![CDATA[x</a>", " <?xml version='1.0'?><a/>", "<a\n b='<'/>", "<a>\n<b></a>":
    try:
        ET.fromstring(document)
    except ET.ParseError as error:
        print(error, error.code)
events = []
parser = expat.ParserCreate(namespace_separator=" ")
for name in "StartElement EndElement ProcessingInstruction CharacterData Comment StartCdataSection EndCdataSection StartDoctypeDecl EndDoctypeDecl ElementDecl AttlistDecl EntityDecl NotationDecl UnparsedEntityDecl XmlDecl StartNamespaceDecl EndNamespaceDecl".split():
    setattr(parser, name + "Handler", lambda *args, name=name: events.append((name, *args)))
parser.Parse('''<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<!DOCTYPE r PUBLIC "pub" "sys" [<!ELEMENT r (a|b)*><!ELEMENT a (#PCDATA|b)*><!ELEMENT b (c,(d?|e+))>
<!ATTLIST r x (p|q) "p" y ID #REQUIRED z NMTOKENS #FIXED " k  l "><!ENTITY e "val"><!ENTITY x SYSTEM "f">
<!ENTITY % pe "ppp"><!ENTITY u SYSTEM "g" NDATA n><!NOTATION n PUBLIC "np">]>
<r xmlns="u" xmlns:p="v" p:at="1">te\r\nxt&amp;&e;<p:a/><![CDATA[cd]]><?t d?><!--cm--></r>
''', True)
for event in events:
    print(event)
parser, out = expat.ParserCreate(), []
parser.buffer_text = parser.ordered_attributes = True
parser.StartElementHandler = lambda *args: out.append((parser.CurrentLineNumber, parser.CurrentColumnNumber, args))
parser.CharacterDataHandler = out.append
for piece in "<a x='1' y='2'>one\ntwo&lt;<b/></a>":
    parser.Parse(piece)
parser.Parse("", True)
print(out, expat.ErrorString(3), expat.errors.codes[expat.errors.XML_ERROR_SYNTAX])
def fail(*args):
    raise KeyError("from a handler")
parser = expat.ParserCreate()
parser.StartElementHandler = fail
try:
    parser.Parse("<a/>")
except KeyError as error:
    print(error)
for encoding, text in ("latin-1", "é"), ("utf-16", "ü"), ("cp1251", "я"):
    print(ET.fromstring(f"<?xml version='1.0' encoding='{encoding}'?><a>{text}</a>".encode(encoding)).text)
laughs = "".join(f"<!ENTITY {chr(98 + i)} '" + f"&{chr(97 + i)};" * 10 + "'>" for i in range(7))
try:
    ET.fromstring(f"<!DOCTYPE z [<!ENTITY a '{'x' * 100}'>{laughs}]><z>&h;</z>")
except ET.ParseError as error:
    print(str(error).split(":")[0])
# expect: no element found: line 1, column 3 3
# expect: mismatched tag: line 1, column 5 7
# expect: no element found: line 1, column 0 3
# expect: not well-formed (invalid token): line 1, column 5 4
# expect: duplicate attribute: line 1, column 9 8
# expect: undefined entity: line 1, column 3 11
# expect: junk after document element: line 1, column 4 9
# expect: not well-formed (invalid token): line 1, column 3 4
# expect: syntax error: line 1, column 0 2
# expect: unclosed token: line 1, column 0 5
# expect: mismatched tag: line 1, column 8 7
# expect: reference to invalid character number: line 1, column 3 14
# expect: unbound prefix: line 1, column 0 27
# expect: not well-formed (invalid token): line 1, column 7 4
# expect: junk after document element: line 1, column 4 9
# expect: not well-formed (invalid token): line 1, column 5 4
# expect: unclosed CDATA section: line 1, column 17 20
# expect: XML or text declaration not at start of entity: line 1, column 1 17
# expect: not well-formed (invalid token): line 2, column 4 4
# expect: mismatched tag: line 2, column 5 7
# expect: ('XmlDecl', '1.0', 'utf-8', 1)
# expect: ('StartDoctypeDecl', 'r', 'sys', 'pub', 1)
# expect: ('ElementDecl', 'r', (5, 2, None, ((4, 0, 'a', ()), (4, 0, 'b', ()))))
# expect: ('ElementDecl', 'a', (3, 2, None, ((4, 0, 'b', ()),)))
# expect: ('ElementDecl', 'b', (6, 0, None, ((4, 0, 'c', ()), (5, 0, None, ((4, 1, 'd', ()), (4, 3, 'e', ()))))))
# expect: ('AttlistDecl', 'r', 'x', '(p|q)', 'p', 0)
# expect: ('AttlistDecl', 'r', 'y', 'ID', None, 1)
# expect: ('AttlistDecl', 'r', 'z', 'NMTOKENS', 'k l', 1)
# expect: ('EntityDecl', 'e', 0, 'val', None, None, None, None)
# expect: ('EntityDecl', 'x', 0, None, None, 'f', None, None)
# expect: ('EntityDecl', 'pe', 1, 'ppp', None, None, None, None)
# expect: ('UnparsedEntityDecl', 'u', None, 'g', None, 'n')
# expect: ('NotationDecl', 'n', None, None, 'np')
# expect: ('EndDoctypeDecl',)
# expect: ('StartNamespaceDecl', None, 'u')
# expect: ('StartNamespaceDecl', 'p', 'v')
# expect: ('StartElement', 'u r', {'v at': '1', 'x': 'p', 'z': 'k l'})
# expect: ('CharacterData', 'te')
# expect: ('CharacterData', '\n')
# expect: ('CharacterData', 'xt')
# expect: ('CharacterData', '&')
# expect: ('CharacterData', 'val')
# expect: ('StartElement', 'v a', {})
# expect: ('EndElement', 'v a')
# expect: ('StartCdataSection',)
# expect: ('CharacterData', 'cd')
# expect: ('EndCdataSection',)
# expect: ('ProcessingInstruction', 't', 'd')
# expect: ('Comment', 'cm')
# expect: ('EndElement', 'u r')
# expect: ('EndNamespaceDecl', 'p')
# expect: ('EndNamespaceDecl', None)
# expect: [(1, 0, ('a', ['x', '1', 'y', '2'])), 'o', 'n', 'e', '\n', 't', 'w', 'o', '<', (2, 7, ('b', []))] no element found 2
# expect: 'from a handler'
# expect: é
# expect: ü
# expect: я
# expect: limit on input amplification factor (from DTD and entities) breached
