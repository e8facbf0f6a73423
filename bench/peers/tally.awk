# The same sums in awk: awk -v BY=... -v SUMS=... -f tally.awk FILE
#
# A line with a quote is taken apart by a pattern, all others by FS. Names
# stay in the spelling of the file, for it quotes no name needlessly.

function take(line, i) {
  for (i = 1; match(line, /^("([^"]|"")*"|[^,]*)/); i++) {
    cell[i] = substr(line, 1, RLENGTH)
    if (RLENGTH == length(line)) return
    line = substr(line, RLENGTH + 2)
  }
}

BEGIN {
  FS = ","
  is_wide = SUMS ~ /,/
  print BY "," SUMS
}

{ sub(/\r$/, "") }

NR == 1 { width = NF; next }

/"/ {
  take($0)
  if (is_wide) {
    names[cell[1]]
    for (i = 3; i <= width; i++) sums[cell[1], i] += cell[i]
  } else {
    sums[cell[2] "," cell[3]] += cell[4]
  }
  next
}

is_wide {
  names[$1]
  for (i = 3; i <= width; i++) sums[$1, i] += $i
  next
}

{ sums[$2 "," $3] += $4 }

END {
  if (is_wide) {
    for (name in names) {
      line = name
      for (i = 3; i <= width; i++) line = line sprintf(",%.0f", sums[name, i])
      print line
    }
  } else {
    for (name in sums) printf "%s,%.0f\n", name, sums[name]
  }
}
