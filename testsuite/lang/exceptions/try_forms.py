"""try / except / else / finally in all combinations."""
def f(x):
    log = []
    try:
        log.append("try")
        if x == "value": raise ValueError("v")
        if x == "key": raise KeyError("k")
        if x == "other": raise OSError("o")
    except ValueError as e:
        log.append(f"value {e}")
    except (KeyError, IndexError):
        log.append("lookup")
    except:
        log.append("bare")
    else:
        log.append("else")
    finally:
        log.append("finally")
    return log
for x in None, "value", "key", "other":
    print(f(x))
# expect: ['try', 'else', 'finally']
# expect: ['try', 'value v', 'finally']
# expect: ['try', 'lookup', 'finally']
# expect: ['try', 'bare', 'finally']
def order():
    try:
        raise KeyError
    except LookupError:
        return "first match wins"
    except KeyError:
        return "never"
print(order())  # expect: first match wins
def expression_evaluated_lazily():
    def boom():
        print("evaluated")
        return ValueError
    try:
        raise ValueError
    except KeyError:
        pass
    except boom():
        print("matched")
    try:
        pass
    except boom():
        pass
expression_evaluated_lazily()
# expect: evaluated
# expect: matched
for bad in 5, "x", int, (ValueError, 5):
    try:
        try:
            raise KeyError("original")
        except bad:
            pass
    except TypeError as e:
        print(e, "|", repr(e.__context__))
# expect: catching classes that do not inherit from BaseException is not allowed | KeyError('original')
# expect: catching classes that do not inherit from BaseException is not allowed | KeyError('original')
# expect: catching classes that do not inherit from BaseException is not allowed | KeyError('original')
# expect: catching classes that do not inherit from BaseException is not allowed | KeyError('original')
try:
    try:
        pass
    except 5:
        pass
    print("not checked without an exception")  # expect: not checked without an exception
finally:
    pass
