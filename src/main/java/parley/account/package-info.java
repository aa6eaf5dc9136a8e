/** Who somebody is: passwords, tokens and the key that signs them. Knows nothing of actors. */
package parley.account;
