# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause

# lacuna_add_law(<name> <source>...)
#
# Builds the law <name> as a plugin: <name>.so, without a prefix. The CMake target is law-<name>.
# Two variables may be set before:
#   LACUNA_LAW_OUTPUT       where it is built; by default the build folder, to be named by its path
#   LACUNA_LAW_DESTINATION  where `cmake --install` puts it; by default the folder of this user's
#                           laws, ~/.local/lib/lacuna/plugins, where `set Law = <name>` finds it;
#                           empty: nowhere
function(lacuna_add_law name)
  set(target law-${name})
  set(output ${CMAKE_CURRENT_BINARY_DIR})
  if(DEFINED LACUNA_LAW_OUTPUT)
    set(output ${LACUNA_LAW_OUTPUT})
  endif()
  set(destination "$ENV{HOME}/.local/lib/lacuna/plugins")
  if(DEFINED LACUNA_LAW_DESTINATION)
    set(destination "${LACUNA_LAW_DESTINATION}")
  endif()

  add_library(${target} MODULE ${ARGN})
  target_link_libraries(${target} PRIVATE lacuna::law)
  target_compile_options(${target} PRIVATE -Wall -Wextra $<$<NOT:$<CONFIG:Debug>>:-O3>)
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${name}
    PREFIX ""
    SUFFIX ".so"
    CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY $<1:${output}>) # $<1:> keeps multi-configuration generators from adding a folder
  if(destination)
    install(TARGETS ${target} LIBRARY DESTINATION ${destination})
  endif()
endfunction()
