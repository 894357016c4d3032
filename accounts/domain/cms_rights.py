"""What an editor's appointment opens in the Wagtail admin.

Wagtail asks for groups. Membership follows the appointment at the door of the admin, on every
request, so it is never older than the page that is being opened.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from accounts.enums import Role
from accounts.models import User

EDITOR_GROUP = "Appointed editors"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILE_RIGHTS = (
    ("wagtailimages", ("add_image", "change_image", "delete_image", "choose_image")),
    ("wagtaildocs", ("add_document", "change_document", "delete_document", "choose_document")),
)


def is_editor(user: User) -> bool:
    """Whether today's appointments make the user a content editor."""
    return user.is_active and bool(user.appointed_paths(Role.EDITOR))


def join_or_leave_editors(user: User) -> bool:
    """Bring the user's membership in line with today's appointments. Safe to repeat.

    Returns: whether the user is an editor.
    """
    editor = is_editor(user)
    member = user.groups.filter(name=EDITOR_GROUP).exists()
    if editor and not member:
        user.groups.add(editor_group())
    if member and not editor:
        user.groups.remove(Group.objects.get(name=EDITOR_GROUP))
    return editor


@transaction.atomic
def editor_group() -> Group:
    """The group with every right an editor has, brought up to date. Safe to repeat."""
    group, _created = Group.objects.get_or_create(name=EDITOR_GROUP)
    group.permissions.set(_model_rights())
    for root in Page.objects.filter(depth=1):
        for right in _rights("wagtailcore", PAGE_RIGHTS):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    for root in Collection.objects.filter(depth=1):
        for app, names in FILE_RIGHTS:
            for right in _rights(app, names):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=root, permission=right
                )
    return group


def _model_rights() -> list[Permission]:
    """To enter the admin, and to keep the snippets that the apps declare."""
    rights = list(_rights("wagtailadmin", ("access_admin",)))
    for model in get_snippet_models():
        meta = model._meta
        names = [f"{verb}_{meta.model_name}" for verb in ("add", "change", "delete", "view")]
        rights += _rights(meta.app_label, names)
    return rights


def _rights(app: str, names) -> list[Permission]:
    found = Permission.objects.filter(content_type__app_label=app, codename__in=names)
    return list(found)
