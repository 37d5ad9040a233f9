// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/state_file.h"

#include "config/user_error.h"

#include <deal.II/base/mpi.h>

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <sstream>
#include <tuple>
#include <unordered_map>

namespace lacuna
{
  namespace
  {
    constexpr unsigned int place_size = dim + 1; // position and region

    std::vector<std::string> names(const std::vector<Species> &species)
    {
      std::vector<std::string> result;
      for (const Species &one : species)
        result.push_back(one.name);
      return result;
    }

    /** Rows of (position, region, values) of this rank. */
    std::vector<double> node_rows(const StateLayout &layout, const State &state, unsigned int n)
    {
      std::vector<double> rows;
      for (unsigned int node = 0; node < layout.n_nodes; ++node)
      {
        rows.insert(rows.end(), layout.node_position[node].begin(),
                    layout.node_position[node].end());
        rows.push_back(-1);
        const double *values = state.mobile.at(node);
        rows.insert(rows.end(), values, values + n);
      }
      return rows;
    }

    std::vector<double> point_rows(const StateLayout &layout, const State &state, unsigned int n)
    {
      std::vector<double> rows;
      for (unsigned int p = 0; p < layout.n_points(); ++p)
      {
        const Coordinates &x = layout.node_position[layout.point_node[p]];
        rows.insert(rows.end(), x.begin(), x.end());
        rows.push_back(layout.point_region[p]);
        const double *values = state.immobile.at(p);
        rows.insert(rows.end(), values, values + n);
      }
      return rows;
    }

    std::vector<double> gather(const std::vector<double> &mine, MPI_Comm communicator)
    {
      std::vector<double> all;
      for (const auto &part : dealii::Utilities::MPI::gather(communicator, mine))
        all.insert(all.end(), part.begin(), part.end());
      return all;
    }

    /** A place as a key: position to a nanometre, and region. */
    std::string key_of(const double *place)
    {
      std::ostringstream key;
      for (unsigned int d = 0; d < dim; ++d)
        key << std::llround(place[d] * 1e9) << ' ';
      key << std::lround(place[dim]);
      return key.str();
    }

    using Rows = std::unordered_map<std::string, const double *>;

    Rows index(const std::vector<double> &values, unsigned int n)
    {
      Rows rows;
      for (std::size_t at = 0; at + place_size + n <= values.size(); at += place_size + n)
        rows.emplace(key_of(&values[at]), &values[at + place_size]);
      return rows;
    }
  } // namespace

  void write_state(const std::filesystem::path &file, const StateLayout &layout,
                   const SpeciesTable &species, const State &state)
  {
    const MPI_Comm communicator = layout.communicator();
    const auto nodes  = gather(node_rows(layout, state, species.mobile.size()), communicator);
    const auto points = gather(point_rows(layout, state, species.immobile.size()), communicator);
    if (dealii::Utilities::MPI::this_mpi_process(communicator) != 0)
      return;
    const nlohmann::json header = {{"schema", 1},
                                   {"time_s", state.time},
                                   {"mobile", names(species.mobile)},
                                   {"immobile", names(species.immobile)},
                                   {"node_values", nodes.size()},
                                   {"point_values", points.size()}};
    const auto unfinished       = file.string() + ".part";
    {
      std::ofstream out(unfinished, std::ios::binary);
      out << header.dump() << '\n';
      for (const auto *values : {&nodes, &points})
        out.write(reinterpret_cast<const char *>(values->data()),
                  static_cast<std::streamsize>(values->size() * sizeof(double)));
      if (!out.flush())
        throw std::runtime_error("cannot write " + unfinished);
    }
    std::filesystem::rename(unfinished, file);
  }

  void read_state(const std::filesystem::path &file, const StateLayout &layout,
                  const SpeciesTable &species, State &state)
  {
    std::ifstream in(file, std::ios::binary);
    std::string line;
    if (!std::getline(in, line))
      throw UserError("'" + file.parent_path().string() + "' holds no " + file.filename().string() +
                      "; name the folder of a finished run.");
    const auto header = nlohmann::json::parse(line, nullptr, false);
    std::vector<double> nodes, points;
    if (!header.is_discarded())
      for (auto [values, name] :
           {std::make_pair(&nodes, "node_values"), std::make_pair(&points, "point_values")})
      {
        values->resize(header.at(name).get<std::size_t>());
        in.read(reinterpret_cast<char *>(values->data()),
                static_cast<std::streamsize>(values->size() * sizeof(double)));
      }
    if (header.is_discarded() || !in)
      throw UserError("'" + file.string() + "' is damaged or incomplete.");

    const auto mobile   = header.at("mobile").get<std::vector<std::string>>();
    const auto immobile = header.at("immobile").get<std::vector<std::string>>();
    const Rows node_row = index(nodes, mobile.size()), point_row = index(points, immobile.size());

    bool fits       = true;
    const auto take = [&](const Rows &rows, const Coordinates &x, double region,
                          const std::vector<std::string> &stored,
                          const std::vector<Species> &wanted, double *values)
    {
      const double place[place_size] = {x[0], x[1], x[2], region};
      const auto row                 = rows.find(key_of(place));
      if (row == rows.end())
      {
        fits = false;
        return;
      }
      for (unsigned int k = 0; k < wanted.size(); ++k)
        for (unsigned int j = 0; j < stored.size(); ++j)
          if (wanted[k].name == stored[j])
            values[k] = row->second[j];
    };
    for (unsigned int node = 0; node < layout.n_nodes; ++node)
      take(node_row, layout.node_position[node], -1, mobile, species.mobile,
           state.mobile.at(node));
    for (unsigned int p = 0; p < layout.n_points(); ++p)
      take(point_row, layout.node_position[layout.point_node[p]], layout.point_region[p], immobile,
           species.immobile, state.immobile.at(p));
    if (dealii::Utilities::MPI::min(fits ? 1 : 0, layout.communicator()) == 0)
      throw UserError(
          "the run in '" + file.parent_path().string() +
          "' was made on another mesh; geometry, refinements and element degree must be "
          "the same.");
  }
} // namespace lacuna
