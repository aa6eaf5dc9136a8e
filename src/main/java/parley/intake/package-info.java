/** Keeps a crowd from a persistent actor, and what the actor journals from a crowd. */
package parley.intake;
