// What a fuzz target promises: a broken promise stops the run and keeps the input.
#pragma once

#include <cstdio>
#include <cstdlib>

#define DIJIA_REQUIRE(condition)                                           \
  do {                                                                     \
    if (!(condition)) {                                                    \
      std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                        \
    }                                                                      \
  } while (false)
