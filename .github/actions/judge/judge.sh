#!/usr/bin/env bash
# Runs hegui and tells GitHub what it found: annotations, the step's summary and
# outputs. Ends with hegui's own exit code: 0 passed, 1 stopped, 2 the run failed.
#
# What a change says reaches GitHub in three ways, none of which it can abuse:
# text is printed while workflow commands are switched off, annotations and the
# summary are escaped by hegui, and outputs are truth values and numbers.
set -euo pipefail

fail() {
  echo "::error title=hegui::$1"
  printf 'passed=false\ncompliant=false\n' >>"$GITHUB_OUTPUT"
  exit 2
}

# quoted prints files without letting them say anything to the runner, which
# takes "##[set-output …]" for a command wherever it stands in a line.
quoted() {
  local token
  token=hegui-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$token"
  cat "$@"
  echo
  echo "::$token::"
}

# lines prints those lines of a text that are not empty.
lines() {
  printf '%s\n' "$1" | tr -d '\r' | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d'
}

out=$(mktemp -d "$RUNNER_TEMP/hegui.XXXXXX")
base=$HEGUI_BASE
own=true
case $GITHUB_EVENT_NAME in
pull_request)
  base=${base:-refs/remotes/origin/$GITHUB_BASE_REF}
  # A fork's repository may be gone, its name empty: not ours either way.
  [[ $HEGUI_HEAD_REPOSITORY == "$GITHUB_REPOSITORY" ]] || own=false
  ;;
merge_group)
  base=${base:-$HEGUI_QUEUE_BASE}
  ;;
pull_request_target | workflow_run)
  fail "hegui runs under pull_request; $GITHUB_EVENT_NAME gives a stranger's change rights that judging it does not need"
  ;;
esac

# What lapses by itself is no part of a change.
command=(check)
[[ -z $HEGUI_WARN_DAYS ]] || command+=("--warn-days=$HEGUI_WARN_DAYS")
if [[ -n $base ]]; then
  command=(gate "--base=$base" --head=HEAD)
  # What is pushed may be in the base that it is compared with by now.
  [[ $GITHUB_EVENT_NAME != push ]] || command+=(--allow-empty)
fi
args=("-C=$HEGUI_DIR" "--lang=$HEGUI_LANG" "--audience=$HEGUI_AUDIENCE" --no-color)
[[ -z $HEGUI_AS_OF ]] || args+=("--as-of=$HEGUI_AS_OF")
while IFS= read -r name; do
  args+=("--overlay=$name")
done < <(lines "$HEGUI_OVERLAY")
reports=("--report=text=$out/report.txt" "--report=github=$out/annotations" "--report=markdown=$out/report.md"
  "--report=sarif=$out/report.sarif" "--report=dotenv=$out/outputs")
while IFS= read -r report; do
  reports+=("--report=$report")
done < <(lines "$HEGUI_REPORT")

code=0
"$HEGUI_BIN" "${command[@]}" "${args[@]}" "${reports[@]}" >"$out/log" 2>&1 || code=$?

quoted "$out/log"
[[ ! -f $out/report.txt ]] || quoted "$out/report.txt"
[[ ! -f $out/annotations ]] || cat "$out/annotations"
[[ ! -f $out/report.md ]] || cat "$out/report.md" >>"$GITHUB_STEP_SUMMARY"
{
  echo "folder=$out"
  # A fork's token only reads, and no stranger's findings go to the security tab.
  if [[ $own == true && $GITHUB_EVENT_NAME == pull_request && -f $out/report.md ]]; then
    echo comment=true
  fi
  if [[ $own == true && $GITHUB_EVENT_NAME != merge_group && -f $out/report.sarif ]]; then
    # Code scanning compares the change's findings with those of main, which are
    # all there are: of the new ones alone it would say that all others are fixed.
    if [[ ${command[0]} == gate ]] && ((code < 2)); then
      "$HEGUI_BIN" check "${args[@]}" "--report=sarif=$out/report.sarif" >/dev/null 2>&1 || true
    fi
    echo upload=true
  fi
} >>"$GITHUB_OUTPUT"
if ((code > 1)) || [[ ! -f $out/outputs ]]; then
  fail "the run itself failed: the log of this step says why"
fi
cat "$out/outputs" >>"$GITHUB_OUTPUT"
exit "$code"
