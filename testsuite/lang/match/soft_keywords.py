"""match, case, type and _ are ordinary names elsewhere."""
match = 5
case = [1, 2]
type = "t"
print(match, case, type)  # expect: 5 [1, 2] t
match = match + 1
print(match * 2, case[0])  # expect: 12 1
def case(match): return match(3)
print(case(lambda match: match + 1))  # expect: 4
class match:
    case = "attribute"
    def match(self): return self.case
print(match.case, match().match())  # expect: attribute attribute
None
0
_ = "kept"
match 1:
    case _: print(_)  # expect: kept
match = {"x": [1]}
match match:
    case {"x": [case]}: print(case)  # expect: 1
match match["x"]:
    case [1]: print("subscript subject")  # expect: subscript subject
match -1:
    case -1: print("negative subject")  # expect: negative subject
match (1):
    case 1: print("parenthesised")  # expect: parenthesised
match [1][0], :
    case 1, : print("tuple of one")  # expect: tuple of one
match not True:
    case False: print("not")  # expect: not
match lambda: 1:
    case f: print(f())  # expect: 1
match {}:
    case {}: print("dict subject")  # expect: dict subject
