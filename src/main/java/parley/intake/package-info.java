/** Keeps crowds of commands from a persistent actor, and its events off the event stream. */
package parley.intake;
