#!/bin/sh
# Makes the pictures that the bundle needs from taipan.svg. Run by hand after drawing; the results are committed.
set -e
cd "$(dirname "$0")"
out=$(mktemp -d)
(cd ../ui && npx tauri icon ../icons/taipan.svg -o "$out" >/dev/null)
for name in 32x32 128x128 128x128@2x icon; do cp "$out/$name.png" .; done
rm -r "$out"
