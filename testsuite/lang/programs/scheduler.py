"""A priority queue scheduler running generators as tasks."""
import heapq
from dataclasses import dataclass, field
from itertools import count
@dataclass(order=True)
class Task:
    when: float
    priority: int
    seq: int
    gen: object = field(compare=False)
    name: str = field(compare=False, default="")
class Scheduler:
    def __init__(self): self.queue, self.now, self.seq, self.log = [], 0.0, count(), []
    def spawn(self, gen, name, delay=0, priority=5): heapq.heappush(self.queue, Task(self.now + delay, priority, next(self.seq), gen, name))
    def run(self):
        while self.queue:
            t = heapq.heappop(self.queue)
            self.now = max(self.now, t.when)
            try:
                delay = t.gen.send(None)
            except StopIteration as stop:
                self.log.append((self.now, t.name, "done", stop.value))
            except Exception as error:
                self.log.append((self.now, t.name, "failed", repr(error)))
            else:
                self.log.append((self.now, t.name, "sleeps", delay))
                t.when, t.seq = self.now + delay, next(self.seq)
                heapq.heappush(self.queue, t)
s = Scheduler()
def ticker(n, step):
    for i in range(n): yield step
    return n * step
def failing():
    yield 1
    raise ValueError("crash")
def spawner():
    yield 0.5
    s.spawn(ticker(1, 0.25), "child", priority=1)
    return "spawned"
s.spawn(ticker(3, 1), "slow")
s.spawn(ticker(2, 0.5), "fast", priority=1)
s.spawn(failing(), "bad", delay=0.1)
s.spawn(spawner(), "parent")
s.run()
for entry in s.log: print(*entry)
# expect: 0.0 fast sleeps 0.5
# expect: 0.0 slow sleeps 1
# expect: 0.0 parent sleeps 0.5
# expect: 0.1 bad sleeps 1
# expect: 0.5 fast sleeps 0.5
# expect: 0.5 parent done spawned
# expect: 0.5 child sleeps 0.25
# expect: 0.75 child done 0.25
# expect: 1.0 fast done 1.0
# expect: 1.0 slow sleeps 1
# expect: 1.1 bad failed ValueError('crash')
# expect: 2.0 slow sleeps 1
# expect: 3.0 slow done 3
