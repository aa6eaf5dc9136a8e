/** A WebSocket client that costs little: one thread, one selector, no copy that can be saved. */
package parley.load.client;
