# The keys of RFC 6070, and some with other hashes.
import hashlib

for rounds, length in (1, 20), (2, 20), (3, 5):
    print(hashlib.pbkdf2_hmac("sha1", b"password", b"salt", rounds, length).hex())
# expect: 0c60c80f961f0e71f3a9b524af6012062fe037a6
# expect: ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957
# expect: 6b4e26125c
print(hashlib.pbkdf2_hmac("sha256", b"p" * 100, b"", 2).hex()[:32])  # expect: a532335e484429ef497011f9093f5866
print(len(hashlib.pbkdf2_hmac("sha512", b"p", b"s", 1)))  # expect: 64
