// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/parameter_file.h"

#include "config/problems.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace lacuna
{
  namespace
  {
    constexpr std::size_t largest_file    = 16u << 20; // bytes; a parameter file has a few thousand
    constexpr std::size_t deepest_section = 20;

    template <class Items>
    auto find_named(Items &items, const std::string &name) -> decltype(&items[0])
    {
      const auto item =
          std::find_if(items.begin(), items.end(), [&](const auto &i) { return i.name == name; });
      return item == items.end() ? nullptr : &*item;
    }

    /** The content of a text file; a sentence about what is wrong in `reason` otherwise. */
    std::string read_text(const std::filesystem::path &file, std::string &reason)
    {
      std::error_code error;
      if (!std::filesystem::exists(file, error))
        reason = "there is no such file" + similar_file(file);
      else if (std::filesystem::is_directory(file, error))
        reason = "this is a folder, not a parameter file";
      else if (!std::filesystem::is_regular_file(file, error))
        reason = "this is a pipe or a device, not an ordinary file";
      if (!reason.empty())
        return "";
      std::ifstream stream(file, std::ios::binary);
      std::string content;
      char block[1 << 16];
      while (stream && content.size() <= largest_file)
      {
        stream.read(block, sizeof block);
        content.append(block, static_cast<std::size_t>(stream.gcount()));
      }
      if (stream.bad() || (!stream.eof() && content.size() <= largest_file))
        reason = "the file cannot be read";
      else if (content.size() > largest_file)
        reason = "the file is too large to be a parameter file";
      else if (content.find('\0') != std::string::npos)
        reason = "this is not a text file";
      if (content.rfind("\xef\xbb\xbf", 0) == 0)
        content.erase(0, 3); // byte-order mark
      return content;
    }

    /** Reads files line by line into a tree. */
    class Scanner
    {
    public:
      Scanner(Node &root, Problems &problems_, std::string file)
          : open{&root}, problems(problems_), main_file(std::move(file))
      {
      }

      void read(const std::filesystem::path &file, const Location &included_at)
      {
        std::string reason;
        const std::string content = read_text(file, reason);
        const std::string name    = file.string();
        if (!reason.empty() && included_at.line == 0)
          fail({name, 0, {}}, reason);
        if (!reason.empty())
          return problems.add(included_at, "include " + in_quotes(name) + ": " + reason);
        read(content, name);
      }

      void read(const std::string &content, const std::string &name)
      {
        const std::size_t depth = open.size();
        files.push_back(name);
        read_lines(content, name, depth);
        files.pop_back();
        if (open.size() > depth)
        {
          const Node &last = *open.back();
          fail(opened.back(), "subsection " + in_quotes(last.name) +
                                  " is never closed; write 'end' on a line of its own" +
                                  misplaced_end);
        }
      }

    private:
      void read_lines(const std::string &content, const std::string &name, std::size_t depth)
      {
        unsigned number = 0, first = 0;
        std::string joined;
        bool continued = false;
        for (std::size_t begin = 0; begin <= content.size();)
        {
          const auto end   = std::min(content.find('\n', begin), content.size());
          std::string line = content.substr(begin, end - begin);
          begin            = end + 1;
          ++number;
          line = line.substr(0, line.find('#'));
          if (!continued)
          {
            first  = number;
            indent = std::min(line.find_first_not_of(" \t"), line.size());
          }
          const std::string text = trim(line);
          continued              = !text.empty() && text.back() == '\\' && begin <= content.size();
          joined +=
              (joined.empty() ? "" : " ") +
              (!text.empty() && text.back() == '\\' ? trim(text.substr(0, text.size() - 1)) : text);
          if (continued)
            continue;
          read_statement(joined, {name, first, {}}, depth);
          joined.clear();
        }
      }

      void read_statement(const std::string &line, const Location &location, std::size_t depth)
      {
        const auto blank          = line.find_first_of(" \t");
        const std::string keyword = line.substr(0, blank);
        const std::string rest    = blank == std::string::npos ? "" : trim(line.substr(blank));
        if (line.empty())
          return;
        if (!is_utf8(line))
          problems.add(location, "this line holds bytes that are not text; save the file as UTF-8");
        else if (has_control_characters(line))
          problems.add(location,
                       "this line holds control characters; remove them: " + in_quotes(line));
        else if (keyword == "set" || keyword == "SET")
          read_entry(rest, location);
        else if (keyword == "subsection" || keyword == "SUBSECTION")
          open_section(rest, location);
        else if (line == "end" || line == "END")
          close_section(location, depth);
        else if (keyword == "include" || keyword == "INCLUDE")
          include(rest, location);
        else
          report_unknown(line, keyword, location);
      }

      void report_unknown(const std::string &line, const std::string &keyword,
                          const Location &location)
      {
        const std::string near = nearest(keyword, {"set", "subsection", "end", "include"});
        const std::string remedy =
            keyword == "end" ? "; 'end' stands alone on its line"
            : near.empty()
                ? "; a line is 'set NAME = VALUE', 'subsection NAME', 'end' or 'include FILE'"
                : "; did you mean '" + near + "'?";
        problems.add(location, in_quotes(line) + " is not understood" + remedy);
      }

      void read_entry(const std::string &text, const Location &location)
      {
        const auto equals      = text.find('=');
        const std::string name = normal_name(text.substr(0, equals));
        if (equals == std::string::npos || name.empty())
          return problems.add(location, in_quotes("set " + text) +
                                            " is not understood; write 'set " +
                                            (name.empty() ? "NAME" : name) + " = VALUE'");
        if (const auto *earlier = open.back()->find_entry(name))
          return problems.add(location, in_quotes(name) +
                                            " is set a second time; it is already set at " +
                                            earlier->location.text());
        open.back()->entries.push_back({name, trim(text.substr(equals + 1)), location});
      }

      void open_section(const std::string &text, const Location &location)
      {
        const std::string name = normal_name(text);
        if (name.empty())
          fail(location, "'subsection' needs a name; write 'subsection NAME'");
        if (name.find('/') != std::string::npos)
          problems.add(location, "the name of subsection " + in_quotes(name) +
                                     " must not hold a '/', which separates names in paths");
        if (open.size() > deepest_section)
          fail(location, "sections are nested too deeply here; an 'end' must be missing above");
        Node *section = open.back()->find(name);
        if (section == nullptr)
        {
          open.back()->sections.emplace_back();
          section           = &open.back()->sections.back();
          section->name     = name;
          section->location = location;
        }
        open.push_back(section);
        opened.push_back(location);
        indents.push_back(indent);
      }

      void close_section(const Location &location, std::size_t depth)
      {
        if (open.size() == depth)
          fail(location,
               "'end' closes no subsection; remove it, or add the missing 'subsection NAME'" +
                   misplaced_end);
        if (misplaced_end.empty() && indent != indents.back())
          misplaced_end = " (the 'end' in line " + std::to_string(location.line) + " closes " +
                          in_quotes(open.back()->name) + " of line " +
                          std::to_string(opened.back().line) +
                          "; its indentation suggests another)";
        open.pop_back();
        opened.pop_back();
        indents.pop_back();
      }

      void include(const std::string &name, const Location &location)
      {
        if (name.empty())
          return problems.add(location, "'include' needs a file; write 'include FILE'");
        const auto file = std::filesystem::path(location.file).parent_path() / name;
        if (contains(files, file.string()) || files.size() > deepest_section)
          fail(location, "include " + in_quotes(file.string()) +
                             " goes round in a circle: that file " + "is just being read");
        read(file, location);
      }

      [[noreturn]] void fail(const Location &location, const std::string &sentence)
      {
        problems.add(location, sentence);
        problems.throw_if_any(main_file);
        throw UserError(sentence); // never reached
      }

      std::vector<Node *> open;     ///< root and the sections that are open
      std::vector<Location> opened; ///< where; one less than `open`
      std::vector<std::size_t> indents;
      std::vector<std::string> files; ///< being read
      std::string misplaced_end;
      std::size_t indent = 0; ///< of the current line
      Problems &problems;
      std::string main_file;
    };
  } // namespace

  std::string Location::text() const
  {
    return line == 0 ? file : file + ":" + std::to_string(line);
  }

  std::filesystem::path Location::folder() const
  {
    return std::filesystem::path(on_command_line() ? parameter_file : file).parent_path();
  }

  std::filesystem::path Location::resolve(const std::string &written) const
  {
    return std::filesystem::absolute(folder() / written).lexically_normal();
  }

  const Node *Node::find(const std::string &section) const
  {
    return find_named(sections, section);
  }
  Node *Node::find(const std::string &section)
  {
    return find_named(sections, section);
  }
  const Node::Entry *Node::find_entry(const std::string &entry) const
  {
    return find_named(entries, entry);
  }
  Node::Entry *Node::find_entry(const std::string &entry)
  {
    return find_named(entries, entry);
  }

  Node scan(const std::filesystem::path &file)
  {
    Problems problems;
    Node root = scan(file, problems);
    problems.throw_if_any(file.string());
    return root;
  }

  Node scan(const std::filesystem::path &file, Problems &problems)
  {
    if (file.empty())
      throw UserError("the parameter file has no name; write one, such as case.prm");
    Node root;
    root.location = {file.string(), 0, {}};
    Scanner(root, problems, file.string()).read(file, {file.string(), 0, {}});
    return root;
  }

  Node scan_text(const std::string &text, const std::string &name)
  {
    Problems problems;
    Node root;
    root.location = {name, 0, {}};
    Scanner(root, problems, name).read(text, name);
    problems.throw_if_any(name);
    return root;
  }

  void override_entry(Node &root, const std::string &assignment, const std::string &section)
  {
    const Location location{"--set " + in_quotes(assignment), 0, root.location.file};
    const auto equals      = assignment.find('=');
    const std::string path = assignment.substr(0, equals);
    auto names             = split(path, '/');
    for (std::string &name : names)
      name = normal_name(name);
    if (equals == std::string::npos || names.empty() || contains(names, ""))
      throw UserError(location.text() +
                      ": this is not understood; write --set 'Section/Parameter=value'");
    if (!is_utf8(assignment))
      throw UserError(location.text() + ": this holds bytes that are not UTF-8 text");
    if (has_control_characters(assignment))
      throw UserError(location.text() + ": this holds control characters; remove them");
    if (assignment.find_first_of("#\n\r") != std::string::npos || assignment.back() == '\\')
      throw UserError(location.text() +
                      ": a value cannot hold '#' or a line break, nor end in '\\'");
    if (!section.empty())
      names.insert(names.begin(), section);
    Node *node = &root;
    for (std::size_t i = 0; i + 1 < names.size(); ++i)
    {
      if (node->find(names[i]) == nullptr)
      {
        node->sections.emplace_back();
        node->sections.back().name     = names[i];
        node->sections.back().location = location;
      }
      node = node->find(names[i]);
    }
    const std::string value = trim(assignment.substr(equals + 1));
    if (auto *entry = node->find_entry(names.back()))
    {
      if (entry->location.on_command_line())
        throw UserError(location.text() + ": the parameter is already set by " +
                        entry->location.text());
      entry->value    = value;
      entry->location = location;
    }
    else
      node->entries.push_back({names.back(), value, location});
  }
} // namespace lacuna
