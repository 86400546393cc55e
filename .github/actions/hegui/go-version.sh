#!/usr/bin/env bash
# Says which Go builds hegui. In a container the path of the action is the runner's
# in expressions, and right only here.
set -euo pipefail

version=$(sed -n 's/^go //p' "$GITHUB_ACTION_PATH/../../../go.mod")
echo "version=$version" >>"$GITHUB_OUTPUT"
