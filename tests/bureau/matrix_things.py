"""Objects of the home county for the permission matrix."""

from django.core.files.uploadedfile import SimpleUploadedFile

from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import make_export, request_export
from bureau.domain.kinds import import_kind
from tests.bureau.importing import dry_run, quietly
from tests.bureau.make_workbooks import fill_in, teacher_row


def one_row(world):
    return teacher_row(1, world.home_school.code, stage="", subject="")


def people_upload(world):
    content = fill_in(import_kind("people"), [one_row(world)])
    return {
        "file": SimpleUploadedFile("people.xlsx", content),
        "organisation": world.home_county.pk,
    }


def draft(world):
    """A checked list of the home county's administrator."""
    if "import" not in world.things:
        world.things["import"] = dry_run(
            [one_row(world)],
            by=world.people["county_administrator_home"],
            organisation=world.home_county,
        )
    return {"pk": world.things["import"].pk}


def refused_draft(world):
    if "refused import" not in world.things:
        world.things["refused import"] = dry_run(
            [one_row(world) | {"real_name": ""}, one_row(world)],
            by=world.people["county_administrator_home"],
            organisation=world.home_county,
        )
    return {"pk": world.things["refused import"].pk}


def ready_export(world):
    """A file that the home county's administrator asked for."""
    if "export" not in world.things:
        export = request_export(
            EXPORT_KINDS["people"],
            world.home_county,
            by=world.people["county_administrator_home"],
            language="en",
        )
        world.things["export"] = make_export(export.pk, quietly)
    return {"pk": world.things["export"].pk}
