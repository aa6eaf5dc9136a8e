/** How much one client may ask for: token buckets, for REST and sockets together. */
package parley.limit;
