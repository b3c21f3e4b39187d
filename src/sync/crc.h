/* CRC-32C (Castagnoli; RFC 3720, appendix B.4): tells a line that was cut or altered on its way. */
#ifndef REPASO_SYNC_CRC_H
#define REPASO_SYNC_CRC_H

#include "base/str.h"

#include <stdint.h>

uint32_t crc32c(struct str bytes);

#endif
