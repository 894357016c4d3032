from tests.matrix.row import SIGNED_IN, Row

ROWS = [Row("space:home", SIGNED_IN)]
