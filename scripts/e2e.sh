#!/bin/sh
# Runs the browser stories with Debian's or any other Chromium. Without one it says which stories were not run; in CI that is a failure.
cd "$(dirname "$0")/../web" || exit 1
for name in "${DANGOL_CHROMIUM:-}" chromium chromium-browser google-chrome; do
	if [ -n "$name" ] && command -v "$name" >/dev/null; then
		DANGOL_CHROMIUM=$(command -v "$name") exec npm run -s e2e
	fi
done
{
	echo
	echo "!! NOT RUN: the browser stories, because there is no Chromium here:"
	ls e2e/*.e2e.ts 2>/dev/null | sed 's/^/!!   web\//'
	echo "!! Get it with: apt-get install chromium fonts-noto-cjk   (or set DANGOL_CHROMIUM=/path/to/it) and run: make test"
	echo
} >&2
[ -z "${CI:-}" ]
