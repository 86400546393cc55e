#!/usr/bin/env bash
# Puts the gate's report under the pull request, in place of the one before; where
# no platform is touched, only if there was one before. A token that must not write is no reason to stop a change: the same report
# stands in the step's summary.
set -euo pipefail

marker='<!-- hegui:gate -->'
comments="repos/$GITHUB_REPOSITORY/issues/$HEGUI_NUMBER/comments"

told() {
  echo "::notice title=hegui::no comment could be written; the report stands in the summary of this run"
  exit 0
}

# Only a bot's comment is replaced: anybody may write the marker.
mine=".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$marker\"))) | .id"
ids=$(gh api --paginate "$comments?per_page=100" --jq "$mine") || told
id=$(printf '%s\n' "$ids" | head -n 1)
if [[ -n $id ]]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" -F "body=@$HEGUI_COMMENT" || told
elif [[ $HEGUI_TOUCHED == true ]]; then
  gh api --silent --method POST "$comments" -F "body=@$HEGUI_COMMENT" || told
fi
