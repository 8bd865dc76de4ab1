"""Iteration through __getitem__ with 0, 1, 2, … until IndexError."""
class Seq:
    def __getitem__(self, i):
        print("get", i)
        if i >= 2:
            raise IndexError
        return i * 10
print(list(Seq()))
# expect: get 0
# expect: get 1
# expect: get 2
# expect: [0, 10]
print(10 in Seq())
# expect: get 0
# expect: get 1
# expect: True
a, b = Seq()
# expect: get 0
# expect: get 1
# expect: get 2
class Stops:
    def __getitem__(self, i):
        if i == 3:
            raise StopIteration
        return i
print(list(Stops()))  # expect: [0, 1, 2]
class Fails:
    def __getitem__(self, i):
        raise ValueError("not an end")
try:
    list(Fails())
except ValueError as error:
    print(error)  # expect: not an end
class Sized:
    data = "abc"
    def __len__(self):
        return len(self.data)
    def __getitem__(self, i):
        return self.data[i]
print(list(reversed(Sized())), sorted(Sized()), list(enumerate(Sized())), "c" in Sized(), iter(Sized()).__class__.__name__)
# expect: ['c', 'b', 'a'] ['a', 'b', 'c'] [(0, 'a'), (1, 'b'), (2, 'c')] True iterator
try:
    reversed(Seq())
except TypeError as error:
    print(error)  # expect: object of type 'Seq' has no len()
