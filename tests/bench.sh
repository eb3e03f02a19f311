#!/bin/sh
# What the harness itself costs: a whole run over the same commands under xargs
# (the best of three, taken in turn), and the time to list 10,000 scenarios.
# Usage: tests/bench.sh PATH-OF-LEAKYARD
set -eu
leakyard=$(realpath "$1")
schema=$(realpath harness/schema)
jobs=$(nproc)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Prints the seconds that a command takes; its output goes to the file `output`.
seconds() {
    before=$(date +%s%N)
    "$@" > output 2>&1 || true
    after=$(date +%s%N)
    echo "$before $after" | awk '{ printf "%.3f\n", ($2 - $1) / 1e9 }'
}

# Leaks make tools exit with a code of their own: only the time counts.
xargs_commands() {
    xargs -d '\n' -n 1 -P "$jobs" sh -c < commands
}

# In textproto, as many scenarios as there are lines of input.
synthetic_catalog() {
    awk '{ printf "scenario { id: \"heap/synthetic-%05d\" title: \"Synthetic scenario %d\" language: C", $1, $1
           print " resource: HEAP_BLOCK kind: LOST units_per_round: 1 bytes_per_unit: 101 rounds: 100 bound: 0 }" }'
}

"$leakyard" run --dry-run --seed=1 > commands
for turn in 1 2 3; do
    seconds xargs_commands >> by_xargs
    seconds "$leakyard" run --seed=1 --jobs="$jobs" --results="$work/results.$turn" >> by_leakyard
    cp output report
done
[ -s results.3 ] || { cat report; exit 1; }
best() { sort -n "$1" | sed 1q; }
echo "$(best by_leakyard) $(best by_xargs) $(wc -l < commands) $jobs" |
    awk '{ printf "run: %s s by leakyard, %s s by xargs -P %s (%s commands): ratio %.2f\n", $1, $2, $4, $3, $1 / $2 }'

mkdir -p root/scenarios root/build
seq 10000 | synthetic_catalog |
    protoc --proto_path="$schema" --encode=yard.Catalog leakyard.proto > root/build/catalog.pb
listing=$(seconds "$leakyard" list --root=root)
[ "$(grep -c synthetic output)" = 10000 ] || { cat output; exit 1; }
echo "list: $listing s for 10,000 scenarios"
