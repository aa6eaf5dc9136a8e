/** Who is online and who is typing: in memory only, may be lost, wakes nobody up. */
package parley.presence;
