"""assert statements."""
def error(source):
    try:
        exec(source)
        return "passed"
    except AssertionError as e:
        return repr(e)
print(error("assert True"))  # expect: passed
print(error("assert 0"))  # expect: AssertionError()
print(error("assert [], 'empty'"))  # expect: AssertionError('empty')
print(error("assert 1 == 2, (1, 2)"))  # expect: AssertionError((1, 2))
print(error("assert None, ValueError('v')"))  # expect: AssertionError(ValueError('v'))
print(error("assert 1, 1/0"))  # expect: passed
print(error("assert 'text', undefined"))  # expect: passed
log = []
def message():
    log.append("message")
    return "m"
assert 1, message()
try:
    assert 0, message()
except AssertionError as e:
    print(e, log)  # expect: m ['message']
AssertionError_ = AssertionError
AssertionError = KeyError
try:
    assert False
except AssertionError_ as e:
    print("builtin class is used", type(e).__name__)  # expect: builtin class is used AssertionError
print(__debug__)  # expect: True
