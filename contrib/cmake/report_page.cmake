# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause

# Bundles the script and the style of the report's page:
#   cmake -D NPM=npm -D SOURCE=contrib/report -D WORKSHOP=build/report -D OUT=share/lacuna/report -P report_page.cmake
# Without the registry of npm the page is left out, with a warning: the solver needs none of it.

file(MAKE_DIRECTORY ${WORKSHOP})
file(REMOVE_RECURSE ${WORKSHOP}/src)
file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json ${SOURCE}/tsconfig.json ${SOURCE}/build.mjs ${SOURCE}/src
     DESTINATION ${WORKSHOP})

# Node trusts its own certificates only; behind a proxy those of the system count too.
set(system_certificates /etc/ssl/certs/ca-certificates.crt)
if(NOT DEFINED ENV{NODE_EXTRA_CA_CERTS} AND EXISTS ${system_certificates})
  set(ENV{NODE_EXTRA_CA_CERTS} ${system_certificates})
endif()

set(installed ${WORKSHOP}/node_modules/.package-lock.json)
if(NOT EXISTS ${installed} OR ${SOURCE}/package-lock.json IS_NEWER_THAN ${installed})
  execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
                  WORKING_DIRECTORY ${WORKSHOP} RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    file(REMOVE_RECURSE ${WORKSHOP}/node_modules)
    message(WARNING "npm could not fetch the packages of the report's page (above), so `lacuna report` will not work. "
                    "Everything else does. Build again where the registry can be reached.")
    return()
  endif()
endif()
foreach(step "check" "build;--;--out;${OUT}")
  execute_process(COMMAND ${NPM} run --silent ${step} WORKING_DIRECTORY ${WORKSHOP} RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "the report's page cannot be bundled")
  endif()
endforeach()
