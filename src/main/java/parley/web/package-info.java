/** The web app as the build has made it: files, and how they may be stored and compressed. */
package parley.web;
