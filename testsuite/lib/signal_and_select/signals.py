"""signal handlers and selectors."""
import os, signal, selectors, socket
got = []
old = signal.signal(signal.SIGUSR1, lambda n, f: got.append(n))
os.kill(os.getpid(), signal.SIGUSR1)
for _ in range(1000):
    if got: break
print(got == [signal.SIGUSR1], signal.getsignal(signal.SIGUSR1) is not None, signal.Signals(2).name, signal.SIGINT.value, signal.strsignal(9) is not None)
# expect: True True SIGINT 2 True
def handler(n, f): raise TimeoutError("alarm")
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    while True: pass
except TimeoutError as error:
    print(error)  # expect: alarm
signal.signal(signal.SIGUSR1, old)
try:
    signal.signal(9, handler)
except OSError as error:
    print(type(error).__name__)  # expect: OSError
try:
    signal.signal(signal.SIGUSR1, 5.5)
except TypeError as error:
    print("TypeError")  # expect: TypeError
a, b = socket.socketpair()
s = selectors.DefaultSelector()
s.register(a, selectors.EVENT_READ, data="a")
print(s.select(0))  # expect: []
b.send(b"ping")
print([(k.data, m == selectors.EVENT_READ) for k, m in s.select(1)], a.recv(10))  # expect: [('a', True)] b'ping'
s.unregister(a)
a.close(); b.close()
None
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("KeyboardInterrupt")  # expect: KeyboardInterrupt
