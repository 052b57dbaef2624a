// Package webtest drives the playground in a real browser, for tests: Debian's
// Chromium, without a window.
//
// [Open] shows a page and watches it: the test fails if the page asks for
// anything outside this machine, writes an error to its console or leaves an
// exception uncaught. [Page] then does what a person would: choose an example,
// run the query, read the answer, follow a link. Each step waits for what it
// needs, however long a busy machine takes; [Await] is that wait.
//
// Where there is no browser these tests cannot run. They are skipped and say
// why, unless the environment variable PLEXUS_REQUIRE_ALL is 1, as in CI: there
// a test that did not run is a test that failed. [Skip] is that rule, for every
// test that needs what a machine may not have.
package webtest
