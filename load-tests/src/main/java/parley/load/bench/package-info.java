/** The benchmark: a node, its users' devices, what they do, and what is measured meanwhile. */
package parley.load.bench;
