"""What a module's text may be made of."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from videos.enums import VideoState
from videos.models import Video

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "blockquote"]


class VideoChooser(BaseChooser):
    """Picks a prepared recording in a dialog; the dialog's views are in ``viewsets``."""

    model = Video
    icon = "media"
    chooser_modal_url_name = "video_chooser:choose"
    choose_one_text = _("Choose a video")
    choose_another_text = _("Choose another video")
    show_edit_link = False


class VideoChooserBlock(blocks.ChooserBlock):
    """A recording that is ready to play; playing it is what the study clock counts."""

    target_model = Video
    widget = VideoChooser()

    class Meta:
        icon = "media"

    @cached_property
    def field(self):
        return forms.ModelChoiceField(
            queryset=Video.objects.filter(state=VideoState.READY),
            widget=self.widget,
            required=self._required,
            help_text=self._help_text,
            error_messages={
                "invalid_choice": _("This video is not ready to play; choose one that is.")
            },
        )


class FigureBlock(blocks.StructBlock):
    """A picture with the words that stand for it."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(
        label=_("Text in place of the picture"),
        max_length=200,
        help_text=_("What a reader who cannot see the picture needs to know."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "courses/blocks/figure.html"


class TableBlock(TypedTableBlock):
    """A table whose first line is its heading."""

    class Meta:
        icon = "table"
        label = _("Table")
        template = "courses/blocks/table.html"


class ModuleBody(blocks.StreamBlock):
    """The content of a module: at most one video, and as much text as needed."""

    video = VideoChooserBlock(
        label=_("Video"),
        help_text=_("With a video the module is counted by its playing time."),
    )
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    figure = FigureBlock()
    table = TableBlock([("text", blocks.CharBlock(label=_("Text"), required=False))])
    document = DocumentChooserBlock(
        label=_("Document"), icon="doc-full", template="courses/blocks/document.html"
    )

    class Meta:
        block_counts = {"video": {"max_num": 1}}

    def clean(self, value):
        cleaned = super().clean(value)
        if not len(cleaned):
            raise ValidationError(_("Write the module's text or choose its video."))
        return cleaned
