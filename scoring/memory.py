"""Memory of a process that judges many counties: what the garbage collector leaves alone, and how often it looks."""

from __future__ import annotations

import gc

# 判定结果没有循环引用，用完即由引用计数释放；默认每 700 个对象看一遍，判一个省要多花三分之一的时间。
_OBJECTS_BETWEEN_LOOKS = 50_000


def tune_gc() -> None:
    """Call once rules, fonts and modules are loaded: they live as long as the process and are not looked through again.

    What judging makes has no cycles and goes when nobody holds it; the collector is for the rest, and looks less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, *gc.get_threshold()[1:])
