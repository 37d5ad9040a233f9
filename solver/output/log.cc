// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/log.h"

#include "config/text.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    bool under_mpirun()
    {
      return std::getenv("OMPI_COMM_WORLD_RANK") != nullptr;
    }

    /** What mpirun writes its standard output to. */
    std::filesystem::path stdout_of_mpirun()
    {
      return "/proc/" + std::to_string(getppid()) + "/fd/" + std::to_string(STDOUT_FILENO);
    }

    /** A terminal that moves its cursor: not the one inside an editor. */
    bool is_able()
    {
      const char *kind = std::getenv("TERM");
      return kind == nullptr || std::string(kind) != "dumb";
    }

    std::size_t columns_of(int descriptor)
    {
      winsize size{};
      return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    }

    /** Of the terminal behind standard output; 80 where it does not say. */
    std::size_t terminal_columns()
    {
      std::size_t columns = columns_of(STDOUT_FILENO);
      if (columns == 0 && under_mpirun())
        if (const int screen = open(stdout_of_mpirun().c_str(), O_RDONLY | O_NOCTTY); screen >= 0)
        {
          columns = columns_of(screen);
          close(screen);
        }
      return columns > 0 ? columns : 80;
    }
  } // namespace

  bool stdout_is_terminal()
  {
    if (isatty(STDOUT_FILENO) == 0 || !is_able())
      return false;
    if (!under_mpirun())
      return true;
    std::error_code error;
    const std::string target = std::filesystem::read_symlink(stdout_of_mpirun(), error).string();
    return !error && (target.rfind("/dev/pts/", 0) == 0 || target.rfind("/dev/tty", 0) == 0);
  }

  std::string in_red(const std::string &text)
  {
    const char *no_colour = std::getenv("NO_COLOR");
    const bool coloured =
        isatty(STDERR_FILENO) != 0 && is_able() && (no_colour == nullptr || *no_colour == '\0');
    return coloured ? "\033[1;31m" + text + "\033[0m" : text;
  }

  void print_error(const std::string &text, const std::string &label)
  {
    std::cerr << in_red(label) << ' ' << printable(text) << std::endl;
  }

  std::string fitted(const std::string &text, std::size_t columns)
  {
    const std::size_t bar = text.rfind('[', 0) == 0 ? text.find("] ") : std::string::npos;
    if (text.size() > columns && bar != std::string::npos)
      return fitted(text.substr(bar + 2), columns);
    return text.substr(0, columns);
  }

  Log::Log(bool is_first_rank_, Screen screen_) : Log(is_first_rank_, screen_, std::cout) {}

  Log::Log(bool is_first_rank_, Screen screen_, std::ostream &out_)
      : is_first_rank(is_first_rank_), screen(screen_), out(out_), start(Clock::now())
  {
  }

  Log::~Log()
  {
    keep_status();
  }

  void Log::line(const std::string &text)
  {
    if (!is_first_rank)
      return;
    clear_status();
    if (screen != Screen::quiet)
      out << printable(text) << std::endl;
    say(text);
  }

  void Log::warning(const std::string &text)
  {
    const auto is_new = [&](std::vector<std::string> &warnings)
    {
      if (std::find(warnings.begin(), warnings.end(), text) != warnings.end())
        return false;
      warnings.push_back(text);
      return true;
    };
    is_new(kept_warnings);
    if (is_new(said_warnings))
      line("Warning: " + text);
  }

  void Log::forget_warnings()
  {
    kept_warnings.clear();
  }

  void Log::error(const std::string &text)
  {
    kept_warnings.push_back(text);
    if (!is_first_rank)
      return;
    clear_status();
    out << std::flush;
    print_error(text);
    say("error: " + text);
  }

  void Log::note(const std::string &text)
  {
    if (is_first_rank)
      say(text);
  }

  void Log::status(const std::string &text)
  {
    if (!on_terminal())
      return;
    // The last column stays free: some terminals go to the next row as soon as it is written.
    const bool has_columns = &out == &std::cout;
    out << "\r\033[K" << (has_columns ? fitted(text, terminal_columns() - 1) : text) << std::flush;
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
    if (!is_first_rank)
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
      file << stamp << printable(text) << std::endl;
    else
      before_file += stamp + text + '\n';
  }
} // namespace lacuna
