"""What an editor may put on a portal page. Nothing that another host would have to serve."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("image")
        template = "portal/blocks/picture.html"


class BodyBlocks(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("heading"), max_length=80, icon="title", template="portal/blocks/heading.html"
    )
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)
    note = blocks.TextBlock(label=_("note"), icon="warning", template="portal/blocks/note.html")
    image = PictureBlock()
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label=_("text"), required=False))],
        label=_("table"),
        template="portal/blocks/table.html",
    )
