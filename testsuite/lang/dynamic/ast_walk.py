"""The ast module: parse, walk, transform, compile."""
import ast
source = "def f(a, b=2):\n    c = a * b + 1\n    return [c, f(a - 1)] if a else None\n"
tree = ast.parse(source)
print([type(n).__name__ for n in ast.walk(tree)][:8], sorted({n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}))
# expect: ['Module', 'FunctionDef', 'arguments', 'Assign', 'Return', 'arg', 'arg', 'Constant'] ['a', 'b', 'c', 'f']
class Double(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node) if isinstance(node.value, int) else node
class Calls(ast.NodeVisitor):
    def __init__(self): self.names = []
    def visit_Call(self, node):
        self.names.append(node.func.id)
        self.generic_visit(node)
v = Calls()
v.visit(ast.parse("a(b(1), c(d()))"))
print(v.names)  # expect: ['a', 'b', 'c', 'd']
t = Double().visit(ast.parse("x = 1 + 20"))
ns = {}
exec(compile(ast.fix_missing_locations(t), "t", "exec"), ns)
print(ns["x"], ast.unparse(t))  # expect: 42 x = 2 + 40
print(ast.unparse(tree))
# expect: def f(a, b=2):
# expect:     c = a * b + 1
# expect:     return [c, f(a - 1)] if a else None
print(ast.literal_eval("{'a': [1, 2.5, None, True, (3, -4j)], 'b': {1, 2}}") == {"a": [1, 2.5, None, True, (3, -4j)], "b": {1, 2}})  # expect: True
for bad in "a", "1 + 2", "f()", "[x]":
    try:
        print(ast.literal_eval(bad))
    except ValueError as error:
        print(str(error).split(":")[0])
# expect: malformed node or string on line 1
# expect: malformed node or string on line 1
# expect: malformed node or string on line 1
# expect: malformed node or string on line 1
n = ast.parse("a.b[1:2]", mode="eval").body
print(type(n).__name__, type(n.value).__name__, n.value.attr, type(n.slice).__name__, n.col_offset, n.end_col_offset)
# expect: Subscript Attribute b Slice 0 8
print(ast.dump(ast.parse("x + 1", mode="eval")), ast.get_docstring(ast.parse("'doc'\nx")))
# expect: Expression(body=BinOp(left=Name(id='x', ctx=Load()), op=Add(), right=Constant(value=1))) doc
