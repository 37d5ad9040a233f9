// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>

namespace lacuna
{
  /** Versions of Lacuna, the plugin interface, deal.II, PETSc, MPI and the compiler. */
  std::map<std::string, std::string> versions();

  /** "1.1.0". */
  std::string program_version();
} // namespace lacuna
