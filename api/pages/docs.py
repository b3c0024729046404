"""The API at a glance, from its own OpenAPI document."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.pages.templates import render

router = APIRouter()


@router.get("/docs")
def show_docs(request: Request) -> Response:
    """List every operation; the document itself is linked."""
    document = request.app.openapi()
    operations = [
        (path, method.upper(), operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "docs.html", tags=document["tags"], operations=operations)
