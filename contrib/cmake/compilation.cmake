# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause

# What makes compiling quick.
option(LACUNA_PRECOMPILED_HEADERS "Read the headers of deal.II once for all sources" ON)
option(LACUNA_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without the first it would not keep what was compiled with precompiled headers; without the second it would read all the
  # headers of a source twice.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1 ${CCACHE})
endif()

# lld links programs against deal.II several times faster; only used where it is installed.
find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()

# What takes two thirds of the compilation of nearly every source that has a mesh.
set(LACUNA_DEAL_II_HEADERS
    <deal.II/base/quadrature_lib.h> <deal.II/distributed/tria.h> <deal.II/dofs/dof_handler.h> <deal.II/fe/fe_q.h>
    <deal.II/fe/fe_values.h> <deal.II/fe/mapping.h> <deal.II/lac/affine_constraints.h> <deal.II/lac/la_parallel_vector.h>
    <petscksp.h>)

# A target whose sources include deal.II: PRIVATE and headers that are compiled once for it, or REUSE_FROM and a target.
function(lacuna_compile_with_deal_ii target)
  deal_ii_setup_target(${target})
  if(NOT LACUNA_SANITIZE)
    # deal.II's own flags ask for debug information, which takes a fifth of the time.
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-g0>)
  endif()
  if(LACUNA_PRECOMPILED_HEADERS)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
      target_compile_options(${target} PRIVATE -fpch-preprocess) # for ccache
    endif()
    target_precompile_headers(${target} ${ARGN})
  endif()
endfunction()
