"""Choices by seed: the same on every Python, which `random` does not promise."""

MASK = (1 << 64) - 1


class Choice:
    """A stream of choices (a 64-bit linear congruential generator, the high bits used)."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) & MASK
        for _ in range(4):
            self.below(2)

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & MASK
        return (self.state >> 33) % limit

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, rows):
        """One of `(weight, item)`."""
        place = self.below(sum(weight for weight, _ in rows))
        for weight, item in rows:
            place -= weight
            if place < 0:
                return item
        raise AssertionError("the weights are positive")
