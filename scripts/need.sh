#!/bin/sh
# Says in one line each what this machine lacks, and fails. Use: need.sh go node cc c++
missing=0
# A container's owner is spared the second attempt: what Debian has is installed where that asks nobody's leave.
offered() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get install -y -q --no-install-recommends "$@" || { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; }; } >&2; }
lacks() {
	echo "dangol needs $1" >&2
	missing=1
}

# at_least HAVE WANT: is version HAVE (1.26.8) not older than WANT (1.26)?
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

for tool in "$@"; do
	case $tool in
	go)
		have=$(GOTOOLCHAIN=local go version 2>/dev/null | sed -n 's/^go version go\([0-9.]*\).*/\1/p')
		at_least "${have:-0}" 1.26 || lacks "Go 1.26 or newer (here: ${have:-none}): https://go.dev/dl"
		;;
	node)
		have=$(node --version 2>/dev/null | sed 's/^v//')
		at_least "${have:-0}" 20.19 || lacks "Node 20.19 or newer (here: ${have:-none}): https://nodejs.org"
		;;
	cc)
		command -v "${CC:-cc}" >/dev/null || command -v gcc >/dev/null ||
			offered gcc libc6-dev || lacks "a C compiler, to link DuckDB: Debian has it as 'gcc libc6-dev'"
		;;
	c++)
		command -v "${CXX:-c++}" >/dev/null || command -v g++ >/dev/null ||
			offered g++ || lacks "a C++ compiler, to link DuckDB: Debian has it as 'g++'"
		;;
	*) lacks "a check for $tool in scripts/need.sh" ;;
	esac
done
exit $missing
