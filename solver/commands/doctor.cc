// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/doctor.h"

#include "commands/plugin.h"
#include "commands/version.h"
#include "laws/law_library.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    enum class Verdict
    {
      ok,
      hint, ///< Lacuna works, but something is better done otherwise
      fault ///< Lacuna cannot work
    };

    struct Finding
    {
      Verdict verdict;
      std::string sentence;
    };

    void print(const Finding &finding)
    {
      const char *word = finding.verdict == Verdict::ok     ? "ok     "
                         : finding.verdict == Verdict::hint ? "hint   "
                                                            : "fault  ";
      std::cout << word << finding.sentence << '\n';
    }

    std::string environment(const char *name)
    {
      const char *value = std::getenv(name);
      return value == nullptr ? "" : value;
    }

    std::string count(long number, const std::string &what, const std::string &plural)
    {
      return std::to_string(number) + " " + (number == 1 ? what : plural);
    }

    constexpr double gibibyte = 1024. * 1024. * 1024.;

    std::string in_gibibytes(double bytes)
    {
      char text[32];
      std::snprintf(text, sizeof(text), "%.1f GiB", bytes / gibibyte);
      return text;
    }

    Finding versions_found()
    {
      std::string text;
      for (const auto &[what, number] : versions())
        text += (text.empty() ? "" : ", ") + what + " " + number;
      return {Verdict::ok, text};
    }

    /** Why no file can be made in a folder; empty if one can. It is really made, because the
     * permissions do not bind root and say nothing of a disk that is only for reading. */
    std::string obstacle_to_writing(const fs::path &folder)
    {
      std::string name = (folder / ".lacuna-doctor-XXXXXX").string();
      const int file   = mkstemp(name.data());
      if (file < 0)
        return std::strerror(errno);
      close(file);
      unlink(name.c_str());
      return "";
    }

    Finding writable(const std::string &what, const fs::path &folder, const std::string &remedy)
    {
      const std::string place    = what + " " + folder.string();
      const std::string obstacle = obstacle_to_writing(folder);
      if (!obstacle.empty())
        return {Verdict::fault, place + " cannot be written (" + obstacle + "): " + remedy};
      std::error_code error;
      const double free = static_cast<double>(fs::space(folder, error).available);
      if (error)
        return {Verdict::ok, place + " can be written"};
      const std::string text = place + " can be written, " + in_gibibytes(free) + " free";
      if (free < gibibyte)
        return {Verdict::hint, text + "; fields over a long time may need more"};
      return {Verdict::ok, text};
    }

    Finding working_folder()
    {
      std::error_code error;
      const fs::path folder = fs::current_path(error);
      return writable("working folder", error ? "." : folder,
                      "work in another, or give 'lacuna run' an --output elsewhere");
    }

    /** Where MPI keeps what its processes share. */
    Finding temporary_folder()
    {
      fs::path folder = "/tmp";
      for (const char *name : {"TMP", "TEMP", "TMPDIR"}) // the last one is asked first
        if (const std::string value = environment(name); !value.empty())
          folder = value;
      return writable("temporary folder", folder,
                      "MPI needs it; 'export TMPDIR=FOLDER' with one that can");
    }

    struct Processes
    {
      int all, on_this_machine;
    };

    Processes count_processes(MPI_Comm communicator)
    {
      Processes processes{};
      MPI_Comm machine;
      MPI_Comm_size(communicator, &processes.all);
      MPI_Comm_split_type(communicator, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
      MPI_Comm_size(machine, &processes.on_this_machine);
      MPI_Comm_free(&machine);
      return processes;
    }

    /** How many processes mpirun (of Open MPI; of MPICH and others) says it started; 0 without. */
    int started_by_mpirun()
    {
      for (const char *name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
        if (const std::string value = environment(name); !value.empty())
          return std::atoi(value.c_str());
      return 0;
    }

    Finding mpi(const Processes &processes)
    {
      const int started = started_by_mpirun();
      const auto number = [](int n) { return count(n, "process", "processes"); };
      if (started > processes.all)
        return {Verdict::fault, "mpirun started " + number(started) +
                                    ", but this one is in a "
                                    "group of " +
                                    std::to_string(processes.all) +
                                    ": use the mpirun that belongs to " + versions().at("MPI")};
      return {Verdict::ok, "MPI: " + number(processes.all) +
                               (started > 0 ? ", started by mpirun" : ", without mpirun")};
    }

    bool is_root_under_open_mpi()
    {
      return geteuid() == 0 && versions().at("MPI").rfind("Open MPI", 0) == 0;
    }

    Finding root()
    {
      if (environment("OMPI_ALLOW_RUN_AS_ROOT") == "1" &&
          environment("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM") == "1")
        return {Verdict::ok, "user root, to whom Open MPI allows mpirun"};
      return {Verdict::hint,
              "user root, to whom Open MPI refuses mpirun: work as another user, or 'export "
              "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1'"};
    }

    Finding threads()
    {
      const std::string threads = environment("OMP_NUM_THREADS");
      if (threads == "1")
        return {Verdict::ok, "one thread per process (OMP_NUM_THREADS=1)"};
      return {Verdict::hint,
              (threads.empty() ? "OMP_NUM_THREADS is not set" : "OMP_NUM_THREADS is " + threads) +
                  ": linear algebra may start threads that compete with the other "
                  "processes; 'export OMP_NUM_THREADS=1'"};
    }

    Finding cores(const Processes &processes)
    {
      const long cores       = sysconf(_SC_NPROCESSORS_ONLN);
      const std::string text = count(cores, "core", "cores");
      if (processes.on_this_machine > cores)
        return {Verdict::hint, text + " for " + std::to_string(processes.on_this_machine) +
                                   " processes, which wait for each other: 'mpirun -n " +
                                   std::to_string(cores) + "'"};
      return {Verdict::ok, text + "; 'mpirun -n " + std::to_string(cores) +
                               " lacuna run FILE' makes use of all"};
    }

    Finding memory()
    {
      double total = 0, available = std::numeric_limits<double>::infinity();
      std::ifstream file("/proc/meminfo");
      for (std::string name; file >> name; file.ignore(1000, '\n'))
        if (double kibibytes = 0; name == "MemTotal:" && file >> kibibytes)
          total = 1024 * kibibytes;
        else if (name == "MemAvailable:" && file >> kibibytes)
          available = 1024 * kibibytes;
      if (total == 0)
        return {Verdict::ok, "memory: unknown"};
      const std::string text = "memory: " + in_gibibytes(std::min(available, total)) + " of " +
                               in_gibibytes(total) + " available";
      if (available < gibibyte)
        return {Verdict::hint, text + "; 'lacuna check FILE' says what a case needs"};
      return {Verdict::ok, text};
    }

    /** Folders that the user named must exist, the others need not. */
    bool is_named_by_user(const fs::path &folder)
    {
      return (":" + environment("LACUNA_PLUGIN_PATH") + ":").find(":" + folder.string() + ":") !=
             std::string::npos;
    }

    /** On one folder; adds to the usable laws. */
    Finding laws_in(const fs::path &folder, unsigned int &n_usable)
    {
      const std::string place = "laws in " + folder.string() + ": ";
      if (std::error_code ignored; !fs::is_directory(folder, ignored))
        return is_named_by_user(folder)
                   ? Finding{Verdict::fault, place + "no such folder; correct LACUNA_PLUGIN_PATH"}
                   : Finding{Verdict::ok, place + "none, there is no such folder"};
      unsigned int usable = 0;
      std::string broken;
      for (const auto &file : law_files(folder))
        if (why_unusable(file).empty())
          ++usable;
        else
          broken += (broken.empty() ? "" : ", ") + file.stem().string();
      n_usable += usable;
      const std::string text = place + std::to_string(usable) + " usable";
      if (broken.empty())
        return {Verdict::ok, text};
      return {Verdict::hint, text + ", not so " + broken + "; 'lacuna plugin list' says why"};
    }

    std::vector<Finding> laws()
    {
      std::vector<Finding> findings;
      unsigned int n_usable = 0;
      for (const auto &folder : LawLibrary::search_path(std::nullopt))
        findings.push_back(laws_in(folder, n_usable));
      if (n_usable == 0)
        findings.push_back({Verdict::fault,
                            "no usable law was found: install Lacuna with its laws, "
                            "or name their folder in LACUNA_PLUGIN_PATH"});
      return findings;
    }

    std::vector<Finding> examine(const Processes &processes)
    {
      std::vector<Finding> findings = {versions_found(), mpi(processes)};
      if (is_root_under_open_mpi())
        findings.push_back(root());
      for (const Finding &finding :
           {threads(), cores(processes), memory(), working_folder(), temporary_folder()})
        findings.push_back(finding);
      for (const Finding &finding : laws())
        findings.push_back(finding);
      return findings;
    }
  } // namespace

  bool mpi_can_start()
  {
    const Finding finding = temporary_folder();
    if (finding.verdict == Verdict::fault)
      print(finding);
    return finding.verdict != Verdict::fault;
  }

  int run_doctor(MPI_Comm communicator)
  {
    const Processes processes = count_processes(communicator);
    int rank = 0, status = 0;
    MPI_Comm_rank(communicator, &rank);
    if (rank == 0)
    {
      for (const Finding &finding : examine(processes))
      {
        print(finding);
        status = finding.verdict == Verdict::fault ? 2 : status;
      }
      std::cout << (status == 0 ? "Lacuna can work here.\n"
                                : "Lacuna cannot work here before the faults are mended.\n");
    }
    MPI_Bcast(&status, 1, MPI_INT, 0, communicator);
    return status;
  }
} // namespace lacuna
