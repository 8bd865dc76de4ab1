"""types: SimpleNamespace, MappingProxyType, FunctionType, dynamic classes."""
import types
n = types.SimpleNamespace(a=1, b="x")
n.c = [2]
print(n, n.a, n == types.SimpleNamespace(a=1, b="x", c=[2]), vars(n), types.SimpleNamespace(), types.SimpleNamespace({"k": 1}, j=2))
# expect: namespace(a=1, b='x', c=[2]) 1 True {'a': 1, 'b': 'x', 'c': [2]} namespace() namespace(k=1, j=2)
d = {"k": 1}
p = types.MappingProxyType(d)
d["n"] = 2
print(p, p["n"], len(p), "k" in p, p | {"z": 3}, p.copy(), list(p), p == d, p.get("q", 0))
# expect: {'k': 1, 'n': 2} 2 2 True {'k': 1, 'n': 2, 'z': 3} {'k': 1, 'n': 2} ['k', 'n'] True 0
for action in lambda: p.__setitem__("a", 1), lambda: types.MappingProxyType(5), lambda: types.MappingProxyType([1]), lambda: n.zz, lambda: types.SimpleNamespace(1), lambda: types.GenericAlias(), lambda: types.NoneType(1), lambda: types.FunctionType(5, {}), lambda: types.MethodType(5, 1), lambda: types.MethodType(len, None), lambda: types.CellType(1, 2), lambda: types.EllipsisType(1):
    try:
        action()
    except Exception as error:
        print(type(error).__name__)
# expect: AttributeError
# expect: TypeError
# expect: TypeError
# expect: AttributeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
f = types.FunctionType((lambda x: x + y).__code__, {"y": 10}, "made", None)
print(f(1), f.__name__, isinstance(f, types.LambdaType), types.MethodType(lambda self, k: self * k, 3)(4), types.CellType(5).cell_contents)
# expect: 11 made True 12 5
for obj, t in (len, types.BuiltinFunctionType), ([].append, types.BuiltinMethodType), (types, types.ModuleType), ((lambda: (yield))(), types.GeneratorType), (None, types.NoneType), (..., types.EllipsisType), (NotImplemented, types.NotImplementedType), (list[int], types.GenericAlias), (int | str, types.UnionType), (str.join, types.MethodDescriptorType), (int.__add__, types.WrapperDescriptorType), ((1).__add__, types.MethodWrapperType), (int.real, types.GetSetDescriptorType), (f.__code__, types.CodeType), (dict.__dict__["fromkeys"], types.ClassMethodDescriptorType):
    print(t.__name__ if t is not types.UnionType else "union", isinstance(obj, t))
# expect: builtin_function_or_method True
# expect: builtin_function_or_method True
# expect: module True
# expect: generator True
# expect: NoneType True
# expect: ellipsis True
# expect: NotImplementedType True
# expect: GenericAlias True
# expect: union True
# expect: method_descriptor True
# expect: wrapper_descriptor True
# expect: method-wrapper True
# expect: getset_descriptor True
# expect: code True
# expect: classmethod_descriptor True
class D:
    @types.DynamicClassAttribute
    def v(self): return "instance"
print(D().v)  # expect: instance
@types.coroutine
def co(): return (yield 1)
print(types.new_class("X", (), {}, lambda ns: ns.update(a=5)).a, types.prepare_class("Y")[2], types.get_original_bases(type("Z", (int,), {})), types.GenericAlias(list, (int,)) == list[int])
# expect: 5 {} (<class 'int'>,) True
