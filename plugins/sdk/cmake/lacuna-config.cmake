# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause

# find_package(lacuna 1 REQUIRED) gives
#   lacuna_add_law(<name> <source>...)   builds a law, see lacuna-law.cmake
#   lacuna::law                          the headers that a law includes
#   lacuna::lacuna                       the program, for tests of a law
# and needs nothing but a compiler.

# From <prefix>/lib/cmake/lacuna, also where /lib is a link to /usr/lib.
get_filename_component(lacuna_folder "${CMAKE_CURRENT_LIST_DIR}" REALPATH)
get_filename_component(lacuna_prefix "${lacuna_folder}/../../.." ABSOLUTE)

if(NOT TARGET lacuna::law)
  add_library(lacuna::law INTERFACE IMPORTED)
  set_target_properties(lacuna::law PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${lacuna_prefix}/include"
    INTERFACE_COMPILE_FEATURES cxx_std_17)
  add_executable(lacuna::lacuna IMPORTED)
  set_target_properties(lacuna::lacuna PROPERTIES IMPORTED_LOCATION "${lacuna_prefix}/bin/lacuna")
endif()

include("${lacuna_folder}/lacuna-law.cmake")
unset(lacuna_folder)
unset(lacuna_prefix)
