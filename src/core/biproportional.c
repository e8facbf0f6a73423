/* see biproportional.h */
#include "core/biproportional.h"

#include <stdlib.h>
#include <string.h>

#include "core/logarithm.h"
#include "core/moves.h"

__extension__ typedef __int128 wide;

#define ROUNDS 100

/* ---- the call ---- */

static bool in_bounds(const urna_biproportional *b) {
  int64_t districts = 0, lists = 0;
  for (size_t i = 0; i < b->districts; i++) {
    if (b->district_seats[i] < 0) return false;
    districts += b->district_seats[i];
  }
  for (size_t j = 0; j < b->lists; j++) {
    if (b->list_seats[j] < 0) return false;
    lists += b->list_seats[j];
  }
  return districts == lists && districts <= URNA_BIPROPORTIONAL_SEATS
         && b->d.first > 0 && b->d.first <= 1000 && b->d.step > 0
         && b->d.step <= 1000;
}

static bool votes_in_bounds(const urna_biproportional *b) {
  for (size_t cell = 0; cell < urna_moves_cells(b); cell++)
    if (b->votes[cell] < 0 || b->votes[cell] > URNA_COUNT_MAX) return false;
  return true;
}

static bool least_in_bounds(const urna_biproportional *b) {
  for (size_t i = 0, cell = 0; b->least && i < b->districts; i++) {
    int32_t sure = 0;
    for (size_t j = 0; j < b->lists; j++, cell++) {
      if (b->least[cell] == 0) continue;
      if (b->least[cell] > 1 || b->votes[cell] == 0 || b->list_seats[j] == 0)
        return false;
      sure++;
    }
    if (sure > b->district_seats[i]) return false;
  }
  return true;
}

static void *take(urna_biproportional *b, size_t n, size_t size) {
  void *room = urna_arena_take(&b->arena, (n + 1) * size);
  if (room) memset(room, 0, (n + 1) * size);
  return room;
}

/* A cell may for a while have all seats of its district or of its list. */
static int32_t most_seats(const urna_biproportional *b) {
  int32_t most = 0;
  for (size_t i = 0; i < b->districts; i++)
    if (b->district_seats[i] > most) most = b->district_seats[i];
  for (size_t j = 0; j < b->lists; j++)
    if (b->list_seats[j] > most) most = b->list_seats[j];
  return most;
}

static urna_status make_room(urna_biproportional *b) {
  size_t cells = urna_moves_cells(b), nodes = urna_moves_nodes(b);
  /* the last signpost that is asked for is that of one seat too many */
  size_t signposts = (size_t)most_seats(b) + 2;
  bool is_made = (b->seats = take(b, cells, sizeof *b->seats))
                 && (b->changes = take(b, cells, 1))
                 && (b->marks = take(b, cells, 1))
                 && (b->logs = take(b, cells, sizeof *b->logs))
                 && (b->up = take(b, cells, sizeof *b->up))
                 && (b->down = take(b, cells, sizeof *b->down))
                 && (b->signposts = take(b, signposts, sizeof *b->signposts))
                 && (b->cut = take(b, nodes, 1))
                 && (b->level = take(b, nodes, sizeof *b->level))
                 && (b->distance = take(b, nodes, sizeof *b->distance))
                 && (b->from = take(b, nodes, sizeof *b->from))
                 && (b->block = take(b, nodes, sizeof *b->block))
                 && (b->stack = take(b, nodes, sizeof *b->stack))
                 && (b->spot = take(b, nodes, sizeof *b->spot))
                 && (b->divisors = take(b, nodes, sizeof *b->divisors))
                 && (b->exact = take(b, nodes, sizeof *b->exact));
  return is_made ? URNA_OK : URNA_NO_MEMORY;
}

void urna_biproportional_free(urna_biproportional *b) {
  for (size_t i = 0; i < urna_moves_nodes(b); i++) {
    if (b->divisors) urna_rational_free(&b->divisors[i]);
    if (b->exact) urna_rational_free(&b->exact[i]);
  }
  b->divisors = b->exact = NULL;
  urna_rational_free(&b->cost);
  urna_rational_free(&b->sum);
  urna_arena_free(&b->arena);
}

/* ---- a start: by alternate scaling ---- */

/* Cells of districts and lists without seats have no moves at all. */
static void weigh(urna_biproportional *b) {
  for (size_t i = 0, cell = 0; i < b->districts; i++)
    for (size_t j = 0; j < b->lists; j++, cell++) {
      bool takes_part = b->votes[cell] > 0 && b->district_seats[i] > 0
                        && b->list_seats[j] > 0;
      b->logs[cell] =
          takes_part ? urna_logarithm_of((uint64_t)b->votes[cell]) : -1;
      b->up[cell] = b->down[cell] = URNA_NO_MOVE;
    }
}

/* What is certain of each quota is where to begin: few steps are left. */
static void begin(urna_biproportional *b, size_t district) {
  size_t first = district * b->lists;
  wide sum = 0;
  for (size_t cell = first; cell < first + b->lists; cell++)
    if (b->logs[cell] >= 0) sum += b->votes[cell];
  if (sum == 0) return;
  for (size_t cell = first; cell < first + b->lists; cell++) {
    if (b->logs[cell] < 0) continue;
    wide quota = (wide)b->votes[cell] * b->district_seats[district] / sum;
    int32_t least = b->least ? b->least[cell] : 0;
    urna_moves_set(b, cell, quota < least ? least : (int32_t)quota);
  }
}

/* The cell of a node whose next seat costs least, and the one whose last seat
** costs most; their costs, or URNA_NO_MOVE. */
typedef struct margin {
  size_t next, last;
  int64_t next_cost, last_gain;
} margin;

static margin margin_of(const urna_biproportional *b, size_t node) {
  margin m = {0, 0, URNA_NO_MOVE, URNA_NO_MOVE};
  bool is_district = node < b->districts;
  size_t n = is_district ? b->lists : b->districts;
  for (size_t k = 0; k < n; k++) {
    size_t other = is_district ? b->districts + k : k;
    size_t cell = urna_moves_cell(b, node, other);
    int64_t level = is_district ? b->level[other] : -b->level[other];
    if (b->up[cell] != URNA_NO_MOVE && b->up[cell] - level < m.next_cost) {
      m.next = cell;
      m.next_cost = b->up[cell] - level;
    }
    if (b->down[cell] != URNA_NO_MOVE && b->down[cell] + level < m.last_gain) {
      m.last = cell;
      m.last_gain = b->down[cell] + level;
    }
  }
  return m;
}

/* Seats that a node lacks. */
static int32_t lacking(const urna_biproportional *b, size_t node) {
  bool is_district = node < b->districts;
  size_t n = is_district ? b->lists : b->districts;
  int32_t lacks = is_district ? b->district_seats[node]
                              : b->list_seats[node - b->districts];
  for (size_t k = 0; k < n; k++)
    lacks -=
        b->seats[urna_moves_cell(b, node, is_district ? b->districts + k : k)];
  return lacks;
}

/* Give a node its seats by the levels of the other side, and a level. False:
** none of its cells can take them. */
static bool fill(urna_biproportional *b, size_t node) {
  int32_t left = lacking(b, node);
  margin m = margin_of(b, node);
  for (;; m = margin_of(b, node)) {
    bool gives = m.last_gain != URNA_NO_MOVE;
    bool takes = m.next_cost != URNA_NO_MOVE;
    bool is_better = gives && takes && m.last_gain + m.next_cost < 0;
    if (left == 0 && !is_better) break;
    if (left > 0 ? !takes : !gives) return false;
    if (left <= 0) urna_moves_set(b, m.last, b->seats[m.last] - 1);
    if (left >= 0) urna_moves_set(b, m.next, b->seats[m.next] + 1);
    left += (left < 0) - (left > 0);
  }
  int64_t level = m.last_gain != URNA_NO_MOVE   ? m.last_gain
                  : m.next_cost != URNA_NO_MOVE ? -m.next_cost
                                                : 0;
  b->level[node] = node < b->districts ? level : -level;
  return true;
}

/* Seats that each list has above what it should; the sum of what is above. */
static int64_t measure(const urna_biproportional *b, int64_t *above) {
  int64_t sum = 0;
  for (size_t j = 0; j < b->lists; j++) {
    above[j] = -(int64_t)b->list_seats[j];
    for (size_t i = 0; i < b->districts; i++)
      above[j] += b->seats[i * b->lists + j];
    if (above[j] > 0) sum += above[j];
  }
  return sum;
}

/* Fill all districts, then all lists and the districts again, as long as that
** brings the lists nearer to their seats; so often at most that no level grows
** out of bounds. The cut is a district that cannot be filled. */
static bool start(urna_biproportional *b, int64_t *above) {
  int64_t before = INT64_MAX, now;
  for (size_t i = 0; i < b->districts; i++) begin(b, i);
  for (int round = 0;; round++, before = now) {
    for (size_t i = 0; i < b->districts; i++) {
      if (fill(b, i)) continue;
      b->cut[i] = 1;
      return false;
    }
    now = measure(b, above);
    if (now == 0 || now >= before || round == ROUNDS) return true;
    for (size_t j = 0; j < b->lists; j++) (void)fill(b, b->districts + j);
  }
}

/* ---- transfers: cheapest paths from lists above to lists below ---- */

static void relax(urna_biproportional *b, size_t tail, size_t head,
                  int64_t cost) {
  int64_t distance = b->distance[tail] + cost + b->level[tail] - b->level[head];
  if (distance >= b->distance[head]) return;
  b->distance[head] = distance;
  b->from[head] = tail;
}

static void reach_on(urna_biproportional *b, size_t node) {
  size_t n = b->districts;
  if (node < n) {
    const int64_t *up = b->up + node * b->lists;
    for (size_t j = 0; j < b->lists; j++)
      if (up[j] != URNA_NO_MOVE) relax(b, node, n + j, up[j]);
  } else {
    const int64_t *down = b->down + (node - n);
    for (size_t i = 0; i < n; i++, down += b->lists)
      if (*down != URNA_NO_MOVE) relax(b, node, i, *down);
  }
}

/* The nearest node that was not yet left; URNA_NO_NODE: none is reached. */
static size_t nearest(const urna_biproportional *b) {
  size_t found = URNA_NO_NODE;
  int64_t least = INT64_MAX;
  for (size_t node = 0; node < urna_moves_nodes(b); node++)
    if (!b->cut[node] && b->distance[node] < least) {
      found = node;
      least = b->distance[node];
    }
  return found;
}

/* Dijkstra's search; returns the list below at the end of a cheapest path.
** The nodes that were left are marked in 'cut': if no such list is reached,
** they are one. */
static size_t search(urna_biproportional *b, const int64_t *above) {
  for (size_t node = 0; node < urna_moves_nodes(b); node++) {
    b->from[node] = URNA_NO_NODE;
    b->distance[node] = INT64_MAX;
    b->cut[node] = 0;
  }
  for (size_t j = 0; j < b->lists; j++)
    if (above[j] > 0) b->distance[b->districts + j] = 0;
  size_t node;
  while ((node = nearest(b)) != URNA_NO_NODE) {
    if (node >= b->districts && above[node - b->districts] < 0) return node;
    b->cut[node] = 1;
    reach_on(b, node);
  }
  return node;
}

/* Raise the levels by the distances, so that they hold for the moves there
** will be, and take a seat along the path. */
static void transfer(urna_biproportional *b, size_t end, int64_t *above) {
  int64_t far = b->distance[end];
  for (size_t node = 0; node < urna_moves_nodes(b); node++)
    b->level[node] += b->distance[node] < far ? b->distance[node] : far;
  above[end - b->districts]++;
  size_t node = end;
  for (size_t before; (before = b->from[node]) != URNA_NO_NODE; node = before) {
    size_t cell = urna_moves_cell(b, before, node);
    int more = before < b->districts ? 1 : -1;
    urna_moves_set(b, cell, b->seats[cell] + more);
  }
  above[node - b->districts]--;
}

/* Lists without seats take no part in the search, but have votes. */
static void complete_cut(urna_biproportional *b) {
  for (size_t cell = 0; cell < urna_moves_cells(b); cell++)
    if (b->cut[urna_moves_district(b, cell)] && b->votes[cell] > 0)
      b->cut[urna_moves_list(b, cell)] = 1;
}

static bool is_level(const int64_t *above, size_t n) {
  for (size_t j = 0; j < n; j++)
    if (above[j] != 0) return false;
  return true;
}

static urna_status arrange(urna_biproportional *b) {
  int64_t *above = take(b, b->lists, sizeof *above);
  if (!above) return URNA_NO_MEMORY;
  bool is_filled = start(b, above);
  while (is_filled && !is_level(above, b->lists)) {
    size_t end = search(b, above);
    is_filled = end != URNA_NO_NODE;
    if (is_filled) transfer(b, end, above);
  }
  if (is_filled)
    memset(b->cut, 0, urna_moves_nodes(b));
  else
    complete_cut(b);
  return is_filled ? URNA_OK : URNA_BAD_INPUT;
}

urna_status urna_biproportional_solve(urna_biproportional *b) {
  urna_arena_init(&b->arena);
  if (b->districts > URNA_BIPROPORTIONAL_NODES
      || b->lists > URNA_BIPROPORTIONAL_NODES
      || urna_moves_nodes(b) > URNA_BIPROPORTIONAL_NODES || !in_bounds(b)
      || !votes_in_bounds(b) || !least_in_bounds(b))
    return URNA_BAD_CALL;
  urna_status status = make_room(b);
  if (status != URNA_OK) return status;
  weigh(b);
  status = arrange(b);
  return status == URNA_OK ? urna_moves_settle(b) : status;
}

/* ---- all solutions ---- */

/* The least number that begins with the digits before 'cell'. */
static void lower_behind(urna_biproportional *b, size_t cell) {
  for (; cell < urna_moves_cells(b); cell++)
    if (b->changes[cell] == URNA_DOWN) urna_moves_turn(b, b->changes, cell);
}

void urna_biproportional_first(urna_biproportional *b) {
  lower_behind(b, 0);
}

urna_status urna_biproportional_next(urna_biproportional *b) {
  for (size_t cell = urna_moves_cells(b); cell-- > 0;) {
    if (b->changes[cell] != URNA_UP || !urna_moves_turn(b, b->changes, cell))
      continue;
    lower_behind(b, cell + 1);
    return URNA_OK;
  }
  return URNA_END;
}
