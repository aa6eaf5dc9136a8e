/** What a run has found: as text, as JSON, and as a picture. */
package parley.load.report;
