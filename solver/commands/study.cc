// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/study.h"

#include "commands/laws_of_case.h"
#include "commands/program.h"
#include "commands/study_folder.h"
#include "commands/study_run.h"
#include "config/file_kind.h"
#include "config/user_error.h"
#include "output/output_folder.h"
#include "study/batch_files.h"
#include "study/sample_design.h"
#include "study/study_places.h"

#include <cstdio>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    void say_plan(const StudyPlan &plan, const std::set<unsigned int> &selected)
    {
      constexpr std::size_t most_lines = 30;
      std::printf("%s\n%s of %s", plan.study.title.c_str(),
                  count_text(plan.cases.size(), "case").c_str(),
                  plan.study.case_file.string().c_str());
      if (!plan.untreated.empty())
        std::printf(", which share %s",
                    count_text(plan.untreated.size(), "untreated tissue").c_str());
      std::printf("\n");
      for (const Axis &axis : plan.study.axes)
        if (axis.kind == Axis::Kind::range)
          std::printf("  %s: sampled from %s to %s%s\n", axis.name.c_str(),
                      value_in(axis, 0).c_str(), value_in(axis, 1).c_str(),
                      axis.logarithmic ? ", logarithmically" : "");
        else
          std::printf("  %s: %s\n", axis.name.c_str(),
                      count_text(axis.levels.size(), "value").c_str());
      std::size_t lines = 0;
      for (const PlannedCase &planned : plan.cases)
        if (selected.count(planned.number) != 0 && lines++ < most_lines)
          std::printf("%s: %s\n", planned.name().c_str(), planned.label().c_str());
      if (lines > most_lines)
        std::printf("... and %zu more\n", lines - most_lines);
    }

    /** Removes what an earlier study wrote, and nothing else. */
    void remove_study(const fs::path &folder)
    {
      for (const char *name :
           {"cases", "untreated", "outcomes", "logs", "slurm", "snakemake", "study.json",
            "study.prm", "results.csv", "results.h5", "report.html", "answers.json"})
        fs::remove_all(folder / name);
    }

    /** What speaks against writing a new study into a folder; empty if nothing does. */
    std::string objection(const fs::path &folder, bool overwrite)
    {
      std::error_code ignored;
      const std::string name = folder.string();
      if (!fs::exists(folder, ignored))
        return objection_to_place(folder);
      if (!fs::is_directory(folder, ignored))
        return "The output folder '" + name + "' is a file.\n  Name another: --output DIR";
      if (fs::is_empty(folder, ignored))
        return "";
      if (!fs::exists(folder / place::plan, ignored))
        return "The output folder '" + name +
               "' holds files that are not of a study; they are not touched.\n  Name another "
               "folder: --output DIR";
      if (overwrite)
        return "";
      return "'" + name +
             "' already holds a study; it is not touched.\n  To go on with it: lacuna study "
             "resume " +
             name +
             "\n  To begin again: add --overwrite, or name another folder with --output DIR.";
    }

    void check_folder(const fs::path &folder, bool overwrite)
    {
      if (const std::string text = objection(folder, overwrite); !text.empty())
        throw UserError(text);
    }

    StudyPlan plan_new(const StudyOptions &options, fs::path &folder)
    {
      refuse_case(options.file);
      StudyFile study = read_study(options.file, options.overrides);
      folder          = options.folder ? *options.folder : study.folder;
      return plan_study(std::move(study), options.overrides, law_lookup());
    }

    /** What a folder holds of an earlier study, for who only wants to see the plan. */
    void say_existing(const fs::path &folder, bool overwrite)
    {
      std::error_code ignored;
      if (const std::string text = objection(folder, overwrite); !text.empty())
        std::printf("%s\n", text.c_str());
      else if (fs::exists(folder / place::plan, ignored))
        std::printf("'%s' holds a study, which would be replaced.\n", folder.c_str());
      if (!fs::exists(folder / place::plan, ignored))
        return;
      try
      {
        const StudyPlan before = plan_as_recorded(folder);
        std::printf("  It has %s: %s\n", count_text(before.cases.size(), "case").c_str(),
                    summary_line(count_outcomes(before, folder)).c_str());
      }
      catch (const UserError &)
      {
        std::printf("  Its study.json cannot be read.\n");
      }
    }

  } // namespace

  int run_study(const StudyOptions &options)
  {
    refuse_mpirun();
    fs::path folder;
    const StudyPlan plan = plan_new(options, folder);
    if (!options.execution.dry_run)
      check_folder(folder, options.overwrite);
    const TaskRequest wanted = request(plan, folder, options.execution.only);
    if (options.execution.dry_run)
    {
      say_plan(plan, wanted.cases);
      say_existing(folder, options.overwrite);
      return 0;
    }
    if (options.overwrite && fs::exists(folder))
      remove_study(folder);
    make_place(folder);
    write_plan(plan, folder);

    Log log(true, screen(options.execution.quiet));
    if (!options.to.empty())
    {
      write_batch_files(options.to, {fs::absolute(folder), program_path(),
                                     static_cast<unsigned int>(plan.cases.size()),
                                     static_cast<unsigned int>(plan.untreated.size()),
                                     plan.study.ranks, plan.study.time_limit, shared_folder()});
      log.line(count_text(plan.cases.size(), "case") + " planned; nothing was run. See " +
               (folder / options.to).string());
      return 0;
    }
    log.line(plan.study.title + ": " + count_text(plan.cases.size(), "case") +
             (plan.untreated.empty()
                  ? ""
                  : " that share " + count_text(plan.untreated.size(), "untreated tissue")));
    const int status = run_and_tell(tasks_of(plan, wanted), plan, options.execution, log);
    collect(plan, folder, log);
    say_end(plan, folder, log);
    return status;
  }

} // namespace lacuna
