from tests.matrix.row import Row, only
from videos.domain.addresses import study_token
from videos.domain.units import reading_unit


def study_page(world):
    if "unit" not in world.things:
        world.things["unit"] = reading_unit("政策原文", 600)
    return {"token": study_token(world.people["teacher_home"], world.things["unit"])}


ROWS = [
    Row("videos:beat", only("teacher_home"), method="post", data=study_page),
]
