"""Callbacks from other threads, and callbacks kept or dropped."""
import gc, threading
from cffi import FFI
ffi = FFI()
log = []
cb = ffi.callback("int(int)", lambda n: log.append((n, threading.current_thread() is threading.main_thread())) or n * 2)
results = []
t = threading.Thread(target=lambda: results.append(cb(21)))
t.start()
t.join()
print(results, log)  # expect: [42] [(21, False)]
print(cb(1), log[-1])  # expect: 2 (1, True)
fs = [ffi.callback("int(int)", lambda n, k=k: n * 100 + k) for k in range(200)]
print(sum(f(1) for f in fs), fs[7](2))  # expect: 39900 207
del fs[::2]
gc.collect()
print(len(fs), fs[0](0), fs[-1](5))  # expect: 100 1 699
def deep(n):
    return 0 if n == 0 else 1 + step(n - 1)
step = ffi.callback("int(int)", deep)
print(step(50))  # expect: 50
holder = ffi.new("int(**)(int)")
holder[0] = cb
print(holder[0](4), holder[0] == cb)  # expect: 8 True
