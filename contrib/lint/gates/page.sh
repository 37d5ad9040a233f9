#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
#
# The report's page: its types (tsc) and its lint (eslint). Left out, with a warning, where the packages cannot be fetched.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."
readonly source=contrib/report workshop=build/lint/report
readonly system_certificates=/etc/ssl/certs/ca-certificates.crt # Node trusts its own only

mkdir -p $workshop
rm -rf $workshop/src
cp -r $source/{package.json,package-lock.json,tsconfig.json,eslint.config.mjs,build.mjs,src} $workshop
cd $workshop
if ! cmp -s package-lock.json node_modules/.fetched; then
  if [ -f $system_certificates ]; then export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$system_certificates}"; fi
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || {
    rm -rf node_modules
    echo "Warning: npm could not fetch the packages of the report's page (above), so it is not looked at." >&2
    exit 77
  }
  cp package-lock.json node_modules/.fetched
fi
npm run --silent check
npm run --silent lint
