# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause

# Completion of lacuna's command line for bash. Needs nothing but bash 4:
#   source contrib/completion/lacuna.bash

# The laws that this lacuna finds.
_lacuna_laws() {
  "${COMP_WORDS[0]}" plugin list 2>/dev/null |
    awk '/^  / && !/^  [^ ]+ +not usable:/ && !seen[$1]++ { print $1 }'
}

# What --only can ask of the study that the line names: axis=value, one on a line.
_lacuna_conditions() {
  local named
  local -a study=()
  for named in "${COMP_WORDS[@]:2}"; do
    if [[ -f $named ]]; then study=(study "$named"); fi
    if [[ -f $named/study.json ]]; then study=(study resume "$named"); fi
  done
  [[ ${#study[@]} -gt 0 ]] || return
  "${COMP_WORDS[0]}" "${study[@]}" --dry-run 2>/dev/null |
    sed -n 's/^case [0-9]*: //p' | sed 's/, /\n/g' | sed -n 's/ = /=/p' | sort -u
}

# The beginning of a condition has been typed: readline takes '=' as a word of its own.
_lacuna_condition() {
  local axis=$1 value=${2//\\/} condition
  compopt -o filenames # quotes what needs it, also '='
  while read -r condition; do
    if [[ $axis ]]; then
      [[ $condition == "$axis=$value"* ]] && COMPREPLY+=("${condition#*=}")
    elif [[ $condition == "$value"* ]]; then
      COMPREPLY+=("$condition")
    fi
  done < <(_lacuna_conditions)
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
  local options="--help --help-all" axis="" execution="--jobs --only --dry-run --quiet"
  COMPREPLY=()
  if [[ $COMP_CWORD -gt 2 ]]; then
    case "$command ${COMP_WORDS[2]}" in
      plugin\ * | study\ status | study\ resume | study\ collect) command+=" ${COMP_WORDS[2]}" ;;
    esac
  fi
  [[ $COMP_CWORD == 1 ]] && command=

  # 'Path=value' is three words to readline: what stands before the path says what it is.
  if [[ $word == "=" ]]; then
    axis=$previous previous=${COMP_WORDS[COMP_CWORD - 2]} word=
  elif [[ $previous == "=" && $COMP_CWORD -gt 3 ]]; then
    axis=${COMP_WORDS[COMP_CWORD - 2]} previous=${COMP_WORDS[COMP_CWORD - 3]}
  fi
  case $previous in
    --output)
      if [[ $command == report ]]; then _lacuna_files html; else _lacuna_files; fi
      return
      ;;
    --in) _lacuna_files; return ;;
    --plugin) _lacuna_words "$(_lacuna_laws)"; return ;;
    --to) _lacuna_words slurm snakemake; return ;;
    --only) _lacuna_condition "$axis" "$word"; return ;;
    --set | --jobs | --untreated) return ;;
  esac
  case $command in
    "") options+=" --version" ;;
    run) options+=" --set --output --overwrite --quiet" ;;
    study) options+=" --set --output --overwrite --to $execution" ;;
    "study status") options+=" --unfinished --unfinished-untreated --failed --failed-untreated" ;;
    "study resume") options+=" --untreated --retry-failed --accept-changes --no-collect $execution" ;;
    report) options+=" --output" ;;
    check | "plugin info" | "plugin check") options+=" --set" ;;
    parameters) options+=" --plugin --json" ;;
    "plugin new") options+=" --in" ;;
  esac
  if [[ $word == -* ]]; then
    _lacuna_words "$options"
    return
  fi
  case $command in
    "") _lacuna_words run check study report parameters doctor plugin ;;
    plugin) _lacuna_words list info check new ;;
    run | check) _lacuna_files prm ;;
    study)
      local -a below
      [[ $COMP_CWORD == 2 ]] && mapfile -t below < <(compgen -W "status resume collect" -- "$word")
      _lacuna_files prm
      COMPREPLY+=("${below[@]}")
      ;;
    "study "* | report) _lacuna_files ;;
    "plugin info" | "plugin check")
      if [[ $word == */* || $word == .* ]]; then _lacuna_files so; else _lacuna_words "$(_lacuna_laws)"; fi
      ;;
  esac
}

complete -F _lacuna lacuna
