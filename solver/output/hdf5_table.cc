// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/hdf5_table.h"

#include <hdf5.h>
#include <unistd.h>

#include <exception>
#include <stdexcept>

namespace lacuna
{
  namespace
  {
    /** An open object of the library. */
    class Handle
    {
    public:
      Handle(hid_t id_, herr_t (*close_)(hid_t)) : id(id_), close(close_)
      {
        if (id < 0)
          throw std::runtime_error("the HDF5 library refused");
      }
      ~Handle() { close(id); }
      Handle(const Handle &)            = delete;
      Handle &operator=(const Handle &) = delete;
      operator hid_t() const { return id; }

    private:
      hid_t id;
      herr_t (*close)(hid_t);
    };

    void check(herr_t status)
    {
      if (status < 0)
        throw std::runtime_error("the HDF5 library refused");
    }

    hid_t text_type()
    {
      const hid_t type = H5Tcopy(H5T_C_S1);
      check(H5Tset_size(type, H5T_VARIABLE));
      check(H5Tset_cset(type, H5T_CSET_UTF8));
      return type;
    }

    std::vector<const char *> pointers(const std::vector<std::string> &texts)
    {
      std::vector<const char *> result;
      for (const std::string &text : texts)
        result.push_back(text.c_str());
      return result;
    }

    void write_attribute(hid_t object, const char *name, const std::vector<std::string> &texts)
    {
      const Handle type(text_type(), H5Tclose);
      const hsize_t size = texts.size();
      const Handle space(texts.size() == 1 ? H5Screate(H5S_SCALAR)
                                           : H5Screate_simple(1, &size, nullptr),
                         H5Sclose);
      const Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose);
      check(H5Awrite(attribute, type, pointers(texts).data()));
    }

    std::string dataset_name(const std::string &column)
    {
      std::string name;
      for (const char c : column)
        name += c == '/' ? std::string(" in ") : std::string(1, c);
      return name;
    }

    void write_column(hid_t file, const TableColumn &column)
    {
      const bool is_text = column.numbers.empty();
      const hsize_t size = is_text ? column.texts.size() : column.numbers.size();
      const Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose);
      const Handle type(is_text ? text_type() : H5Tcopy(H5T_NATIVE_DOUBLE), H5Tclose);
      const Handle dataset(H5Dcreate2(file, dataset_name(column.name).c_str(), type, space,
                                      H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                           H5Dclose);
      const auto texts = pointers(column.texts);
      check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                     is_text ? static_cast<const void *>(texts.data()) : column.numbers.data()));
      write_attribute(dataset, "unit", {column.unit});
    }

    void write(const std::filesystem::path &path, const std::vector<TableColumn> &columns)
    {
      const Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
      std::vector<std::string> names;
      for (const TableColumn &column : columns)
      {
        write_column(file, column);
        names.push_back(dataset_name(column.name));
      }
      write_attribute(file, "columns", names);
    }
  } // namespace

  void write_hdf5_table(const std::filesystem::path &file, const std::vector<TableColumn> &columns)
  {
    std::filesystem::path part = file;
    part += "." + std::to_string(getpid()) + ".part";
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); // what goes wrong is said here, not by the library
    try
    {
      write(part, columns);
      std::filesystem::rename(part, file);
    }
    catch (const std::exception &error)
    {
      throw std::runtime_error("Cannot write '" + file.string() + "': " + error.what() + ".");
    }
  }
} // namespace lacuna
