# run CODE: compiles bad.c and runs CODE in debug mode, with the module imported as `bad`. run_file FILE: runs a file.
build() {
    cc -g -w -O0 -shared -fPIC -DHPY_ABI_UNIVERSAL -I "$ROOT/headers" -I "$ROOT/testsuite/hpy/bad" "$@" bad.c -o bad.hpy0.so
}

run() {
    build && HPY=debug haft -c "import bad; $1"
}

run_file() {
    build && HPY=debug haft "$1"
}
