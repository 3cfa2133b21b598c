"""A browser in words, from what it says of itself: enough to know one's own machines again, proof of nothing."""

from __future__ import annotations

from collections.abc import Sequence

# 先特殊后一般：国产浏览器和 Edge 也自称 Chrome，Chrome 也自称 Safari。
_BROWSERS = (
    ("edg", "Edge"),
    ("360se", "360浏览器"),
    ("360ee", "360浏览器"),
    ("qihu", "360浏览器"),
    ("qqbrowser", "QQ浏览器"),
    ("micromessenger", "微信"),
    ("uos", "统信浏览器"),
    ("firefox", "Firefox"),
    ("chrom", "Chrome"),
    ("safari", "Safari"),
)
_SYSTEMS = (
    ("harmony", "鸿蒙"),
    ("android", "安卓"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """``Windows，Chrome``; empty where neither is known."""
    said = user_agent[:1000].lower()
    return "，".join(word for word in (_first(_SYSTEMS, said), _first(_BROWSERS, said)) if word)


def _first(known: Sequence[tuple[str, str]], said: str) -> str:
    return next((words for sign, words in known if sign in said), "")
