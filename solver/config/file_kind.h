// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/parameter_file.h"

#include <filesystem>

namespace lacuna
{
  /** Throws UserError, one sentence, if what was read is a study where a case is needed: else all
   * its sections would be unknown. */
  void refuse_study(const Node &root);

  /** The same for a case where a study is needed. Leaves files that cannot be read to others. */
  void refuse_case(const std::filesystem::path &file);
} // namespace lacuna
