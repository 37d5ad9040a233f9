// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include "config/suggestion.h"
#include "config/user_error.h"
#include "laws/law.h"
#include "laws/law_creation.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <sstream>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    /** The loader's own words out of the text of Boost's exception. */
    std::string loader_message(const std::string &what)
    {
      const std::string begin_mark = "dlerror system message: ", end_mark = "): ";
      const auto begin = what.find(begin_mark);
      if (begin == std::string::npos)
        return what;
      const auto first = begin + begin_mark.size();
      const auto last  = what.rfind(end_mark);
      return what.substr(first, last == std::string::npos ? last : last - first);
    }

    std::string version_text(unsigned int major, unsigned int minor)
    {
      return std::to_string(major) + "." + std::to_string(minor);
    }

    /** Throws unless the plugin speaks this Lacuna's version of the boundary. */
    void check_version(const lacuna_plugin &plugin, const fs::path &file)
    {
      const std::string wanted = version_text(plugin.abi_major, plugin.abi_minor);
      const std::string here   = version_text(LACUNA_ABI_MAJOR, LACUNA_ABI_MINOR);
      if (plugin.abi_major != LACUNA_ABI_MAJOR)
        throw UserError("the law in '" + file.string() + "' was built for plugin interface " +
                        wanted + ", but this Lacuna has " + here +
                        ".\n  Build it again with the lacuna/law.h of this Lacuna.");
      if (plugin.abi_minor > LACUNA_ABI_MINOR)
        throw UserError("the law in '" + file.string() + "' needs plugin interface " + wanted +
                        " or later, but this Lacuna has " + here +
                        ".\n  Update Lacuna, or build the law with the lacuna/law.h of this one.");
      if (plugin.size < offsetof(lacuna_plugin, rates) + sizeof(plugin.rates))
        throw UserError("the law in '" + file.string() +
                        "' has an incomplete description; build it again with lacuna/law.h.");
    }

    /** Opens the file for good and returns what its entry point describes. Throws UserError. */
    const lacuna_plugin *open_plugin(const fs::path &file)
    {
      using namespace boost::dll;
      shared_library library;
      try
      {
        library.load(file, load_mode::rtld_now | load_mode::rtld_local);
      }
      catch (const std::exception &error)
      {
        throw UserError("the law '" + file.string() +
                        "' cannot be loaded: " + loader_message(error.what()) +
                        "\n  A law is a shared library built for this machine with lacuna/law.h.");
      }
      if (!library.has(LACUNA_PLUGIN_ENTRY))
        throw UserError("'" + file.string() +
                        "' is a shared library but not a law: it has no " LACUNA_PLUGIN_ENTRY
                        ".\n  A law's source ends with LACUNA_LAW(Class, name, version, time unit, "
                        "meaning).");
      const auto *plugin = library.get<const lacuna_plugin *()>(LACUNA_PLUGIN_ENTRY)();
      if (plugin == nullptr)
        throw UserError("the law in '" + file.string() +
                        "' describes nothing; build it again with "
                        "lacuna/law.h.");
      check_version(*plugin, file);
      check_time_unit(*plugin);
      // Never unloaded: function pointers into it live as long as the process.
      static auto *kept = new std::vector<shared_library>;
      kept->push_back(library);
      return plugin;
    }

    bool is_file(const fs::path &path)
    {
      std::error_code ignored;
      return fs::is_regular_file(path, ignored);
    }

    std::vector<std::string> laws_in(const fs::path &folder)
    {
      std::vector<std::string> names;
      std::error_code ignored;
      for (const auto &entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".so")
          names.push_back(entry.path().stem().string());
      std::sort(names.begin(), names.end());
      return names;
    }

    [[noreturn]] void throw_not_found(const std::string &name, const std::vector<fs::path> &folders)
    {
      std::vector<std::string> known;
      std::string places;
      for (const auto &folder : folders)
      {
        for (const auto &law : laws_in(folder))
          known.push_back(law);
        places += (places.empty() ? "" : ", ") + folder.string();
      }
      throw UserError("the law '" + name + "' was not found" + suggestion(name, known) +
                      "\n  looked for " + name + ".so in " + places +
                      "\n  Write another name, a path (./" + name +
                      ".so), or add its folder to LACUNA_PLUGIN_PATH.");
    }

    fs::path find_file(const std::string &name_or_path, const fs::path &parameter_file_directory)
    {
      if (name_or_path.empty())
        throw UserError("a law without a name: write 'set Law = NAME', for example "
                        "'set Law = bibby-metabolism'.");
      if (name_or_path.find('/') != std::string::npos)
      {
        const fs::path path = (parameter_file_directory / name_or_path).lexically_normal();
        for (const fs::path &file : {path, fs::path(path.string() + ".so")})
          if (is_file(file))
            return file;
        throw UserError("the law '" + name_or_path + "' was not found: there is no file '" +
                        path.string() +
                        "'.\n  A relative path starts at the folder of the parameter file.");
      }
      const auto folders = LawLibrary::search_path(parameter_file_directory);
      for (const auto &folder : folders)
        for (const char *ending : {".so", ""})
          if (is_file(folder / (name_or_path + ending)))
            return folder / (name_or_path + ending);
      throw_not_found(name_or_path, folders);
    }

    std::string in_message(const std::string &section, const lacuna_plugin &plugin)
    {
      return "law '" + (section.empty() ? std::string(plugin.name) : section) + "' ";
    }

    using Evaluation = int (*)(const void *, const lacuna_batch *);

    void evaluate(const Law &law, Evaluation function, const void *handle, lacuna_batch &batch)
    {
      char own_message[1024] = "";
      lacuna_batch called    = batch;
      if (called.error == nullptr)
      {
        called.error      = own_message;
        called.error_size = sizeof(own_message);
      }
      if (function(handle, &called) != 0)
        throw UserError(in_message(law.section, law.library->plugin()) + called.error);
    }
  } // namespace

  std::vector<fs::path> LawLibrary::search_path(const fs::path &parameter_file_directory)
  {
    std::vector<fs::path> folders = {parameter_file_directory.empty() ? fs::path(".")
                                                                      : parameter_file_directory};
    if (const char *path = std::getenv("LACUNA_PLUGIN_PATH"))
    {
      std::istringstream stream(path);
      for (std::string folder; std::getline(stream, folder, ':');)
        if (!folder.empty())
          folders.emplace_back(folder);
    }
    if (const char *home = std::getenv("HOME"))
      folders.push_back(fs::path(home) / ".local/lib/lacuna/plugins");
    std::error_code ignored;
    const auto program = fs::read_symlink("/proc/self/exe", ignored);
    folders.push_back((program.parent_path() / "../lib/lacuna/plugins").lexically_normal());
    return folders;
  }

  std::shared_ptr<const LawLibrary> LawLibrary::load(const std::string &name_or_path,
                                                     const fs::path &parameter_file_directory)
  {
    static std::map<std::string, std::shared_ptr<const LawLibrary>> loaded;
    const fs::path file = fs::canonical(find_file(name_or_path, parameter_file_directory));
    auto &entry         = loaded[file.string()];
    if (entry == nullptr)
    {
      auto library         = std::make_shared<LawLibrary>();
      library->file        = file;
      library->description = open_plugin(file);
      entry                = library;
    }
    return entry;
  }

  std::vector<Parameter> LawLibrary::parameters() const
  {
    LawCreation creation(plugin(), nullptr);
    char sentence[1024] = "";
    if (void *law = plugin().create(creation.host(), sentence, sizeof(sentence)))
      plugin().destroy(law);
    else if (!creation.refusal.empty() || creation.parameters.empty())
      throw UserError(in_message("", plugin()) + creation.refusal + sentence);
    // A law that only asks for more than its defaults has declared its parameters all the same.
    return creation.parameters;
  }

  std::unique_ptr<Law> LawLibrary::create(const std::string &section, const LawValues &values) const
  {
    LawCreation creation(plugin(), &values);
    char sentence[1024] = "";
    void *handle        = plugin().create(creation.host(), sentence, sizeof(sentence));
    std::string problem = creation.refusal.empty() ? creation.unknown_value() : creation.refusal;
    if (handle == nullptr && problem.empty())
      problem = sentence;
    if (handle != nullptr && !problem.empty())
      plugin().destroy(handle);
    if (handle == nullptr || !problem.empty())
      throw UserError(in_message(section, plugin()) + problem);
    auto law      = std::make_unique<Law>(shared_from_this(), section, handle);
    law->reads    = creation.reads;
    law->provides = creation.provides;
    law->owns     = creation.owns;
    return law;
  }

  Law::Law(std::shared_ptr<const LawLibrary> library_, std::string section_, void *handle_)
      : library(std::move(library_)), section(std::move(section_)), handle(handle_)
  {
  }

  Law::~Law()
  {
    library->plugin().destroy(handle);
  }

  void Law::signals(lacuna_batch &batch) const
  {
    evaluate(*this, library->plugin().signals, handle, batch);
  }

  void Law::rates(lacuna_batch &batch) const
  {
    evaluate(*this, library->plugin().rates, handle, batch);
  }
} // namespace lacuna
