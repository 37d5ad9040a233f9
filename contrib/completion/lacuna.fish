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

# What --only can ask of the study that the line names: axis=value.
function __lacuna_conditions
    set -l words (commandline -opc)
    set -l study
    for named in $words[3..-1]
        test -f $named; and set study study $named
        test -f $named/study.json; and set study study resume $named
    end
    test -n "$study"; or return
    $words[1] $study --dry-run 2>/dev/null | string replace -fr '^case \d+: ' '' | string split ', ' |
        string replace -f ' = ' '=' | sort -u
end

# Whether a study is to be begun: no command follows.
function __lacuna_begins_study
    __lacuna_is study; and not __lacuna_is study status; and not __lacuna_is study resume
    and not __lacuna_is study collect
end

complete -c lacuna -f
complete -c lacuna -s h -l help -d 'Print help'
complete -c lacuna -l help-all -d 'Help for all commands'

complete -c lacuna -n __lacuna_is_only -l version -d 'Print versions'
complete -c lacuna -n __lacuna_is_only -a run -d 'Runs a case'
complete -c lacuna -n __lacuna_is_only -a check -d 'Checks a case without solving it'
complete -c lacuna -n __lacuna_is_only -a study -d 'Runs many cases that differ in their inputs'
complete -c lacuna -n __lacuna_is_only -a report -d 'Writes the page of a run or a study'
complete -c lacuna -n __lacuna_is_only -a parameters -d 'Lists all parameters'
complete -c lacuna -n __lacuna_is_only -a doctor -d 'Says whether Lacuna can work here'
complete -c lacuna -n __lacuna_is_only -a plugin -d 'Shows, checks and begins laws'

complete -c lacuna -n '__lacuna_is run; or __lacuna_is check' -k -a '(__fish_complete_suffix .prm)'
complete -c lacuna -n '__lacuna_is run; or __lacuna_is check' -x -l set -d 'Replace a parameter'
complete -c lacuna -n '__lacuna_is run' -x -l output -a '(__fish_complete_directories)' -d 'Folder for the results'
complete -c lacuna -n '__lacuna_is run' -l overwrite -d 'Replace the results of an earlier run'
complete -c lacuna -n '__lacuna_is run' -l quiet -d 'Say nothing but errors'

complete -c lacuna -n '__lacuna_is_only study' -a status -d 'Says what is done, failed and waiting'
complete -c lacuna -n '__lacuna_is_only study' -a resume -d 'Runs the cases that are not finished'
complete -c lacuna -n '__lacuna_is_only study' -a collect -d 'Gathers what is done into results.csv'
complete -c lacuna -n __lacuna_begins_study -k -a '(__fish_complete_suffix .prm)'
complete -c lacuna -n __lacuna_begins_study -x -l set -d 'Replace a parameter of the study or of its cases'
complete -c lacuna -n __lacuna_begins_study -x -l output -a '(__fish_complete_directories)' -d 'Folder for the results'
complete -c lacuna -n __lacuna_begins_study -l overwrite -d 'Replace an earlier study there'
complete -c lacuna -n __lacuna_begins_study -x -l to -a 'slurm snakemake' -d 'Only plan, for a batch system'
for command in __lacuna_begins_study '__lacuna_is study resume'
    complete -c lacuna -n $command -x -l jobs -d 'Cases at a time'
    complete -c lacuna -n $command -x -l only -a '(__lacuna_conditions)' -d 'Only these cases'
    complete -c lacuna -n $command -l dry-run -d 'Say what would be run'
    complete -c lacuna -n $command -l quiet -d 'Say nothing but errors'
end
complete -c lacuna -n '__lacuna_is study resume' -x -l untreated -d 'Only this untreated tissue'
complete -c lacuna -n '__lacuna_is study resume' -l retry-failed -d 'Also run cases that failed'
complete -c lacuna -n '__lacuna_is study resume' -l accept-changes -d 'Compute anew what has changed since'
complete -c lacuna -n '__lacuna_is study resume' -l no-collect -d 'Leave results.csv as it is'
complete -c lacuna -n '__lacuna_is study status' -l unfinished -d 'Only the numbers of the cases to be run'
complete -c lacuna -n '__lacuna_is study status' -l unfinished-untreated -d 'Those of the untreated tissues to be run'
complete -c lacuna -n '__lacuna_is study status' -l failed -d 'Only the numbers of the cases that failed'
complete -c lacuna -n '__lacuna_is study status' -l failed-untreated -d 'Those of the untreated tissues that failed'
complete -c lacuna -n '__lacuna_is study status; or __lacuna_is study resume; or __lacuna_is study collect' \
    -a '(__fish_complete_directories)'

complete -c lacuna -n '__lacuna_is report' -a '(__fish_complete_directories)'
complete -c lacuna -n '__lacuna_is report' -r -l output -k -a '(__fish_complete_suffix .html)' -d 'The page'

complete -c lacuna -n '__lacuna_is parameters' -x -l plugin -a '(__lacuna_laws)' -d 'Also those of this law'
complete -c lacuna -n '__lacuna_is parameters' -l json -d 'As JSON'

complete -c lacuna -n '__lacuna_is_only plugin' -a list -d 'Lists the laws that are found'
complete -c lacuna -n '__lacuna_is_only plugin' -a info -d 'Describes one law'
complete -c lacuna -n '__lacuna_is_only plugin' -a check -d 'Checks one law, without a case'
complete -c lacuna -n '__lacuna_is_only plugin' -a new -d 'Begins a law of your own'
complete -c lacuna -n '__lacuna_is plugin info; or __lacuna_is plugin check' -F -a '(__lacuna_laws)'
complete -c lacuna -n '__lacuna_is plugin info; or __lacuna_is plugin check' -x -l set -d 'Replace a parameter'
complete -c lacuna -n '__lacuna_is plugin new' -x -l in -a '(__fish_complete_directories)' \
    -d 'Folder in which its folder is made'
