/** Keeps a crowd from a persistent actor. */
package parley.intake;
