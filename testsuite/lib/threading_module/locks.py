"""threading: locks, events, locals, conditions, queues."""
import threading, queue
total = 0
lock = threading.Lock()
def work(n):
    global total
    for _ in range(n):
        with lock: total += 1
ts = [threading.Thread(target=work, args=(500,), name=f"t{i}") for i in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(total, ts[0].name, ts[0].is_alive(), threading.current_thread() is threading.main_thread(), threading.main_thread().name)
# expect: 2000 t0 False True MainThread
print(lock.acquire(), lock.acquire(blocking=False), lock.locked(), lock.release(), lock.acquire(timeout=0.01), lock.release())
# expect: True False True None True None
r = threading.RLock()
with r:
    with r: print("reentrant")  # expect: reentrant
for call in lambda: lock.release(), lambda: r.release(), lambda: ts[0].start(), lambda: threading.current_thread().join(), lambda: threading.Thread(target=work, bad=1), lambda: threading.Semaphore(-1), lambda: threading.Thread().join():
    try:
        call()
    except Exception as error:
        print(type(error).__name__)
# expect: RuntimeError
# expect: RuntimeError
# expect: RuntimeError
# expect: RuntimeError
# expect: TypeError
# expect: ValueError
# expect: RuntimeError
e = threading.Event()
out = []
t = threading.Thread(target=lambda: (e.wait(), out.append("woken")))
t.start(); print(e.is_set()); e.set(); t.join()  # expect: False
print(out, e.wait(0), e.clear(), e.wait(0.001))  # expect: ['woken'] True None False
local = threading.local()
local.x = "main"
seen = []
t = threading.Thread(target=lambda: seen.append(hasattr(local, "x")))
t.start(); t.join()
print(local.x, seen)  # expect: main [False]
q = queue.Queue(maxsize=2)
def produce():
    for i in range(5): q.put(i)
    q.put(None)
t = threading.Thread(target=produce, daemon=True)
t.start()
print(list(iter(q.get, None)), q.empty(), q.qsize())  # expect: [0, 1, 2, 3, 4] True 0
for call in lambda: q.get_nowait(), lambda: q.get(timeout=0.001), lambda: [q.put_nowait(i) for i in range(3)]:
    try:
        call()
    except (queue.Empty, queue.Full) as error:
        print(type(error).__name__)
# expect: Empty
# expect: Empty
# expect: Full
p = queue.PriorityQueue()
for x in 3, 1, 2: p.put(x)
l = queue.LifoQueue()
for x in 3, 1, 2: l.put(x)
print([p.get() for _ in range(3)], [l.get() for _ in range(3)])  # expect: [1, 2, 3] [2, 1, 3]
b = threading.Barrier(2)
order = []
t = threading.Thread(target=lambda: (order.append("a"), b.wait()))
t.start(); b.wait(); t.join()
print(order)  # expect: ['a']
errors = []
threading.excepthook = lambda a: errors.append(a.exc_type.__name__)
t = threading.Thread(target=lambda: 1 / 0)
t.start(); t.join()
print(errors)  # expect: ['ZeroDivisionError']
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(3) as ex:
    print(list(ex.map(lambda x: x * x, range(5))), ex.submit(pow, 2, 5).result(), type(ex.submit(lambda: {}["k"]).exception()).__name__)
    # expect: [0, 1, 4, 9, 16] 32 KeyError
