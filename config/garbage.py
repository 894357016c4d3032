"""How often Python looks for cycles of objects that nobody needs any more."""

import gc

# Objects made since the last look. A page of fifty rows makes some ten thousand of them, a
# migration renders two hundred models: at the usual 700 most of the looking finds nothing.
NEW_OBJECTS = 50_000
YOUNG_LOOKS = 20
OLD_LOOKS = 50


def collect_rarely() -> None:
    """What is loaded now stays and is not walked through again; the rest is looked at rarely.

    Objects without cycles go at once as ever, so memory grows by little.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNG_LOOKS, OLD_LOOKS)
