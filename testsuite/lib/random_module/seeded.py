"""random with a fixed seed."""
import random
r = random.Random(42)
print(r.random(), r.random(), r.getrandbits(32), r.getrandbits(100), r.randrange(100), r.randrange(5, 50, 5), r.randint(1, 6), r.choice("abc"), r.uniform(1, 2))
# expect: 0.6394267984578837 0.025010755222666936 1181241943 882565121070403957190206503824 13 45 1 c 1.4219218196852705
l = list(range(10))
r.shuffle(l)
print(l, r.sample(range(100), 5), r.choices("abc", k=5), r.choices([1, 2], weights=[1, 9], k=6), r.choices("ab", cum_weights=[1, 2], k=3), r.sample("ab", counts=[3, 2], k=4))
# expect: [6, 7, 2, 9, 5, 4, 8, 3, 1, 0] [91, 83, 89, 69, 53] ['a', 'b', 'c', 'a', 'c'] [2, 2, 2, 2, 2, 1] ['a', 'b', 'b'] ['a', 'b', 'a', 'b']
print(r.gauss(0, 1), r.normalvariate(), r.expovariate(2), r.triangular(0, 1), r.betavariate(1, 2), r.gammavariate(2, 1), r.lognormvariate(0, 1), r.paretovariate(3), r.weibullvariate(1, 2), r.vonmisesvariate(0, 1), r.randbytes(5))
# expect: 0.9614890725302875 0.5233270166651023 0.48184810256342375 0.7370426843675739 0.46553857272261034 0.4874457380216582 0.3875087834063185 1.400148485186736 0.6736957992448189 5.664952449404779 b'I\x98\xc8\xef\xae'
state = r.getstate()
a = [r.random() for _ in range(3)]
r.setstate(state)
print(a == [r.random() for _ in range(3)], random.Random(1).random() == random.Random(1).random(), random.Random("text").random(), random.Random(b"b").random(), random.Random(1.5).random(), random.Random(2 ** 100).random(), random.Random(-5).random() == random.Random(5).random())
# expect: True True 0.8711565613554825 0.722813739778963 0.551763726942059 0.7586581712996778 True
random.seed(7)
print(random.random(), random.randint(1, 10 ** 20), random.randrange(10), random.getrandbits(0))
# expect: 0.32383276483316237 99516928332666899768 0 0
for call in lambda: r.choice([]), lambda: r.randrange(0), lambda: r.randint(5, 1), lambda: r.sample([1], 2), lambda: r.sample({1}, 1), lambda: r.randrange(1.5), lambda: r.choices([], k=1), lambda: r.choices("ab", weights=[1]), lambda: r.getrandbits(-1), lambda: r.choices("ab", [0, 0]), lambda: random.Random([]), lambda: r.shuffle("abc"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: IndexError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: IndexError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: TypeError
