"""Number conversions: roman numerals, English words, change, calendars."""
def roman(n):
    out = ""
    for v, s in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()):
        out += s * (n // v)
        n %= v
    return out
def unroman(s):
    v = dict(I=1, V=5, X=10, L=50, C=100, D=500, M=1000)
    return sum(-v[a] if v[a] < v.get(b, 0) else v[a] for a, b in zip(s, s[1:] + " "))
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)], all(unroman(roman(n)) == n for n in range(1, 4000)))
# expect: ['I', 'IV', 'IX', 'XIV', 'XL', 'XC', 'CD', 'MCMXCIV', 'MMXXIV', 'MMMCMXCIX'] True
ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
def words(n):
    if n < 0: return "minus " + words(-n)
    if n < 20: return ones[n]
    if n < 100: return tens[n // 10] + ("-" + ones[n % 10] if n % 10 else "")
    for size, name in (10 ** 9, "billion"), (10 ** 6, "million"), (1000, "thousand"), (100, "hundred"):
        if n >= size: return words(n // size) + " " + name + (" " + words(n % size) if n % size else "")
for n in 0, 13, 42, 100, 999, 1001, -17, 1234567, 10 ** 9 + 1: print(n, words(n))
# expect: 0 zero
# expect: 13 thirteen
# expect: 42 forty-two
# expect: 100 one hundred
# expect: 999 nine hundred ninety-nine
# expect: 1001 one thousand one
# expect: -17 minus seventeen
# expect: 1234567 one million two hundred thirty-four thousand five hundred sixty-seven
# expect: 1000000001 one billion one
def change(amount, coins=(50, 20, 10, 5, 1)):
    ways = [1] + [0] * amount
    for c in coins:
        for a in range(c, amount + 1): ways[a] += ways[a - c]
    return ways[amount]
print(change(5), change(100), change(0), sum(len(words(n).replace("-", "").replace(" ", "")) for n in range(1, 100)))  # expect: 2 343 1 854
def luhn(s): return sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(reversed(s))) % 10 == 0
print(luhn("4539578763621486"), luhn("4539578763621487"), [n for n in range(1, 500) if n == sum(int(d) ** len(str(n)) for d in str(n))], [n for n in range(2, 500) if n == sum(d for d in range(1, n) if n % d == 0)])
# expect: True False [1, 2, 3, 4, 5, 6, 7, 8, 9, 153, 370, 371, 407] [6, 28, 496]
def collatz(n):
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
print(max(range(1, 1000), key=lambda n: sum(1 for _ in collatz(n))), [f"{w}{'FizzBuzz'[i:j] if i < j else ''}" if i < j else str(w) for w in range(1, 16) for i, j in [((w % 3 > 0) * 4, 8 - (w % 5 > 0) * 4)]])
# expect: 871 ['1', '2', '3Fizz', '4', '5Buzz', '6Fizz', '7', '8', '9Fizz', '10Buzz', '11', '12Fizz', '13', '14', '15FizzBuzz']
