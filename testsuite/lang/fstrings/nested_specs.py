"""Replacement fields inside format specifications."""
width, precision, value = 10, 3, 3.14159265
print(f"[{value:{width}.{precision}f}]", f"[{value:{width}}]", f"[{value:.{precision}}]")  # expect: [     3.142] [3.14159265] [3.14]
print(f"[{'x':{'*'}^{width}}]", f"[{'x':{'>'}{'5'}}]", f"[{42:{'#'}{'x'}}]")  # expect: [****x*****] [    x] [0x2a]
print(f"{value:{width}.{precision}{'e'}}", f"{value!r:{width + 5}}|")  # expect:  3.142e+00 3.14159265     |
spec = ">8"
print(f"{value:.{2}f}", f"{'s':{spec}}", "no")  # expect: 3.14        s no
class Spec:
    def __format__(self, spec):
        return f"<{spec}>"
print(f"{Spec()}", f"{Spec():abc}", f"{Spec():a{1}b{2!r}c}", f"{Spec()!s:>3}".endswith(">"), f"{Spec(): }|", "end")
# expect: <> <abc> <a1b2c> True < >| end
print(f"{Spec():%H:%M}", f"{Spec()::}", f"{Spec():a:b}")  # expect: <%H:%M> <:> <a:b>
