/* test_tape.c - files, packed files and pipes as tapes; windows and pumps that
** are moved along them. */
#define _DEFAULT_SOURCE

#include "io/tape.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "io/window.h"
#include "test.h"

#define SIZE 700000 /* more than two blocks of a pump */
#define MARK "\xef\xbb\xbf"

static char expected[SIZE]; /* bytes that do not repeat soon */

static void make_text(void) {
  unsigned state = 1;
  for (size_t i = 0; i < SIZE; i++) {
    state = state * 1103515245u + 12345u;
    expected[i] = (char)('a' + (state >> 16) % 26);
  }
}

static void write_file(const char *path, const char *mark) {
  FILE *file = fopen(path, "wb");
  fputs(mark, file);
  fwrite(expected, 1, SIZE, file);
  fclose(file);
}

static void write_packed(const char *path, const char *mark) {
  gzFile file = gzopen(path, "wb1");
  gzputs(file, mark);
  gzwrite(file, expected, SIZE);
  gzclose(file);
}

/* All of a tape that is read in order, in pieces; its identity. */
static void check_order(const char *path, size_t piece,
                        char hex[URNA_SHA256_HEX]) {
  urna_tape tape;
  urna_error error = {.code = NULL};
  char *text = malloc(SIZE + piece);
  size_t size = 0, got = 1;
  CHECK(urna_tape_open(&tape, path, &error) == URNA_OK);
  CHECK(!tape.is_seekable);
  while (got > 0 && size <= SIZE) {
    CHECK(urna_tape_read(&tape, text + size, piece, &got, &error) == URNA_OK);
    size += got;
  }
  CHECK(size == SIZE && memcmp(text, expected, SIZE) == 0);
  CHECK(urna_tape_identity(&tape, hex, &error) == URNA_OK);
  urna_tape_close(&tape);
  free(text);
}

static void check_places(const char *path, char hex[URNA_SHA256_HEX]) {
  urna_tape tape;
  urna_error error = {.code = NULL};
  char bytes[10];
  size_t got;
  CHECK(urna_tape_open(&tape, path, &error) == URNA_OK);
  CHECK(tape.is_seekable && tape.size == SIZE);
  CHECK(urna_tape_read_at(&tape, SIZE - 4, bytes, 10, &got, &error) == URNA_OK);
  CHECK(got == 4 && memcmp(bytes, expected + SIZE - 4, 4) == 0);
  CHECK(urna_tape_read_at(&tape, SIZE, bytes, 10, &got, &error) == URNA_OK);
  CHECK(got == 0);
  CHECK(urna_tape_identity(&tape, hex, &error) == URNA_OK);
  urna_tape_close(&tape);
  urna_tape_close(&tape);
}

/* The same text is the same, with a mark or packed. */
static void test_tapes(const char *path) {
  char plain[URNA_SHA256_HEX], other[URNA_SHA256_HEX];
  static const char *const marks[] = {"", MARK};
  write_file(path, "");
  check_places(path, plain);
  for (int i = 0; i < 2; i++) {
    write_file(path, marks[i]);
    check_places(path, other);
    CHECK_STRING(other, plain);
    write_packed(path, marks[i]);
    for (size_t piece = 4093; piece <= SIZE + 1; piece *= 13) {
      check_order(path, piece, other);
      CHECK_STRING(other, plain);
    }
  }
}

static void test_shrunk(const char *path) {
  urna_tape tape;
  urna_error error = {.code = NULL};
  char bytes[10];
  size_t got;
  write_file(path, "");
  CHECK(urna_tape_open(&tape, path, &error) == URNA_OK);
  CHECK(truncate(path, 100) == 0);
  CHECK(urna_tape_read_at(&tape, 90, bytes, 10, &got, &error) == URNA_OK);
  CHECK(urna_tape_read_at(&tape, 91, bytes, 10, &got, &error)
        == URNA_BAD_INPUT);
  CHECK_STRING(error.code, "shrunk");
  urna_tape_close(&tape);
  CHECK(urna_tape_open(&tape, "/nowhere/at/all", &error) == URNA_BAD_INPUT);
  CHECK_STRING(error.code, "cannot_read");
}

/* Over the whole text in steps, of which a part is carried over each time. */
static void check_window(urna_window *window, size_t step, size_t kept) {
  urna_error error = {.code = NULL};
  size_t at = 0;
  int steps = 0;
  for (;; steps++) {
    CHECK(urna_window_fill(window, at - window->base, step, &error) == URNA_OK);
    CHECK(window->base == at && at + window->size <= SIZE);
    CHECK(window->size >= step || window->is_last);
    CHECK(memcmp(window->bytes, expected + at, window->size) == 0);
    CHECK(window->bytes[window->size] == 0);
    CHECK(window->is_last ? at + window->size == SIZE : true);
    if (window->is_last && window->size <= kept) break;
    at += window->size - (window->size > kept ? kept : 0);
  }
  CHECK(steps > 2);
  urna_window_free(window);
}

static void test_windows(const char *path) {
  urna_window window;
  urna_tape tape;
  urna_pump pump;
  urna_error error = {.code = NULL};
  for (size_t step = 1000; step < SIZE / 2; step *= 17) {
    write_file(path, MARK);
    CHECK(urna_tape_open(&tape, path, &error) == URNA_OK);
    urna_window_init(&window, &tape, NULL, 64);
    urna_window_move(&window, 0);
    check_window(&window, step, 10);
    urna_tape_close(&tape);
    write_packed(path, MARK);
    CHECK(urna_tape_open(&tape, path, &error) == URNA_OK);
    CHECK(urna_pump_start(&pump, &tape) == URNA_OK);
    urna_window_init(&window, NULL, &pump, 64);
    check_window(&window, step, 10);
    urna_pump_stop(&pump);
    urna_tape_close(&tape);
  }
  urna_tape_text(&tape, "abc", 3);
  urna_window_init(&window, &tape, NULL, 64);
  CHECK(urna_window_fill(&window, 0, URNA_RECORD_MAX + 1, &error)
        == URNA_BAD_INPUT);
  CHECK_STRING(error.code, "record_too_long");
  urna_window_free(&window);
  urna_tape_close(&tape);
}

/* A pump may be stopped at any time, and tells what ended it. */
static void test_pumps(const char *path) {
  urna_tape tape;
  urna_pump pump;
  urna_error error = {.code = NULL};
  char *bytes = malloc(SIZE + 1);
  size_t got = 0;
  write_packed(path, "");
  for (size_t wanted = 0; wanted < SIZE; wanted += SIZE / 3) {
    CHECK(urna_tape_open(&tape, path, &error) == URNA_OK);
    CHECK(urna_pump_start(&pump, &tape) == URNA_OK);
    CHECK(urna_pump_read(&pump, bytes, wanted, &got, &error) == URNA_OK);
    CHECK(got == wanted && memcmp(bytes, expected, wanted) == 0);
    urna_pump_stop(&pump);
    urna_pump_stop(&pump);
    urna_tape_close(&tape);
  }
  CHECK(truncate(path, 300000) == 0);
  CHECK(urna_tape_open(&tape, path, &error) == URNA_OK);
  CHECK(urna_pump_start(&pump, &tape) == URNA_OK);
  CHECK(urna_pump_read(&pump, bytes, SIZE + 1, &got, &error) == URNA_BAD_INPUT);
  CHECK_STRING(error.code, "bad_gzip");
  urna_pump_stop(&pump);
  urna_tape_close(&tape);
  free(bytes);
}

int main(void) {
  char path[] = "/tmp/urna_tape_XXXXXX";
  int descriptor = mkstemp(path);
  CHECK(descriptor >= 0);
  close(descriptor);
  make_text();
  test_tapes(path);
  test_shrunk(path);
  test_windows(path);
  test_pumps(path);
  remove(path);
  return test_report("tape");
}
