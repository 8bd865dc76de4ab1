"""statistics."""
from statistics import *
from fractions import Fraction
from decimal import Decimal
d = [1, 2, 2, 3, 4, 7, 9]
print(mean(d), median(d), mode(d), median_low([1, 2, 3, 4]), median_high([1, 2, 3, 4]), median([1, 2, 3, 4]), multimode("aabbc"), variance(d), stdev(d), pvariance(d), pstdev(d), fmean(d), harmonic_mean([40, 60]), geometric_mean([54, 24, 36]), quantiles(d, n=4), median_grouped([1, 2, 2, 3]))
# expect: 4 3 2 2 3 2.5 ['a', 'b'] 8.666666666666666 2.943920288775949 7.428571428571429 2.7255405754769875 4.0 48.0 36.000000000000014 [2.0, 3.0, 7.0] 2.0
print(mean([Fraction(1, 2), Fraction(1, 3)]), mean([Decimal("0.5"), Decimal("0.25")]), mean([1, 2.5]), variance([Fraction(1, 2), Fraction(3, 2)]), mode("hello"), correlation([1, 2, 3], [2, 4, 6]), covariance([1, 2, 3], [1, 2, 4]), linear_regression([1, 2, 3], [3, 5, 7]), fmean([1, 2], [3, 1]), quantiles([1, 2, 3], n=2, method="inclusive"))
# expect: 5/12 0.375 1.75 1/2 l 1.0 1.5 LinearRegression(slope=2.0, intercept=1.0) 1.25 [2.0]
n = NormalDist(100, 15)
print(n, n.mean, n.stdev, round(n.cdf(115), 6), round(n.inv_cdf(0.5), 6), n + 5, n * 2, NormalDist.from_samples([1, 2, 3]), round(n.pdf(100), 6), round(n.zscore(130), 6), n.overlap(n))
# expect: NormalDist(mu=100.0, sigma=15.0) 100.0 15.0 0.841345 100.0 NormalDist(mu=105.0, sigma=15.0) NormalDist(mu=200.0, sigma=30.0) NormalDist(mu=2.0, sigma=1.0) 0.026596 2.0 1.0
for call in lambda: mean([]), lambda: median([]), lambda: mode([]), lambda: stdev([1]), lambda: mean(["a"]), lambda: quantiles([]), lambda: harmonic_mean([-1]), lambda: geometric_mean([0, -1]), lambda: NormalDist(0, -1), lambda: correlation([1], [1]), lambda: fmean([1], [1, 2]), lambda: multimode([]), lambda: mean(5):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: StatisticsError
# expect: StatisticsError
# expect: StatisticsError
# expect: StatisticsError
# expect: TypeError
# expect: StatisticsError
# expect: StatisticsError
# expect: StatisticsError
# expect: StatisticsError
# expect: StatisticsError
# expect: StatisticsError
# expect: []
# expect: TypeError
