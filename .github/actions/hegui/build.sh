#!/usr/bin/env bash
# Builds hegui from the action's own repository, never from the workspace: a
# change must not bring the program that judges it.
set -euo pipefail

root=$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)
out=$(mktemp -d "$RUNNER_TEMP/hegui.XXXXXX")
cd "$root"
# Neither a go.work above this folder nor settings of the runner's user count, but
# for where modules come from: go.sum vouches for them.
GOPROXY=$(go env GOPROXY)
export GOPROXY
export GOENV=off GOWORK=off GOFLAGS=-mod=readonly GOTOOLCHAIN=local
go generate ./internal/rulebook
# The action is checked out without its history: its ref is all that says which
# version judges.
CGO_ENABLED=0 go build -trimpath -ldflags "-X main.version=${GITHUB_ACTION_REF:-}" -o "$out/hegui" ./cmd/hegui
echo "binary=$out/hegui" >>"$GITHUB_OUTPUT"
