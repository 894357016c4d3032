from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("courses")

    def ready(self):
        from courses import receivers  # noqa: F401, PLC0415 - needs the models to be ready
        from courses.forms.pages import CoursePageForm  # noqa: PLC0415
        from courses.models import CoursePage  # noqa: PLC0415
        from courses.permissions import MODULES, studies_module  # noqa: PLC0415
        from videos.domain import audiences  # noqa: PLC0415

        CoursePage.base_form_class = CoursePageForm  # a form sits above its model
        audiences.register(MODULES, studies_module)
