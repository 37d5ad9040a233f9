// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/state_file.h"

#include "config/user_error.h"

#include <deal.II/base/mpi.h>

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <sstream>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace lacuna
{
  namespace
  {
    constexpr unsigned int place_size = dim + 1; // position and region

    constexpr int schema = 2;

    std::vector<std::string> names(const RunState::Columns &columns)
    {
      std::vector<std::string> result;
      for (const auto &[name, values] : columns)
        result.push_back(name);
      return result;
    }

    /** Rows of (position, region, values) of this rank. */
    std::vector<double>
    rows_of(const RunState::Columns &columns, std::size_t n_entities,
            const std::function<std::array<double, place_size>(std::size_t)> &place)
    {
      std::vector<double> rows;
      for (std::size_t entity = 0; entity < n_entities; ++entity)
      {
        const auto where = place(entity);
        rows.insert(rows.end(), where.begin(), where.end());
        for (const auto &[name, values] : columns)
          rows.push_back(values[entity]);
      }
      return rows;
    }

    std::array<double, place_size> place_of_node(const StateLayout &layout, std::size_t node)
    {
      const Coordinates &x = layout.node_position[node];
      return {x[0], x[1], x[2], -1};
    }

    std::array<double, place_size> place_of_point(const StateLayout &layout, std::size_t point)
    {
      const Coordinates &x = layout.node_position[layout.point_node[point]];
      return {x[0], x[1], x[2], double(layout.point_region[point])};
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

    /** The first line; the stream then stands at the values. */
    nlohmann::json read_header(const std::filesystem::path &file, std::ifstream &in)
    {
      std::string line;
      if (!std::getline(in, line))
        throw UserError("'" + file.parent_path().string() + "' holds no " +
                        file.filename().string() + "; name the folder of a finished run.");
      const auto header = nlohmann::json::parse(line, nullptr, false);
      if (header.is_discarded() || !header.is_object() || !header.contains("schema"))
        throw UserError("'" + file.string() + "' is damaged or incomplete.");
      if (header["schema"] != schema)
        throw UserError("'" + file.string() +
                        "' was written by another version of Lacuna, which kept less of a run's "
                        "state; run that case again with this version.");
      return header;
    }

    std::vector<double> read_values(std::ifstream &in, std::size_t n,
                                    const std::filesystem::path &file)
    {
      std::vector<double> values(n);
      in.read(reinterpret_cast<char *>(values.data()),
              static_cast<std::streamsize>(n * sizeof(double)));
      if (!in)
        throw UserError("'" + file.string() + "' is damaged or incomplete.");
      return values;
    }

    /** Picks the rows of this rank's entities; false if one of them has none. */
    template <class PlaceOf>
    bool take_rows(const std::vector<double> &values, const std::vector<std::string> &columns,
                   std::size_t n_entities, const PlaceOf &place, RunState::Columns &result)
    {
      const Rows rows = index(values, columns.size());
      for (const std::string &column : columns)
        result[column].resize(n_entities);
      for (std::size_t entity = 0; entity < n_entities; ++entity)
      {
        const auto row = rows.find(key_of(place(entity).data()));
        if (row == rows.end())
          return false;
        for (std::size_t k = 0; k < columns.size(); ++k)
          result[columns[k]][entity] = row->second[k];
      }
      return true;
    }

    RunState parts_of(const nlohmann::json &header)
    {
      RunState state;
      for (const auto &[name, part] : header.at("parts").items())
        state.parts[name] = part;
      return state;
    }
  } // namespace

  void write_state(const std::filesystem::path &file, const StateLayout &layout,
                   const RunState &state)
  {
    const MPI_Comm communicator = layout.communicator();
    const auto nodes =
        gather(rows_of(state.nodes, layout.n_nodes,
                       [&](std::size_t node) { return place_of_node(layout, node); }),
               communicator);
    const auto points =
        gather(rows_of(state.points, layout.n_points(),
                       [&](std::size_t point) { return place_of_point(layout, point); }),
               communicator);
    if (dealii::Utilities::MPI::this_mpi_process(communicator) != 0)
      return;
    const nlohmann::json header = {{"schema", schema},
                                   {"parts", state.parts},
                                   {"node_columns", names(state.nodes)},
                                   {"point_columns", names(state.points)},
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

  RunState read_state_parts(const std::filesystem::path &file)
  {
    std::ifstream in(file, std::ios::binary);
    return parts_of(read_header(file, in));
  }

  RunState read_state(const std::filesystem::path &file, const StateLayout &layout)
  {
    std::ifstream in(file, std::ios::binary);
    const auto header = read_header(file, in);
    RunState state    = parts_of(header);
    const auto nodes  = read_values(in, header.at("node_values"), file);
    const auto points = read_values(in, header.at("point_values"), file);
    const bool fits =
        take_rows(
            nodes, header.at("node_columns"), layout.n_nodes,
            [&](std::size_t node) { return place_of_node(layout, node); }, state.nodes) &&
        take_rows(
            points, header.at("point_columns"), layout.n_points(),
            [&](std::size_t point) { return place_of_point(layout, point); }, state.points);
    if (dealii::Utilities::MPI::min(fits ? 1 : 0, layout.communicator()) == 0)
      throw UserError("the run in '" + file.parent_path().string() +
                      "' was made on another mesh; geometry, refinements and element degree must "
                      "be the same.");
    return state;
  }
} // namespace lacuna
