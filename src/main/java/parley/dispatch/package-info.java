/** The threads that actors run on. */
package parley.dispatch;
