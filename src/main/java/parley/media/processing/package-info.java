/**
 * Looks at what was uploaded and makes what is shown: pictures in this JVM, videos and sounds with
 * ffmpeg. All of it blocks, and all of it takes its input for hostile.
 */
package parley.media.processing;
