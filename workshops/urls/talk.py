"""Addresses of what is said in a workshop."""

from django.urls import path

from workshops.views import appeals, inquiries, moderation, posts, talk, threads

urlpatterns = [
    path("<int:pk>/talk/", talk.talk, name="talk"),
    path("<int:pk>/talk/new/<slug:kind>/", talk.start, name="start"),
    path("<int:pk>/talk/draft/<slug:kind>/", talk.keep_draft, name="start_draft"),
    path("threads/<int:pk>/", threads.thread, name="thread"),
    path("threads/<int:pk>/news/", threads.news, name="news"),
    path("threads/<int:pk>/since/<int:number>/", threads.since, name="since"),
    path("threads/<int:pk>/reply/", threads.answer, name="reply"),
    path("threads/<int:pk>/draft/", threads.keep_draft, name="reply_draft"),
    path("threads/<int:pk>/follow/", threads.follow, name="follow"),
    path("threads/<int:pk>/answered/", threads.answered, name="answered"),
    path("threads/<int:pk>/adopt/", inquiries.adopt, name="adopt"),
    path("threads/<int:pk>/keep/", threads.keep, name="keep"),
    path("threads/<int:pk>/move/", threads.move, name="thread_move"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/edit/", posts.edit, name="edit"),
    path("posts/<int:pk>/versions/", posts.versions, name="versions"),
    path("posts/files/<int:pk>/", posts.file, name="post_file"),
    path("posts/files/<int:pk>/preview/", posts.preview, name="file_preview"),
    path("posts/files/<int:pk>/versions/", posts.file_versions, name="file_versions"),
    path("posts/<int:pk>/report/", moderation.report, name="report"),
    path("posts/<int:pk>/hide/", moderation.hide, name="hide"),
    path("posts/<int:pk>/restore/", moderation.restore, name="restore"),
    path("posts/<int:pk>/let-stand/", moderation.let_stand, name="let_stand"),
    path("posts/<int:pk>/appeal/", appeals.appeal, name="appeal"),
    path("hidden/", appeals.own_hidden, name="own_hidden"),
    path("<int:pk>/moderation/", moderation.desk, name="moderation"),
    path("<int:pk>/moderation/<int:user>/", moderation.sanction, name="sanction"),
    path("sanctions/<int:pk>/lift/", moderation.lift, name="sanction_lift"),
    path("appeals/", appeals.waiting, name="appeals"),
    path("appeals/<int:pk>/", appeals.rule, name="appeal_ruling"),
]
