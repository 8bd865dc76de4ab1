# modes: no it imports much
"""ElementTree, minidom, SAX and what is built on them, over the native parser."""
import io, plistlib, xml.dom.minidom, xml.etree.ElementTree as ET, xml.sax, xmlrpc.client
tree = ET.fromstring('<r xmlns="u:d" xmlns:p="u:p"><p:e p:a="1" b="2">t<!-- c --><?pi x?></p:e><![CDATA[<raw>]]>&lt;&#65;&#x42;</r>')
print(tree.tag, tree[0].tag, tree[0].attrib, tree[0].tail, tree.find("p:e", {"p": "u:p"}).text)
print(ET.tostring(tree))
print([(event, e.tag) for event, e in ET.iterparse(io.BytesIO(b"<a><b>1</b><b>2</b></a>"), ("start", "end"))])
pull = ET.XMLPullParser(["end"])
pull.feed("<a><b/>")
print([e.tag for _, e in pull.read_events()])
pull.feed("</a>")
print([e.tag for _, e in pull.read_events()], ET.canonicalize("<a  z='1' b='2'><c/></a>"))
document = xml.dom.minidom.parseString('<!DOCTYPE r [<!ATTLIST r x CDATA "dflt"><!ENTITY e "ent &amp; more">]><r a="1"><k>v</k>&e;<!--c--></r>')
root = document.documentElement
print(root.getAttribute("x"), document.doctype.name, root.toxml())
class Handler(xml.sax.ContentHandler):
    def startElement(self, name, attributes):
        print("start", name, dict(attributes))
    def endElement(self, name):
        print("end", name)
xml.sax.parseString(b"<a q='1'>x\ny<b/></a>", Handler())
print(plistlib.loads(plistlib.dumps({"a": [1, 2.5, True, b"x", "s"]})), xmlrpc.client.loads(xmlrpc.client.dumps((1, "a", [True], {"k": 2.5}), "m")))
# expect: {u:d}r {u:p}e {'{u:p}a': '1', 'b': '2'} <raw><AB t
# expect: b'<ns0:r xmlns:ns0="u:d" xmlns:ns1="u:p"><ns1:e ns1:a="1" b="2">t</ns1:e>&lt;raw&gt;&lt;AB</ns0:r>'
# expect: [('start', 'a'), ('start', 'b'), ('end', 'b'), ('start', 'b'), ('end', 'b'), ('end', 'a')]
# expect: ['b']
# expect: ['a'] <a b="2" z="1"><c></c></a>
# expect:  r <r a="1"><k>v</k>ent &amp; more<!--c--></r>
# expect: start a {'q': '1'}
# expect: start b {}
# expect: end b
# expect: end a
# expect: {'a': [1, 2.5, True, b'x', 's']} ((1, 'a', [True], {'k': 2.5}), 'm')
