"""SystemExit runs finally blocks and atexit functions."""
import atexit, sys
atexit.register(print, "registered first, runs last")
atexit.register(lambda: print("registered last, runs first"))
try:
    sys.exit("not shown: caught")
except SystemExit as e:
    print(repr(e), e.code)  # expect: SystemExit('not shown: caught') not shown: caught
try:
    try:
        exit_code = sys.exit
        exit_code(3)
    finally:
        print("finally")  # expect: finally
except BaseException as e:
    print(type(e).__name__, e.code, isinstance(e, Exception))  # expect: SystemExit 3 False
def g():
    try:
        yield
    except Exception:
        print("not for SystemExit")
sys.exit(0)
print("never")
# expect: registered last, runs first
# expect: registered first, runs last
