"""Arithmetic beyond a machine word."""
a = 2 ** 100
b = 3 ** 70
print(a)  # expect: 1267650600228229401496703205376
print(b)  # expect: 2503155504993241601315571986085849
print(a + b, a - b)  # expect: 2504423155593469830717068689291225 -2501887854393013371914075282880473
print(a * b)  # expect: 3173126578369279394610431020106175019306389315838160670214324224
print(b // a, b % a, divmod(-b, a))  # expect: 1974 813220142716762761079858673625 (-1975, 454430457511466640416844531751)
print(-b // a, -b % a, b // -a, b % -a)  # expect: -1975 454430457511466640416844531751 -1975 -454430457511466640416844531751
print(a // b, a % b == a)  # expect: 0 True
print((a * b) // b == a, a * b % b)  # expect: True 0
print((a + 1) // 10 ** 15, (a - 1) % 10 ** 15)  # expect: 1267650600228229 401496703205375
print(a - a, a - (a - 1), -a + a + 1)  # expect: 0 1 1
print(a == 2 ** 100, a < b, a > b, a != b, -a < a)  # expect: True True False True True
print(7 ** 77 % 10 ** 9, 7 ** 77 // 10 ** 60)  # expect: 287039207 118181
f = 1
for i in range(1, 31):
    f *= i
print(f)  # expect: 265252859812191058636308480000000
