# What the plug-ins here share; they source it from their own folder. The input's
# order of fields is fixed, so sed is enough to read it.

# probe_answer [FIELDS]: claims to see all there is; FIELDS come last, so with a comma.
probe_answer() {
	cat <<-END
		{"name": "$(basename "$0")", "version": "1.0", "usable": true,
		 "summary": "a plug-in of the tests",
		 "languages": ["c", "cgo", "go"],
		 "resources": ["heap-block", "go-object", "goroutine", "thread", "descriptor", "mapping"],
		 "kinds": ["lost", "reachable", "blocked", "held"],
		 "looks": ["exit", "live"], "places": true, "counts": "exact"${1-}}
	END
}

# The same of one that looks at the source, and counts nothing.
probe_source() {
	probe_answer "$(verbs command findings)" |
		sed -e 's/"looks": \[[^]]*\]/"looks": ["source"]/' -e 's/"counts": "exact"/"counts": "none"/'
}

# verbs WORDS: the field of probe_answer.
verbs() {
	printf ', "verbs": ['
	separator=
	for verb; do
		printf '%s"%s"' "$separator" "$verb"
		separator=', '
	done
	printf ']'
}

# Fields of the input, which is one line: read it with `read -r input` first.
input_dir() {
	printf '%s\n' "$input" | sed 's/.*"dir": "\([^"]*\)".*/\1/'
}
input_pid() {
	printf '%s\n' "$input" | sed 's/.*"pid": \([0-9]*\).*/\1/'
}
input_rounds() {
	printf '%s\n' "$input" | sed 's/.*"rounds": \([0-9]*\).*/\1/'
}
input_checkpoint() {
	printf '%s\n' "$input" | sed 's/.*"checkpoint": \([0-9]*\).*/\1/'
}
input_sources() {
	printf '%s\n' "$input" | sed 's/.*"sources": "\([^"]*\)".*/\1/'
}
input_stdout() {
	printf '%s\n' "$input" | sed 's/.*"stdout": "\([^"]*\)".*/\1/'
}
# The program's command line, as JSON strings with commas between.
input_argv() {
	printf '%s\n' "$input" | sed 's/.*"argv": \[\(.*\)\]}}$/\1/'
}

# wrap SCRIPT: answers `command` with a shell that runs SCRIPT, in which "$@" is
# the program's command line.
wrap() {
	printf '{"argv": ["/bin/sh", "-c", "%s", "wrapper", %s]}\n' "$1" "$(input_argv)"
}

# one_of_each UNITS FRAMES: a leak of UNITS for each kind of unit, all at FRAMES.
one_of_each() {
	printf '{"findings": ['
	separator=
	for resource in heap-block go-object goroutine thread descriptor mapping; do
		printf '%s{"claim": "leaked", "resource": "%s", "units": %s, "complete": %s, "frames": [%s]}' \
			"$separator" "$resource" "$1" "$([ -n "$2" ] && echo true || echo false)" "$2"
		separator=', '
	done
	printf ']}\n'
}
