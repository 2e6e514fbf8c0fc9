"""Which passwords an account may have."""

from __future__ import annotations

from carers.domain.errors import RuleBroken

SHORTEST = 12
LONGEST = 200  # hashing a longer one is work for nothing
RULE = f"{SHORTEST} characters or more. Three words that have nothing to do with each other do well"
FEWEST_DIFFERENT = 5
COMMON = frozenset(  # what is tried first, of those that are long enough
    {
        "123456789012",
        "1234567890123",
        "1234567890ab",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "abcdefghijkl",
        "administrator",
        "changemenow1",
        "correct horse battery staple",
        "correcthorsebatterystaple",
        "iloveyou1234",
        "letmein12345",
        "password1234",
        "password12345",
        "password123!",
        "passwordpassword",
        "qwerty123456",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiop[]",
        "qwertyuiopasdf",
        "welcome12345",
    }
)


def check(password: str) -> None:
    """Raises RuleBroken where a password is too short, too long or among the first to be tried."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise RuleBroken(
            f"Password must be between {SHORTEST} and {LONGEST} characters", field="password"
        )
    typed = password.lower()
    if typed in COMMON or len(set(typed)) < FEWEST_DIFFERENT:
        sentence = "This password is among the first that are tried: choose another"
        raise RuleBroken(sentence, field="password")
