# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause

# What is read and not built: the Python package, templates for batch systems, the ParaView macro, pages, completion.
# In the build tree the program finds them at the same place, share/lacuna, by links into the source tree.
set(shared_folders python slurm snakemake paraview)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/lacuna)
foreach(folder ${shared_folders})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/contrib/${folder} ${CMAKE_BINARY_DIR}/share/lacuna/${folder} SYMBOLIC)
  install(DIRECTORY contrib/${folder} DESTINATION share/lacuna USE_SOURCE_PERMISSIONS
          PATTERN "__pycache__" EXCLUDE
          PATTERN "*.egg-info" EXCLUDE
          PATTERN "build" EXCLUDE
          PATTERN "results" EXCLUDE
          PATTERN ".*" EXCLUDE
          PATTERN "tests" EXCLUDE)
endforeach()

file(GLOB manual_pages CONFIGURE_DEPENDS contrib/man/*.1)
install(FILES ${manual_pages} DESTINATION share/man/man1)
install(FILES contrib/completion/lacuna.bash DESTINATION share/bash-completion/completions RENAME lacuna)
install(FILES contrib/completion/_lacuna DESTINATION share/zsh/site-functions)
install(FILES contrib/completion/lacuna.fish DESTINATION share/fish/vendor_completions.d)
