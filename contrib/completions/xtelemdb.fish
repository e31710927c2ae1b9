# Completions of xtelemdb for fish. To keep them:
#   xtelemdb help completions fish > ~/.config/fish/completions/xtelemdb.fish

set -l commands setup inventory ingest backfill follow status dump personal doctor reset provision
set -l loading setup inventory ingest backfill follow status doctor reset provision

complete -c xtelemdb -f
complete -c xtelemdb -n __fish_use_subcommand -a setup -d 'make the tables in the database'
complete -c xtelemdb -n __fish_use_subcommand -a inventory -d 'list the files under data_dirs in the database'
complete -c xtelemdb -n __fish_use_subcommand -a ingest -d 'load what the inventoried files hold'
complete -c xtelemdb -n __fish_use_subcommand -a backfill -d 'the same as ingest'
complete -c xtelemdb -n __fish_use_subcommand -a follow -d 'inventory and ingest without an end, as files are written'
complete -c xtelemdb -n __fish_use_subcommand -a status -d 'show what is loaded, behind and silent'
complete -c xtelemdb -n __fish_use_subcommand -a dump -d 'print the records of files; needs no database'
complete -c xtelemdb -n __fish_use_subcommand -a personal -d 'a private PostgreSQL in a folder, without root'
complete -c xtelemdb -n __fish_use_subcommand -a doctor -d 'check everything from the configuration to the replicas'
complete -c xtelemdb -n __fish_use_subcommand -a reset -d 'empty or drop the tables, or drop the database'
complete -c xtelemdb -n __fish_use_subcommand -a provision -d 'prepare PostgreSQL on the instrument'
complete -c xtelemdb -n __fish_use_subcommand -a help -d 'help, the manual page, completions'

complete -c xtelemdb -s c -l config -r -F -d 'read this TOML file'
complete -c xtelemdb -s v -l verbose -d 'say more'
complete -c xtelemdb -s q -l quiet -d 'only warnings and errors, no progress'
complete -c xtelemdb -l json -d 'print one JSON summary at the end'
complete -c xtelemdb -l dump-config -d 'print the configuration and do nothing'
complete -c xtelemdb -s h -l help -d 'print help'
complete -c xtelemdb -s V -l version -d 'print the version'

complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'hostname=' -d 'whose files these are'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'data_dirs=' -d 'the folders to inventory'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'parallel_jobs=' -d 'files worked on at a time'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'limit=' -d 'at most so many files in one ingest'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'logdump_exe=' -d 'accepted and ignored'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'event_types=' -d 'a file that adds or overrides event types'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'devices=' -d 'load telemetry of these devices only'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'proclist=' -d 'the list of processes'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'fifos_root=' -d 'the folder of the FIFOs of the INDI device'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.host=' -d 'a name, an address, or the folder of a socket'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.port=' -d 'the port'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.user=' -d 'the role to connect as'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.database=' -d 'the database to use'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.password_file=' -d 'where the password is'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.sslmode=' -d 'TLS to the server'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.sslrootcert=' -d 'certificates of trusted authorities'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.connect_timeout_s=' -d 'how long one attempt to connect may take'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.retry_for_s=' -d 'how long to go on trying'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.retry_pause_s=' -d 'the first pause between two attempts'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'database.retry_pause_max_s=' -d 'the longest pause between two attempts'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'follow.commit_every_s=' -d 'from one commit to the next'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'follow.commit_bytes=' -d 'rows that are committed earlier'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'follow.watch=' -d 'how changes are found: auto or poll'
complete -c xtelemdb -n "__fish_seen_subcommand_from $loading; and not __fish_seen_subcommand_from help personal" -a 'follow.poll_s=' -d 'how often to look where the kernel does not tell'

complete -c xtelemdb -n '__fish_seen_subcommand_from follow' -s n -l name -x -d 'what the process goes by'
complete -c xtelemdb -n '__fish_seen_subcommand_from follow' -l indi-stdio -d 'talk INDI on stdin and stdout'

complete -c xtelemdb -n '__fish_seen_subcommand_from status; and not __fish_seen_subcommand_from personal' -l watch -d 'show it again until Ctrl-C'
complete -c xtelemdb -n '__fish_seen_subcommand_from dump' -F
complete -c xtelemdb -n '__fish_seen_subcommand_from dump' -l event-types -r -F -d 'a file that adds or overrides event types'

complete -c xtelemdb -n '__fish_seen_subcommand_from setup' -l upgrade -d 'also bring tables of the Python program to today\'s form'
complete -c xtelemdb -n '__fish_seen_subcommand_from setup reset provision' -l dry-run -d 'print what would be done, and do nothing'
complete -c xtelemdb -n '__fish_seen_subcommand_from reset' -l level -x -a '1 2 3' -d 'how much goes'
complete -c xtelemdb -n '__fish_seen_subcommand_from reset' -l force -d 'also while something loads'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l network -x -d 'the roles may connect from there'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l listen -x -d 'what the server listens on'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l tablespace -r -a '(__fish_complete_directories)' -d 'where the database is put'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l tablespace-name -x -d 'its name'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l owner -x -a '(__fish_complete_users)' -d 'owner of the password file'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l group -x -a '(__fish_complete_groups)' -d 'group of the password file'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l mode -x -d 'permissions of the password file'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l rotate-password -d 'a new password, in the server and in the file'
complete -c xtelemdb -n '__fish_seen_subcommand_from provision' -l no-sudo -d 'only what makes sense for one\'s own server'

set -l actions init start stop status backup restore upgrade remove
complete -c xtelemdb -n "__fish_seen_subcommand_from personal; and not __fish_seen_subcommand_from $actions" -a "$actions"
complete -c xtelemdb -n "__fish_seen_subcommand_from personal; and __fish_seen_subcommand_from $actions" -a '(__fish_complete_directories)'
complete -c xtelemdb -n '__fish_seen_subcommand_from personal; and __fish_seen_subcommand_from init' -a 'hostname='
complete -c xtelemdb -n '__fish_seen_subcommand_from personal' -l pg-bin -r -a '(__fish_complete_directories)' -d 'where the server programs are'
complete -c xtelemdb -n '__fish_seen_subcommand_from personal reset' -s y -l yes -d 'remove without asking'
complete -c xtelemdb -n '__fish_seen_subcommand_from personal; and __fish_seen_subcommand_from backup restore' -F
complete -c xtelemdb -n '__fish_seen_subcommand_from personal' -l overwrite -d 'replace what is there'
complete -c xtelemdb -n '__fish_seen_subcommand_from personal' -l dry-run -d 'say what would be done'

complete -c xtelemdb -n '__fish_seen_subcommand_from help; and not __fish_seen_subcommand_from completions' -a "$commands man completions"
complete -c xtelemdb -n '__fish_seen_subcommand_from help; and __fish_seen_subcommand_from completions' -a 'bash zsh fish'
