#!/bin/bash
# Sets up the peers that bench/compare.py runs, as the README beside their scripts says: a Debian 12 root with
# numpy, scipy and R, and DuckDB and polars for Node. Needs root, debootstrap, node and npm; about 2.5 GB.
# Usage: setup.sh PEERS HOME_OF_PEERS MIRROR     PEERS: the folder with gen.py and the j*.py, j*.R, j*.mjs
set -euo pipefail
peers=$(realpath "$1")
home=$2
mirror=${3:?name the Debian mirror to install from}
packages=(python3-numpy python3-scipy python3-pandas python3-sklearn python3-statsmodels python3-numba
  python3-numexpr libopenblas0-pthread r-base-core r-cran-data.table r-cran-boot r-cran-matrixstats
  r-cran-fdrtool r-cran-sandwich r-cran-matrix r-cran-nortest r-cran-jsonlite r-cran-mass
  r-cran-robustbase r-cran-quantreg)

mkdir -p "$home/data" "$home/node"
[ -e "$home/root/etc/debian_version" ] ||
  debootstrap --variant=minbase --include=ca-certificates bookworm "$home/root" "$mirror"
mkdir -p "$home/root/bench" "$home/root/data"
# A mount of a folder that was replaced since shows nothing: it is mounted anew.
bind() {
  [ "$1" -ef "$home/root/$2" ] && return
  ! mountpoint -q "$home/root/$2" || umount "$home/root/$2"
  mount --bind "$1" "$home/root/$2"
}
bind /proc proc; bind /dev dev; bind /sys sys; bind "$peers" bench; bind "$home/data" data
chroot "$home/root" apt-get -qq update
DEBIAN_FRONTEND=noninteractive chroot "$home/root" apt-get -qq install -y --no-install-recommends "${packages[@]}"
(cd "$home/node" && { [ -e package.json ] || npm init -y >/dev/null; } && npm install \
  @duckdb/node-api nodejs-polars@0.26.1 nodejs-polars-linux-x64-gnu@0.26.1)

# The generator without the parts (polygons, masks, roads, …) that no job here reads.
if [ ! -e "$home/data/consts.json" ]; then
  sed -e '/^# ---------- 200 polygons/,/^# ---------- bootstrap/d' \
      -e '/^# ---------- Theil-Sen/,/^# ---------- distribution tests/d' "$peers/gen.py" >"$home/data/gen.py"
  chroot "$home/root" python3 /data/gen.py /data
fi
