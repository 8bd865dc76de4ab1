"""What `hashlib` and `hmac` take from OpenSSL, of which Haft has none: key derivation, and that nothing else is here."""
from _haft_pbkdf2 import pbkdf2_hmac
from _operator import _compare_digest as compare_digest
from _sha2 import sha256 as openssl_sha256

openssl_md_meth_names = frozenset()


class UnsupportedDigestmodError(ValueError):
    pass


def new(name, string=b"", *, usedforsecurity=True):
    raise ValueError(f"unsupported hash type {name}")


def hmac_new(key, msg=b"", digestmod=None):
    raise UnsupportedDigestmodError(f"Unsupported digestmod {digestmod}")


def hmac_digest(key, msg, digest):
    raise UnsupportedDigestmodError(f"Unsupported digestmod {digest}")


def get_fips_mode():
    return 0
