#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Unpacks ParaView into a folder, beside the system and without root: python3-paraview conflicts with python3-vtk9,
# which Lacuna's Python package needs.
#   tests/paraview/fetch_paraview.sh FOLDER    gives FOLDER/bin/{paraview,pvbatch,pvpython,Xvfb}
# Takes the Debian packages that are missing here: about 125 MB, unpacked 680 MB. A second call does nothing.
# Exit status 77: this is no Debian, or its packages cannot be reached.
set -euo pipefail

[ $# -eq 1 ] || { echo "Usage: fetch_paraview.sh FOLDER" >&2; exit 2; }
folder=$(mkdir -p "$1" && cd "$1" && pwd)
readonly folder
readonly wanted=(paraview python3-paraview xvfb)
readonly root=$folder/root

unavailable() {
  printf 'fetch_paraview.sh: %s\n' "$@" >&2
  exit 77
}

# What an installation would bring, but for the modules of ParaView's web server.
missing_packages() {
  apt-get install --simulate --no-install-recommends "${wanted[@]}" |
    awk '$1 == "Inst" && ($2 !~ /^python3-/ || $2 == "python3-paraview") { print $2 }'
}

fetch() {
  local packages
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then unavailable "this is no Debian system"; fi
  packages=$(missing_packages) || unavailable "apt-get finds no package of ParaView; 'apt-get update' may help"
  rm -rf "$folder/packages" "$root"
  mkdir -p "$folder/packages" "$root"
  [ -n "$packages" ] || return 0 # ParaView is installed
  # shellcheck disable=SC2086 # one word per package
  (cd "$folder/packages" && apt-get download $packages >"$folder/download.log" 2>&1) ||
    unavailable "the packages cannot be downloaded:" "$(tail -n 3 "$folder/download.log")"
  local package
  for package in "$folder"/packages/*.deb; do dpkg --extract "$package" "$root"; done
  rm -r "$folder/packages"
}

# Xvfb starts /usr/bin/xkbcomp, by that path. Without a path it takes the one in PATH, which is ours.
release_xvfb() {
  [ ! -e "$root/usr/bin/Xvfb" ] || sed -i 's|\x00/usr/bin\x00|\x00\x00usr/bin\x00|' "$root/usr/bin/Xvfb"
}

# A program of the unpacked packages, or of the system where these are installed.
write_starter() {
  local libraries=$root/usr/lib/x86_64-linux-gnu
  libraries=${libraries/x86_64-linux-gnu/$(dpkg-architecture -qDEB_HOST_MULTIARCH)}
  cat >"$folder/bin/$1" <<EOF
#!/bin/sh
export LD_LIBRARY_PATH="$libraries:$root/usr/lib\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
export PYTHONPATH="$root/usr/lib/python3/dist-packages"
export PATH="$root/usr/bin:\$PATH" QT_PLUGIN_PATH="$libraries/qt5/plugins" LIBGL_ALWAYS_SOFTWARE=1
exec $1 "\$@"
EOF
  chmod +x "$folder/bin/$1"
}

[ ! -e "$folder/complete" ] || exit 0
fetch
release_xvfb
mkdir -p "$folder/bin"
for program in paraview pvbatch pvpython Xvfb; do write_starter "$program"; done
touch "$folder/complete"
