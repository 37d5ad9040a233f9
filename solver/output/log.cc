// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/log.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

namespace lacuna
{
  bool stdout_is_terminal()
  {
    if (isatty(STDOUT_FILENO) == 0)
      return false;
    if (std::getenv("OMPI_COMM_WORLD_RANK") == nullptr)
      return true;
    std::error_code error;
    const auto target = std::filesystem::read_symlink(
        "/proc/" + std::to_string(getppid()) + "/fd/" + std::to_string(STDOUT_FILENO), error);
    const std::string text = target.string();
    return !error && (text.rfind("/dev/pts/", 0) == 0 || text.rfind("/dev/tty", 0) == 0);
  }

  Log::Log(bool speaks, Screen screen) : Log(speaks, screen, std::cout) {}

  Log::Log(bool speaks, Screen screen, std::ostream &out)
      : speaks(speaks), screen(screen), out(out), start(Clock::now())
  {
  }

  Log::~Log()
  {
    keep_status();
  }

  void Log::line(const std::string &text)
  {
    if (!speaks)
      return;
    clear_status();
    if (screen != Screen::quiet)
      out << text << std::endl;
    say(text);
  }

  void Log::warning(const std::string &text)
  {
    if (std::find(said_warnings.begin(), said_warnings.end(), text) != said_warnings.end())
      return;
    said_warnings.push_back(text);
    line("Warning: " + text);
  }

  void Log::note(const std::string &text)
  {
    if (speaks)
      say(text);
  }

  void Log::status(const std::string &text)
  {
    if (!on_terminal())
      return;
    out << "\r\033[K" << text << std::flush;
    status_shown = true;
  }

  void Log::keep_status()
  {
    if (status_shown)
      out << std::endl;
    status_shown = false;
  }

  void Log::clear_status()
  {
    if (status_shown)
      out << "\r\033[K";
    status_shown = false;
  }

  void Log::open(const std::filesystem::path &path)
  {
    if (!speaks)
      return;
    file.open(path, std::ios::trunc);
    file << before_file << std::flush;
    before_file.clear();
    if (!file)
      throw std::runtime_error("Cannot write '" + path.string() + "'.");
  }

  void Log::say(const std::string &text)
  {
    char stamp[32];
    std::snprintf(stamp, sizeof stamp, "[%9.2f s] ",
                  std::chrono::duration<double>(Clock::now() - start).count());
    if (file.is_open())
      file << stamp << text << std::endl;
    else
      before_file += stamp + text + '\n';
  }
} // namespace lacuna
