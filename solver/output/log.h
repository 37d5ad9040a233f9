// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iosfwd>
#include <string>
#include <vector>

namespace lacuna
{
  /** Whether this process writes to a screen that a person watches. Under mpirun every rank is
   * given a pseudo-terminal, whatever mpirun itself writes to: there the answer is mpirun's. */
  bool stdout_is_terminal();

  /** This text in bold red if standard error is a terminal, and the user has not set NO_COLOR. */
  std::string in_red(const std::string &text);

  /** "error: ..." on standard error; control characters that the text may hold are shown escaped.
   */
  void print_error(const std::string &text, const std::string &label = "error:");

  /** What fits into a row of a terminal: without the bar "[###...] " with which it may begin, if
   * it is too long, and cut off if it is too long even then. */
  std::string fitted(const std::string &text, std::size_t columns);

  /**
   * What the run says: on the screen, and in DIR/log.txt from the moment the folder exists; lines
   * said before are then written there too. Ranks other than the first say nothing.
   */
  class Log
  {
  public:
    enum class Screen
    {
      terminal, ///< a progress line is redrawn in place
      plain,    ///< a file or a pipe: whole lines only
      quiet     ///< nothing on the screen but errors; the file is written all the same
    };

    Log(bool is_first_rank, Screen screen);
    Log(bool is_first_rank, Screen screen, std::ostream &out);
    ~Log();
    Log(const Log &)            = delete;
    Log &operator=(const Log &) = delete;

    void line(const std::string &text);
    /** A line that begins with "Warning: ", and is kept for the summary. A warning is said once. */
    void warning(const std::string &text);
    /** The warnings so far were of something else: warnings() begins anew, but what was said is not
     * said again. */
    void forget_warnings();
    /** What made the command fail: on standard error, also when quiet, and in the file; kept for
     * the summary as warnings are. */
    void error(const std::string &text);
    /** A line for the file only. */
    void note(const std::string &text);
    /** Redraws the last line of a terminal, as far as it fits; nothing elsewhere. The next line
     * replaces it. */
    void status(const std::string &text);
    /** Leaves the status line standing, so that the next line goes below it. */
    void keep_status();

    /** From now on lines go to this file too, each behind the seconds since the start. Throws
     * std::runtime_error. */
    void open(const std::filesystem::path &file);

    bool on_terminal() const { return is_first_rank && screen == Screen::terminal; }
    const std::vector<std::string> &warnings() const { return kept_warnings; }

  private:
    using Clock = std::chrono::steady_clock;

    void say(const std::string &text);
    void clear_status();

    bool is_first_rank;
    Screen screen;
    std::ostream &out;
    std::ofstream file;
    Clock::time_point start;
    std::string before_file; ///< said before the file was opened
    bool status_shown = false;
    std::vector<std::string> said_warnings, kept_warnings;
  };
} // namespace lacuna
