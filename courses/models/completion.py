from django.conf import settings
from django.db import models

from courses.models.course import Module


class ModuleCompletion(models.Model):
    """The moment at which a person had covered a module. Written once, never taken back.

    A text that is lengthened or a recording that is exchanged later does not undo what was
    studied, and the moment says on which side of a window's end the work was done (A6).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="module_completions"
    )
    module = models.ForeignKey(Module, models.PROTECT, related_name="completions")
    covered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="module_covered_once", fields=["user", "module"]),
        ]

    def __str__(self):
        return f"{self.user_id} {self.module_id}"
