from courses.models.course import Course, Module

__all__ = ["Course", "Module"]
