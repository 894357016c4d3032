from tests.matrix.row import EVERYONE, Row

ROWS = [
    Row("core:set_language", EVERYONE, method="post", data=lambda world: {"language": "en"}),
    Row("core:set_theme", EVERYONE, method="post", data=lambda world: {"theme": "dark"}),
    Row("core:styleguide", EVERYONE),
]
