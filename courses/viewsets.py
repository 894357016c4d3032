"""The dialog in which editors pick a recording."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from videos.enums import VideoState
from videos.models import Video


class VideoFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Title"), required=False)

    def filter(self, objects):
        wanted = self.cleaned_data.get("q")
        return objects.filter(title__icontains=wanted) if wanted else objects


class ReadyVideos:
    """Only recordings that can be played, the newest first."""

    filter_form_class = VideoFilterForm

    def get_object_list(self):
        return Video.objects.filter(state=VideoState.READY).order_by("-added_at", "-pk")


class ChooseVideoView(ReadyVideos, ChooseView):
    pass


class ChooseVideoResultsView(ReadyVideos, ChooseResultsView):
    pass


class VideoChooserViewSet(ChooserViewSet):
    model = Video
    icon = "media"
    page_title = _("Choose a video")
    per_page = 20
    register_widget = False
    choose_view_class = ChooseVideoView
    choose_results_view_class = ChooseVideoResultsView


video_chooser = VideoChooserViewSet("video_chooser", url_prefix="video-chooser")
