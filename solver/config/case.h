// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/coordinates.h"
#include "config/delivery.h"
#include "config/field_setting.h"
#include "config/geometry_settings.h"
#include "config/law_values.h"
#include "config/parameter_file.h"
#include "config/time_table.h"
#include "config/tissue_settings.h"
#include "config/values.h"

#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  struct SoluteSettings
  {
    std::string name;
    double diffusivity_in_water = 0; ///< m^2/s
    double initial              = 0; ///< mol/m^3
  };

  struct PopulationSettings
  {
    std::string name;
    std::map<std::string, FieldSetting> density; ///< region -> 1/m^3 tissue
  };

  enum class BoundaryKind
  {
    closed,
    fixed,
    exchange,
    flux
  };

  /** What one mobile species does on one face. Values are in mol/m^3 (species per tissue volume:
   * their own unit in SI). */
  struct BoundarySetting
  {
    std::string face, species;
    BoundaryKind kind = BoundaryKind::closed;
    TimeTable value;       ///< fixed and exchange
    TimeTable coefficient; ///< exchange: m/s
    TimeTable flux;        ///< into the tissue, mol/m^2/s
  };

  struct LawSettings
  {
    std::string section, law;           ///< law: name or path of the plugin
    std::string plugin, plugin_version; ///< its name and version
    LawValues values;
    std::vector<DeclaredSpecies> species;
    std::vector<std::string> moves; ///< populations that it moves
  };

  enum class BolusShape
  {
    ellipsoid,
    gaussian,
    point
  };

  struct InjectionSettings
  {
    std::string name, species;
    double time   = 0;  ///< s
    double loaded = 0;  ///< cells, vesicles, or mol
    double volume = 0;  ///< m^3 of retained fluid
    Coordinates site{}; ///< m
    BolusShape shape = BolusShape::ellipsoid;
    Coordinates half_axes{1, 1, 1}; ///< proportions of the ellipsoid
    double edge_width         = 0;  ///< m, of the ellipsoid at its shortest half-axis
    double standard_deviation = 0;  ///< m, Gaussian
    std::vector<std::string> regions;
    bool infiltrating = false;
    double viability = 1, needle_factor = 1, retained_fraction = 1;
    std::map<std::string, double> carrier; ///< solute -> mol/m^3; absent = as the tissue
    Location location;
    /** Set if not this run gives the dose but the one that it continues did: what became of it. */
    std::optional<Delivery> given;
  };

  /** The tissue without doses, to compare with. */
  enum class Control
  {
    none,
    computed,    ///< beside the treated tissue
    alone,       ///< the doses are left out
    finished_run ///< computed alone by an earlier run
  };

  enum class Start
  {
    values,
    steady_state,
    finished_run
  };

  struct InitialSettings
  {
    Start start = Start::values;
    std::filesystem::path run_folder;
    /** Species and doses of the finished run that this one does without, and species that begin
     * with the values of this file instead. */
    std::vector<std::string> left_behind, begun_anew;
    Location location;
    /** Boundary values of the steady start that differ from the run's: face -> species -> mol/m^3.
     */
    std::map<std::string, std::map<std::string, double>> boundary_values;
    double equilibration =
        0; ///< s; longest time in which residents may settle before t = 0; 0 = none
  };

  struct TimeSettings
  {
    bool steady       = false; ///< only the steady state is sought
    double start      = 0;     ///< s, on the clock of tables and doses
    double end        = 0;     ///< s
    double tolerance  = 1e-3;
    double first_step = 0, largest_step = 0, fixed_step = 0; ///< s, 0 = automatic / none / adaptive

    /** Steps of a given length know no tolerance, and are not shortened. With a fixed_step of
     * infinity each goes as far as it is told, or in shorter ones if that does not do. */
    bool has_given_length() const { return fixed_step > 0 && std::isfinite(fixed_step); }
  };

  /** With which preconditioner, and from where, Newton's method solves. */
  enum class SolverMethod
  {
    automatic, ///< multigrid where the mesh has coarser levels
    multigrid,
    newton_krylov ///< incomplete Cholesky, on the finest level alone
  };

  struct SolverSettings
  {
    double newton_tolerance = 0; ///< of the relative defect; 0 = as the mesh allows (Accuracy)
    double linear_tolerance = 1e-4;
    unsigned int newton_iterations = 25;
    double consistent_share        = 0; ///< of reactions; the rest is lumped
    SolverMethod method            = SolverMethod::automatic;
  };

  struct ProbeLine
  {
    std::string name;
    Coordinates from{}, to{};
    unsigned int points = 1; ///< 1 = the single point `from`
  };

  struct OutputSettings
  {
    std::filesystem::path folder;
    std::vector<double> field_times; ///< s, besides start and end
    bool fields           = true;
    bool numerical_errors = true; ///< are estimated, if the mesh has a coarser one
    std::vector<ProbeLine> probes;
  };

  /** How exact the answers must be, and what that may cost. */
  struct AccuracySettings
  {
    double target = 0;                ///< relative; 0 = the mesh and the steps are as given
    std::vector<std::string> answers; ///< by the names of numbers in history.csv; empty = headlines
    double largest_unknowns = 0;      ///< 0 = as many as the memory holds
    double longest_time     = 0;      ///< s of wall time; 0 = no limit
    bool mesh_is_given      = false;  ///< only time is refined
    bool steps_are_given    = false;  ///< only the mesh is refined
  };

  /** Everything that was asked, in SI, checked; never changed after it was read. */
  struct Case
  {
    std::string title;
    std::filesystem::path file;
    GeometrySettings geometry;
    SoluteBalance balance = SoluteBalance::pore_water;
    std::map<std::string, RegionTissue> tissue; ///< by region
    AciditySettings acidity;
    OsmolaritySettings osmolarity;
    double oxygen_solubility = 0.010268e-3; ///< mol/m^3/Pa
    std::vector<SoluteSettings> solutes;
    std::vector<PopulationSettings> populations;
    std::vector<BoundarySetting> boundaries; ///< in the order of the file
    std::vector<LawSettings> laws;
    bool allow_competing_deaths = false;
    std::vector<InjectionSettings> injections; ///< in the order of their times
    Control control = Control::none;
    std::filesystem::path control_run; ///< folder of the run that computed the control alone
    InitialSettings initial;
    TimeSettings time;
    SolverSettings solver;
    OutputSettings output;
    std::vector<std::string> notes; ///< on what the file says without effect
    std::string parameters,
        parameter_differences; ///< what DIR/parameters.prm and parameters.diff.prm will hold
    AccuracySettings accuracy;
  };

  /** Looks up a law by name or path; `directory` is the folder of the parameter file. Throws
   * UserError. */
  using LawLookup =
      std::function<LawDeclaration(const std::string &law, const std::filesystem::path &directory)>;

  /** Reads, completes and checks a parameter file. Throws one UserError that lists everything that
   * is wrong. */
  Case read_case(const std::filesystem::path &file, const std::vector<std::string> &overrides,
                 const LawLookup &laws);

  /** The description of all parameters of the core, with example names where sections are freely
   * named. */
  Section describe_case();
} // namespace lacuna
