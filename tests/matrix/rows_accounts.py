from tests.matrix.row import EVERYONE, SIGNED_IN, Row

ROWS = [
    Row("account_login", EVERYONE),
    Row("account_activate", EVERYONE),
    Row("account_reset_password", EVERYONE),
    Row("account_reset_confirm", EVERYONE, build=lambda world: {"uidb64": "MQ", "token": "x-y"}),
    Row("account_change_password", SIGNED_IN),
    Row("accounts:profile", SIGNED_IN),
    Row("accounts:change_email", SIGNED_IN),
    Row("accounts:change_phone", SIGNED_IN),
    Row("accounts:confirm_email", SIGNED_IN, build=lambda world: {"token": "x"}),
    Row("accounts:forget_email", SIGNED_IN, method="post"),
    Row("accounts:end_sessions", SIGNED_IN, method="post"),
]
