"""threading.settrace and threading.settrace_all_threads."""
# modes: no threading takes minutes where every allocation collects
import sys
import threading

def callee():
    return 1

names = set()
def of_thread(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        names.add((threading.current_thread().name, frame.f_code.co_name))
threading.settrace(of_thread)
thread = threading.Thread(target=callee, name="traced")
thread.start()
thread.join()
threading.settrace(None)
print(names)

started, go = threading.Event(), threading.Event()
def waits():
    started.set()
    go.wait()
    callee()
names.clear()
thread = threading.Thread(target=waits, name="running")
thread.start()
started.wait()
threading.settrace_all_threads(of_thread)
go.set()
thread.join()
threading.settrace_all_threads(None)
print(("running", "callee") in names, sys.gettrace())
# expect: {('traced', 'callee')}
# expect: True None
