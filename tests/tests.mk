# tests.mk - how the tests are built and run.
CMOCKA = $(shell pkg-config --cflags --libs cmocka)
TESTS = $(UNIT) $(sort $(wildcard tests/db/*.t tests/http/*.t tests/browser/*.t))

$(UNIT): $(BUILD)/%: %.c $(OBJECTS) | build/.packages-test
	@mkdir -p $(@D)
	@echo '  test  $<'
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(OBJECTS) $(CMOCKA) $(LDLIBS)

$(BUILD)/http_bench: tests/bench/http_bench.c | build/.packages-run
	@$(CC) -O2 $(WARN) -D_GNU_SOURCE -o $@ $< -lpthread

$(BUILD)/radar_bench: tests/bench/radar_bench.c tests/unit/atlas_maker.h $(OBJECTS) | build/.packages-test
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) $(LDFLAGS) -o $@ $< $(OBJECTS) $(LDLIBS)

$(BUILD)/heat_tile_bench: tests/bench/heat_tile_bench.c tests/unit/atlas_maker.h $(OBJECTS) | build/.packages-test
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) $(LDFLAGS) -o $@ $< $(OBJECTS) $(LDLIBS)

# Installs, builds, runs everything; prove's closing line is the result.
test: build/.packages-test ## all tests: unit, database, HTTP, browser
	@$(MAKE) --no-print-directory -j2 all unit sample
	@BUILD=$(BUILD) HAZATLAS=$(BUILD)/hazatlas tests/run.sh $(T)

test: T ?= $(TESTS)

unit: $(UNIT)

# The same tests under the sanitizers; the browser's part adds nothing here.
SANITIZED = $(patsubst tests/%.c,%,$(wildcard tests/unit/*.c))
asan: build/.packages-test ## unit, database and HTTP tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory -j2 BUILD=build/asan SANITIZE=address,undefined OPT='-O1 -g' all unit sample
	@ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
	    BUILD=build/asan HAZATLAS=build/asan/hazatlas tests/run.sh $(SANITIZED:%=build/asan/tests/%) \
	    $(sort $(wildcard tests/db/*.t tests/http/*.t))

tsan: build/.packages-test ## HTTP tests under ThreadSanitizer
	@$(MAKE) --no-print-directory -j2 BUILD=build/tsan SANITIZE=thread OPT='-O1 -g' all sample
	@TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=$(CURDIR)/tests/tsan.supp BUILD=build/tsan HAZATLAS=build/tsan/hazatlas \
	    tests/run.sh $(sort $(wildcard tests/http/*.t))

bench: build/.packages-bench ## speeds as ratios against named rivals
	@$(MAKE) --no-print-directory -j2 all sample $(BUILD)/http_bench $(BUILD)/radar_bench $(BUILD)/heat_tile_bench
	@$(BUILD)/radar_bench
	@tests/bench/points.sh | $(BUILD)/heat_tile_bench
	@BUILD=$(BUILD) tests/bench/bench.sh
	@BUILD=$(BUILD) tests/bench/heat_bench.sh

HEADERS = $(wildcard $(FOLDERS:%=%/*.h))
format: build/.packages-lint ## lay the code out
	@clang-format -i $(SOURCES) $(HEADERS) $(wildcard tests/unit/*.[ch] tests/bench/*.c tests/fuzz/*.c)

lint: build/.packages-lint ## layout, warnings of gcc and clang, clang-tidy, cppcheck, file sizes, arrows
	@$(MAKE) --no-print-directory BUILD=build all
	@BUILD=build tests/lint.sh $(SOURCES)
