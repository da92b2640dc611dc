"""The roster importer: a file is read into a plan, the plan is shown, and the import writes exactly that.

`columns`, `words` and `reading` know the file; `snapshot` and `matching` the directory; `plan` brings both together
and `telling` says it; `writing` writes it, `undoing` takes it back; `batches` is the way of an upload through it all.
"""

from groups.importing.batches import keep_upload, read_again, read_batch
from groups.importing.committing import Outcome, commit_batch, import_roster, write_batch
from groups.importing.ending import discard_batch, forget_the_old
from groups.importing.matching import LEAVE_OUT, NEW
from groups.importing.report import Report, from_json
from groups.importing.undoing import undo_batch, undo_now

__all__ = [
    "LEAVE_OUT",
    "NEW",
    "Outcome",
    "Report",
    "commit_batch",
    "discard_batch",
    "forget_the_old",
    "from_json",
    "import_roster",
    "keep_upload",
    "read_again",
    "read_batch",
    "undo_batch",
    "undo_now",
    "write_batch",
]
