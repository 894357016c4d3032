from allauth.account.views import LoginView
from django.conf import settings


class SignInView(LoginView):
    """allauth's door with our form; says how else one may come in."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "provider_name": settings.OIDC_NAME if settings.OIDC_ISSUER else ""
        }


sign_in = SignInView.as_view()
