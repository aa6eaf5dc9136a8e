/** Reading the journal back, past the actors that write it. */
package parley.journal;
