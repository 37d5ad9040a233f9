// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/plugin_new.h"

#include "commands/program.h"
#include "config/text.h"
#include "config/user_error.h"

#include <cctype>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    bool is_lower(char c)
    {
      return c >= 'a' && c <= 'z';
    }
    bool is_digit(char c)
    {
      return c >= '0' && c <= '9';
    }

    /** A law is named as those that exist: small letters, digits, dashes. */
    void check_name(const std::string &name)
    {
      bool good = !name.empty() && name.size() <= 60 && is_lower(name.front()) &&
                  name.back() != '-' && name.find("--") == std::string::npos;
      for (const char c : name)
        good = good && (is_lower(c) || is_digit(c) || c == '-');
      if (!good)
        throw UserError(
            in_quotes(name) +
            " is not a name for a law: write small letters, digits and single dashes, a "
            "letter first, such as 'glucose-death'.");
    }

    /** "glucose-death" becomes GlucoseDeathLaw: no name of the interface, such as Field, ends so.
     */
    std::string class_name(const std::string &name)
    {
      std::string result;
      bool begins = true;
      for (const char c : name)
      {
        if (c != '-')
          result += begins ? char(std::toupper(static_cast<unsigned char>(c))) : c;
        begins = c == '-';
      }
      return result + "Law";
    }

    fs::path template_folder()
    {
      std::error_code ignored;
      const fs::path folder = shared_folder() / "template";
      if (!fs::is_directory(folder, ignored))
        throw UserError("the template of a law is missing: there is no folder '" + folder.string() +
                        "'.\n  Install Lacuna again.");
      return folder;
    }

    /** A law of this name would hide one that comes with Lacuna. */
    void check_free(const std::string &name)
    {
      std::error_code ignored;
      if (fs::exists(installation() / "lib/lacuna/plugins" / (name + ".so"), ignored))
        throw UserError("'" + name +
                        "' is a law that comes with Lacuna, and yours would hide it; choose "
                        "another name.");
    }

    std::string replaced(std::string text, const std::string &what, const std::string &by)
    {
      for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
      return text;
    }

    struct NewFile
    {
      fs::path name;
      std::string content;
    };

    std::vector<NewFile> filled_template(const std::string &name)
    {
      const auto fill = [&](std::string text)
      {
        text = replaced(text, "LACUNA_PREFIX", installation().string());
        return replaced(replaced(text, "new-law", name), "NewLaw", class_name(name));
      };
      std::vector<NewFile> files;
      for (const auto &entry : fs::directory_iterator(template_folder()))
      {
        std::ifstream stream(entry.path());
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        files.push_back({fill(entry.path().filename()), fill(text)});
      }
      return files;
    }

    void write(const fs::path &folder, const std::vector<NewFile> &files)
    {
      std::error_code error;
      fs::create_directories(folder, error);
      if (error)
        throw UserError("the folder '" + folder.string() + "' cannot be made: " + error.message() +
                        ".\n  Name another place: --in DIR.");
      for (const NewFile &file : files)
        if (!(std::ofstream(folder / file.name) << file.content))
          throw UserError("'" + (folder / file.name).string() +
                          "' cannot be written.\n  Name another place: --in DIR.");
    }
  } // namespace

  int run_plugin_new(const std::string &name, const fs::path &parent)
  {
    check_name(name);
    check_free(name);
    const fs::path folder = (parent / name).lexically_normal();
    if (std::error_code ignored; fs::exists(fs::symlink_status(folder, ignored)))
      throw UserError("'" + folder.string() +
                      "' exists already; choose another name, or another folder with --in.");
    write(folder, filled_template(name));
    std::cout << "The law '" << name << "' is in " << folder.string()
              << ". Build and test it with\n"
              << "  cd " << folder.string() << " && cmake -B build && cmake --build build && "
              << "ctest --test-dir build\n"
              << "and go on in " << name << ".cc.\n";
    return 0;
  }
} // namespace lacuna
