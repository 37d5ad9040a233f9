// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

#include <filesystem>
#include <string>

namespace lacuna
{
  /**
   * Refuses a folder that exists and is not empty, or a path that is not a folder, with a UserError
   * on all ranks; with `overwrite` only the latter. Changes nothing on disk. Collective.
   */
  void check_output_folder(const std::filesystem::path &folder, bool overwrite,
                           MPI_Comm communicator);

  /** What speaks against making a folder that is not there, as far as can be said without making
   * it; empty if nothing does. Of one process. */
  std::string objection_to_place(const std::filesystem::path &folder);

  /** Creates the folder, in which files can be made then; throws UserError. Of one process. */
  void make_place(const std::filesystem::path &folder);

  /**
   * Checks the folder and creates it. With `overwrite`, what an earlier run wrote there
   * is removed first, and nothing else: files that Lacuna does not write stay. Collective. Throws
   * UserError on all ranks.
   */
  void make_output_folder(const std::filesystem::path &folder, bool overwrite,
                          MPI_Comm communicator);

  /** The folder of a trial inside that of a run, counted from 1: "trial 2". */
  std::filesystem::path trial_folder(const std::filesystem::path &folder, unsigned int number);

  /**
   * Makes the results of a trial those of the run, but for its summary.json, which is removed last:
   * as long as it is there, the trial's results are in one of the two places. Collective. Throws
   * UserError on all ranks.
   */
  void take_results_of_trial(const std::filesystem::path &folder, unsigned int number,
                             MPI_Comm communicator);

  /** Removes what trials wrote, and nothing else. Collective. */
  void remove_trials(const std::filesystem::path &folder, MPI_Comm communicator);
} // namespace lacuna
