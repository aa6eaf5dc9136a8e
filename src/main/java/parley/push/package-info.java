/**
 * Web Push: notifications for devices that have no socket open (RFC 8030), encrypted for the device
 * (RFC 8291) and signed by the node (RFC 8292).
 */
package parley.push;
