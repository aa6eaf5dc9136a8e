/**
 * The embedded store: journal, snapshots and archive of a node that has no services beside it.
 *
 * <p>To be read from {@link parley.embedded.EmbeddedStore}, which draws the layout, down to {@link
 * parley.embedded.GroupCommit}, which makes it fast, and {@link parley.embedded.LogCheck}, which
 * makes it honest after a crash.
 */
package parley.embedded;
