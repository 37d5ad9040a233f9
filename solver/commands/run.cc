// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/run.h"

#include "commands/companions.h"
#include "commands/continued_run.h"
#include "commands/control_run.h"
#include "commands/laws_of_case.h"
#include "commands/recorder.h"
#include "commands/trials.h"
#include "commands/version.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "output/output_folder.h"
#include "output/phase_timer.h"
#include "output/progress.h"
#include "output/record_outline.h"
#include "output/state_file.h"
#include "output/text_file.h"

#include <deal.II/base/mpi.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>
#include <optional>

namespace lacuna
{
  namespace
  {
    std::atomic<bool> stop_requested{false};
    extern "C" void request_stop(int)
    {
      stop_requested = true;
    }

    /** Whether, and as what, a run must end before its time. */
    std::optional<RunOutcome> should_stop(const Deadline &deadline, MPI_Comm communicator)
    {
      const int mine  = stop_requested                                              ? 2
                        : deadline && std::chrono::steady_clock::now() >= *deadline ? 1
                                                                                    : 0;
      const int worst = dealii::Utilities::MPI::max(mine, communicator);
      if (worst == 0)
        return std::nullopt;
      return worst == 2 ? RunOutcome::interrupted : RunOutcome::out_of_time;
    }

    /** From the initial state to the end, recording every accepted step. */
    RunOutcome march(Simulation &simulation, Companions *companions, Recorder &recorder,
                     const std::filesystem::path &folder, const std::string &name, Log &log,
                     bool with_fields, const RunState *saved, const Deadline &deadline)
    {
      const Case &input = simulation.input;
      const auto record = [&](bool fields)
      {
        recorder.record(fields);
        if (companions == nullptr)
          return;
        companions->follow(simulation.state.time);
        recorder.record_errors(*companions);
      };
      try
      {
        simulation.begin();
        if (companions != nullptr)
          companions->begin();
        recorder.open(folder, with_fields, saved);
        record(true);
        if (input.time.steady)
          return RunOutcome::done;
        Progress progress(log, name, input.time.start, input.time.end);
        while (simulation.step())
        {
          record(simulation.at_field_time());
          progress.step(simulation.state.time, simulation.integrator->last_step);
          if (const auto outcome = should_stop(deadline, simulation.layout.communicator()))
          {
            recorder.record_fields();
            return *outcome;
          }
        }
        progress.finish();
      }
      catch (const ConvergenceError &error)
      {
        log.error(name + " stopped: " + error.what());
        recorder.record_fields();
        return RunOutcome::not_converged;
      }
      return RunOutcome::done;
    }

    std::string name_of_march(Control control)
    {
      return control == Control::none ? "run" : control == Control::alone ? "untreated" : "treated";
    }

    /** Numbers that are known on every rank, into the summary. */
    void fill_summary(RunSummary &summary, const Simulation &simulation, const LawsOfCase &laws)
    {
      const Case &input     = simulation.input;
      summary.title         = input.title;
      summary.name          = input.file.stem().string();
      summary.versions      = versions();
      summary.model_choices = model_choices(simulation);
      summary.regions       = simulation.layout.geometry.regions;
      for (const auto &law : laws.laws)
        summary.versions["law " + std::string(law->library->plugin().name)] =
            law->library->plugin().version;
      const MPI_Comm communicator = simulation.layout.communicator();
      summary.ranks               = dealii::Utilities::MPI::n_mpi_processes(communicator);
      summary.cells    = simulation.layout.geometry.triangulation.n_global_active_cells();
      summary.unknowns = simulation.layout.n_global_nodes() * simulation.species.mobile.size();
      summary.points =
          dealii::Utilities::MPI::sum<unsigned long>(simulation.layout.n_points(), communicator);
      summary.newton_iterations = simulation.n_newton();
      summary.linear_iterations = simulation.n_linear();
      if (simulation.steady.mesh_error)
        summary.error_estimates["mesh error of the steady state [1]"] =
            *simulation.steady.mesh_error;
      if (simulation.steady.solver_error)
        summary.error_estimates["solver error of the steady state [1]"] =
            *simulation.steady.solver_error;
      if (simulation.integrator)
      {
        summary.steps          = simulation.integrator->n_steps;
        summary.rejected_steps = simulation.integrator->n_rejected;
        summary.error_estimates["largest relative time error of a step [1]"] =
            simulation.integrator->largest_error * input.time.tolerance;
      }
    }

    /** Answers that a target names must be among the numbers that will be recorded. */
    void check_answers(const Case &input)
    {
      std::vector<std::string> names;
      for (const NumericalError &number :
           numbers_of(outline(input, true), input.geometry.regions()))
        names.push_back(number.name);
      for (const std::string &answer : input.accuracy.answers)
        if (!contains(names, answer))
          throw UserError(input.file.string() + ": Accuracy/Answers: there will be no number " +
                          in_quotes(answer) + " in history.csv" + or_rather(answer, names));
    }

    /** Reads the case and plans what it goes on from. */
    Case read_input(const RunOptions &options)
    {
      Case input = read_case(options.file, options.overrides, law_lookup());
      if (options.folder)
        input.output.folder = *options.folder;
      if (input.control == Control::finished_run)
        check_control_run(input);
      plan_continuation(input);
      check_answers(input);
      return input;
    }

    Log::Screen screen_for(const RunOptions &options)
    {
      return options.quiet          ? Log::Screen::quiet
             : stdout_is_terminal() ? Log::Screen::terminal
                                    : Log::Screen::plain;
    }

    /** What is going to be computed, and what there is to say of it before. */
    void announce(Log &log, const Simulation &simulation)
    {
      const Case &input         = simulation.input;
      const StateLayout &layout = simulation.layout;
      for (const auto *notes : {&input.notes, &layout.geometry.notes})
        for (const auto &note : *notes)
          log.warning(note);
      for (const Bolus &bolus : simulation.dosing.boluses)
        for (const auto &warning : bolus.warnings)
          log.warning(warning);
      for (const auto &reports : simulation.dosing.reports)
        for (const auto &report : reports)
          log.line(report);
      for (const auto &sentence : simulation.model.reaction.idle_signals())
        log.warning(sentence);
      log.line(std::to_string(layout.n_global_nodes() * simulation.species.mobile.size()) +
               " unknowns on " +
               std::to_string(layout.geometry.triangulation.n_global_active_cells()) + " cells, " +
               std::to_string(dealii::Utilities::MPI::n_mpi_processes(layout.communicator())) +
               " rank(s)");
    }

    /** One run of the program: a case and, if it asks for it, its control, with all they write. */
    class Run
    {
    public:
      Run(const Case &input, Level &level, const LawsOfCase &laws, Log &log, const RunState *saved,
          const Deadline &deadline)
          : treated(input, level, laws.pointers(), input.control != Control::alone),
            recorder(treated, log), input(input), level(level), laws(laws), log(log), saved(saved),
            deadline(deadline)
      {
        if (begins_as_control())
          begin_as_control_run(treated);
      }

      /** Finds the initial state, and the course of the control before that of the case. */
      RunOutcome compute(PhaseTimer &timer)
      {
        RunOutcome outcome = RunOutcome::done;
        try
        {
          timer.begin(input.time.steady ? "solve" : "initial state");
          companions = make_companions(input.control != Control::alone);
          outcome    = begin(timer);
        }
        catch (const ConvergenceError &error)
        {
          log.error(std::string("no initial state: ") + error.what());
          return RunOutcome::not_converged;
        }
        if (outcome != RunOutcome::done)
          return outcome;
        timer.begin(input.time.steady ? "output" : "solve");
        return march(treated, companions.get(), recorder, input.output.folder,
                     name_of_march(input.control), log, true, saved, deadline);
      }

      Simulation treated;
      Recorder recorder;
      RunSummary summary;

    private:
      /** With a target each finds its own mesh, and its own initial state there. */
      bool begins_as_control() const
      {
        return input.control == Control::finished_run && input.accuracy.target == 0;
      }

      std::unique_ptr<Companions> make_companions(bool with_injections)
      {
        if (!input.output.numerical_errors || saved != nullptr)
          return nullptr;
        return std::make_unique<Companions>(input, level, laws.pointers(), with_injections);
      }

      RunOutcome begin(PhaseTimer &timer)
      {
        if (input.control == Control::computed && !input.time.steady)
          return march_control(timer);
        if (input.control == Control::finished_run)
          take_finished_control();
        if (!begins_as_control())
          treated.prepare(saved);
        if (companions)
          companions->prepare(nullptr);
        if (input.control == Control::alone)
        {
          RunState start;
          treated.save(start);
          write_state(input.output.folder / "start.bin", treated.layout, start);
        }
        return RunOutcome::done;
      }

      /** Both discs begin alike, so the initial state is found once. */
      RunOutcome march_control(PhaseTimer &timer)
      {
        Simulation control(input, level, laws.pointers(), false);
        Recorder control_recorder(control, log);
        control.prepare(saved);
        treated.prepare_as(control);
        const std::unique_ptr<Companions> control_companions = make_companions(false);
        if (control_companions)
        {
          control_companions->prepare(nullptr);
          companions->prepare(control_companions.get());
        }
        timer.begin("control");
        const auto folder = input.output.folder / "control";
        make_output_folder(folder, true, treated.layout.communicator());
        const RunOutcome outcome = march(control, control_companions.get(), control_recorder,
                                         folder, "untreated", log, false, saved, deadline);
        summary.control          = control_recorder.last();
        return outcome;
      }

      void take_finished_control()
      {
        const MPI_Comm communicator = treated.layout.communicator();
        if (begins_as_control())
          begin_as_control_run(treated);
        make_output_folder(input.output.folder / "control", true, communicator);
        if (dealii::Utilities::MPI::this_mpi_process(communicator) == 0)
          take_control_history(input);
        summary.control_summary = input.control_run / "summary.json";
      }

      const Case &input;
      Level &level;
      const LawsOfCase &laws;
      Log &log;
      const RunState *saved; ///< from which the case goes on, if it does
      const Deadline deadline;
      std::unique_ptr<Companions> companions;
    };

    void say_of_target(RunSummary &summary, Log &log)
    {
      const std::string sentence = sentence_on(*summary.accuracy);
      if (summary.accuracy->holds)
        return log.line(sentence);
      log.warning(sentence);
      summary.warnings.push_back(sentence);
    }

    /** One case on one mesh, into its folder, which is made by `open` once nothing speaks against
     * the case any more. Collective. */
    Computed compute(const Case &input, const LawsOfCase &laws, Log &log,
                     const std::function<void()> &open, const Deadline &deadline,
                     MPI_Comm communicator)
    {
      PhaseTimer timer;
      timer.begin("set-up");
      const auto geometry = build_geometry(input.geometry, communicator);
      const StateLayout layout(*geometry, input.geometry.degree);
      Level level(input, layout);
      const std::optional<RunState> continued = state_to_continue(input, layout);
      Run run(input, level, laws, log, continued ? &*continued : nullptr, deadline);

      open();
      announce(log, run.treated);
      const RunOutcome outcome = run.compute(timer);
      timer.begin("output");
      run.recorder.finish();

      RunSummary &summary = run.summary;
      fill_summary(summary, run.treated, laws);
      summary.status            = status_text(outcome);
      summary.seconds           = timer.collect(communicator);
      summary.peak_memory_bytes = peak_memory(communicator);
      summary.last              = run.recorder.last();
      summary.numerical_errors  = run.recorder.last_errors();
      summary.warnings          = log.warnings();
      return {outcome, summary};
    }
  } // namespace

  int run(const RunOptions &options, MPI_Comm communicator)
  {
    const Case input   = read_input(options);
    const auto &folder = input.output.folder;
    check_output_folder(folder, options.overwrite, communicator);
    const bool is_first_rank = dealii::Utilities::MPI::this_mpi_process(communicator) == 0;
    Log log(is_first_rank, screen_for(options));
    const LawsOfCase laws(input);

    const auto write_input = [&](const std::filesystem::path &to)
    {
      if (!is_first_rank)
        return;
      write_atomically(to / "parameters.prm", input.parameters);
      write_atomically(to / "parameters.diff.prm", input.parameter_differences);
    };
    const auto open = [&]
    {
      make_output_folder(folder, options.overwrite, communicator);
      if (is_first_rank)
        log.open(folder / "log.txt");
      log.line(input.title);
      write_input(folder);
      std::signal(SIGINT, request_stop);
      std::signal(SIGTERM, request_stop);
    };
    const auto compute_trial = [&](const Case &trial, unsigned int number, const Deadline &deadline)
    {
      const auto open_trial = [&]
      {
        if (number == 1)
          open();
        log.line(title_of_trial(trial, number));
        make_output_folder(trial.output.folder, true, communicator);
        write_input(trial.output.folder);
      };
      const Computed computed = compute(trial, laws, log, open_trial, deadline, communicator);
      if (is_first_rank)
        write_summary(trial.output.folder / "summary.json", computed.summary);
      return computed;
    };
    Computed computed = input.accuracy.target > 0
                            ? run_to_target(input, compute_trial, log, communicator)
                            : compute(input, laws, log, open, std::nullopt, communicator);

    RunSummary &summary = computed.summary;
    summary.status      = status_text(computed.outcome);
    if (is_first_rank)
    {
      for (const std::string &sentence : sentences_on(summary.numerical_errors))
        log.line(sentence);
      if (summary.accuracy)
        say_of_target(summary, log);
      write_summary(folder / "summary.json", summary);
    }
    if (summary.accuracy)
      remove_trials(folder, communicator);
    log.line("Results: " + folder.string());
    return exit_status(computed.outcome);
  }
} // namespace lacuna
