# A class attribute in the place of a slot hides it from code that has used the slot before.
class Point:
    __slots__ = ("x", "y")

    def __init__(self):
        self.x, self.y = 1, 2


class Sub(Point):
    __slots__ = ()


def move(point):
    try:
        point.x = point.x + 1
        return point.x
    except AttributeError as error:
        return str(error)


point, sub = Point(), Sub()
for turn in range(30):
    move(point), move(sub)
print(move(point), move(sub))  # expect: 32 32
Sub.x = 7
print(move(sub))  # expect: 'Sub' object attribute 'x' is read-only
print(move(point))  # expect: 33
Point.x = 50
for turn in range(5):
    text = move(point)
print(text, point.x)  # expect: 'Point' object attribute 'x' is read-only 50
del Point.x
print(move(point))  # expect: 'Point' object has no attribute 'x'
del Sub.x
print(move(sub))  # expect: 'Sub' object has no attribute 'x'
try:
    point.x = 1
except AttributeError as error:
    print(error)  # expect: 'Point' object has no attribute 'x' and no __dict__ for setting new attributes
try:
    Point()
except AttributeError as error:
    print(error)  # expect: 'Point' object has no attribute 'x' and no __dict__ for setting new attributes
