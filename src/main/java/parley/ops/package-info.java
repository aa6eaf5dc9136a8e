/** What an operator sees of a node: is it well, and what does it do. Knows nothing of HTTP. */
package parley.ops;
