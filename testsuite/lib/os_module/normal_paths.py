import os.path

PATHS = ["", "/", "//", "///", "///foo/.//bar//", "///foo/.//bar//.//..//.//baz///", "///..//./foo/.//bar", "../a/..", "a/../..", ".", "//a/../..", "a//b/./c/.."]
for path in PATHS:
    print(repr(os.path.normpath(path)), os.path.normpath(path.encode()).decode() == os.path.normpath(path))
# expect: '.' True
# expect: '/' True
# expect: '//' True
# expect: '/' True
# expect: '/foo/bar' True
# expect: '/foo/baz' True
# expect: '/foo/bar' True
# expect: '..' True
# expect: '..' True
# expect: '.' True
# expect: '//' True
# expect: 'a/b' True
