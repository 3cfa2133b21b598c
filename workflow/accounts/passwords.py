"""Passwords: argon2id, and the rules a new one must meet."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflow.errors import Refused


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """What no password was made into: 16 bytes of salt and 32 of hash, all zero, checked as long as any."""
    made = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${made}${'A' * 22}${'A' * 43}"


_HASHER = PasswordHasher()  # argon2id, the library's defaults (RFC 9106 low-memory profile)
# 对不存在的账号也算一次，使响应时间看不出账号是否存在。
_NOBODY = _hash_of_nobody(_HASHER)
MIN_LENGTH, MAX_LENGTH = 10, 200
_DISTINCT = 5
_COMMON = ("password", "12345678", "qwerty", "abc123", "88888888", "111111", "000000", "minzheng", "admin")


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return _HASHER.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; takes as long for nobody (None) as for somebody."""
    # 过长的、含非法字符的输入也照样算一次，再判为不符。
    typed = password[:MAX_LENGTH].encode("utf-8", "replace")
    try:
        return _HASHER.verify(stored or _NOBODY, typed) and stored is not None and len(password) <= MAX_LENGTH
    except (VerificationError, InvalidHashError):
        return False


def refuse_weak(password: str, username: str) -> None:
    """Raise Refused (``weak_password``) with every rule a new password breaks."""
    broken: list[str] = []
    if len(password) < MIN_LENGTH:
        broken.append(f"密码至少 {MIN_LENGTH} 位。")
    if len(password) > MAX_LENGTH:  # argon2 hashes any length; a limit keeps a request small
        broken.append(f"密码最多 {MAX_LENGTH} 位。")
    if not password.isprintable():
        broken.append("密码不能含有不可见的字符。")
    if len(set(password)) < _DISTINCT:
        broken.append(f"密码中不同的字符至少 {_DISTINCT} 个。")
    if sum(any(test(c) for c in password) for test in (str.isalpha, str.isdigit, lambda c: not c.isalnum())) < 2:  # noqa: PLR2004 - the rule the sentence below states
        broken.append("密码须同时含有字母、数字、符号中的至少两类。")
    if username.lower() in password.lower() or any(word in password.lower() for word in _COMMON):
        broken.append("密码不能含有用户名或常见弱密码。")
    if broken:
        raise Refused("weak_password", *broken)
