/*
** lcompat.h - what differs between the Lua versions that one source serves.
**
** 5.1 is compiled with the headers of PUC Lua, also for LuaJIT, whose own
** declare functions that PUC Lua 5.1 lacks.
*/
#ifndef URNA_LCOMPAT_H
#define URNA_LCOMPAT_H

#include <lauxlib.h>
#include <lua.h>

/* The version that this module is for, as in _VERSION: "5.1" ... */
#if LUA_VERSION_NUM == 501
#define URNA_ABI "5.1"
#elif LUA_VERSION_NUM == 502
#define URNA_ABI "5.2"
#elif LUA_VERSION_NUM == 503
#define URNA_ABI "5.3"
#elif LUA_VERSION_NUM == 504
#define URNA_ABI "5.4"
#elif LUA_VERSION_NUM == 505
#define URNA_ABI "5.5"
#else
#error "urna serves Lua 5.1 to 5.5"
#endif

/* The one function that hosts may see. */
#if defined(_WIN32)
#define URNA_EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define URNA_EXPORT __attribute__((visibility("default")))
#else
#define URNA_EXPORT
#endif

/* An integer where Lua has them, else the number that equals it. */
#if LUA_VERSION_NUM >= 503
#define urna_push_integer(L, n) lua_pushinteger(L, (lua_Integer)(n))
#else
#define urna_push_integer(L, n) lua_pushnumber(L, (lua_Number)(n))
#endif

#endif
