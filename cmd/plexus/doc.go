// Command plexus serves health content as a knowledge graph.
//
//	plexus serve     answer GraphQL over HTTP, with a playground
//	plexus check     check data files, all problems at once
//	plexus explain   explain a rule of check, or list all
//	plexus new       write a commented file to start from
//	plexus build     build one file of data that is served at once
//	plexus diff      say what differs between two graphs
//	plexus export    write data in another format
//	plexus query     run a GraphQL document without a server, or a query in one of Cayley's languages
//	plexus search    find concepts by text
//	plexus path      find out how two concepts are connected
//	plexus rank      order conditions by how well they fit some findings
//	plexus graph     draw what surrounds a concept
//	plexus predicates  list the predicates, or those that fit two kinds
//	plexus stats     say what a graph holds
//	plexus schema    print the GraphQL schema, or the JSON Schema of seed files
//	plexus version   print the version of the program
//
// Every verb is one file; cli.go holds the command line they share, load.go
// how data becomes a graph that can be asked, reload.go how a server that runs
// takes other data, progress.go how long work is shown. The exit code is 0 when all went
// well, 1 when something failed or differs, 2 when the command line was wrong or
// diff could not compare, 130 when Ctrl-C ended it.
package main
