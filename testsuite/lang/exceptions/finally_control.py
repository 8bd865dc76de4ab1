"""finally with return, break, continue and exceptions."""
import warnings
source = '''
def f1():
    try: return "try"
    finally: log.append("finally")
def f2():
    try: return "try"
    finally: return "finally wins"
def f3():
    try: raise ValueError
    finally: return "swallowed"
def f4():
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
            log.append(i)
        finally:
            log.append(f"f{i}")
    return "end"
def f5():
    while True:
        try: return "r"
        finally: break
    return "after break"
def f6():
    for i in range(2):
        try: raise KeyError
        finally: continue
    return "continued"
def f7():
    x = 1
    try: return x
    finally: x = 2
def f8():
    x = [1]
    try: return x
    finally: x.append(2)
def f9():
    try:
        try: raise ValueError("inner")
        finally: raise KeyError("outer")
    except KeyError as e: return repr(e.__context__)
def f10():
    try:
        try: return "inner"
        finally: log.append("a")
    finally: log.append("b")
def f11():
    try: 1 / 0
    except ZeroDivisionError: return "except"
    else: return "else"
    finally: log.append("z")
'''
warnings.simplefilter("ignore")
log = []
exec(source)
for f in f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11:
    print(f.__name__, f(), log)
    log.clear()
# expect: f1 try ['finally']
# expect: f2 finally wins []
# expect: f3 swallowed []
# expect: f4 end [0, 'f0', 'f1', 2, 'f2', 'f3']
# expect: f5 after break []
# expect: f6 continued []
# expect: f7 1 []
# expect: f8 [1, 2] []
# expect: f9 ValueError('inner') []
# expect: f10 inner ['a', 'b']
# expect: f11 except ['z']
