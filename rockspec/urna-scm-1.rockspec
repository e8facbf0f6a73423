rockspec_format = "3.0"
package = "urna"
version = "scm-1"

local release = "0.1.0" -- urna._VERSION; spec/house checks that they agree

-- LuaRocks clones from a folder of its own, where no relative url finds the
-- checkout: `make rock` packs with the checkout's own, `luarocks make` needs
-- none, and a release names the repository that it is published from.
source = {
  url = "git+file://run-make-rock-in-the-checkout",
}

description = {
  summary = "The ballot box for Lua: from polling-station records to seats",
  detailed = "urna " .. release .. [[ reads polling-station records, proves
that they add up, applies the law of the day of the election, explains every
seat and writes the report. A C core does the counting; Lua holds countries'
rules and the reports. Lua 5.1 to 5.4 and LuaJIT.]],
  license = "MIT",
  labels = { "elections", "statistics", "neovim", "commandline" },
}

dependencies = {
  "lua >= 5.1, < 5.6",
}

external_dependencies = {
  CJSON = { header = "cjson/cJSON.h", library = "cjson" },
  ZLIB = { header = "zlib.h", library = "z" },
  ZSTD = { header = "zstd.h", library = "zstd" },
}

test_dependencies = {
  "busted",
}

test = {
  type = "busted",
}

-- With one module listed, "builtin" builds it and copies all of lua/, so a
-- new Lua file needs no line here; a new C file does (spec/house checks it).
-- There are no flags by module: the sources hide their symbols themselves.
build = {
  type = "builtin",
  modules = {
    ["urna.core"] = {
      sources = {
        "src/core/approvals.c",
        "src/core/arena.c",
        "src/core/ballots.c",
        "src/core/biproportional.c",
        "src/core/biproportional_divisors.c",
        "src/core/biproportional_exact.c",
        "src/core/blt.c",
        "src/core/continuing.c",
        "src/core/count.c",
        "src/core/crossing.c",
        "src/core/csv.c",
        "src/core/cursor.c",
        "src/core/divisor.c",
        "src/core/fault.c",
        "src/core/formula.c",
        "src/core/groups.c",
        "src/core/holding.c",
        "src/core/kemeny.c",
        "src/core/logarithm.c",
        "src/core/lookalike.c",
        "src/core/margin.c",
        "src/core/meek.c",
        "src/core/moves.c",
        "src/core/names.c",
        "src/core/natural.c",
        "src/core/notes.c",
        "src/core/occur.c",
        "src/core/order.c",
        "src/core/pairwise.c",
        "src/core/parcels.c",
        "src/core/peers.c",
        "src/core/pivot.c",
        "src/core/positions.c",
        "src/core/power.c",
        "src/core/preflib.c",
        "src/core/price.c",
        "src/core/quota.c",
        "src/core/quota_method.c",
        "src/core/ranked.c",
        "src/core/ranked_avx2.c",
        "src/core/ranked_avx512.c",
        "src/core/ranked_plain.c",
        "src/core/ranked_sets.c",
        "src/core/ranked_sse2.c",
        "src/core/ranking.c",
        "src/core/ratio.c",
        "src/core/rational.c",
        "src/core/record.c",
        "src/core/rows.c",
        "src/core/sequence.c",
        "src/core/sha256.c",
        "src/core/sheet.c",
        "src/core/status.c",
        "src/core/table.c",
        "src/core/tally.c",
        "src/core/tally_avx2.c",
        "src/core/tally_avx512.c",
        "src/core/tally_plain.c",
        "src/core/tally_sets.c",
        "src/core/tally_sse2.c",
        "src/core/thiele.c",
        "src/core/units.c",
        "src/core/upper.c",
        "src/core/utf8.c",
        "src/io/bytes.c",
        "src/io/clock.c",
        "src/io/crew.c",
        "src/io/encoding.c",
        "src/io/intake.c",
        "src/io/json.c",
        "src/io/pump.c",
        "src/io/source.c",
        "src/io/tape.c",
        "src/io/terminal.c",
        "src/io/unpack.c",
        "src/io/window.c",
        "src/lua/approvals.c",
        "src/lua/ballots.c",
        "src/lua/biproportional.c",
        "src/lua/check.c",
        "src/lua/continuing.c",
        "src/lua/convert.c",
        "src/lua/core.c",
        "src/lua/divisor.c",
        "src/lua/formula.c",
        "src/lua/json.c",
        "src/lua/lookalike.c",
        "src/lua/margin.c",
        "src/lua/memory.c",
        "src/lua/orders.c",
        "src/lua/pairwise.c",
        "src/lua/power.c",
        "src/lua/quota.c",
        "src/lua/ranked.c",
        "src/lua/ratio.c",
        "src/lua/rational.c",
        "src/lua/records.c",
        "src/lua/seed.c",
        "src/lua/source.c",
        "src/lua/stv.c",
        "src/lua/table.c",
        "src/lua/tallied.c",
        "src/lua/tally.c",
        "src/lua/tape.c",
        "src/lua/teller.c",
        "src/lua/terminal.c",
      },
      incdirs = { "src", "$(CJSON_INCDIR)", "$(ZLIB_INCDIR)",
        "$(ZSTD_INCDIR)" },
      libdirs = { "$(CJSON_LIBDIR)", "$(ZLIB_LIBDIR)",
        "$(ZSTD_LIBDIR)" },
      libraries = { "cjson", "z", "zstd", "pthread" },
    },
  },
  platforms = {
    unix = {
      modules = {
        ["urna.core"] = { libraries = { "cjson", "z", "zstd", "m",
          "pthread" } },
      },
    },
  },
  install = {
    bin = { "bin/urna" },
  },
  copy_directories = { "doc", "plugin" },
}
