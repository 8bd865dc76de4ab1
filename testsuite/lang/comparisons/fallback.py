"""Rich comparison falls back to the reflected method, then to identity."""
class A:
    def __eq__(self, other):
        print("A eq")
        return NotImplemented
    def __lt__(self, other):
        print("A lt")
        return NotImplemented
class B:
    def __eq__(self, other):
        print("B eq")
        return "B decided"
    def __gt__(self, other):
        print("B gt")
        return "B greater"
print(A() == B())
# expect: A eq
# expect: B eq
# expect: B decided
print(A() < B())
# expect: A lt
# expect: B gt
# expect: B greater
print(A() == 1)
# expect: A eq
# expect: False
print(A() != A())
# expect: A eq
# expect: A eq
# expect: True
try:
    A() < A()  # expect: A lt
except TypeError as error:
    print(error)  # expect: '<' not supported between instances of 'A' and 'A'
class Base:
    def __eq__(self, other):
        print("Base eq")
        return NotImplemented
class Derived(Base):
    def __eq__(self, other):
        print("Derived eq")
        return True
print(Base() == Derived())
# expect: Derived eq
# expect: True
print(Base() == Base())
# expect: Base eq
# expect: Base eq
# expect: False
class NE:
    def __eq__(self, other):
        return True
print(NE() != 1, NE() == 1, 1 != NE())  # expect: False True False
class Only:
    def __ne__(self, other):
        return "ne"
print(Only() != 1, Only() == 1)  # expect: ne False
