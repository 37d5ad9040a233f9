// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/user_error.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>

namespace lacuna
{
  /** A folder of its own for every test, removed behind it. */
  class WithTemporaryFolder : public testing::Test
  {
  protected:
    WithTemporaryFolder()
        : folder(std::filesystem::temp_directory_path() /
                 ("lacuna-" + std::to_string(std::random_device()()) +
                  testing::UnitTest::GetInstance()->current_test_info()->name()))
    {
      std::filesystem::create_directories(folder);
    }
    ~WithTemporaryFolder() override { std::filesystem::remove_all(folder); }

    /** Writes a file; folders in its name are made. Returns its full path. */
    std::filesystem::path write(const std::string &name, const std::string &content) const
    {
      std::filesystem::create_directories((folder / name).parent_path());
      std::ofstream(folder / name, std::ios::binary) << content;
      return folder / name;
    }

    /** What the action complains about, without the folder; "no error" if it does not. */
    std::string complaint(const std::function<void()> &action) const
    {
      try
      {
        action();
      }
      catch (const UserError &error)
      {
        std::string text = error.what();
        for (std::size_t at; (at = text.find(folder.string() + "/")) != std::string::npos;)
          text.erase(at, folder.string().size() + 1);
        return text;
      }
      return "no error";
    }

    std::filesystem::path folder;
  };
} // namespace lacuna
