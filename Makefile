# One makefile for all of it; everything it makes is below $(BUILD).
#
#   build/leakyard                        the harness
#   build/FLAVOUR/VARIANT/CLASS/NAME      the programs
#   build/stage/VARIANT/CLASS/NAME/       their sources as detectors see them: leaky.c and
#                                         fixed.c are both variant.c, truth markers blanked
#   build/catalog.pb                      every manifest and flavour, compiled
#   build/tools/NAME                      other people's tools, written in Go
#   build/mocks/NAME                      servers with faults by a script

BUILD     ?= build
SCENARIOS ?= scenarios
PREFIX    ?= /usr/local
DESTDIR   ?=
GO        ?= go
ifeq ($(origin CC),default)
CC := gcc
endif

.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
.DEFAULT_GOAL := all

# One line for each thing made; V=1 shows the commands instead, -s shows nothing.
ifeq ($(filter 1,$(V))$(findstring s,$(firstword -$(MAKEFLAGS))),)
say = $(info $() $() $1 $2)
endif
ifneq ($(V),1)
.SILENT:
endif

# As many jobs as there are cores, unless -j says otherwise.
MAKEFLAGS += --no-builtin-rules --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif

# The Go that the scenarios are written for; an older one is as good as none.
GO_WANTED  := $(shell sed -n 's/^go //p' scenarios/go.mod)
go_here    := $(shell $(GO) env GOVERSION 2>/dev/null)
go_missing := $(if $(go_here),$(if $(shell printf '%s\n' go$(GO_WANTED) $(go_here) | sort -VC || echo older),\
              Go $(GO_WANTED) or newer is needed and this is $(go_here)),Go is not installed)

ifneq ($(word 2,$(MAKECMDGOALS)),)

# Several goals are reached one after the other, each by a make of its own: what
# setup installs changes what this file finds, and run and test share a results file.
.PHONY: $(MAKECMDGOALS)
$(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS)): $(firstword $(MAKECMDGOALS))
	@:
$(firstword $(MAKECMDGOALS)):
	@set -e; for goal in $(MAKECMDGOALS); do $(MAKE) $$goal; done

else ifeq ($(MAKECMDGOALS),setup)

# ---- Setup -------------------------------------------------------------------------

# Debian packages, and what they are for.
define PACKAGES
gcc compiles the harness and the C programs
libc6-dev has the headers and the start-up code of every C program
pkg-config finds the libraries below
libglib2.0-dev has the strings, tables and errors of the harness
libprotobuf-c-dev reads manifests and results
protobuf-c-compiler makes C of their schema
protobuf-compiler compiles manifests
libjansson-dev reads and writes JSON
libxml2-dev reads the reports of valgrind, writes JUnit
zlib1g-dev unpacks the profiles of Go
libevent-dev is the loop of the mocks
libdw-dev reads debug information
check runs the unit tests
libsqlite3-dev is the library of a scenario
librdkafka-dev is the library of a scenario
valgrind is the detector memcheck
heaptrack is the detector of that name
elfutils has the detector eu-stack
gdb shows cores in the tests of incidents
abigail-tools compares the ABIs of libraries in them
pahole shows the layouts of structs in them
clang builds the flavour clang-O2
libclang-rt-14-dev has the sanitizers and the fuzzer of clang
clang-format checks the style of the sources
curl asks a service for its profiles, in a test
bpftrace sees from outside what C allocates, in a test
endef
export PACKAGES

.PHONY: setup
setup:
	@command -v apt-get >/dev/null || { echo "setup: this is not a Debian system; what it needs:"; \
	  echo "$$PACKAGES"; exit 1; }
	@missing=$$(echo "$$PACKAGES" | while read -r package purpose; do \
	  dpkg-query -W -f='$${db:Status-Status}' "$$package" 2>/dev/null | grep -qx installed || { \
	    echo "missing: $$package, which $$purpose" >&2; echo "$$package"; }; \
	done); \
	if [ -z "$$missing" ]; then echo "setup: nothing to install"; exit 0; fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -q && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing
	$(if $(go_missing),@echo "note: $(go_missing): scenarios in Go stay UNSUPPORTED")

else # to the end of the file

# Relative where it is below: the prefix maps of `compile` must not meet it twice.
override BUILD := $(patsubst $(CURDIR)/%,%,$(abspath $(BUILD)))
absolute_build := $(abspath $(BUILD))
# What is run here starts makes of its own, with jobs of their own.
unexport MAKEFLAGS MFLAGS
have = $(shell command -v $(1) 2>/dev/null)

# ---- The harness -----------------------------------------------------------------

LIBRARIES     := glib-2.0 libprotobuf-c jansson libxml-2.0 zlib libdw
WARNINGS      := -Wall -Wextra -Werror
LIBRARY_FLAGS := $(shell pkg-config --cflags $(LIBRARIES))
HARNESS_FLAGS = -std=c17 -D_GNU_SOURCE -g -O2 $(WARNINGS) -Iharness -I$(BUILD)/schema \
                $(LIBRARY_FLAGS) $(SANITIZE)
HARNESS_LIBS  := $(shell pkg-config --libs $(LIBRARIES)) -lm

PROTOS          := $(wildcard harness/*/*.proto harness/*/*/*.proto)
proto_names     := $(notdir $(PROTOS:.proto=))
PROTO_OBJECTS   := $(proto_names:%=$(BUILD)/schema/%.pb-c.o)
HARNESS_SOURCES := $(filter-out harness/run/census_preload.c,\
                   $(wildcard harness/*.c harness/*/*.c harness/*/*/*.c))
HARNESS_OBJECTS := $(HARNESS_SOURCES:%.c=$(BUILD)/%.o) $(PROTO_OBJECTS)
LEAKYARD        := $(BUILD)/leakyard
CENSUS          := $(BUILD)/libcensus.so

vpath %.proto $(sort $(dir $(PROTOS)))

$(BUILD)/schema/%.pb-c.c $(BUILD)/schema/%.pb-c.h &: %.proto
	@mkdir -p $(@D)
	$(call say,protoc,$<)
	protoc-c -I$(<D) --c_out=$(BUILD)/schema $(<F)

$(BUILD)/schema/%.o: $(BUILD)/schema/%.c
	$(call say,cc,$<)
	$(CC) $(HARNESS_FLAGS) -c -o $@ $<

$(BUILD)/%.o: %.c | $(proto_names:%=$(BUILD)/schema/%.pb-c.h)
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(CC) $(HARNESS_FLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

$(LEAKYARD): $(HARNESS_OBJECTS)
	$(call say,link,$@)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(HARNESS_LIBS)

$(CENSUS): harness/run/census_preload.c harness/run/census_table.h
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(CC) -std=c17 -D_GNU_SOURCE -g -O2 $(WARNINGS) -Iharness -fPIC -shared -fno-builtin -o $@ $< -ldl

# ---- Flavours: ways of building ----------------------------------------------------
# Another one, after the pattern of BASE: make flavour FLAVOUR=mine FLAVOUR_CC=…
# FLAVOUR_CFLAGS=… FLAVOUR_LDFLAGS=… (`leakyard run --flavour mine:cc=…` says this).

C_FLAVOURS  := plain O2 clang-O2 lsan
GO_FLAVOURS := plain goroutineleak goleak synctest asan go1.22 go1.27

# Frame pointers, no sibling calls and no builtin allocators: else an optimiser
# deletes the leak itself, or the frame that tells where it is.
KEEP_LEAKS := -fno-omit-frame-pointer -fno-optimize-sibling-calls -fno-builtin-malloc \
              -fno-builtin-calloc -fno-builtin-realloc -fno-builtin-free -fno-builtin-strdup

CC.plain        := gcc
CFLAGS.plain    := -O0
CC.O2           := gcc
CFLAGS.O2       := -O2
CC.clang-O2     := clang
CFLAGS.clang-O2 := -O2 -gdwarf-4
CC.lsan         := gcc
CFLAGS.lsan     := -O0 -fsanitize=leak
LDFLAGS.lsan    := -fsanitize=leak
BLIND_TO_CENSUS := lsan asan

# Detectors that ask for the plain build may be pointed at these instead.
VARIATION_OF.O2       := plain
VARIATION_OF.clang-O2 := plain

ifdef FLAVOUR
BASE ?= plain
CC.$(FLAVOUR)      := $(or $(FLAVOUR_CC),$(CC.$(BASE)))
CFLAGS.$(FLAVOUR)  := $(CFLAGS.$(BASE)) $(FLAVOUR_CFLAGS)
LDFLAGS.$(FLAVOUR) := $(LDFLAGS.$(BASE)) $(FLAVOUR_LDFLAGS)
endif
c_flavours := $(sort $(C_FLAVOURS) $(FLAVOUR))

# An experiment of 1.26 and no longer one in 1.27.
ENVIRONMENT.goroutineleak := $(if $(filter go1.26%,$(go_here)),GOEXPERIMENT=goroutineleakprofile)
# The kit links the module goleak in: no other flavour's programs depend on it.
ENVIRONMENT.goleak        := GOFLAGS=-tags=goleak
# The kit can put a bubble of testing/synctest around the rounds.
ENVIRONMENT.synctest      := GOFLAGS=-tags=synctest

# Who asks for these is told of lines by the runtime: without debug information a program
# is linked in half the time.
OPTIONS.goroutineleak := -ldflags=-w
OPTIONS.goleak        := -ldflags=-w
OPTIONS.synctest      := -ldflags=-w

# For the C half of cgo programs.
OPTIONS.asan := -asan
CGO_ONLY     := asan

# Toolchains beside the installed one, which fetches them as modules. An older one
# reads a go.mod of its own age.
TOOLCHAIN.go1.22    := go1.22.12
TOOLCHAIN.go1.27    := go1.27.1
MODFILE.go1.22      := $(BUILD)/go1.22/go.mod
ENVIRONMENT.go1.22   = GOFLAGS=-modfile=$(abspath $(MODFILE.go1.22))
VARIATION_OF.go1.22 := plain
VARIATION_OF.go1.27 := plain goroutineleak

# What a flavour is made with, its compilers' versions too; rewritten only when that changes.
compiler         = $(or $(CC.$1),gcc)
compiler_version = $(shell $(call compiler,$1) --version 2>&1 | sed 1q)
made_with        = $(call compiler,$1) $(CFLAGS.$1) $(LDFLAGS.$1) $(call compiler_version,$1) \
                   $(or $(TOOLCHAIN.$1),$(go_here)) $(ENVIRONMENT.$1) $(OPTIONS.$1)
$(patsubst %,$(BUILD)/%/flags,$(sort $(c_flavours) $(GO_FLAVOURS))): $(BUILD)/%/flags: FORCE
	@mkdir -p $(@D)
	@made='$(call made_with,$*)'; echo "$$made" | cmp -s - $@ || echo "$$made" > $@

# Why a flavour's toolchain can't be had; empty if it can.
go_toolchain = $(if $(TOOLCHAIN.$1),$(BUILD)/$1/toolchain)
go_refused   = $(or $(go_missing),$(if $(TOOLCHAIN.$1),$(shell cat $(call go_toolchain,$1))))

available_c  := $(foreach f,$(C_FLAVOURS),$(if $(call have,$(CC.$f)),$f))
available_go := $(if $(go_missing),,$(GO_FLAVOURS))
flavours     := $(sort $(C_FLAVOURS) $(GO_FLAVOURS))

# One flavour's entry in the catalogue: what it is for, and what this machine has.
define flavour_text
flavour {
  name: "$1"
  $(foreach v,$(VARIATION_OF.$1),variation_of: "$v")
  interposable: $(if $(filter $1,$(BLIND_TO_CENSUS)),false,true)
  $(if $(filter $1,$(C_FLAVOURS)),language: C
    $(if $(filter $1,$(available_c)),compiler: "$(call compiler_version,$1)",
      missing: "$(CC.$1) is not installed (make setup installs it)"))
  $(if $(filter $1,$(GO_FLAVOURS)),language: CGO $(if $(filter $1,$(CGO_ONLY)),,language: GO)
    $(if $(call go_refused,$1),missing: "$(call go_refused,$1)",go: "$(or $(TOOLCHAIN.$1),$(go_here))"))
}
endef

# ---- Programs ------------------------------------------------------------------------

ids      := $(sort $(patsubst $(SCENARIOS)/%/scenario.txtpb,%,$(wildcard $(SCENARIOS)/*/*/scenario.txtpb)))
go_ids   := $(foreach i,$(ids),$(if $(wildcard $(SCENARIOS)/$i/main.go),$i))
c_ids    := $(filter-out $(go_ids),$(ids))
cgo_ids  := $(filter $(go_ids),$(patsubst $(SCENARIOS)/%/scenario.txtpb,%,$(shell grep -l '^language: CGO' $(SCENARIOS)/*/*/scenario.txtpb)))
class    = $(firstword $(subst /, ,$1))
classes  = $(sort $(foreach i,$1,$(call class,$i)))
class_variants = $(if $(filter trap,$1),clean,leaky fixed)
variants = $(call class_variants,$(call class,$1))
sources  = $(filter-out %.md %.txtpb %.sh $(SCENARIOS)/$1/versions%,$(wildcard $(SCENARIOS)/$1 $(SCENARIOS)/$1/* $(SCENARIOS)/$1/*/*))

# What a scenario's build.mk may define: libraries.ID, by their names in pkg-config,
# and recipe.ID, the recipe of its program in the words below; $(flavour), $(variant)
# and $(id) tell which one is made.
stage   = $(BUILD)/stage/$(variant)/$(id)
objects = $(BUILD)/$(flavour)/objects/$(variant)/$(id)
kit     = $(BUILD)/$(flavour)/kit/kit.a
compile = $(CC.$(flavour)) -std=c17 -D_GNU_SOURCE -g $(WARNINGS) $(KEEP_LEAKS) $(CFLAGS.$(flavour)) \
          -ffile-prefix-map=$(BUILD)/stage/$(variant)/$(call class,$(id))/= \
          -ffile-prefix-map=$(BUILD)/$(flavour)/objects/$(variant)/$(call class,$(id))/= \
          -ffile-prefix-map=$(CURDIR)=. \
          -Iscenarios/kit/c -pthread $(shell $(if $(libraries.$(id)),pkg-config --cflags $(libraries.$(id))))
link    = $(compile) $(LDFLAGS.$(flavour))
libs    = $(shell $(if $(libraries.$(id)),pkg-config --libs $(libraries.$(id))))
absent  = $(strip $(foreach l,$(libraries.$(id)),$(if $(shell pkg-config --exists $l || echo absent),$l)))

# What both variants share is compiled once, from the first one's stage, and linked to each.
shared_sources = $(if $(value recipe.$(id)),,$(filter-out leaky.c fixed.c clean.c,$(notdir $(wildcard $(SCENARIOS)/$(id)/*.c))))
shared = $(if $(shared_sources),$(BUILD)/$(flavour)/objects/shared/$(id).o)

define shared_recipe
	$(compile) -nostdlib $(if $(word 2,$(shared_sources)),-r,-c) -o $@ $(addprefix $(stage)/,$(shared_sources))
endef

define own_recipe
	mkdir -p $(objects)
	$(recipe.$(id))
endef

define default_recipe
	$(link) -o $@ $(stage)/variant.c $(shared) $(kit) $(libs)
endef

# In place of a program that can't be had, the reason.
define absent_recipe
	rm -f $@ && echo "the library $(absent) is not installed (make setup installs it)" > $@.unsupported
endef

-include $(foreach i,$(c_ids),$(wildcard $(SCENARIOS)/$i/build.mk))

# Copies a scenario's sources to its stage.
define stage_recipe
	rm -rf $(stage)
	mkdir -p $(dir $(stage))
	cp -RL $(SCENARIOS)/$(id) $(stage)
	cd $(stage) && $(foreach f,$(notdir $(wildcard $(addprefix $(SCENARIOS)/$(id)/$(variant).,c go))),mv $f variant$(suffix $f) &&) \
	rm -rf *.md *.txtpb *.mk *.sh versions leaky.* fixed.* clean.* && \
	find . -type f -exec sed -i -E -e 's@/\* *(ALLOC|LEAK|FIX)\b([^*]|\*+[^*/])*\*+/@@g' \
	  -e 's@// *(ALLOC|LEAK|FIX)\b.*@@' -e 's@^//go:build !?leaky$$@@' \
	  -e 's@^(//go:build )!?leaky \&\& @\1@' {} +
	touch $@
endef

define stage_rule
$(BUILD)/stage/$1/$2/.staged: variant := $1
$(BUILD)/stage/$1/$2/.staged: id := $2
$(BUILD)/stage/$1/$2/.staged: $(call sources,$2)
	$$(stage_recipe)
endef
$(foreach i,$(ids),$(foreach v,$(call variants,$i),$(eval $(call stage_rule,$v,$i))))

KIT_SOURCES := $(wildcard scenarios/kit/c/*.c)
KIT_HEADERS := $(wildcard scenarios/kit/c/*.h)

define kit_rule
$(BUILD)/$1/kit/%.o: scenarios/kit/c/%.c $(KIT_HEADERS) $(BUILD)/$1/flags
	@mkdir -p $$(@D)
	$$(call say,kit,$1/$$*)
	$$(CC.$1) -std=c17 -D_GNU_SOURCE -g $(WARNINGS) $(KEEP_LEAKS) $$(CFLAGS.$1) -pthread \
	  -ffile-prefix-map=scenarios/kit/c=kit -ffile-prefix-map=$(CURDIR)=. -c -o $$@ $$<

$(BUILD)/$1/kit/kit.a: $(KIT_SOURCES:scenarios/kit/c/%.c=$(BUILD)/$1/kit/%.o)
	@rm -f $$@ && $(AR) rcs $$@ $$^
endef
$(foreach f,$(c_flavours),$(eval $(call kit_rule,$f)))

define c_rule
$(BUILD)/$1/$2/$3: flavour := $1
$(BUILD)/$1/$2/$3: variant := $2
$(BUILD)/$1/$2/$3: id := $3
$(BUILD)/$1/$2/$3: $(BUILD)/stage/$2/$3/.staged $4 $(BUILD)/$1/kit/kit.a | $(BUILD)/$1/$2/$(call class,$3)
	$$(call say,program,$1/$2/$3)
	$$(if $$(wildcard $$@.unsupported),rm $$@.unsupported)
	$$(if $$(absent),$$(absent_recipe),$$(if $$(value recipe.$3),$$(own_recipe),$$(default_recipe)))
endef

define shared_rule
$4: flavour := $1
$4: variant := $2
$4: id := $3
$4: $(BUILD)/stage/$2/$3/.staged $(KIT_HEADERS) $(BUILD)/$1/flags | $(BUILD)/$1/objects/shared/$(call class,$3)
	$$(if $$(absent),,$$(shared_recipe))
endef

define c_rules
$(if $3,$(call shared_rule,$1,$(firstword $(call variants,$2)),$2,$3))
$(foreach v,$(call variants,$2),$(call c_rule,$1,$v,$2,$3)
)
endef
$(foreach flavour,$(c_flavours),$(foreach id,$(c_ids),$(eval $(call c_rules,$(flavour),$(id),$(shared)))))

c_folders := $(foreach f,$(c_flavours),$(foreach c,$(call classes,$(c_ids)),\
               $(foreach v,$(call class_variants,$c) objects/shared,$(BUILD)/$f/$v/$c)))
$(c_folders):
	mkdir -p $@

# Go: one `go build` for each class, variant and flavour. The stage of a class is
# a module of its own, so that no path in a program names the class or variant.
go_classes = $(call classes,$(go_ids))
go_kit := $(wildcard scenarios/kit/go/*.go)
# Nothing but `go mod download`, in the rule below, goes to the network.
go_environment = GOCACHE=$(absolute_build)/go-cache GOFLAGS= GOPROXY=off CGO_CFLAGS="-g -O1 -Wall $(KEEP_LEAKS)" GOTOOLCHAIN=$(or $(TOOLCHAIN.$(flavour)),local) $(ENVIRONMENT.$(flavour))

# Why a module can't be had; empty if all can. Rewritten only when that changes. With the
# files in its folder `versions` a scenario is built by hand, or by a test, on other versions.
go_modules := $(BUILD)/go-modules
$(go_modules): FORCE
	@mkdir -p $(@D)
	@if ! reason=$$(cd scenarios && export GOFLAGS= GOTOOLCHAIN=local && $(GO) mod download 2>&1 && \
	    for file in */*/versions/*.mod; do $(GO) mod download -modfile=$$file 2>&1 || exit; done); then \
	  reason="go mod download: $$reason"; echo "$$reason" >&2; \
	fi; echo "$$reason" | cmp -s - $@ || echo "$$reason" > $@

# The same of a toolchain.
$(BUILD)/%/toolchain: FORCE
	@mkdir -p $(@D)
	@if ! reason=$$(GOFLAGS= GOTOOLCHAIN=$(TOOLCHAIN.$*) $(GO) version 2>&1 >/dev/null); then \
	  reason="$(TOOLCHAIN.$*) can't be had: $$(echo "$$reason" | tr -d '"' | tail -1)"; echo "$$reason" >&2; \
	else reason=; fi; echo "$$reason" | cmp -s - $@ || echo "$$reason" > $@

# The module's files, for an older toolchain.
$(BUILD)/go1.22/go.mod: scenarios/go.mod scenarios/go.sum
	@mkdir -p $(@D)
	@cp scenarios/go.sum $(@D)/ && sed 's/^go .*/go 1.22/' $< > $@

# What its scenarios share: the module's files and the kit.
define go_module_rule
$(BUILD)/stage/$1/$2/.module: $(go_kit) scenarios/go.mod scenarios/go.sum
	@rm -rf $$(@D)/kit && mkdir -p $$(@D)/kit/go
	@cp $(go_kit) $$(@D)/kit/go/
	@cp scenarios/go.mod scenarios/go.sum $$(@D)/
	@touch $$@
endef
$(foreach c,$(go_classes),$(foreach v,$(call class_variants,$c),$(eval $(call go_module_rule,$v,$c))))

blank := $(subst ,, )

# What imports a module that can't be had is left out, as is what is written for another
# Go; NAME.unsupported says why.
define go_build
	cd $(go_stage) && export $(go_environment) && reason=$$(sed 1q $(abspath $(go_modules))) && \
	kinds=$$($(GO) list -e -f '{{.ImportPath}} {{if .DepsErrors}}absent{{else}}present{{end}}' ./...) && \
	if [ -z "$$reason" ]; then kinds=$$(echo "$$kinds" | sed 's/ absent$$/ present/'); fi && \
	packages=$$(echo "$$kinds" | sed -nE 's,^(leakyard/($(subst $(blank),|,$(go_names)))) present$$,\1,p') && \
	{ test -z "$$packages" || $(GO) build -trimpath -buildvcs=false $(OPTIONS.$(flavour)) -o $(abspath $(@D))/ $$packages; } && \
	cd $(abspath $(@D)) && for name in $(go_names); do \
	  case $$(echo "$$kinds" | sed -n "s,^leakyard/$$name ,,p") in \
	  absent) rm -f $$name; echo "$$reason" > $$name.unsupported ;; \
	  "") rm -f $$name; echo "its source is not for $(or $(TOOLCHAIN.$(flavour)),$(go_here))" > $$name.unsupported ;; \
	  esac; \
	done
endef

define go_recipe
	@mkdir -p $(@D) && rm -f $(foreach n,$(go_names),$(@D)/$n.unsupported)
	$(if $(call go_refused,$(flavour)),,$(go_build))
	@touch $@
endef

define go_rule
$(BUILD)/$1/$2/$3/.built: flavour := $1
$(BUILD)/$1/$2/$3/.built: go_stage := $(BUILD)/stage/$2/$3
$(BUILD)/$1/$2/$3/.built: go_names := $(patsubst $3/%,%,$(filter $3/%,$(if $(filter $1,$(CGO_ONLY)),$(cgo_ids),$(go_ids))))
$(BUILD)/$1/$2/$3/.built: $(foreach i,$(filter $3/%,$(go_ids)),$(BUILD)/stage/$2/$i/.staged) $(BUILD)/stage/$2/$3/.module $(go_modules) $(BUILD)/$1/flags $(call go_toolchain,$1) $(MODFILE.$1)
	$$(call say,go,$1/$2/$3)
	$$(go_recipe)
endef
$(foreach c,$(go_classes),$(foreach v,$(call class_variants,$c),$(foreach f,$(GO_FLAVOURS),\
  $(eval $(call go_rule,$f,$v,$c)))))

c_programs  := $(foreach f,$(available_c),$(foreach i,$(c_ids),$(foreach v,$(call variants,$i),$(BUILD)/$f/$v/$i)))
go_programs := $(foreach f,$(available_go),$(foreach c,$(go_classes),$(foreach v,$(call class_variants,$c),$(BUILD)/$f/$v/$c/.built)))
programs: $(c_programs) $(go_programs)

.PHONY: flavour
flavour: $(foreach i,$(c_ids),$(foreach v,$(call variants,$i),$(BUILD)/$(FLAVOUR)/$v/$i))

# ---- Tools written in Go -------------------------------------------------------------
# Other people's, and detectors of ours. Their module pins the versions, and nothing but
# its download goes to the network.

TOOLS_MODULE := harness/detect/tools
TOOLS        := $(BUILD)/tools/unsupported
tools_environment = GOCACHE=$(absolute_build)/go-cache STATICCHECK_CACHE=$(absolute_build)/staticcheck-cache \
                    GOFLAGS=-trimpath GOPROXY=off GOTOOLCHAIN=local
# The largest packages that scenarios import: what there is to know of them and of those
# below is worked out at once, and not in the time of a run.
KNOWN_PACKAGES := net/http/httptest database/sql

# By which Go they are made, and why a module of theirs can't be had.
$(BUILD)/tools/modules: FORCE
	@mkdir -p $(@D)
	@if [ -n "$(strip $(go_missing))" ]; then reason="$(strip $(go_missing))"; \
	elif ! reason=$$(cd $(TOOLS_MODULE) && GOFLAGS= GOTOOLCHAIN=local $(GO) mod download 2>&1); then \
	  reason="go mod download: $$reason"; echo "$$reason" >&2; \
	fi; made="$(go_here) $$reason"; echo "$$made" | cmp -s - $@ || echo "$$made" > $@

# Why there are none; empty if there are.
$(TOOLS): $(BUILD)/tools/modules $(TOOLS_MODULE)/go.mod $(TOOLS_MODULE)/go.sum
	$(call say,tools,$(@D))
	find $(@D) -type f ! -name modules -delete
	reason=$$(sed '1s/^[^ ]* //' $<) && tools=$(abspath $(@D)) && cd $(TOOLS_MODULE) && export $(tools_environment) && \
	if [ -z "$$reason" ] && ! reason=$$($(GO) build -buildvcs=false -o $$tools/ tool 2>&1); then echo "$$reason" >&2; fi && \
	if [ -z "$$reason" ]; then \
	  $(GO) vet -lostcancel $(KNOWN_PACKAGES) && $(GO) vet -vettool=$$tools/bodyclose $(KNOWN_PACKAGES) && \
	  $(GO) vet -vettool=$$tools/sqlclosecheck $(KNOWN_PACKAGES); $$tools/staticcheck $(KNOWN_PACKAGES); \
	fi >/dev/null 2>&1; echo "$$reason" > $(abspath $@)

# ---- Mocks -----------------------------------------------------------------------------
# One program a folder; mocks/loop is in each, and so is what the harness has to read a plan.

MOCKS            := $(filter-out loop schema,$(notdir $(wildcard mocks/*)))
MOCK_LIBRARIES   := libevent_core glib-2.0 libprotobuf-c jansson zlib
MOCK_PROTOS      := $(wildcard mocks/schema/*.proto)
mock_proto_names := $(notdir $(MOCK_PROTOS:.proto=))
mock_objects      = $(patsubst %.c,$(BUILD)/objects/%.o,$(wildcard $(1:%=mocks/%/*.c)))
MOCK_SHARED      := $(call mock_objects,loop) $(mock_proto_names:%=$(BUILD)/schema/%.pb-c.o) \
                    $(addprefix $(BUILD)/harness/,support/failure.o support/nearest.o \
                    schema/textproto.o schema/text_place.o)
MOCK_FLAGS       := -Imocks $(shell pkg-config --cflags $(MOCK_LIBRARIES))
MOCK_LIBS        := $(shell pkg-config --libs $(MOCK_LIBRARIES))

vpath %.proto $(sort $(dir $(MOCK_PROTOS)))

$(BUILD)/objects/mocks/%.o: mocks/%.c | $(mock_proto_names:%=$(BUILD)/schema/%.pb-c.h)
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(CC) $(HARNESS_FLAGS) $(MOCK_FLAGS) -MMD -MP -c -o $@ $<

define mock_rule
$(BUILD)/mocks/$1: $(call mock_objects,$1) $(MOCK_SHARED)
	@mkdir -p $$(@D)
	$$(call say,link,$$@)
	$$(CC) $$(SANITIZE) $$(LDFLAGS) -o $$@ $$^ $$(MOCK_LIBS)
endef
$(foreach m,$(MOCKS),$(eval $(call mock_rule,$m)))

mocks: $(MOCKS:%=$(BUILD)/mocks/%)

# ---- The catalogue -----------------------------------------------------------------------

# Overlays are compiled by the harness there is, not by one in their own folder.
COMPILER ?= $(LEAKYARD)

$(BUILD)/catalog/%.pb: $(SCENARIOS)/%/scenario.txtpb harness/schema/leakyard.proto | $(COMPILER)
	@mkdir -p $(@D)
	$(call say,manifest,$*)
	$(COMPILER) manifest --output $@ --id $* $<

# Rewritten only when a toolchain changed.
$(BUILD)/flavours.pb: FORCE $(foreach f,$(available_go),$(call go_toolchain,$f))
	@mkdir -p $(@D)
	@printf '%s' '$(subst $(newline), ,$(foreach f,$(flavours),$(call flavour_text,$f)))' | \
	  protoc --proto_path=harness/schema --encode=yard.Catalog leakyard.proto > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

define newline


endef

# Which scenarios there are: one that was taken away leaves no newer file behind.
$(BUILD)/catalog/ids: FORCE
	@mkdir -p $(@D)
	@echo '$(ids)' | cmp -s - $@ || echo '$(ids)' > $@

$(BUILD)/catalog.pb: $(ids:%=$(BUILD)/catalog/%.pb) $(BUILD)/flavours.pb $(BUILD)/catalog/ids
	@cat $(filter %.pb,$^) > $@.new && mv $@.new $@

# ---- Tests --------------------------------------------------------------------------------

TEST_SOURCES := $(filter-out tests/fuzz/%,$(wildcard tests/*.c tests/*/*.c))
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(BUILD)/%.o)
TEST_PROGRAM := $(BUILD)/tests/run
# Of the mocks, what knows neither sockets nor command lines.
TESTED_MOCKS := $(filter-out %/memcached.o %/broker.o %/flags.o,$(foreach m,$(MOCKS),$(call mock_objects,$m))) \
                $(mock_proto_names:%=$(BUILD)/schema/%.pb-c.o)
$(TEST_OBJECTS): | $(mock_proto_names:%=$(BUILD)/schema/%.pb-c.h)
$(TEST_OBJECTS): CPPFLAGS += -Itests -Imocks -DTEST_DATA='"$(abspath tests/data)"' -DTEST_ROOT='"$(CURDIR)"' -DTEST_BUILD='"$(absolute_build)"'

$(TEST_PROGRAM): $(TEST_OBJECTS) $(TESTED_MOCKS) $(filter-out $(BUILD)/harness/main.o,$(HARNESS_OBJECTS))
	$(call say,link,$@)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(HARNESS_LIBS) $(shell pkg-config --libs check libelf)

# The harness once more, with sanitizers, for the tests that turn detectors on it.
SANITIZERS        := -fsanitize=address,undefined -fno-sanitize-recover=undefined
SANITIZED         := $(BUILD)/sanitized/leakyard
SANITIZED_OBJECTS := $(HARNESS_SOURCES:%.c=$(BUILD)/sanitized/%.o) $(proto_names:%=$(BUILD)/sanitized/schema/%.pb-c.o)

$(BUILD)/sanitized/schema/%.o: $(BUILD)/schema/%.c
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(CC) $(HARNESS_FLAGS) $(SANITIZERS) -c -o $@ $<

$(BUILD)/sanitized/%.o: %.c | $(proto_names:%=$(BUILD)/schema/%.pb-c.h)
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(CC) $(HARNESS_FLAGS) $(SANITIZERS) -MMD -MP -c -o $@ $<

$(SANITIZED): $(SANITIZED_OBJECTS)
	$(call say,link,$@)
	$(CC) $(SANITIZERS) $(LDFLAGS) -o $@ $^ $(HARNESS_LIBS)

# Parsers that read whatever somebody sends, against libFuzzer; what it finds worth
# keeping stays in build/fuzz/NAME.corpus.
FUZZ_SECONDS              ?= 10
fuzzed.memcached_protocol := mocks/memcached/protocol.c
fuzzed.rocketmq_frame     := mocks/rocketmq/frame.c mocks/rocketmq/message.c
seeds.memcached_protocol  := tests/data/memcached
seeds.rocketmq_frame      := tests/data/rocketmq
FUZZERS                   := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))

$(FUZZERS:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: tests/fuzz/%.c $(wildcard mocks/*/*.[ch])
	@mkdir -p $@.corpus
	$(call say,fuzzer,$@)
	clang -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined $(HARNESS_FLAGS) $(MOCK_FLAGS) \
	  -o $@ $< $(fuzzed.$*) $(MOCK_LIBS)

fuzz-%: $(BUILD)/fuzz/%
	$< -max_total_time=$(FUZZ_SECONDS) -max_len=65536 -print_final_stats=1 -artifact_prefix=$<. $<.corpus $(seeds.$*)

fuzz: $(FUZZERS:%=fuzz-%)

# ---- What people type ------------------------------------------------------------------------

.PHONY: all yard programs mocks run test prove bench fuzz install uninstall format-check clean help FORCE
all: $(LEAKYARD) $(CENSUS) yard mocks $(TOOLS)

yard: programs $(BUILD)/catalog.pb

run: all
	$(LEAKYARD) run

prove: all
	$(LEAKYARD) prove

test: all $(TEST_PROGRAM) $(SANITIZED)
	$(TEST_PROGRAM)

bench: all
	@tests/bench.sh $(LEAKYARD)

# What the installed program needs to run: everything but the harness's sources.
share := $(DESTDIR)$(PREFIX)/share/leakyard

install: all
	$(call say,install,$(DESTDIR)$(PREFIX)/bin/leakyard install $(share))
	rm -rf $(share)
	install -d $(DESTDIR)$(PREFIX)/bin $(share)/build/mocks $(share)/harness/schema $(share)/mocks/schema
	install $(LEAKYARD) $(DESTDIR)$(PREFIX)/bin/
	install -m 644 Makefile $(share)/
	install -m 644 harness/schema/*.proto $(share)/harness/schema/
	install -m 644 $(MOCK_PROTOS) $(share)/mocks/schema/
	install $(MOCKS:%=$(BUILD)/mocks/%) $(share)/build/mocks/
	cp -R $(SCENARIOS) $(wildcard expected) $(share)/
	cd $(BUILD) && cp -R --parents --preserve=mode,timestamps catalog.pb flavours.pb $(notdir $(CENSUS)) stage tools \
	  $$(find $(sort $(available_c) $(available_go)) -maxdepth 1 -regex '.*/\(leaky\|fixed\|clean\)') $(abspath $(share))/build/

uninstall:
	$(call say,remove,$(DESTDIR)$(PREFIX)/bin/leakyard remove $(share))
	rm -f $(DESTDIR)$(PREFIX)/bin/leakyard
	rm -rf $(share)

format-check:
	find harness mocks scenarios tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
	@$(if $(available_go),test -z "$$(gofmt -l scenarios | tee /dev/stderr)" # what it would change)

clean:
	rm -rf $(BUILD)

help:
	@echo "make setup      install what is missing (says what and why)"
	@echo "make            build the harness and every program into $(BUILD)/"
	@echo "make run        run every scenario under every detector; matrix and scorecard"
	@echo "make prove      census alone: does every program leak exactly what it says?"
	@echo "make test       unit tests and end-to-end tests"
	@echo "make bench      the harness's own cost"
	@echo "make fuzz       the parsers of the mocks under a fuzzer, FUZZ_SECONDS=$(FUZZ_SECONDS) each"
	@echo "make format-check   would clang-format or gofmt change anything?"
	@echo "make install    PREFIX=$(PREFIX), DESTDIR honoured; make uninstall takes it away"

-include $(HARNESS_OBJECTS:.o=.d) $(MOCK_SHARED:.o=.d) $(foreach m,$(MOCKS),$(patsubst %.o,%.d,$(call mock_objects,$m))) $(TEST_OBJECTS:.o=.d) $(SANITIZED_OBJECTS:.o=.d)

endif # setup
