#include "store/faulty_disk.h"

#include <gtest/gtest.h>

namespace dijia::test {
namespace {

// One disk in a test program, used by one thread.
struct State {
  sqlite3_vfs* system = nullptr;
  sqlite3_vfs shim{};
  int countdown = 0;  // 0 = healthy
  FaultyDisk::Fault fault{};
  FaultyDisk::Lasts lasts{};
  bool has_failed = false;
};
State& Disk() {
  static State state;
  return state;
}

// The error of this operation; SQLITE_OK while the disk works.
int Fault(int error, bool needs_space) {
  State& disk = Disk();
  if (disk.countdown == 0) return SQLITE_OK;
  if (disk.countdown > 1) {
    --disk.countdown;
    return SQLITE_OK;
  }
  if (disk.fault == FaultyDisk::Fault::kFull) {
    if (!needs_space) return SQLITE_OK;
    error = SQLITE_FULL;
  }
  if (disk.lasts == FaultyDisk::Lasts::kOnce) disk.countdown = 0;
  disk.has_failed = true;
  return error;
}

struct File {
  sqlite3_file base;
  sqlite3_file* real;  // behind this struct, in the same memory
};
sqlite3_file* Real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }
const sqlite3_io_methods& Methods(sqlite3_file* file) { return *Real(file)->pMethods; }

int Close(sqlite3_file* file) { return Methods(file).xClose(Real(file)); }
int Read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  if (const int error = Fault(SQLITE_IOERR_READ, false)) return error;
  return Methods(file).xRead(Real(file), to, size, at);
}
int Write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  if (const int error = Fault(SQLITE_IOERR_WRITE, true)) return error;
  return Methods(file).xWrite(Real(file), from, size, at);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int error = Fault(SQLITE_IOERR_TRUNCATE, false)) return error;
  return Methods(file).xTruncate(Real(file), size);
}
int Sync(sqlite3_file* file, int flags) {
  if (const int error = Fault(SQLITE_IOERR_FSYNC, false)) return error;
  return Methods(file).xSync(Real(file), flags);
}
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Methods(file).xFileSize(Real(file), size);
}
int Lock(sqlite3_file* file, int level) { return Methods(file).xLock(Real(file), level); }
int Unlock(sqlite3_file* file, int level) { return Methods(file).xUnlock(Real(file), level); }
int CheckLock(sqlite3_file* file, int* out) {
  return Methods(file).xCheckReservedLock(Real(file), out);
}
int Control(sqlite3_file* file, int code, void* argument) {
  return Methods(file).xFileControl(Real(file), code, argument);
}
int SectorSize(sqlite3_file* file) { return Methods(file).xSectorSize(Real(file)); }
int Characteristics(sqlite3_file* file) { return Methods(file).xDeviceCharacteristics(Real(file)); }
int ShmMap(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  if (const int error = Fault(SQLITE_IOERR_SHMMAP, extend != 0)) return error;
  return Methods(file).xShmMap(Real(file), region, size, extend, out);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Methods(file).xShmLock(Real(file), offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) { Methods(file).xShmBarrier(Real(file)); }
int ShmUnmap(sqlite3_file* file, int deletes) {
  return Methods(file).xShmUnmap(Real(file), deletes);
}

const sqlite3_io_methods kMethods{
    2,        Close,     Read,    Write,      Truncate,        Sync,   FileSize, Lock,
    Unlock,   CheckLock, Control, SectorSize, Characteristics, ShmMap, ShmLock,  ShmBarrier,
    ShmUnmap, nullptr,   nullptr};

int Open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  File& opened = *reinterpret_cast<File*>(file);
  opened.base.pMethods = nullptr;
  if (const int error = Fault(SQLITE_CANTOPEN, true)) return error;
  opened.real = reinterpret_cast<sqlite3_file*>(&opened + 1);
  const int result = Disk().system->xOpen(Disk().system, name, opened.real, flags, out_flags);
  if (opened.real->pMethods != nullptr) opened.base.pMethods = &kMethods;
  return result;
}

int Delete(sqlite3_vfs*, const char* name, int sync) {
  if (const int error = Fault(SQLITE_IOERR_DELETE, false)) return error;
  return Disk().system->xDelete(Disk().system, name, sync);
}

}  // namespace

FaultyDisk::FaultyDisk() {
  State& disk = Disk();
  disk.system = sqlite3_vfs_find(nullptr);
  disk.shim = *disk.system;
  disk.shim.zName = "faulty";
  disk.shim.szOsFile = static_cast<int>(sizeof(File)) + disk.system->szOsFile;
  disk.shim.xOpen = Open;
  disk.shim.xDelete = Delete;
  EXPECT_EQ(sqlite3_vfs_register(&disk.shim, 1), SQLITE_OK);
}

FaultyDisk::~FaultyDisk() {
  Heal();
  sqlite3_vfs_unregister(&Disk().shim);
  sqlite3_vfs_register(Disk().system, 1);
}

void FaultyDisk::FailAt(int operation, Fault fault, Lasts lasts) {
  State& disk = Disk();
  disk.countdown = operation;
  disk.fault = fault;
  disk.lasts = lasts;
  disk.has_failed = false;
}

bool FaultyDisk::Heal() {
  Disk().countdown = 0;
  return Disk().has_failed;
}

}  // namespace dijia::test
