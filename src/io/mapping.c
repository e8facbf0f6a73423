/* see mapping.h */
#define _GNU_SOURCE

#include "io/mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tally.h"

static const unsigned char MARK[] = {0xef, 0xbb, 0xbf};
static const unsigned char GZIP[] = {0x1f, 0x8b};

static urna_status refuse(urna_error *error) {
  urna_error_set(error, "cannot_read", NULL);
  if (error) error->system = errno;
  return URNA_BAD_INPUT;
}

static bool begins(const urna_mapping *mapping, const unsigned char *bytes,
                   size_t count) {
  return mapping->size >= count && memcmp(mapping->text, bytes, count) == 0;
}

/*
** The file lies over the beginning of pages that belong to nobody else, so
** that what follows its end is readable and zero, also where it fills its last
** page exactly.
*/
static urna_status map(urna_mapping *mapping, size_t size) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t whole = (size + page - 1) / page * page + page + URNA_TALLY_PAD;
  char *base = mmap(NULL, whole, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) return URNA_NO_MEMORY;
  if (size > 0
      && mmap(base, size, PROT_READ, MAP_SHARED | MAP_FIXED,
              mapping->descriptor, 0)
             == MAP_FAILED) {
    munmap(base, whole);
    return URNA_END;
  }
  mapping->base = base;
  mapping->base_size = whole;
  mapping->text = base;
  mapping->size = size;
  mapping->is_file = true;
  return URNA_OK;
}

static void skip_mark(urna_mapping *mapping) {
  if (!begins(mapping, MARK, sizeof MARK)) return;
  mapping->text += sizeof MARK;
  mapping->size -= sizeof MARK;
}

urna_status urna_mapping_open(urna_mapping *mapping, const char *path,
                              urna_error *error) {
  struct stat found;
  *mapping = (urna_mapping){.descriptor = open(path, O_RDONLY | O_CLOEXEC)};
  if (mapping->descriptor < 0) return refuse(error);
  urna_status status = URNA_END;
  if (fstat(mapping->descriptor, &found) == 0 && S_ISREG(found.st_mode))
    status = map(mapping, (size_t)found.st_size);
  if (status == URNA_OK && begins(mapping, GZIP, sizeof GZIP))
    status = URNA_END;
  if (status != URNA_OK)
    urna_mapping_close(mapping);
  else
    skip_mark(mapping);
  return status;
}

urna_status urna_mapping_copy(urna_mapping *mapping, const char *text,
                              size_t size) {
  *mapping = (urna_mapping){.descriptor = -1};
  mapping->base = malloc(size + URNA_TALLY_PAD);
  if (!mapping->base) return URNA_NO_MEMORY;
  if (size > 0) memcpy(mapping->base, text, size);
  memset(mapping->base + size, 0, URNA_TALLY_PAD);
  mapping->text = mapping->base;
  mapping->size = size;
  return URNA_OK;
}

void urna_mapping_close(urna_mapping *mapping) {
  if (mapping->is_file)
    munmap(mapping->base, mapping->base_size);
  else
    free(mapping->base);
  if (mapping->descriptor >= 0) close(mapping->descriptor);
  *mapping = (urna_mapping){.descriptor = -1};
}

bool urna_mapping_holds(const urna_mapping *mapping) {
  struct stat found;
  if (!mapping->is_file) return true;
  size_t size = mapping->size + (size_t)(mapping->text - mapping->base);
  return fstat(mapping->descriptor, &found) == 0
         && (size_t)found.st_size >= size;
}

void urna_mapping_done(const urna_mapping *mapping, size_t from, size_t to) {
  if (!mapping->is_file) return;
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t shift = (size_t)(mapping->text - mapping->base);
  size_t first = (from + shift + page - 1) / page * page;
  size_t last = (to + shift) / page * page;
  if (first < last) madvise(mapping->base + first, last - first, MADV_DONTNEED);
}
