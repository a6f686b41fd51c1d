"""An RSA key out of given bytes.

The key library cannot make a key from a seed, and a lesson's RS256 tokens must
be the same on every machine. For teaching benches only: without a seed the
library makes the key.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import count
from math import gcd

from cryptography.hazmat.primitives.asymmetric import rsa

EXPONENT = 65537
BITS = 1024
ROUNDS = 16
# Miller-Rabin rounds: at 1024 bits four already err less than once in 2^100
# (Damgård, Landrock and Pomerance, 1993).


def rsa_key(octets: Callable[[str], bytes]) -> rsa.RSAPrivateKey:
    """A 2048-bit key; the same bytes make the same key.

    Args:
        octets: Gives 128 bytes for a label.
    """
    p, q = _prime(octets("p")), _prime(octets("q"))
    d = pow(EXPONENT, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=rsa.rsa_crt_dmp1(d, p),
        dmq1=rsa.rsa_crt_dmq1(d, q),
        iqmp=rsa.rsa_crt_iqmp(p, q),
        public_numbers=rsa.RSAPublicNumbers(EXPONENT, p * q),
    )
    return numbers.private_key()


@lru_cache(maxsize=16)  # the same seed makes the same key on every fresh bench
def _prime(start: bytes) -> int:
    """The first fit prime at or above a number of 1024 bits."""
    first = int.from_bytes(start, "big") | (3 << (BITS - 2)) | 1
    fit = (n for n in count(first, 2) if gcd(n, _SMALL) == 1 == gcd(n - 1, EXPONENT))
    return next(filter(_probably_prime, fit))


def _probably_prime(n: int) -> bool:
    """Miller-Rabin with the first primes as bases, so that nothing is random."""
    twos = (n - 1 & -(n - 1)).bit_length() - 1
    odd = (n - 1) >> twos
    for base in _PRIMES[:ROUNDS]:
        x = pow(base, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = pow(x, 2, n)
            if x == n - 1:
                break
        else:
            return False
    return True


def _small_primes(limit: int) -> list[int]:
    return [n for n in range(2, limit) if all(n % d for d in range(2, int(n**0.5) + 1))]


_PRIMES = _small_primes(1000)
_SMALL = 1
for _each in _PRIMES:
    _SMALL *= _each
