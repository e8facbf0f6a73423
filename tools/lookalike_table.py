#!/usr/bin/env python3
"""Writes src/core/lookalike_table.h from Python's Unicode data:

    python3 tools/lookalike_table.py >src/core/lookalike_table.h

Canonical decompositions and combining classes are taken whole, for the Basic
Multilingual Plane without Hangul (arithmetic does it) and the compatibility
ideographs. What looks alike is the list below: of UTS 39, confusables.txt,
the letters of living alphabets, Latin, Cyrillic and Greek, that are drawn
alike in another of them; and ӏ as l, for which that file has i, and Ԛ as Q,
which it lacks. Not taken, on purpose: pairs within ASCII (0 and O, 1, l and
I, rn and m), for codes of stations differ by such letters and digits and are
not the same; pairs within one script that are two letters to who reads it (ı
and i, ъ and ь), but for the three capitals with a stroke; pairs of which one
is a letter of phonetics or a small capital (ɡ and g, в and ʙ); pairs that
only a careless eye takes for one (г and r, Ь and b, σ and o, З and 3).
"""
import sys
import unicodedata

# Each letter on the left is drawn as the one on the right.
LETTERS = """
АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԌG ԚQ ԜW ӀI ѴV
аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw ӏl ѵv үy
ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ ϜF
αa ιi νv οo ρp υu γy ϲc ϳj
ГΓ ПΠ ФΦ ЛΛ ѰΨ пπ фφ тτ ѱψ ҰɎ ұɏ
ӘƏ әə ǝə ӔÆ ӕæ ӠƷ ӡʒ ԐƐ ԑɛ εɛ ΣƩ βß кĸ κĸ
ӨƟ ѲƟ ΘƟ өɵ ѳɵ ћħ
ÐĐ ƉĐ µμ
"""

# One sign that is drawn as two letters.
DIGRAPHS = {
    "Ǆ": "DŽ", "ǅ": "Dž", "ǆ": "dž", "Ǉ": "LJ", "ǈ": "Lj", "ǉ": "lj",
    "Ǌ": "NJ", "ǋ": "Nj", "ǌ": "nj", "Ǳ": "DZ", "ǲ": "Dz", "ǳ": "dz",
    "Ĳ": "IJ", "ĳ": "ij", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "fﬁ",
    "ﬄ": "fﬂ", "ﬆ": "st", "№": "No",
}

# White space (PropList.txt) is one space, and nothing at both ends.
SPACES = [0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F,
          0x205F, 0x3000]
SIGNS = {
    " ": SPACES,
    "-": [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58,
          0xFE63],
    '"': [0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x02BA, 0x02EE,
          0x05F4, 0x300C, 0x300D],
    "'": [0xB4, 0x02B9, 0x02BB, 0x02BC, 0x02BD, 0x02C8, 0x2018, 0x2019,
          0x201A, 0x201B, 0x2032, 0x2039, 0x203A, 0x05F3],
}

# Not drawn at all: Default_Ignorable_Code_Point of the plane, but fillers.
IGNORED = [0xAD, 0x34F, 0x61C, *range(0x180B, 0x1810), *range(0x200B, 0x2010),
           *range(0x202A, 0x202F), *range(0x2060, 0x2070),
           *range(0xFE00, 0xFE10), 0xFEFF]


def canonical():
    """{ code: (first, second or 0) } of one step of decomposition."""
    found = {}
    for code in range(0xA0, 0xFFFF):
        text = unicodedata.decomposition(chr(code))
        if not text or text.startswith("<") or 0xF900 <= code <= 0xFAFF:
            continue
        parts = [int(part, 16) for part in text.split()]
        found[code] = (parts[0], parts[1] if len(parts) > 1 else 0)
    return found


def alike():
    found = {}
    for pair in LETTERS.split():
        if pair[0] != pair[1]:
            found[ord(pair[0])] = (ord(pair[1]), 0)
    for sign, two in DIGRAPHS.items():
        found[ord(sign)] = (ord(two[0]), ord(two[1]))
    for sign, codes in SIGNS.items():
        found.update({code: (ord(sign), 0) for code in codes})
    for code in range(0xFF01, 0xFF5F):  # fullwidth forms
        found[code] = (code - 0xFEE0, 0)
    found.update({code: (0, 0) for code in IGNORED})
    return found


def classes():
    """[[first, last, class]], runs of marks of one combining class."""
    runs = []
    for code in range(0x10000):
        value = unicodedata.combining(chr(code))
        if value and code not in IGNORED:
            if runs and runs[-1][1:] == [code - 1, value]:
                runs[-1][1] = code
            else:
                runs.append([code, code, value])
    return runs


def all_of(table, code):
    """What becomes of a code, as text."""
    if code == 0:
        return ""
    if code not in table:
        return chr(code)
    return all_of(table, table[code][0]) + all_of(table, table[code][1])


def check(table):
    assert all(code >= 0x80 for code in table), "ASCII stays as it is"
    for code in table:
        whole = all_of(table, code)
        size = len(chr(code).encode())
        assert len(whole.encode()) <= 3 * size, hex(code)


def rows(items, width=78):
    line = " "
    for item in items:
        if len(line) + len(item) + 2 > width:
            print(line)
            line = " "
        line += " " + item + ","
    print(line)


def main():
    canon = canonical()
    table = {**canon, **alike()}
    check(table)
    codes = sorted(table)
    pages, last = [], max(codes) >> 8
    for page in range(last + 2):
        pages.append(sum(1 for code in codes if code >> 8 < page))
    print(f"""/*
** lookalike_table.h - written by tools/lookalike_table.py: change that.
**
** Source: Unicode {unicodedata.unidata_version}, UnicodeData.txt: canonical decompositions, of UAX 15,
** and combining classes; letters drawn alike, of UTS 39, by the list there.
*/
#ifndef URNA_LOOKALIKE_TABLE_H
#define URNA_LOOKALIKE_TABLE_H

#include <stdint.h>

/* A letter, and the one or two that stand for it; 0 is none. They are looked
** up in their turn. */
typedef struct likeness {{
  uint16_t letter, first, second;
}} likeness;

/* Marks first .. last have this combining class. */
typedef struct mark_run {{
  uint16_t first, last;
  uint8_t rank;
}} mark_run;

#define LAST_PAGE {last}

/* clang-format off */

/* Where the letters of each 256 begin. */
static const uint16_t pages[LAST_PAGE + 2] = {{""")
    rows(str(at) for at in pages)
    print("};\n\n/* By letter. */\nstatic const likeness likenesses[] = {")
    rows(f"{{{c},{table[c][0]},{table[c][1]}}}" for c in codes)
    print("};\n\n/* By their place. */\nstatic const mark_run mark_runs[] = {")
    rows("{%d,%d,%d}" % tuple(run) for run in classes())
    print("};\n\n/* clang-format on */\n\n#endif")


if sys.stdout.encoding.lower() != "utf-8":
    sys.stdout.reconfigure(encoding="utf-8")
main()
