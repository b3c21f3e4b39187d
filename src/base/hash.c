#include "base/hash.h"

#include "base/translate.h"

#include <errno.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 33)) * 0xFF51AFD7ED558CCDu;
    z = (z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53u;
    return z ^ (z >> 33);
}

uint64_t hash_str(struct str s)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001B3u;
    return mix(hash);
}

uint64_t hash_combine(uint64_t a, uint64_t b)
{
    return mix(a * 0x9E3779B97F4A7C15u + b);
}

void sha256(struct str bytes, uint8_t ret[32])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, bytes.len, (const uint8_t *)bytes.ptr);
    sha256_digest(&context, 32, ret);
}

static void write_hex(const uint8_t digest[32], char ret[65])
{
    for (size_t i = 0; i < 32; i++)
        snprintf(ret + 2 * i, 3, "%02x", digest[i]);
}

void sha256_hex(struct str bytes, char ret[65])
{
    uint8_t digest[32];
    sha256(bytes, digest);
    write_hex(digest, ret);
}

bool sha256_file(const char *path, char ret[65], struct error *e)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return fail(e, error_kind_of(errno), _("%s cannot be read: %s"), path, strerror(errno));
    struct sha256_ctx context;
    uint8_t bytes[65536], digest[32];
    sha256_init(&context);
    for (size_t len; (len = fread(bytes, 1, sizeof bytes, file)) > 0;)
        sha256_update(&context, len, bytes);
    bool ok = !ferror(file) || fail(e, ERROR_IO, _("%s cannot be read: %s"), path, strerror(errno));
    fclose(file);
    if (!ok)
        return false;
    sha256_digest(&context, 32, digest);
    write_hex(digest, ret);
    return true;
}

void sha1_of(struct str bytes, uint8_t ret[20])
{
    struct sha1_ctx context;
    sha1_init(&context);
    sha1_update(&context, bytes.len, (const uint8_t *)bytes.ptr);
    sha1_digest(&context, 20, ret);
}

void identity_hash(struct str bytes, char ret[27])
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    uint8_t digest[32];
    sha256(bytes, digest);
    for (unsigned i = 0, bit = 0; i < 26; i++, bit += 5) {
        unsigned pair = (unsigned)digest[bit / 8] << 8 | (bit / 8 + 1 < 16 ? digest[bit / 8 + 1] : 0);
        ret[i] = alphabet[pair >> (11 - bit % 8) & 31];
    }
    ret[26] = 0;
}
