#!/usr/bin/env bash
# Runs all tests, on as many processes as there are processors (two at least, eight at most), file by file in order:
# the plain ones, then the browser tests where a Chromium is found. Says at the end what was left out and how to get
# it. BROWSER=no leaves the browser tests out. Arguments go to both runs of pytest.
set -euo pipefail
cd "$(dirname "$0")/.."

english=no
case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in en*) english=yes ;; esac
case "${CHITHI_LANGUAGE:-}" in en) english=yes ;; vi) english=no ;; esac
left_out=()
leave_out() { # what stays out: Vietnamese, English
  if [ "$english" = yes ]; then left_out+=("$2"); else left_out+=("$1"); fi
}

workers=$(nproc 2>/dev/null || echo 2)
workers=$((workers < 2 ? 2 : workers > 8 ? 8 : workers))
run() { .venv/bin/pytest -q -n "$workers" --dist loadfile --no-loadscope-reorder "$@"; }

run -m "not browser" "$@"

chromium=$(command -v chromium || command -v chromium-browser || true)
if [ "${BROWSER:-}" = no ]; then
  leave_out "kiểm thử trên trình duyệt (BROWSER=no)" "browser tests (BROWSER=no)"
elif [ -z "$chromium" ]; then
  leave_out "kiểm thử trên trình duyệt: chưa có Chromium. Cài: apt-get install chromium" \
    "browser tests: no Chromium. Get it: apt-get install chromium"
else
  run -m browser "$@"
fi

case "${CHITHI_DATABASE_URL:-}" in
  postgres*) ;;
  *) leave_out "PostgreSQL: đã chạy trên SQLite. Chạy cả hai: .ci/run, hoặc CHITHI_DATABASE_URL=postgresql://… make test" \
    "PostgreSQL: these ran on SQLite. For both: .ci/run, or CHITHI_DATABASE_URL=postgresql://… make test" ;;
esac
if [ ! -d ../shared ]; then
  leave_out "báo cáo thật và số liệu gán nhãn: không có thư mục ../shared cạnh dự án" \
    "real reports and hand-labelled figures: no folder ../shared beside the project"
fi
if ! command -v soffice >/dev/null; then
  leave_out "PDF, hình của văn bản, tệp .doc, tính lại bảng Excel: chưa có LibreOffice. Cài: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui" \
    "PDF, pictures of documents, .doc files, workbooks reckoned anew: no LibreOffice. Get it: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
fi

if [ ${#left_out[@]} -gt 0 ]; then
  if [ "$english" = yes ]; then echo "== LEFT OUT:"; else echo "== CHƯA KIỂM THỬ:"; fi
  printf '   - %s\n' "${left_out[@]}"
fi
