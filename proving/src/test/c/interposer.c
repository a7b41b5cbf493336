/*
 * Preloaded into a process, it stands between that and its disk, which is what lies below PARLEY_DISK. It does up to two
 * things.
 *
 * PARLEY_DISK_ROOM names a file of one number of 64 bits, little-endian: how many more bytes can be written. Every write
 * takes of it, one that overwrites too, as where a file system copies on write; the last one is cut short, and those that
 * follow fail with ENOSPC, and so does making a file. Whoever writes another number into it makes room, or takes it.
 *
 * PARLEY_RECORD_LOG names a log of what happens, in that order: what the process does to files, and what it prints. It
 * appends, one write(2) a note, so that several processes share one log. A note stands there after the deed and before its caller goes on: whatever follows from a
 * deed, in another process too, is noted behind it.
 *
 *   kind 1 | process 4 | inode 8 | offset 8 | length of path 4 | length of bytes 4 | path | bytes      little-endian
 *
 *   N  path now names inode, which is new       O  path was opened       W  bytes written at offset
 *   T  cut or grown to offset                    S  synced                R  path renamed to bytes
 *   U  path removed                              P  bytes printed
 *
 * Mapped memory is not seen: SQLite maps its -shm only, and builds that anew.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static int log_file = -1;
static _Atomic int64_t *room;

__attribute__((constructor)) static void begin(void) {
    REAL(int, open, const char *, int, ...);
    const char *log = getenv("PARLEY_RECORD_LOG"), *room_file = getenv("PARLEY_DISK_ROOM");
    folder = getenv("PARLEY_DISK");
    if (!folder) return;
    folder_length = strlen(folder);
    if (log) log_file = real(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (!room_file) return;
    int fd = real(room_file, O_RDWR | O_CLOEXEC);
    room = mmap(NULL, sizeof *room, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    /* A disk that has room for ever would prove nothing. */
    if (fd < 0 || room == MAP_FAILED) abort();
    close(fd);
}

static int below(const char *path) {
    return folder && path && strncmp(path, folder, folder_length) == 0;
}

/* How many of count bytes there is room for, which is taken. */
static size_t granted(size_t count) {
    if (!room) return count;
    int64_t left = atomic_load(room), taken;
    do {
        taken = left <= 0 ? 0 : (int64_t)count < left ? (int64_t)count : left;
    } while (!atomic_compare_exchange_weak(room, &left, left - taken));
    return (size_t)taken;
}

static int full(void) {
    return room && atomic_load(room) <= 0;
}

/* Whether fd is a file or folder of interest; its path and inode. */
static int watched(int fd, char path[4096], uint64_t *inode) {
    char link[64];
    struct stat about;
    if (!folder || fd == log_file) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    if (length < 0) return 0;
    path[length] = 0;
    if (!below(path) || fstat(fd, &about) != 0) return 0;
    *inode = about.st_ino;
    return 1;
}

static void note(char kind, uint64_t inode, uint64_t offset, const char *path, const void *bytes, size_t count) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    if (log_file < 0) return;
    unsigned char head[29];
    uint32_t process = (uint32_t)getpid(), path_length = (uint32_t)strlen(path), length = (uint32_t)count;
    head[0] = (unsigned char)kind;
    memcpy(head + 1, &process, 4);
    memcpy(head + 5, &inode, 8);
    memcpy(head + 13, &offset, 8);
    memcpy(head + 21, &path_length, 4);
    memcpy(head + 25, &length, 4);
    struct iovec parts[3] = {{head, sizeof head}, {(void *)path, path_length}, {(void *)bytes, count}};
    /* Half a note would make the whole log lie. */
    if (real(log_file, parts, 3) != (ssize_t)(sizeof head + path_length + count)) abort();
}

/* ENOSPC, where there is no room for a single byte of count. */
#define TAKE_ROOM(count) \
    do { \
        size_t wanted = (count); \
        (count) = granted(wanted); \
        if (wanted > 0 && (count) == 0) { \
            errno = ENOSPC; \
            return -1; \
        } \
    } while (0)

/* Does the deed and notes it, as one step. */
#define STEP(type, deed, noting) \
    do { \
        pthread_mutex_lock(&order); \
        type done = (deed); \
        int failure = errno; \
        if (done >= 0) noting; \
        pthread_mutex_unlock(&order); \
        errno = failure; \
        return done; \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(ssize_t, write, int, const void *, size_t);
    char path[4096];
    uint64_t inode;
    if (fd == 1 && log_file >= 0) STEP(ssize_t, real(fd, bytes, count), note('P', 0, 0, "", bytes, (size_t)done));
    if (!watched(fd, path, &inode)) return real(fd, bytes, count);
    TAKE_ROOM(count);
    STEP(ssize_t, real(fd, bytes, count),
         note('W', inode, (uint64_t)(lseek(fd, 0, SEEK_CUR) - done), path, bytes, (size_t)done));
}

static ssize_t gathered(int fd, const struct iovec *parts, int count) {
    /* One after the other is as good: writev promises no more of a power failure. */
    ssize_t total = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = write(fd, parts[i].iov_base, parts[i].iov_len);
        if (done < 0) return total > 0 ? total : done;
        total += done;
        if ((size_t)done < parts[i].iov_len) break;
    }
    return total;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    char path[4096];
    uint64_t inode;
    return watched(fd, path, &inode) ? gathered(fd, parts, count) : real(fd, parts, count);
}

#define PWRITE(name, offset_type) \
    ssize_t name(int fd, const void *bytes, size_t count, offset_type at) { \
        REAL(ssize_t, name, int, const void *, size_t, offset_type); \
        char path[4096]; \
        uint64_t inode; \
        if (!watched(fd, path, &inode)) return real(fd, bytes, count, at); \
        TAKE_ROOM(count); \
        STEP(ssize_t, real(fd, bytes, count, at), note('W', inode, (uint64_t)at, path, bytes, (size_t)done)); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset_type) \
    int name(int fd, offset_type length) { \
        REAL(int, name, int, offset_type); \
        char path[4096]; \
        uint64_t inode; \
        if (!watched(fd, path, &inode)) return real(fd, length); \
        STEP(int, real(fd, length), note('T', inode, (uint64_t)length, path, "", 0)); \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
    int name(int fd) { \
        REAL(int, name, int); \
        char path[4096]; \
        uint64_t inode; \
        if (!watched(fd, path, &inode)) return real(fd); \
        STEP(int, real(fd), note('S', inode, 0, path, "", 0)); \
    }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    if (!below(from)) return real(from, to);
    STEP(int, real(from, to), note('R', 0, 0, from, to, strlen(to)));
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    if (!below(path)) return real(path);
    STEP(int, real(path), note('U', 0, 0, path, "", 0));
}

static void opened(int fd, int flags, int was_there) {
    char path[4096];
    uint64_t inode;
    if (!watched(fd, path, &inode)) return;
    note((flags & O_CREAT) && !was_there ? 'N' : 'O', inode, 0, path, "", 0);
    if ((flags & O_TRUNC) && was_there) note('T', inode, 0, path, "", 0);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, name, const char *, int, ...); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = va_arg(more, mode_t); \
        va_end(more); \
        if (!below(path)) return real(path, flags, mode); \
        int was_there = access(path, F_OK) == 0; \
        if ((flags & O_CREAT) && !was_there && full()) { \
            errno = ENOSPC; \
            return -1; \
        } \
        STEP(int, real(path, flags, mode), opened(done, flags, was_there)); \
    }
OPEN(open)
OPEN(open64)
