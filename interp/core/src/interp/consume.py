# Built-in functions of an iterable, as they are when it is a generator, or a `map` or `filter` of a Python function: the loop
# is Python, so that it and the body of the generator or function become one compiled loop. Each does what the function written in Rust does. `original` is that function.


def sum(items, start=0):
    if type(start) is int:
        for item in items:
            start = start + item
            if type(item) is not int and type(item) is not bool:
                break
        else:
            return start
    if type(start) is float:
        # Compensated, as in CPython since 3.12: the error of each addition is found without a branch (Knuth's TwoSum).
        lost = 0.0
        for item in items:
            if type(item) is float:
                total = start + item
                rest = total - start
                lost = lost + ((start - (total - rest)) + (item - rest))
                start = total
            elif type(item) is int or type(item) is bool:
                start = start + item
            else:
                if lost != 0.0 and lost - lost == 0.0:
                    start = start + lost
                start = start + item
                break
        else:
            if lost != 0.0 and lost - lost == 0.0:
                return start + lost
            return start
    return original(items, start)


def any(items):
    for item in items:
        if item:
            return True
    return False


def all(items):
    for item in items:
        if not item:
            return False
    return True


def list(items):
    return [item for item in items]


def tuple(items):
    return original([item for item in items])


def set(items):
    return {item for item in items}


def min(items):
    for least in items:
        break
    else:
        return original(())
    for item in items:
        if item < least:
            least = item
    return least


def max(items):
    for most in items:
        break
    else:
        return original(())
    for item in items:
        if item > most:
            most = item
    return most


def join(text, items):
    return original(text, [item for item in items])


def sorted(items):
    return original([item for item in items])


# The same with a function of Python as `key`.


def min_by(items, /, *, key):
    items = iter(items)
    for least in items:
        break
    else:
        return original(())
    rank = key(least)
    for item in items:
        other = key(item)
        if other < rank:
            least = item
            rank = other
    return least


def max_by(items, /, *, key):
    items = iter(items)
    for most in items:
        break
    else:
        return original(())
    rank = key(most)
    for item in items:
        other = key(item)
        if other > rank:
            most = item
            rank = other
    return most


def sorted_by(items, /, *, key, reverse=False):
    items = copy(items)
    arrange(items, [key(item) for item in items], reverse)
    return items


def sort_by(items, /, *, key, reverse=False):
    # The list is empty meanwhile: what `key` does to it is an error, and lost.
    taken = take(items)
    try:
        arrange(taken, [key(item) for item in taken], reverse)
    except:
        give(items, taken)
        raise
    if give(items, taken):
        raise ValueError("list modified during sort")


def filtered(function, items):
    return (item for item in items if function(item))
