#!/usr/bin/env bash
# Makes .venv from the lock and sees to it that the report's system libraries are there; instant when nothing changed.
#
#   tools/bootstrap.sh run    what `gapengine` needs (requirements.lock)
#   tools/bootstrap.sh dev    that and what the tests need (requirements-dev.lock)
#
# Exit codes: 0 ready, 3 something of the system is missing (the line that installs it is printed), 1 pip failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kind=${1:-run}
case "$kind" in
  run) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "usage: tools/bootstrap.sh run|dev" >&2; exit 2 ;;
esac
python=${PYTHON:-python3}
libraries=(libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0)
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)

say() { echo "bootstrap: $*" >&2; }

missing() { # what was not found, the apt packages that hold it
  say "$1 Install it with:"
  echo "  sudo apt-get update && sudo apt-get install --no-install-recommends -y ${*:2}" >&2
  exit 3
}

libraries_load() {
  [[ $(uname -s) == Linux ]] || return 0 # elsewhere `gapengine doctor` looks for them
  .venv/bin/python - "${libraries[@]}" <<'PY' 2>/dev/null
import ctypes, sys
for name in sys.argv[1:]:
    ctypes.CDLL(name)
PY
}

install() { # with apt-get, where this user may
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
  command -v apt-get >/dev/null || return 1
  if [[ $EUID -ne 0 ]]; then
    sudo -n true 2>/dev/null || return 1
    apt=(sudo -n "${apt[@]}")
  fi
  say "installing $* with apt-get"
  "${apt[@]}" update >/dev/null && "${apt[@]}" install --no-install-recommends -y "$@" >/dev/null
}

# The environment is as good as what it was made from: the place, the interpreter and these files.
state() { { pwd -P; "$python" -VV; cat pyproject.toml tools/bootstrap.sh "$1"; } | sha256sum; }

ready() { # is .venv the one that this lock makes?
  [[ -x .venv/bin/gapengine && -f .venv/$1.stamp && $(<".venv/$1.stamp") == "$(state "$1")" ]]
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  || missing "No Python 3.11 or newer as \"$python\" (set PYTHON=...)." python3 python3-venv

if ! ready "$lock" && ! { [[ $kind == run ]] && ready requirements-dev.lock; }; then
  say "making .venv from $lock (once; needs the package index)"
  rm -f .venv/*.stamp
  "$python" -c 'import ensurepip, venv' 2>/dev/null || missing "Python has no venv." python3-venv
  [[ -x .venv/bin/python && $(.venv/bin/python -VV 2>/dev/null) == "$("$python" -VV)" ]] \
    && grep -qsxF "$(pwd -P)" .venv/place || "$python" -m venv --clear .venv
  pwd -P > .venv/place
  pip=(.venv/bin/python -m pip --disable-pip-version-check --quiet --quiet --no-input install --no-deps --no-compile)
  "${pip[@]}" --require-hashes --requirement "$lock"
  "${pip[@]}" --no-build-isolation --editable .
  # once, on all cores: otherwise every run on a machine that writes no bytecode compiles everything again
  .venv/bin/python -m compileall -q -j 0 .venv/lib gapengine connectors models reports >/dev/null || true
  state "$lock" > ".venv/$lock.stamp"
fi

libraries_load || { install "${packages[@]}" && libraries_load; } \
  || missing "The report needs Pango and HarfBuzz, which this machine lacks." "${packages[@]}"

# Continuous integration also looks at the page in a real browser; elsewhere those tests are skipped where there is none.
if [[ $kind == dev && -n ${CI:-} ]] && ! command -v chromium chromedriver >/dev/null; then
  install chromium chromium-driver || say "no Chromium: the tests that need a browser are skipped"
fi
