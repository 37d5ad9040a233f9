// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#define BOOST_DLL_USE_STD_FS
#include "laws/plugin_file.h"

#include "config/user_error.h"
#include "laws/declared_unit.h"

#include <boost/dll/shared_library.hpp>

#include <cfenv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <exception>
#include <string>
#include <vector>

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
  } // namespace

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
} // namespace lacuna
