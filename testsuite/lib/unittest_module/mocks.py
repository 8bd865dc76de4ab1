"""unittest.mock."""
from unittest.mock import Mock, MagicMock, patch, call, ANY, sentinel
m = Mock(return_value=5)
print(m(1, k=2), m.called, m.call_count, m.call_args, m.call_args.args, m.mock_calls == [call(1, k=2)], m.assert_called_once_with(1, k=2))
# expect: 5 True 1 call(1, k=2) (1,) True None
m.method.return_value = "r"
print(m.method("x"), m.method.call_args_list, m.attr.deep is m.attr.deep)  # expect: r [call('x')] True
s = Mock(side_effect=[1, ValueError("second"), 3])
print(s())  # expect: 1
try:
    s()
except ValueError as error:
    print(error)  # expect: second
print(s(), Mock(side_effect=lambda x: x * 2)(4), Mock(spec=["a"]).a is not None)  # expect: 3 8 True
for action in lambda: s(), lambda: m.assert_called_with(2), lambda: Mock(spec=["a"]).b, lambda: Mock().assert_called(), lambda: m.assert_not_called():
    try:
        action()
    except (StopIteration, AssertionError, AttributeError) as error:
        print(type(error).__name__, repr(str(error).split("\n")[0]))
# expect: StopIteration ''
# expect: AssertionError 'expected call not found.'
# expect: AttributeError "Mock object has no attribute 'b'"
# expect: AssertionError "Expected 'mock' to have been called."
# expect: AssertionError "Expected 'mock' to not have been called. Called 1 times."
g = MagicMock()
g.__len__.return_value = 3
g.__getitem__.side_effect = lambda k: k.upper()
print(len(g), g["x"], bool(g), list(g), g.__str__.return_value is not None, int(g))  # expect: 3 X True [] True 1
with g as entered: print(entered is g.__enter__.return_value)  # expect: True
import os.path
with patch("os.path.exists", return_value="patched") as p: print(os.path.exists("/nowhere"), p.call_count)  # expect: patched 1
print(os.path.exists("/nowhere"))  # expect: False
class C:
    v = 1
    def f(self): return "real"
with patch.object(C, "f", return_value="fake"): print(C().f())  # expect: fake
@patch.object(C, "v", 99)
def t(): return C.v
print(t(), C.v, C().f(), sentinel.thing, ANY == 5)  # expect: 99 1 real sentinel.thing True
with patch.dict(os.environ, {"NEW_X": "1"}): print(os.environ["NEW_X"])  # expect: 1
print("NEW_X" in os.environ)  # expect: False
