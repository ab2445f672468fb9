/* SPDX-License-Identifier: MIT */
/* unit.h: what cmocka wants included before itself, in its order. */
#ifndef DETAINERD_UNIT_H
#define DETAINERD_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#endif
