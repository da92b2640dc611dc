"""What calamine would lose or stumble over is written differently before it reads.

Each function takes XML and gives it back so that calamine sees what Excel shows.
"""

import re

# A date of which only the era and its year are shown (昭和60年), in which calamine sees no date.
_ERA_YEAR = re.compile(rb"(\bformatCode=\")((?:\[[^]\"<>]*\])*g+e)")
_ROWS = re.compile(rb"<((?:[\w.-]+:)?)sheetData\b")
_COUNT = re.compile(rb"\suniqueCount=[\"'](\d*)[\"']")
_HEAD, _DIGITS = 4_096, 9

# Around the rows. calamine goes through a sheet twice, the second time up to the list of merged cells.
BEFORE_ROWS, AFTER_ROWS = b"<worksheet><mergeCells/>", b"</worksheet>"

_ERROR = re.compile(rb"(<(?:[\w.-]+:)?c\b[^<>]*?\st=)[\"']e[\"']")
_NO_VALUE = rb"\s*(?:</(?:[\w.-]+:)?c>|<(?:[\w.-]+:)?v\s*(?:/>|>\s*</))"
# Formulas without a value, each quick to look for because it begins with fixed letters.
_BARE_FORMULAS = [re.compile(start + _NO_VALUE) for start in (rb"</f>", rb"<f\b[^<>]*/>")]
_FORMULA_CELL = re.compile(
    rb"<((?:[\w.-]+:)?)c\b([^<>]*)>\s*<\1f\b[^<>]*?(?:/>|>([^<]*)</\1f>)\s*"
    rb"(<\1v\s*(?:/>|>\s*</\1v>))?\s*</\1c>"
)
_PLACE = re.compile(rb"\sr\s*=\s*[\"']\w*[\"']")
_TEXT_TYPE = re.compile(rb"\st\s*=\s*[\"']str[\"']")


def rows_of(part: bytes) -> bytes | None:
    """The sheetData of a sheet; None if the part is no sheet.

    Only this is given to calamine: what stands before and behind holds no value but may hold false sizes.
    """
    start = _ROWS.search(part)
    if not start:
        return None
    closing = b"</%ssheetData>" % start[1]
    end = part.rfind(closing)
    return part[start.start() : end + len(closing)] if end >= 0 else part[start.start() :]


def mended_rows(rows: bytes) -> bytes:
    """The sheetData so that calamine sees what Excel shows.

    Errors (#N/A) become texts: calamine gives them as nothing, and stumbles over newer ones. A formula that was
    never calculated becomes its text. Most sheets hold neither, which is quick to see where the tags have no
    prefix and the quotes are double.
    """
    unusual = not rows.startswith(b"<sheetData") or b"='" in rows[:_HEAD]
    if b't="e"' in rows or unusual:
        rows = _ERROR.sub(rb'\1"str"', rows)
    if unusual or (b"<f" in rows and any(bare.search(rows) for bare in _BARE_FORMULAS)):
        rows = _FORMULA_CELL.sub(_as_text, rows)
    return _with_spaces(rows)


def mended_styles(part: bytes) -> bytes:
    """The styles with a y in each format that begins with an era, so that it is seen to be a date's."""
    return _ERA_YEAR.sub(rb"\1y\2", part)


def mended_strings(part: bytes) -> bytes:
    """The shared strings; a false number of them is taken off, because calamine makes room for as many."""
    declared = _COUNT.search(part, 0, _HEAD)
    if declared and (len(declared[1]) > _DIGITS or int(declared[1] or b"0") > len(part)):
        part = part[: declared.start()] + part[declared.end() :]
    return _with_spaces(part)


def _with_spaces(part: bytes) -> bytes:
    """The texts with the spaces around them, which Excel marks and others forget to mark."""
    return part.replace(b"<t>", b'<t xml:space="preserve">')


def _as_text(cell: re.Match[bytes]) -> bytes:
    """A formula cell without a value, as a cell with the formula for its text.

    Excel itself keeps an empty value for a formula that gives no text: that is its value.
    """
    prefix, attributes, formula, value = cell.groups()
    if value is not None and _TEXT_TYPE.search(attributes):
        return cell[0]
    place = _PLACE.search(attributes)
    name = prefix + b"c" + (place[0] if place else b"")
    return b'<%s t="str"><%sv>=%s</%sv></%sc>' % (name, prefix, formula or b"", prefix, prefix)
