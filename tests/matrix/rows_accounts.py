from tests.matrix.row import EVERYONE, SIGNED_IN, Row

ROWS = [
    Row("account_login", EVERYONE),
    Row("account_activate", EVERYONE),
    Row("account_change_password", SIGNED_IN),
    Row("accounts:profile", SIGNED_IN),
]
