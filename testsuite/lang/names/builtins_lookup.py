"""Global names come from the module, then from builtins."""
import builtins
print(len is builtins.len)  # expect: True
def len(x):
    return "mine"
print(len([]), builtins.len([]))  # expect: mine 0
del len
print(len([1]))  # expect: 1
builtins.injected = "from builtins"
print(injected)  # expect: from builtins
injected = "global wins"
print(injected)  # expect: global wins
del injected, builtins.injected
try:
    injected
except NameError as error:
    print(error)  # expect: name 'injected' is not defined
max = min
print(max(1, 2))  # expect: 1
del max
print(max(1, 2))  # expect: 2
def f():
    return sorted
sorted = list
print(f() is list)  # expect: True
del sorted
print(f() is builtins.sorted)  # expect: True
g = {"__builtins__": {"len": lambda x: "custom"}}
print(eval("len([])", g))  # expect: custom
try:
    eval("print(1)", g)
except NameError as error:
    print(error)  # expect: name 'print' is not defined
