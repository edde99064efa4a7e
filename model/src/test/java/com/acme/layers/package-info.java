/** Represents classes on the class path that a configuration could name. */
package com.acme.layers;
