/** What clients see: the JSON that crosses the wire, the same over REST and over the socket. */
package parley.wire;
