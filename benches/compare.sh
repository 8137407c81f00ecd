#!/usr/bin/env bash
# `wc -w`, this program and sumy's Luhn side by side on one corpus: the median of three runs each, in turn, since the
# ratio of two times on one machine tells more than either of them.
#
#   benches/compare.sh [MEGABYTES]
#
# RAPPORTEUR is the program (default target/release/rapporteur), CORPUS a file of JSON lines to take instead of the
# sessions of `fixtures/` over and over, SUMY_PYTHON a Python that has sumy (pip install sumy); without one, or with
# more than 2 MB, which it takes minutes for, sumy is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-20}
program=${RAPPORTEUR:-target/release/rapporteur}
[ -x "$program" ] || { echo "there is no $program: build it (cargo build --release) or name it in RAPPORTEUR" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

corpus=${CORPUS:-}
if [ -z "$corpus" ]; then
    corpus=$work/corpus.jsonl
    python3 benches/corpus.py "$megabytes" fixtures >"$corpus"
fi

# The wall time of a command in seconds.
seconds() {
    local started ended
    started=$(date +%s.%N)
    "$@" >"$work/out" 2>"$work/messages" || { cat "$work/messages" >&2; exit 1; }
    ended=$(date +%s.%N)
    echo "$ended - $started" | bc
}

names=("wc -w" "inspect" "summarize" "compare" "compare, one thread")
for run in 1 2 3; do
    seconds wc -w "$corpus" >>"$work/0"
    seconds "$program" inspect --format json "$corpus" >>"$work/1"
    seconds "$program" summarize --by speaker --format json "$corpus" >>"$work/2"
    seconds "$program" compare "$corpus" --words 100 --force -o "$work/tables" >>"$work/3"
    seconds "$program" compare "$corpus" --words 100 --threads 1 --force -o "$work/tables-1" >>"$work/4"
    diff -r "$work/tables" "$work/tables-1" >/dev/null || { echo "the tables differ with one thread" >&2; exit 1; }
done
if [ -n "${SUMY_PYTHON:-}" ] && [ "$(stat -c %s "$corpus")" -le 2000000 ]; then
    names+=("sumy, Luhn")
    seconds "$SUMY_PYTHON" benches/sumy_luhn.py "$corpus" >>"$work/5"
fi

awk -v bytes="$(stat -c %s "$corpus")" 'BEGIN { printf "%.1f MB\n%-22s %10s %10s %12s\n", bytes / 1e6, "", "seconds", "MB/s", "times wc -w" }'
base=$(sort -n "$work/0" | sed -n 2p)
for at in "${!names[@]}"; do
    median=$(sort -n "$work/$at" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')
    awk -v name="${names[$at]}" -v s="$median" -v base="$base" -v bytes="$(stat -c %s "$corpus")" \
        'BEGIN { printf "%-22s %10.3f %10.2f %12.1f\n", name, s, bytes / 1e6 / s, s / base }'
done
