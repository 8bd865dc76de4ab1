"""uuid, ipaddress, urllib.parse, html, keyword."""
import uuid, ipaddress, html, keyword
from urllib.parse import *
u = uuid.UUID("12345678-1234-5678-1234-567812345678")
print(u, u.hex, u.int, u.version, u.variant, u.urn, u.bytes[:2], uuid.UUID(int=5), uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "x"), u == uuid.UUID(u.hex), uuid.uuid4().version, u < uuid.UUID(int=2 ** 127), repr(u))
# expect: 12345678-1234-5678-1234-567812345678 12345678123456781234567812345678 24197857161011715162171839636988778104 None reserved for NCS compatibility urn:uuid:12345678-1234-5678-1234-567812345678 b'\x124' 00000000-0000-0000-0000-000000000005 886313e1-3b8a-5372-9b90-0c9aee199e5d 60a7f89c-e446-309c-8b4f-460bfdfd0dee True 4 True UUID('12345678-1234-5678-1234-567812345678')
print(urlparse("http://u:p@h.com:80/a/b;c?q=1&r=2#f"), urlsplit("//h/p").netloc, urljoin("http://a/b/c", "../d?e"), quote("a b/é&"), quote("/", safe=""), quote_plus("a b"), unquote("a%20b%C3%A9"), unquote_plus("a+b"), parse_qs("a=1&a=2&b="), parse_qsl("x=%20y"), urlencode({"a": 1, "b": "x y"}), urlencode([("k", [1, 2])], doseq=True), urlparse("http://h:80").port, urlunsplit(("http", "h", "/p", "q", "")), urldefrag("a#b").fragment)
# expect: ParseResult(scheme='http', netloc='u:p@h.com:80', path='/a/b', params='c', query='q=1&r=2', fragment='f') h http://a/d?e a%20b/%C3%A9%26 %2F a+b a bé a b {'a': ['1', '2']} [('x', ' y')] a=1&b=x+y k=1&k=2 80 http://h/p?q b
print(ipaddress.ip_address("192.168.0.1") + 1, ipaddress.ip_network("10.0.0.0/30").num_addresses, [str(a) for a in ipaddress.ip_network("10.0.0.0/30").hosts()], ipaddress.ip_address("::1").is_loopback, ipaddress.ip_address("10.1.1.1") in ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_address("2001:db8::1").exploded, int(ipaddress.ip_address("1.2.3.4")))
# expect: 192.168.0.2 4 ['10.0.0.1', '10.0.0.2'] True True 2001:0db8:0000:0000:0000:0000:0000:0001 16909060
print(html.escape("<a & 'b'>"), html.unescape("&lt;&eacute;&#65;&nope;"), keyword.iskeyword("for"), keyword.iskeyword("match"), keyword.issoftkeyword("match"), "async" in keyword.kwlist)
# expect: &lt;a &amp; &#x27;b&#x27;&gt; <éA&nope; True False True True
for call in lambda: uuid.UUID("x"), lambda: ipaddress.ip_address("1.2.3"), lambda: ipaddress.ip_network("10.0.0.1/8"), lambda: urlparse("http://h:x").port, lambda: uuid.UUID(), lambda: quote(5):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: TypeError
