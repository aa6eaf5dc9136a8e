/** Crowds that use Parley as people do: each simulation says whether every message came once. */
package parley.load.gatling;
