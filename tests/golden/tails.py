"""Logarithms of tails of t, F, chi-square and of the incomplete beta function, to 50 digits with mpmath (Debian: python3-mpmath)
before they are rounded. Run from the repository root: python3 tests/golden/tails.py. R 4.2.2 agrees to 1e-12 of log p nearly
everywhere; its pf(150, 40, 1e5, log.p = TRUE) is off by 29."""
import itertools
import json
from mpmath import mp, mpf, betainc, gammainc, hyp2f1, beta, log, log1p, erfc, sqrt, inf, findroot, exp
import mpmath

mp.dps = 50


def log_beta_lower(x, y, a, b):
    """log I_x(a, b) by the power series of the hypergeometric function in the smaller of x and y, with more digits where 1 - I cancels."""
    def direct(x, y, a, b):
        return a * log(x) + b * log(y) - log(a) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b) + log(
            series(a + b, a + 1, x))
    if x <= 0.5:
        return direct(x, y, a, b)
    left = -mpmath.expm1(direct(y, x, b, a))
    if abs(left) > mpf(10) ** -20:
        return log(left)
    with mp.workdps(2500):
        return log(-mpmath.expm1(direct(y, 1 - y, b, a)))


def series(p, q, x):
    """2F1(1, p; q; x), all terms positive."""
    term = total = mpf(1)
    least = mpf(10) ** -(mp.dps - 5)
    n = 0
    while term > total * least:
        term *= (p + n) / (q + n) * x
        total += term
        n += 1
    return total


def t_tail(t, df):
    t = mpf(t)
    if df is None:
        return log(erfc(t / sqrt(2)) / 2)
    df = mpf(df)
    if t < 0:
        return log1p(-exp(t_tail(-t, df)))
    if t == 0:
        return log(mpf(1) / 2)
    s = df + t * t
    return log_beta_lower(df / s, t * t / s, df / 2, mpf(1) / 2) - log(2)


def chi_tails(x, df):
    x, a = mpf(x) / 2, mpf(df) / 2
    upper = gammainc(a, x, inf, regularized=True)
    lower = gammainc(a, 0, x, regularized=True)
    return log(upper), log(lower)


def f_tails(f, d1, d2):
    f, d1 = mpf(f), mpf(d1)
    if d2 is None:
        return chi_tails(f * d1, d1)
    d2 = mpf(d2)
    s = d2 + d1 * f
    return log_beta_lower(d2 / s, d1 * f / s, d2 / 2, d1 / 2), log_beta_lower(d1 * f / s, d2 / s, d1 / 2, d2 / 2)


def rows(function, *lists):
    out = []
    for values in itertools.product(*lists):
        result = function(*values)
        result = result if isinstance(result, tuple) else (result,)
        out.append(list(values) + [float(mpmath.nstr(r, 17)) for r in result])
    return out


json.dump({
    "made": {"mpmath": mpmath.__version__},
    "t": rows(t_tail, [-40, -3, -0.7, 0, 1e-6, 0.3, 1, 1.7320508, 2.5, 6, 15, 38], [0.6, 1, 2, 3.7, 9, 30, 150.5, 4000, 120000, None]),
    "f": rows(f_tails, [1e-8, 1e-3, 0.2, 0.9, 1, 1.3, 4, 20, 150], [1, 2, 3, 7.5, 40], [0.8, 3, 7, 25.3, 400, 1e5, None]),
    "chi": rows(chi_tails, [1e-9, 0.01, 0.5, 1, 3, 11, 40, 200, 1300, 40000], [1, 2, 3, 5, 12.5, 60, 900]),
    "beta": rows(lambda x, a, b: log_beta_lower(mpf(x), 1 - mpf(x), mpf(a), mpf(b)),
                 [1e-12, 0.003, 0.25, 0.5, 0.8125], [0.3, 0.5, 1, 4, 20, 1500], [0.5, 1, 3.2, 90, 20000]),
}, open("tests/golden/tails.json", "w"), separators=(",", ":"))
