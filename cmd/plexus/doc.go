// Command plexus serves health content as a knowledge graph.
//
//	plexus serve     answer GraphQL over HTTP, with a playground
//	plexus check     check data files, all problems at once
//	plexus build     build one file of data that is served at once
//	plexus query     run a GraphQL document without a server
//	plexus search    find concepts by text
//	plexus path      find out how two concepts are connected
//	plexus rank      order conditions by how well they fit some findings
//	plexus graph     draw what surrounds a concept
//	plexus stats     say what a graph holds
//	plexus schema    print the GraphQL schema
//	plexus version   print the version of the program
//
// Every verb is one file; cli.go holds the command line they share, load.go
// how data becomes a graph that can be asked. The exit code is 0 when all went
// well, 1 when something failed, 2 when the command line was wrong.
package main
