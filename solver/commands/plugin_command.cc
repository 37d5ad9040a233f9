// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/command.h"
#include "commands/plugin.h"
#include "commands/plugin_check.h"
#include "commands/plugin_new.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace lacuna
{
  namespace
  {
    struct Input
    {
      std::string name, folder = ".";
      std::vector<std::string> overrides;
    };

    void describe_list(CLI::App &list, Action &action)
    {
      add_examples(list,
                   {"lacuna plugin list", "LACUNA_PLUGIN_PATH=$HOME/my-laws lacuna plugin list"});
      list.callback([&action] { action = run_plugin_list; });
    }

    /** The commands on one law with other parameters. */
    void describe_look(CLI::App &look, Action &action,
                       int (*command)(const std::string &, const std::vector<std::string> &))
    {
      const auto input = std::make_shared<Input>();
      look.add_option("NAME", input->name, "name or path")->required();
      add_overrides(look, input->overrides, "replace a parameter: 'Parameter=value unit'");
      look.callback([input, command, &action]
                    { action = [=] { return command(input->name, input->overrides); }; });
    }

    void describe_new(CLI::App &begin, Action &action)
    {
      const auto input = std::make_shared<Input>();
      begin.add_option("NAME", input->name, "of the law, such as glucose-death")->required();
      begin.add_option("--in", input->folder, "folder in which its folder is made (default: here)");
      add_examples(begin, {"lacuna plugin new glucose-death --in ~/my-laws"});
      begin.callback([input, &action]
                     { action = [input] { return run_plugin_new(input->name, input->folder); }; });
    }
  } // namespace

  void describe_plugin(CLI::App &plugin, Action &action)
  {
    plugin.require_subcommand(1);
    add_examples(plugin, {"lacuna plugin list", "lacuna plugin new glucose-death"});
    describe_list(*plugin.add_subcommand("list", "Lists the laws that are found"), action);
    CLI::App &info = *plugin.add_subcommand("info", "Describes one law");
    add_examples(info, {"lacuna plugin info bibby-metabolism", "lacuna plugin info ./mine.so"});
    describe_look(info, action, run_plugin_info);
    CLI::App &check = *plugin.add_subcommand("check", "Checks one law, without a case");
    add_examples(check, {"lacuna plugin check ./mine.so",
                         "lacuna plugin check ./mine.so --set 'Death rate=2 1/d'"});
    describe_look(check, action, run_plugin_check);
    describe_new(*plugin.add_subcommand("new", "Begins a law of your own"), action);
  }
} // namespace lacuna
