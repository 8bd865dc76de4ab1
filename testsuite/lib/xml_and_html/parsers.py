"""html.parser and xml.etree."""
from html.parser import HTMLParser
class P(HTMLParser):
    def __init__(self): super().__init__(); self.out = []
    def handle_starttag(self, t, a): self.out.append(("start", t, a))
    def handle_endtag(self, t): self.out.append(("end", t))
    def handle_data(self, d): self.out.append(("data", d))
    def handle_comment(self, c): self.out.append(("comment", c))
    def handle_decl(self, d): self.out.append(("decl", d))
p = P()
p.feed("<!DOCTYPE html><p class='a' id=x disabled>Hi &amp; <b>bold</b><br/><!-- c --></p>")
p.close()
for o in p.out: print(o)
# expect: ('decl', 'DOCTYPE html')
# expect: ('start', 'p', [('class', 'a'), ('id', 'x'), ('disabled', None)])
# expect: ('data', 'Hi & ')
# expect: ('start', 'b', [])
# expect: ('data', 'bold')
# expect: ('end', 'b')
# expect: ('start', 'br', [])
# expect: ('end', 'br')
# expect: ('comment', ' c ')
# expect: ('end', 'p')
import xml.etree.ElementTree as ET
r = ET.fromstring("<root a='1'><item n='x'>one</item><item n='y'>two<sub/></item>tail</root>")
print(r.tag, r.attrib, [(e.tag, e.text, e.get("n")) for e in r], r.find("item").text, len(r.findall(".//sub")), r.findtext("item[@n='y']"), len(r), r[1].tail)
# expect: root {'a': '1'} [('item', 'one', 'x'), ('item', 'two', 'y')] one 1 two 2 tail
e = ET.SubElement(r, "new", k="v<&")
e.text = "a & b"
r.remove(r[0])
print(ET.tostring(r), [x.tag for x in r.iter()], "".join(r.itertext()))
# expect: b'<root a="1"><item n="y">two<sub /></item>tail<new k="v&lt;&amp;">a &amp; b</new></root>' ['root', 'item', 'sub', 'new'] twotaila & b
ET.indent(r)
print(ET.tostring(r, encoding="unicode"))
# expect: <root a="1">
# expect:   <item n="y">two<sub />
# expect:   </item>tail<new k="v&lt;&amp;">a &amp; b</new>
# expect: </root>
for bad in "<a>", "<a></b>", "", "<a b=c/>":
    try:
        ET.fromstring(bad)
    except ET.ParseError as error:
        print(type(error).__name__)
# expect: ParseError
# expect: ParseError
# expect: ParseError
# expect: ParseError
