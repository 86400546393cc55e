#!/usr/bin/env bash
# Says that code scanning has not got the findings, and why that may be.
set -euo pipefail

echo "::warning title=hegui::the findings could not be uploaded to code scanning; in a private repository that takes security-events write, actions read and a plan that has code scanning. The verdict is not affected."
