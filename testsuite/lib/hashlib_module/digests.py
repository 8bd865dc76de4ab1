"""hashlib, hmac, zlib checksums."""
import hashlib, hmac, zlib
for name in "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s":
    h = hashlib.new(name, b"abc")
    print(name, h.hexdigest()[:32], h.digest_size, h.block_size, h.name)
# expect: md5 900150983cd24fb0d6963f7d28e17f72 16 64 md5
# expect: sha1 a9993e364706816aba3e25717850c26c 20 64 sha1
# expect: sha224 23097d223405d8228642a477bda255b3 28 64 sha224
# expect: sha256 ba7816bf8f01cfea414140de5dae2223 32 64 sha256
# expect: sha384 cb00753f45a35e8bb5a03d699ac65007 48 128 sha384
# expect: sha512 ddaf35a193617abacc417349ae204131 64 128 sha512
# expect: sha3_256 3a985da74fe225b2045c172d6bd390bd 32 136 sha3_256
# expect: blake2b ba80a53f981c4d0d6a2797b69f12f6e9 64 128 blake2b
# expect: blake2s 508c5e8c327c14e2e1a72ba34eeb452f 32 64 blake2s
h = hashlib.sha256()
h.update(b"a"); c = h.copy(); h.update(b"bc"); c.update(b"x")
print(h.hexdigest() == hashlib.sha256(b"abc").hexdigest(), c.digest()[:4], h.digest() == bytes.fromhex(h.hexdigest()), hashlib.shake_128(b"a").hexdigest(8), hashlib.blake2b(b"x", digest_size=4, key=b"k").hexdigest(), hashlib.pbkdf2_hmac("sha256", b"p", b"s", 10).hex()[:16], "sha256" in hashlib.algorithms_guaranteed)
# expect: True b'^\x857\x0e' True 85c8de88d28866bf 3e332a2e 1d6f1f7051b420b9 True
print(hmac.new(b"key", b"msg", "sha256").hexdigest()[:20], hmac.compare_digest("a", "a"), hmac.digest(b"k", b"m", "md5").hex(), zlib.crc32(b"abc"), zlib.adler32(b"abc"), zlib.decompress(zlib.compress(b"x" * 100)) == b"x" * 100)
# expect: 2d93cbc1be167bcb1637 True ed7e724d3a91554aaa2043041d9c5305 891568578 38600999 True
for call in lambda: hashlib.sha256("text"), lambda: hashlib.new("nope"), lambda: h.update(5), lambda: hmac.new("k", b""), lambda: zlib.decompress(b"bad"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: error
