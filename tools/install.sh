#!/bin/sh
# Installs the build tools that are missing: cmake, a C++ compiler, libclang. Says what it does.
set -eu

missing=""
command -v cmake >/dev/null 2>&1 || missing="$missing cmake"
command -v c++ >/dev/null 2>&1 || command -v g++ >/dev/null 2>&1 || command -v clang++ >/dev/null 2>&1 || missing="$missing g++"
found=no
for library in ${LIBCLANG_PATH:-/nowhere}/libclang*.so* /usr/lib/llvm-*/lib/libclang*.so* \
    /usr/lib/*/libclang*.so* /usr/lib/libclang*.so* /usr/lib64/libclang*.so* \
    /usr/local/lib/libclang*.so* /opt/homebrew/opt/llvm/lib/libclang*.dylib \
    /Library/Developer/CommandLineTools/usr/lib/libclang*.dylib; do
    case "$library" in
        *libclang-cpp*) continue ;;
    esac
    if [ -e "$library" ]; then found=yes; fi
done
[ "$found" = yes ] || missing="$missing libclang-dev"

if ! command -v cargo >/dev/null 2>&1; then
    echo "Rust is missing: install cargo (https://www.rust-lang.org/tools/install), then run this again." >&2
    exit 1
fi
[ -n "$missing" ] || exit 0

echo "Missing build tools:$missing"
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1; then
        as_root="sudo"
    else
        echo "Ask an administrator to run: apt-get install$missing" >&2
        exit 1
    fi
    echo "Installing them: $as_root apt-get install$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # several packages
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq $missing
else
    echo "Install them with your system's package manager (Debian names), then run this again." >&2
    echo "Without C++ tools the program builds with: cargo build --release --no-default-features --features microlp" >&2
    exit 1
fi
