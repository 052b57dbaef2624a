// Package deploy holds what Plexus is deployed with, and no code: a Dockerfile
// and a systemd unit. Its tests build the image and run what is in it as a
// container would; let systemd judge the unit; and compare what the program asks
// of the system with what the unit allows.
package deploy
