/* Two hashes: one for tables inside the program, one for identities that leave it. */
#ifndef REPASO_BASE_HASH_H
#define REPASO_BASE_HASH_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

/* FNV-1a, 64 bit, finished by a mixer. Not for hostile keys that must not collide. */
uint64_t hash_str(struct str s);
uint64_t hash_combine(uint64_t a, uint64_t b);

void sha256(struct str bytes, uint8_t ret[32]);
/* 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(struct str bytes, char ret[65]);
/* Of a whole file of any size. */
bool sha256_file(const char *path, char ret[65], struct error *e);

/* For formats that want it; never for our own identities. */
void sha1_of(struct str bytes, uint8_t ret[20]);

/* The first 128 bits of SHA-256 as 26 lower-case base-32 characters (RFC 4648 alphabet, no padding) and a
 * NUL: the form of every identity in repaso. */
void identity_hash(struct str bytes, char ret[27]);

#endif
