#!/bin/sh
# What the harness itself costs (the best of three, taken in turn), and the time to
# list 10,000 scenarios. Usage: tests/bench.sh PATH-OF-LEAKYARD
#
# Both sides run the same command lines, as many at a time: every program alone, then
# under every detector. To xargs that is all. leakyard also leads each through the
# protocol, counts at ten parks of each program alone (the proofs), runs it once more
# bare for the cost of the others, reads what the detectors wrote, and judges. The
# second ratio leaves out what `leakyard prove`, and xargs for the same programs
# alone, take by themselves.
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
by_xargs() {
    xargs -d '\n' -n 1 -P "$jobs" sh -c < "$1"
}

# In textproto, as many scenarios as there are lines of input.
synthetic_catalog() {
    awk '{ printf "scenario { id: \"heap/synthetic-%05d\" title: \"Synthetic scenario %d\" language: C", $1, $1
           print " resource: HEAP_BLOCK kind: LOST units_per_round: 1 bytes_per_unit: 101 rounds: 100 bound: 0 }" }'
}

"$leakyard" run --dry-run --seed=1 > commands
sed -nE 's@.*/build/(([^/]+)/(leaky|fixed|clean)/[^ ]*).*@\1@p' commands | sort -u > programs
head -n "$(wc -l < programs)" commands > alone # proofs come first
flavours=$(sed 's@/.*@@; s@^@--flavour=@' programs | sort -u)
for turn in 1 2 3; do
    seconds by_xargs commands >> xargs_run
    seconds by_xargs alone >> xargs_prove
    seconds "$leakyard" prove $flavours --jobs="$jobs" >> leakyard_prove
    seconds "$leakyard" run --seed=1 --jobs="$jobs" --results="$work/results.$turn" >> leakyard_run
    cp output report
done
[ -s results.3 ] || { cat report; exit 1; }
best() { sort -n "$1" | sed 1q; }
echo "$(best leakyard_run) $(best xargs_run) $(best leakyard_prove) $(best xargs_prove)" \
    "$(wc -l < commands) $(wc -l < alone) $jobs" |
    awk '{ printf "run: %s s by leakyard, %s s by xargs -P %s (%s commands): ratio %.2f\n", $1, $2, $7, $5, $1 / $2
           printf "proofs: %s s by leakyard, %s s by xargs (%s commands); run without them: ratio %.2f\n", $3, $4, $6, ($1 - $3) / ($2 - $4) }'

mkdir -p root/scenarios root/build
seq 10000 | synthetic_catalog |
    protoc --proto_path="$schema" --encode=yard.Catalog leakyard.proto > root/build/catalog.pb
listing=$(seconds "$leakyard" list --root=root)
[ "$(grep -c synthetic output)" = 10000 ] || { cat output; exit 1; }
echo "list: $listing s for 10,000 scenarios"
