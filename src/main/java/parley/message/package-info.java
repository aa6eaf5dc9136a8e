/** The vocabulary: what is said, by whom, where, and what can go wrong. Plain values. */
package parley.message;
