# packages.mk - Debian 12 packages, each with its reason in README.md; installed when missing.
PACKAGES_RUN := gcc libc6-dev pkg-config libpq-dev libgdal-dev libproj-dev \
    libmicrohttpd-dev libjansson-dev libdeflate-dev libpng-dev zlib1g-dev libxlsxwriter-dev \
    postgresql-15 postgresql-15-postgis-3 nodejs npm gzip
PACKAGES_TEST := libcmocka-dev perl curl gdal-bin zip unzip chromium fonts-noto-cjk procps jq python3-qgis
PACKAGES_LINT := clang clang-format clang-tidy cppcheck
PACKAGES_BENCH := wrk nginx-light

# $(call install,PACKAGES): says which are missing, installs them, asks nothing.
define install
	@missing=; for p in $(1); do \
	    case $$p in nodejs|npm) command -v $$(echo $$p | sed 's/nodejs/node/') >/dev/null && continue;; esac; \
	    dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
	done; \
	if [ -n "$$missing" ]; then \
	    echo "Installing Debian packages:$$missing"; \
	    as_root=; if [ "$$(id -u)" != 0 ]; then as_root=sudo; \
	        command -v sudo >/dev/null || { echo "Run as root once: apt-get install -y$$missing"; exit 1; }; fi; \
	    mkdir -p $(BUILD); \
	    { $$as_root env DEBIAN_FRONTEND=noninteractive apt-get update && \
	      $$as_root mkdir -p /etc/postgresql-common/createcluster.d && \
	      echo 'create_main_cluster = false' | $$as_root tee /etc/postgresql-common/createcluster.d/hazatlas.conf && \
	      $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; \
	    } >$(BUILD)/packages.log 2>&1 || { tail -20 $(BUILD)/packages.log; exit 1; }; \
	fi; \
	if [ "$$(id -u)" = 0 ] && ! id hazatlas >/dev/null 2>&1; then \
	    useradd --system --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin hazatlas; fi; \
	mkdir -p $(@D) && touch $@
endef

build/.packages-run: packages.mk
	$(call install,$(PACKAGES_RUN))
build/.packages-test: packages.mk build/.packages-run
	$(call install,$(PACKAGES_TEST))
build/.packages-lint: packages.mk build/.packages-run
	$(call install,$(PACKAGES_LINT))
build/.packages-bench: packages.mk build/.packages-test
	$(call install,$(PACKAGES_BENCH))
ifneq ($(BUILD),build)
$(BUILD)/.packages-run: build/.packages-run
	@mkdir -p $(@D) && touch $@
endif
