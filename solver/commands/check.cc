// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/check.h"

#include "commands/continued_run.h"
#include "commands/laws_of_case.h"
#include "commands/record_maker.h"
#include "config/user_error.h"
#include "output/output_folder.h"
#include "output/phase_timer.h"
#include "output/sampling.h"
#include "transport/thiele_number.h"

#include <deal.II/base/mpi.h>

#include <cstdio>

namespace lacuna
{
  namespace
  {
    std::string format(const char *pattern, double value)
    {
      char text[64];
      std::snprintf(text, sizeof(text), pattern, value);
      return text;
    }

    /** One printed line; only the first rank prints. */
    class Page
    {
    public:
      explicit Page(bool is_first_rank_) : is_first_rank(is_first_rank_) {}
      void heading(const std::string &text) const { line("\n" + text); }
      void row(const std::string &name, const std::string &value) const
      {
        if (is_first_rank)
          std::printf("  %-28s %s\n", name.c_str(), value.c_str());
      }
      void line(const std::string &text) const
      {
        if (is_first_rank)
          std::printf("%s\n", text.c_str());
      }

    private:
      bool is_first_rank;
    };

    void print_regions(const Page &page, const StateLayout &layout)
    {
      page.heading("Regions");
      const auto volumes = region_volumes(layout.geometry);
      const auto boxes   = bounding_boxes(layout);
      for (unsigned int r = 0; r < volumes.size(); ++r)
      {
        std::string extent;
        for (unsigned int d = 0; d < dim; ++d)
          extent += std::string(d == 0 ? ", " : "; ") + "xyz"[d] + " " +
                    format("%.4g", 1e3 * boxes[r].low[d]) + " to " +
                    format("%.4g", 1e3 * boxes[r].high[d]);
        page.row(layout.geometry.regions[r], format("%.5g mL", 1e6 * volumes[r]) + extent + " mm");
      }
    }

    std::string boundary_text(const Simulation &simulation, const BoundarySetting &setting)
    {
      const int s            = simulation.species.find_mobile(setting.species);
      const Species &species = simulation.species.mobile[s];
      const auto value =
          format("%.4g ",
                 setting.value.values.empty() ? 0. : setting.value.at(0) / species.unit_factor) +
          species.unit;
      switch (setting.kind)
      {
      case BoundaryKind::fixed:
        return setting.species + " " + value;
      case BoundaryKind::exchange:
        return setting.species + " exchange with " + value + " at " +
               format("%.3g m/s", setting.coefficient.at(0));
      case BoundaryKind::flux:
        return setting.species + " flux " + format("%.3g mol/m^2/s", setting.flux.at(0));
      case BoundaryKind::closed:
        break;
      }
      return setting.species + " closed";
    }

    void print_faces(const Page &page, const Simulation &simulation)
    {
      page.heading("Faces");
      const Geometry &geometry = simulation.layout.geometry;
      const auto areas         = face_areas(geometry);
      for (unsigned int f = 0; f < areas.size(); ++f)
      {
        std::string supply;
        for (const BoundarySetting &setting : simulation.input.boundaries)
          if (setting.face == geometry.faces[f] && setting.kind != BoundaryKind::closed)
            supply += (supply.empty() ? "" : "; ") + boundary_text(simulation, setting);
        page.row(geometry.faces[f],
                 format("%.5g mm2, ", 1e6 * areas[f]) + (supply.empty() ? "closed" : supply));
      }
      page.row("contested nodes",
               std::to_string(simulation.boundary.n_contested) + " (the face named first wins)");
    }

    void print_species(const Page &page, const Simulation &simulation)
    {
      page.heading("Species");
      for (const Species &species : simulation.species.mobile)
        page.row(species.name, std::string(species.cells ? "population that moves" : "mobile") +
                                   ", [" + species.unit + "]");
      for (const Species &species : simulation.species.immobile)
        page.row(species.name, std::string(species.cells ? "population" : "immobile") + ", [" +
                                   species.unit + "]");
    }

    void print_thiele(const Page &page, const Simulation &simulation)
    {
      page.heading(
          "Thiele numbers (uptake against diffusion over half the region's smallest extent)");
      const auto numbers = thiele_numbers(simulation.model, simulation.state);
      for (unsigned int r = 0; r < numbers.size(); ++r)
      {
        std::string text;
        for (unsigned int s = 0; s < numbers[r].size(); ++s)
          if (numbers[r][s] > 0)
            text += (text.empty() ? "" : ", ") + simulation.species.mobile[s].name + " " +
                    format("%.3g", numbers[r][s]);
        page.row(simulation.layout.geometry.regions[r], text.empty() ? "no uptake" : text);
      }
    }

    void print_schedule(const Page &page, const Simulation &simulation)
    {
      page.heading("Schedule");
      const Case &input = simulation.input;
      if (input.time.steady)
        page.row("steady state", "no time");
      for (unsigned int k = 0; k < input.injections.size(); ++k)
      {
        const InjectionSettings &injection = input.injections[k];
        if (injection.given)
        {
          page.row(format("%.4g d", injection.time / 86400),
                   injection.name + ": given by the finished run");
          continue;
        }
        const Bolus &bolus       = simulation.dosing.boluses[k];
        const Delivery &delivery = simulation.dosing.deliveries[k];
        const Species &injected =
            simulation.species.variable(simulation.species.injected_by(injection));
        page.row(format("%.4g d", injection.time / 86400),
                 injection.name + ": " + format("%.4g ", injection.loaded) + injection.species +
                     " in " + format("%.3g mL", 1e6 * injection.volume) + ", delivered viable " +
                     format("%.4g", delivery.delivered));
        page.row(
            "", format("bolus %.4g mL of tissue", 1e6 * bolus.tissue_volume) +
                    format(", half-axes %.3g", 1e3 * bolus.half_axes[0]) +
                    format(" x %.3g", 1e3 * bolus.half_axes[1]) +
                    format(" x %.3g mm", 1e3 * bolus.half_axes[2]) +
                    format(", peak %.4g ", bolus.peak * delivery.delivered / injected.unit_factor) +
                    injected.unit);
        for (const auto &report : simulation.dosing.reports[k])
          page.row("", report);
        for (const auto &warning : bolus.warnings)
          page.row("Warning", warning);
      }
      for (const double knot : simulation.boundary.knots())
        page.row(format("%.4g d", knot / 86400), "boundary values change");
      if (!input.time.steady)
        page.row(format("%.4g d", input.time.end / 86400), "end");
    }
  } // namespace

  int check_case(const std::filesystem::path &file, const std::vector<std::string> &overrides,
                 MPI_Comm communicator)
  {
    Case input = read_case(file, overrides, law_lookup());
    plan_continuation(input);
    check_output_folder(input.output.folder, true, communicator);
    const Page page(dealii::Utilities::MPI::this_mpi_process(communicator) == 0);
    const LawsOfCase laws(input);
    const auto geometry = build_geometry(input.geometry, communicator);
    const StateLayout layout(*geometry, input.geometry.degree);
    Level level(input, layout);
    Simulation simulation(input, level, laws.pointers(), true);
    const ProbeSampler probes(input.output.probes, layout);
    simulation.set_given_values();
    if (const auto continued = state_to_continue(input, layout))
      simulation.restore(*continued);

    page.line(input.title);
    page.heading(input.accuracy.target > 0 ? "Size (of the first trial)" : "Size");
    const auto nodes = layout.n_global_nodes();
    page.row("cells", std::to_string(geometry->triangulation.n_global_active_cells()));
    page.row("nodes", std::to_string(nodes));
    page.row("unknowns",
             std::to_string(nodes * simulation.species.mobile.size()) + " mobile, " +
                 std::to_string(dealii::Utilities::MPI::sum(layout.n_points(), communicator) *
                                simulation.species.immobile.size()) +
                 " immobile");
    // The solve adds Krylov vectors and factors of about twice what stands now.
    page.row("memory", format("about %.2g GiB", 3 * peak_memory(communicator) / (1 << 30)));
    print_regions(page, layout);
    print_faces(page, simulation);
    print_species(page, simulation);
    page.heading("Laws");
    for (const auto &law : laws.laws)
      page.row(law->section, std::string(law->library->plugin().name) + " " +
                                 law->library->plugin().version + " (" +
                                 law->library->path().string() + ")");
    for (const auto &sentence : simulation.model.reaction.idle_signals())
      page.row("Warning", sentence);
    print_thiele(page, simulation);
    print_schedule(page, simulation);
    page.heading("Outputs");
    page.row("folder", input.output.folder.string());
    page.row("files", std::string("summary.json, history.csv, parameters.prm, parameters.diff.prm, "
                                  "state.bin, log.txt") +
                          (input.output.fields ? ", fields.pvd" : "") +
                          (probes.empty() ? "" : ", probes.csv") +
                          (input.control == Control::alone  ? ", start.bin"
                           : input.control == Control::none ? ""
                                                            : ", control/history.csv"));
    for (const auto *notes : {&input.notes, &geometry->notes})
      for (const auto &note : *notes)
        page.row("Note", note);
    return 0;
  }
} // namespace lacuna
