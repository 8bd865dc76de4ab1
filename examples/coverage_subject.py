"""What examples/coverage.py is shown with."""
import sys


def classify(number):
    if number < 0:
        return "negative"
    for divisor in range(2, number):
        if number % divisor == 0:
            return "composite"
    return "prime"


for word in sys.argv[1:]:
    print(word, classify(int(word)))
