// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/output_folder.h"

#include "config/user_error.h"

#include <unistd.h>

#include <cerrno>
#include <exception>
#include <fstream>
#include <functional>
#include <string>
#include <system_error>
#include <vector>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    /** What the system says about a path, as a sentence. */
    std::string sentence(const fs::path &folder, const fs::filesystem_error &error)
    {
      const fs::path &path = error.path1().empty() ? folder : error.path1();
      return "The output folder '" + folder.string() +
             "' cannot be used: " + (path == folder ? "" : "'" + path.string() + "': ") +
             error.code().message() +
             ".\nName another folder: --output DIR, or 'set Folder = DIR' in the file.";
    }

    /** Runs an action on rank 0; what it throws is thrown as UserError on all ranks, so that none
     * waits for another. */
    void on_first_rank(const fs::path &folder, const std::function<void()> &action,
                       MPI_Comm communicator)
    {
      int rank = 0;
      MPI_Comm_rank(communicator, &rank);
      std::string error;
      if (rank == 0)
        try
        {
          action();
        }
        catch (const fs::filesystem_error &exception)
        {
          error = sentence(folder, exception);
        }
        catch (const std::exception &exception)
        {
          error = exception.what();
        }
      auto size = static_cast<unsigned long>(error.size());
      MPI_Bcast(&size, 1, MPI_UNSIGNED_LONG, 0, communicator);
      error.resize(size);
      MPI_Bcast(error.data(), static_cast<int>(size), MPI_CHAR, 0, communicator);
      if (size > 0)
        throw UserError(error);
    }

    /** That the folder can be made, as far as can be said without making it. */
    void check_parents(const fs::path &folder)
    {
      if (folder.empty())
        throw UserError("The output folder has no name.\nName one: --output DIR, or 'set Folder = "
                        "DIR' in the file.");
      fs::path parent = fs::absolute(folder).lexically_normal();
      while (parent.has_relative_path() && !fs::exists(parent))
        parent = parent.parent_path();
      const auto refuse = [&](std::errc reason)
      { throw fs::filesystem_error("", parent, std::make_error_code(reason)); };
      if (!fs::is_directory(parent))
        refuse(std::errc::not_a_directory);
      if (access(parent.c_str(), W_OK | X_OK) != 0)
        refuse(static_cast<std::errc>(errno));
    }

    /** That files can be made there: permissions do not tell, of root or of /proc. */
    void check_writable(const fs::path &folder)
    {
      const fs::path file = folder / ("writable." + std::to_string(getpid()) + ".part");
      errno               = 0;
      const bool written  = std::ofstream(file).is_open();
      if (!written)
        throw fs::filesystem_error("", folder, std::error_code(errno, std::generic_category()));
      fs::remove(file);
    }

    void check(const fs::path &folder, bool overwrite)
    {
      if (!fs::exists(folder))
        return check_parents(folder);
      if (!fs::is_directory(folder))
        throw UserError(
            "The output folder '" + folder.string() +
            "' is a file.\nName another folder: --output DIR, or 'set Folder = DIR' in the "
            "file.");
      if (!overwrite && !fs::is_empty(folder))
        throw UserError("The output folder '" + folder.string() +
                        "' already holds files; they are not touched.\nAdd --overwrite to replace "
                        "the results of an "
                        "earlier run there, or name another folder with --output DIR.");
    }

    void remove_fields(const fs::path &folder)
    {
      if (!fs::is_directory(folder))
        return;
      for (const auto &entry : fs::directory_iterator(folder))
      {
        const std::string extension = entry.path().extension().string();
        if (entry.is_regular_file() && (extension == ".vtu" || extension == ".pvtu"))
          fs::remove(entry.path());
      }
      if (fs::is_empty(folder))
        fs::remove(folder);
    }

    /** What a run that was killed had begun to write: "summary.json.1234.part". */
    void remove_parts(const fs::path &folder, const std::vector<std::string> &files)
    {
      std::vector<fs::path> parts;
      for (const auto &entry : fs::directory_iterator(folder))
        for (const std::string &name : files)
          if (entry.path().extension() == ".part" &&
              entry.path().filename().string().rfind(name + ".", 0) == 0)
            parts.push_back(entry.path());
      for (const fs::path &part : parts)
        fs::remove(part);
    }

    void remove_results(const fs::path &folder);

    void remove_results_and_folder(const fs::path &folder)
    {
      if (!fs::is_directory(folder))
        return;
      remove_results(folder);
      if (fs::is_empty(folder))
        fs::remove(folder);
    }

    void remove_folders_of_trials(const fs::path &folder)
    {
      for (unsigned int n = 1; fs::is_directory(trial_folder(folder, n)); ++n)
        remove_results_and_folder(trial_folder(folder, n));
    }

    /** The inverse of everything that a run writes. */
    void remove_results(const fs::path &folder)
    {
      static const std::vector<std::string> files = {
          "summary.json",   "history.csv", "errors.csv",  "probes.csv",
          "fields.pvd",     "log.txt",     "picture.png", "parameters.diff.prm",
          "parameters.prm", "state.bin",   "start.bin",   "report.html"};
      for (const std::string &name : files)
        fs::remove(folder / name);
      remove_parts(folder, files);
      remove_fields(folder / "fields");
      remove_results_and_folder(folder / "control");
      remove_folders_of_trials(folder);
    }

    /** Folders that are there already, with files that are not ours, take ours in. */
    void move_results(const fs::path &from, const fs::path &to)
    {
      std::vector<fs::path> moved;
      for (const auto &entry : fs::directory_iterator(from))
        if (entry.path().filename() != "summary.json")
          moved.push_back(entry.path());
      for (const fs::path &path : moved)
      {
        const fs::path target = to / path.filename();
        if (!fs::is_directory(target))
        {
          fs::rename(path, target);
          continue;
        }
        move_results(path, target);
        fs::remove(path);
      }
    }
  } // namespace

  std::string objection_to_place(const fs::path &folder)
  {
    try
    {
      check_parents(folder);
      return "";
    }
    catch (const fs::filesystem_error &error)
    {
      return sentence(folder, error);
    }
    catch (const UserError &error)
    {
      return error.what();
    }
  }

  void make_place(const fs::path &folder)
  {
    try
    {
      fs::create_directories(folder);
      check_writable(folder);
    }
    catch (const fs::filesystem_error &error)
    {
      throw UserError(sentence(folder, error));
    }
  }

  fs::path trial_folder(const fs::path &folder, unsigned int number)
  {
    return folder / ("trial " + std::to_string(number));
  }

  void take_results_of_trial(const fs::path &folder, unsigned int number, MPI_Comm communicator)
  {
    on_first_rank(
        folder, [&] { move_results(trial_folder(folder, number), folder); }, communicator);
  }

  void remove_trials(const fs::path &folder, MPI_Comm communicator)
  {
    on_first_rank(
        folder, [&] { remove_folders_of_trials(folder); }, communicator);
  }

  void check_output_folder(const fs::path &folder, bool overwrite, MPI_Comm communicator)
  {
    on_first_rank(
        folder, [&] { check(folder, overwrite); }, communicator);
  }

  void make_output_folder(const fs::path &folder, bool overwrite, MPI_Comm communicator)
  {
    on_first_rank(
        folder,
        [&]
        {
          check(folder, overwrite);
          if (overwrite && fs::exists(folder))
            remove_results(folder);
          make_place(folder);
        },
        communicator);
  }
} // namespace lacuna
