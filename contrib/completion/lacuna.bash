# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause

# Completion of lacuna's command line for bash. Needs nothing but bash 4:
#   source contrib/completion/lacuna.bash

# The laws that this lacuna finds.
_lacuna_laws() {
  "${COMP_WORDS[0]}" plugin list 2>/dev/null |
    awk '/^  / && !/^  [^ ]+ +not usable:/ && !seen[$1]++ { print $1 }'
}

# Folders, and the files with one of these endings.
_lacuna_files() {
  local ending
  compopt -o filenames
  mapfile -t COMPREPLY < <(
    compgen -d -- "$word"
    for ending in "$@"; do compgen -f -X "!*.$ending" -- "$word"; done
  )
}

_lacuna_words() {
  mapfile -t COMPREPLY < <(compgen -W "$*" -- "$word")
}

_lacuna() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local options="--help --help-all"
  COMPREPLY=()
  [[ $command == plugin && $COMP_CWORD -gt 2 ]] && command="plugin ${COMP_WORDS[2]}"
  [[ $COMP_CWORD == 1 ]] && command=

  case $previous in
    --output | --in) _lacuna_files; return ;;
    --plugin) _lacuna_words "$(_lacuna_laws)"; return ;;
    --set) return ;;
  esac
  case $command in
    "") options+=" --version" ;;
    run) options+=" --set --output --overwrite --quiet" ;;
    check | "plugin info" | "plugin check") options+=" --set" ;;
    parameters) options+=" --plugin --json" ;;
    "plugin new") options+=" --in" ;;
  esac
  if [[ $word == -* ]]; then
    _lacuna_words "$options"
    return
  fi
  case $command in
    "") _lacuna_words run check parameters doctor plugin ;;
    plugin) _lacuna_words list info check new ;;
    run | check) _lacuna_files prm ;;
    "plugin info" | "plugin check")
      if [[ $word == */* || $word == .* ]]; then _lacuna_files so; else _lacuna_words "$(_lacuna_laws)"; fi
      ;;
  esac
}

complete -F _lacuna lacuna
