/** Which cluster of nodes is the one: a seam between the nodes and the store that they share. */
package parley.charter;
