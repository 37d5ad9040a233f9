// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "effects/outcome.h"

#include <filesystem>

namespace lacuna
{
  /** A folder in which the process works while this lives; removed behind it. */
  class WorkingFolder
  {
  public:
    WorkingFolder();
    ~WorkingFolder();
    WorkingFolder(const WorkingFolder &)            = delete;
    WorkingFolder &operator=(const WorkingFolder &) = delete;

    /** The names of all files, and what stands in those of results, but not how long it took. */
    Answers answers() const;

  private:
    std::filesystem::path before, folder;
  };
} // namespace lacuna
