// A disk for SQLite that fails where it is told to: a shim over the system's own (sqlite3_vfs).
#pragma once

#include <sqlite3.h>

namespace dijia::test {

// While it lives, every database that is opened stands on this disk.
class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  enum class Fault : unsigned char { kError, kFull };
  enum class Lasts : unsigned char { kOnce, kFromThenOn };
  // The n-th operation from now on fails, counted from 1: opening, reading, writing, synchronising,
  // cutting, deleting. kFull fails those that need space; the others are counted all the same.
  static void FailAt(int operation, Fault fault, Lasts lasts);
  // Works again. Whether an operation failed since FailAt.
  static bool Heal();
};

}  // namespace dijia::test
