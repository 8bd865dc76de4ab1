# modes: no it imports much and waits for other threads
"""Addresses and names as text and numbers; what is refused."""
import socket
print(socket.inet_aton("1.2.3.4"), socket.inet_aton("127.1"), socket.inet_ntoa(b"\x01\x02\x03\x04"), socket.inet_pton(socket.AF_INET6, "::1").hex(), socket.inet_ntop(socket.AF_INET6, bytes(10) + b"\xff\xff\1\2\3\4"))
print(socket.htons(1), socket.ntohl(1), socket.CMSG_LEN(4) > 4, socket.has_ipv6)
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM), socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
def tcp():
    return socket.socket()
for call in (
    lambda: socket.inet_aton("x"),
    lambda: socket.inet_pton(socket.AF_INET, "1.2.3"),
    lambda: socket.getaddrinfo("no such host", 1, flags=socket.AI_NUMERICHOST),
    lambda: tcp().connect(("127.0.0.1", 1)),
    lambda: tcp().connect("x"),
    lambda: tcp().connect(("127.0.0.1",)),
    lambda: tcp().bind(("127.0.0.1", 70000)),
    lambda: socket.socket(socket.AF_UNIX).connect("/nope"),
    lambda: socket.htons(-1),
    lambda: socket.htonl(2 ** 32),
    lambda: socket.socket(999),
    lambda: tcp().settimeout(-1),
    lambda: tcp().recv(-1),
    lambda: tcp().recv_into(bytearray(1), 5),
    lambda: tcp().send("x"),
    lambda: socket.socket(fileno=-1),
    lambda: tcp().getpeername(),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
# expect: b'\x01\x02\x03\x04' b'\x7f\x00\x00\x01' 1.2.3.4 00000000000000000000000000000001 ::ffff:1.2.3.4
# expect: 256 16777216 True True
# expect: [(<AddressFamily.AF_INET: 2>, <SocketKind.SOCK_STREAM: 1>, 6, '', ('127.0.0.1', 80))] ('127.0.0.1', '80')
# expect: OSError illegal IP address string passed to inet_aton
# expect: OSError illegal IP address string passed to inet_pton
# expect: gaierror [Errno -2] Name or service not known
# expect: ConnectionRefusedError [Errno 111] Connection refused
# expect: TypeError connect(): AF_INET address must be tuple, not str
# expect: TypeError AF_INET address must be a pair (host, port)
# expect: OverflowError bind(): port must be 0-65535.
# expect: FileNotFoundError [Errno 2] No such file or directory
# expect: OverflowError htons: can't convert negative Python int to C 16-bit unsigned integer
# expect: OverflowError int larger than 32 bits
# expect: OSError [Errno 97] Address family not supported by protocol
# expect: ValueError Timeout value out of range
# expect: ValueError negative buffersize in recv
# expect: ValueError buffer too small for requested bytes
# expect: TypeError a bytes-like object is required, not 'str'
# expect: ValueError negative file descriptor
# expect: OSError [Errno 107] Transport endpoint is not connected
