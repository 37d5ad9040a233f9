#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a header names from the standard library, it includes itself; a source may leave it to those of our headers that
it includes. With --write, adds the includes that are missing."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Headers, and what is std:: in them. A name that several headers define is good with each of them.
NAMES = {
    "algorithm": "all_of any_of none_of find find_if find_if_not find_first_of count count_if equal mismatch search copy "
                 "copy_if copy_n transform replace replace_if fill fill_n generate remove remove_if unique reverse rotate "
                 "sort stable_sort partial_sort nth_element is_sorted lower_bound upper_bound equal_range binary_search "
                 "merge includes set_union set_intersection set_difference min max minmax min_element max_element "
                 "minmax_element clamp for_each adjacent_find next_permutation partition stable_partition shuffle",
    "array": "array",
    "atomic": "atomic atomic_bool atomic_int",
    "bitset": "bitset",
    "cctype": "isdigit isalpha isalnum isspace isupper islower tolower toupper isprint iscntrl ispunct isxdigit",
    "cerrno": "errno",
    "charconv": "from_chars to_chars",
    "chrono": "chrono",
    "cmath": "abs fabs sqrt cbrt pow exp expm1 exp2 log log1p log2 log10 sin cos tan asin acos atan atan2 sinh cosh tanh "
             "asinh acosh atanh floor ceil round lround llround trunc nearbyint rint fmod remainder hypot erf erfc tgamma "
             "lgamma isnan isinf isfinite signbit copysign fmin fmax fma nextafter modf frexp ldexp",
    "complex": "complex",
    "condition_variable": "condition_variable",
    "csignal": "signal raise sig_atomic_t",
    "cstddef": "size_t ptrdiff_t nullptr_t byte max_align_t",
    "cstdint": "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t",
    "cstdio": "FILE fopen fclose printf fprintf snprintf fputs puts fflush fwrite fread rename perror",
    "cstdlib": "getenv exit abort quick_exit _Exit atexit strtod strtol strtoll strtoul malloc free calloc realloc abs system",
    "cstring": "memcpy memmove memset memcmp strlen strcmp strncmp strcpy strerror strchr strrchr strstr strsignal",
    "ctime": "time_t tm time localtime gmtime strftime mktime clock",
    "deque": "deque",
    "exception": "exception exception_ptr current_exception rethrow_exception terminate uncaught_exceptions set_terminate",
    "filesystem": "filesystem",
    "fstream": "ifstream ofstream fstream filebuf",
    "functional": "function bind hash reference_wrapper ref cref plus minus multiplies less greater invoke mem_fn not_fn",
    "future": "future promise async packaged_task",
    "initializer_list": "initializer_list",
    "iomanip": "setprecision setw setfill put_time get_time quoted",
    "iostream": "cout cerr clog cin",
    "iterator": "back_inserter inserter distance advance next prev istreambuf_iterator ostream_iterator make_move_iterator",
    "limits": "numeric_limits",
    "list": "list",
    "locale": "locale",
    "map": "map multimap",
    "memory": "unique_ptr shared_ptr weak_ptr make_unique make_shared addressof enable_shared_from_this",
    "mutex": "mutex lock_guard unique_lock scoped_lock once_flag call_once recursive_mutex",
    "new": "bad_alloc nothrow",
    "numeric": "accumulate inner_product partial_sum iota reduce transform_reduce gcd lcm adjacent_difference",
    "optional": "optional nullopt make_optional",
    "ostream": "endl flush ends",
    "queue": "queue priority_queue",
    "random": "mt19937 mt19937_64 uniform_real_distribution uniform_int_distribution normal_distribution random_device",
    "regex": "regex smatch cmatch regex_match regex_search regex_replace sregex_iterator",
    "set": "set multiset",
    "sstream": "ostringstream istringstream stringstream",
    "stdexcept": "runtime_error logic_error invalid_argument out_of_range domain_error length_error overflow_error range_error",
    "string": "string to_string stod stoi stol stoul stoull getline",
    "string_view": "string_view",
    "system_error": "error_code error_condition system_error errc generic_category",
    "thread": "thread this_thread",
    "tuple": "tuple tie make_tuple apply forward_as_tuple",
    "type_traits": "is_same is_same_v enable_if_t decay_t conditional_t is_floating_point_v is_arithmetic_v is_integral_v "
                   "remove_reference_t is_base_of_v is_convertible_v true_type false_type invoke_result_t void_t",
    "typeinfo": "type_info bad_cast",
    "unordered_map": "unordered_map",
    "unordered_set": "unordered_set",
    "utility": "move pair make_pair swap forward exchange as_const declval in_place index_sequence make_index_sequence",
    "valarray": "valarray",
    "variant": "variant visit holds_alternative get_if monostate",
    "vector": "vector",
}
# The same from other headers.
ALSO = {
    "size_t": "cstdio cstdlib cstring string string_view vector array map set deque", "ptrdiff_t": "iterator",
    "pair": "map unordered_map", "move": "string vector memory map", "error_code": "filesystem", "errc": "filesystem", "string": "filesystem",
    "endl": "iostream", "flush": "iostream", "ends": "iostream", "hash": "string", "get_if": "",
}


def providers() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for header, names in NAMES.items():
        for name in names.split():
            found.setdefault(name, []).append(header)
    for name, headers in ALSO.items():
        found[name] += headers.split()
    return found


def code_of(text: str) -> str:
    """Without comments, texts and characters."""
    pattern = r'//[^\n]*|/\*.*?\*/|R"\((?:.*?)\)"|"(?:\\.|[^"\\\n])*"|(?<![\w])\'(?:\\.|[^\'\\\n])+\''
    return re.sub(pattern, " ", text, flags=re.DOTALL)


def includes_of(file: Path) -> set[str]:
    return set(re.findall(r"^#include <([^>]+)>", file.read_text(), re.MULTILINE))


def headers_of(source: Path) -> list[Path]:
    """Our headers among what a source includes."""
    named = re.findall(r'^#include ["<]([^">]+)[">]', source.read_text(), re.MULTILINE)
    folders = (source.parent, ROOT / "solver", ROOT / "tests", ROOT / "plugins/sdk/include")
    return [folder / name for name in named for folder in folders if (folder / name).is_file()]


def missing(file: Path, known: dict[str, list[str]]) -> dict[str, str]:
    """Headers that are not included, each with a name that needs it."""
    included = includes_of(file)
    if file.suffix == ".cc":
        included = included.union(*map(includes_of, headers_of(file)))
    result: dict[str, str] = {}
    for name in sorted(set(re.findall(r"\bstd::(\w+)", code_of(file.read_text())))):
        headers = known.get(name, [])
        if headers and not included.intersection(headers) and not set(headers).intersection(result):
            result[headers[0]] = name
    return result


def add(file: Path, headers: list[str]) -> None:
    """Into the block of standard headers, or as one after the headers that there are."""
    lines = file.read_text().split("\n")
    places = [i for i, line in enumerate(lines) if re.fullmatch(r"#include <[a-z_]+>", line)]
    new = [f"#include <{header}>" for header in headers]
    if places:
        last = places[-1]
        first = last
        while first - 1 in places:
            first -= 1
        lines[first:last + 1] = sorted(lines[first:last + 1] + new)
    else:
        heads = [i for i, line in enumerate(lines) if re.match(r"#(include|pragma once)", line)]
        lines[heads[-1] + 1:heads[-1] + 1] = ["", *sorted(new)]
    file.write_text("\n".join(lines))


def main() -> int:
    write = sys.argv[1:] == ["--write"]
    known = providers()
    listed = subprocess.run(["git", "ls-files", "*.cc", "*.h"], cwd=ROOT, check=True, capture_output=True, text=True)
    failed = False
    for name in listed.stdout.split():
        lacking = missing(ROOT / name, known)
        if lacking and write:
            add(ROOT / name, sorted(lacking))
        for header, user in lacking.items() if not write else ():
            print(f"{name}: names std::{user} without #include <{header}>")
            failed = True
    if failed:
        print("Add them with: contrib/lint/gates/includes.py --write", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
