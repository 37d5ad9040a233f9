# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause

# Completion of lacuna's command line for fish.

# The laws that this lacuna finds.
function __lacuna_laws
    set -l program (commandline -opc)[1]
    $program plugin list 2>/dev/null |
        awk '/^  / && !/^  [^ ]+ +not usable:/ && !seen[$1]++ { print $1 }'
end

# Whether the words so far begin with this command, such as 'plugin info'.
function __lacuna_is
    set -l words (commandline -opc)[2..-1]
    string match -q -- "$argv *" "$words "
end

# Whether they are this command and nothing else.
function __lacuna_is_only
    set -l words (commandline -opc)[2..-1]
    test "$words" = "$argv"
end

complete -c lacuna -f
complete -c lacuna -s h -l help -d 'Print help'
complete -c lacuna -l help-all -d 'Help for all commands'

complete -c lacuna -n __lacuna_is_only -l version -d 'Print versions'
complete -c lacuna -n __lacuna_is_only -a run -d 'Runs a case'
complete -c lacuna -n __lacuna_is_only -a check -d 'Checks a case without solving it'
complete -c lacuna -n __lacuna_is_only -a parameters -d 'Lists all parameters'
complete -c lacuna -n __lacuna_is_only -a doctor -d 'Says whether Lacuna can work here'
complete -c lacuna -n __lacuna_is_only -a plugin -d 'Shows, checks and begins laws'

complete -c lacuna -n '__lacuna_is run; or __lacuna_is check' -k -a '(__fish_complete_suffix .prm)'
complete -c lacuna -n '__lacuna_is run; or __lacuna_is check' -x -l set -d 'Replace a parameter'
complete -c lacuna -n '__lacuna_is run' -x -l output -a '(__fish_complete_directories)' -d 'Folder for the results'
complete -c lacuna -n '__lacuna_is run' -l overwrite -d 'Replace the results of an earlier run'
complete -c lacuna -n '__lacuna_is run' -l quiet -d 'Say nothing but errors'

complete -c lacuna -n '__lacuna_is parameters' -x -l plugin -a '(__lacuna_laws)' -d 'Also those of this law'
complete -c lacuna -n '__lacuna_is parameters' -l json -d 'As JSON'

complete -c lacuna -n '__lacuna_is_only plugin' -a list -d 'Lists the laws that are found'
complete -c lacuna -n '__lacuna_is_only plugin' -a info -d 'Describes one law'
complete -c lacuna -n '__lacuna_is_only plugin' -a check -d 'Checks one law, without a case'
complete -c lacuna -n '__lacuna_is_only plugin' -a new -d 'Begins a law of your own'
complete -c lacuna -n '__lacuna_is plugin info; or __lacuna_is plugin check' -F -a '(__lacuna_laws)'
complete -c lacuna -n '__lacuna_is plugin info; or __lacuna_is plugin check' -x -l set -d 'Replace a parameter'
complete -c lacuna -n '__lacuna_is plugin new' -x -l in -a '(__fish_complete_directories)' -d 'Folder in which its folder is made'
