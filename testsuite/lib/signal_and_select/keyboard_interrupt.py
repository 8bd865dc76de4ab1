"""A signal interrupts Python code wherever it is: loops, recursion without loops, native code that calls back, sleep."""
# modes: no it is about time
import re, signal, sys, time
class Enough(Exception): pass
def alarm(signum, frame):
    raise KeyboardInterrupt
signal.signal(signal.SIGALRM, alarm)
def interrupted(work):
    signal.setitimer(signal.ITIMER_REAL, 0.03)
    try:
        work()
        return "finished"
    except KeyboardInterrupt:
        return "interrupted"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
def loop():
    while True:
        pass
print(interrupted(loop))  # expect: interrupted
def for_loop():
    for i in range(10**12):
        pass
print(interrupted(for_loop))  # expect: interrupted
def recursion(n=60):
    return n if n < 2 else recursion(n - 1) + recursion(n - 2)
print(interrupted(recursion))  # expect: interrupted
def methods():
    class T:
        def go(self, n): return n if n < 2 else self.go(n - 1) + self.go(n - 2)
    T().go(60)
print(interrupted(methods))  # expect: interrupted
def generator():
    def numbers():
        while True:
            yield 1
    for _ in numbers():
        pass
print(interrupted(generator))  # expect: interrupted
print(interrupted(lambda: [x for x in iter(int, 1)]))  # expect: interrupted
print(interrupted(lambda: sum(1 for _ in iter(int, 1))))  # expect: interrupted
print(interrupted(lambda: list(map(lambda x: None, iter(int, 1)))))  # expect: interrupted
def key_calls():
    def slow(x):
        return sorted(range(200000), key=lambda v: -v)
    sorted(range(100000), key=slow)
print(interrupted(key_calls))  # expect: interrupted
print(interrupted(lambda: re.match(r"(a+)+$", "a" * 40 + "b")))  # expect: interrupted
print(interrupted(lambda: time.sleep(30)))  # expect: interrupted
def swallow():
    while True:
        try:
            while True:
                pass
        except Exception:
            pass
print(interrupted(swallow))  # expect: interrupted
def cleanup():
    try:
        while True:
            pass
    finally:
        print("cleaned up")
print(interrupted(cleanup))
# expect: cleaned up
# expect: interrupted
