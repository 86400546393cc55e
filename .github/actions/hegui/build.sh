#!/usr/bin/env bash
# Builds hegui from the action's own repository, never from the workspace: a
# change must not bring the program that judges it.
set -euo pipefail

root=$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)
out=$(mktemp -d "$RUNNER_TEMP/hegui.XXXXXX")
cd "$root"
# Neither a go.work above this folder nor settings of the runner's user count.
export GOENV=off GOWORK=off GOFLAGS=-mod=readonly GOTOOLCHAIN=local
go generate ./internal/rulebook
go build -trimpath -o "$out/hegui" ./cmd/hegui
echo "binary=$out/hegui" >>"$GITHUB_OUTPUT"
