# Completions of xtelemdb for bash. Try them: source <(xtelemdb help completions bash)
# To keep them: xtelemdb help completions bash > ~/.local/share/bash-completion/completions/xtelemdb

_xtelemdb() {
    local commands='setup inventory ingest backfill follow status dump personal doctor reset provision help'
    local actions='init start stop status backup restore upgrade remove'
    local options='-c --config -v --verbose -q --quiet --json --dump-config -h --help -V --version'
    local keys='hostname= data_dirs= parallel_jobs= limit= logdump_exe= event_types= devices= proclist= fifos_root=
        database.host= database.port= database.user= database.database= database.password_file=
        database.sslmode= database.sslrootcert= database.connect_timeout_s= database.retry_for_s=
        database.retry_pause_s= database.retry_pause_max_s= follow.commit_every_s= follow.commit_bytes= follow.watch=
        follow.poll_s='

    # Bash may take key=value apart at the '=': the word is read from the line itself.
    local line=${COMP_LINE:0:COMP_POINT}
    local current=${line##*[[:space:]]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()

    # What stands before the current word: the command, and how many words behind it that are no options.
    local command='' action='' words=0 skip='' word
    for word in ${line%"$current"}; do
        if [[ -n $skip ]]; then
            skip=
        elif [[ -z $command && $word == xtelemdb || $word == */xtelemdb ]]; then
            continue
        elif [[ $word == -c || $word == --config || $word == --event-types || $word == --pg-bin ||
            $word == --level || $word == --network || $word == --listen || $word == --tablespace ||
            $word == --tablespace-name || $word == --owner || $word == --group || $word == --mode ||
            ($command == follow && ($word == -n || $word == --name)) ]]; then
            skip=1
        elif [[ $word != -* ]]; then
            if [[ -z $command ]]; then command=$word; else
                words=$((words + 1))
                if [[ -z $action ]]; then action=$word; fi
            fi
        fi
    done

    if [[ -n $skip ]]; then
        case $previous in
            --level) mapfile -t COMPREPLY < <(compgen -W '1 2 3' -- "$current") ;;
            --owner) mapfile -t COMPREPLY < <(compgen -u -- "$current") ;;
            --group) mapfile -t COMPREPLY < <(compgen -g -- "$current") ;;
            --network | --listen | --tablespace-name | --mode) ;;
            *) _xtelemdb_files "$current" ;;
        esac
        return
    fi
    case $command in
        follow) options+=' -n --name --indi-stdio' ;;
        dump) options+=' --event-types' ;;
        status) options+=' --watch' ;;
        personal) options+=' --pg-bin -y --yes --overwrite --dry-run' ;;
        setup) options+=' --upgrade --dry-run' ;;
        reset) options+=' --level -y --yes --force --dry-run' ;;
        provision)
            options+=' --network --listen --tablespace --tablespace-name --owner --group --mode --rotate-password
                --no-sudo --dry-run'
            ;;
    esac
    case $current in
        --config=* | --event-types=* | --pg-bin=* | --tablespace=* | logdump_exe=* | event_types=* | proclist=* | fifos_root=* | \
            database.password_file=* | database.sslrootcert=* | \
            database.host=/* | data_dirs=*)
            # Of folders between commas the last one.
            local behind=${current#*=} before=
            [[ $current == data_dirs=*,* ]] && before=${behind%,*}, behind=${behind##*,}
            _xtelemdb_files "$behind"
            if [[ $COMP_WORDBREAKS != *=* ]]; then before=${current%%=*}=$before; fi
            COMPREPLY=("${COMPREPLY[@]/#/$before}")
            return
            ;;
        -*)
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
            return
            ;;
        database.sslmode=*)
            mapfile -t COMPREPLY < <(compgen -W 'disable prefer require verify-ca verify-full' -- "${current#*=}")
            if [[ $COMP_WORDBREAKS != *=* ]]; then COMPREPLY=("${COMPREPLY[@]/#/database.sslmode=}"); fi
            return
            ;;
        *=*) return ;;
    esac
    case $command in
        '') mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current") ;;
        help)
            if ((words == 0)); then
                mapfile -t COMPREPLY < <(compgen -W "setup inventory ingest backfill follow status dump personal doctor reset provision man completions" -- "$current")
            elif [[ $previous == completions ]]; then
                mapfile -t COMPREPLY < <(compgen -W 'bash zsh fish' -- "$current")
            fi
            ;;
        dump) _xtelemdb_files "$current" ;;
        personal)
            if ((words == 0)); then
                mapfile -t COMPREPLY < <(compgen -W "$actions" -- "$current")
            elif ((words == 1)); then
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -d -- "$current")
            elif [[ $action == backup || $action == restore ]] && ((words == 2)); then
                _xtelemdb_files "$current"
            elif [[ $action == init || $action == restore ]]; then
                compopt -o nospace 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -W 'hostname=' -- "$current")
            fi
            ;;
        *)
            compopt -o nospace 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -W "$keys" -- "$current")
            ;;
    esac
}

_xtelemdb_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

complete -F _xtelemdb xtelemdb
