"""宿題: what the meetings of a group left to be done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from events.minutes import todos
from events.minutes.todos import todos_visible_to
from events.models import Todo
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked


@require_safe
@access.allowed("events.see_meetings", groups_visible_to, by="slug")
@asked.knows("page")
def group_todos(request: HttpRequest, group: Group) -> HttpResponse:
    """What is open first; who runs the meetings ticks it."""
    page = asked.page(todos.done_todos(group, request.user), request.GET.get("page", ""))
    context = {
        "group": group,
        "open": todos.open_todos(group, request.user),
        "page": page,
        "today": timezone.localdate(),
    }
    return render(request, "events/group_todos.html", context)


@require_POST
@access.allowed("events.tick_todo", todos_visible_to)
def todo_done(request: HttpRequest, todo: Todo) -> HttpResponse:
    """`done=yes`: it is done; anything else: not done after all."""
    done = request.POST.get("done") == "yes"
    try:
        todos.tick(todo=todo, done=done, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        said = f"「{todo.what}」を{'すんだことにしました' if done else 'まだに戻しました'}。"
        messages.success(request, said)
    return redirect("group_todos", todo.meeting.group.slug)
