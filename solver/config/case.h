// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "config/field_setting.h"
#include "config/law_values.h"
#include "config/parameter_file.h"
#include "config/time_table.h"
#include "config/values.h"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lacuna
{
  inline constexpr unsigned int dim = 3;
  using Coordinates                 = std::array<double, dim>; ///< m

  enum class Shape
  {
    box,
    ball,
    cylinder,
    hollow_cylinder,
    elliptic_cylinder,
    lumbar_disc,
    mesh_file
  };

  /** One named layer of a simple body: along x for a box, outward for round bodies. */
  struct Layer
  {
    std::string region;
    double thickness   = 0; ///< m
    unsigned int cells = 1; ///< coarse cells across it
  };

  struct LumbarDiscSettings
  {
    std::string level;
    double width, depth, anterior_height, posterior_height; ///< m
    double kidney_ratio, squareness;                        ///< k2, q
    double nucleus_area_fraction, nucleus_offset;           ///< -, m behind the disc centroid
    double superior_bulge, inferior_bulge, bulge_radius;    ///< m, m, fraction of the outline
    double bulge_apex; ///< fraction of the depth semi-axis, 0 = centre
    double endplate_thickness_centre, endplate_thickness_rim; ///< m
    double inner_annulus_share; ///< of the ring between nucleus and periphery
    unsigned int core_cells, nucleus_rings, inner_rings, outer_rings, tissue_layers,
        endplate_layers;
  };

  struct GeometrySettings
  {
    Shape shape              = Shape::box;
    unsigned int refinements = 0;
    unsigned int degree      = 1;  ///< of the finite element, 1 or 2
    std::vector<Layer> layers;     ///< simple bodies
    double size_y = 0, size_z = 0; ///< box: extents in y and z; round bodies: size_z = height
    double inner_radius     = 0;   ///< hollow cylinder
    double second_semi_axis = 0;   ///< elliptic cylinder: along y (layers give the one along x)
    unsigned int cells_y = 1, cells_z = 1;
    LumbarDiscSettings disc{};
    std::filesystem::path mesh_file;
    double mesh_unit = 1; ///< m
    std::vector<std::pair<int, std::string>> mesh_regions,
        mesh_faces; ///< id -> name, in file order
    bool merge_coincident_nodes = false;

    std::vector<std::string> regions() const; ///< names, in order, without repetition
    std::vector<std::string> faces() const;
  };

  struct RegionTissue
  {
    FieldSetting porosity;
    FieldSetting fixed_charge_density;         ///< mol/m^3 pore water
    std::map<std::string, double> diffusivity; ///< m^2/s in pore water, for species given outright
  };

  enum class SoluteBalance
  {
    pore_water,
    tissue,
    tissue_oxygen_by_porosity
  };

  struct AciditySettings
  {
    double intercept = 7.4, slope = -1 / 11.11; ///< pH = intercept + slope * lactate[mM]
  };

  struct OsmolaritySettings
  {
    double bath_salt = 150, osmotic_coefficient = 0.93, others = 12,
           blood_lactate = 0.8; ///< mol/m^3
  };

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
    double standard_deviation = 0;  ///< m, Gaussian
    std::vector<std::string> regions;
    bool infiltrating = false;
    double viability = 1, needle_factor = 1, retained_fraction = 1;
    std::map<std::string, double> carrier; ///< solute -> mol/m^3; absent = as the tissue
    Location location;
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
    /** Boundary values of the steady start that differ from the run's: face -> species -> mol/m^3.
     */
    std::map<std::string, std::map<std::string, double>> boundary_values;
    double equilibration =
        0; ///< s; longest time in which residents may settle before t = 0; 0 = none
  };

  struct TimeSettings
  {
    bool steady       = false; ///< only the steady state is sought
    double end        = 0;     ///< s
    double tolerance  = 1e-3;
    double first_step = 0, largest_step = 0, fixed_step = 0; ///< s, 0 = automatic / none / adaptive
  };

  struct SolverSettings
  {
    double newton_tolerance = 1e-9, linear_tolerance = 1e-4;
    unsigned int newton_iterations = 25;
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
    bool fields = true;
    std::vector<ProbeLine> probes;
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
    std::string parameters,
        parameter_differences; ///< what DIR/parameters.prm and parameters.diff.prm will hold
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
