/** The documents of the outer contract, and the pages that people read them on. */
package parley.docs;
