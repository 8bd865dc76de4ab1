"""logging to a stream in memory."""
import io, logging, sys
buf = io.StringIO()
log = logging.getLogger("app.sub")
h = logging.StreamHandler(buf)
h.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(funcName)s:%(message)s"))
log.addHandler(h)
log.setLevel(logging.INFO)
log.propagate = False
def f():
    log.debug("hidden")
    log.info("hello %s %d", "x", 5)
    log.warning("%(k)s", {"k": "dict"})
    log.log(35, "odd level")
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("failed")
f()
lines = buf.getvalue().splitlines()
print(lines[:4], lines[-1])
# expect: ['INFO:app.sub:f:hello x 5', 'WARNING:app.sub:f:dict', 'Level 35:app.sub:f:odd level', 'ERROR:app.sub:f:failed'] ZeroDivisionError: division by zero
print(log.isEnabledFor(10), log.getEffectiveLevel(), log.parent.name, logging.getLogger("app.sub") is log, logging.getLevelName(30), logging.getLevelName("ERROR"), log.hasHandlers(), log)
# expect: False 20 root True WARNING 40 True <Logger app.sub (INFO)>
class Collect(logging.Handler):
    def __init__(self): super().__init__(); self.records = []
    def emit(self, r): self.records.append(r)
c = Collect()
c.addFilter(lambda r: "skip" not in r.getMessage())
root = logging.getLogger("app")
root.addHandler(c)
log.propagate = True
log.error("kept", extra={"user": "u"})
log.error("skip me")
print([(r.getMessage(), r.levelno, r.user) for r in c.records], logging.Formatter("{message:>6}", style="{").format(c.records[0]), logging.Formatter("$levelname", style="$").format(c.records[0]))
# expect: [('kept', 40, 'u')]   kept ERROR
adapter = logging.LoggerAdapter(log, {"id": 7})
adapter.process("m", {})
for call in lambda: log.setLevel("NOPE"), lambda: logging.Formatter("%(x", style="?"), lambda: log.addFilter, lambda: logging.getLogger(5):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: TypeError
logging.disable(logging.CRITICAL)
log.critical("nothing")
print(len(c.records))  # expect: 1
