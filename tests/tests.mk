# tests.mk - how the tests are built and run.
CMOCKA = $(shell pkg-config --cflags --libs cmocka)

$(UNIT): $(BUILD)/%: %.c $(OBJECTS) | $(BUILD)/.packages-run
	@mkdir -p $(@D)
	@echo '  test  $<'
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(OBJECTS) $(CMOCKA) $(LDLIBS)
