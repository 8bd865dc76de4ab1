/* Versions: of the binary interface, which hosts check, and of the source interface that these headers follow. */
#ifndef HPY_VERSION_H
#define HPY_VERSION_H

/* A host of version M.N runs modules of versions M.0 to M.N. A module may claim another version, for tests. */
#ifndef HPY_ABI_VERSION
#  define HPY_ABI_VERSION 0
#endif
#ifndef HPY_ABI_VERSION_MINOR
#  define HPY_ABI_VERSION_MINOR 0
#endif
/* What stands in the file name: spam.hpy0.so. */
#define HPY_ABI_TAG "hpy0"

#define HPY_VERSION "0.9.0"
#define HPY_GIT_REVISION "haft"

/* These headers are Haft's. */
#define HAFT_HPY_HEADERS 1

#endif /* HPY_VERSION_H */
