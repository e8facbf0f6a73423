# urna: one source, one module for each Lua ABI, in build/<abi>/urna/core.so.
# `make help` lists the targets. LUA chooses the Lua; plain `lua` is never
# called, for it may be any of them.

LUA ?= lua5.4
CC ?= cc
CFLAGS ?= -O2
WERROR ?= -Werror
PKG_CONFIG ?= pkg-config
NVIM ?= nvim
PREFIX ?= /usr/local
DESTDIR ?=

# The ABI by the interpreter's name; one of another name is asked. LuaJIT has
# the ABI of 5.1 and is built with the headers of PUC 5.1, for its own declare
# functions that PUC 5.1 lacks when the module is loaded.
named_abi = $(strip $(foreach v,5.1 5.2 5.3 5.4 5.5,$(if \
  $(filter lua$(v) lua-$(v) lua$(subst .,,$(v)),$(notdir $(LUA))),$(v))))
asked_abi = $(shell "$(LUA)" -e \
  'print(jit and "5.1" or _VERSION:match("%d+%.%d+"))' 2>/dev/null)
ifndef ABI
  ABI := $(or $(if $(findstring luajit,$(notdir $(LUA))),5.1),$(named_abi),$(asked_abi),unknown)
endif

# The targets that need no Lua, or choose it themselves, work with any.
supported = 5.1 5.2 5.3 5.4 5.5
any_lua = help clean nvim rock rocks test-c tests fuzz fuzzers
ifeq ($(filter $(ABI),$(supported)),)
  ifneq ($(filter-out $(any_lua),$(or $(MAKECMDGOALS),all)),)
    $(error There is no Lua "$(LUA)" here that urna supports: \
      say LUA=lua5.4, lua5.3, lua5.2, lua5.1 or luajit)
  endif
endif

LUA_MODULE_DIR ?= $(PREFIX)/share/lua/$(ABI)
LUA_CMODULE_DIR ?= $(PREFIX)/lib/lua/$(ABI)

# Headers only: a module linked to liblua crashes in a host of another Lua.
lua_names = lua$(ABI) lua-$(ABI) lua$(subst .,,$(ABI))
lua_dirs = $(foreach top,/usr/include /usr/local/include,\
  $(addprefix $(top)/,$(lua_names)) $(top))
config_dir = $(shell for name in $(lua_names); do \
  $(PKG_CONFIG) --variable=includedir $$name && exit; done 2>/dev/null)
ifndef LUA_INCDIR
  LUA_INCDIR := $(patsubst %/lua.h,%,$(firstword $(wildcard \
    $(addsuffix /lua.h,$(config_dir) $(lua_dirs)))))
endif

lib_cflags := $(shell $(PKG_CONFIG) --cflags libcjson zlib libzstd 2>/dev/null)
lib_libs := $(or $(shell $(PKG_CONFIG) --libs libcjson zlib libzstd 2>/dev/null),-lcjson -lz -lzstd)

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(WERROR)
base_flags = -std=c11 $(WARNINGS) -Isrc $(lib_cflags) $(CPPFLAGS)
all_flags = $(base_flags) -fPIC -fvisibility=hidden -MMD -MP $(CFLAGS)
ifeq ($(shell uname -s),Darwin)
  SHARED = -bundle -undefined dynamic_lookup
else
  SHARED = -shared
endif

sources := $(wildcard src/core/*.c src/io/*.c src/lua/*.c)
out = build/$(ABI)
objects := $(sources:src/%.c=$(out)/obj/%.o)
module = $(out)/urna/core.so

# The C core's own tests know no Lua. SAN=1 runs them under the sanitizers.
ifdef SAN
  c_out = build/c-san
  san_flags = -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
    -fno-sanitize-recover=all
else
  c_out = build/c
endif
c_flags = $(base_flags) -Ispec/core -MMD -MP $(CFLAGS) $(san_flags)
c_sources := $(wildcard src/core/*.c src/io/*.c)
c_objects := $(c_sources:src/%.c=$(c_out)/obj/%.o)
c_tests := $(patsubst spec/core/%.c,$(c_out)/%,$(wildcard spec/core/test_*.c))

# Every spec/fuzz/fuzz_*.c is a target of libFuzzer. Comparisons are not traced:
# that costs more than half of the speed and finds nothing here.
FUZZ_CC ?= clang
SECONDS_EACH ?= 10
fuzz_out = build/fuzz
fuzz_flags = -std=c11 -g -O2 -fno-omit-frame-pointer -Isrc -Ispec/fuzz \
  $(lib_cflags) -MMD -MP -fsanitize=fuzzer-no-link,address,undefined \
  -fno-sanitize-recover=all -fno-sanitize-coverage=trace-cmp
fuzz_objects := $(c_sources:src/%.c=$(fuzz_out)/obj/%.o)
fuzzers := $(patsubst spec/fuzz/%.c,$(fuzz_out)/%,$(wildcard spec/fuzz/fuzz_*.c))

# One word of sh, whatever it holds; and an assignment of it, itself one word.
quoted = '$(subst ','\'',$(1))'
export_line = $(call quoted,export $(1)=$(call quoted,$(CURDIR)/$(2))$(3))

.PHONY: all build nvim demo test test-c test-lua test-nvim lint rock rocks env \
  install clean help headers tests deps-build deps-test fuzz fuzzers
.DELETE_ON_ERROR:

all: build

## make                the module for LUA (lua5.4 unless told otherwise)
build: $(module)

$(module): $(objects)
	@mkdir -p $(@D)
	$(CC) $(SHARED) $(LDFLAGS) -o $@ $(objects) $(lib_libs) -lm -lpthread

$(out)/obj/%.o: src/%.c Makefile | headers
	@mkdir -p $(@D)
	$(CC) $(all_flags) $(if $(filter lua/%,$*),-I"$(LUA_INCDIR)") -c -o $@ $<

headers:
	@test -f "$(LUA_INCDIR)/lua.h" || { echo "The headers of Lua $(ABI)" \
	  "are missing: apt-get install $(if $(filter 5.1,$(ABI)),\
	  liblua5.1-0-dev,liblua$(ABI)-dev), or give LUA_INCDIR=..." >&2; exit 1; }

## make nvim           the 5.1 ABI at lua/urna/core.so, and the tags of :help
nvim:
	@$(MAKE) --no-print-directory build LUA=lua5.1 ABI=5.1
	cp build/5.1/urna/core.so lua/urna/core.so.new
	mv -f lua/urna/core.so.new lua/urna/core.so
	@! command -v $(NVIM) >/dev/null || $(NVIM) --headless -u NONE -i NONE \
	  -c "helptags doc" -c "qall!" </dev/null

## make env            exports for eval "$(make -s env)": the checkout's module
env:
	@printf '%s\n' \
	  'unset LUA_PATH_5_2 LUA_PATH_5_3 LUA_PATH_5_4 LUA_PATH_5_5' \
	  'unset LUA_CPATH_5_2 LUA_CPATH_5_3 LUA_CPATH_5_4 LUA_CPATH_5_5' \
	  $(call export_line,LUA_PATH,lua/?.lua;;) \
	  $(call export_line,LUA_CPATH,build/$(ABI)/?.so;;) \
	  $(call export_line,PATH,bin,:"$$PATH")

## make demo           the Belgrade 2024 report, after installing what lacks
demo: deps-build
	@$(MAKE) --no-print-directory -s build
	@LUA="$(LUA)" ./bin/urna report belgrade-2024

## make test           all specs, C and Lua, on LUA; SAN=1 for sanitizers
test: deps-test
	@$(MAKE) --no-print-directory -s build tests
	@.ci/test "$(LUA)" all $(c_tests)

## make test-c         the C core's tests alone
test-c:
	@$(MAKE) --no-print-directory -s tests
	@.ci/test "$(LUA)" c $(c_tests)

## make test-lua       busted alone
test-lua: build
	@.ci/test "$(LUA)" lua

## make test-nvim      the Neovim specs, inside a headless Neovim
test-nvim: nvim
	@.ci/test "$(LUA)" nvim

tests: $(c_tests)

$(c_tests): $(c_out)/%: spec/core/%.c $(c_objects) Makefile
	@mkdir -p $(@D)
	$(CC) $(c_flags) -o $@ $< $(c_objects) $(LDFLAGS) $(lib_libs) -lm -lpthread

$(c_out)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(c_flags) -c -o $@ $<

## make fuzz           every target of spec/fuzz for SECONDS_EACH=10, or RUNS=
fuzz:
	@FUZZ_CC="$(FUZZ_CC)" SECONDS_EACH="$(SECONDS_EACH)" RUNS="$(RUNS)" \
	  SEED="$(SEED)" MAKE="$(MAKE)" .ci/fuzz "$(LUA)" $(fuzzers)

fuzzers: $(fuzzers)

$(fuzzers): $(fuzz_out)/%: spec/fuzz/%.c $(fuzz_objects) Makefile
	@mkdir -p $(@D)
	$(FUZZ_CC) $(fuzz_flags) -fsanitize=fuzzer -o $@ $< $(fuzz_objects) \
	  $(LDFLAGS) $(lib_libs) -lm -lpthread

$(fuzz_out)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(FUZZ_CC) $(fuzz_flags) -c -o $@ $<

# DEPS=no keeps its hands off the system and does not even look.
deps-build deps-test:
ifneq ($(DEPS),no)
	@CC="$(CC)" PKG_CONFIG="$(PKG_CONFIG)" LUA_INCDIR="$(LUA_INCDIR)" \
	  .ci/deps $(@:deps-%=%) "$(LUA)" "$(ABI)"
endif

## make lint           luacheck, clang-tidy or cppcheck, symbols of the module
lint:
	@$(MAKE) --no-print-directory -s build
	@CC="$(CC)" LUA_INCDIR="$(LUA_INCDIR)" .ci/lint "$(ABI)"

## make rock           build/rock: a source rock of HEAD, and a server of it
rock:
	@.ci/rock

## make rocks          rehearse the rock: lint, make, pack, install, remove
rocks:
	@.ci/rocks

## make install        into PREFIX (LUA_MODULE_DIR, LUA_CMODULE_DIR, DESTDIR)
install: build
	@DESTDIR="$(DESTDIR)" .ci/install "$(LUA)" "$(ABI)" "$(PREFIX)" \
	  "$(LUA_MODULE_DIR)" "$(LUA_CMODULE_DIR)"

## make clean          remove builds, also those of luarocks make
clean:
	rm -rf build
	rm -f lua/urna/core.so src/*/*.o urna/core.so doc/tags *.rock bin/urna~
	@if [ -d urna ]; then rmdir urna; fi

help:
	@sed -n 's/^## //p' Makefile

-include $(objects:.o=.d) $(c_objects:.o=.d) $(c_tests:=.d) \
  $(fuzz_objects:.o=.d) $(fuzzers:=.d)
