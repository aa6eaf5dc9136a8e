/**
 * The WebSocket: {@link parley.socket.SocketRoute} lets clients in, {@link
 * parley.socket.FrameCodec} joins text and types, and {@link parley.socket.Session} speaks for one
 * socket with its user's actor.
 */
package parley.socket;
