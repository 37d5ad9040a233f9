// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/usage_error.h"

#include "commands/command.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/unit.h"
#include "config/user_error.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>

namespace lacuna
{
  namespace
  {
    bool is_option(const std::string &argument)
    {
      return argument.size() > 1 && argument.front() == '-';
    }

    bool is_there(const std::string &path)
    {
      std::error_code ignored;
      return std::filesystem::exists(path, ignored);
    }

    /** "lacuna study resume" */
    std::string full_name(const CLI::App &command)
    {
      const CLI::App *parent = command.get_parent();
      return (parent == nullptr ? "" : full_name(*parent) + " ") + command.get_name();
    }

    std::string see_help(const std::string &command)
    {
      return "\n  See '" + command + " --help'.";
    }

    const CLI::App *subcommand(const CLI::App &app, const std::string &name)
    {
      const auto all   = app.get_subcommands({});
      const auto found = std::find_if(
          all.begin(), all.end(), [&](const CLI::App *each) { return each->get_name() == name; });
      return found == all.end() ? nullptr : *found;
    }

    std::vector<std::string> subcommand_names(const CLI::App &app)
    {
      std::vector<std::string> names;
      for (const CLI::App *each : app.get_subcommands({}))
        names.push_back(each->get_name());
      return names;
    }

    /** The command that the first words name; they are skipped. */
    const CLI::App &addressed(const CLI::App &app, Arguments &arguments)
    {
      const CLI::App *command = arguments.empty() ? nullptr : subcommand(app, arguments.front());
      if (command == nullptr)
        return app;
      arguments.erase(arguments.begin());
      return addressed(*command, arguments);
    }

    std::vector<std::string> options_of(const CLI::App &command)
    {
      std::vector<std::string> names;
      for (const CLI::Option *option : command.get_options())
        for (const std::string &name : option->get_lnames())
          names.push_back("--" + name);
      return names;
    }

    /** The words behind --set, up to the next option or file; several if quotes are missing. */
    Arguments words_of_override(const Arguments &arguments, std::size_t at)
    {
      Arguments words{arguments[at]};
      const auto is_parameter_file = [](const std::string &word)
      { return std::filesystem::path(word).extension() == ".prm" || is_there(word); };
      for (std::size_t i = at + 1; i < arguments.size(); ++i)
      {
        if (arguments[i].rfind("--", 0) == 0 || is_parameter_file(arguments[i]))
          break;
        words.push_back(arguments[i]);
      }
      return words;
    }

    std::string joined(const Arguments &words)
    {
      std::string text;
      for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
      return text;
    }

    std::string missing_quotes(const Arguments &words)
    {
      return "the value of --set holds blanks, so it needs quotes; write --set " +
             in_quotes(joined(words));
    }

    bool is_unit(const std::string &word)
    {
      return find_dimension(word) != nullptr && !is_there(word);
    }

    /** A sentence about the first --set whose value falls apart in words; empty if there is none.
     * `surely`: only if what follows is a unit. */
    std::string unquoted_override(const Arguments &arguments, bool surely)
    {
      for (std::size_t i = 0; i + 1 < arguments.size(); ++i)
      {
        if (arguments[i] != "--set")
          continue;
        const Arguments words = words_of_override(arguments, i + 1);
        const bool quoted     = words.front().find(' ') != std::string::npos;
        if (words.size() > 1 && !quoted &&
            (!surely || (words.front().find('=') != std::string::npos && is_unit(words[1]))))
          return missing_quotes(words);
      }
      return "";
    }

    std::string not_a_command(const std::string &word, const std::string &parent,
                              const std::vector<std::string> &known)
    {
      if (word == "help" || word == "version")
        return in_quotes(word) + " is not a command; write '" + parent + " --" + word + "'";
      return in_quotes(word) + " is not a command" +
             (parent == "lacuna" ? "" : " of '" + parent + "'") + suggestion(word, known);
    }

    /** An option of another place: of a command, but written before it. */
    std::string option_before_command(const std::string &option, const Arguments &arguments)
    {
      for (const std::string &word : arguments)
        if (find_command(word) != nullptr)
          return "'" + option + "' stands before the command; write 'lacuna " + word + " ... " +
                 option + "'";
      return "";
    }

    std::string unknown_option(const CLI::App &command, const std::string &argument,
                               const Arguments &arguments)
    {
      const std::string option = argument.substr(0, argument.find('='));
      if (command.get_parent() == nullptr)
        if (const std::string text = option_before_command(option, arguments); !text.empty())
          return text;
      return in_quotes(option) + " is not an option of '" + full_name(command) + "'" +
             suggestion(option, options_of(command));
    }

    std::string positionals(const CLI::App &command)
    {
      std::string text;
      for (const CLI::Option *option : command.get_options())
        if (option->get_positional())
          text += " " + option->get_name();
      return text;
    }

    std::string too_many(const CLI::App &command, const std::string &argument)
    {
      const std::string expected = positionals(command);
      return in_quotes(argument) + " is one argument too many; write '" + full_name(command) +
             expected + "'" + (expected.empty() ? ", which takes none" : ", with one" + expected);
    }

    std::string about_missing(const CLI::App &command)
    {
      const auto known = subcommand_names(command);
      if (!known.empty())
        return "'" + full_name(command) + "' needs a command behind it; there are " +
               list_in_quotes(known);
      for (const CLI::Option *option : command.get_options())
        if (option->get_required() && option->count() == 0)
          return option->get_name() + " is missing; write '" + full_name(command) +
                 positionals(command) + "' (" + option->get_name() + ": " +
                 option->get_description() + ")";
      return "an argument is missing";
    }

    /** The first option that the command does not have; empty if there is none. */
    std::string first_unknown_option(const CLI::App &command, const Arguments &arguments)
    {
      const auto known = options_of(command);
      for (const std::string &argument : arguments)
        if (is_option(argument) && argument != "-h" &&
            !contains(known, argument.substr(0, argument.find('='))))
          return argument;
      return "";
    }

    /** About arguments that nobody takes, or one that is missing. */
    std::string about_arguments(const CLI::App &app, const Arguments &arguments)
    {
      Arguments rest          = arguments;
      const CLI::App &command = addressed(app, rest);
      if (const std::string text = unquoted_override(arguments, false); !text.empty())
        return text;
      if (const std::string option = first_unknown_option(command, rest); !option.empty())
        return unknown_option(command, option, arguments);
      const auto known = subcommand_names(command);
      if (!known.empty() && !rest.empty() && !is_option(rest.front()) && !is_there(rest.front()))
        return not_a_command(rest.front(), full_name(command), known);
      if (const auto extras = app.remaining(true); !extras.empty())
        return too_many(command, extras.front());
      return about_missing(command);
    }

    /** An option without its value, or given too often. */
    std::string about_values(const CLI::App &app, const std::string &message,
                             const Arguments &arguments)
    {
      Arguments rest          = arguments;
      const CLI::App &command = addressed(app, rest);
      for (const CLI::Option *option : command.get_options())
        if (message.rfind(option->get_name() + ":", 0) == 0)
          return option->get_name() +
                 (option->count() > 1 ? " is given " + std::to_string(option->count()) +
                                            " times; it can be given once"
                                      : " needs a value behind it: " + option->get_description());
      return message;
    }
  } // namespace

  void check_arguments(const Arguments &arguments)
  {
    if (arguments.empty())
      return;
    std::vector<std::string> known;
    for (const Command &command : commands())
      known.push_back(command.name);
    const std::string &word = arguments.front();
    if (word == "help" && arguments.size() > 1 && find_command(arguments[1]) != nullptr)
      throw UserError(not_a_command(word, "lacuna " + arguments[1], known));
    if (!is_option(word) && find_command(word) == nullptr)
      throw UserError(not_a_command(word, "lacuna", known) + see_help("lacuna"));
    if (const std::string text = unquoted_override(arguments, true); !text.empty())
      throw UserError(text);
  }

  std::string usage_error(const CLI::App &app, const CLI::ParseError &error,
                          const Arguments &arguments)
  {
    Arguments rest          = arguments;
    const bool of_arguments = dynamic_cast<const CLI::ExtrasError *>(&error) != nullptr ||
                              dynamic_cast<const CLI::RequiredError *>(&error) != nullptr;
    const bool of_values   = dynamic_cast<const CLI::ArgumentMismatch *>(&error) != nullptr;
    const std::string text = of_arguments ? about_arguments(app, arguments)
                             : of_values  ? about_values(app, error.what(), arguments)
                                          : error.what();
    return text + see_help(full_name(addressed(app, rest)));
  }
} // namespace lacuna
