/** Pictures, videos, sounds and files: how they come in, are looked at, are kept, and go out. */
package parley.media;
