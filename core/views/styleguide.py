"""The living style guide: every component once, with made-up content (demo and test only)."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

PARTS = [
    {"title": "优课", "earned": 4, "needed": 4},
    {"title": "观评课", "earned": 6, "needed": 12},
    {"title": "法规", "earned": 0, "needed": 2},
    {"title": "选修", "earned": "14.50", "needed": 18},
]
DISTRICTS = [("历下区", 6120, 86.2), ("市中区", 5842, 81.0), ("长清区", 3988, 58.1)]
STEPS = [("报名", "was"), ("选课", "was"), ("学习", "now"), ("登记", "")]
CHART = {
    "xAxis": {"type": "category", "data": [name for name, _people, _share in DISTRICTS]},
    "yAxis": {"type": "value", "max": 100},
    "series": [{"type": "bar", "data": [share for _name, _people, share in DISTRICTS]}],
}


class SampleForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40)
    phone = forms.CharField(label="手机号", required=False, help_text="用于登录和找回密码。")
    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="方式", choices=[("a", "线上"), ("b", "线下")], widget=forms.RadioSelect
    )
    stage = forms.ChoiceField(label="学段", choices=[("p", "小学"), ("j", "初中")])
    reason = forms.CharField(label="理由", widget=forms.Textarea)
    sure = forms.BooleanField(label="我已核对")


def styleguide(request):
    today = timezone.localdate()
    context = {
        "parts": PARTS,
        "districts": DISTRICTS,
        "steps": STEPS,
        "chart": CHART,
        "chart_head": ["县区", "必修满"],
        "chart_rows": [(name, share) for name, _people, share in DISTRICTS],
        "form": SampleForm(request.POST or None),
        "page": Paginator(range(120), 50).get_page(request.GET.get("page")),
        "soon": today + timedelta(days=12),
        "later": today + timedelta(days=104),
        "past": today - timedelta(days=1),
    }
    return render(request, "core/styleguide.html", context)
