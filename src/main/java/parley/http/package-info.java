/**
 * REST: {@link parley.http.Api} is the URL map, one class per noun has its routes. Routes
 * translate; users' actors decide. Nothing here blocks.
 */
package parley.http;
