// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include "config/quantity.h"
#include "config/suggestion.h"
#include "config/user_error.h"
#include "laws/law.h"
#include "laws/law_creation.h"

#include <algorithm>
#include <cfenv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
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

    /** A name as it stands in the source: "_Z6absentv" is absent(). */
    std::string demangled(const std::string &symbol)
    {
      int status       = 0;
      char *name       = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status);
      std::string text = status == 0 ? name : symbol;
      std::free(name);
      return text;
    }

    /** What the loader says about a file, and what its author can do. */
    std::string reason_and_remedy(const std::string &message, const fs::path &file)
    {
      const std::string undefined = "undefined symbol: ",
                        absent    = ": cannot open shared object file";
      if (const auto at = message.find(undefined); at != std::string::npos)
      {
        std::string symbol = message.substr(at + undefined.size());
        symbol             = symbol.substr(0, symbol.find_first_of(" ,\t"));
        return "it uses " + demangled(symbol) +
               ", which nothing defines.\n  Name every source, and every library behind '-l', when "
               "you link the law.";
      }
      if (const auto at = message.find(absent); at != std::string::npos)
        return "it needs the library " + message.substr(0, at) +
               ", which is not found.\n  Install that library, or build the law without it.";
      const std::string name = file.string() + ": ";
      return (message.rfind(name, 0) == 0 ? message.substr(name.size()) : message) +
             ".\n  A law is a shared library built for this machine with lacuna/law.h.";
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

    /** Throws if the law was built so that it cannot see a NaN. */
    void check_build(const lacuna_plugin &plugin, const fs::path &file)
    {
      if (plugin.build != nullptr && std::strstr(plugin.build, "fast-math") != nullptr)
        throw UserError(
            "the law in '" + file.string() +
            "' was built with -ffast-math (or -ffinite-math-only), so it would not notice "
            "a NaN.\n  Build it again without this option; -O3 is as fast.");
    }

    /** Loading must not change how this process computes: libraries linked with -ffast-math flush
     * small numbers to zero. */
    class FloatingPointGuard
    {
    public:
      FloatingPointGuard() { std::fegetenv(&before); }
      ~FloatingPointGuard() { std::fesetenv(&before); }

    private:
      std::fenv_t before;
    };

    /** Opens the file for good and returns what its entry point describes. Throws UserError. */
    const lacuna_plugin *open_plugin(const fs::path &file)
    {
      using namespace boost::dll;
      const FloatingPointGuard guard;
      shared_library library;
      try
      {
        library.load(file, load_mode::rtld_now | load_mode::rtld_local);
      }
      catch (const std::exception &error)
      {
        throw UserError("the law '" + file.string() + "' cannot be loaded: " +
                        reason_and_remedy(loader_message(error.what()), file));
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
      check_build(*plugin, file);
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
      const bool complete    = fs::path(name).extension() == ".so";
      const std::string file = complete ? name : name + ".so";
      throw UserError("the law '" + name + "' was not found" + suggestion(name, known) +
                      "\n  looked for " + file + " in " + places +
                      "\n  Write another name, a path (./" + file +
                      "), or add its folder to LACUNA_PLUGIN_PATH.");
    }

    fs::path find_by_path(const std::string &path, const std::optional<fs::path> &directory)
    {
      const fs::path full = (directory.value_or("") / path).lexically_normal();
      for (const fs::path &file : {full, fs::path(full.string() + ".so")})
        if (is_file(file))
          return file;
      throw UserError("the law '" + path + "' was not found: there is no file '" + full.string() +
                      "'.\n  A relative path starts at the " +
                      (directory ? "folder of the parameter file." : "working directory."));
    }

    fs::path find_file(const std::string &name_or_path, const std::optional<fs::path> &directory)
    {
      if (name_or_path.empty())
        throw UserError("a law without a name: write 'set Law = NAME', for example "
                        "'set Law = bibby-metabolism'.");
      if (name_or_path.find('/') != std::string::npos)
        return find_by_path(name_or_path, directory);
      const auto folders = LawLibrary::search_path(directory);
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

    /** "with glucose = 0.2 mM, pH = 6.9": what a law was given at a point. */
    std::string inputs(const Law &law, const lacuna_batch &batch, unsigned int point)
    {
      std::string text;
      for (std::size_t r = 0; r < law.reads.size(); ++r)
        if (batch.reads[r] != nullptr)
          text += (text.empty() ? "" : ", ") + law.reads[r].name + " = " +
                  shortest(batch.reads[r][point]) +
                  (law.reads[r].unit == "1" ? "" : " " + law.reads[r].unit);
      return text;
    }

    /** Runs a function over a batch; the plugin's failure becomes an exception of the host. */
    template <class Function>
    void evaluate(const Law &law, const lacuna_batch &batch, const Function &function)
    {
      char message[1024]  = "";
      std::uint32_t point = 0;
      lacuna_batch called = batch;
      called.error        = message;
      called.error_size   = sizeof(message);
      called.failed_point = &point;
      if (function(&called) != 0)
        throw LawFailure(in_message(law.section, law.library->plugin()) + message + "\n  with " +
                             inputs(law, batch, point),
                         point);
    }

    /** A function that the interface did not have from the start: null where an older plugin ends.
     */
    template <class Function>
    Function later(const lacuna_plugin &plugin, Function lacuna_plugin::*member)
    {
      const auto *end = reinterpret_cast<const char *>(&(plugin.*member)) + sizeof(Function);
      return end - reinterpret_cast<const char *>(&plugin) <= plugin.size ? plugin.*member
                                                                          : nullptr;
    }
  } // namespace

  std::vector<fs::path>
  LawLibrary::search_path(const std::optional<fs::path> &parameter_file_directory)
  {
    std::vector<fs::path> folders, known;
    std::error_code ignored;
    const auto add = [&](const fs::path &folder)
    {
      const fs::path place = fs::weakly_canonical(folder, ignored);
      if (std::find(known.begin(), known.end(), place) != known.end())
        return; // named twice
      known.push_back(place);
      folders.push_back(folder);
    };
    if (parameter_file_directory)
      add(parameter_file_directory->empty() ? "." : *parameter_file_directory);
    if (const char *path = std::getenv("LACUNA_PLUGIN_PATH"))
    {
      std::istringstream stream(path);
      for (std::string folder; std::getline(stream, folder, ':');)
        if (!folder.empty())
          add(folder);
    }
    if (const char *home = std::getenv("HOME"))
      add(fs::path(home) / ".local/lib/lacuna/plugins");
    const auto program = fs::read_symlink("/proc/self/exe", ignored);
    add((program.parent_path() / "../lib/lacuna/plugins").lexically_normal());
    return folders;
  }

  std::shared_ptr<const LawLibrary>
  LawLibrary::load(const std::string &name_or_path,
                   const std::optional<fs::path> &parameter_file_directory)
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
    law->motions  = creation.motions;
    law->ranges   = creation.ranges;
    if (!law->motions.empty() && later(plugin(), &lacuna_plugin::motion) == nullptr)
      throw UserError(in_message(section, plugin()) +
                      "says that it moves a population but has no function 'motion'.");
    return law;
  }

  Law::Law(std::shared_ptr<const LawLibrary> library_, std::string section_, void *handle_)
      : library(std::move(library_)), section(std::move(section_)),
        time_unit(si_factor(library->plugin().time_unit)), handle(handle_)
  {
  }

  Law::~Law()
  {
    library->plugin().destroy(handle);
  }

  void Law::signals(const lacuna_batch &batch) const
  {
    evaluate(*this, batch,
             [&](const lacuna_batch *called) { return library->plugin().signals(handle, called); });
  }

  void Law::rates(const lacuna_batch &batch) const
  {
    evaluate(*this, batch,
             [&](const lacuna_batch *called) { return library->plugin().rates(handle, called); });
  }

  void Law::motion(const lacuna_batch &batch) const
  {
    evaluate(*this, batch,
             [&](const lacuna_batch *called)
             { return later(library->plugin(), &lacuna_plugin::motion)(handle, called); });
  }

  bool Law::acts_on_delivery() const
  {
    return later(library->plugin(), &lacuna_plugin::deliver) != nullptr;
  }

  bool Law::acts_at_doses() const
  {
    return later(library->plugin(), &lacuna_plugin::at_dose) != nullptr;
  }

  void Law::at_dose(const lacuna_dose &dose, const lacuna_batch &batch) const
  {
    if (const auto function = later(library->plugin(), &lacuna_plugin::at_dose))
      evaluate(*this, batch,
               [&](const lacuna_batch *called) { return function(handle, &dose, called); });
  }

  void Law::deliver(lacuna_dose &dose) const
  {
    const auto function = later(library->plugin(), &lacuna_plugin::deliver);
    char message[1024]  = "";
    if (function != nullptr && function(handle, &dose, message, sizeof(message)) != 0)
      throw UserError(in_message(section, library->plugin()) + message);
  }
} // namespace lacuna
