// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/trials.h"

#include "commands/available_memory.h"
#include "commands/next_trial.h"
#include "output/output_folder.h"
#include "output/phase_timer.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace lacuna
{
  namespace
  {
    using Clock = std::chrono::steady_clock;

    constexpr double share_of_memory = 0.8; ///< of what is free; the rest is for what else runs
    constexpr double unlimited       = std::numeric_limits<double>::infinity();

    std::string percent(double part)
    {
      return two_digits(100 * part) + " %";
    }

    std::string counted(std::size_t n, const std::string &what)
    {
      return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
    }

    bool steps_are_chosen(const Case &input)
    {
      return !input.time.steady && !input.accuracy.steps_are_given;
    }

    /** Empty only if no error is known. */
    std::vector<RelativeError> errors_of(const std::vector<NumericalError> &numbers,
                                         const std::vector<std::string> &answers)
    {
      std::vector<RelativeError> errors = relative_errors(numbers, answers);
      if (errors.empty() &&
          !answers.empty()) // an untreated tissue has nothing of what was injected
        errors = relative_errors(numbers, {});
      if (errors.empty() && !numbers.empty())
        errors.push_back({"every answer", 0, 0, {}});
      return errors;
    }

    TriedTrial tried_of(const Trial &trial, const Computed &computed,
                        const std::vector<std::string> &answers)
    {
      const RunSummary &summary = computed.summary;
      TriedTrial tried;
      tried.trial    = trial;
      tried.unknowns = summary.unknowns;
      tried.steps    = summary.steps;
      for (const PhaseSeconds &phase : summary.seconds)
      {
        tried.wall += phase.wall;
        tried.cpu += phase.cpu;
      }
      if (computed.outcome == RunOutcome::done)
        tried.errors = errors_of(summary.numerical_errors, answers);
      return tried;
    }

    TrialRecord record_of(const TriedTrial &tried, RunOutcome outcome, bool steps_are_chosen)
    {
      TrialRecord record;
      record.status      = status_text(outcome);
      record.refinements = tried.trial.refinements;
      record.tolerance   = steps_are_chosen ? tried.trial.tolerance : 0;
      record.unknowns    = tried.unknowns;
      record.steps       = tried.steps;
      record.wall        = tried.wall;
      record.cpu         = tried.cpu;
      if (tried.errors.empty())
        return record;
      const RelativeError &worst = largest(tried.errors);
      record.answer              = worst.answer;
      record.error               = worst.total();
      record.space               = worst.space;
      record.time                = worst.time;
      return record;
    }

    /** The trials of one case, one after the other. */
    class Search
    {
    public:
      Search(const Case &input_, const ComputeTrial &compute_, Log &log_, MPI_Comm communicator_)
          : input(input_), wanted(input_.accuracy), compute(compute_), log(log_),
            communicator(communicator_), start(Clock::now()),
            memory_before(peak_memory(communicator_)),
            memory(share_of_memory * available_memory(communicator_))
      {
        accuracy.target = wanted.target;
      }

      Computed run()
      {
        std::optional<Trial> next = Trial{input.geometry.refinements, input.time.tolerance};
        while (next)
        {
          Computed computed        = begin(*next);
          const RunOutcome outcome = computed.outcome;
          const TriedTrial tried   = tried_of(*next, computed, wanted.answers);
          accuracy.trials.push_back(record_of(tried, outcome, steps_are_chosen(input)));
          if (outcome == RunOutcome::done || !shown)
          {
            shown          = std::move(computed);
            accuracy.shown = accuracy.trials.size();
          }
          next            = on_all_ranks(after(outcome, tried));
          was_interrupted = outcome == RunOutcome::interrupted;
        }
        return finish();
      }

    private:
      Computed begin(const Trial &trial)
      {
        const auto number          = static_cast<unsigned int>(accuracy.trials.size() + 1);
        Case tried                 = input;
        tried.geometry.refinements = trial.refinements;
        tried.time.tolerance       = trial.tolerance;
        tried.output.folder        = trial_folder(input.output.folder, number);
        log.forget_warnings();
        return compute(tried, number, shown ? deadline() : std::nullopt);
      }

      Deadline deadline() const
      {
        if (wanted.longest_time == 0)
          return std::nullopt;
        return start + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(wanted.longest_time));
      }

      /** Of rank 0, which knows the errors. */
      NextTrial after(RunOutcome outcome, const TriedTrial &tried)
      {
        if (outcome == RunOutcome::interrupted)
          return {std::nullopt, "it was interrupted"};
        if (outcome == RunOutcome::out_of_time)
          return {std::nullopt, "a further trial took longer than 'Longest time' left"};
        // On the first mesh a case may fail, or have no companions, that a finer one can hold.
        const bool may_be_the_mesh = accuracy.trials.size() == 1 && !wanted.mesh_is_given;
        if (outcome == RunOutcome::not_converged && !may_be_the_mesh)
          return {std::nullopt, "a trial found no solution"};
        if (tried.errors.empty() && !may_be_the_mesh)
          return {std::nullopt,
                  "numerical errors are not known, since no coarser mesh can hold the "
                  "case"};
        accuracy.holds = holds(tried, wanted.target);
        if (accuracy.holds)
          return {};
        if (!tried.errors.empty())
          log.line(reached() + ", more than " + percent(wanted.target));
        return next_trial(tried, wanted, limits_after(tried));
      }

      std::optional<Trial> on_all_ranks(const NextTrial &next)
      {
        struct
        {
          bool goes_on, holds;
          Trial trial;
        } decision{next.trial.has_value(), accuracy.holds, next.trial.value_or(Trial{})};
        MPI_Bcast(&decision, sizeof(decision), MPI_BYTE, 0, communicator);
        accuracy.holds    = decision.holds;
        accuracy.obstacle = next.obstacle;
        return decision.goes_on ? std::optional<Trial>(decision.trial) : std::nullopt;
      }

      TrialLimits limits_after(const TriedTrial &tried) const
      {
        const double spent = std::chrono::duration<double>(Clock::now() - start).count(),
                     bytes = shown->summary.peak_memory_bytes - memory_before,
                     held  = bytes > 0 ? memory / bytes * static_cast<double>(tried.unknowns)
                                       : unlimited;
        return {wanted.largest_unknowns > 0 ? wanted.largest_unknowns : held,
                wanted.longest_time > 0 ? wanted.longest_time - spent : unlimited};
      }

      /** Of the trial that was computed last. */
      std::string reached() const
      {
        const TrialRecord &record = accuracy.trials.back();
        return "Numerical error of " + record.answer + ": " + percent(record.error) + " (mesh " +
               percent(record.space) + ", time " + percent(record.time) + ")";
      }

      /** The phases of the trial that is shown, and all others together. */
      std::vector<PhaseSeconds> all_seconds() const
      {
        std::vector<PhaseSeconds> result = shown->summary.seconds;
        PhaseSeconds others{"other trials", 0, 0};
        for (std::size_t k = 0; k < accuracy.trials.size(); ++k)
          if (k + 1 != accuracy.shown)
          {
            others.wall += accuracy.trials[k].wall;
            others.cpu += accuracy.trials[k].cpu;
          }
        if (accuracy.trials.size() > 1)
          result.push_back(others);
        return result;
      }

      Computed finish()
      {
        take_results_of_trial(input.output.folder, static_cast<unsigned int>(accuracy.shown),
                              communicator);
        if (was_interrupted)
          shown->outcome = RunOutcome::interrupted;
        else if (shown->outcome == RunOutcome::done && !accuracy.holds)
          shown->outcome = RunOutcome::target_missed;
        shown->summary.seconds  = all_seconds();
        shown->summary.accuracy = accuracy;
        return std::move(*shown);
      }

      const Case &input;
      const AccuracySettings &wanted;
      const ComputeTrial &compute;
      Log &log;
      const MPI_Comm communicator;
      const Clock::time_point start;
      const double memory_before, memory; ///< bytes: of this job, and what it may take
      AccuracyRecord accuracy;
      std::optional<Computed> shown; ///< the last trial that came to its end, or else the first
      bool was_interrupted = false;
    };
  } // namespace

  Computed run_to_target(const Case &input, const ComputeTrial &compute, Log &log,
                         MPI_Comm communicator)
  {
    return Search(input, compute, log, communicator).run();
  }

  std::string title_of_trial(const Case &trial, unsigned int number)
  {
    return "Trial " + std::to_string(number) + ": " +
           counted(trial.geometry.refinements, "refinement") +
           (steps_are_chosen(trial) ? ", tolerance of a step " + two_digits(trial.time.tolerance)
                                    : "");
  }

  std::string sentence_on(const AccuracyRecord &accuracy)
  {
    const TrialRecord &shown = accuracy.trials.at(accuracy.shown - 1);
    double wall = 0, cpu = 0;
    for (const TrialRecord &trial : accuracy.trials)
    {
      wall += trial.wall;
      cpu += trial.cpu;
    }
    const std::string cost = counted(accuracy.trials.size(), "trial") + ", " + two_digits(wall) +
                             " s, " + two_digits(cpu) + " processor seconds, the one that counts " +
                             two_digits(shown.cpu) + " on " + std::to_string(shown.unknowns) +
                             " unknowns with " + counted(shown.refinements, "refinement");
    const std::string reached =
        shown.answer.empty() ? "the numerical error is not known"
                             : percent(shown.error) + " of " + shown.answer + " (mesh " +
                                   percent(shown.space) + ", time " + percent(shown.time) + ")";
    return accuracy.holds
               ? "Target error " + percent(accuracy.target) + " reached: " + reached + "; " + cost
               : "Target error " + percent(accuracy.target) + " missed: " + reached + ", and " +
                     accuracy.obstacle + "; " + cost;
  }
} // namespace lacuna
