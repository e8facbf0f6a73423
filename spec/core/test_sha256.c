/* Vectors: NIST, examples for FIPS 180-4 (SHA256.pdf), and the Secure Hash
** Algorithm Validation System's million times "a". */
#include "core/sha256.h"
#include "test.h"

static const char *digest(const char *text, size_t length, size_t step) {
  static char hex[URNA_SHA256_HEX];
  urna_sha256 hash;
  urna_sha256_init(&hash);
  for (size_t at = 0; at < length; at += step)
    urna_sha256_update(&hash, text + at,
                       length - at < step ? length - at : step);
  urna_sha256_finish(&hash, hex);
  return hex;
}

static void check_all_steps(const char *text, const char *expected) {
  size_t length = strlen(text);
  for (size_t step = 1; step <= length + 1; step++)
    CHECK_STRING(digest(text, length, step), expected);
}

int main(void) {
  static char many[1000000];
  check_all_steps(
      "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  check_all_steps(
      "abc",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  check_all_steps(
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  check_all_steps(
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
      "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  memset(many, 'a', sizeof many);
  CHECK_STRING(
      digest(many, sizeof many, 997),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  return test_report("sha256");
}
