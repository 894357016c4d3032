"""Counts the SQL of one request when the client asks for it, and lists it on standard error."""

import sys

from django.db import connection
from django.http import HttpResponse


class CountingMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "X-Count-SQL" not in request.headers:
            return self.get_response(request)
        statements = []

        def note(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response["X-SQL"] = str(len(statements))
        for statement in [f"{request.method} {request.path}", *statements]:
            print("  ", " ".join(statement.split())[:300], file=sys.stderr, flush=True)
        return response


def bare(request):
    """What Django and the project's middleware cost before a view does anything."""
    return HttpResponse("ok")
