#!/usr/bin/env bash
# check.sh: everything that can be said about the code without running the tests. Names each check that fails.
set -uo pipefail

bin=.venv/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=()

check() {
    local name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        sed 's/^/        /' "$work/log"
        failed+=("$name")
    fi
}
# As long as all the others together: it begins first, beside them, and is asked last.
$bin/mypy >"$work/mypy" 2>&1 &
mypy=$!
said_by_mypy() {
    local status=0
    wait "$mypy" || status=$?
    cat "$work/mypy"
    return "$status"
}
in_service() {
    env -u DATABASE_URL -u DEBUG DATA_DIR="$work/data" SITE_URL=https://portal.example.jp \
        SECRET_KEY=for-this-check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG "$@"
}

check "ruff format" $bin/ruff format --check .
check "ruff" $bin/ruff check .
check "djlint" $bin/djlint --lint --quiet templates
check "import layers" $bin/lint-imports
check "sizes, templates, links" $bin/python -m pytest -q -p no:cacheprovider \
    tests/house/test_budgets.py tests/house/test_templates.py tests/house/test_docs.py
check "no missing migrations" in_service $bin/python manage.py makemigrations --check --dry-run
check "settings of the service" in_service $bin/python manage.py check --deploy --fail-level WARNING
check "generated documents" in_service $bin/python manage.py generate_docs --check
check "static files" in_service $bin/python manage.py collectstatic --noinput --verbosity 0
check "mypy" said_by_mypy

if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: $(IFS=,; echo "${failed[*]}")"
    exit 1
fi
