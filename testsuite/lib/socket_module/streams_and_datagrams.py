# modes: no it imports much and waits for other threads
"""Sockets of every kind: streams, datagrams, pairs, timeouts, passed descriptors, servers."""
import os, select, selectors, socket, socketserver, threading
listener = socket.create_server(("127.0.0.1", 0))
def serve():
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb") as stream:
        for line in stream:
            stream.write(line.upper())
            stream.flush()
thread = threading.Thread(target=serve)
thread.start()
with socket.create_connection(listener.getsockname(), timeout=5) as client:
    client.sendall(b"hello\nworld\n")
    client.shutdown(socket.SHUT_WR)
    data = b""
    while piece := client.recv(100):
        data += piece
    print(data, client.gettimeout(), client.family.name, client.type.name, client.proto)
thread.join()
listener.close()
print(listener)
a, b = socket.socketpair()
a.settimeout(0.01)
try:
    a.recv(1)
except TimeoutError as error:
    print(error, socket.timeout is TimeoutError)
a.setblocking(False)
try:
    a.recv(1)
except BlockingIOError as error:
    print(error.errno, a.gettimeout(), a.getblocking())
buffer = bytearray(6)
b.send(b"abc")
print(select.select([a], [a], [], 1)[0] == [a], a.recv_into(buffer), buffer, b.sendmsg([b"x", b"yz"]), a.recvmsg(10))
r, w = os.pipe()
socket.send_fds(a, [b"fd"], [w])
message, fds, flags, address = socket.recv_fds(b, 10, 2)
os.write(fds[0], b"through")
print(message, os.read(r, 10), flags, address)
for fd in r, w, *fds:
    os.close(fd)
fd = a.detach()
print(a.fileno(), fd > 2)
os.close(fd)
b.close()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as u:
    u.bind(("127.0.0.1", 0))
    print(u.sendto(b"datagram", u.getsockname()), u.recvfrom(100) == (b"datagram", u.getsockname()))
class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"got " + self.rfile.readline())
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answer) as server:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with socket.create_connection(server.server_address) as client:
        client.sendall(b"request\n")
        print(client.recv(100))
    server.shutdown()
    thread.join()
with selectors.DefaultSelector() as selector:
    a, b = socket.socketpair()
    selector.register(a, selectors.EVENT_READ, "data")
    b.send(b"1")
    print([(key.data, events) for key, events in selector.select(1)])
    a.close()
    b.close()
# expect: b'HELLO\nWORLD\n' 5.0 AF_INET SOCK_STREAM 6
# expect: <socket.socket [closed] fd=-1, family=2, type=1, proto=0>
# expect: timed out True
# expect: 11 0.0 False
# expect: True 3 bytearray(b'abc\x00\x00\x00') 3 (b'xyz', [], 0, None)
# expect: b'fd' b'through' 0 None
# expect: -1 True
# expect: 8 True
# expect: b'got request\n'
# expect: [('data', 1)]
