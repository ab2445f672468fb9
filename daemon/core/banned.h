/* SPDX-License-Identifier: MIT */
/*
 * banned.h: functions that no file of detainerd may call. Included last, by
 * every .c file. A use becomes a name that does not exist, so that the build
 * stops and says why.
 *
 * strcpy, strcat, sprintf and vsprintf do not know how large their target is;
 * strtok and localtime, gmtime, ctime and asctime keep hidden state; atoi,
 * atol and atof cannot tell "0" from rubbish.
 */
#ifndef DETAINERD_BANNED_H
#define DETAINERD_BANNED_H

#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#undef strtok
#undef atoi
#undef atol
#undef atof
#undef gmtime
#undef localtime
#undef ctime
#undef asctime
#define strcpy(...) strcpy_is_banned_use_text_copy
#define strcat(...) strcat_is_banned_use_text_add
#define sprintf(...) sprintf_is_banned_use_snprintf
#define vsprintf(...) vsprintf_is_banned_use_vsnprintf
#define strtok(...) strtok_is_banned_use_strcspn
#define atoi(...) atoi_is_banned_use_text_to_int64
#define atol(...) atol_is_banned_use_text_to_int64
#define atof(...) atof_is_banned
#define gmtime(...) gmtime_is_banned_use_instant_rfc3339
#define localtime(...) localtime_is_banned_use_instant_rfc3339
#define ctime(...) ctime_is_banned_use_instant_rfc3339
#define asctime(...) asctime_is_banned_use_instant_rfc3339

#endif
