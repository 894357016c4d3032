"""Sign-in: who is asked what, how long a session lasts, how a second factor is kept."""

import os

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["accounts.hashers.TunedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.password_rule.PasswordRule"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60

# A session ends after eight hours without a page, and with the browser.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Nobody signs up: people are entered by their school or imported, then activate.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "reauthenticate": "accounts.forms.sign_in.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}  # the backend reads phone and e-mail from the same box
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address counts only once its owner followed our link
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, this one stays
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}  # ours count in the database

MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.second_factor.AuthenticateForm",
    "reauthenticate": "accounts.forms.second_factor.ReauthenticateForm",
    "activate_totp": "accounts.forms.second_factor.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "研修"
MFA_REQUIRED_FOR_APPOINTMENTS = True

# A province's own identity provider (统一身份认证), by environment; it never adds people.
SOCIALACCOUNT_ADAPTER = "accounts.adapters.IdentityProviderAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead to another host (Content-Security-Policy)
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "")
OIDC_NAME = os.environ.get("OIDC_NAME", "统一身份认证")
OIDC_TEACHER_NUMBER_CLAIM = os.environ.get("OIDC_TEACHER_NUMBER_CLAIM", "teacher_number")
OIDC_ACCOUNT_CLAIM = os.environ.get("OIDC_ACCOUNT_CLAIM", "preferred_username")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "province",
                "name": OIDC_NAME,
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# The Wagtail admin has no door of its own: one signs in here and needs an editor's appointment.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
